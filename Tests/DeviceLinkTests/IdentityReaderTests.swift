// Card reader, tag reader and scanner: their bytes both ways, their conversations, and every fault they can play. People and
// numbers are invented; 11010519491231002X is the specimen that GB 11643 prints. One bench for three readers, and therefore
// a long file.

import Testing
import Vitals

@testable import DeviceLink

/// What the hut hears of a reader, and how often it asks.
private struct ReaderBench: JoinedLine {
    var hut: Conversation
    var device: Simulator
    var now = at(0)
    var told: [DeviceEvent] = []
    var sent = 0

    init(_ name: String, _ token: IdentityToken? = nil, fault: SimulatedFault? = nil) throws {
        var plan = SimulationPlan()
        (plan.token, plan.fault) = (token, fault)
        let profile = try profile(name)
        (hut, device) = (Conversation(profile: profile), try Simulator(profile: profile, plan: plan))
        open()
    }

    mutating func carry(_ steps: [Step]) {
        for step in steps {
            switch step {
            case .send(let bytes):
                sent += 1
                toHut(device.receive(bytes, at: now))
            case .event(let event, _): told.append(event)
            case .measurementStarted, .measurementFailed, .released, .output: break
            }
        }
    }
}

private func card(_ name: String = "王测试", _ number: String = "11010519491231002X") throws -> IdentityToken {
    let number = try #require(CardNumber(number))
    return .residentCard(IdentityCard(number: number, name: name, sex: number.sex, birth: number.birth))
}

/// An invented number with the right check character.
private func anyNumber(_ chance: inout SeededChance) -> CardNumber? {
    let birth = LocalDay(daysSince1970: Int.random(in: -14_000...20_000, using: &chance)).date
    let body =
        "\(Int.random(in: 110_000...659_999, using: &chance))\(birth.year)\(birth.month.padded(2))\(birth.day.padded(2))"
        + Int.random(in: 0...999, using: &chance).padded(3)
    return "0123456789X".lazy.compactMap { CardNumber(body + String($0)) }.first
}

struct CardReaderTests {
    @Test func `the worked frame is 1295 bytes with check AA and gives the invented person`() throws {
        let token = try card()
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
        #expect(bench.told == [.identity(try card())])
        bench.press()
        bench.press()
        bench.run(until: 25)
        #expect(bench.told == [.identity(try card()), .identity(try card())])
        #expect(bench.hut.health == .talking && bench.hut.tally.faults == 0)
    }

    @Test func `a reader that finds the card again tells it again and again, and never that it was lifted`() throws {
        var bench = try ReaderBench("sam-id-card", fault: .readsAgain)
        bench.press()
        bench.run(until: 10)
        let told = Set([DeviceEvent.identity(try card())])
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
        #expect(Set(bench.told) == [.identity(try card())])
    }

