// A cuff played from its profile: answers what the exchange expects, pumps, and gives a result or an error.
import Vitals

/// The device's side of a profile's exchange.
struct TablePlayer: Player {
    private let table: MessageTable
    private var plan: SimulationPlan
    private let script: SimulateFile
    private var framer: Framer
    private var ear: HostEar
    private var measurement: Measurement?

    private struct Measurement {
        var began: MonotonicTime
        var ends: MonotonicTime
        /// When the next live pressure is due; the end for a device that shows none.
        var next: MonotonicTime
        var last: [UInt8] = []
    }

    init(_ profile: DeviceProfile, _ table: MessageTable, _ plan: SimulationPlan) throws(SimulationError) {
        guard let script = profile.simulate else {
            throw SimulationError(
                problem: "the profile of \(profile.name) has no `simulate`", hint: "say how long a measurement lasts")
        }
        (self.table, self.plan, self.script) = (table, plan, script)
        framer = Framer(table.hostFraming)
        ear = HostEar(table: table)
    }

    mutating func show(_ plan: SimulationPlan) throws(SimulationError) {
        let before = self.plan
        self.plan = plan
        guard result != nil else {
            self.plan = before
            throw SimulationError(
                problem: "the device cannot show that reading", hint: "with a pulse, as in 138/86/72; three digits each"
            )
        }
    }

    var deadline: MonotonicTime? { measurement?.next }

    mutating func opened(at now: MonotonicTime, _ outbox: inout Outbox) {
        framer.abandon()
        if plan.pressStart { begin(at: now) }
    }

    mutating func receive(_ bytes: [UInt8], at now: MonotonicTime, _ outbox: inout Outbox) {
        framer.push(bytes, to: &ear)
        let exchange = table.exchange
        for message in ear.take() {
            for ask in exchange.open + exchange.start + exchange.stop where ask.send == message {
                if let answer = ask.expect.first, let frame = table.frame(of: table.blank(answer)) {
                    outbox.put(frame, at: now)
                }
            }
            if exchange.start.contains(where: { $0.send == message }) { begin(at: now) }
            if exchange.stop.contains(where: { $0.send == message }) { measurement = nil }
        }
    }

    mutating func press(at now: MonotonicTime, _ outbox: inout Outbox) { begin(at: now) }

    /// The start key: a running measurement is not begun again.
    private mutating func begin(at now: MonotonicTime) {
        guard measurement == nil else { return }
        let ends = now + .seconds(fraction: script.lasts)
        measurement = Measurement(
            began: now, ends: ends, next: script.every.map { now + .seconds(fraction: $0) } ?? ends)
    }

    mutating func deadlineReached(at now: MonotonicTime, _ outbox: inout Outbox) {
        while var running = measurement, running.next <= now {
            if running.next >= running.ends {
                measurement = nil
                finish(running, &outbox)
            } else {
                running.last = pressure(in: running)
                outbox.put(running.last, at: running.next)
                running.next = min(running.next + .seconds(fraction: script.every ?? script.lasts), running.ends)
                measurement = running
            }
        }
    }

    /// Up to the highest pressure in two fifths of the time, then slowly down.
    private func pressure(in running: Measurement) -> [UInt8] {
        guard let name = script.rising, let index = table.messages.firstIndex(where: { $0.name == name }) else {
            return []
        }
        let total = (running.ends - running.began).milliseconds
        let gone = (running.next - running.began).milliseconds
        let (top, rise) = (Int64(script.to ?? 170), max(1, total * 2 / 5))
        let value = gone <= rise ? top * gone / rise : top - (top - 40) * (gone - rise) / max(1, total - rise)
        var record = table.blank(index)
        record.numbers = record.numbers.map { _ in Number(Int(value)) }
        return table.frame(of: record) ?? []
    }

    private func finish(_ running: Measurement, _ outbox: inout Outbox) {
        guard plan.fault != .noResult, let result else { return }
        outbox.put(result, before: running.last.isEmpty ? result : running.last, plan.fault, at: running.ends)
    }

    /// What the device gives at the end; nil when its frame cannot hold it.
    private var result: [UInt8]? {
        var reading = DeviceReading(vital: .bloodPressure(plan.pressure), deviceTime: plan.clock)
        switch plan.fault {
        case .errorFrame: return error
        case .wrongFormat:
            return table.message(where: \.isWrongFormat).flatMap { table.frame(of: table.blank($0)) }
        case .impossibleDate:
            let clock = plan.clock
            reading.deviceTime = CivilTime(year: clock.year, month: 2, day: 30, hour: clock.hour, minute: clock.minute)
        case .impossibleValue:
            reading.vital = .bloodPressure(BloodPressure(systolic: 20, diastolic: 10, pulse: plan.pressure.pulse))
        default: break
        }
        return table.frame(of: reading)
    }

    private var error: [UInt8]? {
        guard let code = script.error,
            let index = table.message(where: \.isDeviceError),
            case .deviceError(let place, let asHex) = table.messages[index].gives,
            let number = Int(code, radix: asHex ? 16 : 10)
        else { return nil }
        var record = table.blank(index)
        record.numbers[place] = Number(number)
        return table.frame(of: record)
    }
}

/// Hears the host.
private struct HostEar: FrameJudge, Sendable {
    let table: MessageTable
    private var heard: [Int] = []

    init(table: MessageTable) { self.table = table }

    mutating func accept(_ frame: ArraySlice<UInt8>) -> Bool {
        if let fit = table.fit(table.hostFraming.message(in: frame), fromHost: true) { heard.append(fit.record.message) }
        return true
    }

    mutating func take() -> [Int] {
        defer { heard = [] }
        return heard
    }
}
