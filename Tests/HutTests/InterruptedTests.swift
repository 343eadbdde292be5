// What a start makes good: a flag that the power cut off is raised, however many there are; one that a nurse has closed is
// not raised again.

import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

@Suite struct InterruptedTests {
    @Test func `a start flags every reading that nobody owns and nothing has flagged, and none that was closed`()
        async throws
    {
        try await onThread {
            let folder = try Folder()
            let hut = try HeldHut(folder, settings: try folder.settings()) { ledger, at in
                // More than one page of them.
                let facts = (0..<230).map { number in
                    let reading = Reading(
                        vital: .bloodPressure(BloodPressure(systolic: MmHg(120 + number % 40), diastolic: 80)),
                        receivedAt: at, instrument: InstrumentID(rawValue: "cuff-1"),
                        station: StationID(rawValue: "booth-1"), source: .cuffStation)
                    return Fact.reading(reading, .unclaimed(.noVisit, hint: nil))
                }
                _ = try await ledger.append(facts, at: at)
            }
            func flags() throws -> [Flag] {
                try hut.ask { try await $0.openFlags() }.filter { $0.draft.rule == "DQ-01" }
            }
            try hut.up()
            hut.pass(1)
            #expect(try flags().count == 230)
            let closed = try #require(try flags().first).id
            let at = hut.clock.now.hut
            _ = try hut.ask {
                try await $0.append(
                    [.flagClosed(closed, by: StaffKey(rawValue: 1), .notNeeded, note: "n", quietUntil: nil)], at: at)
            }
            hut.down()
            try hut.up()
            hut.pass(1)
            #expect(try flags().count == 229)
            hut.down()
        }
    }
}
