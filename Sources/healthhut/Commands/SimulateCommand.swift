// `healthhut simulate`: an instrument without hardware, on a socket that a hut's line can connect to.

import DeviceLink
import Dispatch
import Glibc
import SerialLine
import Settings
import Vitals

let simulateShape = CommandShape(
    "healthhut simulate", "Plays an instrument for one or many connections.", arguments: ["DEVICE"],
    options: [
        .init("--listen", "tcp:HOST:PORT|unix:PATH", "where a line connects to", isRequired: true),
        .init("--reading", "138/86/72", "what a cuff shows: systolic/diastolic/pulse"),
        .init("--press-start", nil, "press the machine's start key as soon as a line connects"),
        .init("--fault", "NAME", "misbehave in one way of the list below"),
        .init("--band", "!433d1f2a", "the wristband a radio hears"),
        .init("--sos", nil, "the wearer presses the band's button as soon as the radio is connected"),
        .init("--devices", "DIR", "the folder of the device profiles"),
        .init("--settings", "FILE", "settings that name that folder"),
    ],
    notes: "Faults:\n" + SimulatedFault.allCases.map { "  \($0.rawValue)  \($0.summary)" }.joined(separator: "\n")
        + "\nSIGUSR1 presses the instrument's own key: start on a cuff, SOS on a band. Runs until SIGTERM or SIGINT.")

/// Plays until it is asked to end.
func runSimulate(_ arguments: Arguments) async throws(CommandError) {
    let endings = EndSignals()
    let profile = try profile(arguments.positional[0], arguments)
    let plan = try plan(arguments)
    if arguments["--reading"] != nil, let problem = profile.problem(showing: plan.pressure) {
        throw CommandError(problem, hint: "--reading is what a cuff shows, such as 138/86/72", status: 64)
    }
    let host = try SimulatorHost(profile: profile, plan: plan, clock: HutClock())
    let address: SocketAddress
    do {
        address = try SocketAddress(arguments["--listen"] ?? "")
    } catch {
        throw CommandError("--listen: \(error)", hint: error.hint, status: 64)
    }
    do {
        try await host.listen(address)
    } catch {
        throw CommandError(error.message, hint: error.hint, status: 69)
    }
    complain("\(profile.name) at \(address); kill -USR1 \(getpid()) presses its key")
    Signals.listen(SIGUSR1) { Task(executorPreference: CommandExecutor.shared) { await host.press() } }
    await endings.first()
    await host.close()
}

private func plan(_ arguments: Arguments) throws(CommandError) -> SimulationPlan {
    var plan = SimulationPlan()
    plan.pressStart = arguments.has("--press-start")
    plan.sos = arguments.has("--sos")
    if let text = arguments["--reading"] {
        guard let pressure = SimulationPlan.pressure(text) else {
            throw .usage("--reading takes systolic/diastolic/pulse, such as 138/86/72", command: simulateShape.name)
        }
        plan.pressure = pressure
    }
    if let name = arguments["--fault"] {
        guard let fault = SimulatedFault(rawValue: name) else {
            throw .usage("there is no fault '\(name)'", command: simulateShape.name)
        }
        plan.fault = fault
    }
    if let band = arguments["--band"] { plan.band = BandID(rawValue: band) }
    return plan
}
