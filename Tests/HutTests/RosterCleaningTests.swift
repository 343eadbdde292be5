// Cells as clinics export them, with full-width digits, stray bytes and mixed encodings: what is put right is said,
// and nothing is guessed.

import Testing
import Vitals

@testable import healthhut

private let today = LocalDay(daysSince1970: 20_778)

/// One cell of a column as UTF-8, cleaned.
private func clean(_ text: String, _ column: String) -> CleanedCell {
    RosterCleaning.clean(RosterCell(text: text), column: column)
}

private func gb18030(_ text: String) throws -> [UInt8] {
    try #require(CharacterConverter(from: "UTF-8", to: "GB18030")?.convert(Array(text.utf8)))
}

@Suite struct RosterCleaningTests {
    @Test(
        arguments: [
            ("name", "张zhāng桂guì芳fāng", "张桂芳", [RosterRepair.pinyin]),
            ("name", "张桂芳(zhang gui fang)", "张桂芳", [.pinyin]), ("name", "张桂芳 ZhangGuifang", "张桂芳", [.pinyin]),
            ("name", "吕lǚ绿lǜ", "吕绿", [.pinyin]), ("name", "张 桂 芳", "张桂芳", [.blanks]),
            ("name", "王\u{3000}芳", "王芳", [.fullWidth, .blanks]), ("name", "张\u{200B}桂芳", "张桂芳", [.invisible]),
            ("name", "张伟Ｂ", "张伟B", [.fullWidth]), ("number", "０４７", "047", [.fullWidth]),
            ("phone", "１３９ ００００ ０１０６", "13900000106", [.fullWidth, .blanks]),
            ("birth_date", "1944年3月2日", "1944-03-02", [.date]), ("birth_date", "1944/3/2", "1944-03-02", [.date]),
            ("birth_date", "19440302", "1944-03-02", [.date]),
            ("birth_date", "１９４４．０３．０２", "1944-03-02", [.fullWidth, .date]),
            ("sex", "女", "female", [.word]), ("conditions", "高血压、糖尿病", "hypertension;diabetes", [.word]),
            ("conditions", "无", "", [.word]), ("conditions", "hypertension;hypertension", "hypertension", [.twice]),
            ("conditions", "高血压，高血压", "hypertension", [.word, .twice]),
            ("name", " 张桂芳", "张桂芳", [.blanks]), ("building", "9号楼 ", "9号楼", [.blanks]),
            ("team", "\t汪医生", "汪医生", [.blanks]), ("medicines", "氨氯地平  ", "氨氯地平", [.blanks]),
            ("name", " 张 桂 芳 ", "张桂芳", [.blanks]),
            ("phone", "13900000000.0", "13900000000", [.spreadsheet]), ("number", "47.0", "47", [.spreadsheet]),
            ("birth_date", "1950-01-02 00:00:00", "1950-01-02", [.date]),
            ("birth_date", "1950/1/2 0:00", "1950-01-02", [.date]),
            ("id_number", "110105 19491231 002x", "11010519491231002X", [.blanks, .word]),
            ("building", "１２号楼", "12号楼", [.fullWidth]),
        ] as [(String, String, String, [RosterRepair])])
    func `what has one right reading is put right, and said`(
        column: String, written: String, taken: String, repairs: [RosterRepair]
    ) {
        let cleaned = clean(written, column)
        #expect(cleaned.text == taken)
        #expect(cleaned.repairs == repairs)
    }

    @Test(arguments: [
        ("name", "张桂芳"), ("name", "张伟B"), ("name", "阿依古丽·买买提"), ("name", "Maria Lopez"), ("name", "張國強"),
        ("name", "㐀䶮𠀀"), ("birth_date", "1944-02-30"), ("birth_date", "03/02/1944"), ("phone", "0571-88880000"),
        ("medicines", "氨氯地平（５mg）"), ("conditions", "gout"), ("number", "4x"),
        ("birth_date", "1950-01-02 08:30:00"), ("birth_date", "18264"), ("phone", "139.00000000.0"), ("phone", "0.5"),
    ])
    func `what has no one right reading stays as it was written`(column: String, text: String) {
        #expect(clean(text, column) == CleanedCell(text: text))
    }

