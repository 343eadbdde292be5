// The memory of a simulated instrument: read out record by record, asked for result by result, or pushed when the line
// opens. It outlives the connection, as a device's does; only an acknowledgement, or sending where the device erases what
// it has sent, takes a record out of it.
import Vitals

/// What a simulated instrument keeps.
struct PlayedMemory: Sendable {
    private let stage: Stage
    private(set) var records: [DeviceReading]
    /// The first record has been given and may be acknowledged.
    private var isGiven = false
    /// When a device that forwards by itself sends its next record.
    private(set) var pushAt: MonotonicTime?

    init(_ stage: Stage, _ plan: SimulationPlan) {
        self.stage = stage
        let count = stage.kind == nil ? 0 : stage.script.memory ?? 0
        records = (0..<count).compactMap { number in
            guard var reading = stage.reading(plan) else { return nil }
            reading.vital = reading.vital.nudged(number)
            reading.deviceTime?.minute = (plan.clock.minute + number) % 60
            reading.memorySlot = number
            return reading
        }
    }

    /// A new result, to be asked for.
    mutating func keep(_ reading: DeviceReading) { records.append(reading) }

    /// The host has what was given: it is deleted.
    mutating func acknowledged() {
        guard isGiven, !records.isEmpty else { return }
        records.removeFirst()
        isGiven = false
    }

    /// A line opened: a device that forwards by itself begins, the oldest record first.
    mutating func opened(at now: MonotonicTime) {
        isGiven = false
        pushAt = stage.table.exchange.download == nil && !stage.isPolled && !records.isEmpty ? now : nil
    }

    /// Its next record, a second apart; what it has sent it has erased.
    mutating func push() -> [UInt8] {
        guard let now = pushAt, !records.isEmpty else { return [] }
        let record = records.removeFirst()
        pushAt = records.isEmpty ? nil : now + .seconds(1)
        return stage.table.frame(of: record) ?? []
    }

    /// The answer to what the host asked of the memory; nil when it asked for something else.
    mutating func answer(to heard: Record, _ plan: SimulationPlan) -> [[UInt8]]? {
        if stage.isPolled, let ask = stage.table.exchange.poll?.ask, ask.send == heard.message { return polled(ask) }
        guard let download = stage.table.exchange.download else { return nil }
        if download.count.send == heard.message {
            let count = counted(download.count)
            return download.record.isEmpty ? count + records.compactMap { stage.table.frame(of: $0) } : count
        }
        guard let ask = download.record.first(where: { $0.send == heard.message }), let place = ask.index,
            let index = heard[place]
        else { return nil }
        guard records.indices.contains(index - download.from) else {
            return [download.none.flatMap { stage.table.frame(of: stage.table.blank($0)) }].compactMap(\.self)
        }
        let record = records[index - download.from]
        return ask.expect.compactMap { [stage] in stage.table.frame(of: record, as: $0) }.prefix(1).map(\.self)
    }

    /// The oldest result, or the answer that says there is none; a device without one is mute.
    private mutating func polled(_ ask: Ask) -> [[UInt8]] {
        if let first = records.first, let frame = stage.table.frame(of: first) {
            isGiven = true
            return [frame]
        }
        let none = ask.expect.first { [stage] in stage.table.messages[$0].gives.vital == nil }
        return [none.flatMap { [stage] in stage.table.frame(of: stage.table.blank($0)) }].compactMap(\.self)
    }

    private func counted(_ ask: Ask) -> [[UInt8]] {
        guard let answer = ask.expect.first, case .recordCount(let place) = stage.table.messages[answer].gives else {
            return []
        }
        var record = stage.table.blank(answer)
        record.numbers[place] = Number(records.count)
        return [stage.table.frame(of: record)].compactMap(\.self)
    }
}
