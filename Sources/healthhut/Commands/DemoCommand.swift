// `healthhut demo`: a hut in this terminal, without hardware.

import Glibc
import Settings
import TextScreen

let demoShape = CommandShape(
    "healthhut demo", "Runs a hut with simulated instruments and invented residents in this terminal.",
    options: [.init("--play", nil, "play by itself and print every screen, as it does without a terminal")],
    notes: "The ledger lies in a temporary folder that is removed at the end. Control-C ends it.")

/// Shows the hut to a person, or plays by itself where there is nobody.
func runDemo(_ arguments: Arguments) async throws(CommandError) {
    if arguments.has("--play") || !RawTerminal.isPresent {
        let pace = DemoPace(usually: 10, whileWaiting: 100)
        printLine(
            "A hut with simulated instruments. Its clock runs \(Int(pace.usually)) times faster than life, and "
                + "\(Int(pace.whileWaiting)) times while a resident only waits.")
        let demo = try await DemoHut(pace: pace)
        do throws(CommandError) {
            try await DemoPlay(demo).run()
        } catch {
            await demo.end()
            throw error
        }
        await demo.end()
        return printLine("\nThe demo is over.")
    }
    try await showDemo()
}

private func showDemo() async throws(CommandError) {
    let pace = DemoPace(usually: 1, whileWaiting: 20)
    let demo = try await DemoHut(pace: pace)
    complain(
        """

        This is booth 1 of a health hut. Type a hut number and its PIN as a resident
        would: 047 (张桂芳, hypertension), 048, 011, 066, 093 …; every PIN is \(DemoHut.residentPIN).
        The nurse is \(DemoHut.nurse), PIN \(DemoHut.nursePIN): press * on the first screen. In other terminals:
          her desk            .build/debug/healthhut kiosk --socket \(demo.folder)/nurse.sock
          what is recorded    .build/debug/healthhut watch --socket \(demo.folder)/watch.sock
          the log             tail -f \(demo.folder)/log
        Resting, measuring and pausing run \(Int(pace.whileWaiting)) times faster than life. Control-C ends the demo.

        Press Enter to begin.
        """)
    _ = readLine()
    await demo.hut.observe { news in
        if case .screen(let place, let name, _) = news { demo.keepPace(with: name, at: place) }
    }
    let errors = sendErrors(to: "\(demo.folder)/log")
    _ = await pipeKiosk(try connect("\(demo.folder)/booth-1.sock"), endsOnControlC: true)
    restoreErrors(errors)
    await demo.end()
}
