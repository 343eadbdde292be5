// Cards, tags and codes in the ledger: whose they are, taken back, taken twice; a newcomer who enrolled herself; and that
// the file holds nobody's number.

import FoundationEssentials
import Testing
import Vitals

@testable import Ledger

@Suite struct IdentityTests {
    let folder: Folder
    let key: IdentityKey

    init() throws {
        folder = try Folder()
        key = try IdentityKey.open(path: folder.path + "/identity.key")
    }

    private func specimen() throws -> IdentityCard {
        let number = try #require(CardNumber("11010519491231002X"))
        return IdentityCard(number: number, name: "王测试", sex: number.sex, birth: number.birth)
    }

    @Test func `a card, a tag and a code bring their resident, and nobody else's`() async throws {
        let ledger = try await folder.open()
        let people = try await ledger.addResidents(3)
        let tokens: [IdentityToken] = [.residentCard(try specimen()), .tag("0006547886"), .code("6901234567892")]
        for (person, token) in zip(people, tokens) {
            try await ledger.append([.identityLinked(person, key.link(token), by: nurse)], at: .start)
        }
        for (person, token) in zip(people, tokens) {
            #expect(try await ledger.resident(of: key.link(token).digest)?.key == person)
            #expect(try await ledger.identities(of: person) == [key.link(token)])
        }
        #expect(try await ledger.resident(of: key.link(.tag("0006547887")).digest) == nil)
        let other = try IdentityKey.open(path: folder.path + "/other.key")
        #expect(try await ledger.resident(of: other.link(tokens[0]).digest) == nil)
    }

    @Test func `nothing stands for two people`() async throws {
        let ledger = try await folder.open()
        let people = try await ledger.addResidents(2)
        let link = key.link(.tag("0006547886"))
        try await ledger.append([.identityLinked(people[0], link, by: nil)], at: .start)
        for person in people {
            await #expect(throws: refusal(.identityTaken)) {
                try await ledger.append([.identityLinked(person, link, by: nil)], at: .start)
            }
        }
        #expect(try await ledger.resident(of: link.digest)?.key == people[0])
        await #expect(throws: refusal(.unknownResident)) {
            try await ledger.append([.identityLinked(99, key.link(.tag("1")), by: nil)], at: .start)
        }
    }

    @Test func `codes given before stay valid until all of them are taken back`() async throws {
        let ledger = try await folder.open()
        let person = try await ledger.addResidents(1)[0]
        let first = try await ledger.giveCode(to: person, under: key, by: nil, at: .start)
        let second = try await ledger.giveCode(to: person, under: key, by: nil, at: .after(1))
        try await ledger.append([.identityLinked(person, key.link(.tag("0006547886")), by: nil)], at: .after(2))
        for code in [first, second] {
            #expect(try await ledger.resident(of: key.link(code.token).digest)?.key == person)
        }
        try await ledger.append([.identitiesRevoked(person, .code, by: nurse)], at: .after(3))
        for code in [first, second] { #expect(try await ledger.resident(of: key.link(code.token).digest) == nil) }
        #expect(try await ledger.identities(of: person).map(\.kind) == [.tag])
        await #expect(throws: refusal(.nothingLinked)) {
            try await ledger.append([.identitiesRevoked(person, .code, by: nurse)], at: .after(4))
        }
        #expect(try await ledger.check() == [])
    }

    @Test func `a newcomer gets the next number, her card, and waits until a nurse confirms her`() async throws {
        let ledger = try await folder.open()
        try await ledger.append(
            [.residentAdded(.invented("098"), id: "x"), .residentAdded(.invented("0007"), id: "y")], at: .start)
        let entry = try await ledger.enrol(try specimen(), consent: 1, at: booth, under: key, now: .after(5))
        #expect(entry.resident.number == "099" && entry.resident.name == "王测试" && entry.resident.sex == .female)
        #expect(entry.resident.birth == LocalDay(year: 1949, month: 12, day: 31) && !entry.hasPIN)
        #expect(try await ledger.resident(of: key.link(.residentCard(try specimen())).digest) == entry)
        #expect(try await ledger.waitingForConfirmation() == [entry])
        #expect(try await ledger.residentsToReview().contains(entry.key))
        // The same card again is the same person, not another.
        await #expect(throws: refusal(.identityTaken)) {
            _ = try await ledger.enrol(try specimen(), consent: 1, at: booth, under: key, now: .after(6))
        }
        #expect(try await ledger.find("测试", limit: 9) == [entry])
        try await ledger.append([.residentConfirmed(entry.key, by: nurse)], at: .after(7))
        #expect(try await ledger.waitingForConfirmation() == [])
        await #expect(throws: refusal(.notWaiting)) {
            try await ledger.append([.residentConfirmed(entry.key, by: nurse)], at: .after(8))
        }
        #expect(try await ledger.check() == [])
    }

    @Test func `two people who enrol at the same instant get two numbers`() async throws {
        let ledger = try await folder.open()
        let numbers = ["11010519491231002X", "440308199901101512", "11010119600101002X"]
        let entries = try await withThrowingTaskGroup(of: RosterEntry.self) { group in
            for number in numbers {
                let card = IdentityCard(number: try #require(CardNumber(number)), name: "测试")
                group.addTask { try await ledger.enrol(card, consent: 1, at: booth, under: key, now: .start) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(entries.map(\.resident.number)) == ["001", "002", "003"])
    }

    @Test func `no number, tag or code stands anywhere in the files of a ledger`() async throws {
        let ledger = try await folder.open()
        let entry = try await ledger.enrol(try specimen(), consent: 1, at: booth, under: key, now: .start)
        let code = try await ledger.giveCode(to: entry.key, under: key, by: nil, at: .start)
        try await ledger.append([.identityLinked(entry.key, key.link(.tag("0006547886")), by: nil)], at: .start)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasPrefix("ledger") {
            let bytes = Array(try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)")))
            for secret in [
                "11010519491231002X", "110105194912", code.text, String(code.text.dropFirst(4)), "0006547886",
            ] {
                let text = Array(secret.utf8)
                let isThere = bytes.indices.contains { bytes[$0...].starts(with: text) }
                #expect(!isThere, "\(name)")
            }
        }
    }
}
