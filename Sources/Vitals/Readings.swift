// A reading: what was measured, how, when and by which instrument; and whose it is. Owner and reading are apart,
// because a claim changes the owner and never the reading.

/// The place of a fact in the ledger; grows by appending, never reused.
package struct FactSequence: Hashable, Comparable, Sendable, Codable, RawRepresentable {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A visit, named by the fact that opened it.
package struct VisitID: Hashable, Comparable, Sendable, Codable, RawRepresentable {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What kind of measuring stands behind a reading (clinical-rules 5.1). Rules name the classes they accept.
package enum SourceClass: String, Hashable, Sendable, Codable, CaseIterable {
    case cuffStaff, cuffStation, cuffHome, oximeter, thermometer, glucometer, scale, wearable, manual
}

package enum Arm: String, Hashable, Sendable, Codable { case left, right, notSaid }

/// Whether the resident sat before the cuff was started.
package enum Rested: Hashable, Sendable, Codable {
    /// Sat in front of the hut's own count-down for so long.
    case byClock(seconds: Int)
    /// Said so.
    case byOwnWord
    case no
    /// Nobody was asked: no visit, or not a cuff.
    case notSaid
}

/// Who helped a resident to measure.
package enum Helper: Hashable, Sendable, Codable {
    case nobody
    case staff(StaffKey)
    case resident(ResidentKey)
    case unnamed
}

/// How far the time of a reading can be trusted.
package enum TimeConfidence: String, Hashable, Sendable, Codable {
    case ok
    /// The hut's clock stands before its newest fact or its build date: no due date is made from it.
    case clockUntrusted
    /// The hut's clock was set while the visit was open.
    case clockChanged
    /// A memory record whose clock is unset, in the future, or before the loan.
    case timeFault
}

/// One measured value with everything known about its making.
package struct Reading: Hashable, Sendable, Codable {
    package var vital: Vital
    /// When its last byte came, by the hut's clock.
    package var receivedAt: HutTime
    /// When it was measured: for a live reading the time of receipt.
    package var measuredAt: HutTime
    /// The device's own clock, kept as it came.
    package var deviceTime: CivilTime?
    /// The place in the device's memory; nil for a live reading.
    package var memorySlot: Int?
    /// 1, 2 … where the device keeps several people apart; says whose key was pressed, never who was measured.
    package var userSlot: Int?
    package var timeConfidence: TimeConfidence
    package var instrument: InstrumentID
    /// nil for wristbands and other instruments of no station.
    package var station: StationID?
    package var band: BandID?
    package var source: SourceClass
    package var arm: Arm
    package var rested: Rested
    package var helper: Helper
    /// The frame it came in, whole.
    package var raw: [UInt8]

    package init(
        vital: Vital, receivedAt: HutTime, measuredAt: HutTime? = nil, deviceTime: CivilTime? = nil,
        memorySlot: Int? = nil, userSlot: Int? = nil, timeConfidence: TimeConfidence = .ok, instrument: InstrumentID,
        station: StationID? = nil, band: BandID? = nil, source: SourceClass, arm: Arm = .notSaid,
        rested: Rested = .notSaid, helper: Helper = .nobody, raw: [UInt8] = []
    ) {
        (self.vital, self.receivedAt, self.measuredAt) = (vital, receivedAt, measuredAt ?? receivedAt)
        (self.deviceTime, self.memorySlot, self.userSlot) = (deviceTime, memorySlot, userSlot)
        self.timeConfidence = timeConfidence
        (self.instrument, self.station, self.band) = (instrument, station, band)
        (self.source, self.arm, self.rested, self.helper, self.raw) = (source, arm, rested, helper, raw)
    }
}

/// Why a reading has no owner (whose-reading.md). The words go to the nurse and to `watch`.
package enum UnclaimedReason: String, Hashable, Sendable, Codable, CaseIterable {
    case noVisit, notAsked, beganBefore, visitChanged, visitEnded, tooLate, denied, lineBroke, restart, pending, memory
    /// A result-only instrument, or an implausible change: the resident was asked *was it you?* and has not said yes.
    case notConfirmed
    case guest, notPairedThen, wearerNotConfirmed
    /// The resident is recorded dead or moved.
    case residentNotHere
}

/// Where a nurse may look first for the owner of an unclaimed reading.
package enum Hint: Hashable, Sendable, Codable {
    case visit(VisitID)
    /// A hut number typed by a guest; confirms nothing.
    case number(String)
}

/// Whose a reading is.
package enum Owner: Hashable, Sendable, Codable {
    case resident(ResidentKey, visit: VisitID?)
    case unclaimed(UnclaimedReason, hint: Hint?)

    package var resident: ResidentKey? {
        if case .resident(let key, _) = self { key } else { nil }
    }
}

/// A reading in the ledger, with its owner as it stands now.
package struct RecordedReading: Hashable, Sendable {
    package var sequence: FactSequence
    package var reading: Reading
    package var owner: Owner

    package init(sequence: FactSequence, reading: Reading, owner: Owner) {
        (self.sequence, self.reading, self.owner) = (sequence, reading, owner)
    }
}
