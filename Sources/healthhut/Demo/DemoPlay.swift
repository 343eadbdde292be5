// The demo without a terminal: four short plays, each screen printed as text and each recorded reading as `watch`
// prints it. The player presses keys as a resident would and waits for screens, never for time.

import DeviceLink
import Glibc
import Settings
import Synchronization
import TextScreen
import Vitals

/// Plays residents and the nurse at the kiosks of a demo hut.
final class DemoPlay: Sendable {
    private let demo: DemoHut
    private let stage: Stage

    /// A screen that does not come within so many seconds of the machine's time will never come.
    static let patience: Duration = .seconds(30)

    init(_ demo: DemoHut) async {
        self.demo = demo
        let stage = Stage()
        self.stage = stage
        let offset = UTCOffset(seconds: 8 * 3_600)
        let ids = await demo.hut.opaqueIDs()
        await demo.hut.observe { news in
            switch news {
            case .screen(let place, let name, let text):
                // The clock follows the booth that is on stage.
                guard stage.show(place, name, text) else { return }
                demo.keepPace(with: name, at: place)
                if place != "nurse" { printLine("--- \(place) \(name)\n\(text)") }
            case .recorded(let recorded):
                guard let line = watchLine(recorded, offset: offset, resident: { ids[$0] }) else {
                    return
                }
                printLine("   \(line)")
            }
        }
    }

    /// All four plays; ends with what the nurse finds.
    func run() async throws(CommandError) {
        title("1  An ordinary first visit: 047 measures left, right, and the higher side again")
        try await identify("047", at: "booth-1")
        try await measureBothArms(["138/82/72", "134/80/71", "136/80/71"], at: "booth-1")
        try await leave("booth-1", from: "K17")

        title("2  A crisis in an unstaffed hut: 011 measures very high, twice")
        try await identify("011", at: "booth-1")
        try await prepare("booth-1")
        try await measure("198/112/88", at: "booth-1", gives: "C1")
        try await screen("C2", at: "booth-1")
        await press("1", at: "booth-1")
        try await screen("K9", at: "booth-1")
        try await measure("196/110/86", at: "booth-1", gives: "C3")
        await press("00", at: "booth-1")
        try await screen("K0", at: "booth-1")

        title("3  A couple: she measures under her number, he measures without saying who he is")
        try await identify("066", at: "booth-2")
        try await prepare("booth-2")
        await press("1", at: "booth-2")
        try await screen("K10", at: "booth-2")
        await pressMachine("146/88/75")
        try await screen("K12", at: "booth-2")
        await press("1", at: "booth-2")
        try await screen("K13", at: "booth-2")
        try await screen("K14", at: "booth-2")
        await press("6", at: "booth-2")
        try await screen("K17", at: "booth-2")
        await pressMachine("171/97/80")
        try await screen("O1", at: "booth-2")
        try await screen("K17", at: "booth-2")
        await press("0", at: "booth-2")
        try await screen("K0", at: "booth-2")

        title("4  A wristband's SOS, and the nurse's screen")
        await demo.bands.press()
        try await nurse()
    }

    // MARK: scenes

    private func identify(_ number: String, at place: String) async throws(CommandError) {
        try await screen("K0", at: place)
        await press("1", at: place)
        try await screen("K1", at: place)
        await press("\(number)\r", at: place)
        try await screen("K2", at: place)
        await press("\(DemoHut.residentPIN)\r", at: place)
        try await screen("K3", at: place)
        await press("1", at: place)
        try await screen("K5", at: place)
    }

    /// From the resident's home screen to the arm in the cuff, with five minutes of rest.
    private func prepare(_ place: String) async throws(CommandError) {
        await press("1", at: place)
        try await screen("K6", at: place)
        await press("1", at: place)
        try await screen("K7", at: place)
        await press("1", at: place)
        try await screen("K8", at: place)
        try await screen("K9", at: place)
    }

    private func measureBothArms(_ values: [String], at place: String) async throws(CommandError) {
        try await prepare(place)
        for (value, result) in zip(values, ["K13", "K13b", "K17"]) {
            try await measure(value, at: place, gives: result)
            guard result != "K17" else { return }
            try await screen("K14", at: place)
            try await screen("K9", at: place)
        }
    }

