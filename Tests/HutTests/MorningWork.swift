// What the nurse does in one morning, in the order in which the list puts it before her: emergencies, urgent rows, calls,
// forms, readings without an owner, requests, an exam, a sheet of paper. Each act with the keys of nurse-screens 4.

import Ledger
import Testing
import TextScreen
import Vitals

@testable import healthhut

/// One morning at work.
final class MorningWork {
    let morning: BusyMorning
    let nurse: MorningNurse
    var people: MorningPeople { morning.people }
    /// Flags she closed herself, and how.
    private(set) var closed: [(flag: FlagID, how: ClosingAction)] = []
    /// Follow-ups that her endings raise: the rule, about whom, in how many days.
    private(set) var owed: [(rule: RuleID, person: MorningPerson, days: Int)] = []

    init(_ morning: BusyMorning, size: ScreenSize) throws {
        self.morning = morning
        nurse = try MorningNurse(morning, size: size)
    }

    func note(_ flag: FlagID, _ how: ClosingAction) { closed.append((flag, how)) }
    func owe(_ rule: RuleID, _ person: MorningPerson, _ days: Int) { owed.append((rule, person, days)) }

    // MARK: emergencies

    /// Takes a row and closes it, and remembers what must follow.
    func end(
        _ rule: RuleID, of subject: FlagSubject, row: String, _ how: ClosingAction, _ note: String, budget: Int
    ) throws {
        let flag = try #require(try morning.open(rule, subject), "\(rule.rawValue) is not open")
        try nurse.act("take an alert", on: row, "t", budget: 2)
        #expect(try morning.hut.ask { try await $0.flag(flag.id) }?.takenBy == (try morning.nurse()))
        try nurse.act("close an alert: \(how)", on: row, "c\(how.rawValue)\(note)\r", budget: budget)
        closed.append((flag.id, how))
        try nurse.compare()
    }

    func end(
        _ rule: RuleID, of person: MorningPerson, _ how: ClosingAction, _ note: String = "", budget: Int = 4
    ) throws {
        try end(rule, of: .resident(try morning.key(person)), row: person.name, how, note, budget: budget)
        switch how {
        case .ambulance, .referred: owed.append(("FU-03", person, 14))
        case .handledHere, .fetchedByFamily, .refused: owed.append(("FU-06", person, 1))
        default: break
        }
    }

    /// The seven endings, over eight emergencies.
    func emergencies() throws {
        func first(_ reason: MorningReason) -> MorningPerson { people.with(reason)[0] }
        try end("BP-02", of: first(.seated), .ambulance)
        try end("GL-02", of: first(.highSugar), .referred, "1", budget: 5)
        try end("BP-04", of: first(.pregnant), .referred, "2", budget: 5)
        try end("OX-01", of: first(.oxygen), .handledHere, "15", budget: 6)
        try end("GL-01", of: first(.lowSugar), .fetchedByFamily, "3", budget: 5)
        try end("W-03", of: first(.called), .refused)
        try end("BP-02", of: first(.otherPerson), .notThisPerson)
        // What nobody owns has a row of its own; the alert of her whom the ambulance took ended with her flag.
        let (nobodys, hers) = (StationID(rawValue: "booth-2"), StationID(rawValue: "booth-1"))
        try end("STATION", of: .station(nobodys), row: "2号台", .deviceFault, "", budget: 4)
        #expect(try morning.open("STATION", .station(hers)) == nil)
    }

    // MARK: rows that are looked at and closed

    /// Closes the row of somebody: what was done by a digit, 5 keys.
    func close(_ rule: RuleID, of person: MorningPerson, _ choice: String = "1", needed: Bool = true) throws {
        let flag = try #require(try morning.open(rule, of: person), "\(rule.rawValue) is not open")
        try nurse.act("close a row", on: person.name, "c\(needed ? 1 : 2)\(choice)\r", budget: 5)
        closed.append((flag.id, needed ? .followedUp : .notNeeded))
        try nurse.compare()
    }

    func rowsToClose() throws {
        for person in people.with(.low) { try close("BP-09", of: person) }
        for person in people.with(.twice).prefix(2) { try close("BP-08", of: person) }
        for person in people.with(.outcome) { try close("FU-03", of: person, "2") }
        for reason in [MorningReason.confirm, .raised, .sugar, .irregular, .seated] {
            let rule = try #require(reason.rules.last)
            for person in people.with(reason) { try close(rule, of: person) }
        }
        for person in people.with(.above).prefix(3) { try close("BP-07", of: person, "2") }
        for person in people.with(.fever) { try close("TP-02", of: person, "1", needed: false) }
        for person in people.with(.silentBand) { try close("W-04", of: person, "2") }
    }

