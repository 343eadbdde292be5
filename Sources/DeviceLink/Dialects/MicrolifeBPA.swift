// Microlife BPA (BP A6 PC, BP 3GX1-5X): the kernel makes a tty of its USB chip. One command of four bytes is answered
// with the whole memory in one line of hex text, and of each record three values of 10 bits stand in one hex word.
// How long an answer is follows from what it is, and what it is only from its text. Layout: PROTOCOL.md of its folder.
import Vitals

/// The dialect of `decoder: 'microlife-bpa'`.
struct MicrolifeBPA: Dialect {
    var framing: Framing? { .own(MicrolifeFraming()) }
    var faults: Set<SimulatedFault> { SimulatedFault.ofEveryDevice.union([.noResult, .impossibleDate, .clockUnset]) }
    var isMemory: Bool { true }

    func listener(_ profile: DeviceProfile) -> any DialectListener { MicrolifeListener(limits: profile.limits) }
    func talk(_ profile: DeviceProfile) -> any Talk { MemoryTalk(MicrolifeScript()) }

    func player(_ profile: DeviceProfile, _ plan: SimulationPlan) throws(SimulationError) -> any Player {
        MicrolifePlayer(plan)
    }

    func frames(of reading: DeviceReading) -> [UInt8]? {
        MicrolifeCycle(reading).map { MicrolifeAnswer.cycles(owner: MicrolifeAnswer.nobody, [$0.text]).bytes }
    }
}

/// The hut says 26 and 22 and no other, above all neither 23 (set the owner) nor 25 (start).
enum MicrolifeCommand {
    static let prefix: [UInt8] = [0x12, 0x16, 0x18]
    static let readCycles = prefix + [0x22]
    static let readOwner = prefix + [0x24]
    static let readClock = prefix + [0x26]
}

/// An answer: 06, text, and the sum of the text as two hex digits.
struct MicrolifeAnswer: Hashable, Sendable {
    static let ack: UInt8 = 0x06
    /// The answer to 22: 32 characters of heading, then each record.
    static let heading = 32
    /// An owner nobody has entered: twelve bytes of padding.
    static let nobody = String(repeating: "99", count: 12)

    var text: [UInt8]

    init(text: [UInt8]) { self.text = text }

    /// The whole memory. The meaning of the heading's first, third and fourth byte is not known (??).
    static func cycles(owner: String, _ records: [[UInt8]]) -> MicrolifeAnswer {
        let count = HexText.text(of: [UInt8(truncatingIfNeeded: records.count)])
        return MicrolifeAnswer(text: Array("00\(count)0001\(owner)".utf8) + records.flatMap(\.self))
    }

    var bytes: [UInt8] { [MicrolifeAnswer.ack] + text + MicrolifeAnswer.check(of: text[...]) }

    /// The sum of the text as two hex digits.
    static func check(of text: ArraySlice<UInt8>) -> [UInt8] {
        Array(HexText.text(of: [text.reduce(0, &+)]).utf8)
    }

    static func isHex(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    /// Hex digits as a number.
    static func number(_ digits: some Collection<UInt8>) -> Int? {
        digits.allSatisfy(isHex) ? Int(String(decoding: digits, as: UTF8.self), radix: 16) : nil
    }
}

/// Cuts answers; a 06 alone, the word of a device that awaits something, is noise to a hut that sets nothing.
struct MicrolifeFraming: OwnFraming {
    /// A memory of 255 records.
    var longest: Int { 3 + MicrolifeAnswer.heading + 255 * MicrolifeCycle.length }
    var isChecked: Bool { true }
    // The 06 of the next answer ends a damaged one.
    var longestLoss: Int { 1 }
    var heardByDevice: any OwnFraming { MicrolifeCommandFraming() }

    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        guard buffer[place] == MicrolifeAnswer.ack else {
            return .noise(buffer.place(of: MicrolifeAnswer.ack, from: place) - place)
        }
        guard let length = length(at: place + 1, in: buffer) else { return .incomplete }
        // Another 06 inside is the beginning of another answer: this one was torn.
        let next = buffer.place(of: MicrolifeAnswer.ack, from: place + 1)
        guard length > 0, next >= min(place + length, buffer.count) else { return .broken }
        guard place + length <= buffer.count else { return .incomplete }
        let (text, check) = (place + 1..<place + length - 2, place + length - 2)
        var sum: UInt8 = 0
        for index in text { sum &+= buffer[index] }
        return number(at: check, in: buffer) == Int(sum) ? .frame(length) : .broken
    }

    /// How many bytes an answer has whose text begins so, all counted; nil while that cannot be said, 0 for no answer.
    ///
    /// The heading of a memory says how many records follow. A clock is 14 decimal digits with the century in the
    /// middle, where a heading has a small number; an owner has a comma behind 22 digits; a few commands are echoed.
    private func length(at start: Int, in buffer: Span<UInt8>) -> Int? {
        guard start < buffer.count else { return nil }
        if buffer[start] == MicrolifeCommand.prefix[0] { return 1 + 6 + 2 }
        var (digits, decimals) = (0, 0)
        while digits < 22, start + digits < buffer.count, MicrolifeAnswer.isHex(buffer[start + digits]) {
            if decimals == digits, buffer[start + digits] < 0x3A { decimals += 1 }
            digits += 1
        }
        if decimals >= 14, buffer[start + 4] == 0x32, buffer[start + 5] == 0x30 { return 1 + 14 + 2 }
        guard digits == 22 else { return start + digits < buffer.count ? 0 : nil }
        guard start + 22 < buffer.count else { return nil }
        if buffer[start + 22] == 0x2C { return 1 + 22 + 1 + 5 + 2 + 2 }
        return number(at: start + 2, in: buffer).map { 1 + MicrolifeAnswer.heading + $0 * MicrolifeCycle.length + 2 }
            ?? 0
    }

