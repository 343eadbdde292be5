// Nellcor's text lines (N-595, N-395, NPB-290, NPB-295, N-560): a date with an English month, three values, then codes.
// Two lines of heading come now and then. A value may have a star glued to it, or be three dashes.
// Layout: Devices/nellcor-n595/PROTOCOL.md.
import Vitals

/// The dialect of `decoder: 'nellcor-n595'`.
struct NellcorN595: Dialect {
    /// From line to line (ours; the real interval is set in the device's menu, ??).
    private static let every = Duration.seconds(2)

    var faults: Set<SimulatedFault> {
        SimulatedFault.ofEveryDevice.union([.noSignal, .noResult, .errorFrame, .impossibleDate])
    }
    var isStream: Bool { true }

    func listener(_ profile: DeviceProfile) -> any DialectListener {
        NellcorListener(profile)
    }

    func talk(_ profile: DeviceProfile) -> any Talk { ListeningTalk() }

    func player(_ profile: DeviceProfile, _ plan: SimulationPlan) throws(SimulationError) -> any Player {
        try FingerPlayer(profile, plan, every: NellcorN595.every) { shown in
            let heading = shown.count % 25 == 0 ? NellcorLine.heading : []
            return heading + NellcorLine(shown).bytes
        }
    }

    func frames(of reading: DeviceReading) -> [UInt8]? {
        guard case .oxygenSaturation(let oxygen) = reading.vital, (0...999).contains(oxygen.percent),
            (0...999).contains(oxygen.pulse?.value ?? 0), oxygen.perfusionIndex == nil, let time = reading.deviceTime,
            (1970...2069).contains(time.year), (1...12).contains(time.month)
        else { return nil }
        return NellcorLine(time: time, percent: oxygen.percent, pulse: oxygen.pulse?.value, amplitude: 50).bytes
    }
}

/// One line of data.
struct NellcorLine: Hashable, Sendable {
    var time: CivilTime
    var percent: Int?
    var pulse: Int?
    /// Height of the pulse wave, of no use to us.
    var amplitude: Int?
    /// A value beside its alarm limit has a star.
    var starred: [Bool] = [false, false, false]
    /// `SD`, `PS` …
    var codes: [String] = []

    private static let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    private static let dateLength = 18
    /// As a worked heading has them; the values are the monitor's own alarm limits.
    static let heading = Array(
        ("NPB-295   VERSION 2.0.0.0   CRC: XXXX   SpO2 Limit: 70-100%   PR Limit: 60-160BPM\r\n"
            + "TIME                %SPO2   BPM     PA      Status\r\n").utf8)

    init(
        time: CivilTime, percent: Int?, pulse: Int?, amplitude: Int?, starred: [Bool] = [false, false, false],
        codes: [String] = []
    ) {
        (self.time, self.percent, self.pulse, self.amplitude) = (time, percent, pulse, amplitude)
        (self.starred, self.codes) = (starred, codes)
    }

    /// What a simulated finger shows.
    init(_ shown: FingerPlayer.Shown) {
        let codes = shown.isIn ? (shown.isFaulty ? ["SD"] : shown.isSearching ? ["PS"] : []) : ["SO"]
        self.init(
            time: shown.clock, percent: shown.percent, pulse: shown.pulse, amplitude: shown.percent.map { _ in 50 },
            codes: codes)
    }

