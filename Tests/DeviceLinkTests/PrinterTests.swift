// Slips as bytes, and a real conversation with a simulated printer.
import Testing
import Vitals

@testable import DeviceLink

/// The characters of a small printer: GB 2312 for these, nothing else.
private let gb2312: [Character: String] = [
    "张": "D5C5", "三": "C8FD", "血": "D1AA", "压": "D1B9", "小": "D0A1", "屋": "CEDD",
]

private func encode(_ character: Character) -> [UInt8]? {
    if let ascii = character.asciiValue { return [ascii] }
    return gb2312[character].flatMap { HexText.bytes(in: $0) }
}

/// A font with two pictures: a line at the top of each row, and a full box.
private func glyph(_ character: Character) -> Glyph? {
    character == "䶮" || gb2312[character] != nil
        ? Glyph(hex: String(repeating: "F00F", count: 16))
        : character.isASCII ? Glyph(hex: String(repeating: "81", count: 16)) : nil
}

private func printed(
    _ lines: [Slip.Line], paper: PaperWidth = .mm58, invitation: [Slip.Line] = [], code: HutCode? = nil
) -> [UInt8] {
    SlipPrinting(paper: paper, encode: encode, glyph: glyph, pinyin: { $0 == "𠀀" ? "he" : nil }).bytes(
        of: Slip(lines: lines, invitation: invitation, code: code, readings: []))
}

private let code = HutCode("HH1:0123456789ABCDEFFEDCBA9876543210")

/// What stands between the reset and the feed.
private func inner(_ bytes: [UInt8]) -> [UInt8] { Array(bytes.dropFirst(4).dropLast(6)) }

struct SlipTests {
    @Test func `the worked slip comes out byte for byte`() throws {
        let bytes = printed([Slip.Line("张三 血压 128/80")])
        #expect(bytes == (try hex("1b 40 1c 26 d5 c5 c8 fd 20 d1 aa d1 b9 20 31 32 38 2f 38 30 0a 1b 64 04 1d 56 00")))
    }

    @Test func `styles are switched on and off around a line`() throws {
        let bytes = printed([
            Slip.Line("138/82", .big, isCentred: true), Slip.Line("张", .bold), Slip.Line("小屋", .big),
        ])
        let expected =
            "1b 61 01 1d 21 11 31 33 38 2f 38 32 0a 1d 21 00 1b 61 00"
            // Chinese is never printed large: printers do not agree about it.
            + " 1b 45 01 d5 c5 0a 1b 45 00 1b 45 01 d0 a1 ce dd 0a 1b 45 00"
        #expect(inner(bytes) == (try hex(expected)))
    }

    @Test(arguments: [(PaperWidth.mm58, 32), (.mm80, 48)])
    func `a long line is wrapped where the paper ends`(paper: PaperWidth, columns: Int) throws {
        let bytes = inner(printed([Slip.Line(String(repeating: "张", count: 30))], paper: paper))
        let rows = bytes.split(separator: Escpos.lineFeed)
        #expect(rows.map(\.count) == (columns == 32 ? [32, 28] : [48, 12]))
        let words = inner(printed([Slip.Line(String(repeating: "within reach ", count: 6))], paper: paper))
        for row in words.split(separator: Escpos.lineFeed) {
            #expect(row.count <= columns && (row.last == 0x20 || row.count < columns))
        }
    }

    @Test func `a line with a character the printer lacks is drawn whole`() throws {
        let bytes = inner(printed([Slip.Line("张䶮 1")]))
        // Two wide and two narrow characters, twice as large: 6 columns of 2 bytes, 32 rows.
        #expect(bytes.prefix(8).elementsEqual([0x1D, 0x76, 0x30, 0x00, 12, 0, 32, 0]))
        #expect(bytes.count == 8 + 12 * 32)
        // F00F 81 with every dot doubled, then the narrow pictures.
        let row = try hex("FF 00 00 FF FF 00 00 FF C0 03 C0 03")
        #expect(Array(bytes[8..<20]) == row && Array(bytes[20..<32]) == row)
    }

    @Test(arguments: [(PaperWidth.mm58, 12), (.mm80, 18)])
    func `a drawn line is wrapped earlier, its dots being larger`(paper: PaperWidth, most: Int) {
        let bytes = inner(printed([Slip.Line("䶮" + String(repeating: "张", count: 19))], paper: paper))
        #expect(Int(bytes[4]) == most * 4)
        #expect(Int(bytes[8 + Int(bytes[4]) * 32 + 4]) == (20 - most) * 4)
    }

