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
