// Lending a monitor and taking it back: what is said at lending, to the key, and what is claimed at the return.

import Kiosk
import Testing
import Vitals

extension StaffSamples {
    /// One is here, one is out with somebody else's first key said.
    static let monitors = [
        MonitorRow(instrument: InstrumentID(rawValue: "home-1"), isConnected: true),
        MonitorRow(
            instrument: InstrumentID(rawValue: "home-2"), isConnected: false,
            borrowers: [MonitorRow.Borrowed(resident: ResidentKey(rawValue: 91), name: "李国强", userSlot: 1)]),
    ]

    /// The same, the second one out with the resident of the fifth row and back with its memory.
    static func monitors(of worklist: Worklist) -> [MonitorRow] {
        guard case .resident(let key) = worklist.rows[4].subject else { return monitors }
        var rows = monitors
        rows[1].isConnected = true
        rows[1].borrowers = [
            MonitorRow.Borrowed(resident: key, name: "张桂芳", userSlot: 1),
            MonitorRow.Borrowed(resident: ResidentKey(rawValue: 91), name: "李国强", userSlot: 2),
        ]
        rows[1].records = [
            record(1, 142, "张桂芳", minutesAgo: 600), record(2, 168, "李国强", minutesAgo: 620),
            record(3, 131, nil, minutesAgo: 640), record(1, 139, nil, minutesAgo: 20_000, isTimeFaulty: true),
        ]
        return rows
    }

    private static func record(
        _ slot: Int, _ systolic: Int, _ name: String?, minutesAgo: Int, isTimeFaulty: Bool = false
    ) -> MonitorRow.Record {
        var row = reading(Int64(systolic), pressure(systolic, 84, 70), minutesAgo: minutesAgo)
        row.instrument = InstrumentID(rawValue: "home-2")
        row.source = .cuffHome
        return MonitorRow.Record(reading: row, userSlot: slot, name: name, isTimeFaulty: isTimeFaulty)
    }
}

@Suite struct `Monitors that are lent` {
    private let home1 = InstrumentID(rawValue: "home-1")
    private let home2 = InstrumentID(rawValue: "home-2")

    private func resident(_ rig: StaffRig) throws -> ResidentKey {
        guard case .resident(let key) = rig.hut.worklist.rows[4].subject else { throw CancellationError() }
        return key
    }

    @Test(arguments: [("1", nil), ("2", 1), ("3", 2)] as [(String, Int?)])
    func `one that is here goes to this person alone, or with a key`(digit: String, slot: Int?) throws {
        var rig = StaffRig.loggedIn(lends: true)
        let key = try resident(rig)
        rig.type("5\nj1\n\(digit)")
        #expect(rig.acts == [.lend(home1, key, userSlot: slot)])
    }

    @Test func `of one that is out only the other key can be said`() throws {
        var rig = StaffRig.loggedIn(lends: true)
        let key = try resident(rig)
        rig.type("5\nj2\n12")
        #expect(rig.acts == [])
        rig.type("3")
        #expect(rig.acts == [.lend(home2, key, userSlot: 2)])
    }

    @Test(arguments: [("y", true), ("n", false)])
    func `at the return her word claims what was named, or nothing`(letter: String, claims: Bool) {
        var rig = StaffRig.loggedIn(lends: true)
        rig.hut.monitors = StaffSamples.monitors(of: rig.hut.worklist)
        rig.type("5\nj2\n")
        let text = rig.text()
        #expect(text.contains("时间不对") && text.contains("没说是谁") && text.contains("用户2"))
        rig.type(letter)
        #expect(rig.acts == [.takeBack(home2, claims: claims)])
    }

    @Test func `nothing read yet is nothing to claim`() {
        var rig = StaffRig.loggedIn(lends: true)
        rig.hut.monitors = StaffSamples.monitors(of: rig.hut.worklist)
        rig.hut.monitors[1].records = []
        rig.type("5\nj2\ny")
        #expect(rig.acts == [])
    }

    @Test func `a hut without monitors has no such key`() {
        var rig = StaffRig.loggedIn()
        rig.type("5\nj")
        #expect(rig.acts == [] && rig.text().contains("张桂芳"))
    }
}
