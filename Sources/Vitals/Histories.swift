// What the rules are given: everything about one resident that a rule may look back at, and nothing else.
//
// The ledger fills it (400 days at most), the rules read it; neither knows the other.

/// One answer to a symptom question.
package struct SymptomReport: Hashable, Sendable {
    package var sequence: FactSequence
    package var visit: VisitID
    package var answer: SymptomAnswer
    package var at: HutTime

    package init(sequence: FactSequence, visit: VisitID, answer: SymptomAnswer, at: HutTime) {
        (self.sequence, self.visit, self.answer, self.at) = (sequence, visit, answer, at)
    }
}

/// One attempt to measure that ended with the device's error.
package struct FailedAttempt: Hashable, Sendable {
    package var sequence: FactSequence
    package var visit: VisitID
    package var at: HutTime

    package init(sequence: FactSequence, visit: VisitID, at: HutTime) {
        (self.sequence, self.visit, self.at) = (sequence, visit, at)
    }
}

/// One measurement that ended without a number, with the reason the device gave.
package struct NoValueReport: Hashable, Sendable {
    package var sequence: FactSequence
    package var kind: VitalKind
    package var why: NoValueClass
    package var instrument: InstrumentID
    package var visit: VisitID?
    package var at: HutTime

    package init(
        sequence: FactSequence, kind: VitalKind, why: NoValueClass, instrument: InstrumentID, visit: VisitID?,
        at: HutTime
    ) {
        (self.sequence, self.kind, self.why) = (sequence, kind, why)
        (self.instrument, self.visit, self.at) = (instrument, visit, at)
    }
}

/// One call for help from a resident's wristband.
package struct SignalReport: Hashable, Sendable {
    package var sequence: FactSequence
    package var signal: BandSignal
    package var band: BandID
    package var at: HutTime

    package init(sequence: FactSequence, signal: BandSignal, band: BandID, at: HutTime) {
        (self.sequence, self.signal, self.band, self.at) = (sequence, signal, band, at)
    }
}

/// One resident, looked back at 400 days.
package struct ResidentHistory: Hashable, Sendable {
    package var key: ResidentKey
    package var resident: Resident
    package var status: ResidentStatus
    /// When the roster line came: base of every date for residents without history (clinical-rules 5.5, 10).
    package var addedAt: HutTime
    /// Readings owned now, by time of measuring, then sequence.
    package var readings: [RecordedReading]
    package var symptoms: [SymptomReport]
    package var failedAttempts: [FailedAttempt]
    package var signals: [SignalReport]
    /// Of instruments at a station, not of wristbands.
    package var noValues: [NoValueReport]
    /// Open flags, and those that ended within the look-back.
    package var flags: [Flag]
    package var marks = ResidentMarks()
    /// Not withdrawn, by day, then sequence; the newest, and the newest face to face, of each disease whatever its age.
    package var followUps: [RecordedFollowUp] = []
    /// Not kept yet.
    package var promises: [Promise] = []
    /// Days of complete yearly exams.
    package var exams: [LocalDay] = []
    /// The answer to *eaten since last night?* of each glucose reading that was asked about, the newest one.
    package var fasting: [FactSequence: FastingAnswer] = [:]
    package var wearableDays: [WearableDay] = []
    package var bands: [WornBand] = []
    /// The newest sign of life that the hut knows of: a reading, a band, a call that was answered, a visit.
    package var lastHeard: HutTime?
    /// The newest call that was answered.
    package var lastSpoken: HutTime?

    package init(
        key: ResidentKey, resident: Resident, status: ResidentStatus = .here, addedAt: HutTime,
        readings: [RecordedReading] = [], symptoms: [SymptomReport] = [], failedAttempts: [FailedAttempt] = [],
        signals: [SignalReport] = [], noValues: [NoValueReport] = [], flags: [Flag] = []
    ) {
        (self.key, self.resident, self.status, self.addedAt) = (key, resident, status, addedAt)
        (self.readings, self.symptoms, self.failedAttempts) = (readings, symptoms, failedAttempts)
        (self.signals, self.noValues, self.flags) = (signals, noValues, flags)
    }
}

/// What a session of cuff readings comes to (clinical-rules 5.2).
package struct SessionValue: Hashable, Sendable {
    package var systolic: MmHg
    package var diastolic: MmHg
    package var pulse: PerMinute?
    /// How many readings the session has.
    package var count: Int
    /// Two usable readings not more than 10 apart on either component, or three; otherwise provisional.
    package var isComplete: Bool

    package init(systolic: MmHg, diastolic: MmHg, pulse: PerMinute?, count: Int, isComplete: Bool) {
        (self.systolic, self.diastolic, self.pulse) = (systolic, diastolic, pulse)
        (self.count, self.isComplete) = (count, isComplete)
    }
}

/// The word beside a value (visit-script section 3): one function decides, in FollowUpRules.
package struct ValueWord: Hashable, Sendable {
    /// `O`, `^`, `^^`, `v` or `?`.
    package var shape: String
    package var text: LocalizedText

    package init(shape: String, text: LocalizedText) { (self.shape, self.text) = (shape, text) }

    /// Nothing in it is too high, too low, or measured once only.
    package var isInRange: Bool { shape == "O" }
}
