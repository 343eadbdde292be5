// A sheet is read by somebody in a stairwell, and a CSV file by a spreadsheet that runs what looks like a formula.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `A sheet leaves the hut` {
    @Test func `as a page of 80 columns with boxes to tick`() {
        let lines = StaffSamples.sheet(.calls).pages(.chinese)[0]
        #expect(lines[0].hasPrefix("电话单 7号 2026-11-21 周六  方泰东社区健康小屋  王敏"))
        #expect(lines[0].hasSuffix("第1页/共1页"))
        #expect(lines[3].hasPrefix("  1 张桂芳 女 81岁 047号  12-3-502  13900000100"))
        #expect(lines[3].hasSuffix("n[ ] s[ ] x[ ] c[ ] v[ ]"))
        #expect(lines[4].hasSuffix("11-21 138/82  11-14 142/80  11-07 146/84"))
        #expect(lines[4].contains("随访到期"))
        #expect(lines.last == "有个人信息：不要乱放，录入后请销毁")
    }

    @Test(arguments: Language.allCases) func `the longest name leaves the telephone whole, on every paper`(
        language: Language
    ) {
        var sheet = StaffSamples.sheet(.calls, count: 2)
        (sheet.rows[1].name, sheet.rows[1].hutNumber) = ("阿卜杜热合曼·买买提江", "076")
        (sheet.rows[1].phone, sheet.rows[1].building) = ("13912345678", "5-1-302")
        let page = sheet.pages(language)[0]
        #expect(page.contains { $0.contains("阿卜杜热合曼·买买提江") && $0.hasSuffix("v[ ]") })
        #expect(page.contains("    5-1-302  13912345678"))
        #expect(page.allSatisfy { cellWidth($0) <= CallSheet.width })
        for columns in [32, 48] {
            let lines = sheet.slips(columns: columns, language).flatMap(\.lines).map(\.text)
            #expect(lines.contains { $0.contains("13912345678") })
            #expect(lines.contains { $0.contains("076") && cellWidth($0) <= columns })
        }
        #expect(sheet.csv(language).contains("阿卜杜热合曼·买买提江") && sheet.csv(language).contains("13912345678"))
    }

    @Test func `and on a narrow screen too`() {
        var rig = StaffRig.loggedIn(size: narrowScreen)
        rig.hut.isSilent = true
        rig.type("p")
        var sheet = StaffSamples.sheet(.calls, count: 1)
        (sheet.rows[0].name, sheet.rows[0].phone) = ("阿卜杜热合曼·买买提江", "13912345678")
        rig.tell(.desk(.callSheet(sheet)))
        #expect(rig.text().contains("… 047 13912345678"))
    }

    @Test(arguments: ["x", "p"]) func `a sheet that left stays on the page under its number`(key: String) {
        var rig = StaffRig.loggedIn()
        rig.type("p")
        rig.forget()
        rig.type(key)
        rig.tell(.saved(LocalizedText("写好了", en: "written")))
        #expect(rig.text().contains("电话单 7号"))
        #expect(rig.effects.count { if case .staff(.desk(.loadCallSheet)) = $0 { true } else { false } } == 0)
    }

    @Test(arguments: SheetKind.allCases, [0, 1, 13, 14, 15, 120])
    func `everybody once, in order, nobody split over two pages`(kind: SheetKind, count: Int) {
        let sheet = StaffSamples.sheet(kind, count: count)
        for language in Language.allCases {
            let pages = sheet.pages(language)
            var numbers: [Int] = []
            for page in pages {
                #expect(page.count <= CallSheet.pageHeight)
                #expect(page.allSatisfy { cellWidth($0) <= CallSheet.width })
                let here = page.filter { $0.hasSuffix("v[ ]") }
                #expect(here.count == page.count { $0.contains("____/____") })
                numbers += here.compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }
            }
            #expect(numbers == Array(1..<(count + 1)))
        }
    }

    @Test func `visits go by building, by the value of its number, and who has none comes last`() {
        let rows = StaffSamples.sheet(.visits).rows
        #expect(rows.map(\.building) == ["2-1-203", "2-1-301", "12-1-101", "12-3-502", nil])
        #expect(rows.map(\.line.number) == [1, 2, 3, 4, 5])
        // A line means its resident, wherever it was moved to.
        #expect(rows.map(\.line.resident.rawValue) == [5, 2, 3, 1, 4])
        let text = StaffSamples.sheet(.visits).pages(.chinese).joined().joined(separator: "\n")
        #expect(text.contains("== 2 号楼\n  1 欧阳秀英") && text.contains("== 12 号楼\n  3 赵凤华"))
        #expect(text.contains("== 没有楼号"))
    }

    @Test func `as CSV with a mark of its encoding and lines that end as the standard says`() {
        let csv = StaffSamples.sheet(.calls, count: 2).csv(.chinese)
        #expect(csv.unicodeScalars.first == "\u{FEFF}")
        let lines = csv.unicodeScalars.split(separator: "\n").map { String(String.UnicodeScalarView($0)) }
        #expect(lines.count == 3 && lines.allSatisfy { $0.unicodeScalars.last == "\r" })
        #expect(
            lines[1]
                == "1,047,张桂芳,女,81,13900000100,12-3-502,随访到期(上次8-23),2026-11-21,11-21 138/82,11-14 142/80,11-07 146/84\r"
        )
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+8613900000100", "'+8613900000100"), ("-2", "'-2"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("＝1", "'＝1"), ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
        ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\r\nb", "\"a\r\nb\""), ("a\nb", "\"a\nb\""), ("张", "张"),
        ("", ""),
    ])
    func `nothing in it is a formula, and no field ends early`(name: String, written: String) {
        var sheet = StaffSamples.sheet(.calls, count: 1)
        sheet.rows[0].name = name
        let csv = sheet.csv(.chinese)
        #expect(csv.contains("1,047," + written + ",女,81,"))
    }

    @Test func `an unknown field is empty, not a dash a spreadsheet would count with`() {
        var sheet = StaffSamples.sheet(.calls, count: 1)
        (sheet.rows[0].phone, sheet.rows[0].age, sheet.rows[0].building, sheet.rows[0].due) = (nil, nil, nil, nil)
        sheet.rows[0].lastReadings = ["11-21 138/82"]
        #expect(sheet.csv(.chinese).hasSuffix("1,047,张桂芳,女,,,,随访到期(上次8-23),,11-21 138/82,,\r\n"))
    }

    @Test(arguments: [wideScreen, narrowScreen]) func `what is printed is what stood on the screen`(size: ScreenSize) {
        var rig = StaffRig.loggedIn(size: size)
        rig.type("p2")
        #expect(rig.text().contains("上门单 7号"))
        rig.tell(.desk(.callSheet(StaffSamples.sheet(.calls, count: 1))))
        rig.tell(.desk(.callSheet(StaffSamples.sheet(.visits, count: 1))))
        rig.type("p")
        #expect(rig.acts == [.desk(.putOut(StaffSamples.sheet(.visits), export: false))])
    }

    @Test func `an empty sheet is not printed`() {
        var rig = StaffRig.loggedIn()
        rig.hut.isSilent = true
        rig.type("p")
        rig.tell(.desk(.callSheet(StaffSamples.sheet(.calls, count: 0))))
        rig.type("p")
        #expect(rig.acts.isEmpty && rig.bottomLine.contains("单子上没有人"))
    }
}

@Suite struct `The end of a day` {
    @Test func `says what is not as it should be, and who looked`() {
        var rig = StaffRig.loggedIn()
        rig.type("e")
        for words in [
            "量了 41", "存了 126", "发了 118", "没认领 3", "没存成或被退回 1", "没有身份证号", "到期没办 2", "约好上门", "体检漏项 3", "少一个签名",
            "看过：王敏 17:20",
        ] {
            #expect(rig.text().contains(words), "\(words)")
        }
    }

    @Test func `an earlier day can be read, tomorrow cannot`() {
        var rig = StaffRig.loggedIn()
        rig.type("e1")
        #expect(rig.text().contains("当天小结 2026-11-20"))
        rig.type("\n")
        #expect(rig.acts == [.desk(.daySeen(StaffSamples.day("2026-11-20") ?? LocalDay(daysSince1970: 0)))])
        rig.type("222")
        #expect(rig.text().contains("今天小结 2026-11-21"))
    }
}
