// Readers of resident cards: their bytes both ways, their conversation, and every fault they can play; and what the profiles
// of all readers have in common. People and numbers are invented; 11010519491231002X is the specimen that GB 11643 prints.

import Testing
import Vitals

@testable import DeviceLink

struct CardReaderTests {
    @Test func `the worked frame is 1295 bytes with check AA and gives the invented person`() throws {
        let token = try readerCard()
        guard case .residentCard(let person) = token else { return }
        // The worked card fills fields the hut does not take; those are read from the capture.
        let capture = try CaptureFile(try text(of: devicesFolder.appending(path: "sam-id-card/good.capture")))
        let all = capture.deviceBytes
        let start = try #require(
            all.indices.first { all[$0...].starts(with: [0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x05, 0x08]) })
        let frame = Array(all[start..<start + 1_295])
        let beginning = try hex("AA AA AA 96 69 05 08 00 00 90 01 00 04 00 8B 73")
        #expect(frame.last == 0xAA && frame.starts(with: beginning))
        var decoder = StreamDecoder(try profile("sam-id-card"))
        #expect(decoder.push(frame).compactMap(\.event) == [.identity(.residentCard(person))])
        let text = try #require(SamCardText(frame[14..<270]))
        #expect(text.bytes.elementsEqual(frame[14..<270]))
    }

    @Test func `ten thousand cards come back as they went`() throws {
        var decoder = StreamDecoder(try profile("sam-id-card"))
        let framing = try profile("sam-id-card").framing
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let layout = SamCardText.Layout.allCases[seed % 3]
            let number =
                layout == .foreigner
                ? CardNumber(foreigner: "ABC\(Int.random(in: 0...999_999_999_999, using: &chance).padded(12))")
                : anyNumber(&chance)
            // One to fifteen units; a name may hold characters of two (𠀀).
            let letters = Array("王李张芳测试·ABC 㐀𠀀")
            var name = "王"
            while name.utf16.count < Int.random(in: 1...13, using: &chance), name.utf16.count < 13 {
                name.append(letters[Int.random(in: 0..<letters.count, using: &chance)])
            }
            while name.last == " " { name.removeLast() }
            let person = IdentityCard(
                number: try #require(number), name: name, sex: [.female, .male, nil][seed % 4 % 3],
                birth: seed % 5 == 0 ? nil : LocalDay(daysSince1970: Int.random(in: -20_000...20_000, using: &chance)))
            let text = try #require(SamCardText(person, layout: layout), "seed \(seed)")
            #expect(try #require(SamCardText(text.bytes[...])) == text, "seed \(seed)")
            let frame = framing.frame(around: SamPlayer.content(text), fromHost: false)
            #expect(decoder.push(frame).map(\.event) == [.identity(.residentCard(person))], "seed \(seed)")
        }
    }

    @Test func `find, select, read: a card is told once by a reader that waits for its lifting`() throws {
        var bench = try ReaderBench("sam-id-card")
        bench.run(until: 3)
        #expect(bench.told == [] && bench.sent >= 7)
        bench.press()
        bench.run(until: 20)
        #expect(bench.told == [.identity(try readerCard())])
        bench.press()
        bench.press()
        bench.run(until: 25)
        #expect(bench.told == [.identity(try readerCard()), .identity(try readerCard())])
        #expect(bench.hut.health == .talking && bench.hut.tally.faults == 0)
    }

    @Test func `a reader that finds the card again tells it again and again, and never that it was lifted`() throws {
        var bench = try ReaderBench("sam-id-card", fault: .readsAgain)
        bench.press()
        bench.run(until: 10)
        let told = Set([DeviceEvent.identity(try readerCard())])
        #expect(bench.told.count >= 4 && Set(bench.told) == told)
        let count = bench.told.count
        bench.press()
        bench.run(until: 20)
        #expect(bench.told.count <= count + 1 && !bench.told.contains(.identityLifted))
    }

    @Test(arguments: [
        (SimulatedFault.impossibleValue, DeviceFault.implausible(field: "number")),
        (.wrongFormat, .wrongFormat(what: "a card of a layout that is not known")),
        (
            .errorFrame,
            .deviceError(code: "41", meaning: LocalizedText("没读成，请把卡放好", en: "read failed"), kind: .machine)
        ),
    ]) func `a card that cannot be taken is a fault, told once, without its bytes`(
        fault: SimulatedFault, told: DeviceFault
    ) throws {
        var bench = try ReaderBench("sam-id-card", fault: fault)
        bench.press()
        bench.run(until: 6)
        #expect(bench.told == [.fault(told, raw: [])])
    }

    @Test(arguments: [SimulatedFault.torn, .bitFlip, .stallMidFrame, .wrongBaud, .silent])
    func `a damaged answer makes nobody of a card`(fault: SimulatedFault) throws {
        var bench = try ReaderBench("sam-id-card", fault: fault)
        bench.press()
        bench.run(until: 30)
        #expect(bench.told.isEmpty)
        if fault == .silent { #expect(bench.hut.health == .silent) }
    }

    @Test(arguments: [SimulatedFault.noiseBefore, .twoTogether])
    func `a whole answer among garbage is the card`(fault: SimulatedFault) throws {
        var bench = try ReaderBench("sam-id-card", fault: fault)
        bench.press()
        bench.run(until: 30)
        #expect(Set(bench.told) == [.identity(try readerCard())])
    }

    @Test func `a cut answer gives nothing at any length, and the next card is read behind it`() throws {
        let framing = try profile("sam-id-card").framing
        guard case .residentCard(let person) = try readerCard() else { return }
        let frame = framing.frame(around: SamPlayer.content(try #require(SamCardText(person))), fromHost: false)
        for length in stride(from: 0, to: frame.count, by: 7) {
            var decoder = StreamDecoder(try profile("sam-id-card"))
            #expect(decoder.push(Array(frame.prefix(length))).isEmpty)
            let heard = decoder.push(frame) + decoder.push(frame) + decoder.lookPastStall()
            #expect(heard.contains { $0.event == .identity(.residentCard(person)) }, "\(length) bytes")
        }
    }

    @Test func `no bit of a card can be wrong without being seen`() throws {
        let framing = try profile("sam-id-card").framing
        guard case .residentCard(let person) = try readerCard() else { return }
        let frame = framing.frame(around: SamPlayer.content(try #require(SamCardText(person))), fromHost: false)
        var decoder = StreamDecoder(try profile("sam-id-card"))
        for bit in 0..<frame.count * 8 where bit / 8 < 290 || bit % 97 == 0 {
            var flipped = frame
            flipped[bit / 8] ^= 1 << (bit % 8)
            let heard = decoder.push(flipped) + decoder.lookPastStall()
            #expect(heard.compactMap(\.event).isEmpty, "bit \(bit)")
            decoder.abandon()
        }
    }
}

struct ReaderProfileTests {
    @Test(arguments: ["sam-id-card", "em4100-tag", "code-scanner"])
    func `a reader measures nothing and says what it reads`(device: String) throws {
        let profile = try profile(device)
        #expect(profile.vital == nil && profile.kind.reads != nil && !profile.canBeStarted)
        let text =
            "{ profile: 1, name: 'x', kind: 'tagReader', grade: 'A', decoder: 'em4100-tag', vital: 'weight',"
            + " line: { baud: 9600, data: 8, parity: 'none', stop: 1 } }"
        #expect(throws: ProfileError.self) { try DeviceProfile.load(json5: Array(text.utf8), file: "x") }
    }
}
