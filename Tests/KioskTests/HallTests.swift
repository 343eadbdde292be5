// What happens in the hall while somebody sits here, or nobody: other people's results, a closed ledger, the staff key,
// the language.

import Testing
import TextScreen
import Vitals

@testable import Kiosk

@Suite struct `The hall` {
    @Test(arguments: [CuffManner.startIsHeard, .resultOnly])
    func `a result that is not yours shows no number and takes the asking back`(cuff: CuffManner) {
        var stage = Stage(cuff: cuff)
        stage.comeIn()
        stage.sitDown()
        stage.press("1")
        stage.tell(.notYours(crisis: false))
        #expect(stage.screen == "O1")
        #expect(stage.text.contains("请您再量一次"))
        #expect(stage.asked.last == .stopAsking)
        stage.pass(8)
        #expect(stage.screen == "K9")
    }

    @Test func `somebody's very high result warns the room`() {
        var stage = Stage()
        stage.tell(.notYours(crisis: true))
        #expect(stage.text.contains("请马上找护士，或打 120"))
        stage.pass(8)
        #expect(stage.screen == "K0")
    }

    @Test func `a result of somebody else never covers a danger screen or question`() {
        for play in [{ $0.crisisTwice() }, { $0.measureTwice(.low) }] as [(inout Stage) -> Void] {
            var stage = Stage()
            play(&stage)
            let screen = stage.screen
            stage.tell(.notYours(crisis: true))
            #expect(stage.screen == screen)
        }
    }

    @Test func `the rest goes on under a result of somebody else`() {
        var stage = Stage()
        stage.comeIn()
        stage.press("111")
        stage.pass(100)
        stage.tell(.notYours(crisis: false))
        stage.pass(8)
        #expect(stage.screen == "K8")
        stage.pass(192)
        #expect(stage.screen == "K9")
    }

    @Test func `the scale of the station says in one line that nobody was filed`() {
        var stage = Stage()
        stage.comeIn()
        stage.tell(.otherInstrument(.weight))
        #expect(stage.screen == "K5")
        #expect(stage.bottom.contains("体重秤上有个数，没有记到您名下"))
    }

    @Test(arguments: VitalKind.allCases)
    func `that line fits for every instrument in both languages`(vital: VitalKind) {
        for language in Language.allCases {
            let line = Phrase.otherReading.text(language, ["what": vital.instrument.text(language)])
            #expect(cellWidth(line) <= 38, "\(line)")
        }
    }

    @Test func `every word of the bottom line fits`() {
        let notes: [Phrase] = [
            .uselessKey, .noAnswer, .leaveAgain, .k11LeaveSoon, .k11HelpSoon, .hCalled, .k14Left, .c6Comes, .callNumber,
        ]
        for note in notes {
            for language in Language.allCases {
                let line = note.text(language, ["time": "0:25", "who": "欧阳护士", "number": "0374-555 0102"])
                #expect(cellWidth(line) <= 38, "\(line)")
            }
        }
    }

    @Test func `a closed ledger closes K0 and opens it again`() {
        var stage = Stage()
        stage.tell(.hall(.with { $0.closed = LocalizedText("硬盘满了", en: "disk full") }))
        #expect(stage.screen == "X")
        stage.press("2")
        #expect(stage.screen == "X")
        stage.press("9")
        #expect(stage.screen == "H")
        stage.press("2")
        #expect(stage.screen == "X")
        stage.tell(.hall(.ordinary))
        #expect(stage.screen == "K0")
    }

    @Test func `a ledger that closes does not take advice or a working cuff from the screen`() {
        let closed = Hall.with { $0.closed = LocalizedText("硬盘满了", en: "disk full") }
        var stage = Stage()
        stage.crisisTwice()
        stage.tell(.hall(closed))
        #expect(stage.screen == "C3")
        var measuring = Stage()
        measuring.comeIn()
        measuring.sitDown()
        measuring.startCuff()
        measuring.tell(.hall(closed))
        #expect(measuring.screen == "K11")
        measuring.finish(.first)
        #expect(measuring.screen == "X")
        measuring.tell(.hall(.ordinary))
        #expect(measuring.screen == "K13")
    }

