// A hostile keyboard: whatever is pressed and whatever the hut says, nothing crashes, no line is wider than the screen,
// an alert nobody has taken is on the screen, and no act happens without a session.

import Foundation
import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `A staff screen survives any keyboard` {
    /// 100,000 events; fewer where a sanitizer asks (`HEALTHHUT_PROPERTY_DIVISOR`).
    static let events =
        100_000 / (ProcessInfo.processInfo.environment["HEALTHHUT_PROPERTY_DIVISOR"].flatMap(Int.init) ?? 1)

    @Test(arguments: [UInt64(1), 2, 3, 4]) func `random keys and news`(seed: UInt64) {
        var random = StaffRandom(state: seed)
        var rig = StaffRig(seed % 2 == 0 ? booth : .desk("nurse"), size: wideScreen, lends: true)
        for step in 0..<Self.events / 4 {
            if rig.screen.isFinished { rig = StaffRig(booth, size: rig.size, lends: true) }
            rig.hut.isMute = random.next(20) == 0
            rig.hut.isFailing = random.next(10) == 0
            event(&random, &rig)
            if step % 40 == 0 { check(rig, seed: seed, step: step) }
            if rig.effects.count > 1_000 { rig.forget() }
        }
    }

    private func event(_ random: inout StaffRandom, _ rig: inout StaffRig) {
        switch random.next(40) {
        case 0: rig.wait(.seconds(Int64(random.next(70))))
        case 1:
            let size = ScreenSize(columns: 1 + random.next(130), rows: 1 + random.next(50))
            rig.size = size
            rig.tell(.resized(size))
        case 2:
            rig.hut.alerts = (0..<random.next(6)).map {
                StaffSamples.alert(Int64($0), "居民\($0)", takenBy: random.next(2) == 0 ? "王敏" : nil)
            }
            rig.tell(.alerts(rig.hut.alerts))
        case 3: rig.hut.worklist.rows = Array(Self.rows.prefix(random.next(1_200)))
        case 4: rig.hut.worklist = random.next(2) == 0 ? StaffSamples.worklist : Worklist()
        case 5: rig.tell(.measured(StaffSamples.reading(950, StaffSamples.pressure(136, 81, 70), minutesAgo: 0)))
        case 6: rig.tell(random.next(2) == 0 ? .unclaimedArrived : .saved(LocalizedText("好", en: "done")))
        case 7: rig.hut.card.openFlags = Array(repeating: StaffSamples.card.openFlags[0], count: random.next(20))
        case 8: rig.type("12580\n")
        default: rig.press(Self.keys[random.next(Self.keys.count)])
        }
    }

    private static let rows = StaffSamples.longWorklist(1_200).rows
    private static let keys: [Key] =
        "0123456789tcuyxmgbvjnfwpsq/?*+-赵张凤a \u{200B}🏥é".map(Key.character) + [
            .enter, .enter, .backspace, .escape, .tab, .up, .down, .left, .right, .pageUp, .pageDown,
        ]

    private func check(_ rig: StaffRig, seed: UInt64, step: Int) {
        for language in Language.allCases {
            let lines = rig.text(language).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            #expect(lines.count == rig.size.rows, "seed \(seed) step \(step)")
            #expect(lines.allSatisfy { cellWidth($0) <= rig.size.columns }, "seed \(seed) step \(step)")
            let rings = rig.hut.alerts.contains { $0.takenBy == nil } && rig.knowsAlerts
            if rings, rig.size.columns >= 8 {
                #expect(lines.first?.hasPrefix("!! ") == true, "seed \(seed) step \(step)")
            }
        }
    }
}

/// SplitMix64: the same events for the same seed on every machine.
struct StaffRandom {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
