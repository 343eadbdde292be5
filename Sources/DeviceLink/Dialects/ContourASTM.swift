// Bayer Contour over its serial cable: two standards of the laboratory, one in the other. The link (ASTM E1381) has
// single control bytes and numbered frames with a sum, each acknowledged; the records in them (E1394) are lines of
// fields between bars. The first result is the meter's average, which nobody measured. Layout: Devices/contour-astm.
import Vitals

/// The dialect of `decoder: 'contour-astm'`.
struct ContourASTM: Dialect {
    var framing: Framing? { .own(ContourFraming()) }
    var faults: Set<SimulatedFault> {
        SimulatedFault.ofEveryDevice.union([.noResult, .impossibleDate, .clockUnset, .errorFrame])
    }
    var isMemory: Bool { true }

    func listener(_ profile: DeviceProfile) -> any DialectListener { ContourListener(limits: profile.limits) }
    func talk(_ profile: DeviceProfile) -> any Talk { MemoryTalk(ContourScript()) }

    func player(_ profile: DeviceProfile, _ plan: SimulationPlan) throws(SimulationError) -> any Player {
        ContourPlayer(plan)
    }

    /// What a meter with this one record sends when it is read, from ENQ to EOT.
    func frames(of reading: DeviceReading) -> [UInt8]? {
        guard let result = ContourResult(reading) else { return nil }
        let frames = ContourFrame.transfer(of: [result]).map(\.bytes)
        return [ContourControl.enquiry.rawValue] + frames.flatMap(\.self) + [ContourControl.end.rawValue]
    }
}

/// The single bytes of the link.
enum ContourControl: UInt8, CaseIterable, Sendable {
    case end = 0x04
    case enquiry = 0x05
    case acknowledge = 0x06
    case refuse = 0x15
}

/// `02 n text 03|17 C1 C2 0D 0A`: n counts 1 … 7, 0; 17 says that more frames follow.
struct ContourFrame: Hashable, Sendable {
    static let start: UInt8 = 0x02
    static let last: UInt8 = 0x03
    static let more: UInt8 = 0x17

    var number: Int
    var text: [UInt8]
    var isLast: Bool

    init(number: Int, text: [UInt8], isLast: Bool) { (self.number, self.text, self.isLast) = (number, text, isLast) }

    /// Reads a whole frame; nil for a control byte.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count >= 7, bytes.first == ContourFrame.start else { return nil }
        number = Int(bytes[bytes.startIndex + 1] & 0x0F)
        text = Array(bytes.dropFirst(2).dropLast(5))
        isLast = bytes[bytes.endIndex - 5] == ContourFrame.last
    }

    var bytes: [UInt8] {
        let body =
            [0x30 + UInt8(truncatingIfNeeded: number & 7)] + text + [isLast ? ContourFrame.last : ContourFrame.more]
        return [ContourFrame.start] + body + ContourFrame.digits(of: body.reduce(0, &+)) + [0x0D, 0x0A]
    }

    /// The sum from the number to the end mark, as two hex digits.
    static func digits(of sum: UInt8) -> [UInt8] {
        [sum >> 4, sum & 0x0F].map { $0 < 10 ? 0x30 + $0 : 0x37 + $0 }
    }

    /// A whole memory as a meter sends it: header, patient, the average, the results, the end.
    static func transfer(of results: [ContourResult]) -> [ContourFrame] {
        let average = results.isEmpty ? [] : [ContourResult.average(of: results)]
        let records =
            ["H|\\^&|||Bayer7390|||||||P|1|20260101083000", "P|1"] + (average + results).map(\.text) + ["L|1||N"]
        return records.enumerated().map { place, record in
            ContourFrame(
                number: (place + 1) & 7, text: Array(record.utf8) + [0x0D], isLast: place == records.count - 1)
        }
    }
}

/// Cuts control bytes and frames; the sum of a frame must be right.
struct ContourFraming: OwnFraming {
    /// The standard's longest frame.
    var longest: Int { 247 }
    var isChecked: Bool { true }

    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        if ContourControl(rawValue: buffer[place]) != nil { return .frame(1) }
        guard buffer[place] == ContourFrame.start else { return .noise(1) }
        var sum: UInt8 = 0
        var index = place + 1
        while index < min(buffer.count, place + longest) {
            let byte = buffer[index]
            sum &+= byte
            if byte == ContourFrame.last || byte == ContourFrame.more {
                return index > place + 1 ? ending(at: index, from: place, sum: sum, in: buffer) : .broken
            }
            // A number, then what can be printed and a line end: anything else is no text of this link.
            let isText = byte >= 0x20 && byte <= 0x7E || byte == 0x0D
            guard index == place + 1 ? byte >= 0x30 && byte <= 0x37 : isText else { return .broken }
            index += 1
        }
        return buffer.count - place >= longest ? .broken : .incomplete
    }

    private func ending(at mark: Int, from place: Int, sum: UInt8, in buffer: Span<UInt8>) -> Look {
        switch buffer.holds(ContourFrame.digits(of: sum) + [0x0D, 0x0A], at: mark + 1) {
        case true: .frame(mark + 5 - place)
        case false: .broken
        case nil: .incomplete
        }
    }
}

/// One result record: `R|1|^^^Glucose|101|mg/dL^P||B||202601010830`.
struct ContourResult: Hashable, Sendable {
    var sequence: Int
    /// Thousandths of the unit.
    var thousandths: Int
    var isMillimolar = false
    var marks: Set<Character> = []
    var time: CivilTime