    @Test func `UTF-8 and GB18030 give the same roster`() throws {
        let text = "number,name,building\n047,张桂芳,\"12号楼,3单元\"\n048,㐀䶮𠀀,9\n"
        let one = try RosterFile.read(Array(text.utf8), today: today)
        let other = try RosterFile.read(try gb18030(text), today: today)
        #expect(one.encoding == .utf8 && other.encoding == .gb18030)
        #expect(one.residents == other.residents && one.changes.isEmpty && other.changes.isEmpty)
    }

    @Test func `a stray byte spoils nothing but is left out, and its cell is named`() throws {
        var bytes = Array("number,name,team\n047,张桂芳,汪医生\n048,张德山,汪医生\n".utf8)
        let place = try #require(bytes.firstIndex(of: UInt8(ascii: "8")))
        bytes.insert(0xFF, at: place + 2)
        let roster = try RosterFile.read(bytes, today: today)
        #expect(roster.residents.map(\.name) == ["张桂芳", "张德山"])
        #expect(roster.changes.map(\.line) == [3] && roster.changes.first?.repairs == [.strayBytes])
    }

    @Test func `a cell pasted from an older file is read in its own encoding`() throws {
        let bytes =
            Array("number,name,team\n047,张桂芳,汪医生\n048,".utf8) + (try gb18030("张德山")) + Array(",汪医生\n".utf8)
        let roster = try RosterFile.read(bytes, today: today)
        #expect(roster.residents.map(\.name) == ["张桂芳", "张德山"])
        #expect(roster.changes.first?.repairs == [.otherEncoding])
    }

    @Test(arguments: [
        ("\"王\"五", "王五"), ("\"王五\" ", "王五"), ("\"\"王五", "王五"), ("\"王\"\"五\"", "王\"五"), ("\"王五\"", "王五"),
        ("王\"五", "王\"五"),
    ])
    func `quotation marks that a spreadsheet would not write are said`(written: String, taken: String) throws {
        for end in ["\n", "\r\n", "", ",x\n"] {
            let header = end == ",x\n" ? "number,name,team\n" : "number,name\n"
            let roster = try RosterFile.read(Array("\(header)048,\(written)\(end)".utf8), today: today)
            #expect(roster.residents.map(\.name) == [taken])
            let isPlain = ["\"王\"\"五\"", "\"王五\"", "王\"五"].contains(written)
            #expect(roster.changes.map(\.before) == (isPlain ? [] : [written]))
            #expect(roster.changes.allSatisfy { $0.repairs.first == .quotes })
        }
    }

    @Test func `a name whose bytes are letters of UTF-8 is read as the characters they were, and said`() throws {
        for others in ["", "049,张桂芳,汪医生\n"] {
            let bytes =
                Array("number,name,team\n\(others)048,".utf8) + (try gb18030("石伟")) + Array(",\n".utf8)
            let roster = try RosterFile.read(bytes, today: today)
            #expect(roster.residents.last?.name == "石伟" && roster.strangeNames.isEmpty)
            #expect(roster.changes.map(\.before) == ["ʯΰ"] && roster.changes.map(\.after) == ["石伟"])
            #expect(roster.changes.first?.repairs == [.otherEncoding])
        }
    }

    @Test(arguments: ["Иван", "Γιώργος", "ʯΰ张", "Ñ", "ﾃｽﾄ", "아버지"])
    func `a name in letters that no roster has is taken as it is, and doubted`(name: String) throws {
        let plan = RosterPlan(
            try RosterFile.read(Array("number,name\n048,\(name)\n".utf8), today: today), known: [], variants: nil)
        #expect(plan.new.map(\.resident.name) == [name])
        #expect(plan.preview.contains("  line 2: the name reads '\(name)'; the file may be GB18030"))
    }

    @Test(arguments: ["张桂芳", "阿依古丽·买买提", "Maria Lopez", "José-María Núñez", "张伟B", "㐀䶮𠀀", "J. O'Neill"])
    func `a name as rosters have it is not doubted`(name: String) { #expect(!RosterLetters.isStrange(name)) }

    @Test func `no file of random bytes stops the reading or is taken in silence`() {
        for seed in UInt64(1)...300 {
            var chance = SeededChance(seed: seed)
            let body = (0..<200).map { _ in UInt8.random(in: 0...255, using: &chance) }
            guard let roster = try? RosterFile.read(Array("number,name\n".utf8) + body, today: today) else { continue }
            let plan = RosterPlan(roster, known: [], variants: nil)
            #expect(!plan.code.isEmpty && plan.new.count <= roster.lines.count, "seed \(seed)")
        }
    }
}
