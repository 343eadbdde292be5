// How far an instrument can be trusted: what its plate and papers say, what it did day by day, and how it compares with
// another cuff on the same arm. Values only; the ledger counts, the rules judge, `healthhut devices health` shows.

/// What one instrument did on one day of UTC.
package struct InstrumentDay: Hashable, Sendable {
    /// Days since 1970-01-01, of UTC: a count for weeks, not a resident's date.
    package var day: Int
    /// Readings, those that were kept without a record among them.
    package var readings: Int
    /// Error codes of the device itself.
    package var errors: Int
    /// Frames with a value that cannot be, or in another format.
    package var faults: Int
    /// Measured, and no number to give.
    package var noValues: Int

    package init(day: Int, readings: Int = 0, errors: Int = 0, faults: Int = 0, noValues: Int = 0) {
        (self.day, self.readings, self.errors) = (day, readings, errors)
        (self.faults, self.noValues) = (faults, noValues)
    }
}

/// One cuff beside another, in pairs of readings of one resident in one session.
package struct CuffDrift: Hashable, Sendable {
    package var other: InstrumentID
    package var pairs: Int
    /// Sums over the pairs of this cuff less the other, mmHg.
    package var systolicSum: Int
    package var diastolicSum: Int

    package init(other: InstrumentID, pairs: Int, systolicSum: Int, diastolicSum: Int) {
        (self.other, self.pairs) = (other, pairs)
        (self.systolicSum, self.diastolicSum) = (systolicSum, diastolicSum)
    }

    /// The mean difference, half away from zero, mmHg; 0 without pairs.
    package var systolic: Int { CuffDrift.mean(systolicSum, pairs) }
    package var diastolic: Int { CuffDrift.mean(diastolicSum, pairs) }

    private static func mean(_ sum: Int, _ count: Int) -> Int {
        guard count > 0 else { return 0 }
        return (2 * abs(sum) + count) / (2 * count) * sum.signum()
    }
}

/// What an operator wrote down of one instrument; nil where nobody has said.
package struct InstrumentPapers: Hashable, Sendable {
    package var serialNumber: String?
    package var cuffSize: String?
    package var calibratedUntil: LocalDay?
    /// The list of validated models it stands on; `none` for one that stands on none.
    package var validatedOn: String?

    package init(
        serialNumber: String? = nil, cuffSize: String? = nil, calibratedUntil: LocalDay? = nil,
        validatedOn: String? = nil
    ) {
        (self.serialNumber, self.cuffSize) = (serialNumber, cuffSize)
        (self.calibratedUntil, self.validatedOn) = (calibratedUntil, validatedOn)
    }
}

/// The trust record of one instrument.
package struct InstrumentRecord: Hashable, Sendable {
    package var instrument: InstrumentID
    package var papers: InstrumentPapers
    /// Days with anything, oldest first.
    package var days: [InstrumentDay]
    /// When anything last came from it; nil: never.
    package var lastHeard: HutTime?
    package var drifts: [CuffDrift]

    package init(
        instrument: InstrumentID, papers: InstrumentPapers = InstrumentPapers(), days: [InstrumentDay] = [],
        lastHeard: HutTime? = nil, drifts: [CuffDrift] = []
    ) {
        (self.instrument, self.papers, self.days) = (instrument, papers, days)
        (self.lastHeard, self.drifts) = (lastHeard, drifts)
    }
}