    @Test func `no screen says that somebody was told before a staff session has it`() {
        let promises = ["告诉护士了", "已经响了", "已经叫了", "已经告诉", "知道了"]
        for scene in Scene.all where !scene.name.hasSuffix("staffed") && scene.name != "C6" {
            let text = scene.stage(.narrow).text
            for promise in promises { #expect(!text.contains(promise), "\(scene.name)") }
        }
    }

    @Test func `a refused pair and a locked number never say whether the number exists`() {
        var texts: Set<String> = []
        for number in ["047", "999"] {
            var stage = Stage()
            stage.identity = .identityRefused
            stage.press("1" + number + "E1234E")
            texts.insert(stage.text)
        }
        #expect(texts.count == 1)
    }

    @Test func `the language of a visit ends with the visit, and an unused one after a minute`() {
        var stage = Stage()
        stage.press("7")
        #expect(stage.text.contains("choose one"))
        stage.comeIn()
        #expect(stage.text.contains("my record"))
        stage.press("0")
        stage.pass(6)
        #expect(stage.text.contains("请选一样"))
        stage.press("7")
        stage.pass(60)
        #expect(stage.text.contains("请选一样"))
    }

    @Test func `a hut with one language offers no other`() {
        var stage = Stage(languages: [.chinese])
        #expect(!stage.bottom.contains("English"))
        stage.press("7")
        #expect(stage.bottom.contains("用不上"))
    }

    @Test func `a visit the hut opens for somebody who has gone is closed again`() {
        var stage = Stage()
        stage.answers = false
        stage.press("1047E1234E")
        stage.tell(.identified(Stage.zhang))
        stage.press("1")
        stage.pass(10)
        #expect(stage.screen == "K0")
        stage.tell(.visit(stage.view))
        #expect(stage.asked.last == .endVisit(.left))
        #expect(stage.screen == "K0")
    }

    @Test func `a visit that ends elsewhere leaves nothing on the screen`() {
        var stage = Stage()
        stage.comeIn()
        stage.tell(.visitOver)
        #expect(stage.screen == "K0")
        #expect(stage.effects.last == .wipe)
        #expect(!stage.asked.contains(.endVisit(.left)))
    }

    @Test func `a name of any length leaves the choices on the screen`() {
        var stage = Stage()
        let visitor = Visitor(maskedName: String(repeating: "汪*洋", count: 200), sex: .female, number: "12345678")
        stage.identity = .identified(visitor)
        stage.view.visitor = visitor
        stage.press("1047E1234E")
        #expect(stage.text.contains("2 不是我"))
        stage.press("1114")
        #expect(stage.screen == "K9")
        stage.press("0")
        #expect(stage.complaints == [])
    }

    @Test func `staff log in at K0 of a station, never in a resident's visit`() {
        var stage = Stage()
        stage.press("*")
        #expect(stage.screen == "staff")
        stage.pass(61)
        #expect(stage.screen == "K0")
        stage.comeIn()
        stage.press("*")
        #expect(stage.screen == "K5")
    }

    @Test func `a desk is staff and nothing else`() {
        var stage = Stage(kind: .desk("nurse"))
        #expect(stage.screen == "staff")
        stage.press("047E")
        stage.pass(3_600)
        #expect(stage.screen == "staff")
    }

    @Test func `alerts for staff do not appear on a resident's screen`() {
        var stage = Stage()
        stage.comeIn()
        let before = stage.text
        let alert = StaffAlert(
            flag: FactSequence(rawValue: 1), subject: .station(StationID(rawValue: "booth-2")), rule: "BP-02",
            severity: .critical, at: stage.now.hut, station: nil, who: LocalizedText("李国强", en: "李国强"),
            sentence: LocalizedText("两遍 198/112", en: "twice 198/112"))
        stage.send(.staff(.alerts([alert])))
        #expect(stage.text == before)
        #expect(!stage.effects.contains(.bell))
    }
}
