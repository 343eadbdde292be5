// A typed number and PIN against the ledger. The answers, and the time they take, are the same for a number that does
// not exist; the fifth wrong PIN within ten minutes locks the number, and because every wrong one is a fact, a restart
// does not unlock it.

import Vitals

extension Ledger {
    /// Checks a resident's PIN; appends a wrong one.
    package func checkPIN(number: String, pin: String, at now: HutTime, station: StationID?)
        async throws(LedgerError) -> PINVerdict
    {
        if try isLocked(number, at: now) { return .locked }
        let hash = try pinHash(number: number)
        let fits = await Passwords.fits(pin, hash)
        // While this PIN was being hashed, other kiosks may have locked the number, and a desk may have set another PIN
        // or merged the line into somebody's.
        if try isLocked(number, at: now) { return .locked }
        if fits, let entry = try roster(number: number), try pinHash(number: number) == hash { return .right(entry) }
        try await append([.pinRefused(number: number, station: station)], at: now)
        return try isLocked(number, at: now) ? .locked : .wrong
    }

    /// Checks a member of staff's PIN; appends a wrong one under `staff` and the key, which no resident can type.
    package func checkStaffPIN(_ staff: StaffKey, pin: String, at now: HutTime) async throws(LedgerError)
        -> StaffPINVerdict
    {
        let name = "staff \(staff.rawValue)"
        if try isLocked(name, at: now) { return .locked }
        let fits = await Passwords.fits(pin, try pinHash(staff))
        if try isLocked(name, at: now) { return .locked }
        if fits, let entry = try self.staff(staff) { return .right(entry) }
        try await append([.pinRefused(number: name, station: nil)], at: now)
        return try isLocked(name, at: now) ? .locked : .wrong
    }

    /// Gives a resident a PIN.
    package func setPIN(_ resident: ResidentKey, pin: String, at now: HutTime) async throws(LedgerError) {
        try await append([.residentPIN(resident, hash: try await Passwords.hash(pin))], at: now)
    }

    /// Gives a member of staff a PIN.
    package func setPIN(_ staff: StaffKey, pin: String, at now: HutTime) async throws(LedgerError) {
        try await append([.staffPIN(staff, hash: try await Passwords.hash(pin))], at: now)
    }

    /// Gives a resident a new PIN at the nurse's desk, or takes it away: nil.
    package func resetPIN(
        of resident: ResidentKey, to pin: String?, by staff: StaffKey, reason: String, at now: HutTime
    ) async throws(LedgerError) {
        var hash: String?
        if let pin { hash = try await Passwords.hash(pin) }
        try await append([.residentPINReset(resident, hash: hash, by: staff, reason: reason)], at: now)
    }
}
