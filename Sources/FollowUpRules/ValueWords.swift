// The word beside a value: one function for kiosk, slip, list and record (visit-script section 3). A limit word, never
// a grade, never a diagnosis; the shape repeats it for those who cannot read the line.
import Vitals

/// The limit of one person on a day, as systolic and diastolic: below both is *in range*.
package func limit(
    of resident: Resident, marks: ResidentMarks = ResidentMarks(), on day: LocalDay, policy: Policy
) -> (MmHg, MmHg) {
    let limit = policy.limit(of: resident, marks: marks, on: day)
    return (MmHg(limit.systolic), MmHg(limit.diastolic))
}

/// The word for a value. `isLow`: the session has two systolic readings below the limit, or one far below;
/// `resident` is nil for a guest.
package func valueWord(
    for value: SessionValue, isLow: Bool, of resident: Resident?, marks: ResidentMarks = ResidentMarks(),
    on day: LocalDay, policy: Policy
) -> ValueWord {
    let word = wordOfSession(value, isLow: isLow, of: resident, marks: marks, on: day, policy: policy)
    guard value.count == 1 else { return word }
    return ValueWord(
        shape: "?",
        text: LocalizedText(
            "\(word.text.chinese)，只量了一遍，只作参考", en: "\(word.text.english); once only, a hint"))
}

/// The limit that a resident's words go by: L where hypertension is known, else *raised*; nil where her values get no
/// word of a limit, because the nurse is to be asked (under age, pregnant or lactating).
package func wordLimit(
    of resident: Resident, marks: ResidentMarks = ResidentMarks(), on day: LocalDay, policy: Policy
) -> PolicyLimit? {
    if let age = resident.age(on: day), age < policy.ages.adult.value { return nil }
    guard marks.conditions(of: resident, on: day).isDisjoint(with: [.pregnant, .lactating]) else { return nil }
    return marks.isKnownHypertensive(resident, on: day)
        ? policy.limit(of: resident, marks: marks, on: day) : policy.raised
}

/// The word for a session of the record.
package func valueWord(
    for session: Session, of resident: Resident?, marks: ResidentMarks = ResidentMarks(), policy: Policy
) -> ValueWord? {
    session.value.map {
        valueWord(
            for: $0, isLow: session.isLow(by: policy), of: resident, marks: marks, on: session.day, policy: policy)
    }
}

private func wordOfSession(
    _ value: SessionValue, isLow: Bool, of resident: Resident?, marks: ResidentMarks, on day: LocalDay, policy: Policy
) -> ValueWord {
    if policy.crisis.isReached(by: value) { return .veryHigh }
    // A child's low is not an adult's: percentile charts decide, so the nurse is asked before the word *low*.
    if let age = resident?.age(on: day), age < policy.ages.adult.value { return .askTheNurse }
    if isLow { return .low }
    guard let resident else { return wordForUnknown(value, policy: policy) }
    let conditions = marks.conditions(of: resident, on: day)
    if !conditions.isDisjoint(with: [.pregnant, .lactating]) { return .askTheNurse }
    return marks.isKnownHypertensive(resident, on: day)
        ? wordForKnown(value, limit: policy.limit(of: resident, marks: marks, on: day), policy: policy)
        : wordForUnknown(value, policy: policy)
}

private func wordForKnown(_ value: SessionValue, limit: PolicyLimit, policy: Policy) -> ValueWord {
    if policy.high.isReached(by: value) { return .farAboveRange }
    return limit.isReached(by: value) ? .aboveRange : .inRange(limit)
}

private func wordForUnknown(_ value: SessionValue, policy: Policy) -> ValueWord {
    if policy.high.isReached(by: value) { return .high }
    if policy.raised.isReached(by: value) { return .raised }
    return policy.normal.isReached(by: value) ? .highNormal : .normal
}

extension ValueWord {
    fileprivate static let veryHigh = ValueWord("^^", "很高，今天要看医生", en: "very high: doctor today")
    fileprivate static let low = ValueWord("v", "偏低，坐着别急着起来", en: "low: stay seated")
    fileprivate static let askTheNurse = ValueWord("?", "存好了，请问护士", en: "stored; ask the nurse")
    fileprivate static let aboveRange = ValueWord(
        "^", "超过您的范围一点，护士会看到", en: "a little above your range, the nurse will see it")
    fileprivate static let farAboveRange = ValueWord(
        "^", "超过您的范围，一周内护士联系您", en: "above your range, the nurse contacts you within a week")
    fileprivate static let normal = ValueWord("O", "在正常范围", en: "in the normal range")
    fileprivate static let highNormal = ValueWord(
        "O", "还可以，少吃盐，半年内再量", en: "all right; less salt; again within half a year")
    fileprivate static let raised = ValueWord(
        "^", "这次偏高，请换两天再各量一次", en: "raised this time; measure on two other days")
    fileprivate static let high = ValueWord(
        "^", "这次高，请这几天来找护士", en: "high this time; see the nurse these days")

    fileprivate static func inRange(_ limit: PolicyLimit) -> ValueWord {
        ValueWord("O", "在您的范围里(\(limit.text) 以下)", en: "within your range (below \(limit.text))")
    }

    private init(_ shape: String, _ chinese: String, en english: String) {
        self.init(shape: shape, text: LocalizedText(chinese, en: english))
    }
}
