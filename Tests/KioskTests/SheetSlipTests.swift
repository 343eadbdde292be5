// A sheet on a roll of paper: everything of the page of 80 columns, in 32 or 48, in pieces that stand for themselves.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `A sheet comes out of the slip printer` {
    @Test(arguments: [32, 48], SheetKind.allCases)
    func `as it was looked at and believed`(columns: Int, kind: SheetKind) throws {
        for language in Language.allCases {
            let name = "paper-\(kind.rawValue)-\(columns)-\(language == .chinese ? "zh" : "en").txt"
            try expectGolden(StaffSamples.sheet(kind, count: 9).slips(columns: columns, language).asPaper, name)
        }
    }

    @Test(arguments: [32, 48], [0, 1, 8, 9, 30, 120])
    func `everybody once, in order, within the paper, and each piece says whose sheet it is`(columns: Int, count: Int) {
        for kind in SheetKind.allCases {
            for language in Language.allCases {
                let sheet = StaffSamples.sheet(kind, count: count)
                let slips = sheet.slips(columns: columns, language)
                #expect(slips.count == (count + CallSheet.rowsOnPiece - 1) / CallSheet.rowsOnPiece)
                var numbers: [Int] = []
                for (place, slip) in slips.enumerated() {
                    let texts = slip.lines.map(\.text)
                    // A printer of this kind gives everything but ASCII two columns.
                    let widths = texts.map { $0.reduce(0) { $0 + ($1.isASCII ? 1 : 2) } }
                    #expect(widths.allSatisfy { $0 <= columns }, "\(texts)")
                    #expect(texts[0].contains("7") && texts[0].contains("2026-11-21"))
                    #expect(texts.contains { $0.contains("\(place + 1)/\(slips.count)") })
                    numbers += texts.filter { !$0.hasPrefix("    ") }.compactMap {
                        $0.hasPrefix(" ") || $0.first?.isNumber == true
                            ? $0.split(separator: " ").first.flatMap { Int($0) } : nil
                    }
                }
                #expect(numbers == Array(1..<(count + 1)), "\(kind) \(language)")
            }
        }
    }

    @Test func `every line of it carries a telephone number, three readings and the boxes`() {
        let sheet = StaffSamples.sheet(.calls, count: 3)
        let text = sheet.slips(columns: 32, .chinese).asPaper
        for row in sheet.rows {
            #expect(text.contains(row.name) && text.contains(row.phone ?? "-"))
            for reading in row.lastReadings { #expect(text.contains(reading)) }
        }
        #expect(text.split(separator: "\n").count { $0.contains("n[ ]") } == 3)
    }
}

@Suite struct `A sheet is printed from its page` {
    @Test func `p hands it to the printer, and the next number stands there when it is out`() {
        var rig = StaffRig.withPrinter()
        rig.type("pp")
        #expect(rig.acts == [.desk(.putOut(StaffSamples.sheet(.calls), export: false))])
        #expect(rig.bottomLine == " 存好了")
    }

    @Test func `a jam leaves the sheet with its number, and p prints it again`() {
        var rig = StaffRig.withPrinter()
        rig.hut.isFailing = true
        rig.type("pp")
        #expect(rig.bottomLine == " 没存上，请再试")
        rig.hut.isFailing = false
        rig.type("p")
        let put = StaffEffect.desk(.putOut(StaffSamples.sheet(.calls), export: false))
        #expect(rig.acts == [put, put])
    }

    @Test func `while it prints no key does anything, and what is saved meanwhile is not taken for it`() {
        var rig = StaffRig.withPrinter()
        rig.hut.isMute = true
        rig.type("pp")
        #expect(rig.bottomLine.contains("正在打印"))
        rig.tell(.saved(LocalizedText("别的存好了", en: "another act saved")))
        rig.type("px2")
        #expect(rig.acts.count == 1)
        rig.hut.isMute = false
        rig.tell(.desk(.paper(.sheet(7, isOut: true), LocalizedText("打好了", en: "Printed"))))
        rig.type("p")
        #expect(rig.acts.count == 2)
    }

    @Test func `where no sheet was made yet, r leaves the one to come, and a hut that cannot read is asked once`() {
        var rig = StaffRig.withPrinter()
        rig.type("p")
        rig.hut.isSilent = true
        rig.type("r")
        rig.forget()
        let failed = StaffEvent.failed(LocalizedText("还没有打过单子", en: "no sheet was made yet"))
        rig.tell(failed)
        #expect(rig.effects == [.staff(.desk(.loadCallSheet(.calls)))])
        rig.forget()
        rig.tell(failed)
        #expect(rig.effects.isEmpty)
    }

    @Test func `r brings the last sheet back under its own number`() {
        var rig = StaffRig.withPrinter()
        rig.type("pr")
        #expect(rig.text().contains("电话单 6号"))
        rig.type("p")
        #expect(rig.acts == [.desk(.putOut(StaffSamples.lastSheet(.calls), export: false))])
    }
}
