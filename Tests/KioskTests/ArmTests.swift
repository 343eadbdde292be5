// Which arm is measured next: both in a first visit, then the higher; after a very high reading the same again.

import Testing
import Vitals

@testable import Kiosk

@Suite struct `Which arm` {
    @Test func `a lower reading on the other arm does not answer a very high one`() {
        var stage = Stage()
        stage.measure(.crisis)
        stage.press("E1")
        stage.pass(60)
        stage.press("3")  // the left arm now
        stage.startCuff()
        stage.finish(reading(102, 132, 80, session: value(132, 80, count: 1, isComplete: true)))
        #expect(stage.screen == "K13")
        stage.pass(72)
        #expect(stage.screen == "K9")
        #expect(stage.text.contains("右胳膊(您上次也是)"))
        stage.press("0")
        #expect(stage.bottom.contains("请再按一次 0"))
    }

    /// Which arm was used last, which may never be, what K9 says, and the arm of every asking of the visit.
    @Test(
        arguments: [
            (.left, [.left], "左胳膊不能量，请换右边", .right), (.right, [.left], "左胳膊不能量，请换右边", .right),
            (.notSaid, [.left], "左胳膊不能量，请换右边", .right), (.left, [.right], "右胳膊不能量，请换左边", .left),
            (.right, [.right], "右胳膊不能量，请换左边", .left), (.notSaid, [.right], "右胳膊不能量，请换左边", .left),
        ] as [(Arm, Set<Arm>, String, Arm)])
    func `a barred arm is offered nowhere in a visit, to a helper neither`(
        last: Arm, never: Set<Arm>, words: String, arm: Arm
    ) {
        for isHelped in [false, true] {
            var stage = Stage()
            (stage.view.lastArm, stage.view.neverArms) = (last, never)
            if isHelped {
                stage.beHelped()
                stage.press("1")
            } else {
                stage.comeIn()
            }
            stage.sitDown()
            for reading in [VisitResult.first, .far] {
                #expect(stage.screen == "K9")
                #expect(stage.text.contains(words))
                #expect(!stage.text.contains("3 换"))
                stage.press("3")
                #expect(stage.text.contains(words), "3 changes nothing")
                stage.startCuff()
                stage.finish(reading)
                stage.pass(72)
            }
            #expect(stage.armsAsked == [arm, arm])
        }
    }

    @Test func `a very high reading is answered on the same arm when the other is barred`() {
        var stage = Stage()
        stage.view.neverArms = [.right]
        stage.crisisTwice()
        #expect(stage.armsAsked == [.left, .left])
    }

    @Test func `nobody with two barred arms reaches the cuff`() {
        var stage = Stage()
        stage.view.neverArms = [.left, .right]
        stage.comeIn()
        stage.press("1")
        #expect(stage.screen == "K9n")
        #expect(stage.text.contains("两只胳膊都不能在这里量"))
        stage.press("13")
        #expect(stage.screen == "K9n")
        #expect(stage.armsAsked.isEmpty)
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

extension Stage {
    /// The arm of every asking of the cuff.
    fileprivate var armsAsked: [Arm] {
        asked.compactMap { effect -> Arm? in if case .ask(let arm) = effect { arm } else { nil } }
    }
}