    @Test func `a cut answer gives nothing at any length, and the next card is read behind it`() throws {
        let framing = try profile("sam-id-card").framing
        guard case .residentCard(let person) = try card() else { return }
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
        guard case .residentCard(let person) = try card() else { return }
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

struct TagReaderTests {
    @Test(arguments: [
        ("02 30 31 30 30 36 33 45 39 41 45 32 35 03", "0006547886", true),
        ("02 31 30 30 30 38 36 46 34 34 34 32 36 03", "0008844356", true),
        ("02 30 32 30 30 34 44 42 30 30 35 46 43 03", "0005091333", false),
        ("02 30 32 30 30 34 44 42 30 30 35 3B 44 03", "0005091333", false),
        ("02 30 31 30 30 61 62 63 64 65 66 38 38 03", "0011259375", true),
    ]) func `a frame is its printed number and comes back byte for byte`(bytes: String, number: String, fits: Bool)
        throws
    {
        let frame = try hex(bytes)
        let tag = try #require(TagFrame(frame[...]))
        #expect(tag.token == .tag(number) && tag.isCheckRight == fits && tag.bytes == frame)
    }

    @Test func `ten thousand tags come back as they went`() throws {
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let id =
                seed % 20 == 0 ? UInt32.max : seed % 20 == 1 ? 0 : UInt32.random(in: 0...UInt32.max, using: &chance)
            let tag = TagFrame(version: UInt8.random(in: 0...255, using: &chance), id: id)
            #expect(TagFrame(tag.bytes[...]) == tag && tag.isCheckRight, "seed \(seed)")
            var decoder = StreamDecoder(try profile("em4100-tag"))
            #expect(decoder.push(tag.bytes + tag.bytes).map(\.event) == [nil, .identity(tag.token)], "seed \(seed)")
        }
    }

    @Test func `one read is none, two equal ones are, two that differ are not`() throws {
        let (tag, other) = (TagFrame(version: 1, id: 7), TagFrame(version: 1, id: 8))
        var decoder = StreamDecoder(try profile("em4100-tag"))
        #expect(decoder.push(tag.bytes + other.bytes + tag.bytes).compactMap(\.event).isEmpty)
        #expect(decoder.push(tag.bytes).compactMap(\.event) == [.identity(tag.token)])
    }

    @Test func `a tag is told when it comes, once a second while it lies there, and when it is gone`() throws {
        var bench = try ReaderBench("em4100-tag")
        let tag = DeviceEvent.identity(.tag("0006547886"))
        bench.run(until: 5)
        bench.press()
        bench.run(until: 5.1)
        #expect(bench.told == [tag])
        bench.run(until: 7.9)
        #expect(bench.told == [tag, tag, tag])
        bench.press()
        bench.run(until: 8.07)
        #expect(bench.told.last == tag)
        bench.run(until: 30)
        #expect(bench.told == [tag, tag, tag, .identityLifted])
    }

    @Test func `a copied tag is believed, and its wrong check said once`() throws {
        var bench = try ReaderBench("em4100-tag", fault: .wrongCheck)
        bench.press()
        bench.run(until: 0.5)
        #expect(bench.told == [.fault(.implausible(field: "check"), raw: []), .identity(.tag("0006547886"))])
    }

    @Test(arguments: [SimulatedFault.torn, .noiseBefore, .bitFlip, .twoTogether, .duplicate, .stallMidFrame])
    func `a first frame that is damaged costs nothing`(fault: SimulatedFault) throws {
        var bench = try ReaderBench("em4100-tag", fault: fault)
        bench.press()
        bench.run(until: 0.9)
        #expect(bench.told == [.identity(.tag("0006547886"))])
    }

    @Test func `garbage is no tag and is all counted`() throws {
        for seed in cases(200) {
            var chance = SeededChance(seed: UInt64(seed))
            let garbage = (0..<600).map { _ in UInt8.random(in: 0...255, using: &chance) }
            let found = try lines("em4100-tag", [garbage])
            #expect(found.lines.isEmpty && found.tally.noiseBytes == garbage.count, "seed \(seed)")
        }
    }
}

struct CodeScannerTests {
    @Test func `ten thousand codes come back as they went, with every suffix and code id`() throws {
        let suffixes: [[UInt8]] = [[0x0D], [0x0A], [0x09], []]
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let length = seed % 50 == 0 ? 1_020 : Int.random(in: 1...60, using: &chance)
            // A text that begins like a code id is one: such a code cannot be told from it.
            let text =
                "H"
                + String(
                    (1..<max(2, length)).map { _ in
                        Character(Unicode.Scalar(UInt8.random(in: 0x20...0x7E, using: &chance)))
                    })
            let scan = ScannedCode(
                codeID: ["", "]Q1", "]E0", "]C1"][seed % 4], text: text, suffix: suffixes[seed % 7 % 4])
            #expect(ScannedCode(scan.bytes[...]) == scan, "seed \(seed)")
            var decoder = StreamDecoder(try profile("code-scanner"))
            let heard = decoder.push(scan.bytes) + decoder.lookPastStall()
            #expect(heard.map(\.event) == [.identity(.code(text))], "seed \(seed)")
        }
    }

    @Test func `a code without a line end is over after 100 ms of silence, and not before`() throws {
        var hut = Conversation(profile: try profile("code-scanner"))
        _ = hut.opened(at: at(0))
        #expect(hut.receive(Array("HH1:0123456789ABCDEF".utf8), at: at(1)).isEmpty)
        #expect(hut.receive(Array("0123456789ABCDEF".utf8), at: at(1.09)).isEmpty)
        #expect(hut.deadline == at(1.19))
        let steps = hut.deadlineReached(at: at(1.19))
        #expect(steps == [.event(.identity(.code("HH1:0123456789ABCDEF0123456789ABCDEF")), token: nil)])
    }

    @Test func `the same code within three seconds of the last is one scan; later it has been gone`() throws {
        var bench = try ReaderBench("code-scanner", .code("A1"))
        for second in [0.0, 2, 4, 6.9] {
            bench.run(until: second)
            bench.press()
        }
        #expect(bench.told == [.identity(.code("A1"))])
        bench.run(until: 9.8)
        #expect(bench.told.count == 1)
        bench.run(until: 10)
        #expect(bench.told == [.identity(.code("A1")), .identityLifted])
        bench.press()
        #expect(bench.told.count == 3)
    }

    @Test func `another code is another scan at once`() throws {
        var hut = Conversation(profile: try profile("code-scanner"))
        _ = hut.opened(at: at(0))
        let steps = hut.receive(Array("A1\rB2\rA1\r".utf8), at: at(1))
        #expect(steps.count == 3)
    }

    @Test(arguments: [SimulatedFault.noSuffix, .twoTogether, .duplicate])
    func `however it is sent it is one code`(fault: SimulatedFault) throws {
        var bench = try ReaderBench("code-scanner", .code("A1"), fault: fault)
        bench.press()
        bench.run(until: 2.5)
        let code = fault == .twoTogether ? "A1" : "A1"
        #expect(bench.told == [.identity(.code(code))])
    }

    @Test func `what is not printable ASCII is no code, and half of one is not another`() throws {
        for garbage in ["健康码\r", "A\u{1D}B\r", "\u{7}\r"] {
            let found = try lines("code-scanner", [Array(garbage.utf8)])
            #expect(found.lines.isEmpty && found.tally.faults == 1)
        }
        let endless = [UInt8](repeating: UInt8(ascii: "7"), count: 100_000)
        var decoder = StreamDecoder(try profile("code-scanner"))
        for piece in stride(from: 0, to: endless.count, by: 512) {
            #expect(decoder.push(Array(endless[piece..<min(piece + 512, endless.count)])).isEmpty)
            #expect(decoder.unfinished <= 1_024)
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
