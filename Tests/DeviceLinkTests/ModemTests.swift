// Texts as PDUs, and a real conversation with a simulated modem.
import Testing
import Vitals

@testable import DeviceLink

private let words = "手环呼救，还没人接 09:14 方泰东社区健康小屋 方泰东路 8 号"

struct SMSTests {
    /// As Devices/gsm-modem/good.capture has it; number and text were read back from it by smspdudecoder 2.2.0.
    @Test func `a text is the PDU an independent decoder reads`() {
        let message = SMSSubmit(number: "13800000000", text: words)
        #expect(message.tpdu.count == 82)
        #expect(
            message.pdu
                == "0011000B813108000000F00008A744624B73AF547C6551FF0C8FD86CA14EBA63A5002000300039003A003100340020"
                + "65B96CF04E1C793E533A50655EB75C0F5C4B002065B96CF04E1C8DEF00200038002053F7")
    }

    @Test func `a number with a plus is international, an odd one is filled up`() throws {
        #expect(
            SMSSubmit(number: "+8613800000000", text: "").tpdu
                == (try hex("11 00 0D 91 68 31 08 00 00 00 F0 00 08 A7 00")))
        #expect(SMSSubmit(number: "120", text: "").tpdu == (try hex("11 00 03 81 21 F0 00 08 A7 00")))
    }

    @Test func `a long text is cut at 70 units, never inside a character`() {
        #expect(SMSSubmit(number: "1", text: String(repeating: "救", count: 71)).tpdu.last(140 + 1).first == 140)
        let pairs = SMSSubmit(number: "1", text: "a" + String(repeating: "𠀀", count: 40)).tpdu
        // 1 and 34 pairs: 69 units.
        #expect(pairs.suffix(139).first == 138)
    }
}

extension [UInt8] {
    fileprivate func last(_ count: Int) -> ArraySlice<UInt8> { suffix(count) }
}

struct ModemTests {
    private func text(_ rig: inout OutputRig) { rig.put(.text(to: "13800000000", words)) }

    @Test(arguments: [
        (SimulatedFault?.none, OutputResult.done), (.echo, .done), (.noiseBefore, .done),
        (.pinWanted, .failed(.noCard)), (.noNetwork, .failed(.noNetwork)), (.textRefused, .failed("cms-38")),
        (.noPrompt, .failed(.noAnswer)), (.textUnanswered, .unknown), (.silent, .failed(.noAnswer)),
        (.wrongBaud, .failed(.noAnswer)),
    ])
    func `a text is sent, or the reason is told`(fault: SimulatedFault?, result: OutputResult) throws {
        var rig = try OutputRig("gsm-modem", fault)
        text(&rig)
        rig.run(until: 120)
        #expect(rig.results == [1: result])
        let bodies = rig.sent.count { $0.last == 0x1A }
        #expect(bodies == ([.done, .unknown, .failed("cms-38")].contains(result) ? 1 : 0))
    }

