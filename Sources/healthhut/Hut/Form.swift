// The follow-up form: everything it shows that nobody presses, and the record that is signed. What was measured, what the
// policy says and what was asked last time come from the ledger; the form proposes and fills nothing.

import FollowUpRules
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// Opens the form of a resident: a look at the record, like her page.
    func openForm(of key: ResidentKey, by session: StaffSession, at id: String) {
        let isNew = session.resident != key && session.form != key
        places[id]?.staff?.form = key
        work { hut in
            if isNew { await hut.append([.recordSeen(key, by: session.key, place: id)]) }
            await hut.sendForm(of: key, by: session.key, at: id)
        }
    }

    /// Sends the form's context; again when something of this resident changes while it is open.
    func sendForm(of key: ResidentKey, by staff: StaffKey, at id: String) async {
        do {
            guard let context = try await formContext(key, by: staff) else {
                return tellStaff(at: id, .failed(HutPhrase.notFound))
            }
            tellStaff(at: id, .form(context))
        } catch {
            cannotRead("a form", error, at: id)
        }
    }

    private func formContext(_ key: ResidentKey, by staff: StaffKey) async throws(LedgerError) -> FormContext? {
        let now = self.now.hut
        guard let history = try await ledger.history(of: key, now: now, offset: offset) else { return nil }
        let diseases = followedDiseases(of: history, policy: policy, now: now, offset: offset)
        let weights = history.readings.compactMap { recorded -> KnownWeight? in
            guard case .weight(let grams) = recorded.reading.vital else { return nil }
            return KnownWeight(grams: grams, day: offset.day(of: recorded.reading.measuredAt))
        }
        let height = history.readings.reversed().lazy.compactMap { recorded -> Int? in
            if case .height(let millimetres) = recorded.reading.vital { millimetres } else { nil }
        }.first
        return FormContext(
            key: key, resident: history.resident, age: history.resident.age(on: today), diseases: diseases,
            policy: formPolicy(for: history.resident, history.marks),
            last: history.followUps.reversed().map(\.record),
            faceToFace: history.followUps.filter(\.record.method.isFaceToFace).map(\.record.day),
            measured: measuredDays(of: history),
            weight: weights.last ?? history.followUps.lazy.reversed().compactMap(\.record.knownWeight).first,
            heightMillimetres: height ?? history.followUps.lazy.reversed().compactMap(\.record.heightMillimetres).first,
            kioskSymptoms: history.symptoms.last { offset.day(of: $0.at) == today }.map(\.answer.words),
            ends: endedByFollowUp(history, about: diseases, policy: policy, now: now, offset: offset).map {
                EndedByFollowUp(rule: $0.rule, needsFaceToFace: $0.needsFaceToFace)
            },
            draft: try await ledger.followUpDraft(of: key, by: staff))
    }

    /// What the policy says to the form about one resident. The norm has a doctor sign classes 2 to 4 too.
    func formPolicy(for resident: Resident, _ marks: ResidentMarks) -> FormPolicy {
        let (systolic, diastolic) = FollowUpRules.limit(of: resident, marks: marks, on: today, policy: policy)
        let (cadence, again) = (policy.followUps.cadence.value, policy.followUps.again.value)
        return FormPolicy(
            name: policy.mark, limit: PressureLimit(systolic: systolic, diastolic: diastolic),
            limitWords: limitWords(of: resident, marks), glucoseLimit: policy.fasting.raised.value,
            nextDays: [
                .controlled: cadence, .notControlled: again, .reaction: again,
                .complication: policy.afterCritical.referral.value,
            ],
            faceToFaceEachYear: policy.followUps.aYear.value,
            countersigned: [.notControlled, .reaction, .complication])
    }

    /// What was measured on each day, newest first.
    func measuredDays(of history: ResidentHistory) -> [MeasuredDay] {
        var days: [LocalDay: MeasuredDay] = [:]
        for session in sessions(of: history.readings, policy: policy, offset: offset) {
            guard let pressure = MeasuredPressure(session, history) else { continue }
            days[session.day, default: MeasuredDay(day: session.day)].pressure = pressure
        }
        for recorded in history.readings {
            let day = offset.day(of: recorded.reading.measuredAt)
            switch recorded.reading.vital {
            case .weight(let grams): days[day, default: MeasuredDay(day: day)].weightGrams = grams
            case .glucose(let glucose):
                days[day, default: MeasuredDay(day: day)].glucose = MeasuredGlucose(
                    micromolesPerLitre: glucose.micromolesPerLitre,
                    isFasting: history.fasting[recorded.sequence] == .fasting, reading: recorded.sequence)
            default: break
            }
        }
        return days.values.sorted { $0.day > $1.day }
    }

    // MARK: saving

    /// Signs a follow-up. It keeps what was promised for its day or before, and ends the draft.
    func save(_ record: FollowUpRecord, by staff: StaffKey, at id: String) {
        guard record.day <= today else {
            return tellStaff(at: id, .followUpFailed(record.resident, HutPhrase.inFuture))
        }
        work { hut in
            let facts: [Fact]
            do throws(LedgerError) {
                let kept = try await hut.promisesKept(to: record.resident, on: record.day, by: staff) {
                    $0.isKept(by: record.method)
                }
                // The value first: the follow-up answers it.
                facts =
                    try await hut.typedReadings(in: record, by: staff)
                    + [.followUpRecorded(record, by: staff), .followUpDrafted(record.resident, draft: nil, by: staff)]
                    + kept
            } catch {
                log(.error, "a follow-up cannot be kept: \(error.message); hint: \(error.hint)")
                return hut.tellStaff(at: id, .followUpFailed(record.resident, HutPhrase.ledgerFailed))
            }
            guard await hut.carryOut(facts, about: [record.resident]) else {
                return hut.tellStaff(at: id, .followUpFailed(record.resident, HutPhrase.goneAlready))
            }
            hut.tellStaff(at: id, .followUpSaved(record.resident))
        }
    }

    /// A form that was left half filled; nil: thrown away.
    func saveDraft(_ text: String?, of key: ResidentKey, by staff: StaffKey, at id: String) {
        work { hut in
            guard await hut.append([.followUpDrafted(key, draft: text, by: staff)]) != nil else {
                return hut.tellStaff(at: id, .draftFailed(key, HutPhrase.ledgerFailed))
            }
            hut.tellStaff(at: id, .draftSaved(key))
        }
    }
}

