// A value that a nurse types is a reading of class `manual` (whose-reading row 45), wherever she types it: for somebody at the
// door or on the telephone, into a follow-up, into an exam. Nothing is typed twice: it stands on the list and in the course,
// and every rule that takes a typed value sees it.

import FollowUpRules
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// Row 45: a value from a home visit or the telephone; `day` where it was taken earlier.
    func type(
        _ pressure: BloodPressure, for key: ResidentKey, on day: LocalDay? = nil, place: String, by staff: StaffKey,
        at id: String
    ) {
        let day = day ?? today
        guard day <= today else { return tellStaff(at: id, .failed(HutPhrase.inFuture)) }
        act([typed(.bloodPressure(pressure), for: key, on: day, place: place, by: staff)], about: [key], at: id)
    }

    /// The readings of what was typed into a follow-up: its blood pressure and its glucose, unless an instrument's reading
    /// of that day says the same.
    func typedReadings(in record: FollowUpRecord, by staff: StaffKey) async throws(LedgerError) -> [Fact] {
        var vitals: [Vital] = []
        if let pressure = record.pressure, pressure.value.readings.isEmpty {
            vitals.append(
                .bloodPressure(
                    BloodPressure(
                        systolic: pressure.value.systolic, diastolic: pressure.value.diastolic,
                        pulse: record.pulse?.value)))
        }
        if let part = record.diabetes, let glucose = part.fastingGlucose, part.glucoseReading == nil {
            vitals.append(.glucose(Glucose(micromolesPerLitre: glucose.value)))
        }
        let place = VisitPlace.words(for: record.method)
        let known = vitals.isEmpty ? [] : try await readings(of: record.resident, on: record.day)
        return vitals.filter { !says($0, among: known) }.map {
            typed($0, for: record.resident, on: record.day, place: place, by: staff)
        }
    }

    /// The reading of what was typed as an item of an exam; the one it corrects is set aside. What an instrument measured
    /// that day and a key took over is a reading already.
    func typedReadings(as item: ExamItem, of key: ResidentKey, on day: LocalDay, by staff: StaffKey)
        async throws(LedgerError) -> [Fact]
    {
        guard let vital = item.vital else { return [] }
        let known = try await readings(of: key, on: day)
        var facts: [Fact] = []
        if let former = try await ledger.exam(of: key, on: day)?.items.first(where: { $0.kind == item.kind })?.vital,
            former != vital
        {
            for reading in known where reading.reading.source == .manual && reading.reading.vital == former {
                // The same number from the telephone is another reading, and stays.
                let raw = try await ledger.reading(reading.sequence)?.reading.raw
                guard raw == Array(VisitPlace.exam.utf8) else { continue }
                facts.append(
                    .readingDiscarded(reading.sequence, .badMeasurement, by: staff, note: VisitPlace.corrected))
            }
        }
        if !says(vital, among: known) {
            facts.append(typed(vital, for: key, on: day, place: VisitPlace.exam, by: staff))
        }
        return facts
    }

    private func typed(
        _ vital: Vital, for key: ResidentKey, on day: LocalDay, place: String, by staff: StaffKey
    ) -> Fact {
        var typed = attribution.typed(vital, for: key, by: staff, place: place, now: now)
        // Of a day that has gone nobody knows the hour.
        if day < today { typed.reading.measuredAt = offset.start(of: day) + .seconds(12 * 3_600) }
        return .reading(typed.reading, typed.owner)
    }

    private func readings(of key: ResidentKey, on day: LocalDay) async throws(LedgerError) -> [RecordedReading] {
        try await ledger.readings(of: key, from: offset.start(of: day), to: offset.start(of: day + 1))
    }

    /// Whether a reading, or a session by its mean, says what was typed.
    private func says(_ vital: Vital, among known: [RecordedReading]) -> Bool {
        known.contains { $0.reading.vital.saysTheSame(as: vital) }
            || sessions(of: known, policy: policy, offset: offset).compactMap(\.value).contains {
                $0.saysTheSame(as: vital)
            }
    }
}

/// Where a typed value was taken, as the reading keeps it.
private enum VisitPlace {
    static let exam = "体检"
    static let corrected = "体检里改了"

    static func words(for method: FollowUpMethod) -> String {
        switch method {
        case .clinic: "门诊随访"
        case .home: "家庭随访"
        case .phone: "电话随访"
        case .other: "其他随访"
        }
    }
}

extension Vital {
    /// The numbers on the paper are the same; what an instrument says beside them does not matter.
    fileprivate func saysTheSame(as other: Vital) -> Bool {
        switch (self, other) {
        case (.bloodPressure(let one), .bloodPressure(let two)):
            one.systolic == two.systolic && one.diastolic == two.diastolic
        case (.glucose(let one), .glucose(let two)): one.micromolesPerLitre == two.micromolesPerLitre
        default: self == other
        }
    }
}

extension SessionValue {
    fileprivate func saysTheSame(as vital: Vital) -> Bool {
        guard case .bloodPressure(let pressure) = vital else { return false }
        return systolic == pressure.systolic && diastolic == pressure.diastolic
    }
}

extension ExamItem {
    /// As an instrument would have said it; nil for what no instrument of the hut measures.
    fileprivate var vital: Vital? {
        switch self {
        case .bloodPressure(let systolic, let diastolic):
            .bloodPressure(BloodPressure(systolic: systolic, diastolic: diastolic))
        case .glucose(let micromoles, _): .glucose(Glucose(micromolesPerLitre: micromoles))
        case .weight(let grams): .weight(grams: grams)
        case .height(let millimetres): .height(millimetres: millimetres)
        case .temperature(let centiCelsius): .temperature(centiCelsius: centiCelsius)
        case .waist, .electrocardiogram, .ultrasound, .laboratory: nil
        }
    }
}