    @Test func `it is greeted, asked how it is, then told`() throws {
        var rig = try OutputRig("gsm-modem")
        text(&rig)
        rig.run(until: 10)
        let lines = rig.sent.map { String(decoding: $0.dropLast(), as: UTF8.self) }
        #expect(
            lines == [
                "AT", "ATE0", "AT+CMEE=1", "AT+CMGF=0", "AT+CPIN?", "AT+CSQ", "AT+CREG?", "AT+CPIN?", "AT+CSQ",
                "AT+CREG?", "AT+CMGS=82", SMSSubmit(number: "13800000000", text: words).pdu,
            ])
    }

    @Test func `a prompt that does not come is answered by an Escape, and the next text goes through`() throws {
        var rig = try OutputRig("gsm-modem", .noPrompt)
        text(&rig)
        rig.run(until: 9)
        try rig.show(nil)
        rig.run(until: 12)
        #expect(rig.sent.contains([0x1B, 0x0D]) && rig.results == [1: .failed(.noAnswer)])
        text(&rig)
        rig.run(until: 20)
        #expect(rig.results[2] == .done)
    }

    @Test func `two texts go one after the other, a ninth waiting one is refused`() throws {
        var rig = try OutputRig("gsm-modem")
        for _ in 1...9 { text(&rig) }
        #expect(rig.results == [9: .failed(.busy)])
        rig.run(until: 60)
        #expect(rig.results.count == 9 && rig.results.filter { $0.value == .done }.count == 8)
    }

    @Test func `a cable pulled before the body is no text, behind it nobody knows`() throws {
        var before = try OutputRig("gsm-modem", .noPrompt)
        text(&before)
        before.carry(before.hut.lost(at: before.now))
        #expect(before.results == [1: .failed(.lineDown)])
        var behind = try OutputRig("gsm-modem", .textUnanswered)
        text(&behind)
        behind.carry(behind.hut.lost(at: behind.now))
        #expect(behind.results == [1: .unknown])
    }

    @Test func `a network that comes back is noticed, and a card that was put in`() throws {
        for fault in [SimulatedFault.noNetwork, .pinWanted, .silent] {
            var rig = try OutputRig("gsm-modem", fault)
            rig.run(until: 20)
            #expect(rig.hut.trouble != nil)
            try rig.show(nil)
            rig.run(until: 120)
            #expect(rig.hut.trouble == nil, "\(fault)")
        }
    }

    @Test(arguments: [
        ("+CREG: 0,1", OutputTrouble?.none), ("+CREG: 0,5", nil), ("+CREG: 2,1,\"00C3\",\"7A2B\"", nil),
        ("+CREG: 1,\"00C3\",\"7A2B\"", nil), ("+CREG: 0,2", .noNetwork), ("+CREG: 0,3", .noNetwork),
        ("+CREG: 4", .noNetwork), ("+CREG: ", .noNetwork),
    ])
    func `registration is read in every form`(line: String, trouble: OutputTrouble?) throws {
        var hut = Conversation(profile: try profile("gsm-modem"))
        _ = hut.opened(at: at(0))
        for _ in 1...4 { _ = hut.receive(Array("\r\nOK\r\n".utf8), at: at(0)) }
        for answer in ["+CPIN: READY", "+CSQ: 17,99", line] {
            _ = hut.receive(Array("\r\n\(answer)\r\n\r\nOK\r\n".utf8), at: at(0))
        }
        #expect(hut.trouble == trouble)
    }

    @Test func `a weak signal is a warning`() throws {
        var hut = Conversation(profile: try profile("gsm-modem"))
        _ = hut.opened(at: at(0))
        for _ in 1...4 { _ = hut.receive(Array("OK\r\n".utf8), at: at(0)) }
        _ = hut.receive(Array("+CPIN: READY\r\nOK\r\n+CSQ: 3,99\r\nOK\r\n+CREG: 0,1\r\nOK\r\n".utf8), at: at(0))
        #expect(hut.trouble == .weakSignal)
    }

    @Test func `anything a modem says gives no job two outcomes and stops nothing`() throws {
        let said = [
            "OK\r\n", "ERROR\r\n", "> ", "+CMGS: 7\r\n", "+CPIN: READY\r\n", "+CREG: 0,1\r\n", "+CSQ: 99,99\r\n",
            "+CMS ERROR: x\r\n", "RING\r\n", "\u{00}\u{FF}", "+CREG:\r\n", ":\r\n", ">", "\r",
        ]
        for seed in cases(2_000) {
            var chance = SeededChance(seed: UInt64(seed))
            var rig = try OutputRig("gsm-modem", .silent)
            for step in 0..<60 {
                rig.now = at(Double(step) * Double.random(in: 0.1...3, using: &chance) + rig.now.seconds)
                if step % 9 == 0 { rig.put(.text(to: "1", "x")) }
                let bytes = Array((said.randomElement(using: &chance) ?? "").utf8)
                rig.carry(rig.hut.receive(bytes, at: rig.now))
                rig.carry(rig.hut.deadlineReached(at: rig.now))
            }
            rig.carry(rig.hut.lost(at: rig.now))
            #expect(rig.results.count == 7, "seed \(seed)")
        }
    }
}

extension MonotonicTime {
    fileprivate var seconds: Double { Double(nanoseconds) / 1e9 }
}
