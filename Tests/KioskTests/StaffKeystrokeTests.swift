// The cases of nurse-screens 4 that exist now, counted as she types them from the worklist.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `What a nurse does takes the keys that were counted` {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let typed: String
        let count: Int
        let act: StaffEffect
    }

    static let cases = [
        Case(testDescription: "take a critical alert", typed: "1t", count: 2, act: .take(StaffSamples.fact(1))),
        Case(
            testDescription: "close it: referred", typed: "1c21\n", count: 5,
            act: .close(StaffSamples.fact(1), .referred, note: "社区卫生服务中心")),
        Case(
            testDescription: "claim with a hint", typed: "u1y\n", count: 4,
            act: .claim(StaffSamples.fact(901), ResidentKey(rawValue: 47), reason: "按提示认领")),
        Case(
            testDescription: "claim without a hint", typed: "u2/zfh1y\n", count: 9,
            act: .claim(StaffSamples.fact(902), ResidentKey(rawValue: 21), reason: "护士找人认领")),
        Case(
            testDescription: "discard", typed: "u1x3\n", count: 5,
            act: .discard(StaffSamples.fact(901), .badMeasurement, note: "")),
        Case(
            testDescription: "nobody answered", typed: "7t1\n", count: 4,
            act: .desk(.called(ResidentKey(rawValue: 18), .noAnswer))),
        Case(
            testDescription: "the ambulance took over", typed: "1c1\n", count: 4,
            act: .close(StaffSamples.fact(1), .ambulance, note: "")),
        Case(
            testDescription: "calmed here, measured again after 15 minutes", typed: "1c315\n", count: 6,
            act: .close(StaffSamples.fact(1), .handledHere, note: "15 分钟后又量了")),
        Case(
            testDescription: "fetched by a daughter", typed: "1c43\n", count: 5,
            act: .close(StaffSamples.fact(1), .fetchedByFamily, note: "女儿")),
        Case(
            testDescription: "fetched by somebody written", typed: "1c4孙子小明\n", count: 8,
            act: .close(StaffSamples.fact(1), .fetchedByFamily, note: "孙子小明")),
        Case(
            testDescription: "refused, was told", typed: "1c5\n", count: 4,
            act: .close(StaffSamples.fact(1), .refused, note: "")),
        Case(
            testDescription: "not this person's reading", typed: "1c6\n", count: 4,
            act: .close(StaffSamples.fact(1), .notThisPerson, note: "")),
        Case(
            testDescription: "device fault", typed: "1c7\n", count: 4,
            act: .close(StaffSamples.fact(1), .deviceFault, note: "")),
        Case(
            testDescription: "followed up by telephone", typed: "5c12\n", count: 5,
            act: .close(StaffSamples.fact(5), .followedUp, note: "打过电话了")),
        Case(
            testDescription: "nothing needed, with a reason", typed: "5c21\n", count: 5,
            act: .close(StaffSamples.fact(5), .notNeeded, note: "已经在别处看了")),
        Case(
            testDescription: "move a reading", typed: "5\nr1m赵12\n", count: 9,
            act: .move(
                StaffSamples.fact(801), from: ResidentKey(rawValue: 47), to: ResidentKey(rawValue: 21), reason: "认错人了")),
        Case(
            testDescription: "give a reading back", typed: "5\nr2g3\n", count: 7,
            act: .giveBack(StaffSamples.fact(802), reason: "本人说不是")),
        Case(
            testDescription: "type a value from the telephone", typed: "5\nk156 84\n3\n", count: 12,
            act: .typeReading(
                ResidentKey(rawValue: 47), BloodPressure(systolic: 156, diastolic: 84), place: "电话，本人说的")),
    ]

    @Test(arguments: cases) func `the keys give one act and its answer in the bottom line`(example: Case) {
        var hut = StaffHut()
        hut.alerts = [StaffSamples.alert(1, "李国强 男 78岁 052号")]
        var rig = StaffRig.loggedIn(hut: hut)
        rig.type(example.typed)
        #expect(rig.keysPressed == example.count)
        // A row that is called about is taken in the same key.
        #expect(rig.acts.filter { $0 != .take(StaffSamples.fact(7)) } == [example.act])
        #expect(rig.bottomLine.contains("存好了") || rig.bottomLine.contains("记上了"))
    }

    @Test func `finding somebody takes a slash, the name and a digit`() {
        var rig = StaffRig.loggedIn()
        rig.type("/zfh1")
        #expect(rig.keysPressed == 5)
        #expect(rig.effects.contains(.staff(.loadResident(ResidentKey(rawValue: 21)))))
    }

    @Test func `a hut number is found with Enter, because its digits are no choice`() {
        var rig = StaffRig.loggedIn()
        rig.type("/047\n")
        #expect(rig.effects.contains(.staff(.loadResident(ResidentKey(rawValue: 47)))))
    }

    @Test func `logging out takes one key on the worklist, on a resident and on the unclaimed list`() {
        for way in ["", "5\n", "u"] {
            var rig = StaffRig.loggedIn()
            rig.type(way)
            rig.forget()
            rig.type("q")
            #expect(rig.acts == [.logOut])
            #expect(rig.effects.contains(.wipe))
            #expect(rig.text().contains("护士、医生登录"))
        }
    }

    @Test func `the page of keys does by number what a key does`() {
        var rig = StaffRig.loggedIn()
        rig.type("?8")
        #expect(rig.text().contains("没认领"))
        rig.type("\u{8}5*1")
        #expect(rig.text().contains("张桂芳 女 81岁 047号"))
    }
}

extension StaffRig {
    /// The last line that has words above nothing: where answers stand.
    var bottomLine: String {
        String(text().split(separator: "\n", omittingEmptySubsequences: false).dropLast().last ?? "")
    }
}
