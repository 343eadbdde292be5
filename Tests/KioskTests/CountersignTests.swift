// What waits for a doctor's second signature, and the two keys that give it.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `A doctor countersigns` {
    private func doctor(size: ScreenSize = wideScreen, _ change: (inout StaffHut) -> Void = { _ in }) -> StaffRig {
        var hut = StaffHut()
        hut.worklist.countersigns = 2
        change(&hut)
        var rig = StaffRig.loggedIn(size: size, hut: hut, as: .doctor)
        rig.type("k")
        return rig
    }

    @Test func `number and s sign one follow-up, and the list comes anew`() {
        var rig = doctor()
        rig.forget()
        rig.type("2s")
        #expect(rig.acts == [.desk(.countersign(StaffSamples.fact(612), ResidentKey(rawValue: 34)))])
        #expect(rig.effects.contains(.staff(.desk(.loadCountersigns))))
    }

    @Test func `a number that is no row signs nothing, and none at all says so`() {
        var rig = doctor()
        rig.forget()
        rig.type("9s")
        #expect(rig.acts.isEmpty && rig.bottomLine.contains("没有这个序号"))
        rig.type("s")
        #expect(rig.acts.isEmpty)
    }

    @Test func `rows do not move under a number that is being typed`() {
        var rig = doctor()
        rig.type("2")
        rig.tell(.desk(.countersigns([StaffSamples.countersigns[1]])))
        rig.forget()
        rig.type("s")
        #expect(rig.acts == [.desk(.countersign(StaffSamples.fact(612), ResidentKey(rawValue: 34)))])
    }

    @Test(arguments: [wideScreen, narrowScreen])
    func `whatever was written about it stands whole, the next date too`(size: ScreenSize) {
        let rig = doctor(size: size) { hut in
            hut.countersigns[1].kept = "本人说这两天没睡好"
            hut.countersigns[1].referral = "市第一人民医院心血管内科 血压三次没控制住"
        }
        let text = rig.text().split(separator: "\n").map { $0.drop { $0 == " " } }.joined()
        for words in ["不良反应(脚肿)", "理由：本人说这两天没睡好", "转诊：市第一人民医院心血管内科", "血压三次没控制住", "下次12-05"] {
            #expect(text.contains(words), "\(words) in \(rig.text())")
        }
    }

    @Test func `a list that cannot be read is not asked for again and again`() {
        var rig = doctor()
        rig.forget()
        rig.tell(.failed(LocalizedText("没取到", en: "not read")))
        #expect(rig.effects.isEmpty && rig.text().contains("没取到"))
    }

    @Test func `a second press while it is saved is not a second word`() {
        var rig = doctor { $0.isMute = true }
        rig.forget()
        rig.type("1s1s")
        #expect(rig.acts == [.desk(.countersign(StaffSamples.fact(611), ResidentKey(rawValue: 21)))])
    }

    @Test func `Enter opens the resident`() {
        var rig = doctor()
        rig.type("1\n")
        #expect(rig.effects.contains(.staff(.loadResident(ResidentKey(rawValue: 21)))))
    }

    @Test func `the worklist tells a doctor how many wait, and a nurse has no such key`() {
        var hut = StaffHut()
        hut.worklist.countersigns = 2
        #expect(StaffRig.loggedIn(hut: hut, as: .doctor).text().contains("k=复核2"))
        var nurse = StaffRig.loggedIn(hut: hut)
        #expect(!nurse.text().contains("复核"))
        nurse.type("k")
        #expect(nurse.acts.isEmpty && !nurse.text().contains("等医生复核"))
    }
}

@Suite struct `A call for help says how full the band is` {
    private func rig(_ size: ScreenSize, contact: Bool = true) -> StaffRig {
        var alert = StaffSamples.sos
        alert.batteryPercent = 71
        if !contact { alert.contact = nil }
        var rig = StaffRig.loggedIn(size: size)
        rig.tell(.alerts([alert]))
        return rig
    }

    @Test(arguments: Language.allCases)
    func `behind where it was and whom to call`(language: Language) throws {
        let name = "alert-sos-battery-80x24-\(language == .chinese ? "zh" : "en").txt"
        try expectGolden(rig(wideScreen).text(language), name)
        #expect(rig(wideScreen, contact: false).text().contains("电71%"))
    }

    @Test(arguments: Language.allCases)
    func `and each of several says where it is`(language: Language) throws {
        var other = StaffSamples.sos
        (other.flag, other.who, other.position) = (
            StaffSamples.fact(77), StaffSamples.person("张桂芳 女 81岁 047号"), nil
        )
        var rig = StaffRig.loggedIn()
        rig.tell(.alerts([StaffSamples.sos, other]))
        try expectGolden(rig.text(language), "alert-sos-two-80x24-\(language == .chinese ? "zh" : "en").txt")
        let lines = rig.text().split(separator: "\n").prefix(2)
        #expect(lines[0].contains("34.1234,113.1234(19 分钟前)") && lines[1].contains("不知道在哪里"))
    }

    @Test(arguments: [wideScreen, narrowScreen])
    func `but never at the cost of the number to call`(size: ScreenSize) throws {
        let contact = try #require(StaffSamples.sos.contact)
        #expect(rig(size).text().contains(contact.phone))
    }
}
