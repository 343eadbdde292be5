// What was done about an alert is found again when the hut comes back.

import Testing
import Vitals

@testable import Ledger

@Suite struct DutyCallTests {
    @Test func `takings and texts of one flag come back in order, those of another do not`() async throws {
        let folder = try Folder()
        let ledger = try await folder.open()
        let first = try await ledger.raise("STATION", .station(StationID(rawValue: "booth-1")))
        let second = try await ledger.raise("STATION", .station(StationID(rawValue: "booth-2")))
        let tried = try await ledger.append([.textTried(first, round: 1)], at: .after(1))[0]
        let facts: [Fact] = [
            .textTried(second, round: 1), .textEnded(first, try: tried, .failed("cms-38")),
            .flagTaken(first, by: StaffKey(rawValue: 1)), .helpCalled(StationID(rawValue: "booth-1")),
            .textTried(first, round: 2),
        ]
        for fact in facts { try await ledger.append([fact], at: .after(2)) }
        let found = try await ledger.calls(about: first)
        #expect(
            found.map(\.fact) == [
                .textTried(first, round: 1), .textEnded(first, try: tried, .failed("cms-38")),
                .flagTaken(first, by: StaffKey(rawValue: 1)), .textTried(first, round: 2),
            ])
        #expect(found.first?.recordedAt == .after(1))
        #expect(try await ledger.calls(about: second).count == 1)
    }
}
