// The hazard of the morning (H-01): somebody's very high value comes while a nurse fills in the form of somebody else, and
// the list re-sorts under her hands. What she types stays with the person whose name stands on the form.

import Ledger
import Testing
import TextScreen
import Vitals

@testable import healthhut

extension MorningWork {
    /// A form is left half filled for an emergency, and finished afterwards.
    func interrupted() throws {
        let person = people.with(.again)[15]
        let other = people.with(.well)[0]
        let (key, before) = (try morning.key(person), try records(of: person))
        let booth = try TestTerminal("\(morning.hut.folder.path)/booth-2")
        let row = String(try nurse.row(person.name))
        nurse.press(row + "f31156 8")
        #expect(nurse.screen.contains(person.name) && nurse.screen.contains("[156 8_]"))

        try morning.sitDown(other, at: booth)
        try morning.measure(at: booth)
        morning.stayAway()
        // It rings on top of the form, the half-typed value stands where it stood, under the same name.
        let screen = nurse.screen
        #expect(screen.contains("!!") && screen.contains(person.name) && screen.contains("[156 8_]"), "\(screen)")
        #expect(screen.contains(other.name) || screen.contains("2号台"))
        nurse.press("\t")
        #expect(nurse.screen.contains("再按一下Tab=接："))
        nurse.press("\t")
        let nurseKey = try morning.nurse()
        for (rule, subject) in try emergency(of: other) {
            #expect(try morning.open(rule, subject)?.takenBy == nurseKey, "\(rule.rawValue)")
        }
        nurse.press("4\rs")
        #expect(try records(of: person) == before)
        let draft = try morning.hut.ask { try await $0.followUpDraft(of: key, by: nurseKey) }
        #expect(draft != nil)
        nurse.note("half a form", row.count + 14)

        try endEmergency(of: other)
        try nurse.act("the other half of it", on: person.name, "f\r=11=2\r\r", budget: 10)
        try expectRecord(of: person, after: before, .notControlled)
        let record = try #require(try morning.hut.ask { try await $0.followUps(of: key, limit: 1) }.first).record
        #expect(record.method == .phone && record.pressure?.value == FormPressure(systolic: 156, diastolic: 84))
        #expect(try records(of: other) == 0)
        let strangers = try morning.key(other)
        #expect(try morning.hut.ask { try await $0.followUpDraft(of: strangers, by: nurseKey) } == nil)
        try nurse.compare()
    }

    private func records(of person: MorningPerson) throws -> Int {
        let key = try morning.key(person)
        return try morning.hut.ask { try await $0.followUps(of: key, limit: 9) }.count
    }

    private func emergency(of person: MorningPerson) throws -> [(RuleID, FlagSubject)] {
        [("STATION", .station(StationID(rawValue: "booth-2"))), ("BP-02", .resident(try morning.key(person)))]
    }

    /// She was taken care of: one row, one ending, for her flag and the station's.
    private func endEmergency(of person: MorningPerson) throws {
        let flags = try emergency(of: person).map { try #require(try morning.open($0.0, $0.1)).id }
        try nurse.act("close an alert: referred", on: person.name, "c21\r", budget: 5)
        for flag in flags { note(flag, .referred) }
        owe("FU-03", person, 14)
        try nurse.compare()
    }
}
