// A hostile keyboard: whatever is pressed and whatever the hut says, nothing crashes, no line is wider than the screen,
// an alert nobody has taken is on the screen, and no act happens without a session.

import Foundation
import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `A staff screen survives any keyboard` {
    /// 100,000 events; fewer where a sanitizer asks (`HEALTHHUT_PROPERTY_DIVISOR`).
    static let events = 100_000 / fuzzDivisor

    @Test(arguments: [UInt64(1), 2, 3, 4]) func `random keys and news`(seed: UInt64) {
        var random = SeededChance(seed: seed)
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

    private func event(_ random: inout SeededChance, _ rig: inout StaffRig) {
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
        case 8: rig.type("\(1 + random.next(4))2580\n")
        case 9:
            rig.hut.card.isNewcomer = random.next(2) == 0
            rig.hut.card.maybeSame = random.next(2) == 0 ? [StaffSamples.people[0]] : []
            rig.hut.card.pressures = random.next(3) == 0 ? [] : StaffSamples.card.pressures
        case 10: rig.hut.requests = random.next(2) == 0 ? [] : StaffSamples.requests
        default: rig.press(Self.keys[random.next(Self.keys.count)])
        }
    }

    private static let rows = StaffSamples.longWorklist(1_200).rows
    private static let keys: [Key] =
        "0123456789tcuyxmgbvjnqadefhiklopqrswz/?*+-赵张凤!: \u{200B}🏥é".map(Key.character) + [
            .enter, .enter, .backspace, .escape, .tab, .up, .down, .left, .right, .pageUp, .pageDown,
        ]

    private func check(_ rig: StaffRig, seed: UInt64, step: Int) {
        for language in Language.allCases {
            let lines = rig.text(language).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            #expect(lines.count == rig.size.rows, "seed \(seed) step \(step)")
            #expect(lines.allSatisfy { cellWidth($0) <= rig.size.columns }, "seed \(seed) step \(step)")
            let rings = rig.hut.alerts.contains { $0.takenBy == nil } && rig.knowsAlerts
            if rings, rig.size.columns >= 8 {
                // At eight columns nothing else of the line has room.
                #expect(lines.first?.hasPrefix("!!") == true, "seed \(seed) step \(step) \(lines.prefix(3))")
            }
        }
    }
}

extension SeededChance {
    mutating func next(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

@Suite struct `A key after a number acts on the row that stands there` {
    /// What stands beside the number, what a key did, and the news that come between.
    @Test(arguments: [UInt64(11), 12, 13]) func `on the worklist, whatever comes between`(seed: UInt64) throws {
        var random = SeededChance(seed: seed)
        var rig = StaffRig.loggedIn(size: seed == 12 ? narrowScreen : wideScreen)
        for step in 0..<max(1, 400 / fuzzDivisor) {
            rig.tell(.worklist(Self.shuffled(&random)))
            rig.type(["", "a", "d", "c"][random.next(4)])
            let typed = String(1 + random.next(40))
            rig.type(typed)
            rig.tell(.worklist(Self.shuffled(&random)))
            rig.hut.worklist = Self.shuffled(&random)
            let shown = rig.bottomLine.firstMatch(of: /(\d+)_ 居民(\d+)/)
            let beside = rig.text().matches(of: /(?m)^ *(\d+) ?(?:!!|[!o.]) *(?:\[.*\])?居民(\d+)/)
                .first { $0.1 == Substring(typed) }
            #expect(shown?.2 == beside?.2, "seed \(seed) step \(step)")
            rig.forget()
            rig.type("t")
            guard let shown else {
                #expect(rig.acts.isEmpty, "seed \(seed) step \(step)")
                rig.type("\u{8}\u{8}")
                continue
            }
            let flag = StaffSamples.fact(try #require(Int64(shown.2)))
            #expect(rig.acts == [.take(flag)], "seed \(seed) step \(step)")
            if rig.text().contains("打电话") {
                #expect(rig.text().contains("给 居民\(shown.2) 打电话"), "seed \(seed) step \(step)")
                rig.press(.escape)
            }
        }
    }

    /// Some of forty rows in any order, some of them critical or due.
    private static func shuffled(_ random: inout SeededChance) -> Worklist {
        var list = StaffSamples.longWorklist(40)
        for index in list.rows.indices {
            list.rows.swapAt(index, random.next(list.rows.count))
            list.rows[index].severity = random.next(4) == 0 ? .critical : .soon
            list.rows[index].due = random.next(2) == 0 ? StaffSamples.day("2026-11-20") : nil
        }
        list.rows = Array(list.rows.prefix(random.next(41)))
        return list
    }

    @Test(arguments: [UInt64(21), 22]) func `on the requests, whatever comes between`(seed: UInt64) throws {
        var random = SeededChance(seed: seed)
        var rig = StaffRig.loggedIn()
        rig.type("r")
        for step in 0..<max(1, 200 / fuzzDivisor) {
            rig.tell(.desk(.requests(Self.requests(&random))))
            rig.type(String(1 + random.next(12)))
            rig.tell(.desk(.requests(Self.requests(&random))))
            let shown = rig.bottomLine.firstMatch(of: /\d+_ 居民(\d+)/)
            rig.type("a")
            if let shown {
                #expect(rig.text().hasPrefix("答复 居民\(shown.1)\n"), "seed \(seed) step \(step)")
                rig.forget()
                rig.type("1\n")
                let fact = StaffSamples.fact(try #require(Int64(shown.1)))
                #expect(rig.acts == [.desk(.answerRequest(fact, answer: "已经打过电话了"))], "seed \(seed) step \(step)")
            } else {
                rig.type("\u{8}\u{8}")
            }
        }
    }

    private static func requests(_ random: inout SeededChance) -> [RequestLine] {
        (0..<random.next(12)).map { _ in
            let number = Int64(1 + random.next(90))
            return RequestLine(
                request: StaffSamples.fact(number), resident: ResidentKey(rawValue: number), number: "\(100 + number)",
                name: "居民\(number)", what: .call, at: staffMorning)
        }
    }
}

/// A sanitizer asks for fewer (`HEALTHHUT_PROPERTY_DIVISOR`).
let fuzzDivisor = ProcessInfo.processInfo.environment["HEALTHHUT_PROPERTY_DIVISOR"].flatMap(Int.init) ?? 1
