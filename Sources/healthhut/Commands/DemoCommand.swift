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
        printLine("A hut with simulated instruments. The clock runs \(Int(DemoPlay.pace)) times faster than life.")
        let demo = try await DemoHut(pace: DemoPlay.pace)
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

/// Where a person would only wait, the clock runs so much faster.
private let paceWhileWaiting = 20.0
/// The screens on which a resident only waits: the rest, the cuff at work, the pause.
private let waitingScreens: Set<String> = ["K8", "K10", "K11", "K14"]

private func showDemo() async throws(CommandError) {
    let demo = try await DemoHut(pace: 1)
    complain(
        """

        This is booth 1 of a health hut. Type a hut number and its PIN as a resident would:
          047 (张桂芳, hypertension), 048, 011, 066, 093 …   every PIN is \(DemoHut.residentPIN)
        The nurse is \(DemoHut.nurse), PIN \(DemoHut.nursePIN): press * on the first screen, or open her desk in another terminal:
          .build/debug/healthhut kiosk --socket \(demo.folder)/nurse.sock
        What is recorded, as it happens:
          .build/debug/healthhut watch --socket \(demo.folder)/watch.sock
        Resting, measuring and pausing run \(Int(paceWhileWaiting)) times faster than life. Control-C ends the demo.

        Press Enter to begin.
        """)
    _ = readLine()
    await demo.hut.observe { news in
        guard case .screen("booth-1", let name, _) = news else { return }
        let pace = waitingScreens.contains(name) ? paceWhileWaiting : 1
        guard demo.clock.pace != pace else { return }
        demo.clock.setPace(pace)
        Task {
            await demo.hut.rearm()
            await demo.liveCuff.rearm()
        }
    }
    _ = await pipeKiosk(try connect("\(demo.folder)/booth-1.sock"), endsOnControlC: true)
    await demo.end()
}
