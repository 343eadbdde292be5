// Facts in, facts out.

import Testing
import Vitals

@testable import Ledger

@Suite struct AppendTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    @Test func `every kind of fact comes back as it went in`() async throws {
        let ledger = try await folder.open()
        _ = try await ledger.addResidents(3)
        var life = HutLife(seed: 7)
        var sent: [Fact] = []
        for _ in 0..<3_000 {
            let facts = life.next()
            sent += facts
            life.note(facts, try await ledger.append(facts, at: life.now))
        }
        let back = try await ledger.facts(after: 3, limit: 100_000).map(\.fact)
        #expect(back == sent)
        #expect(Set(FactKind.allCases).subtracting(sent.map(\.kind)) == [], "the scripts must reach every kind")
    }

    @Test func `a reading keeps every field, an unreal device time too`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        let reading = Reading.pressure(138, 86)
        let sequence = try await ledger.append([.reading(reading, .resident(key, visit: nil))], at: .start)[0]
        #expect(try await ledger.reading(sequence)?.reading == reading)
        var withoutRaw = reading
        withoutRaw.raw = []
        #expect(try await ledger.latestReadings(of: key, limit: 5).map(\.reading) == [withoutRaw])
    }

    @Test func `sequences grow without gaps and are known to the caller`() async throws {
        let ledger = try await folder.open()
        let first = try await ledger.append([.hutStarted(version: "1"), .clockChanged(bySeconds: 5)], at: .start)
        let second = try await ledger.append([.helpCalled(booth)], at: .start)
        #expect(first == [1, 2])
        #expect(second == [3])
        #expect(try await ledger.last() == 3)
    }

    @Test func `a call with one bad fact leaves nothing behind`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        await #expect(throws: refusal(.unknownResident)) {
            try await ledger.append(
                [.reading(.pressure(138, 86), .resident(key, visit: nil)), .request(ResidentKey(rawValue: 99), .call)],
                at: .start)
        }
        #expect(try await ledger.last() == 1)
        #expect(try await ledger.latestReadings(of: key, limit: 5).isEmpty)
    }

    @Test func `calls that arrive together share a commit, and a bad one among them harms no other`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<60 {
                group.addTask {
                    let owner = ResidentKey(rawValue: index % 7 == 3 ? 99 : key.rawValue)
                    let fact = Fact.reading(
                        .pressure(100 + index, 60, at: .after(index)), .resident(owner, visit: nil))
                    return (try? await ledger.append([fact], at: .after(index))) != nil
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        let expected = (0..<60).filter { $0 % 7 != 3 }.map { MmHg(100 + $0) }
        #expect(outcomes == expected.count)
        let stored = try await ledger.readings(of: key, from: .start, to: .after(100))
        #expect(
            stored.compactMap {
                if case .bloodPressure(let pressure) = $0.reading.vital { pressure.systolic } else { nil }
            } == expected)
        #expect(try await ledger.check() == [])
    }

    @Test func `the same record of a device's memory is stored once`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        let fact = Fact.reading(.pressure(138, 86, slot: 4), .resident(key, visit: nil))
        try await ledger.append([fact], at: .start)
        await #expect(throws: refusal(.memoryRecordAlreadyStored)) { try await ledger.append([fact], at: .after(60)) }
        #expect(try await ledger.last() == 2)
    }

    @Test func `a record downloaded again stands once, wherever it lies in the memory by then`() async throws {
        let ledger = try await folder.open()
        _ = try await ledger.addResidents(1)
        func record(_ systolic: Int, slot: Int, user: Int? = 1, year: Int = 2026) -> Reading {
            var reading = Reading.pressure(systolic, 86, slot: slot)
            reading.deviceTime = CivilTime(year: year, month: 11, day: 20, hour: 7, minute: 5)
            reading.userSlot = user
            return reading
        }
        let first = record(138, slot: 1)
        #expect(try await !ledger.hasMemoryRecord(first))
        try await ledger.append([.reading(first, .unclaimed(.memory, hint: nil))], at: .start)
        #expect(try await ledger.reading(2)?.reading == first)
        for again in [first, record(138, slot: 9)] {
            #expect(try await ledger.hasMemoryRecord(again))
            await #expect(throws: refusal(.memoryRecordAlreadyStored)) {
                try await ledger.append([.reading(again, .unclaimed(.memory, hint: nil))], at: .after(60))
            }
        }
        // Another value, another user's key; and without a clock the place is all there is.
        for other in [
            record(139, slot: 1), record(138, slot: 1, user: 2), record(138, slot: 1, year: 2000),
            record(138, slot: 2, year: 2000),
        ] {
            #expect(try await !ledger.hasMemoryRecord(other))
            try await ledger.append([.reading(other, .unclaimed(.memory, hint: nil))], at: .after(90))
            #expect(try await ledger.hasMemoryRecord(other))
        }
        #expect(try await ledger.check() == [])
    }

    @Test func `a home monitor is out with those the nurse named until it is back`() async throws {
        let ledger = try await folder.open()
        let keys = try await ledger.addResidents(2)
        let monitor = InstrumentID(rawValue: "home-1")
        let borrowers = [Borrower(resident: keys[0], userSlot: 1), Borrower(resident: keys[1], userSlot: 2)]
        let lent = try await ledger.append([.deviceLent(monitor, borrowers, by: nurse)], at: .after(5))[0]
        let loan = Loan(lent: lent, instrument: monitor, borrowers: borrowers, since: .after(5))
        #expect(try await ledger.loans() == [loan])
        #expect(loan.borrower(userSlot: 2) == keys[1] && loan.borrower(userSlot: 3) == nil)
        #expect(
            Loan(
                lent: lent, instrument: monitor, borrowers: [Borrower(resident: keys[0], userSlot: nil)], since: .start
            ).borrower(userSlot: 2) == keys[0])
        await #expect(throws: refusal(.deviceAlreadyLent)) {
            try await ledger.append(
                [.deviceLent(monitor, [Borrower(resident: keys[1], userSlot: nil)], by: nurse)], at: .after(6))
        }
        await #expect(throws: refusal(.unknownResident)) {
            try await ledger.append(
                [.deviceLent(cuff, [Borrower(resident: 99, userSlot: nil)], by: nurse)], at: .after(6))
        }
        let more = [Borrower(resident: keys[0], userSlot: 3)]
        try await ledger.append([.deviceLent(monitor, borrowers + more, by: nurse)], at: .after(6))
        #expect(try await ledger.loans().map(\.borrowers) == [borrowers + more])
        #expect(try await ledger.loans().map(\.since) == [.after(5)])
        try await ledger.append([.deviceReturned(monitor, by: nurse)], at: .after(7))
        #expect(try await ledger.loans() == [])
        await #expect(throws: refusal(.deviceNotLent)) {
            try await ledger.append([.deviceReturned(monitor, by: nurse)], at: .after(8))
        }
        #expect(try await ledger.check() == [])
    }

    @Test func `two live readings with the same values are two readings`() async throws {
        let ledger = try await folder.open()
        let key = try await ledger.addResidents(1)[0]
        let fact = Fact.reading(.pressure(138, 86), .resident(key, visit: nil))
        try await ledger.append([fact, fact], at: .start)
        #expect(try await ledger.latestReadings(of: key, limit: 5).count == 2)
    }

    @Test func `a closed ledger says so`() async throws {
        let ledger = try await folder.open()
        await ledger.close()
        await #expect(throws: LedgerError.closed) { try await ledger.append([.helpCalled(booth)], at: .start) }
        await #expect(throws: LedgerError.closed) { _ = try await ledger.openFlags() }
    }

    @Test func `the newest clock is remembered when the clock steps back`() async throws {
        let ledger = try await folder.open()
        #expect(try await ledger.newestTime() == nil)
        try await ledger.append([.helpCalled(booth)], at: .after(900))
        try await ledger.append([.helpCalled(booth)], at: .after(10))
        try await ledger.append([.helpCalled(booth)], at: .after(20))
        #expect(try await ledger.newestTime() == .after(900))
        // An operator's word counts from then on, and a step back after it is noticed as before.
        try await ledger.append([.clockConfirmed], at: .after(30))
        #expect(try await ledger.newestTime() == .after(30))
        try await ledger.append([.helpCalled(booth)], at: .after(60))
        try await ledger.append([.helpCalled(booth)], at: .after(50))
        #expect(try await ledger.newestTime() == .after(60))
        #expect(try await ledger.check() == [])
    }

    @Test func `confirmed at once after facts of another year, the clock counts from that word on`() async throws {
        let ledger = try await folder.open()
        try await ledger.append([.helpCalled(booth)], at: .after(900_000))
        try await ledger.append([.clockConfirmed], at: .after(10))
        #expect(try await ledger.newestTime() == .after(10))
        #expect(try await ledger.check() == [])
    }
}
