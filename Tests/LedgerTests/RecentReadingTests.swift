// The readings that are kept of who is being reviewed are the readings on the disk, whatever happens to them meanwhile.

import Testing
import Vitals

@testable import Ledger

@Suite struct RecentReadingTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    /// One thing that happens to a resident's readings.
    private enum Event: CaseIterable {
        case newer, between, same, older, moveAway, moveHere, discard, correct, refused, elsewhere, later, merge,
            unmerge
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a history after anything that can happen has the readings on the disk`(seed: UInt64) async throws {
        var random = SeededChance(seed: seed)
        let ledger = try await folder.openStaffed()
        let other = try await folder.open()
        try await ledger.append(
            (0..<150).map { .reading(.pressure(120, 80, at: .after($0 * 60)), .resident(1, visit: nil)) }, at: .start)
        var now = 150 * 60
        var isMerged = false
        for step in 0..<150 {
            let event = Event.allCases.randomElement(using: &random) ?? .newer
            now += 60
            let mine = try await ledger.latestReadings(of: 1, limit: 500).filter { $0.owner.resident == 1 }
            let any = try #require(mine.randomElement(using: &random)).sequence
            let times: [Event: Int] = [
                .newer: now, .between: now - 3_000, .same: now - 60, .older: -40_000, .elsewhere: now,
            ]
            let reading = Fact.reading(
                .pressure(100 + step, 70, at: .after(times[event] ?? now)), .resident(1, visit: nil))
            switch event {
            case .newer, .between, .same, .older: try await ledger.append([reading], at: .after(now))
            case .elsewhere: try await other.append([reading], at: .after(now))
            case .moveAway:
                try await ledger.append([.readingMoved(any, from: 1, to: 3, by: nurse, reason: "x")], at: .after(now))
            case .moveHere:
                let theirs = try await ledger.latestReadings(of: 3, limit: 1).first?.sequence
                if let theirs {
                    try await ledger.append(
                        [.readingMoved(theirs, from: 3, to: 1, by: nurse, reason: "x")], at: .after(now))
                }
            case .discard:
                try await ledger.append([.readingDiscarded(any, .test, by: nurse, note: "")], at: .after(now))
            case .correct:
                try await ledger.append(
                    [.readingCorrected(any, .weight(grams: 70_000 + step), deviceTime: nil, decoder: "x", reason: "x")],
                    at: .after(now))
            case .refused:
                await #expect(throws: LedgerError.self) {
                    try await ledger.append([reading, .promiseKept(1, by: nurse)], at: .after(now))
                }
            case .later: now += 86_400 * 10
            case .merge where !isMerged, .unmerge where isMerged:
                isMerged.toggle()
                try await ledger.append(
                    [
                        isMerged
                            ? .residentsMerged(2, into: 1, by: nurse, reason: "x")
                            : .residentsUnmerged(2, from: 1, by: nurse, reason: "x")
                    ], at: .after(now))
            case .merge, .unmerge: break
            }
            let days = [400, 400, 60].randomElement(using: &random) ?? 400
            let history = try #require(try await ledger.history(of: 1, now: .after(now), lookBackDays: days))
            let since = HutTime.after(now - days * 86_400)
            let read = try await ledger.readings(of: 1, from: since, to: HutTime(milliseconds: .max))
            #expect(history.readings == read, "seed \(seed), step \(step), \(event)")
        }
        let kept = try #require(try await ledger.history(of: 1, now: .after(now)))
        #expect(kept.readings.count > 110, "fewer are not kept, and the test would show nothing")
    }
}