    /// Reads a line that begins with a date; nil for any other.
    init?(_ line: ArraySlice<UInt8>) {
        guard let time = NellcorLine.date(line.prefix(NellcorLine.dateLength)) else { return nil }
        let words = line.dropFirst(NellcorLine.dateLength).split(separator: 0x20)
        guard words.count >= 3 else { return nil }
        var values: [Int?] = []
        starred = []
        for word in words[..<3] {
            let digits = word.last == 0x2A ? word.dropLast() : word
            if digits.elementsEqual("---".utf8) {
                values.append(nil)
            } else if (1...3).contains(digits.count), let value = DecimalText.value(digits) {
                values.append(value)
            } else {
                return nil
            }
            starred.append(digits.count < word.count)
        }
        (self.time, percent, pulse, amplitude) = (time, values[0], values[1], values[2])
        codes = words[3...].map { String(decoding: $0, as: UTF8.self) }
        guard codes.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) }) else {
            return nil
        }
    }

    /// `12-NOV-98 14:00:05`; years 70 … 99 are of the last century.
    private static func date(_ text: ArraySlice<UInt8>) -> CivilTime? {
        let bytes = Array(text)
        guard bytes.count == dateLength, bytes[2] == 0x2D, bytes[6] == 0x2D, bytes[9] == 0x20, bytes[12] == 0x3A,
            bytes[15] == 0x3A, let month = months.firstIndex(where: { bytes[3..<6].elementsEqual($0.utf8) }),
            let day = DecimalText.value(bytes[0..<2]), let year = DecimalText.value(bytes[7..<9]),
            let hour = DecimalText.value(bytes[10..<12]),
            let minute = DecimalText.value(bytes[13..<15]), let second = DecimalText.value(bytes[16..<18])
        else { return nil }
        return CivilTime(
            year: year + (year < 70 ? 2000 : 1900), month: month + 1, day: day, hour: hour, minute: minute,
            second: second)
    }

    /// The line with its end, in the columns of a worked line.
    var bytes: [UInt8] {
        let month = NellcorLine.months[min(max(time.month, 1), 12) - 1]
        var line = "\(time.day.padded(2))-\(month)-\((time.year % 100).padded(2)) "
        line += "\(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2)) "
        let values = zip([percent, pulse, amplitude], starred).map { value, starred in
            (value.map(String.init) ?? "---") + (starred ? "*" : "")
        }
        for value in values[..<2] { line += value + String(repeating: " ", count: max(1, 8 - value.utf8.count)) }
        line += values[2]
        if !codes.isEmpty { line += String(repeating: " ", count: max(1, 8 - values[2].utf8.count)) }
        return Array((line + codes.joined(separator: " ") + "\r\n").utf8)
    }

    /// Sensor disconnected or off the finger.
    private var isIn: Bool { !codes.contains("SD") && !codes.contains("SO") }
    /// Loss of pulse, loss with motion, searching, motion: the number beside them is not to be trusted.
    private var isUsable: Bool { !codes.contains(where: ["LP", "LM", "PS", "MO"].contains) }

    func sample(within limits: Limits, raw: [UInt8]) -> Sample {
        .oximeter(
            percent: percent, pulse: pulse, within: limits, isPresent: isIn, isUsable: isUsable, deviceTime: time,
            raw: raw)
    }
}

/// Understands the lines of one monitor.
struct NellcorListener: DialectListener {
    private let profile: DeviceProfile
    /// Of the last line: a code that stays is said once.
    private var codes: [String] = []

    init(_ profile: DeviceProfile) { self.profile = profile }

    /// Noise or a torn line may stand before the date: the last date that makes a line of the rest is it.
    mutating func hear(_ frame: ArraySlice<UInt8>, _ heard: inout [Heard]) -> Understanding {
        let line = profile.framing.message(in: frame)
        for skipped in 0..<max(line.count, 1) where line.dropFirst(skipped).dropFirst(2).first == 0x2D {
            guard let read = NellcorLine(line.dropFirst(skipped)) else { continue }
            let raw = Array(frame.dropFirst(skipped))
            for code in read.codes where !codes.contains(code) {
                if let fault = profile.errors[code] {
                    heard.append(Heard(what: .said(0, []), event: .fault(fault, raw: raw)))
                }
            }
            codes = read.codes
            heard.append(Heard(what: .said(0, []), sample: read.sample(within: profile.limits, raw: raw)))
            return .message(after: skipped)
        }
        return isHeading(line) ? .message : .unknown
    }

    /// A heading names its columns or the monitor; both kinds seen say SpO2 somewhere, in any letters.
    private func isHeading(_ line: ArraySlice<UInt8>) -> Bool {
        let word = Array("SPO2".utf8)
        let upper = line.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }
        return upper.indices.contains { upper[$0...].starts(with: word) }
    }

    mutating func forget() { codes = [] }
}
