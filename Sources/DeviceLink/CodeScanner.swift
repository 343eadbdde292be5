// A scanner of bar codes and QR codes: the text, and whatever suffix somebody once configured with a printed code, or none
// at all. So any line end ends it, and a silence of 100 ms does too. Nothing guards the text but the symbol itself.
import Vitals

/// The dialect of `decoder: 'code-scanner'`.
struct CodeScanner: Dialect {
    var framing: Framing? { .own(CodeFraming()) }

    func listener(_ profile: DeviceProfile) -> any DialectListener { CodeListener() }

    /// The same code within three seconds is the same scan.
    func talk(_ profile: DeviceProfile) -> any Talk { PresenceTalk(goneAfter: .seconds(3)) }

    func player(_ profile: DeviceProfile, _ plan: SimulationPlan) throws(SimulationError) -> any Player {
        CodePlayer(plan)
    }

    /// A code is no reading.
    func frames(of reading: DeviceReading) -> [UInt8]? { nil }

    var faults: Set<SimulatedFault> {
        SimulatedFault.ofEveryDevice.subtracting([.impossibleValue]).union([.noSuffix])
    }
}

/// Text up to CR, LF or TAB, or up to a silence.
struct CodeFraming: OwnFraming {
    /// Addresses in QR codes go beyond 256; the largest symbol holds more than any of them.
    var longest: Int { 1_024 }
    var silence: Duration? { .milliseconds(100) }

    static func isEnd(_ byte: UInt8) -> Bool { [0x0D, 0x0A, 0x09].contains(byte) }

    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        // The LF of a CR LF, or a suffix without a code before it.
        if CodeFraming.isEnd(buffer[place]) { return .envelope(1) }
        let end = (place..<buffer.count).first { CodeFraming.isEnd(buffer[$0]) }
        let surplus = (end ?? buffer.count) - place - longest
        if surplus > 0 { return .noise(surplus) }
        return end.map { .frame($0 + 1 - place) } ?? .incomplete
    }
}

/// One scan, every byte of it.
struct ScannedCode: Hashable, Sendable {
    /// The symbol's kind in three characters, `]Q1`, where the scanner sends it; empty where it does not.
    var codeID: String
    var text: String
    /// The end byte; empty after a silence.
    var suffix: [UInt8]

    init(codeID: String = "", text: String, suffix: [UInt8] = [0x0D]) {
        (self.codeID, self.text, self.suffix) = (codeID, text, suffix)
    }

    /// Printable ASCII; nil for anything else, which no code of a hut is.
    init?(_ frame: ArraySlice<UInt8>) {
        let content = frame.last.map(CodeFraming.isEnd) == true ? frame.dropLast() : frame
        guard !content.isEmpty, content.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        let written = String(decoding: content, as: UTF8.self)
        let hasID =
            content.count > 3 && content.first == UInt8(ascii: "]") && written.dropFirst().first?.isLetter == true
        (codeID, text) = hasID ? (String(written.prefix(3)), String(written.dropFirst(3))) : ("", written)
        suffix = Array(frame[content.endIndex...])
    }

    var bytes: [UInt8] { Array((codeID + text).utf8) + suffix }
}

/// Understands the scans of one scanner.
private struct CodeListener: DialectListener {
    mutating func forget() {}

    mutating func hear(_ frame: ArraySlice<UInt8>, _ heard: inout [Heard]) -> Understanding {
        guard let scan = ScannedCode(frame) else { return .unknown }
        heard.append(Heard(what: .said(0, []), event: .identity(.code(scan.text))))
        return .message
    }
}

/// A scanner and the slip that is held before it.
private struct CodePlayer: Player {
    private var plan: SimulationPlan
    private var scan = ScannedCode(text: "")

    init(_ plan: SimulationPlan) { self.plan = plan }

    mutating func show(_ plan: SimulationPlan) throws(SimulationError) {
        let scan: ScannedCode? =
            if case .code(let text) = plan.token ?? .code("6901234567892") { ScannedCode(Array(text.utf8)[...]) } else {
                nil
            }
        guard let scan else { throw SimulationError(problem: "that is no code", hint: "printable ASCII") }
        (self.plan, self.scan) = (plan, scan)
        self.scan.suffix = plan.fault == .noSuffix ? [] : [0x0D, 0x0A]
    }

    var deadline: MonotonicTime? { nil }

    mutating func opened(at now: MonotonicTime, _ outbox: inout Outbox) {
        if plan.pressStart { press(at: now, &outbox) }
    }

    mutating func receive(_ bytes: [UInt8], at now: MonotonicTime, _ outbox: inout Outbox) {}

    /// The code is held before the glass.
    mutating func press(at now: MonotonicTime, _ outbox: inout Outbox) {
        outbox.put(scan.bytes, before: scan.bytes, plan.fault, at: now)
    }

    mutating func deadlineReached(at now: MonotonicTime, _ outbox: inout Outbox) {}
}
