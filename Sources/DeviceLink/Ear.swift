// What stands between framing and conversation: a whole frame is understood, by a table or by a dialect, and a sample of
// a stream goes through the settler, so that only what has settled becomes a reading.
import Vitals

/// Understands whole frames, one after the other.
struct Ear: FrameJudge, Sendable {
    private var heard: [Heard] = []
    /// The last of them is one sample of many, and nothing came of it.
    private var endsInMereSample = false
    /// When the bytes at hand came.
    var now: MonotonicTime?
    var settler: Settler?
    /// Every sample is told, for `healthhut decode`.
    var keepsSamples = false
    private let cut: MessageCut
    /// A frame that nobody has described is the device's all the same: its check was right, or it was a whole line.
    private let isCertain: Bool
    /// For a device that counts its check in one of several ways.
    private let hasCheckChoice: Bool
    let table: MessageTable?
    /// Beside the table rather than in one enum with it, so that it is changed where it stands.
    private var listener: (any DialectListener)?
    private var counted = Tally()
    /// The only messages that can be meant now, where frames are answers.
    private var awaited: [MessageTable.Glance]?
    /// Used again for every frame.
    private var record = Record(message: 0)
    /// The time of the record whose value comes next, for devices that give the two apart, and its frame.
    private var recordTime: (time: CivilTime?, frame: [UInt8])?
    /// Records heard since the device said how many it holds.
    private var records = 0

    init(_ profile: DeviceProfile) {
        cut = MessageCut(profile.framing)
        isCertain = profile.framing.isCertain
        hasCheckChoice = profile.framing.hasCheckChoice
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

    /// What was heard since it was last asked.
    mutating func takeHeard() -> [Heard] {
        let taken = heard
        heard = []
        endsInMereSample = false
        // The next read will bring about as much.
        heard.reserveCapacity(taken.count)
        return taken
    }

    /// Whether anything was heard since then.
    var hasHeard: Bool { !heard.isEmpty }

    /// The only messages that can come now, where frames are answers; nil for any.
    mutating func expect(_ messages: [Int]?) { awaited = messages.flatMap { table?.glances(at: $0) } }

    mutating func forget() {
        listener?.forget()
        settler?.forget()
        (recordTime, records) = (nil, 0)
    }

    mutating func beginWithoutContext() { listener?.beginWithoutContext() }

    mutating func accept(_ frame: ArraySlice<UInt8>) -> Bool {
        switch table != nil ? read(frame) : listen(to: frame) {
        case .message(let skipped):
            counted.frames += 1
            counted.noiseBytes += skipped
        case .unknown:
            // Its check was right, or it was a whole line: a message nobody has described.
            counted.faults += 1
            counted.noiseBytes += frame.count
        case .noFrame: return false
        }
        return true
    }

    /// A frame of a dialect.
    private mutating func listen(to frame: ArraySlice<UInt8>) -> Understanding {
        let before = heard.count
        let understanding = listener?.hear(frame, &heard) ?? .noFrame
        for index in before..<heard.count {
            if settler != nil, let sample = heard[index].sample {
                let change = settler?.take(sample, at: now)
                heard[index].change = change
                if change == .settled { heard[index].event = event(of: sample, Array(frame)) }
            }
            if case .fault = heard[index].event { counted.faults += 1 }
            if case .reading(let reading) = heard[index].event, reading.hasImpossibleTime {
                heard[index].event = .reading(reading.withPossibleTime)
            }
        }
        guard heard.count > before else { return understanding }
        let isMere = heard.count == before + 1 && heard[before].isMereSample
        if isMere, isRepetition { heard.removeLast() }
        endsInMereSample = isMere
        return understanding
    }

    /// A frame of a table.
    private mutating func read(_ frame: ArraySlice<UInt8>) -> Understanding {
        let message = frame.span.extracting(cut.message(in: frame))
        guard let table, let skipped = table.read(message, among: awaited, into: &record) else {
            return isCertain ? .unknown : .noFrame
        }
        if hasCheckChoice { record.check = table.framing.fittingCheck(in: frame.span) }
        var one = Heard(what: .message(record.message))
        switch table.meaning(of: record, raw: skipped > 0 ? frame.dropFirst(skipped) : frame) {
        case .nothing: break
        case .event(let event):
            recordTime = nil
            if case .fault = event { counted.faults += 1 }
            one.event = event
        case .reading(let reading):
            one.event = .reading(completed(reading, in: table.messages[record.message]).withPossibleTime)
        case .sample(let sample):
            one.change = settler?.take(sample, at: now)
            if one.change == nil, isRepetition { return .message(after: skipped) }
            if one.change == .settled { one.event = event(of: sample, table.nameless(frame, record.message)) }
            one.sample = sample
            heard.append(one)
            endsInMereSample = one.change == nil
            return .message(after: skipped)
        case .clock(let time): recordTime = (time, table.nameless(frame.dropFirst(skipped), record.message))
        case .recordCount(let count):
            one.recordCount = count
            records = 0
        }
        heard.append(one)
        endsInMereSample = false
        return .message(after: skipped)
    }

    /// A sample that changed nothing, behind another of the same read, tells the conversation nothing new.
    private var isRepetition: Bool { endsInMereSample && !keepsSamples }

    /// Adds what an earlier message said, and counts the records of a memory.
    private mutating func completed(_ reading: DeviceReading, in message: Message) -> DeviceReading {
        var reading = reading
        if let recordTime, reading.deviceTime == nil {
            reading.deviceTime = recordTime.time
            reading.raw = recordTime.frame + reading.raw
        }
        recordTime = nil
        if reading.memorySlot != nil, message.gives.places?.slot == nil {
            records += 1
            reading.memorySlot = records
        }
        return reading
    }

    /// What has settled is an event like any other.
    private func event(of sample: Sample, _ frame: [UInt8]) -> DeviceEvent {
        let raw = sample.raw.isEmpty ? frame : sample.raw
        return sample.vital.map {
            .reading(DeviceReading(vital: $0, deviceTime: sample.deviceTime, raw: raw).withPossibleTime)
        }
            ?? .noValue(sample.kind, sample.missing ?? .noSignal, band: nil, raw: raw)
    }
}

extension DeviceReading {
    /// 30 February, or an hour 25.
    fileprivate var hasImpossibleTime: Bool { deviceTime?.isReal == false }

    /// Without a time that is none; what the device sent stays in the raw bytes.
    var withPossibleTime: DeviceReading {
        guard hasImpossibleTime else { return self }
        var reading = self
        reading.deviceTime = nil
        return reading
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

    /// Where the message stands, from the first byte of the frame on.
    @inline(__always)
    func message(in frame: ArraySlice<UInt8>) -> Range<Int> {
        switch self {
        case .line(let line): 0..<line.message(in: frame).count
        case .trim(let before, let after): before..<frame.count - after
        }
    }
}
