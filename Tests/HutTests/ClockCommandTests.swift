// A machine whose clock was years ahead for one start: every due date would wait for those years. An operator has a word
// that ends it.

import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

@Suite struct ClockCommandTests {
    private let folder: Folder
    private let settings: String

    /// A ledger with a fact of a day that has not come.
    init() async throws {
        folder = try Folder()
        settings = try folder.settings()
        let ledger = try await Ledger.open(path: "\(folder.path)/ledger/ledger.sqlite", at: HutClock().now.hut)
        let ahead = HutClock().now.hut + .seconds(3_650 * 86_400)
        try await ledger.append([.helpCalled(StationID(rawValue: "booth-1"))], at: ahead)
        await ledger.close()
    }

    private func check(_ words: String...) throws -> Run {
        try Program.run(["check"] + words + ["--settings", settings])
    }

    @Test func `it is said with both times and what to do, and ends with the operator's word`() throws {
        let before = try check()
        #expect(before.out.contains("the clock says ") && before.out.contains("healthhut check --trust-clock"))
        #expect(try check("--trust-clock").out.contains("the clock is right from now on"))
        let after = try check()
        #expect(!after.out.contains("the clock says "))
        #expect(try Program.run(["audit", "show", "--settings", settings]).out.contains("clockConfirmed  command"))
        #expect(try check("--trust-clock").out.contains("there was nothing to confirm"))
    }

    @Test func `beside a running hut it is refused`() throws {
        let lock = try LedgerLock(ledger: "\(folder.path)/ledger/ledger.sqlite")
        let run = try check("--trust-clock")
        #expect(run.status == 78 && !run.out.contains("the clock is right from now on"))
        withExtendedLifetime(lock) {}
    }
}
