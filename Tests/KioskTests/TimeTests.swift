// Silence: what a screen does when nobody answers, who is given time to think, and what a deadline may find.

import Testing
import TextScreen
import Vitals

@testable import Kiosk

@Suite struct `Time` {
    @Test(arguments: [
        ("K5", "", 60), ("K6", "1", 90), ("K7", "11", 60), ("K9", "114", 180), ("K10", "1141", 180),
    ])
    func `idle asks, counts twenty seconds and leaves`(screen: String, keys: String, seconds: Int) {
        var stage = Stage()
        stage.comeIn()
        stage.press(keys)
        #expect(stage.screen == screen)
        stage.pass(seconds - 1)
        #expect(stage.screen == screen)
        stage.pass(1)
        #expect(stage.screen == "K22")
        stage.press("5")
        #expect(stage.screen == (screen == "K10" ? "K9" : screen))
        stage.pass(180)
        stage.pass(20)
        #expect(stage.screen == "K0")
        #expect(stage.asked.last == .endVisit(.idle))
        #expect(stage.effects.last == .wipe)
    }

    @Test func `typing a number idles out after 45 seconds, without a visit to end`() {
        var stage = Stage()
        stage.press("10")
        stage.pass(45)
        #expect(stage.screen == "K22")
        stage.pass(20)
        #expect(stage.screen == "K0")
        #expect(stage.asked == [])
    }

    @Test func `a visit with the fewest keys, second by second, is never closed while it rests or measures`() {
        var stage = Stage()
        stage.comeIn()
        stage.press("111")
        var seen: [String] = []
        func tick(_ seconds: Int, _ stage: inout Stage) {
            for _ in 0..<seconds {
                stage.pass(1)
                if seen.last != stage.screen { seen.append(stage.screen) }
            }
        }
        tick(300, &stage)
        tick(178, &stage)  // the longest anybody may look at K9
        stage.press("1")
        tick(178, &stage)  // and at the start key of the machine
        stage.tell(.cuffStarted)
        tick(120, &stage)  // the longest a cuff may work
        stage.finish(.first)
        tick(12, &stage)
        tick(60, &stage)
        stage.startCuff()
        tick(120, &stage)
        stage.finish(.second)
        tick(59, &stage)
        #expect(seen == ["K8", "K9", "K10", "K11", "K13", "K14", "K9", "K11", "K17"])
        #expect(!stage.asked.contains { if case .endVisit = $0 { true } else { false } })
        #expect(!stage.asked.contains(.stopAsking))
    }

    @Test func `who takes her time over a number, a PIN and a name is answered all the same`() {
        var stage = Stage()
        stage.press("1")
        stage.pass(20)
        stage.press("047E")
        stage.pass(20)
        stage.press("12")
        stage.pass(20)
        stage.press("34E")
        #expect(stage.screen == "K3")
        stage.pass(25)
        stage.press("1")
        #expect(stage.screen == "K5")
    }

    @Test func `a guest and whoever is asked was it you may think for twenty seconds`() {
        var stage = Stage()
        stage.press("2")
        stage.pass(40)
        stage.press("1")
        #expect(stage.screen == "K6")
        var asked = Stage(cuff: .resultOnly)
        asked.comeIn()
        asked.sitDown()
        asked.press("1")
        asked.tell(.askWhose(FactSequence(rawValue: 101)))
        asked.pass(20)
        asked.press("1")
        asked.pass(2)
        asked.tell(.result(.first))
        #expect(asked.screen == "K13")
    }

    @Test func `a hut that does not answer is not waited for longer than ten seconds`() {
        var stage = Stage()
        stage.answers = false
        stage.press("1047E1234E")
        stage.pass(9)
        #expect(stage.screen == "K2")
        stage.pass(2)
        #expect(stage.screen == "K1")
    }

    @Test func `Enter in the pause says how long it lasts`() {
        var stage = Stage()
        stage.measure(.first)
        stage.pass(12)
        stage.pass(34)
        stage.press("E")
        #expect(stage.screen == "K14")
        #expect(stage.bottom == " 还差 0:25")
    }

    @Test func `numbers of a crisis are hidden after ten minutes, the advice stays`() {
        var stage = Stage(.wide)
        stage.crisisTwice()
        #expect(stage.text.contains("196/110"))
        stage.pass(600)
        #expect(!stage.text.contains("196"))
        #expect(stage.text.contains("今天要看医生"))
    }

    @Test func `K13 and K14 and every second of the count-down ask for a deadline, K0 only for the minute`() {
        var stage = Stage()
        stage.pass(2)
        let toMinute = 60 - 3
        #expect(stage.kiosk.deadline == stage.now.monotonic + .seconds(toMinute))
        stage.measure(.first)
        stage.pass(12)
        #expect(stage.kiosk.deadline == stage.now.monotonic + .seconds(1))
    }

    @Test func `a late or early deadline is harmless`() {
        var stage = Stage()
        stage.comeIn()
        for _ in 0..<50 { stage.send(.deadline) }
        #expect(stage.screen == "K5")
        // The machine slept for a day: the next key must not find the visit open.
        stage.now.monotonic = stage.now.monotonic + .seconds(86_400)
        stage.now.hut = stage.now.hut + .seconds(86_400)
        stage.send(.key(.character("2")))
        #expect(stage.screen == "K22")
        #expect(stage.complaints == [])
    }
}
