// Slips of the finger: what a key does that is pressed twice, held down, typed ahead, or of no use.

import Testing
import TextScreen
import Vitals

@testable import Kiosk

@Suite struct `Keys` {
    @Test(arguments: [50, 150, 250, 399])
    func `the same key within 400 ms is one key`(milliseconds: Int64) {
        var stage = Stage()
        stage.press("1")
        stage.pass(.milliseconds(2_000))
        stage.send(.key(.character("4")))
        stage.pass(.milliseconds(milliseconds))
        stage.send(.key(.character("4")))
        stage.pass(.milliseconds(400))
        stage.send(.key(.character("4")))
        stage.press("E1E")
        #expect(stage.asked.first == .identify(number: "44", pin: "1"))
    }

    @Test func `a key held down is one key`() {
        var stage = Stage()
        stage.comeIn()
        stage.press("1")
        for _ in 0..<100 {
            stage.pass(.milliseconds(33))
            stage.send(.key(.character("1")))
        }
        #expect(stage.screen == "K6")
    }

    @Test(arguments: [50, 200, 400, 699])
    func `a double 3 never answers the question whether it was a slip`(milliseconds: Int64) {
        var stage = Stage()
        stage.comeIn()
        stage.press("13")
        stage.pass(.milliseconds(milliseconds))
        stage.send(.key(.character("1")))
        stage.send(.key(.character("2")))
        #expect(stage.screen == "K6c")
    }

    @Test func `nothing typed ahead reaches the next screen, except digits of a number`() {
        var stage = Stage()
        stage.press("1")
        for digit in "047" { stage.send(.key(.character(digit))) }
        stage.pass(.milliseconds(700))
        stage.send(.key(.enter))
        for digit in "9876" { stage.send(.key(.character(digit))) }
        stage.pass(.milliseconds(700))
        stage.send(.key(.enter))
        #expect(stage.asked == [.identify(number: "047", pin: "9876")])
        stage.send(.key(.character("1")))
        #expect(stage.screen == "K3")
    }

    @Test func `the key that opened K1 is not the first digit of the number`() {
        var stage = Stage()
        stage.press("1")
        stage.pass(.milliseconds(450))
        stage.send(.key(.character("1")))
        stage.press("47E")
        #expect(stage.screen == "K2")
        stage.press("5E")
        #expect(stage.asked == [.identify(number: "47", pin: "5")])
    }

    @Test func `a key that does nothing says so, for a while`() {
        var stage = Stage()
        stage.press("5")
        #expect(stage.bottom.contains("用不上"))
        stage.pass(12)
        #expect(stage.bottom.contains("9叫人"))
    }
}
