// What a person puts on record about a resident beyond the roster line: conditions with their dates, a limit of his
// own, who may be called. Each is a fact with a date and an author; here is what a row of them comes to.

/// Diseases for which a family-doctor team owes follow-ups (norm, 3rd edition).
package enum ManagedDisease: String, Hashable, Sendable, Codable, CaseIterable { case hypertension, diabetes }

/// What makes somebody *high-risk* in the norm's words (clinical-rules 1.6), where no measurement says it.
package enum RiskFactor: String, Hashable, Sendable, Codable, CaseIterable {
    case familyHistory, heavyDrinking, saltyFood, overweight, largeWaist
}

/// Somebody to call about a resident.
package struct ContactPerson: Hashable, Sendable, Codable {
    package var name: String
    /// `女儿`.
    package var relation: String
    package var phone: String
    /// The day on which the resident agreed that this person is told; nil: not agreed, for emergencies only.
    package var consented: LocalDay?

    package init(name: String, relation: String, phone: String, consented: LocalDay?) {
        (self.name, self.relation, self.phone, self.consented) = (name, relation, phone, consented)
    }
}

/// A limit pair of one resident, set by a clinician: controlled is below both.
package struct PressureLimit: Hashable, Sendable, Codable {
    package var systolic: MmHg
    package var diastolic: MmHg

    package init(systolic: MmHg, diastolic: MmHg) { (self.systolic, self.diastolic) = (systolic, diastolic) }
}

/// One thing put on record about a resident.
package enum ResidentMark: Hashable, Sendable, Codable {
    /// `until`: asked again after this day, which is how a pregnancy ends.
    case condition(Condition, since: LocalDay?, until: LocalDay?)
    case conditionEnded(Condition)
    /// nil: the policy's own limit again.
    case limit(PressureLimit?)
    /// On the team's list for this disease since a day; the base of the follow-up dates.
    case managed(ManagedDisease, since: LocalDay)
    case managementEnded(ManagedDisease)
    case livesAlone(Bool)
    /// Agreed to be looked after when nothing is heard (LV-01, W-04).
    case watched(Bool)
    /// Operation, shunt, paralysis: the cuff never goes there.
    case neverArm(Arm, Bool)
    case risk(RiskFactor, Bool)
    case contacts([ContactPerson])
    /// Drugs that are not borne, as text; nil: asked, and none known.
    case allergies(String?)
}

/// The marks of one resident as they stand.
package struct ResidentMarks: Hashable, Sendable, Codable {
    /// When a condition began and until when it is taken for true, as somebody said.
    package struct Since: Hashable, Sendable, Codable {
        package var since, until: LocalDay?
    }

    package var conditions: [Condition: Since] = [:]
    package var limit: PressureLimit?
    package var managed: [ManagedDisease: LocalDay] = [:]
    /// Said to be over, whatever the roster's line says.
    package var endedConditions: Set<Condition> = []
    package var endedManagement: Set<ManagedDisease> = []
    package var livesAlone = false
    package var isWatched = false
    package var neverArms: Set<Arm> = []
    package var risks: Set<RiskFactor> = []
    package var contacts: [ContactPerson] = []
    /// Drugs that are not borne, as text; empty: asked, and none known; nil: nobody asked.
    package var allergies: String?

    package init() {}

    /// Follows one more mark.
    package mutating func apply(_ mark: ResidentMark) {
        switch mark {
        case .condition(let condition, let since, let until):
            conditions[condition] = Since(since: since, until: until)
            endedConditions.remove(condition)
        case .conditionEnded(let condition):
            conditions[condition] = nil
            endedConditions.insert(condition)
        case .limit(let limit): self.limit = limit
        case .managed(let disease, let since):
            managed[disease] = since
            endedManagement.remove(disease)
        case .managementEnded(let disease):
            managed[disease] = nil
            endedManagement.insert(disease)
        case .livesAlone(let isTrue): livesAlone = isTrue
        case .watched(let isTrue): isWatched = isTrue
        case .neverArm(let arm, let isTrue): if isTrue { neverArms.insert(arm) } else { neverArms.remove(arm) }
        case .risk(let risk, let isTrue): if isTrue { risks.insert(risk) } else { risks.remove(risk) }
        case .contacts(let contacts): self.contacts = contacts
        case .allergies(let allergies): self.allergies = allergies ?? ""
        }
    }

    /// What holds on a day: the roster's set less what was said to be over, and what was marked for that day.
    package func conditions(of resident: Resident, on day: LocalDay) -> Set<Condition> {
        guard !conditions.isEmpty || !endedConditions.isEmpty else { return resident.conditions }
        var held = resident.conditions.subtracting(endedConditions)
        for (condition, time) in conditions {
            // A mark with dates replaces the roster's word, which has none: a pregnancy ends.
            if time.holds(on: day) { held.insert(condition) } else { held.remove(condition) }
        }
        return held
    }
}

extension ResidentMarks.Since {
    fileprivate func holds(on day: LocalDay) -> Bool {
        (since.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true)
    }
}
