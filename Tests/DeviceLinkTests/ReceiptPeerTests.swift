// An independent peer of the printer: the public Python package python-escpos writes every command of a slip as we do, and
// takes our simulated printer's answers for what they mean.
import Testing
import Vitals

@testable import DeviceLink

@Suite(
    .enabled("skipped: the Python packages could not be installed (Provisioning/peers/install shelf)") {
        ShelfPeers.areThere
    }, .serialized)
struct ReceiptPeerTests {
    /// A command in the peer's words, and the bytes we send for it.
    private typealias Command = (words: String, bytes: [UInt8])

    private static let fixed: [Command] = [
        ("reset", Escpos.reset), ("align center", Escpos.centred(true)), ("align left", Escpos.centred(false)),
        ("bold on", Escpos.bold(true)), ("bold off", Escpos.bold(false)), ("big 2", Escpos.big(true)),
        ("big 1", Escpos.big(false)),
        // The peer feeds six lines before it cuts.
        ("cut", Escpos.feed(lines: 6) + Escpos.cut),
    ]

    private static func command(_ seed: Int) -> Command {
        var chance = SeededChance(seed: UInt64(seed))
        switch seed % 3 {
        case 0:
            let lines = UInt8.random(in: 0...255, using: &chance)
            return ("feed \(lines)", Escpos.feed(lines: lines))
        case 1:
            let letters = Array("0123456789ABCDEF")
            let code = "HH1:" + String((0..<32).map { _ in letters[Int.random(in: 0..<16, using: &chance)] })
            return ("qr \(code)", Escpos.qr(code))
        default:
            let (width, height) = (Int.random(in: 1...72, using: &chance), Int.random(in: 1...64, using: &chance))
            let rows = (0..<height).map { _ in (0..<width).map { _ in UInt8.random(in: 0...255, using: &chance) } }
            return (
                "picture \(width) \(HexText.text(of: rows.flatMap(\.self)).filter { $0 != " " })", Escpos.raster(rows)
            )
        }
    }

    @Test func `the peer writes each command of a slip byte for byte as we do`() throws {
        let commands = Self.fixed + (0..<300).map(Self.command)
        let said = try ShelfPeers.said(by: "shelf_peer.py", "receipt", hearing: commands.map(\.words))
        #expect(said.count == commands.count)
        for (command, theirs) in zip(commands, said) {
            #expect(try hex(theirs) == command.bytes, "\(command.words.prefix(60))")
        }
    }

    @Test func `a slip is made of those commands, and of its text`() throws {
        let code = try #require(HutCode("HH1:00112233445566778899AABBCCDDEEFF"))
        let slip = Slip(
            lines: [Slip.Line("138/82", .big, isCentred: true), Slip.Line("mmHg", .bold)], code: code, readings: [])
        let words = [
            "reset", "align center", "big 2", "big 1", "align left", "bold on", "bold off", "align center",
            "qr \(code.text)",
            "align left", "feed 4", "cut",
        ]
        let said = try ShelfPeers.said(by: "shelf_peer.py", "receipt", hearing: words).map { try hex($0) }
        try #require(said.count == words.count)
        let feed = [Escpos.lineFeed]
        let meant: [[UInt8]] = [
            said[0], Escpos.chineseOn, said[1], said[2], Array("138/82".utf8), feed, said[3], said[4], said[5],
            Array("mmHg".utf8), feed, said[6], said[7], said[8], feed, said[9],
            // The code once more in letters, for whoever has no scanner: two lines in the middle.
            said[1], Array("HH1:0011223344556677".utf8), feed, said[4],
            said[1], Array("8899AABBCCDDEEFF".utf8), feed, said[4], said[10],
            Array(said[11].suffix(Escpos.cut.count)),
        ]
        let ours = SlipPrinting(
            paper: .mm58, encode: { character in character.asciiValue.map { [$0] } }, glyph: { _ in nil },
            pinyin: { _ in nil }
        ).bytes(of: slip)
        #expect(ours == meant.flatMap(\.self))
    }

    /// What our simulated printer answers to a question.
    private func answer(_ question: PrinterQuestion, _ fault: SimulatedFault?) throws -> [UInt8] {
        var plan = SimulationPlan()
        plan.fault = fault
        var printer = try Simulator(profile: try profile("escpos-printer"), plan: plan)
        _ = printer.opened(at: at(0))
        return printer.receive(question.bytes, at: at(1))
    }

    @Test func `what our simulated printer answers the peer takes for what it means`() throws {
        // The peer's states of the paper: 2 enough, 1 nearly out, 0 none.
        let faults: [(SimulatedFault?, online: Int, paper: Int)] = [
            (nil, 1, 2), (.paperNearEnd, 1, 1), (.paperOut, 0, 0), (.coverOpen, 0, 2), (.offline, 0, 2),
        ]
        var (asked, meant): ([String], [String]) = ([], [])
        for (fault, online, paper) in faults {
            asked.append("online " + HexText.text(of: try answer(.printer, fault)))
            asked.append("paper " + HexText.text(of: try answer(.paper, fault)))
            meant += ["100401 \(online)", "100404 \(paper)"]
        }
        #expect(try ShelfPeers.said(by: "shelf_peer.py", "answers", hearing: asked) == meant)
    }

    @Test func `we and the peer read every answer that can be one alike`() throws {
        var (asked, meant): ([String], [String]) = ([], [])
        for byte in UInt8.min...UInt8.max where PrinterQuestion.paper.isAnswer(byte) {
            let isOnline = PrinterQuestion.printer.trouble(in: byte) == nil
            asked.append("online " + HexText.text(of: [byte]))
            meant.append("100401 \(isOnline ? 1 : 0)")
            // Each sensor of the paper says it with two bits, both or neither.
            guard [0, 0x0C].contains(byte & 0x0C), [0, 0x60].contains(byte & 0x60) else { continue }
            let paper =
                switch PrinterQuestion.paper.trouble(in: byte) {
                case .paperOut: 0
                case .paperNearEnd: 1
                default: 2
                }
            asked.append("paper " + HexText.text(of: [byte]))
            meant.append("100404 \(paper)")
        }
        #expect(asked.count == 20)
        #expect(try ShelfPeers.said(by: "shelf_peer.py", "answers", hearing: asked) == meant)
    }
}