    /// The meter keeps whole minutes, and whole mg/dL or tenths of mmol/L; nil for a value between.
    init?(_ reading: DeviceReading) {
        guard case .glucose(let glucose) = reading.vital, let time = reading.deviceTime,
            (0...9_999).contains(time.year)
        else { return nil }
        let milligrams = glucose.milligramsPerDecilitre
        isMillimolar = Glucose(milligramsPerDecilitre: milligrams, meal: glucose.meal) != glucose
        guard !isMillimolar || glucose.micromolesPerLitre % 100 == 0 else { return nil }
        thousandths = isMillimolar ? glucose.micromolesPerLitre : milligrams * 1_000
        sequence = reading.memorySlot ?? 1
        self.time = CivilTime(
            year: time.year, month: time.month, day: time.day, hour: time.hour, minute: time.minute)
        switch glucose.meal {
        case .before: marks = ["B"]
        case .after: marks = ["A"]
        case nil: break
        }
    }

    private init(sequence: Int, milligrams: Int, time: CivilTime) {
        (self.sequence, thousandths, self.time) = (sequence, milligrams * 1_000, time)
    }

    /// The average that comes before the results.
    static func average(of results: [ContourResult]) -> ContourResult {
        let sum = results.reduce(0) { $0 + $1.thousandths / 1_000 }
        let time = results.first?.time ?? CivilTime(year: 0, month: 0, day: 0, hour: 0, minute: 0)
        return ContourResult(sequence: 0, milligrams: sum / max(1, results.count), time: time)
    }

    /// Reads a record between the given bars; nil for any other. The time is the last field, 12 or 14 digits; marks
    /// stand in the fields between the unit and it, one behind the other or with strokes between.
    init?(_ record: ArraySlice<UInt8>, delimiters: ContourDelimiters) {
        let fields = record.split(separator: delimiters.field, omittingEmptySubsequences: false)
        guard fields.count >= 9, fields[0].elementsEqual([0x52]), let sequence = DecimalText.value(fields[1]),
            fields[2].split(separator: delimiters.component).last?.elementsEqual("Glucose".utf8) == true,
            let unit = fields[4].split(separator: delimiters.component).first,
            let thousandths = ContourResult.thousandths(fields[3]), let time = ContourResult.time(fields.last ?? [])
        else { return nil }
        switch String(decoding: unit, as: UTF8.self) {
        case "mg/dL": isMillimolar = false
        case "mmol/L": isMillimolar = true
        default: return nil
        }
        (self.sequence, self.thousandths, self.time) = (sequence, thousandths, time)
        for field in fields[6..<fields.count - 1] {
            let words = field.split { $0 == 0x2F || $0 == delimiters.repetition }
            for word in words where word.count == 1 { marks.formUnion(word.map { Character(Unicode.Scalar($0)) }) }
        }
    }

    /// `101`, `5.6`.
    private static func thousandths(_ text: ArraySlice<UInt8>) -> Int? {
        let parts = text.split(separator: 0x2E, maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let whole = DecimalText.value(first), whole < 100_000 else { return nil }
        guard parts.count == 2 else { return whole * 1_000 }
        guard parts[1].count <= 3, let fraction = DecimalText.value(parts[1]) else { return nil }
        return whole * 1_000 + fraction * [100, 10, 1][parts[1].count - 1]
    }

    private static func time(_ digits: ArraySlice<UInt8>) -> CivilTime? {
        guard [12, 14].contains(digits.count), DecimalText.value(digits) != nil else { return nil }
        func number(_ from: Int, _ count: Int) -> Int { DecimalText.value(digits.dropFirst(from).prefix(count)) ?? 0 }
        return CivilTime(
            year: number(0, 4), month: number(4, 2), day: number(6, 2), hour: number(8, 2), minute: number(10, 2),
            second: number(12, 2))
    }

    /// The record as a meter of the worked frames writes it, without its line end.
    var text: String {
        let whole = thousandths / 1_000
        let value = isMillimolar ? "\(whole).\(thousandths % 1_000 / 100)" : String(whole)
        let date = time.year.padded(4) + [time.month, time.day, time.hour, time.minute].map { $0.padded(2) }.joined()
        let unit = isMillimolar ? "mmol/L^P" : "mg/dL^P"
        return
            "R|\(sequence)|^^^Glucose|\(value)|\(unit)||\(marks.map(String.init).sorted().joined(separator: "/"))||\(date)"
    }

    /// Control solution: C on the USB models, E on the others.
    var isControl: Bool { marks.contains("C") || marks.contains("E") }

    /// Above or below what the meter can measure; the number is then its limit.
    var beyond: NoValueClass? { marks.contains(">") ? .aboveRange : marks.contains("<") ? .belowRange : nil }

    var glucose: Glucose {
        let meal: Glucose.Meal? = marks.contains("B") ? .before : marks.contains("A") ? .after : nil
        return isMillimolar
            ? Glucose(micromolesPerLitre: thousandths, meal: meal)
            : Glucose(milligramsPerDecilitre: thousandths / 1_000, meal: meal)
    }
}

/// What a header declares: `H|\^&`.
struct ContourDelimiters: Hashable, Sendable {
    var field: UInt8 = 0x7C
    var repetition: UInt8 = 0x5C
    var component: UInt8 = 0x5E
}
