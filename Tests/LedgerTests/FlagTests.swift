// Flags: one open for each subject and rule, evidence that grows, an end with a name or a reason.

import Testing
import Vitals

@testable import Ledger

@Suite struct FlagTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    @Test(arguments: [
        FlagSubject.resident(1), .reading(1), .station(StationID(rawValue: "booth-1")),
        .band(BandID(rawValue: "!433d1f2a")),
    ]) func `a second raise of an open flag is refused, and allowed when it has ended`(subject: FlagSubject)
        async throws
    {
        let ledger = try await folder.open()
        _ = try await ledger.addResidents(1)
        let first = try await ledger.raise("BP-01", subject)
        await #expect(throws: refusal(.flagAlreadyOpen)) { _ = try await ledger.raise("BP-01", subject) }
        let other = try await ledger.raise("BP-02", subject)
        #expect(try await ledger.openFlag("BP-01", subject)?.id == first)
        #expect(try await ledger.openFlags().map(\.id) == [first, other])
        let because = LocalizedText("已恢复", en: "back to normal")
        try await ledger.append([.flag(.clear("BP-01", subject, because: because))], at: .after(60))
        #expect(try await ledger.flag(first)?.ended == .byRule(because, at: .after(60)))
        #expect(try await ledger.openFlag("BP-01", subject) == nil)
        #expect(try await ledger.raise("BP-01", subject) > first)
    }

    @Test func `a flag keeps everything the rule said`() async throws {
        let ledger = try await folder.open()
        _ = try await ledger.addResidents(1)
        var draft = FlagDraft.invented("BP-05", .resident(1), .routine)
        (draft.listedFrom, draft.isLate) = (LocalDay(daysSince1970: 20_814), true)
        let id = try await ledger.append([.flag(.raise(draft))], at: .after(3))[0]
        #expect(try await ledger.flag(id) == Flag(id: id, draft: draft, raisedAt: .after(3)))
    }

    @Test func `evidence grows, severity rises and never falls, ringing again needs a new taker`() async throws {
        let ledger = try await folder.open()
        _ = try await ledger.addResidents(1)
        let id = try await ledger.raise("BP-02", .resident(1), severity: .urgent)
        try await ledger.append([.flagTaken(id, by: nurse)], at: .after(5))
        #expect(try await ledger.flag(id)?.takenBy == nurse)
        #expect(try await ledger.flag(id)?.takenAt == .after(5))
        let more = Evidence(readings: [9], sentence: LocalizedText("又一次", en: "again"))
        try await ledger.append(
            [.flag(.append("BP-02", .resident(1), more, severity: .critical, ringsAgain: false))], at: .after(6))
        #expect(try await ledger.flag(id)?.takenBy == nurse)
        try await ledger.append(
            [.flag(.append("BP-02", .resident(1), more, severity: .info, ringsAgain: true))], at: .after(7))
        let flag = try #require(try await ledger.flag(id))
        #expect(flag.draft.severity == .critical)
        #expect(flag.takenBy == nil)
        #expect(flag.takenAt == nil)
        #expect(flag.evidence.map(\.readings) == [[1, 2], [9], [9]])
    }

    @Test func `a person's closing keeps name, action, note and next date, once`() async throws {
        let ledger = try await folder.open()
        _ = try await ledger.addResidents(1)
        let id = try await ledger.raise("BP-07", .resident(1))
        let day = LocalDay(daysSince1970: 20_900)
        let closing = Fact.flagClosed(id, by: nurse, .followedUp, note: "telephoned", quietUntil: day)
        try await ledger.append([closing], at: .after(8))
        let end = FlagEnd.byPerson(nurse, .followedUp, note: "telephoned", at: .after(8), quietUntil: day)
        #expect(try await ledger.flags(of: 1, endedLimit: 5).map(\.ended) == [end])
        await #expect(throws: refusal(.unknownFlag)) { try await ledger.append([closing], at: .after(9)) }
        await #expect(throws: refusal(.unknownFlag)) {
            try await ledger.append([.flagTaken(id, by: nurse)], at: .after(9))
        }
        await #expect(throws: refusal(.noOpenFlag)) {
            try await ledger.append(
                [.flag(.clear("BP-07", .resident(1), because: LocalizedText("", en: "")))], at: .after(9))
        }
    }

    @Test func `a history has open flags and those that ended within the look-back`() async throws {
        let ledger = try await folder.open()
        _ = try await ledger.addResidents(1)
        let old = try await ledger.raise("BP-05", .resident(1))
        try await ledger.append(
            [.flagClosed(old, by: nurse, .notNeeded, note: "", quietUntil: nil)], at: .after(86_400))
        let open = try await ledger.raise("BP-07", .resident(1))
        let soon = try #require(try await ledger.history(of: 1, now: .after(100 * 86_400)))
        #expect(soon.flags.map(\.id) == [old, open])
        let late = try #require(try await ledger.history(of: 1, now: .after(402 * 86_400)))
        #expect(late.flags.map(\.id) == [open])
    }
}
