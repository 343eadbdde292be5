// What stands between framing and conversation: a whole frame is understood, by a table or by a dialect, and a sample of
// a stream goes through the settler, so that only what has settled becomes a reading.
import Vitals

/// Understands whole frames, one after the other.
struct Ear: FrameJudge, Sendable {
    var heard: [Heard] = []
    /// When the bytes at hand came.
    var now: MonotonicTime?
    var settler: Settler?
    private let cut: MessageCut
    /// A frame that nobody has described is the device's all the same: its check was right, or it was a whole line.
    private let isCertain: Bool
    /// For a device that counts its check in one of several ways.
    private let checks: Framing?
    let table: MessageTable?
    /// Beside the table rather than in one enum with it, so that it is changed where it stands.
    private var listener: (any DialectListener)?
    private var counted = Tally()
    /// The only messages that can be meant now, where frames are answers.
    var awaited: [Int]?
    /// Used again for every frame.
    private var record = Record(message: 0)
    /// The time of the record whose value comes next, for devices that give the two apart.
    private var recordTime: CivilTime?
    /// Records heard since the device said how many it holds.
    private var records = 0

    init(_ profile: DeviceProfile) {
        cut = MessageCut(profile.framing)
        isCertain = profile.framing.isCertain
        checks = profile.framing.hasCheckChoice ? profile.framing : nil
        settler = profile.settle.map { Settler($0) }
        switch profile.language {
        case .table(let table): (self.table, listener) = (table, nil)
        case .dialect(let dialect): (table, listener) = (nil, dialect.listener(profile))
        }
    }

    var tally: Tally {
        guard var tally = listener?.tally else { return counted }
        tally.frames += counted.frames
        tally.noiseBytes += counted.noiseBytes
        tally.faults += counted.faults
        return tally
    }

    mutating func forget() {
        listener?.forget()
        settler?.forget()
        (recordTime, records) = (nil, 0)
    }

    mutating func accept(_ frame: ArraySlice<UInt8>) -> Bool {
        let before = heard.count
        switch table.map({ hear(frame, in: $0) }) ?? listener?.hear(frame, &heard) ?? .noFrame {
        case .message(let skipped):
            counted.frames += 1
            counted.noiseBytes += skipped
        case .unknown:
            // Its check was right, or it was a whole line: a message nobody has described.
            counted.faults += 1
            counted.noiseBytes += frame.count
        case .noFrame: return false
        }
        for index in before..<heard.count {
            settle(index, frame)
            if case .fault = heard[index].event { counted.faults += 1 }
        }
        return true
    }

    private mutating func hear(_ frame: ArraySlice<UInt8>, in table: MessageTable) -> Understanding {
        guard let skipped = table.read(cut.message(in: frame), awaited: awaited, into: &record) else {
            return isCertain ? .unknown : .noFrame
        }
        if let checks { record.check = checks.fittingCheck(in: frame.span) }
        let message = table.messages[record.message]
        var one = Heard(what: .message(record.message))
        switch table.meaning(of: record, raw: frame.dropFirst(skipped)) {
        case .nothing: break
        case .event(let event): one.event = completed(event, in: message)
        case .sample(let sample): one.sample = sample
        case .clock(let time): recordTime = time
        case .recordCount(let count):
            one.recordCount = count
            records = 0
        }
        heard.append(one)
        return .message(after: skipped)
    }

    /// Adds what an earlier message said, and counts the records of a memory.
    private mutating func completed(_ event: DeviceEvent, in message: Message) -> DeviceEvent {
        defer { recordTime = nil }
        guard case .reading(var reading) = event else { return event }
        reading.deviceTime = reading.deviceTime ?? recordTime
        if reading.memorySlot != nil, message.gives.places?.slot == nil {
            records += 1
            reading.memorySlot = records
        }
        return .reading(reading)
    }

    /// Puts a sample through the settler; what has settled is an event like any other.
    private mutating func settle(_ index: Int, _ frame: ArraySlice<UInt8>) {
        guard let sample = heard[index].sample, let change = settler?.take(sample, at: now) else { return }
        heard[index].change = change
        guard case .settled(let settled) = change else { return }
        let raw = settled.raw.isEmpty ? nameless(frame, heard[index].what) : settled.raw
        heard[index].event =
            settled.vital.map { .reading(DeviceReading(vital: $0, deviceTime: settled.deviceTime, raw: raw)) }
            ?? .noValue(settled.kind, settled.missing ?? .noSignal, band: nil, raw: raw)
    }

    private func nameless(_ frame: ArraySlice<UInt8>, _ what: Heard.What) -> [UInt8] {
        guard let table, case .message(let message) = what else { return Array(frame) }
        return table.nameless(frame, message)
    }
}

/// How a message is taken out of its frame, without what else a framing knows.
private enum MessageCut: Sendable {
    case line(LineFraming)
    case trim(before: Int, after: Int)

    init(_ framing: Framing) {
        if case .line(let line) = framing {
            self = .line(line)
        } else {
            self = .trim(before: framing.before, after: framing.after)
        }
    }

    @inline(__always)
    func message(in frame: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        switch self {
        case .line(let line): line.message(in: frame)
        case .trim(let before, let after): frame[frame.startIndex + before..<frame.endIndex - after]
        }
    }
}
