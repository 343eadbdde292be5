// No dead end (H-42): from every screen a resident reaches K0, somebody to call, and a way to measure; or the screen
// is one of those that say why not. Searched by playing every key on every scene.

import Testing
import TextScreen
import Vitals

@testable import Kiosk

@Suite struct `The graph of screens` {
    /// Screens that stand because there is nothing to measure now, and say so.
    private static let saysWhyNot: [String: String] = [
        "X": "今天这台先不能记", "K9x": "今天用不了", "K17e": "明天同一时间再量", "K19b": "用手给您量", "K0-cuff-out": "今天用不了",
        // A danger screen: a doctor, not another number.
        "C3": "今天要看医生", "C3-staffed": "今天要看医生", "C3-later": "今天要看医生", "C4": "120", "C4-calling": "120",
        "C6": "正过来",
        // Low twice: the breath first.
        "S6": "喘不上气、躺不平吗",
        // The cuff is at work.
        "K11": "正在量", "K11-starting": "正在量",
    ]

    @Test(arguments: Scene.all)
    func `every screen reaches K0`(scene: Scene) {
        #expect(reaches(scene) { $0.screen == "K0" }, "\(scene.name)")
    }

    @Test(arguments: Scene.all)
    func `every screen reaches somebody to call`(scene: Scene) {
        // The call of a danger screen is made without leaving the advice.
        #expect(reaches(scene) { $0.screen == "H" || $0.asked.contains(.callHelp) }, "\(scene.name)")
    }

    @Test(arguments: Scene.all)
    func `every screen reaches the cuff or says why not`(scene: Scene) {
        if let reason = Self.saysWhyNot[scene.name] {
            #expect(scene.stage(.narrow).text.contains(reason))
        } else {
            #expect(reaches(scene) { $0.screen == "K9" }, "\(scene.name)")
        }
    }

    @Test func `the cuff is asked only by the key that says it is me`() {
        for scene in Scene.all {
            var stage = scene.stage(.narrow)
            let isAtTheCuff = stage.screen == "K9"
            stage.forgetEffects()
            stage.press("1")
            let hasAsked = stage.asked.contains { if case .ask = $0 { true } else { false } }
            #expect(hasAsked == isAtTheCuff, "\(scene.name)")
        }
    }

    @Test func `an instrument beside the cuff is asked only by the key that says it is me`() {
        for scene in Scene.all {
            var stage = scene.stage(.narrow)
            let isAtTheInstrument = stage.screen == "S2"
            stage.forgetEffects()
            stage.press("1")
            let hasAsked = stage.asked.contains { if case .measure = $0 { true } else { false } }
            #expect(hasAsked == isAtTheInstrument, "\(scene.name)")
        }
    }

    @Test func `every screen after a result beside the cuff reaches that instrument again`() {
        for scene in Scene.beside where scene.screen.hasPrefix("S") && scene.screen != "S6" {
            #expect(reaches(scene) { $0.screen == "S2" }, "\(scene.name)")
        }
    }

    @Test(arguments: Scene.all)
    func `every key in the bottom line does something`(scene: Scene) {
        let stage = scene.stage(.narrow)
        let room = stage.kiosk.room
        var keys = stage.kiosk.screen.ownKeys(room).map(\.key)
        for key in stage.kiosk.screen.keys(room) {
            switch key {
            case .help: keys.append("9")
            case .leave: keys.append("0")
            case .back: keys.append("B")
            }
        }
        for key in keys {
            var pressed = stage
            pressed.press(String(key))
            #expect(!pressed.bottom.contains("用不上"), "\(scene.name) \(key)")
        }
    }

    @Test(arguments: Scene.all)
    func `every choice on a screen does something`(scene: Scene) {
        let stage = scene.stage(.narrow)
        let look = Look(room: stage.kiosk.room, now: stage.now, isWide: false)
        for case .choice(let key, _, _) in stage.kiosk.screen.page(look).blocks {
            var pressed = stage
            pressed.forgetEffects()
            pressed.press(String(key))
            let isChange = pressed.text != stage.text || pressed.screen != stage.screen || !pressed.effects.isEmpty
            #expect(isChange && !pressed.bottom.contains("用不上"), "\(scene.name) \(key)")
        }
    }

    /// Breadth first over the keys and over doing nothing, six steps far.
    private func reaches(_ scene: Scene, _ isGoal: (Stage) -> Bool) -> Bool {
        var start = scene.stage(.narrow)
        // Whatever the hut kept from answering on the way here, it answers now.
        (start.draws, start.answers) = (false, true)
        start.forgetEffects()
        var frontier = [start]
        var seen: Set<String> = [start.state]
        for _ in 0..<6 {
            var next: [Stage] = []
            for stage in frontier {
                if isGoal(stage) { return true }
                for step in ["1", "2", "3", "4", "6", "0", "9", "E", "B", "1047E1234E", "wait"] {
                    var stage = stage
                    stage.play(step)
                    if isGoal(stage) { return true }
                    if seen.insert(stage.state).inserted { next.append(stage) }
                }
            }
            frontier = next
        }
        return false
    }
}

extension Stage {
    /// Screen and word in the bottom line: `0` once and not yet twice is a place of its own.
    fileprivate var state: String { screen + (kiosk.room.note?.chinese ?? "") }

    /// Keys, or doing nothing; the cuff lets go where it works, because a hut always says so in the end.
    fileprivate mutating func play(_ step: String) {
        if step == "wait" {
            if screen == "K11" { tell(.cuffSilent) } else { pass(70) }
            if screen == "C6" { tell(.alertClosed) }
            if screen == "X" { tell(.hall(.ordinary)) }
        } else {
            press(step)
        }
    }
}
