// `healthhut decode` without its I/O: bytes in, lines of JSON out, and one line that says what was thrown away.
import Vitals

/// What a stream of a device gives, line by line.
package struct DecodeReport: Sendable {
    private var decoder: StreamDecoder
    private let onlyRecorded: Bool
    /// A stream says the same again and again; a line is printed when it changes.
    private var lastSample: String?

    /// `settle`: only what a hut would record, without live pressure and samples on the way.
    package init(profile: DeviceProfile, settle: Bool = false) {
        (decoder, onlyRecorded) = (StreamDecoder(profile, keepsSamples: !settle), settle)
    }

    /// The lines of JSON these bytes complete, without line ends.
    package mutating func feed(_ bytes: [UInt8]) -> [String] { lines(decoder.push(bytes)) }

    /// Decodes without writing anything: how much was heard. For measuring.
    package mutating func count(_ bytes: [UInt8]) -> Int { decoder.push(bytes).count }

    /// Bytes that wait for the end of their frame.
    package var keptBytes: Int { decoder.unfinished }

    /// The stream is over: what a half frame at its end still hides.
    package mutating func finish() -> [String] {
        let last = lines(decoder.lookPastStall())
        unfinished = decoder.unfinished
        return last
    }

    /// Gives up a half frame: its end is too late.
    mutating func abandon() { decoder.abandon() }

    private var unfinished = 0

    package var tally: Tally {
        var tally = decoder.tally
        tally.noiseBytes += unfinished
        if unfinished > 0 { tally.faults += 1 }
        return tally
    }

    /// `12 frames, 3 noise bytes, 1 fault`.
    package var summary: String {
        let tally = tally
        return [
            count(tally.frames, "frame"), count(tally.noiseBytes, "noise byte"), count(tally.faults, "fault"),
            tally.encrypted > 0 ? "\(tally.encrypted) encrypted" : "",
            tally.duplicates > 0 ? "\(tally.duplicates) heard twice" : "",
            tally.viaMQTT > 0 ? "\(tally.viaMQTT) through the internet" : "",
        ].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }

    private mutating func lines(_ heard: [Heard]) -> [String] {
        var lines: [String] = []
        for one in heard {
            if let sample = one.sample, !onlyRecorded {
                let line = text(of: sample)
                if line != lastSample { lines.append(line) }
                lastSample = line
            }
            guard let event = one.event else { continue }
            if onlyRecorded, case .cuffPressure = event { continue }
            var line = JSONLine()
            line.add(event)
            lines.append(line.text)
        }
        return lines
    }

    /// `{"sample":"oxygenSaturation","percent":97,"pulse":72}`, with what is wrong with it.
    private func text(of sample: Sample) -> String {
        var line = JSONLine()
        line.add("sample", sample.kind.rawValue)
        if let vital = sample.vital { line.addValues(of: vital) }
        line.add("noValue", sample.missing?.rawValue)
        if !sample.isPresent { line.add("present", false) }
        if !sample.isUsable { line.add("usable", false) }
        return line.text
    }
}