    private func measure(_ value: String, at place: String, gives: String) async throws(CommandError) {
        await show(value, on: demo.liveCuff)
        await press("1", at: place)
        try await screen("K11", at: place)
        try await screen(gives, at: place)
    }

    private func pressMachine(_ value: String) async {
        await show(value, on: demo.resultCuff)
        await demo.resultCuff.press()
    }

    private func leave(_ place: String, from name: String) async throws(CommandError) {
        await press("0", at: place)
        try await screen("K23", at: place)
        try await screen("K0", at: place)
    }

    private func nurse() async throws(CommandError) {
        try await screen("staff", containing: DemoHut.nurse, at: "nurse")
        await press("1\(DemoHut.nursePIN)\r", at: "nurse")
        try await screen("staff", containing: "马德福", at: "nurse")
        await press("t", at: "nurse")
        try await screen("staff", containing: "记下了", at: "nurse")
        await press("u", at: "nurse")
        try await screen("staff", containing: "171/97", at: "nurse")
    }

    private func show(_ value: String, on cuff: SimulatorHost) async {
        guard let pressure = SimulationPlan.pressure(value) else { return }
        await cuff.show(pressure, clock: UTCOffset(seconds: 8 * 3_600).civil(of: demo.clock.now.hut))
    }

    // MARK: eyes and fingers

    private func title(_ text: String) { printLine("\n=== \(text)\n") }

    /// Waits until a screen stands, and prints it.
    private func screen(_ name: String, containing words: String = "", at place: String) async throws(CommandError) {
        guard let text = await stage.screen(name, containing: words, at: place, within: DemoPlay.patience) else {
            throw CommandError(
                "the screen \(name) did not come at \(place)", hint: "what stands there is \(stage.name(at: place))",
                status: 70)
        }
        // The pages of a staff session all bear one name: they are printed as they are asked for.
        if place == "nurse" { printLine("--- \(place) \(words)\n\(text)") }
    }

    /// Presses keys one after the other, slowly enough for a kiosk that takes quick repeats for one.
    private func press(_ keys: String, at place: String) async {
        for key in keys {
            try? await Task.sleep(for: .milliseconds(800) / demo.pace.usually)
            await demo.hut.press(key == "\r" ? .enter : .character(key), at: place)
        }
    }
}

/// What stands on each kiosk, and who waits for what.
private final class Stage: Sendable {
    private struct Waiter {
        var name: String
        var words: String
        var place: String
        var continuation: CheckedContinuation<String?, Never>
    }

    private struct State {
        var standing: [String: (name: String, text: String)] = [:]
        var waiters: [Int: Waiter] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    /// Notes what stands at a place; true when it is another screen than before.
    func show(_ place: String, _ name: String, _ text: String) -> Bool {
        let isNew = state.withLock { $0.standing[place]?.name != name }
        let ready = state.withLock { state in
            state.standing[place] = (name, text)
            let ready = state.waiters.filter { _, waiter in
                waiter.place == place && waiter.name == name && (waiter.words.isEmpty || text.contains(waiter.words))
            }
            for number in ready.keys { state.waiters[number] = nil }
            return ready.values.map(\.continuation)
        }
        for continuation in ready { continuation.resume(returning: text) }
        return isNew
    }

    func name(at place: String) -> String { state.withLock { $0.standing[place]?.name ?? "nothing" } }

    /// The text of a screen once it stands; nil when it does not come in time.
    func screen(_ name: String, containing words: String, at place: String, within patience: Duration) async -> String?
    {
        await withCheckedContinuation { continuation in
            let (number, standing) = state.withLock { state -> (Int, String?) in
                if let shown = state.standing[place], shown.name == name,
                    words.isEmpty || shown.text.contains(words)
                {
                    return (0, shown.text)
                }
                state.next += 1
                state.waiters[state.next] = Waiter(name: name, words: words, place: place, continuation: continuation)
                return (state.next, nil)
            }
            if let standing { return continuation.resume(returning: standing) }
            Task {
                try? await Task.sleep(for: patience)
                let late = self.state.withLock { $0.waiters.removeValue(forKey: number) }
                late?.continuation.resume(returning: nil)
            }
        }
    }
}
