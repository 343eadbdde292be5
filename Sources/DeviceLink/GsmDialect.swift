// A GSM modem as a dialect: text lines either way, and a prompt that ends no line. Which answer belongs to which command
// is told by the order alone, so the listener names the answers and the conversation keeps the order.
import Vitals

/// The dialect of `decoder: 'gsm-modem'`.
struct GsmDialect: Dialect {
    var framing: Framing? { .own(ModemFraming()) }

    func listener(_ profile: DeviceProfile) -> any DialectListener { ModemListener(errors: profile.errors) }

    func talk(_ profile: DeviceProfile) -> any Talk { ModemTalk() }

    func player(_ profile: DeviceProfile, _ plan: SimulationPlan) throws(SimulationError) -> any Player {
        ModemPlayer(plan)
    }

    func frames(of reading: DeviceReading) -> [UInt8]? { nil }

    var faults: Set<SimulatedFault> {
        [
            .noiseBefore, .wrongBaud, .silent, .pinWanted, .noNetwork, .textRefused, .noPrompt,
            .textUnanswered, .echo,
        ]
    }
}

/// Lines of printable text, and `> `.
struct ModemFraming: OwnFraming {
    /// No answer a hut needs is longer; a text somebody sent to the modem may be.
    var longest: Int { 400 }

    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        func isEnd(_ byte: UInt8) -> Bool { byte == 0x0D || byte == 0x0A }
        func isText(_ byte: UInt8) -> Bool { (0x20...0x7E).contains(byte) }
        if isEnd(buffer[place]) { return .envelope(1) }
        guard isText(buffer[place]) else { return .noise(1) }
        if buffer[place] == UInt8(ascii: ">") {
            guard place + 1 < buffer.count else { return .incomplete }
            if buffer[place + 1] == 0x20 { return .frame(2) }
        }
        for index in place..<buffer.count {
            if isEnd(buffer[index]) { return .frame(index - place) }
            if !isText(buffer[index]) || index - place >= longest { return .noise(index - place + 1) }
        }
        return .incomplete
    }
}

/// What a modem can say that a conversation waits for.
enum ModemSaid: Int {
    case other, prompt, ok, error
    /// With what stands behind the colon.
    case card, signal, registration, sent
}

/// Hears the lines of a modem.
private struct ModemListener: DialectListener {
    let errors: [String: DeviceFault]

    mutating func hear(_ frame: ArraySlice<UInt8>, _ heard: inout [Heard]) -> Understanding {
        let colon = frame.firstIndex(of: UInt8(ascii: ":")) ?? frame.endIndex
        let value = frame[colon...].dropFirst().drop { $0 == 0x20 }
        func begins(_ word: StaticString) -> Bool {
            frame[..<colon].elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        }
        if begins("OK") {
            say(.ok, [], &heard)
        } else if begins("> ") {
            say(.prompt, [], &heard)
        } else if begins("ERROR") {
            say(.error, Array(OutputTrouble.refused.rawValue.utf8), &heard)
        } else if begins("+CMS ERROR") {
            refuse("cms-", value, raw: frame, &heard)
        } else if begins("+CME ERROR") {
            refuse("cme-", value, raw: frame, &heard)
        } else if begins("+CPIN") {
            say(.card, Array(value), &heard)
        } else if begins("+CSQ") {
            say(.signal, Array(value), &heard)
        } else if begins("+CREG") {
            say(.registration, Array(value), &heard)
        } else if begins("+CMGS") {
            say(.sent, Array(value), &heard)
        } else {
            // Echoes, and what a modem says of itself: RING, +CMTI, SMS Ready.
            say(.other, [], &heard)
        }
        return .message
    }

    mutating func forget() {}

    private func say(_ said: ModemSaid, _ value: [UInt8], _ heard: inout [Heard]) {
        heard.append(Heard(what: .said(said.rawValue, value)))
    }

    /// A refusal with its number: `cms-38`, `cme-10`.
    private func refuse(_ kind: String, _ number: ArraySlice<UInt8>, raw: ArraySlice<UInt8>, _ heard: inout [Heard]) {
        let code = kind + String(decoding: number, as: UTF8.self)
        let fault = errors[code] ?? .deviceError(code: code, meaning: nil, kind: .machine)
        heard.append(
            Heard(
                what: .said(ModemSaid.error.rawValue, Array(code.utf8)), event: .fault(fault, raw: Array(raw))))
    }
}
