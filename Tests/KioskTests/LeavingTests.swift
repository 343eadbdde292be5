// The machine that must not be interrupted: leaving, calling and failing while a cuff works.

import Testing
import TextScreen
import Vitals

@testable import Kiosk

@Suite struct `Leaving a measurement` {
    @Test func `leaving while the cuff works waits for it, and the result is shown for 12 seconds`() {
        var stage = Stage(cuff: .hutStarts)
        stage.comeIn()
        stage.sitDown()
        stage.startCuff()
        stage.press("0")
        #expect(stage.screen == "K11")
        #expect(stage.asked.last == .stopCuff)
        stage.finish(.first)
        #expect(stage.screen == "K13")
        stage.pass(12)
        #expect(stage.screen == "K23")
    }

    @Test func `a call while the cuff works is made at once, and its screen comes when the arm is free`() {
        var stage = Stage()
        stage.comeIn()
        stage.sitDown()
        stage.startCuff()
        stage.press("9")
        #expect(stage.screen == "K11")
        #expect(stage.asked.last == .callHelp)
        stage.finish(.first)
        #expect(stage.screen == "H")
        stage.press("2")
        #expect(stage.screen == "K13")
    }

    @Test func `a call never covers a very high reading`() {
        var stage = Stage()
        stage.comeIn()
        stage.sitDown()
        stage.startCuff()
        stage.press("9")
        stage.finish(.crisis)
        #expect(stage.screen == "C1")
    }

    @Test func `leaving the measurement by any way takes the asking back`() {
        for keys in ["9", "0", "B"] {
            var stage = Stage()
            stage.comeIn()
            stage.sitDown()
            stage.press("1")
            stage.forgetEffects()
            stage.press(keys)
            #expect(stage.asked.contains(.stopAsking), "\(keys)")
        }
    }

    @Test func `a cuff that lets go before its result does not lose it`() {
        var stage = Stage()
        stage.comeIn()
        stage.sitDown()
        stage.startCuff()
        stage.press("9")
        stage.tell(.cuffIdle)
        #expect(stage.screen == "K11")
        stage.pass(5)
        #expect(!stage.asked.contains(.stopAsking))
        stage.tell(.result(.first))
        #expect(stage.screen == "H")
    }

    @Test func `leaving a danger screen is asked each time anew`() {
        var stage = Stage()
        stage.crisisTwice()
        stage.press("0")
        stage.pass(13)
        stage.press("0")
        #expect(stage.screen == "C3")
        stage.press("2")
        stage.press("0")
        #expect(stage.screen == "C3")
        stage.press("0")
        #expect(stage.screen == "K23")
    }

    @Test func `a hut that never says how a measurement ended does not hold the screen`() {
        var stage = Stage(cuff: .hutStarts)
        stage.comeIn()
        stage.sitDown()
        stage.press("1")
        stage.pass(150)
        #expect(stage.screen == "K20")
        #expect(stage.asked.suffix(2) == [.stopCuff, .stopAsking])
    }
}
