// A printed sheet as it is typed back: its number and day, its lines, and what has been typed of them already.

import Vitals

/// One line of a printed sheet, with what a follow-up typed from it needs.
package struct VisitsOutLine: Hashable, Sendable {
    package var line: CallSheetLine
    package var name: String
    package var sex: Sex?
    package var age: Int?
    package var diseases: [ManagedDisease]
    package var policy: FormPolicy
    /// The newest value known before the visit, `164/92`.
    package var lastValue: String?
    /// What stands typed of this line already: `138/82 分类1`, `没接`; nil: nothing yet.
    package var done: LocalizedText?

    package init(
        line: CallSheetLine, name: String, sex: Sex?, age: Int?, diseases: [ManagedDisease], policy: FormPolicy,
        lastValue: String? = nil, done: LocalizedText? = nil
    ) {
        (self.line, self.name, self.sex, self.age) = (line, name, sex, age)
        (self.diseases, self.policy, self.lastValue, self.done) = (diseases, policy, lastValue, done)
    }
}

/// A printed sheet of calls and visits.
package struct VisitsOutSheet: Hashable, Sendable {
    /// As printed on it.
    package var number: Int
    /// The day it was printed for; what is typed from it is dated so.
    package var day: LocalDay
    package var lines: [VisitsOutLine]

    package init(number: Int, day: LocalDay, lines: [VisitsOutLine]) {
        (self.number, self.day, self.lines) = (number, day, lines)
    }
}

/// A tick on a printed sheet; the letter stands above its box.
package enum SheetTick: Character, Hashable, Sendable, CaseIterable {
    case noAnswer = "n"
    case spoken = "s"
    case wrongNumber = "x"
    /// Will come to the hut.
    case comes = "c"
    /// Wants to be visited.
    case homeVisit = "v"
}

extension SheetTick {
    /// What is said of it on screen and paper.
    var words: LocalizedText {
        switch self {
        case .noAnswer: LocalizedText("没接", en: "no answer")
        case .spoken: LocalizedText("打通了", en: "spoken")
        case .wrongNumber: LocalizedText("号码不对", en: "wrong number")
        case .comes: LocalizedText("会来", en: "will come")
        case .homeVisit: LocalizedText("要上门", en: "visit")
        }
    }

    /// `n没接`, as it is explained on paper.
    func legend(_ language: Language) -> String {
        language == .chinese ? "\(rawValue)\(words.chinese)" : "\(rawValue) \(words.english)"
    }
}
