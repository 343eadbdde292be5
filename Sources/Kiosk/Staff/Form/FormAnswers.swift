// What a nurse has answered so far. An answer is nil until she presses something: a form that fills itself is the thing
// it must never become (HAZARDS H-39). Codable, because it is also the draft.

import Vitals

/// The questions that stop the cursor, in the order they are asked; tests, referral and the like are called by letter.
enum FormField: String, Hashable, Sendable, Codable, CaseIterable {
    case method, symptoms, diabetesSymptoms, pressure, weight, lifestyle, pedalPulse, glucose, adherence, reaction
    case hypoglycaemia, drugs, visitClass, diabetesClass, next, sign

    /// The questions of these diseases: what both forms ask stands once.
    static func asked(of diseases: [ManagedDisease]) -> [FormField] {
        allCases.filter { field in
            switch field {
            case .symptoms, .visitClass: diseases.contains(.hypertension)
            case .diabetesSymptoms, .pedalPulse, .glucose, .hypoglycaemia, .diabetesClass: diseases.contains(.diabetes)
            default: true
            }
        }
    }
}

/// One of the four groups of *how somebody lives*, by the key that asks for it alone.
enum HabitGroup: Int, Hashable, Sendable, Codable, CaseIterable {
    /// Cigarettes and spirits; times and minutes of exercise; salt and staple food; mood and following advice.
    case smokingDrinking = 6, exercise, diet, mind
}

/// How somebody lives, as far as it was asked. A group is nil until it was typed; `isRestUnchanged` is the key `=`.
struct FormHabits: Hashable, Sendable, Codable {
    struct SmokingDrinking: Hashable, Sendable, Codable { var cigarettes, spiritsTenths: PresentAndTarget }
    struct Exercise: Hashable, Sendable, Codable { var times, minutes: PresentAndTarget }
    struct Diet: Hashable, Sendable, Codable {
        var salt, saltTarget: SaltIntake?
        var stapleGrams: PresentAndTarget?
    }
    struct Mind: Hashable, Sendable, Codable { var mood, followsAdvice: Rating }

    var smokingDrinking: SmokingDrinking?
    var exercise: Exercise?
    var diet: Diet?
    var mind: Mind?
    var isRestUnchanged = false

    /// Every group as it was written down last time.
    init(_ lifestyle: Lifestyle) {
        smokingDrinking = SmokingDrinking(
            cigarettes: lifestyle.cigarettesEachDay, spiritsTenths: lifestyle.spiritsTenthsEachDay)
        exercise = Exercise(times: lifestyle.exerciseEachWeek, minutes: lifestyle.exerciseMinutes)
        diet = Diet(
            salt: lifestyle.salt, saltTarget: lifestyle.saltTarget, stapleGrams: lifestyle.stapleGramsEachDay)
        mind = Mind(mood: lifestyle.mood, followsAdvice: lifestyle.followsAdvice)
    }

    init() {}

    func has(_ group: HabitGroup) -> Bool {
        switch group {
        case .smokingDrinking: smokingDrinking != nil
        case .exercise: exercise != nil
        case .diet: diet != nil
        case .mind: mind != nil
        }
    }

    /// The answer with what `=` takes from last time; nil while a group is open.
    func lifestyle(last: Lifestyle?) -> Answer<Lifestyle>? {
        let before = isRestUnchanged ? last.map(FormHabits.init) : nil
        guard let smokingDrinking = smokingDrinking ?? before?.smokingDrinking,
            let exercise = exercise ?? before?.exercise, let diet = diet ?? before?.diet,
            let mind = mind ?? before?.mind
        else { return nil }
        let isUntouched = !HabitGroup.allCases.contains(where: has)
        return Answer(
            Lifestyle(
                cigarettesEachDay: smokingDrinking.cigarettes, spiritsTenthsEachDay: smokingDrinking.spiritsTenths,
                exerciseEachWeek: exercise.times, exerciseMinutes: exercise.minutes, salt: diet.salt,
                saltTarget: diet.saltTarget, stapleGramsEachDay: diet.stapleGrams, mood: mind.mood,
                followsAdvice: mind.followsAdvice), isUntouched ? .unchanged : .asked)
    }
}

/// Everything pressed so far.
struct FormAnswers: Hashable, Sendable, Codable {
    /// The day of the follow-up; the day of opening unless the nurse says another.
    var day: LocalDay
    var method: FollowUpMethod?
    /// Empty: none.
    var symptoms: Set<HypertensionSymptom>?
    var otherSymptom: String?
    var diabetesSymptoms: Set<DiabetesSymptom>?
    var otherDiabetesSymptom: String?
    var pressure: Answer<FormPressure>?
    var pulse: Answer<PerMinute>?
    var weightGrams: Answer<PresentAndTarget>?
    /// Typed; nil: as on record.
    var heightMillimetres: Int?
    var otherSigns: String?
    var habits = FormHabits()
    var tests: [AuxiliaryTest] = []
    var pedalPulse: PedalPulse?
    var glucose: Answer<Int>?
    var glucoseReading: FactSequence?
    var hba1cTenths: Int?
    var hba1cDay: LocalDay?
    var adherence: Adherence?
    /// Empty: none.
    var reaction: String?
    var hypoglycaemia: HypoglycaemiaFrequency?
    var drugs: Answer<[Drug]>?
    var insulin: String?
    var visitClass: VisitClass?
    var diabetesClass: VisitClass?
    var keptBecause: String?
    var referral: Referral?
    var next: LocalDay?
    /// Questions passed with Enter because there is nothing to say: no value by telephone, nobody weighed.
    var passed: Set<FormField> = []
    /// Time spent on earlier screens.
    var secondsSpent = 0

    init(day: LocalDay) { self.day = day }

    /// A value belongs to its day: another day's are forgotten, and what was agreed from them. Says whether anything was.
    mutating func move(to day: LocalDay) -> Bool {
        guard day != self.day else { return false }
        self.day = day
        let before = self
        (pressure, pulse, weightGrams, glucose, glucoseReading, next) = (nil, nil, nil, nil, nil, nil)
        let isForgotten = self != before
        passed = []
        return isForgotten
    }
}

/// A form that was left half filled. A text that is no such thing any more is said to be so, and kept in the ledger.
struct FormDraft: Hashable, Sendable, Codable {
    var answers: FormAnswers
    var field: FormField
}
