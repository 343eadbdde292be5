// A verdict of two waits for a doctor: from the nurse's form to the doctor's signature, in a whole hut.

import Foundation
import Kiosk
import Ledger
import Testing
import Vitals

@testable import healthhut

@Suite(.serialized) struct `A doctor's second signature in a whole hut` {
    @Test func `what a nurse signed with class two waits for the doctor, whose two keys end it`() async throws {
        try await onThread {
            let day = try DayHut { ledger, at in
                let today = UTCOffset.china.day(of: at)
                let resident = Resident(
                    number: "021", name: "赵凤华", sex: .female, birth: LocalDay(year: 1_959, month: 4, day: 2),
                    phone: "13900000221", conditions: [.hypertension])
                let key = try await DayPeople.add(resident, to: ledger, at: at)
                let nurse = try #require(try await ledger.staff().first).key
                let records = [
                    DayPeople.followUp(of: key, on: today + -30, .controlled),
                    DayPeople.followUp(of: key, on: today, .notControlled, next: 14),
                ]
                try await ledger.append(records.map { .followUpRecorded($0, by: nurse) }, at: at)
            }
            try day.hut.up()
            let key = try day.key("021")
            // A nurse has no such page, and the hut would not take her word.
            let nurse = try day.hut.nurse()
            #expect(!nurse.text.contains("复核"))
            try day.hut.on("名单", type: "k", at: nurse)
            #expect(!nurse.shows("等医生复核", within: 0))
            let effect = StaffEffect.desk(.countersign(FactSequence(rawValue: 1), key))
            #expect(!effect.isOpen(to: .nurse) && effect.isOpen(to: .doctor) && !effect.isOpen(to: .operator))

            let doctor = try day.doctor()
            try day.hut.on("k=复核1", type: "k", at: doctor)
            let page = try doctor.until("等医生复核的随访 1")
            #expect(page.contains("赵凤华") && page.contains("136/80") && page.contains("不满意"))
            #expect(page.contains(HeldHut.nurse))
            try day.hut.on("等医生复核的随访 1", type: "1s", at: doctor)
            try doctor.until("没有等复核的随访")
            let followUps = try day.hut.ask { try await $0.followUps(of: key, limit: 5) }
            #expect(followUps.map { $0.countersignedBy?.rawValue } == [2, nil])
            #expect(try day.hut.ask { try await $0.countersignCount() } == 0)
            try day.hut.on("没有等复核的随访", type: "\u{7F}", at: doctor)
            try doctor.until("k=复核0")
            // Whoever opens her page sees that it was looked at twice, and by whom.
            try day.hut.on("名单", type: "/021\r", at: nurse)
            try nurse.until("\(HeldHut.nurse) 复核\(DayHut.doctor)")
            day.hut.down()
            let audit = try Program.run(["audit", "show", "--settings", day.settings]).out
            #expect(audit.split(separator: "\n").count { $0.contains("followUpCountersigned") } == 1)
        }
    }
}
