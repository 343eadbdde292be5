// A GSM modem: answers the few commands a hut sends, asks for the text, and gives the network's word.
import Vitals

/// The modem's side of the conversation.
struct ModemPlayer: Player {
    private var plan: SimulationPlan
    private var line: [UInt8] = []
    /// `+CMGS` was given and the text is awaited.
    private var takesText = false
    private var reference = 0

    init(_ plan: SimulationPlan) { self.plan = plan }

    var deadline: MonotonicTime? { nil }

    mutating func show(_ plan: SimulationPlan) throws(SimulationError) { self.plan = plan }
    mutating func opened(at now: MonotonicTime, _ outbox: inout Outbox) {
        (line, takesText) = ([], false)
        if plan.fault == .echo { say(["RDY", "SMS Ready", "+CMTI: \"SM\",3"], at: now, &outbox) }
    }
    /// It has no button.
    mutating func press(at now: MonotonicTime, _ outbox: inout Outbox) {}
    mutating func deadlineReached(at now: MonotonicTime, _ outbox: inout Outbox) {}

    mutating func receive(_ bytes: [UInt8], at now: MonotonicTime, _ outbox: inout Outbox) {
        if plan.fault == .echo { outbox.put(bytes.filter { $0 != 0x1A && $0 != 0x1B }, at: now) }
        for byte in bytes {
            switch (takesText, byte) {
            case (_, 0x1B): takesText = false
            case (true, 0x1A): take(at: now, &outbox)
            case (false, 0x0D): answer(String(decoding: line, as: UTF8.self), at: now, &outbox)
            default:
                line.append(byte)
                continue
            }
            line = []
        }
    }

    private mutating func answer(_ command: String, at now: MonotonicTime, _ outbox: inout Outbox) {
        switch command {
        case "AT+CPIN?" where plan.fault == .pinWanted: say(["+CPIN: SIM PIN", "OK"], at: now, &outbox)
        case "AT+CPIN?": say(["+CPIN: READY", "OK"], at: now, &outbox)
        case "AT+CSQ": say([plan.fault == .noNetwork ? "+CSQ: 99,99" : "+CSQ: 17,99", "OK"], at: now, &outbox)
        case "AT+CREG?": say([plan.fault == .noNetwork ? "+CREG: 0,2" : "+CREG: 0,1", "OK"], at: now, &outbox)
        case _ where command.hasPrefix("AT+CMGS="):
            guard plan.fault != .noPrompt else { return }
            takesText = true
            outbox.put(Array("\r\n> ".utf8), at: now)
        case "AT", "ATE0", "AT+CMEE=1", "AT+CMGF=0": say(["OK"], at: now, &outbox)
        case "": break
        default: say(["ERROR"], at: now, &outbox)
        }
    }

    /// The text is whole: the network takes it after a moment, or does not.
    private mutating func take(at now: MonotonicTime, _ outbox: inout Outbox) {
        takesText = false
        reference += 1
        switch plan.fault {
        case .textUnanswered: break
        case .textRefused: say(["+CMS ERROR: 38"], at: now + .seconds(2), &outbox)
        default: say(["+CMGS: \(reference)", "OK"], at: now + .seconds(2), &outbox)
        }
    }

    private func say(_ lines: [String], at now: MonotonicTime, _ outbox: inout Outbox) {
        let bytes = lines.flatMap { Array("\r\n\($0)\r\n".utf8) }
        outbox.put(bytes, plan.fault, at: now)
    }
}
