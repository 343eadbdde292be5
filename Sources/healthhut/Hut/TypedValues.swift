// What a nurse types into a form or into an exam is a reading too (whose-reading row 45), so that nothing is typed twice: it
// stands on the list and in the course, and every rule that takes a typed value sees it.

import FollowUpRules
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// The readings of what was typed into a follow-up: its blood pressure and its glucose, unless an instrument's reading of
    /// that day says the same.
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
        return try await typedReadings(vitals, of: record.resident, on: record.day, place: place, by: staff)
    }

    /// The reading of what was typed as an item of an exam; the one it corrects is set aside. What an instrument measured
    /// that day and a key took over is a reading already.
    func typedReadings(as item: ExamItem, of key: ResidentKey, on day: LocalDay, by staff: StaffKey)
        async throws(LedgerError) -> [Fact]
    {
        guard let vital = item.vital else { return [] }
        var facts: [Fact] = []
        if let former = try await ledger.exam(of: key, on: day)?.items.first(where: { $0.kind == item.kind })?.vital,
            former != vital,
            let reading = try await readings(of: key, on: day).last(where: {
                $0.reading.source == .manual && $0.reading.vital == former
            })
        {
            facts.append(.readingDiscarded(reading.sequence, .badMeasurement, by: staff, note: VisitPlace.corrected))
        }
        return facts + (try await typedReadings([vital], of: key, on: day, place: VisitPlace.exam, by: staff))
    }

    private func typedReadings(
        _ vitals: [Vital], of key: ResidentKey, on day: LocalDay, place: String, by staff: StaffKey
    ) async throws(LedgerError) -> [Fact] {
        guard !vitals.isEmpty else { return [] }
        let known = try await readings(of: key, on: day)
        let sessions = sessions(of: known, policy: policy, offset: offset).compactMap(\.value)
        return vitals.filter { vital in !known.contains { $0.reading.vital.saysTheSame(as: vital) } }
            .filter { vital in !sessions.contains { $0.saysTheSame(as: vital) } }
            .map { vital in
                var typed = attribution.typed(vital, for: key, by: staff, place: place, now: now)
                // Of a day that has gone nobody knows the hour.
                typed.reading.measuredAt = day == today ? now.hut : offset.start(of: day) + .seconds(12 * 3_600)
                return .reading(typed.reading, typed.owner)
            }
    }

    private func readings(of key: ResidentKey, on day: LocalDay) async throws(LedgerError) -> [RecordedReading] {
        let end = HutTime(milliseconds: offset.start(of: day + 1).milliseconds - 1)
        let history = try await ledger.history(of: key, now: end, offset: offset, lookBackDays: 1)
        return (history?.readings ?? []).filter { offset.day(of: $0.reading.measuredAt) == day }
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