extension MeasuredPressure {
    /// nil while no reading of the session counts.
    fileprivate init?(_ session: Session, _ history: ResidentHistory) {
        guard let value = session.value, let last = session.readings.last else { return nil }
        let recorded = history.readings.last { $0.sequence == last.sequence }
        self.init(
            value: value, at: session.end, arm: last.arm, rested: recorded?.reading.rested ?? .notSaid,
            source: last.source, readings: session.readings.map(\.sequence))
    }
}

extension FollowUpRecord {
    fileprivate var knownWeight: KnownWeight? { weightGrams.map { KnownWeight(grams: $0.value.present, day: day) } }
}

extension PromiseKind {
    /// Whether a follow-up of this method is what was promised.
    fileprivate func isKept(by method: FollowUpMethod) -> Bool {
        switch self {
        case .call: true
        case .homeVisit: method == .home
        case .comeBack: method == .clinic
        }
    }
}

extension SymptomAnswer {
    /// What the resident answered, for the nurse.
    var words: LocalizedText {
        switch self {
        case .none: LocalizedText("没有不舒服", en: "no complaint")
        case .mild: LocalizedText("有一点不舒服", en: "a little unwell")
        case .danger: LocalizedText("有危险症状", en: "danger signs")
        case .silence: LocalizedText("没有回答", en: "no answer")
        case .slip: LocalizedText("按错了", en: "pressed by mistake")
        case .dizzy: LocalizedText("头晕", en: "dizzy")
        case .dizzySilence: LocalizedText("问头晕没有回答", en: "asked about dizziness, no answer")
        case .notDizzy: LocalizedText("不晕", en: "not dizzy")
        }
    }
}
