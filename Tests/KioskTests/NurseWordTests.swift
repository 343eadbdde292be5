// What a nurse answered or left is read once, by the resident herself, and never by a helper.

import Testing
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

@Suite struct `A nurse's word` {
    @Test func `stands after K3, one at a time, and is read when its key was pressed`() {
        var stage = Stage()
        stage.view.words = NurseWord.samples
        stage.press("1047E1234E")
        #expect(!stage.text.contains("手环"))
        stage.press("1")
        #expect(stage.screen == "K5w" && stage.text.contains("帮我弄手环") && stage.text.contains("带着手环来"))
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
