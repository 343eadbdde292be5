// Two names: who helps says so first, and sees nothing; whoever comes next is nobody's helper. And what a nurse answered is
// read once, by the resident herself.

import Testing
import TextScreen
import Vitals

@testable import Kiosk

extension NurseWord {
    static let samples = [
        NurseWord(
            fact: FactSequence(rawValue: 701), asked: .bandHelp, askedOn: LocalDay(daysSince1970: 20_776),
            text: "请来小屋找护士，带着手环来，换一条新的表带，不要钱", by: "王敏 护士"),
        NurseWord(
            fact: FactSequence(rawValue: 702), asked: nil, askedOn: LocalDay(daysSince1970: 20_777), text: "药开好了，请来拿",
            by: "王敏 护士"),
    ]
}

@Suite struct `Somebody helps` {
    /// At K3h, for Ms Zhang.
    private func atTheQuestion() -> Stage {
        var stage = Stage()
        stage.tell(.presented(.resident(Stage.zhang, by: .card)))
        stage.forgetEffects()
        stage.press("3")
        return stage
    }

    /// The visit that opens then.
    private func helped(_ stage: inout Stage) {
        stage.view.helper = Stage.lin
        stage.view.words = NurseWord.samples
    }

    @Test func `the helper first, then the resident, and both names before anything is measured`() {
        var stage = atTheQuestion()
        #expect(stage.screen == "K3h" && stage.asked == [.beginHelping])
        stage.forgetEffects()
        stage.answers = false
        stage.press("1031E1234E")
        #expect(stage.asked == [.identify(number: "031", pin: "1234")])
        stage.tell(.helperIdentified(Stage.lin))
        #expect(stage.screen == "K3j" && stage.text.contains("林*") && stage.text.contains("张*芳"))
        stage.answers = true
        helped(&stage)
        stage.press("1")
        #expect(stage.asked.last == .openVisit && stage.screen == "K5")
    }

    @Test func `a card of the helper does instead of a number`() {
        var stage = atTheQuestion()
        stage.tell(.helperIdentified(Stage.lin))
        #expect(stage.screen == "K3j")
    }

    @Test(arguments: [ScreenSize.narrow, .wide], Language.allCases)
    func `the helper sees no value, no record and no word of a nurse`(size: ScreenSize, language: Language) {
        var stage = Stage(size)
        if language == .english { stage.press("7") }
        helped(&stage)
        stage.press("1047E1234E3")
        stage.tell(.helperIdentified(Stage.lin))
        stage.press("1")
        #expect(stage.screen == "K5" && !stage.text.contains("142/80") && !stage.text.contains("药开好了"))
        stage.forgetEffects()
        stage.press("2")
        #expect(stage.screen == "K5" && stage.asked.isEmpty)
    }

    @Test func `who says of himself that he helps himself is simply here`() {
        var stage = atTheQuestion()
        stage.tell(.helperIdentified(Stage.zhang))
        stage.forgetEffects()
        stage.press("1")
        #expect(stage.asked == [.stopHelping, .openVisit] && stage.screen == "K5")
    }

    @Test func `going back ends the helping, and the resident may come herself`() {
        var stage = atTheQuestion()
        stage.forgetEffects()
        stage.press("B1")
        #expect(stage.asked == [.stopHelping, .openVisit] && stage.screen == "K5")
    }

    @Test(arguments: ["0", "2", "10310B", "wait", "1wait"]) func `whoever comes next is nobody's helper`(way: String) {
        var stage = atTheQuestion()
        stage.forgetEffects()
        stage.press(way.replacing("wait", with: ""))
        if way.hasSuffix("wait") { stage.pass(120) } else { stage.pass(300) }
        #expect(stage.screen == "K0")
        #expect(stage.asked.contains(.notMe) || stage.asked.contains(.stopHelping))
        #expect(!stage.kiosk.room.isHelping)
    }

    @Test(arguments: [ResidentEvent.identityRefused, .numberLocked])
    func `a number that does not fit leads back to the question`(answer: ResidentEvent) {
        var stage = atTheQuestion()
        stage.identity = answer
        stage.press("1031E1111E")
        #expect(stage.screen == "K3h")
        stage.pass(1)
        stage.tell(.presented(.unknown))
        #expect(stage.screen == "K3h" && stage.bottom.contains("这里不认识"))
    }

    @Test func `no number leads to measuring without one`() {
        var stage = atTheQuestion()
        stage.press("2")
        #expect(stage.screen == "K4" && stage.asked.last == .notMe)
    }
}

@Suite struct `A nurse's word` {
    @Test func `stands after K3, one at a time, and is read when its key was pressed`() {
        var stage = Stage()
        stage.view.words = NurseWord.samples
        stage.press("1047E1234E")
        #expect(!stage.text.contains("手环"))
        stage.press("1")
        #expect(stage.screen == "K5w" && stage.text.contains("手环帮帮忙") && stage.text.contains("带着手环来"))
        stage.forgetEffects()
        stage.press("1")
        #expect(stage.asked == [.answerSeen(FactSequence(rawValue: 701))])
        #expect(stage.screen == "K5w" && stage.text.contains("药开好了"))
        stage.press("1")
        #expect(stage.asked.last == .answerSeen(FactSequence(rawValue: 702)) && stage.screen == "K5")
    }

    @Test func `who goes without reading has not read`() {
        var stage = Stage()
        stage.view.words = NurseWord.samples
        stage.comeIn()
        stage.forgetEffects()
        stage.press("0")
        #expect(!stage.asked.contains { if case .answerSeen = $0 { true } else { false } })
    }

    @Test(arguments: [("1", ResidentRequest.call), ("2", .homeVisit), ("3", .nursing), ("4", .bandHelp)])
    func `four things can be asked for`(key: String, request: ResidentRequest) {
        var stage = Stage()
        stage.comeIn()
        stage.press("3" + key)
        #expect(stage.asked.last == .request(request))
        #expect(stage.text.contains("记下了"))
    }
}