    @Test(arguments: [
        // Its pinyin where a table has it; a mark alone where none has.
        ("张𠀀", "d5 c5 a1 fe 28 68 65 29 0a"), ("张㐀", "d5 c5 a1 fe 0a"), ("㐀𠀀", "a1 fe a1 fe 28 68 65 29 0a"),
        // What could be drawn is written too: half of a line cannot be a picture.
        ("䶮𠀀", "a1 fe a1 fe 28 68 65 29 0a"),
    ])
    func `without a picture a mark stands for the character, and how it is said`(text: String, bytes: String) throws {
        #expect(inner(printed([Slip.Line(text)])) == (try hex(bytes)))
    }

    @Test func `text cannot steer the printer`() throws {
        let nasty = "三\u{1B}@\u{10}\u{04}\u{01}\u{1D}V\u{00}\n\u{7F}\u{9B}张"
        #expect(inner(printed([Slip.Line(nasty)])) == (try hex("c8 fd 40 56 d5 c5 0a")))
    }

    @Test func `a QR code is what python-escpos writes`() throws {
        let theirs =
            "1d 28 6b 04 00 31 41 32 00 1d 28 6b 03 00 31 43 06 1d 28 6b 03 00 31 45 31 1d 28 6b 0a 00 31 50 30 48 48 31"
            + " 3a 61 62 63 1d 28 6b 03 00 31 51 30"
        #expect(Escpos.qr("HH1:abc") == (try hex(theirs)))
    }

    @Test func `a code is a square with its letters below, under the words that invite`() throws {
        let code = try #require(code)
        let bytes = inner(printed([], invitation: [Slip.Line("张")], code: code))
        let centre = try (hex("1b 61 01"), hex("1b 61 00"))
        let halves = ["HH1:0123456789ABCDEF", "FEDCBA9876543210"].map { centre.0 + Array($0.utf8) + [0x0A] + centre.1 }
        let square = centre.0 + Escpos.qr(code.text) + [0x0A] + centre.1
        #expect(bytes == (try hex("d5 c5 0a")) + square + halves[0] + halves[1])
    }

    @Test func `without a code nothing invites`() { #expect(inner(printed([], invitation: [Slip.Line("张")])) == []) }

    @Test func `a picture is what python-escpos writes`() throws {
        #expect(Escpos.raster([[0x80, 0x00], [0x00, 0x01]]) == (try hex("1d 76 30 00 02 00 02 00 80 00 00 01")))
    }

    @Test func `a table line is a picture, anything else is none`() {
        #expect(Glyph(hex: String(repeating: "0", count: 32))?.width == 8)
        #expect(Glyph(hex: String(repeating: "0", count: 64))?.width == 16)
        for wrong in ["", "00", String(repeating: "G", count: 32), String(repeating: "0", count: 48)] {
            #expect(Glyph(hex: wrong) == nil)
        }
    }
}

struct PrinterTests {
    private static let slip = printed([Slip.Line("张三 128/80")], code: code)

    @Test(arguments: [
        (SimulatedFault?.none, OutputResult.done), (.paperNearEnd, .done), (.oldFirmware, .done),
        (.paperOut, .failed(.paperOut)), (.coverOpen, .failed(.coverOpen)), (.offline, .failed(.offline)),
        (.silent, .failed(.noAnswer)), (.wrongBaud, .failed(.noAnswer)), (.noiseBefore, .failed(.noAnswer)),
    ])
    func `a slip is printed, or the reason is told`(fault: SimulatedFault?, result: OutputResult) throws {
        var rig = try OutputRig("escpos-printer", fault)
        rig.put(.slip(Self.slip))
        rig.run(until: 60)
        #expect(rig.results == [1: result])
        let isSent = rig.sent.contains(Self.slip)
        #expect(isSent == (result == .done))
    }

    @Test func `nothing is asked while a slip is on its way, and everything before and behind it`() throws {
        var rig = try OutputRig("escpos-printer")
        rig.run(until: 1)
        rig.sent = []
        rig.put(.slip(Self.slip))
        let questions = [PrinterQuestion.printer, .offline, .paper].map(\.bytes)
        // Each answer must stand alone for 0.1 s.
        rig.run(until: 1.35)
        #expect(rig.sent == questions + [Self.slip])
        // 10 bits a byte at 9600 baud, and 3 s.
        let onTheWay = 0.3 + Double(Self.slip.count) * 10 / 9_600 + 3
        rig.run(until: 1 + onTheWay - 0.05)
        #expect(rig.sent.count == 4 && rig.results.isEmpty)
        rig.run(until: 1 + onTheWay + 0.3)
        #expect(rig.sent.dropFirst(4).elementsEqual(questions.dropFirst()) && rig.results == [1: .done])
    }

