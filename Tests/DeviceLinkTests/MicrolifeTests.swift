// The Microlife BPA: its worked answer, what is noise, and what is asked of it.
import Testing
import Vitals

@testable import DeviceLink

struct MicrolifeTests {
    private func answer(_ records: [String]) -> [UInt8] {
        MicrolifeAnswer.cycles(owner: "4A47454F5247999999999900", records.map { Array($0.utf8) }).bytes
    }

    @Test func `the worked answer gives its record, without the owner's name in what is kept`() throws {
        let bytes = answer(["23050113090000000461588404615884"])
        #expect(bytes.suffix(2).elementsEqual("11".utf8))
        let events = try heard("microlife-bpa", bytes).events
        guard case .reading(let reading) = try #require(events.first), events.count == 1 else {
            Issue.record("no reading")
            return
        }
        #expect(reading.vital == .bloodPressure(BloodPressure(systolic: 132, diastolic: 86, pulse: 70)))
        #expect(reading.deviceTime == CivilTime(year: 2023, month: 5, day: 1, hour: 13, minute: 9))
        #expect(reading.memorySlot == 1)
        #expect(!String(decoding: reading.raw, as: UTF8.self).contains("4A47454F5247"))
        // What is kept can be read again.
        #expect(try heard("microlife-bpa", reading.raw).events == events)
    }

    @Test func `a clock nobody has set gives no time`() throws {
        let events = try heard("microlife-bpa", answer(["15000000000000000461588404615884"])).events
        guard case .reading(let reading) = try #require(events.first) else {
            Issue.record("no reading")
            return
        }
        #expect(reading.deviceTime == nil)
        #expect(String(decoding: reading.raw, as: UTF8.self).contains("1500000000000000"))
    }

    @Test func `a record is written again as it was, what is not understood with it`() throws {
        for record in ["23050113090000000461588404615884", "150000000007ABCD0461588404615884"] {
            #expect(MicrolifeCycle(Array(record.utf8)[...])?.text == Array(record.utf8))
        }
    }

    @Test(arguments: [
        ("a wrong check", "06 30 30 30 30 30 30 30 31"), ("letters", "06 47 47 47 47"),
        ("nothing but its mark", "06 06 06"),
    ])
    func `what is no answer is noise`(what: String, bytes: String) throws {
        let found = try heard("microlife-bpa", try hex(bytes))
        #expect(found.events.isEmpty && found.tally.frames == 0, "\(what)")
    }

    @Test(arguments: [
        ("an owner", Array("4A47454F52479999999999,05.00\r\n".utf8)), ("a clock", Array("01012026083015".utf8)),
        ("an echo", [0x12, 0x16, 0x18, 0x28, 0x32, 0x31]),
    ])
    func `another answer is known by its own length and gives nothing`(what: String, text: [UInt8]) throws {
        let bytes = MicrolifeAnswer(text: text).bytes
        let found = try heard("microlife-bpa", bytes + answer([]))
        #expect(found.events.isEmpty && found.tally.frames == 2 && found.tally.noiseBytes == 0, "\(what)")
    }

    @Test func `the captured echo has the check of the reference`() throws {
        #expect(
            MicrolifeAnswer(text: [0x12, 0x16, 0x18, 0x28, 0x32, 0x31]).bytes == (try hex("06 12 16 18 28 32 31 43 42"))
        )
    }

    @Test func `no flipped bit of a memory makes another value`() throws {
        let bytes = answer(["23050113090000000461588404615884", "23050213090000000461588404615884"])
        for bit in 0..<bytes.count * 8 {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            #expect(try heard("microlife-bpa", flipped).events.isEmpty, "bit \(bit)")
        }
    }

    /// A hut's conversation with it, by hand.
    private func opened() throws -> Conversation {
        var hut = Conversation(profile: try profile("microlife-bpa"))
        #expect(hut.opened(at: at(0)) == [.send(MicrolifeCommand.readClock)])
        return hut
    }

    private func readings(_ steps: [Step]) -> [DeviceReading] {
        steps.compactMap { if case .event(.reading(let reading), _) = $0 { reading } else { nil } }
    }

    @Test func `its clock is asked before its memory, and stands beside every record`() throws {
        var hut = try opened()
        let clock = MicrolifeAnswer(text: Array("11212026091407".utf8)).bytes
        #expect(hut.receive(clock, at: at(1)) == [.send(MicrolifeCommand.readCycles)])
        let records = readings(hut.receive(answer(["23050113090000000461588404615884"]), at: at(2)))
        #expect(
            records.map(\.clockRead) == [
                CivilTime(year: 2026, month: 11, day: 21, hour: 9, minute: 14, second: 7)
            ])
    }

    @Test func `one that does not tell its clock is read all the same`() throws {
        var hut = try opened()
        #expect(hut.deadlineReached(at: at(6)) == [.send(MicrolifeCommand.readCycles)])
        let records = readings(hut.receive(answer(["23050113090000000461588404615884"]), at: at(7)))
        #expect(records.count == 1 && records.allSatisfy { $0.clockRead == nil })
    }

    @Test func `255 records are one answer`() throws {
        let record = Array("23050113090000000461588404615884".utf8)
        let bytes = MicrolifeAnswer.cycles(owner: MicrolifeAnswer.nobody, [[UInt8]](repeating: record, count: 255))
            .bytes
        #expect(try heard("microlife-bpa", bytes).events.count == 255)
    }
}
