// Reading out a memory, record by record: how many there are, then each in turn. It is read once each time the device
// shows up; what was read before comes again, and the hut knows it by its time and values.
import Vitals

/// One thing the hut says, and why.
struct Question: Sendable {
    enum Purpose: Sendable { case open, start, stop, poll, fetch, count, record }

    var purpose: Purpose
    var ask: Ask
    /// Which record is asked for.
    var index: Int?
    var triesLeft: Int

    init(_ purpose: Purpose, _ ask: Ask, index: Int? = nil) {
        (self.purpose, self.ask, self.index, triesLeft) = (purpose, ask, index, ask.tries)
    }

    /// What is sent.
    func record(in table: MessageTable) -> Record {
        var record = table.blank(ask.send)
        if let place = ask.index, let index { record.numbers[place] = Number(index) }
        return record
    }
}

/// How far a memory has been read.
struct MemoryReading: Sendable {
    private let download: Download
    private var state = State.unread

    private enum State: Hashable {
        case unread
        case counting
        /// Asking for this record, so many in all.
        case reading(index: Int, count: Int)
        case read
    }

    init(_ download: Download) { self.download = download }

    /// The first question; nil when the memory has been read since the device showed up.
    mutating func begin() -> Ask? {
        guard state == .unread else { return nil }
        state = .counting
        return download.count
    }

    /// The device has said how many records it holds.
    mutating func counted(_ count: Int) {
        guard state == .counting else { return }
        state = download.record.isEmpty ? .read : .reading(index: download.from - 1, count: count)
    }

    /// What to ask for next; nil when all has been read.
    mutating func next() -> [(ask: Ask, index: Int)]? {
        guard case .reading(let index, let count) = state else { return nil }
        guard index + 1 < download.from + count else {
            finish()
            return nil
        }
        state = .reading(index: index + 1, count: count)
        return download.record.map { ($0, index + 1) }
    }

    /// There are no more records.
    mutating func finish() { state = .read }

    /// The device has fallen silent; whatever it is next time is read from the beginning.
    mutating func giveUp() { state = .unread }

    /// A record that does not say its place in the memory has the one it was asked for.
    func number(_ event: inout DeviceEvent) {
        guard case .reading(let index, _) = state, case .reading(var reading) = event else { return }
        reading.memorySlot = index
        event = .reading(reading)
    }
}
