// The package-visible shape of the ledger; bodies follow in the next commits.

import Vitals

package actor Ledger {
    private init() {}
    package static func open(path: String, at: HutTime) async throws(LedgerError) -> Ledger { throw .busy }
    /// Durable on return; each call is all or nothing.
    @discardableResult
    package func append(_ facts: [Fact], at: HutTime, reviewed: [ReviewMark] = []) async throws(LedgerError)
        -> [FactSequence]
    { throw .busy }
    package func close() {}
    package func facts(after: FactSequence, limit: Int) throws(LedgerError) -> [RecordedFact] { throw .busy }
    package func last() throws(LedgerError) -> FactSequence { throw .busy }
    /// Recording time of the newest fact by the clock, for *is the clock before the newest fact*.
    package func newestTime() throws(LedgerError) -> HutTime? { throw .busy }

    package func roster(number: String) throws(LedgerError) -> RosterEntry? { throw .busy }
    package func roster(_ key: ResidentKey) throws(LedgerError) -> RosterEntry? { throw .busy }
    package func roster(id: String) throws(LedgerError) -> RosterEntry? { throw .busy }
    /// By the beginning of the number, or any part of the name or the telephone number.
    package func find(_ text: String, limit: Int) throws(LedgerError) -> [RosterEntry] { throw .busy }
    package func importResidents(_ residents: [Resident], at: HutTime) async throws(LedgerError) -> ImportCounts {
        throw .busy
    }
    package func checkPIN(number: String, pin: String, at: HutTime, station: StationID?) async throws(LedgerError)
        -> PINVerdict
    { throw .busy }
    package func checkStaffPIN(_ staff: StaffKey, pin: String, at: HutTime) async throws(LedgerError)
        -> StaffPINVerdict
    { throw .busy }
    package func setPIN(_ resident: ResidentKey, pin: String, at: HutTime) async throws(LedgerError) {}
    package func setPIN(_ staff: StaffKey, pin: String, at: HutTime) async throws(LedgerError) {}
    package func staff() throws(LedgerError) -> [StaffEntry] { throw .busy }

    package func history(of: ResidentKey, now: HutTime, lookBackDays: Int = 400) throws(LedgerError)
        -> ResidentHistory?
    { throw .busy }
    /// Newest first, without raw bytes; wristband samples only where `worn`.
    package func latestReadings(of: ResidentKey, limit: Int, worn: Bool = false) throws(LedgerError)
        -> [RecordedReading]
    { throw .busy }
    package func readings(of: ResidentKey, from: HutTime, to: HutTime, worn: Bool = false) throws(LedgerError)
        -> [RecordedReading]
    { throw .busy }
    package func reading(_ sequence: FactSequence) throws(LedgerError) -> RecordedReading? { throw .busy }
    package func unclaimed(limit: Int) throws(LedgerError) -> [RecordedReading] { throw .busy }
    package func unclaimedCount() throws(LedgerError) -> Int { throw .busy }

    package func openFlags() throws(LedgerError) -> [Flag] { throw .busy }
    /// Open ones first, then the newest ended ones.
    package func flags(of: ResidentKey, endedLimit: Int) throws(LedgerError) -> [Flag] { throw .busy }
    package func flag(_ id: FlagID) throws(LedgerError) -> Flag? { throw .busy }
    package func openFlag(_ rule: RuleID, _ subject: FlagSubject) throws(LedgerError) -> Flag? { throw .busy }

    package func openVisits() throws(LedgerError) -> [OpenVisit] { throw .busy }
    package func openVisit(_ id: VisitID) throws(LedgerError) -> OpenVisit? { throw .busy }
    package func pairings() throws(LedgerError) -> [Pairing] { throw .busy }
    package func requests() throws(LedgerError) -> [StandingRequest] { throw .busy }

    package func residentsToReview() throws(LedgerError) -> [ResidentKey] { throw .busy }
    package func allResidents(after: ResidentKey?, limit: Int) throws(LedgerError) -> [ResidentKey] { throw .busy }

    package func pendingUploads(limit: Int) throws(LedgerError) -> [PendingUpload] { throw .busy }
    package func parkedUploads(limit: Int) throws(LedgerError) -> [ParkedUpload] { throw .busy }

    package func rebuild() throws(LedgerError) {}
    package func check() throws(LedgerError) -> [Finding] { throw .busy }
}

/// The lock of the one `serve` of a ledger; held until it is closed or the process ends.
package struct LedgerLock: ~Copyable, Sendable {
    /// Takes `<ledger>.lock`; throws `.locked` when another process has it.
    package init(ledger path: String) throws(LedgerError) { throw .locked(path: path) }
}

/// The key that turns identity numbers into digests.
package struct IdentityKey: Sendable {
    /// Reads the key file; makes it (0600, 32 random bytes) where there is none.
    package static func open(path: String) throws(LedgerError) -> IdentityKey { throw .busy }
    /// HMAC-SHA-256 of a normalised identity number.
    package func digest(of number: String) -> [UInt8] { [] }
}