    @Test func `paper that runs out under a slip is told behind it`() throws {
        var rig = try OutputRig("escpos-printer")
        rig.put(.slip(Self.slip))
        rig.run(until: 1)
        try rig.show(.paperOut)
        rig.run(until: 10)
        #expect(rig.results == [1: .failed(.paperOut)] && rig.hut.trouble == .paperOut)
        try rig.show(nil)
        rig.put(.slip(Self.slip))
        rig.run(until: 20)
        #expect(rig.results[2] == .done && rig.hut.trouble == nil)
    }

    @Test func `a slip the printer fell silent under may be printed or not`() throws {
        var rig = try OutputRig("escpos-printer")
        rig.put(.slip(Self.slip))
        rig.run(until: 1)
        try rig.show(.silent)
        rig.run(until: 10)
        #expect(rig.results == [1: .unknown] && rig.hut.health == .silent)
    }

    @Test func `a cable pulled under a slip leaves it unknown, and the waiting one certainly not printed`() throws {
        var rig = try OutputRig("escpos-printer")
        rig.put(.slip(Self.slip))
        rig.put(.slip(Self.slip))
        rig.run(until: 1)
        rig.carry(rig.hut.lost(at: rig.now))
        #expect(rig.results == [1: .unknown, 2: .failed(.lineDown)])
        rig.put(.slip(Self.slip))
        #expect(rig.results[3] == .failed(.lineDown))
    }

    @Test func `two slips are printed one after the other, a fifth is refused`() throws {
        var rig = try OutputRig("escpos-printer")
        for _ in 1...5 { rig.put(.slip(Self.slip)) }
        #expect(rig.results == [5: .failed(.busy)])
        rig.run(until: 60)
        #expect(rig.results.filter { $0.value == .done }.keys.sorted() == [1, 2, 3, 4])
        #expect(rig.sent.count { $0 == Self.slip } == 4)
    }

    @Test func `one burst of noise is asked through`() throws {
        var rig = try OutputRig("escpos-printer")
        rig.put(.slip(Self.slip))
        rig.carry(rig.hut.receive([0x5A, 0x7E, 0xFF], at: rig.now))
        rig.run(until: 10)
        #expect(rig.results == [1: .done])
    }

    @Test func `an idle printer is looked at every five minutes, a silent one ever more rarely`() throws {
        var rig = try OutputRig("escpos-printer")
        rig.run(until: 1)
        rig.sent = []
        rig.run(until: 601)
        #expect(rig.sent.count { $0 == PrinterQuestion.printer.bytes } == 2)
        try rig.show(.silent)
        rig.run(until: 1_000)
        rig.sent = []
        rig.run(until: 1_000 + 3_600)
        let asked = rig.sent.count { $0 == PrinterQuestion.printer.bytes }
        #expect((5...10).contains(asked), "\(asked)")
        #expect(rig.hut.trouble == .noAnswer)
        try rig.show(nil)
        rig.run(until: 1_000 + 3_600 + 700)
        #expect(rig.hut.trouble == nil)
    }

    @Test func `a warning is told and stops nothing`() throws {
        var rig = try OutputRig("escpos-printer", .paperNearEnd)
        rig.run(until: 5)
        #expect(rig.hut.trouble == .paperNearEnd)
        let profile = try profile("escpos-printer")
        #expect(profile.words(for: .paperNearEnd)?.chinese == "打印机快没纸了")
        #expect(profile.words(for: .paperOut)?.english == "the printer has no paper")
    }

    @Test func `what looks like a question inside a code is none`() throws {
        var rig = try OutputRig("escpos-printer")
        rig.run(until: 1)
        let code = Escpos.qr("\u{10}\u{04}\u{01}") + Escpos.raster([[0x10, 0x04], [0x04, 0x1B], [0x76, 0x1B]])
        #expect(rig.device.receive(code, at: rig.now) == [])
        #expect(rig.device.receive(PrinterQuestion.paper.bytes, at: rig.now) == [0x12])
    }

    @Test(arguments: [(SimulatedFault?.none, true), (.paperOut, false)])
    func `a scanner reads the square of the slip that came out`(fault: SimulatedFault?, isThere: Bool) throws {
        var rig = try OutputRig("escpos-printer", fault)
        #expect(rig.device.printedCode == nil)
        _ = rig.device.receive(Self.slip, at: rig.now)
        #expect(rig.device.printedCode == (isThere ? code?.text : nil))
    }

    @Test func `a text is nothing for a printer, and a slip nothing for a cuff`() throws {
        var rig = try OutputRig("escpos-printer")
        rig.put(.text(to: "1", "x"))
        #expect(rig.results == [1: .failed(.notAble)])
        var cuff = try OutputRig("maibobo")
        cuff.put(.slip([0x0A]))
        #expect(cuff.results == [1: .failed(.notAble)])
    }
}
