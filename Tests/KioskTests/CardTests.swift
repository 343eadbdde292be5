// Cards, tags and codes at the kiosk: who is asked what, what a second card interrupts and what it does not, and that a card
// alone shows no record.

import Testing
import TextScreen
import Vitals

@testable import Kiosk

@Suite struct `Cards at the kiosk` {
    private func stage() -> Stage { Stage(.narrow) }

    @Test func `a card asks the name and says to put it away; the key opens the visit`() {
        var stage = stage()
        stage.tell(.presented(.resident(Stage.zhang, by: .card)))
        #expect(stage.screen == "K3" && stage.text.contains("请先收好身份证"))
        #expect(!stage.asked.contains(.openVisit))
        stage.press("1")
        #expect(stage.screen == "K5" && stage.asked.contains(.openVisit))
    }

    @Test func `a code or a tag is no identity card, and is not told to be put away as one`() {
        for kind in [IdentityKind.code, .tag] {
            var stage = stage()
            stage.tell(.presented(.resident(Stage.zhang, by: kind)))
            #expect(stage.screen == "K3" && !stage.text.contains("身份证"))
        }
    }

    @Test func `not me, and thirty seconds without a key, open nothing`() {
        for isSilent in [true, false] {
            var stage = stage()
            stage.tell(.presented(.resident(Stage.zhang, by: .card)))
            if isSilent { stage.pass(31) } else { stage.press("2") }
            #expect(stage.screen == "K0" && !stage.asked.contains(.openVisit))
        }
    }

    @Test(arguments: ["", "1", "1047", "1047E12", "2", "22", "9"])
    func `from wherever nobody's visit stands a card leads to the name`(keys: String) {
        var stage = stage()
        stage.press(keys)
        stage.tell(.presented(.resident(Stage.zhang, by: .card)))
        #expect(stage.screen == "K3")
    }

    @Test func `a second card before the key asks the second name`() {
        var stage = stage()
        stage.tell(.presented(.resident(Stage.zhang, by: .card)))
        stage.tell(.presented(.resident(Stage.lin, by: .card)))
        #expect(stage.screen == "K3" && stage.text.contains("林*"))
    }

    @Test func `a visit that was opened for somebody else is not the one of this card`() {
        var stage = stage()
        stage.answers = false
        stage.tell(.presented(.resident(Stage.zhang, by: .card)))
        stage.press("1")
        stage.tell(.presented(.resident(Stage.lin, by: .card)))
        stage.press("1")
        stage.tell(.visit(stage.view))
        #expect(stage.screen != "K5" && stage.asked.contains(.endVisit(.left)))
    }

    @Test func `a new card shows nothing and keeps nothing before yes; no leads to measuring as a guest`() {
        var stage = stage()
        stage.tell(.presented(.newCard(Stage.newcomer)))
        #expect(stage.screen == "K3n" && stage.asked.isEmpty)
        stage.press("2")
        #expect(stage.screen == "K4" && stage.asked == [.notMe])
        var other = self.stage()
        other.tell(.presented(.newCard(Stage.newcomer)))
        other.press("1")
        #expect(other.screen == "K3m" && other.asked.isEmpty, "whose card it is comes before what is kept")
        var stranger = other
        stranger.press("2")
        #expect(stranger.screen == "K0" && stranger.asked == [.notMe])
        other.press("1")
        #expect(other.asked == [.enrol(consent: 1)] && other.screen == "K5")
        var silent = self.stage()
        silent.tell(.presented(.newCard(Stage.newcomer)))
        silent.pass(89)
        #expect(silent.screen == "K3n")
        silent.pass(2)
        #expect(silent.screen == "K0" && silent.asked.isEmpty)
    }

    @Test func `a code nobody knows leads to measuring as a guest, and says so`() {
        var stage = stage()
        stage.tell(.presented(.unknown))
        #expect(stage.screen == "K4" && stage.bottom.contains("这张卡或号还没登记"))
    }

    @Test func `row 14: change ends the first visit and asks the second name`() {
        var stage = stage()
        stage.comeIn()
        stage.tell(.presented(.resident(Stage.lin, by: .card)))
        #expect(stage.screen == "K24" && stage.text.contains("不换，还是 张*芳 女士"))
        #expect(!stage.text.contains("林"))
        stage.forgetEffects()
        stage.press("1")
        #expect(stage.asked == [.changeVisitor] && stage.screen == "K3" && stage.text.contains("林*"))
    }

    @Test(arguments: [true, false])
    func `no change, or fifteen seconds without a key, goes on where it was`(isSilent: Bool) {
        var stage = stage()
        stage.comeIn()
        stage.press("111")
        #expect(stage.screen == "K8")
        stage.tell(.presented(.resident(Stage.lin, by: .card)))
        stage.forgetEffects()
        if isSilent { stage.pass(16) } else { stage.press("2") }
        #expect(stage.screen == "K8" && stage.asked == [.notMe])
    }

    @Test func `row 13: while the cuff works the question waits until it has let go, then K12 for the result`() {
        var stage = stage()
        stage.comeIn()
        stage.sitDown()
        stage.startCuff()
        stage.tell(.presented(.resident(Stage.lin, by: .card)))
        #expect(stage.screen == "K11")
        stage.tell(.cuffIdle)
        #expect(stage.screen == "K11")
        stage.tell(.askWhose(FactSequence(rawValue: 101)))
        #expect(stage.screen == "K24")
        stage.press("2")
        #expect(stage.screen == "K12")
        stage.press("1")
        #expect(stage.asked.contains(.confirm(FactSequence(rawValue: 101))))
        stage.tell(.result(.first))
        #expect(stage.screen == "K13")
    }