    /// The byte that two hex digits say.
    private func number(at place: Int, in buffer: Span<UInt8>) -> Int? {
        MicrolifeAnswer.number([buffer[place], buffer[place + 1]])
    }
}

/// What the device hears.
struct MicrolifeCommandFraming: OwnFraming {
    var longest: Int { 4 }

    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        switch buffer.holds(MicrolifeCommand.prefix, at: place) {
        case false: .noise(1)
        case true: buffer.count - place >= 4 ? .frame(4) : .incomplete
        case nil: .incomplete
        }
    }
}

/// One record of the memory, 32 characters.
struct MicrolifeCycle: Hashable, Sendable {
    static let length = 32

    var time: CivilTime
    /// A counter of retries or of irregular beats (??): kept, never read.
    var counter = "00"
    var unknown = "0000"
    var systolic: Int
    var diastolic: Int
    var pulse: Int

    /// The monitor keeps whole minutes, and of a pressure its three numbers; nil where more would be lost.
    init?(_ reading: DeviceReading) {
        guard case .bloodPressure(let pressure) = reading.vital, let time = reading.deviceTime,
            (2000...2099).contains(time.year), let pulse = pressure.pulse?.value,
            pressure.mean == nil, pressure.irregularPulse == nil, pressure.moved == nil,
            [pressure.systolic.value, pressure.diastolic.value, pulse].allSatisfy((0...1_023).contains)
        else { return nil }
        (self.time, self.pulse) = (time, pulse)
        (systolic, diastolic) = (pressure.systolic.value, pressure.diastolic.value)
    }

    /// Reads a record; nil where a digit is none.
    init?(_ text: ArraySlice<UInt8>) {
        let bytes = Array(text)
        let date = stride(from: 0, to: 10, by: 2).compactMap {
            DecimalText.value(bytes[$0..<$0 + 2])
        }
        guard bytes.count == MicrolifeCycle.length, date.count == 5, bytes[10...].allSatisfy(MicrolifeAnswer.isHex),
            let word = MicrolifeAnswer.number(bytes[16..<24])
        else { return nil }
        time = CivilTime(year: 2000 + date[0], month: date[1], day: date[2], hour: date[3], minute: date[4])
        counter = String(decoding: bytes[10..<12], as: UTF8.self)
        unknown = String(decoding: bytes[12..<16], as: UTF8.self)
        (pulse, diastolic, systolic) = (word >> 20 & 0x3FF, word >> 10 & 0x3FF, word & 0x3FF)
    }

    /// The record; its last eight characters repeat the word.
    var text: [UInt8] {
        let date = [time.year % 100, time.month, time.day, time.hour, time.minute].map { $0.padded(2) }.joined()
        let value = pulse << 20 | diastolic << 10 | systolic
        let word = HexText.text(of: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) })
        let digits = word.filter { $0 != " " }
        return Array((date + counter + unknown + digits + digits).utf8)
    }

    var pressure: BloodPressure {
        BloodPressure(systolic: MmHg(systolic), diastolic: MmHg(diastolic), pulse: PerMinute(pulse))
    }
}

/// Understands answers.
struct MicrolifeListener: DialectListener {
    let limits: Limits

    mutating func hear(_ frame: ArraySlice<UInt8>, _ heard: inout [Heard]) -> Understanding {
        let text = frame.dropFirst().dropLast(2)
        guard text.count >= MicrolifeAnswer.heading, (text.count - MicrolifeAnswer.heading) % MicrolifeCycle.length == 0
        else {
            let said = MicrolifeClock(text) == nil ? MicrolifeSaid.other : .clock
            heard.append(Heard(what: .said(said.rawValue, Array(text))))
            return .message
        }
        let records = text.dropFirst(MicrolifeAnswer.heading)
        let count = records.count / MicrolifeCycle.length
        for slot in 0..<count {
            let record = records.dropFirst(slot * MicrolifeCycle.length).prefix(MicrolifeCycle.length)
            heard.append(Heard(what: .said(MicrolifeSaid.record.rawValue, []), event: event(record, slot: slot)))
        }
        heard.append(Heard(what: .said(MicrolifeSaid.memory.rawValue, [])))
        return .message
    }

    mutating func forget() {}

    /// What is kept of a record is an answer with it alone and without the owner, who has a name: it can be read again.
    private func event(_ record: ArraySlice<UInt8>, slot: Int) -> DeviceEvent {
        let raw = MicrolifeAnswer.cycles(owner: MicrolifeAnswer.nobody, [Array(record)]).bytes
        guard let cycle = MicrolifeCycle(record) else { return .fault(.implausible(field: "record"), raw: raw) }
        let vital = Vital.bloodPressure(cycle.pressure)
        if let field = limits.impossible(in: vital) {
            return .fault(.implausible(field: field), raw: raw)
        }
        return .reading(DeviceReading(vital: vital, deviceTime: cycle.time, memorySlot: slot + 1, raw: raw))
    }
}
