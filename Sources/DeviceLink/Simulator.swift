// An instrument played from its own profile: the same tables, read from the other side. Like the conversation it is
// pure: bytes and times go in, bytes come out, and `deadline` says when it wants to be called again.
import Vitals

/// What a simulated instrument is to show.
package struct SimulationPlan: Hashable, Sendable {
    /// The result of a cuff.
    package var pressure = BloodPressure(systolic: 138, diastolic: 86, pulse: 72)
    /// Somebody presses the start key as soon as the line opens.
    package var pressStart = false
    package var fault: SimulatedFault?
    /// The result of a scale and of a stadiometer.
    package var grams = 72_500
    package var millimetres = 1_650
    /// The result of a glucose meter: 101 mg/dL.
    package var glucose = Glucose(micromolesPerLitre: 5_605, meal: .before)
    /// The device's own clock, as its result says it.
    package var clock = CivilTime(year: 2026, month: 1, day: 1, hour: 8, minute: 30)
    /// The band a radio hears, the watch behind a bridge; nil for the one of the worked frames.
    package var band: BandID?
    /// What the band measures; nil for a sensor it has not.
    package var heartRate: Int? = 72
    package var oxygen: Int? = 97
    /// Hundredths of a degree.
    package var centiCelsius: Int? = 3_650
    package var batteryPercent: Int?
    package var position: Position?
    /// The wearer presses the band's button as soon as the radio is connected.
    package var sos = false
    /// From one health packet to the next; real bands take 30 minutes.
    package var interval = Duration.seconds(60)
    /// Seconds since 1970 at the first packet; 0 for a radio that does not know the time.
    package var time: UInt32 = 0

    /// The card, tag or code that a reader reads; nil: one that belongs to nobody.
    package var token: IdentityToken?

    package init() {}

    /// `138/86/72` or `138/86`; nil for anything else.
    package static func pressure(_ text: String) -> BloodPressure? {
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard (2...3).contains(numbers.count), let systolic = numbers[0], let diastolic = numbers[1],
            numbers.allSatisfy({ ($0 ?? -1) >= 0 })
        else { return nil }
        return BloodPressure(
            systolic: MmHg(systolic), diastolic: MmHg(diastolic),
            pulse: numbers.count == 3 ? numbers[2].map { PerMinute($0) } : nil)
    }
}

extension DeviceProfile {
    /// Why this device never shows a pressure; nil when it can.
    package func problem(showing pressure: BloodPressure) -> String? {
        guard vital == .bloodPressure else { return "\(name) cannot show a blood pressure" }
        return limits.impossible(in: .bloodPressure(pressure)).map { "\(name) cannot show that \($0)" }
    }
}

/// The device's side of a conversation: a cuff (`TablePlayer`) or a radio (`RadioPlayer`).
protocol Player: Sendable {
    var deadline: MonotonicTime? { get }
    /// What a scanner would read from the last slip; nil for everything but a printer that has printed a square.
    var printedCode: String? { get }
    mutating func show(_ plan: SimulationPlan) throws(SimulationError)
    mutating func opened(at now: MonotonicTime, _ outbox: inout Outbox)
    mutating func receive(_ bytes: [UInt8], at now: MonotonicTime, _ outbox: inout Outbox)
    mutating func press(at now: MonotonicTime, _ outbox: inout Outbox)
    mutating func deadlineReached(at now: MonotonicTime, _ outbox: inout Outbox)
}

extension Player {
    var printedCode: String? { nil }
}

/// One instrument on one connection.
package struct Simulator: Sendable {
    private let profile: DeviceProfile
    private var fault: SimulatedFault?
    private var player: any Player
    private var outbox = Outbox()

    /// Refuses a fault the device cannot play and a reading its frames cannot hold.
    package init(profile: DeviceProfile, plan: SimulationPlan) throws(SimulationError) {
        self.profile = profile
        switch profile.language {
        case .table(let table): player = try TablePlayer(profile, table, plan)
        case .dialect(let dialect): player = try dialect.player(profile, plan)
        }
        try show(plan)
    }

    /// Shows another plan from now on, on the same connection. Refuses what `init` refuses.
    package mutating func show(_ plan: SimulationPlan) throws(SimulationError) {
        let playable = SimulatedFault.playable(by: profile)
        if let fault = plan.fault, !playable.contains(fault) {
            throw SimulationError(
                problem: "\(profile.name) cannot play `\(fault.rawValue)`",
                hint: "it can: \(playable.map(\.rawValue).joined(separator: ", "))")
        }
        try player.show(plan)
        fault = plan.fault
    }

    /// What a scanner would read from the last slip; nil without one.
    package var printedCode: String? { player.printedCode }

    /// When `deadlineReached` wants to be called; nil for never.
    package var deadline: MonotonicTime? { [player.deadline, outbox.next].compactMap(\.self).min() }

    /// A host connected. Gives the bytes to send now, as does every call.
    package mutating func opened(at now: MonotonicTime) -> [UInt8] {
        player.opened(at: now, &outbox)
        return due(at: now)
    }

    /// The host sent bytes.
    package mutating func receive(_ bytes: [UInt8], at now: MonotonicTime) -> [UInt8] {
        player.receive(bytes, at: now, &outbox)
        return due(at: now)
    }

    /// Somebody presses the instrument's button: start on a cuff, SOS on a band.
    package mutating func press(at now: MonotonicTime) -> [UInt8] {
        player.press(at: now, &outbox)
        return due(at: now)
    }

    /// The time of `deadline` has come.
    package mutating func deadlineReached(at now: MonotonicTime) -> [UInt8] {
        player.deadlineReached(at: now, &outbox)
        return due(at: now)
    }

    private mutating func due(at now: MonotonicTime) -> [UInt8] {
        let due = outbox.due(at: now)
        switch fault {
        case .silent: return []
        case .wrongBaud: return SimulatedFault.garbled(due)
        default: return due
        }
    }
}

/// Bytes that are to be sent, each at its time.
struct Outbox: Sendable {
    private var waiting: [(at: MonotonicTime, bytes: [UInt8])] = []

    var next: MonotonicTime? { waiting.first?.at }

    mutating func put(_ bytes: [UInt8], at time: MonotonicTime) {
        let place = waiting.firstIndex { $0.at > time } ?? waiting.count
        waiting.insert((time, bytes), at: place)
    }

    /// A frame with its fault, where it has one.
    mutating func put(_ frame: [UInt8], before previous: [UInt8] = [], _ fault: SimulatedFault?, at time: MonotonicTime)
    {
        guard let fault else { return put(frame, at: time) }
        for (pause, bytes) in fault.pieces(of: frame, before: previous) {
            put(bytes, at: time + .seconds(fraction: pause))
        }
    }

    mutating func due(at now: MonotonicTime) -> [UInt8] {
        let count = waiting.prefix { $0.at <= now }.count
        defer { waiting.removeFirst(count) }
        return waiting.prefix(count).flatMap(\.bytes)
    }
}
