// Newcomers on the nurse's screen, and the devices: what is shown, what a key does, and what no key does.

import Kiosk
import Testing
import TextScreen
import Vitals

extension StaffSamples {
    /// Two who enrolled themselves; the first has a namesake.
    static let newcomers = [
        NewcomerRow(
            person: Candidate(
                key: ResidentKey(rawValue: 101), number: "101", name: "赵凤华", sex: .female, age: 66,
                lastValues: ["148/86"]),
            birth: day("1960-01-01"), cardEnds: "002X", namesakes: [people[0]]),
        NewcomerRow(
            person: Candidate(
                key: ResidentKey(rawValue: 102), number: "102", name: "测试新", sex: .male, age: 27, lastValues: []),
            birth: day("1999-01-10"), cardEnds: "1512"),
    ]

    static let devices = [
        DeviceRow(
            instrument: InstrumentID(rawValue: "cuff-1"), name: "Maibobo arm-in monitor",
            station: StationID(rawValue: "booth-1"), state: .ready),
        DeviceRow(
            instrument: InstrumentID(rawValue: "printer-1"), name: "ESC/POS receipt printer",
            station: StationID(rawValue: "booth-1"), state: .ready,
            trouble: LocalizedText("打印机没纸了", en: "the printer has no paper")),
        DeviceRow(
            instrument: InstrumentID(rawValue: "printer-2"), name: "ESC/POS receipt printer",
            station: StationID(rawValue: "booth-2"), state: .ready,
            trouble: LocalizedText("打印机快没纸了", en: "the printer is nearly out of paper"), isWarning: true),
        DeviceRow(
            instrument: InstrumentID(rawValue: "gsm"), name: "GSM modem", station: nil, state: .silent,
            trouble: LocalizedText("短信猫没有回应", en: "the modem does not answer")),
        DeviceRow(
            instrument: InstrumentID(rawValue: "card-1"), name: "Resident-card reader (SAM)",
            station: StationID(rawValue: "booth-1"), state: .unplugged),
        DeviceRow(
            instrument: InstrumentID(rawValue: "scale-2"), name: "Tanita scale",
            station: StationID(rawValue: "booth-2"), state: .babbling),
    ]
}

@Suite struct `Newcomers and devices` {
    /// A worklist that says how many wait.
    private func rig(waiting: Int = 2) -> StaffRig {
        var worklist = StaffSamples.worklist
        worklist.newcomers = waiting
        return StaffRig.loggedIn(hut: StaffHut(worklist: worklist))
    }

    @Test func `the worklist says how many wait, and of none it does not speak`() {
        #expect(rig().text().contains("n=新来的2"))
        #expect(!rig(waiting: 0).text().contains("新来"))
    }

    @Test func `a number and y say that a person was seen; the list is asked for anew`() {
        var rig = rig()
        rig.type("n2")
        rig.hut.newcomers.removeLast()
        rig.type("y")
        #expect(rig.acts == [.confirmResident(ResidentKey(rawValue: 102))])
        #expect(!rig.text().contains("测试新") && rig.text().contains("赵凤华"))
        #expect(rig.text().contains("存好了"))
    }

    @Test func `whoever has the same name stands beside, with the last values`() {
        var rig = rig()
        rig.type("n1")
        #expect(rig.text().contains("赵凤华 女 67岁 021号  164/92 158/90 160/94"))
        #expect(rig.text().contains("名册里还有同名的"))
        rig.type("\u{8}2")
        #expect(!rig.text().contains("021号") && rig.text().contains("名册里没有同名的"))
    }

    @Test(arguments: ["ny", "n3y", "n\n", "n9\n"])
    func `without a row nothing is confirmed or opened`(keys: String) {
        var rig = rig()
        rig.type(keys)
        #expect(rig.acts.isEmpty && rig.text().contains("刷证新来的"))
    }

    @Test func `a second press while it is saved is not a second word`() {
        var rig = rig()
        rig.hut.isMute = true
        rig.type("n1y1y")
        #expect(rig.acts == [.confirmResident(ResidentKey(rawValue: 101))])
    }

    @Test func `a list that cannot be read is not asked for again and again`() {
        var rig = rig()
        rig.type("n")
        rig.forget()
        rig.tell(.failed(LocalizedText("没取到", en: "not read")))
        #expect(rig.effects.isEmpty && rig.text().contains("没取到"))
    }

    @Test func `rows do not move under a number that is being typed`() {
        var rig = rig()
        rig.type("n2")
        rig.tell(.newcomers([StaffSamples.newcomers[1], StaffSamples.newcomers[0]]))
        rig.type("y")
        #expect(rig.acts == [.confirmResident(ResidentKey(rawValue: 102))])
    }

    @Test func `Enter shows the person`() {
        var rig = rig()
        rig.type("n1\n")
        #expect(rig.text().contains("要办"))
    }

    @Test func `what must be seen to stands first and is counted on the worklist`() throws {
        var rig = rig()
        #expect(!rig.text().contains("i=机器"))
        rig.type("?0")
        #expect(rig.text().contains("i=机器") && !rig.text().contains("要看"))
        rig.press(.escape)
        rig.tell(.devices(StaffSamples.devices))
        #expect(rig.text().contains("i=机器(要看4)"))
        rig.type("i")
        let text = rig.text()
        let order = try ["card-1", "printer-1", "scale-2", "gsm", "printer-2", "cuff-1"].map { name in
            try #require(text.firstRange(of: name)?.lowerBound)
        }
        #expect(order == order.sorted() && text.contains("打印机没纸了") && text.contains("短信猫没有回应"))
    }

    @Test func `the page follows the devices while it stands`() {
        var rig = rig()
        rig.tell(.devices(StaffSamples.devices))
        rig.type("i")
        rig.tell(.devices([StaffSamples.devices[0]]))
        #expect(rig.text().contains("都好") && !rig.text().contains("打印机没纸了"))
    }

    @Test(arguments: [wideScreen, narrowScreen])
    func `more devices than the page holds are turned to, and none is lost`(size: ScreenSize) {
        var rig = StaffRig.loggedIn(size: size)
        let many = (1...40).map { number in
            DeviceRow(
                instrument: InstrumentID(rawValue: "device-\(number)."), name: "", station: nil, state: .ready)
        }
        rig.tell(.devices(many))
        rig.type("i")
        var seen: Set<Int> = []
        for _ in 1...40 {
            let text = rig.text()
            for number in 1...40 where text.contains("device-\(number).") { seen.insert(number) }
            rig.press(.pageDown)
        }
        #expect(seen.count == 40)
    }
}
