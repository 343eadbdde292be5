// What holds of one person whose lines were merged, and of two when that is taken back: one PIN, and what a named person
// closed stays closed.

import Testing
import Vitals

@testable import Ledger

private let merge = Fact.residentsMerged(1, into: 2, by: nurse, reason: "one person")
private let unmerge = Fact.residentsUnmerged(1, from: 2, by: nurse, reason: "two people")

@Suite struct OnePersonTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    // MARK: one PIN

    /// Resident 001 with PIN 1111 merged into 002 with PIN 2222.
    private func merged() async throws -> Ledger {
        let ledger = try await folder.openStaffed()
        try await ledger.setPIN(ResidentKey(1), pin: "1111", at: .start)
        try await ledger.setPIN(ResidentKey(2), pin: "2222", at: .start)
        try await ledger.append([merge], at: .after(10))
        return ledger
    }

    /// Whom a number and a PIN open; nil where they are refused.
    private func opened(_ ledger: Ledger, _ number: String, _ pin: String, at seconds: Int) async throws -> ResidentKey?
    {
        let verdict = try await ledger.checkPIN(number: number, pin: pin, at: .after(seconds), station: booth)
        return if case .right(let entry) = verdict { entry.key } else { nil }
    }

    @Test(arguments: ["001", "002"])
    func `each number of a merged person opens with the holder's PIN and not with the one the line had`(
        number: String
    ) async throws {
        let ledger = try await merged()
        #expect(try await opened(ledger, number, "2222", at: 20) == 2)
        #expect(try await opened(ledger, number, "1111", at: 21) == nil)
        try await ledger.rebuild()
        #expect(try await opened(ledger, number, "2222", at: 22) == 2)
        #expect(try await ledger.check() == [])
    }

    @Test(arguments: [1, 2] as [ResidentKey], [false, true])
    func `a PIN set or reset under any line is the person's under every number, and stays with the holder afterwards`(
        key: ResidentKey, isReset: Bool
    ) async throws {
        let ledger = try await merged()
        if isReset {
            try await ledger.resetPIN(of: key, to: "6767", by: nurse, reason: "forgotten", at: .after(20))
        } else {
            try await ledger.setPIN(key, pin: "6767", at: .after(20))
        }
        for number in ["001", "002"] {
            #expect(try await opened(ledger, number, "6767", at: 30) == 2)
            #expect(try await opened(ledger, number, "1111", at: 31) == nil)
            #expect(try await opened(ledger, number, "2222", at: 32) == nil)
        }
        try await ledger.append([unmerge], at: .after(700))
        #expect(try await opened(ledger, "001", "1111", at: 1_400) == 1)
        #expect(try await opened(ledger, "002", "6767", at: 1_401) == 2)
        #expect(try await opened(ledger, "001", "6767", at: 1_402) == nil)
        #expect(try await ledger.check() == [])
    }

    @Test func `a PIN that is taken away under one number opens no other, also not with what the line had`()
        async throws
    {
        let ledger = try await merged()
        try await ledger.resetPIN(of: 2, to: nil, by: nurse, reason: "leaked", at: .after(20))
        for number in ["001", "002"] {
            #expect(try await opened(ledger, number, "1111", at: 30) == nil)
            #expect(try await opened(ledger, number, "2222", at: 31) == nil)
        }
    }

    @Test func `wrong PINs under all numbers of one person count and lock together, until a reset or the unmerging`()
        async throws
    {
        let ledger = try await merged()
        for (second, number) in ["001", "002", "001", "002", "001"].enumerated() {
            #expect(try await opened(ledger, number, "0000", at: 20 + second) == nil)
        }
        for number in ["001", "002"] {
            #expect(
                try await ledger.checkPIN(number: number, pin: "2222", at: .after(30), station: booth) == .locked)
        }
        try await ledger.rebuild()
        #expect(try await ledger.checkPIN(number: "002", pin: "2222", at: .after(31), station: booth) == .locked)
        #expect(try await opened(ledger, "003", "0000", at: 32) == nil)
        try await ledger.resetPIN(of: 1, to: "6767", by: nurse, reason: "forgotten", at: .after(40))
        #expect(try await opened(ledger, "001", "6767", at: 41) == 2)
        #expect(try await opened(ledger, "002", "6767", at: 42) == 2)
        #expect(try await ledger.check() == [])
    }

    // MARK: what was handled

    private func sos(_ ledger: Ledger, of wearer: ResidentKey, at seconds: Int) async throws -> FactSequence {
        try await ledger.append(
            [.signal(.sos, band, wearer: wearer, text: nil, raw: [1])], at: .after(seconds))[0]
    }

    private func raise(
        _ ledger: Ledger, _ resident: ResidentKey, _ rule: RuleID = "W-03", on facts: [FactSequence], at seconds: Int
    ) async throws -> FlagID {
        var draft = FlagDraft.invented(rule, .resident(resident), .critical)
        draft.evidence.readings = facts
        return try await ledger.append([.flag(.raise(draft))], at: .after(seconds))[0]
    }

    private func close(_ ledger: Ledger, _ flag: FlagID, at seconds: Int) async throws {
        try await ledger.append(
            [.flagClosed(flag, by: nurse, .handledHere, note: "seen", quietUntil: nil)], at: .after(seconds))
    }

    /// The flags of a rule that a person closed, as a review of this line is told of them.
    private func closed(_ ledger: Ledger, of resident: ResidentKey, _ rule: RuleID = "W-03") async throws -> [FlagID] {
        let history = try #require(try await ledger.history(of: resident, now: .after(1_000)))
        return history.flags.filter {
            guard case .byPerson? = $0.ended else { return false }
            return $0.draft.rule == rule && $0.draft.subject == .resident(history.key)
        }.map(\.id)
    }

    @Test func `a flag that a person closed is closed for the review after each merge and each unmerging`() async throws
    {
        let ledger = try await folder.openStaffed()
        let call = try await sos(ledger, of: 1, at: 5)
        let flag = try await raise(ledger, 1, on: [call], at: 5)
        try await ledger.append([merge], at: .after(10))
        try await close(ledger, flag, at: 20)
        for round in 0..<3 {
            #expect(try await closed(ledger, of: 2) == [flag], "\(round)")
            try await ledger.append([unmerge], at: .after(30 + round * 10))
            #expect(try await closed(ledger, of: 1) == [flag], "\(round)")
            #expect(try await closed(ledger, of: 2) == [], "\(round)")
            #expect(try await ledger.openFlags() == [], "\(round)")
            try await ledger.append([merge], at: .after(35 + round * 10))
        }
        #expect(try await ledger.check() == [])
    }

    @Test func `what rests on a flag of the line that leaves goes with it`() async throws {
        let ledger = try await folder.openStaffed()
        let call = try await sos(ledger, of: 1, at: 5)
        let flag = try await raise(ledger, 1, on: [call], at: 5)
        try await ledger.append([merge], at: .after(10))
        try await close(ledger, flag, at: 20)
        let ask = try await raise(ledger, 2, "FU-06", on: [flag], at: 21)
        let other = try await raise(ledger, 2, "FU-03", on: [try await sos(ledger, of: 2, at: 22)], at: 22)
        try await ledger.append([unmerge], at: .after(30))
        #expect(try await ledger.openFlag("FU-06", .resident(1))?.id == ask)
        #expect(try await ledger.openFlag("FU-06", .resident(2)) == nil)
        #expect(try await ledger.openFlag("FU-03", .resident(2))?.id == other)
        #expect(try await ledger.check() == [])
    }

    @Test(arguments: [1, 2] as [ResidentKey])
    func `a flag closed for the calls of both lines is closed for both when they part`(raisedFor: ResidentKey)
        async throws
    {
        let ledger = try await folder.openStaffed()
        let call = try await sos(ledger, of: raisedFor, at: 5)
        let flag = try await raise(ledger, raisedFor, on: [call], at: 5)
        try await ledger.append([merge], at: .after(10))
        let again = try await sos(ledger, of: raisedFor == 1 ? 2 : 1, at: 15)
        try await ledger.append(
            [
                .flag(
                    .append(
                        "W-03", .resident(2), Evidence(readings: [again], sentence: LocalizedText("呼救", en: "SOS")),
                        severity: .critical, ringsAgain: true))
            ], at: .after(15))
        try await close(ledger, flag, at: 20)
        try await ledger.append([unmerge], at: .after(30))
        #expect(try await closed(ledger, of: 1) == [flag])
        #expect(try await closed(ledger, of: 2) == [flag])
        try await ledger.append([merge], at: .after(40))
        #expect(try await closed(ledger, of: 2) == [flag])
        #expect(try await ledger.check() == [])
    }

    @Test func `the twin of a flag that a person closed is closed with it, and does not ring when the lines part`()
        async throws
    {
        let ledger = try await folder.openStaffed()
        let calls = [try await sos(ledger, of: 1, at: 5), try await sos(ledger, of: 2, at: 6)]
        let flags = [
            try await raise(ledger, 1, on: [calls[0]], at: 5), try await raise(ledger, 2, on: [calls[1]], at: 6),
        ]
        try await ledger.append([merge], at: .after(10))
        try await close(ledger, try #require(try await ledger.openFlags().first).id, at: 20)
        try await ledger.append([unmerge], at: .after(30))
        #expect(try await ledger.openFlags() == [])
        #expect(try await closed(ledger, of: 1) == [flags[0]])
        #expect(try await closed(ledger, of: 2) == [flags[1]])
        for flag in flags {
            #expect(
                try await ledger.flag(flag)?.ended
                    == .byPerson(nurse, .handledHere, note: "seen", at: .after(20), quietUntil: nil))
        }
        #expect(try await ledger.check() == [])
    }

    @Test func `a merged flag knows every fact of its twin, so that no call is news that rang before`() async throws {
        let ledger = try await folder.openStaffed()
        let calls = [try await sos(ledger, of: 1, at: 4), try await sos(ledger, of: 1, at: 5)]
        _ = try await raise(ledger, 1, on: [calls[0]], at: 4)
        try await ledger.append(
            [
                .flag(
                    .append(
                        "W-03", .resident(1),
                        Evidence(readings: [calls[1]], sentence: LocalizedText("呼救", en: "SOS")),
                        severity: .critical, ringsAgain: true))
            ], at: .after(5))
        _ = try await raise(ledger, 2, on: [try await sos(ledger, of: 2, at: 6)], at: 6)
        try await ledger.append([merge], at: .after(10))
        let open = try #require(try await ledger.openFlags().first)
        #expect(Set(open.evidence.flatMap(\.readings)).isSuperset(of: calls))
    }
}
