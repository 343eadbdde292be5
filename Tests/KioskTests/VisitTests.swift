// Whole visits, played as a resident plays them: by keys, from K0 to K0.

import Testing
import TextScreen
import Vitals

@testable import Kiosk

@Suite struct `Whole visits` {
    @Test func `the commonest visit takes seven keys after number and PIN`() {
        var stage = Stage()
        stage.press("1047E1234E")
        #expect(stage.screen == "K3")
        stage.press("1111")  // me, measure, no signs, rest
        #expect(stage.screen == "K8")
        stage.pass(300)
        #expect(stage.screen == "K9")
        stage.startCuff()
        stage.finish(.first)
        #expect(stage.screen == "K13")
        stage.pass(72)
        #expect(stage.screen == "K9")
        stage.startCuff()
        stage.finish(.second)
        #expect(stage.screen == "K17")
        stage.press("0")
        #expect(stage.screen == "K23")
        stage.pass(6)
        #expect(stage.screen == "K0")
        #expect(
            stage.asked == [
                .identify(number: "047", pin: "1234"), .openVisit, .symptoms(.none), .rest(.byClock(seconds: 300)),
                .ask(.right), .ask(.right), .endVisit(.left),
            ])
        #expect(stage.effects.last == .wipe)
        #expect(stage.complaints == [])
    }

    @Test func `a crisis in a hut without a nurse ends with a telephone number and never with a promise`() {
        var stage = Stage()
        stage.measure(.crisis)
        #expect(stage.screen == "C1")
        #expect(stage.text.contains("屋里现在没有护士"))
        stage.pass(8)
        #expect(stage.screen == "C2")
        stage.press("1")
        #expect(stage.screen == "K14")
        stage.pass(60)
        stage.startCuff()
        stage.finish(.crisisAgain)
        #expect(stage.screen == "C3")
        #expect(stage.text.contains("0374-555 0102"))
        #expect(!stage.text.contains("响了"))
        stage.pass(3_600)
        #expect(stage.screen == "C3")
        stage.press("0")
        #expect(stage.screen == "C3")
        #expect(stage.bottom.contains("请再按一次 0"))
        stage.press("0")
        #expect(stage.screen == "K23")
        #expect(stage.asked.suffix(2) == [.leftByHimself, .endVisit(.left)])
        #expect(stage.complaints == [])
    }

    @Test func `a nurse who takes it is named, and her key ends the danger screen`() {
        var stage = Stage()
        stage.crisisTwice()
        stage.tell(.alertTaken(by: "王护士"))
        #expect(stage.screen == "C6")
        stage.pass(1_800)
        #expect(stage.screen == "C6")
        stage.tell(.alertClosed)
        #expect(stage.screen == "K0")
        #expect(stage.asked.last == .endVisit(.takenByStaff))
    }

    @Test func `no answer to the danger signs for 40 seconds is an answer`() {
        var stage = Stage()
        stage.measure(.crisis)
        stage.pass(8)
        stage.pass(39)
        #expect(stage.screen == "C2")
        #expect(stage.effects.contains(.bell))
        stage.pass(1)
        #expect(stage.screen == "C4")
        #expect(stage.asked.last == .symptoms(.silence))
    }

    @Test func `very bad now asks back once, and ten silent seconds mean yes`() {
        var stage = Stage()
        stage.comeIn()
        stage.press("13")
        #expect(stage.screen == "K6c")
        stage.press("2")
        #expect(stage.screen == "K6")
        stage.press("3")
        stage.pass(10)
        #expect(stage.screen == "C4")
        #expect(stage.asked.suffix(2) == [.symptoms(.slip), .symptoms(.silence)])
        #expect(!stage.text.contains("芳"))
        stage.press("1")
        #expect(stage.asked.last == .someoneCalling)
    }

    @Test func `three failures ask for signs again and then for the nurse, and there is no fourth try`() {
        var stage = Stage()
        stage.failThrice()
        #expect(stage.screen == "K6")
        stage.press("1")
        #expect(stage.screen == "K19b")
        stage.press("B1")
        #expect(stage.screen == "K19b")
        stage.press("0")
        #expect(stage.screen == "K23")
        #expect(stage.asked.filter { $0 == .ask(.right) }.count == 3)
        #expect(stage.complaints == [])
    }

    @Test func `a fifth reading is not offered`() {
        var stage = Stage()
        stage.measure(.first)
        for sequence in Int64(110)..<113 {
            stage.pass(72)
            stage.startCuff()
            stage.finish(reading(sequence, 140, 80, session: value(139, 81, isComplete: false)))
        }
        #expect(stage.screen == "K17")
        stage.press("B1")
        #expect(stage.screen == "K17e")
        #expect(stage.asked.filter { $0 == .ask(.right) }.count == 4)
    }

    @Test(arguments: [("1", "K13"), ("2", "O1")])
    func `a result-only cuff shows no number before the answer`(key: String, screen: String) {
        var stage = Stage(cuff: .resultOnly)
        stage.comeIn()
        stage.sitDown()
        stage.press("1")
        stage.pass(40)
        stage.tell(.askWhose(FactSequence(rawValue: 101)))
        #expect(stage.screen == "K12")
        #expect(!stage.text.contains("138"))
        stage.press(key)
        if key == "1" {
            #expect(stage.asked.last == .confirm(FactSequence(rawValue: 101)))
            stage.tell(.result(.first))
        } else {
            #expect(stage.asked.last == .deny(FactSequence(rawValue: 101)))
            #expect(!stage.text.contains("138"))
        }
        #expect(stage.screen == screen)
    }

    @Test func `no answer whose it is within 30 seconds leaves it unclaimed`() {
        var stage = Stage(cuff: .resultOnly)
        stage.comeIn()
        stage.sitDown()
        stage.press("1")
        stage.tell(.askWhose(FactSequence(rawValue: 101)))
        stage.pass(30)
        #expect(stage.screen == "O1")
        #expect(!stage.asked.contains(.confirm(FactSequence(rawValue: 101))))
        stage.pass(8)
        #expect(stage.screen == "K9")
    }

    @Test func `a reading that differs too much is asked about before its number stands`() {
        var stage = Stage()
        stage.measure(.first)
        stage.pass(72)
        stage.startCuff()
        stage.finish(reading(102, 178, 82, session: value(158, 82, isComplete: false)) { $0.asksWhose = true })
        #expect(stage.screen == "K12")
        stage.press("1")
        stage.pass(3)  // the hut keeps silent: the reading that was held back is shown
        #expect(stage.screen == "K16")
        #expect(stage.text.contains("178/82"))
    }

    @Test func `a denied reading is given back and measured again`() {
        var stage = Stage()
        stage.measure(.first)
        stage.press("21")
        #expect(stage.screen == "K9")
        #expect(stage.asked.last == .deny(FactSequence(rawValue: 101)))
        stage.startCuff()
        stage.finish(.first)
        #expect(stage.screen == "K13")
        #expect(stage.text.contains("第一遍"))
        stage.press("22")
        #expect(stage.screen == "K23")
        #expect(stage.asked.suffix(2) == [.denyAll, .endVisit(.left)])
    }

    @Test(arguments: [(100, "K8"), (300, "K9"), (900, "K9")])
    func `who comes back from the bench goes on where he stopped`(rested: Int, screen: String) {
        var stage = Stage()
        stage.comeIn()
        stage.press("112")
        #expect(stage.screen == "K0")
        #expect(stage.asked.last == .goToBench)
        #expect(stage.effects.last == .wipe)
        stage.view.restedSeconds = rested
        stage.comeIn()
        #expect(stage.screen == screen)
        stage.pass(300 - min(rested, 300))
        #expect(stage.screen == "K9")
        #expect(stage.asked.last == .rest(.byClock(seconds: max(rested, 300))))
    }

    @Test(arguments: [("1", false, nil), ("2E", true, nil), ("2052E", true, "052")] as [(String, Bool, String?)])
    func `a guest measures without a number`(keys: String, keeps: Bool, number: String?) {
        var stage = Stage()
        stage.press("2" + keys)
        #expect(stage.screen == "K6")
        #expect(stage.text.hasPrefix(" 客人"))
        #expect(stage.asked.last == .openGuestVisit(keeps: keeps, number: number))
        stage.press("14")
        stage.startCuff()
        stage.finish(.first)
        stage.pass(72)
        stage.startCuff()
        stage.finish(.second)
        #expect(stage.text.contains(keeps ? "护士会帮您认" : "没有留"))
        stage.press("0")
        #expect(stage.asked.last == .endVisit(.guestDone))
    }

    @Test func `a result nobody owns can be kept with a number as a hint, once`() {
        var stage = Stage()
        stage.tell(.hall(.with { $0.unownedResult = FactSequence(rawValue: 90) }))
        stage.press("2047E")
        #expect(stage.asked == [.hintUnowned(FactSequence(rawValue: 90), number: "047")])
        stage.pass(8)
        #expect(stage.screen == "K0")
        stage.press("2")
        #expect(stage.screen == "K4")
    }

    @Test func `low and silent tells the nurse after 15 seconds and stays`() {
        var stage = Stage()
        stage.measureTwice(.low)
        #expect(stage.screen == "K18")
        stage.pass(15)
        #expect(stage.asked.last == .symptoms(.dizzySilence))
        stage.pass(600)
        #expect(stage.screen == "K18")
        stage.press("2")
        #expect(stage.screen == "K17")
    }

    @Test func `who gets up with a low value without answering is told to the nurse`() {
        var stage = Stage()
        stage.measureTwice(.low)
        stage.press("0")
        #expect(stage.asked.suffix(2) == [.symptoms(.dizzySilence), .endVisit(.left)])
    }

    @Test func `in a first visit both arms are measured and then the higher one again`() {
        var stage = Stage()
        stage.view.lastArm = .notSaid
        stage.measure(.first)
        #expect(stage.screen == "K13")
        stage.pass(72)
        #expect(stage.text.contains("再量右边"))
        stage.startCuff()
        stage.finish(.far)
        #expect(stage.screen == "K13b")
        stage.pass(72)
        stage.startCuff()
        #expect(
            stage.asked.filter { if case .ask = $0 { true } else { false } } == [
                .ask(.left), .ask(.right), .ask(.right),
            ])
    }

    @Test func `after a very high first reading the same arm is measured again, first visit or not`() {
        var stage = Stage()
        stage.view.lastArm = .notSaid
        stage.crisisTwice()
        #expect(stage.asked.filter { $0 == .ask(.left) }.count == 2)
    }
}