    // MARK: calls

    /// `t`, a digit, Enter: 4 keys.
    private func call(_ person: MorningPerson, _ digit: Int, _ result: CallResult) throws {
        try nurse.act("call: \(result.rawValue)", on: person.name, "t\(digit)\r", budget: 4)
        let key = try morning.key(person)
        let calls = try morning.hut.ask { try await $0.calls(to: key, limit: 3) }
        #expect(calls.first?.result == result)
        try nurse.compare()
    }

    func calls() throws {
        for person in people.with(.promised).dropLast() { try call(person, 2, .spoken) }
        try call(people.with(.promised)[7], 3, .wrongNumber)
        for person in people.with(.alone).prefix(2) { try call(person, 2, .spoken) }
        for person in people.with(.alone).suffix(2) { try call(person, 1, .noAnswer) }
        for person in people.with(.again).prefix(4) { try call(person, 1, .noAnswer) }
        // Nobody answers at all: somebody will go there tomorrow.
        let person = people.with(.alone)[3]
        try nurse.act("promise a visit", on: person.name, "\rv2\r", budget: 5)
        nurse.look("\u{7F}")
        let key = try morning.key(person)
        #expect(try morning.hut.ask { try await $0.promises(of: key) }.map(\.kind) == [.homeVisit])
        try nurse.compare()
    }

    // MARK: forms

    /// Fills the form of somebody and looks what stands in the ledger.
    func follow(
        _ what: String, _ person: MorningPerson, _ keys: String, budget: Int, _ verdict: VisitClass
    ) throws {
        let key = try morning.key(person)
        let before = try morning.hut.ask { try await $0.followUps(of: key, limit: 9) }.count
        try nurse.act(what, on: person.name, "f" + keys, budget: budget)
        try expectRecord(of: person, after: before, verdict)
        try nurse.compare()
    }

    /// One record more, by her, about nobody else.
    func expectRecord(of person: MorningPerson, after before: Int, _ verdict: VisitClass) throws {
        let key = try morning.key(person)
        let records = try morning.hut.ask { try await $0.followUps(of: key, limit: 9) }
        #expect(records.count == before + 1, "\(nurse.screen)")
        let record = try #require(records.first)
        #expect(record.record.resident == key && record.record.day == people.today)
        #expect(record.record.visitClass(.hypertension) == verdict)
        #expect(record.by == (try morning.nurse()))
        let draft = try morning.hut.ask { try await $0.followUpDraft(of: key, by: record.by) }
        #expect(draft == nil)
    }

    static let commonest = "11\r\r=11=1\r\r"

    func forms() throws {
        let again = people.with(.again)
        for person in again[4..<8] {
            try follow("two-week call", person, "31156 84\r\r=11=2\r\r", budget: 19, .notControlled)
        }
        for person in again[8..<10] {
            try follow("two-week call, other dose", person, "31156 84\r\r=11e110\r2\r\r", budget: 23, .notControlled)
        }
        for person in again[10..<13] {
            try follow("two-week call, in range", person, "31132 84\r\r=11=1\r\r", budget: 19, .controlled)
        }
        for person in people.with(.above).suffix(3) {
            try follow("above the limit, by telephone", person, "31152 94\r\r=11=2\r\r", budget: 19, .notControlled)
        }
        for person in people.with(.twice).suffix(3) {
            try follow("refer", person, "31156 84\r\r=11=2z1\r1\r\r\r", budget: 24, .notControlled)
            owed.append(("FU-03", person, 14))
        }
        for person in people.with(.due).dropFirst(3) {
            try follow("follow-up, in range", person, Self.commonest, budget: 13, .controlled)
        }
    }

    // MARK: somebody's place has changed

    func statuses() throws {
        for (digit, status) in [(1, ResidentStatus.moved), (2, .dead), (3, .lost)] {
            let person = people.with(.due)[digit - 1]
            try nurse.act("say \(status.rawValue)", on: person.name, "\rx\(digit)\r1\r1\r", budget: 9)
            nurse.look("\u{7F}")
            let key = try morning.key(person)
            #expect(try morning.hut.ask { try await $0.roster(key) }?.status == status)
            // Of who was not found the follow-up stays owed; the list hides it and says how many it hides so.
            #expect(try (morning.open("FU-01", of: person) == nil) == (status != .lost))
            try nurse.compare()
        }
    }
}
