// The rest of the morning: readings without an owner, requests, filters, the search, an exam, and the sheet that came back
// from the streets.

import Ledger
import Testing
import TextScreen
import Vitals

@testable import healthhut

extension MorningWork {
    /// As the list of unclaimed readings writes it.
    private func text(_ pressure: BloodPressure) -> String {
        "\(pressure.systolic.value)/\(pressure.diastolic.value)"
    }

    private func unclaimed() throws -> Int { try morning.hut.ask { try await $0.unclaimedCount() } }

    func unclaimedReadings() throws {
        let hinted = people.with(.due).suffix(3)
        for (pressure, person) in zip(MorningPeople.unowned, hinted) {
            try onUnclaimed("claim with a hint", pressure, "y\r", budget: 4)
            try expectOwner(of: pressure, person)
        }
        let owner = try #require(
            people.with(.low).first { person in
                people.all.count { $0.initials.hasPrefix(person.initials) } == 1
            } ?? people.all.first { person in people.all.count { $0.initials.hasPrefix(person.initials) } == 1 })
        try onUnclaimed("claim by initials", MorningPeople.unowned[3], "/\(owner.initials)1y\r", budget: 9)
        try expectOwner(of: MorningPeople.unowned[3], owner)
        // What was another person's, or a machine's fault, came back to the list when its emergency was closed.
        let returned = try morning.hut.ask { try await $0.unclaimed(limit: 20) }.compactMap { recorded in
            if case .unclaimed(.denied, _) = recorded.owner, case .bloodPressure(let pressure) = recorded.reading.vital
            {
                pressure
            } else {
                nil
            }
        }
        #expect(returned.count == 2)
        for pressure in MorningPeople.unowned.dropFirst(4) + [MorningPeople.unownedCrisis] + returned {
            let before = try unclaimed()
            try onUnclaimed("discard", pressure, "x3\r", budget: 5)
            #expect(try unclaimed() == before - 1)
        }
        #expect(try unclaimed() == 0)
    }

    /// `u`, the row, what is done with it; and back to the list.
    private func onUnclaimed(_ what: String, _ pressure: BloodPressure, _ keys: String, budget: Int) throws {
        nurse.press("u")
        try nurse.act(what, on: text(pressure), keys, budget: budget, before: "u")
        nurse.look("\u{7F}")
        try nurse.compare()
    }

    private func expectOwner(of pressure: BloodPressure, _ person: MorningPerson) throws {
        let key = try morning.key(person)
        let latest = try morning.hut.ask { try await $0.latestReadings(of: key, limit: 20) }
        #expect(latest.contains { $0.reading.vital == .bloodPressure(pressure) }, "\(person.number)")
    }

    func requests() throws {
        for left in [2, 1, 0] {
            nurse.press("r")
            try nurse.act("answer a request", on: people.with(.due)[0].name, "a1\r", budget: 5, before: "r")
            nurse.look("\u{7F}")
            #expect(try morning.hut.ask { try await $0.requests() }.count == left)
        }
    }

    /// One key each; numbers mean the rows that are shown, and `a` shows all again.
    func filters() throws {
        let today = people.today
        let lines = try morning.hut.ask { ledger in
            var lines: [WorklistLine] = []
            for line in try await ledger.worklist(today: today).lines {
                let subject = try await BusyMorning.subject(of: line.flag, in: ledger)
                if subject == line.flag.draft.subject { lines.append(line) }
            }
            return lines
        }
        let expected = [
            ("c", "危急", lines.count { $0.flag.draft.severity == .critical }),
            ("m", "我的", lines.count { $0.flag.takenBy != nil || $0.entry?.resident.team?.contains("王敏") == true }),
            (
                "d", "到期",
                lines.count { line in
                    line.flag.draft.severity == .critical || line.flag.draft.due.map { $0 <= today } ?? false
                }
            ),
        ]
        for (key, name, count) in expected {
            nurse.look(key)
            #expect(nurse.screen.contains("\(name)\(count)/\(lines.count)"), "\(name) \(count)\n\(nurse.screen)")
        }
        nurse.look("a")
        try nurse.compare()
    }

    func search() throws {
        let person = try #require(
            people.all.first { person in
                person.initials.count == 3 && people.all.count { $0.initials.hasPrefix(person.initials) } == 1
            })
        let keys = "/\(person.initials)1"
        nurse.press(keys)
        nurse.note("find somebody", keys.count)
        #expect(keys.count == 5 && nurse.screen.contains("\(person.number)号"))
        nurse.look("\u{7F}")
    }

    /// The exam of somebody who came for it: nine items, two signatures.
    func exam() throws {
        let person = people.with(.unexamined)[0]
        let entry = "j/\(person.number)\r"
        let items = "1128 78\r25.6\r1361.5\r4158\r586\r636.5\r71\r81\r91\r71\rumol/L\r"
        nurse.press(entry)
        #expect(nurse.screen.contains(person.name))
        nurse.press(items)
        nurse.press("ss1\(BusyMorning.doctorPIN)\r")
        nurse.note("an exam of nine items", entry.count + items.count + 8)
        let (key, today) = (try morning.key(person), people.today)
        let exam = try #require(try morning.hut.ask { try await $0.exam(of: key, on: today) }, "\(nurse.screen)")
        #expect(exam.isComplete, "\(exam.missing) \(exam.signedBy.count)\n\(nurse.screen)")
        #expect(try morning.open("FU-04", of: person) == nil)
        nurse.look("\u{7F}\u{7F}")
        try nurse.compare()
    }

    /// The list leaves the hut as a file, and two of its lines come back with values.
    func sheet() throws {
        nurse.press("px")
        nurse.look("\u{7F}")
        #expect(try morning.hut.ask { try await $0.sheetCount() } == 1, "\(nurse.screen)")
        nurse.press("w")
        for person in people.with(.again)[13..<15] {
            let key = try morning.key(person)
            let before = try morning.hut.ask { try await $0.followUps(of: key, limit: 9) }.count
            // Line number, w, value, Enter, class, Enter on the date: 11 and a digit more for a longer number.
            try nurse.act("type back a line", on: person.name, "w156 84\r2\r", budget: 11)
            try expectRecord(of: person, after: before, .notControlled)
        }
        nurse.look("\u{7F}")
        try nurse.compare()
    }
}
