// K3h: who helps says who she is first; the visit is that of the one she helps, and nothing of the past is shown.

import Testing
import Vitals

@testable import Kiosk

extension Stage {
    /// K0 → the helper is named and has not yet said yes.
    mutating func beHelped() {
        press("1047E1234E3")
        tell(.presented(.resident(Stage.zhao, by: .card)))
        (view.last, view.isHelped) = (nil, true)
    }
}

@Suite struct `Helping somebody` {
    @Test func `3 on K3 asks who helps, and nothing is opened before the helper's own key`() {
        var stage = Stage()
        stage.beHelped()
        #expect(stage.screen == "K3i" && stage.text.contains("帮忙的是 赵*华 女士 吗？"))
        #expect(stage.text.contains("要量的是 张*芳 女士"))
        #expect(stage.asked.contains(.helping) && !stage.asked.contains(.openVisit))
        stage.press("1")
        #expect(stage.asked.last == .openHelpedVisit && stage.screen == "K5" && stage.text.contains("张*芳 女士  047号"))
    }

    @Test func `a helper without a card types her number and her PIN`() {
        var stage = Stage()
        stage.press("1047E1234E3")
        stage.identity = .identified(Stage.zhao)
        stage.press("1023E1234E")
        #expect(stage.asked.contains(.identify(number: "023", pin: "1234")) && stage.screen == "K3i")
        (stage.view.last, stage.view.isHelped) = (nil, true)
        stage.press("1")
        #expect(stage.asked.last == .openHelpedVisit && stage.screen == "K5")
    }

    @Test func `a wrong PIN of the helper leads back to the helper's number, not to somebody's own visit`() {
        var stage = Stage()
        stage.press("1047E1234E3")
        stage.identity = .identityRefused
        stage.press("1023E5678E")
        #expect(stage.screen == "K2w")
        stage.identity = .identified(Stage.zhao)
        stage.press("1023E1234E")
        #expect(stage.screen == "K3i" && !stage.asked.contains(.openVisit))
    }

    @Test func `a helper without a number measures as a guest's helper, and the one who was named is forgotten`() {
        var stage = Stage()
        stage.press("1047E1234E32")
        #expect(stage.screen == "K4" && stage.asked.suffix(2) == [.helping, .notMe])
    }

    @Test func `a card nobody has is no helper, and says so`() {
        var stage = Stage()
        stage.press("1047E1234E3")
        stage.tell(.presented(.newCard(Stage.newcomer)))
        #expect(stage.screen == "K3h")
        stage.tell(.presented(.unknown))
        #expect(stage.screen == "K3h" && !stage.asked.contains(.openHelpedVisit))
    }

    @Test func `who is not the helper says so, and K0 stands`() {
        var stage = Stage()
        stage.beHelped()
        stage.press("2")
        #expect(stage.screen == "K0" && stage.asked.last == .notMe)
    }

    @Test func `a visit of somebody else does not begin for the helper`() {
        var stage = Stage()
        stage.beHelped()
        stage.answers = false
        stage.press("1")
        stage.tell(.visit(VisitView(visit: VisitID(rawValue: 9), visitor: Stage.zhao)))
        #expect(stage.screen != "K5")
    }

    @Test func `the helper sees no value and no record, whatever key she presses`() {
        for language in Language.allCases {
            var stage = Stage()
            if language == .english { stage.press("7") }
            stage.beHelped()
            stage.press("1")
            #expect(!stage.text.contains("142/80"))
            #expect(!stage.text.contains("我的记录") && !stage.text.contains("my record"))
            stage.forgetEffects()
            stage.press("2")
            #expect(stage.screen == "K5" && !stage.asked.contains(.loadRecord))
        }
    }
}
