// Named migrations, forward only: an older ledger is brought forward with its facts, a newer one is refused untouched.

import FoundationEssentials
import Testing
import Vitals

@testable import Ledger

@Suite struct MigrationTests {
    static let next = Migration(
        name: "a note on stations", since: "0.9.0", sql: "CREATE TABLE station_note (station TEXT PRIMARY KEY) STRICT;")

    let folder: Folder

    init() throws { folder = try Folder() }

    private func open(_ migrations: [Migration]) async throws -> Ledger {
        try await Ledger.open(path: folder.ledger, at: .start, migrations: migrations)
    }

    @Test func `an older ledger is brought forward and keeps its facts`() async throws {
        let old = try await open(Schema.migrations)
        let key = try await old.addResidents(1)[0]
        await old.close()
        let new = try await open(Schema.migrations + [MigrationTests.next])
        #expect(try await new.allResidents(after: nil, limit: 9) == [key])
        let database = try Database(path: folder.ledger)
        #expect(try database.integer("PRAGMA user_version") == Int64(Schema.migrations.count + 1))
        #expect(try database.integer("SELECT count(*) FROM station_note") == 0)
        let names = Schema.migrations.map(\.name) + ["a note on stations"]
        #expect(
            try database.text("SELECT group_concat(name, '|') FROM (SELECT name FROM migration ORDER BY number)")
                == names.joined(separator: "|"))
    }

    /// A ledger as an older version left it.
    private func copyOld(_ version: String = "0.2.0") throws {
        let name = "Old/ledger-\(version).sqlite"
        let old = URL(filePath: #filePath).deletingLastPathComponent().appending(path: name)
        try FileManager.default.copyItem(atPath: old.path, toPath: folder.ledger)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.ledger)
    }

    @Test func `a ledger from before cards keeps its residents, and a card can be linked to one`() async throws {
        try copyOld()
        let new = try await open(Schema.migrations)
        let key = try #require(try await new.roster(number: "047")).key
        let link = IdentityLink(
            kind: .tag, digest: IdentityDigest(bytes: [UInt8](repeating: 7, count: 32)), ends: "7886")
        try await new.append([.identityLinked(key, link, by: nil)], at: .start)
        #expect(try await new.resident(of: link.digest)?.key == key)
        #expect(try await new.check() == [])
    }

    @Test func `a ledger of version 0.2.0 is brought forward, sound, and takes what is new`() async throws {
        try copyOld()
        let ledger = try await Ledger.open(path: folder.ledger, at: .start)
        #expect(try await ledger.check() == [])
        let before = try await ledger.facts(after: 0, limit: 100)
        #expect(before.count { if case .reading = $0.fact { true } else { false } } == 4)
        let key = try #require(try await ledger.roster(number: "047")).key
        var skin = Reading.pressure(138, 86, slot: 3)
        skin.vital = .surfaceTemperature(centiCelsius: 3_420)
        skin.userSlot = 2
        try await ledger.append([.reading(skin, .resident(key, visit: nil))], at: .after(60))
        #expect(try await ledger.latestReadings(of: key, limit: 1).first?.reading.userSlot == 2)
        let cuff2 = InstrumentID(rawValue: "cuff-2")
        #expect(try await ledger.lastReading(of: cuff2) != nil, "the readings of before are followed again")
        try await ledger.rebuild()
        #expect(try await ledger.check() == [])
        #expect(try await ledger.facts(after: 0, limit: 100).dropLast().map(\.fact) == before.map(\.fact))
    }

    /// Two residents, one with a visit, a flag, a request and an answer about fasting; a claimed reading; a band.
    @Test func `a ledger from before a team's care has the history of what was done, and takes what is new`()
        async throws
    {
        try copyOld("0.3.0")
        let ledger = try await Ledger.open(path: folder.ledger, at: .start)
        #expect(try await ledger.check() == [])
        let (first, second) = (
            try #require(try await ledger.roster(number: "047")).key,
            try #require(try await ledger.roster(number: "052")).key
        )
        let history = try #require(try await ledger.history(of: first, now: .after(999)))
        #expect(history.fasting.values.map(\.self) == [.fasting])
        // The glucose, 200 seconds after the beginning.
        #expect(history.lastHeard == .after(200))
        #expect(
            try await ledger.chronicle(of: first, limit: 9).map(\.fact.kind)
                == [.flagTaken, .flag, .request, .visitOpened, .residentAdded])
        #expect(
            try await ledger.chronicle(of: second, limit: 9).map(\.fact.kind)
                == [.bandPaired, .readingClaimed, .residentAdded])
        #expect(try await ledger.requests().map(\.resident) == [first])
        #expect(try await ledger.history(of: second, now: .after(999))?.bands.map(\.band) == [band])
        try await ledger.append(
            [.residentMarked(first, .watched(true), by: nurse, on: LocalDay(daysSince1970: 20_778), reason: "agreed")],
            at: .after(900))
        #expect(try await ledger.marks(of: first).isWatched)
        #expect(try await ledger.check() == [])
    }

    @Test func `a newer ledger is refused with the version it needs`() async throws {
        await (try open(Schema.migrations + [MigrationTests.next])).close()
        await #expect(throws: LedgerError.newer(path: folder.ledger, needs: "0.9.0")) {
            try await open(Schema.migrations)
        }
        #expect(try Database(path: folder.ledger).integer("PRAGMA user_version") == Int64(Schema.migrations.count + 1))
    }

    @Test func `a migration that fails leaves the old ledger whole`() async throws {
        let old = try await open(Schema.migrations)
        try await old.append([.helpCalled(booth)], at: .start)
        await old.close()
        let broken = Migration(name: "broken", since: "0.9.0", sql: "CREATE TABLE half (a); CREATE TABLE fact (b);")
        await #expect(throws: LedgerError.self) { try await open(Schema.migrations + [broken]) }
        let again = try await open(Schema.migrations)
        #expect(try await again.last() == 1)
        #expect(
            try Database(path: folder.ledger).integer("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == 0)
    }

    @Test func `a ledger that died before its first migration becomes one`() async throws {
        try LedgerFile.prepare(folder.ledger)
        let ledger = try await open(Schema.migrations)
        #expect(try await ledger.last() == 0)
    }

    /// The texts are on the disks of huts: a renamed case or key would make their facts unreadable.
    @Test(arguments: [
        (Fact.residentPIN(7, hash: "$y$"), #"{"residentPIN":{"_0":7,"hash":"$y$"}}"#),
        (
            .visitOpened(booth, .guest(keeps: true, number: "047"), helper: .unnamed),
            #"{"visitOpened":{"_0":"booth-1","_1":{"guest":{"keeps":true,"number":"047"}},"helper":{"unnamed":{}}}}"#
        ),
        (.readingClaimed(9, 7, by: nurse, reason: "r"), #"{"readingClaimed":{"_0":9,"_1":7,"by":1,"reason":"r"}}"#),
        (
            .flag(.clear("BP-01", .resident(7), because: LocalizedText("好", en: "well"))),
            #"{"flag":{"_0":{"clear":{"_0":"BP-01","_1":{"resident":{"_0":7}},"because":{"chinese":"好","english":"well"}}}}}"#
        ),
        (
            .uploaded([UploadReceipt(fact: 9, location: "Observation/1")]),
            #"{"uploaded":{"_0":[{"fact":9,"location":"Observation/1"}]}}"#
        ),
    ]) func `facts of the first version are written the same way for ever`(fact: Fact, detail: String) async throws {
        let ledger = try await open(Schema.migrations)
        _ = try await ledger.addResidents(7)
        try await ledger.append([.reading(.pressure(138, 86), .unclaimed(.noVisit, hint: nil))], at: .start)
        try await ledger.append([.reading(.pressure(138, 86), .unclaimed(.noVisit, hint: nil))], at: .start)
        if case .flag = fact { _ = try await ledger.raise("BP-01", .resident(7)) }
        let sequence = try await ledger.append([fact], at: .start)[0]
        let database = try Database(path: folder.ledger)
        #expect(try database.text("SELECT detail FROM fact WHERE sequence = \(sequence.rawValue)") == detail)
    }
}