    @Test func `row 13: K24 does not lengthen the thirty seconds of K12`() {
        var stage = stage()
        stage.comeIn()
        stage.sitDown()
        stage.startCuff()
        stage.tell(.presented(.newCard(Stage.newcomer)))
        stage.tell(.askWhose(FactSequence(rawValue: 101)))
        stage.pass(16)
        #expect(stage.screen == "K12")
        stage.pass(13)
        #expect(stage.screen == "K12")
        stage.pass(2)
        #expect(stage.screen == "O1")
    }

    @Test func `row 14: after the cuff has let go a change leaves the result behind`() {
        var stage = stage()
        stage.comeIn()
        stage.sitDown()
        stage.startCuff()
        stage.tell(.presented(.resident(Stage.lin, by: .card)))
        stage.tell(.askWhose(FactSequence(rawValue: 101)))
        stage.press("1")
        #expect(stage.screen == "K3" && stage.asked.contains(.changeVisitor))
        #expect(!stage.asked.contains(.confirm(FactSequence(rawValue: 101))))
    }

    @Test func `a result that comes while K24 stands waits behind it`() {
        var stage = stage()
        stage.comeIn()
        stage.sitDown()
        stage.startCuff()
        stage.tell(.presented(.resident(Stage.lin, by: .card)), .attemptFailed(.movement, meaning: nil, attempt: 1))
        #expect(stage.screen == "K24")
        stage.tell(.result(.first))
        #expect(stage.screen == "K24")
        stage.press("2")
        #expect(stage.screen == "K13")
    }

    @Test func `a card at K10 takes the asking back`() {
        var stage = stage()
        stage.comeIn()
        stage.sitDown()
        stage.press("1")
        #expect(stage.screen == "K10")
        stage.tell(.presented(.resident(Stage.lin, by: .card)))
        #expect(stage.screen == "K24" && stage.asked.contains(.stopAsking))
        stage.press("2")
        #expect(stage.screen == "K9")
    }

    @Test func `nobody in danger is asked about cards`() {
        var stage = stage()
        stage.measure(.crisis)
        stage.tell(.presented(.resident(Stage.lin, by: .card)))
        #expect(stage.screen == "C1")
        var other = self.stage()
        other.comeIn()
        other.sitDown()
        other.startCuff()
        other.tell(.presented(.resident(Stage.lin, by: .card)), .result(.crisis))
        #expect(other.screen == "C1")
        other.pass(9)
        #expect(other.screen == "C2")
        other.press("1")
        #expect(other.screen == "K14")
    }

    @Test func `row 19: who comes back while somebody measures reads a number and no name`() {
        var stage = stage()
        stage.comeIn()
        stage.tell(.mustWait(number: "031"))
        #expect(stage.screen == "K5" && stage.bottom.contains("031号：还有一位在量，请稍等"))
    }

    @Test func `a card alone shows no record; the PIN does, once a visit`() {
        var stage = stage()
        stage.comeInByCard()
        #expect(stage.screen == "K5")
        stage.press("2")
        #expect(stage.screen == "K5p" && !stage.asked.contains(.loadRecord))
        stage.press("1234E")
        #expect(stage.screen == "K5r" && stage.asked.suffix(2) == [.identify(number: "047", pin: "1234"), .loadRecord])
        stage.press("B2")
        #expect(stage.screen == "K5r")
    }

    @Test(arguments: [ResidentEvent.identityRefused, .numberLocked])
    func `a wrong PIN shows no record and says so at home`(answer: ResidentEvent) {
        var stage = stage()
        stage.comeInByCard()
        stage.identity = answer
        stage.press("21234E")
        #expect(stage.screen == "K5" && !stage.asked.contains(.loadRecord))
        #expect(stage.bottom.contains("号"))
    }

    @Test func `who typed number and PIN is not asked again`() {
        var stage = stage()
        stage.comeIn()
        stage.press("2")
        #expect(stage.screen == "K5r")
    }

    @Test func `K0 says what can be laid down here, and only what is ready`() {
        var stage = stage()
        #expect(!stage.text.contains("放"))
        stage.tell(.hall(.withReaders))
        #expect(stage.text.contains("放身份证  或  放小屋牌  或  扫码"))
        stage.tell(
            .hall(
                Hall(instruments: [
                    InstrumentStatus(
                        instrument: InstrumentID(rawValue: "card-1"), vital: nil, reads: .card, state: .unplugged),
                    InstrumentStatus(
                        instrument: InstrumentID(rawValue: "scanner-1"), vital: nil, reads: .code, state: .ready),
                ])))
        #expect(stage.text.contains("扫码") && !stage.text.contains("放身份证"))
    }

    @Test func `a card locks a nurse's session on a resident's kiosk, and not at a desk`() {
        var stage = stage()
        stage.press("*")
        #expect(stage.screen == "staff")
        stage.send(.staff(.cardRead))
        #expect(stage.screen == "K0")
        var desk = Stage(.narrow, kind: .desk("nurse"))
        desk.send(.staff(.cardRead))
        #expect(desk.screen == "staff")
    }
}
