// What is said and promised to a resident who is not here: a call, a date, a word for the next visit.

import Vitals

/// The questions of each act.
enum StaffActs {
    /// `t` on a row, and on a resident's page: what became of the call.
    static func call(_ key: ResidentKey, _ who: String, phone: String?, tries: Int, owed: Int = 0) -> StaffQuestions {
        let question = StaffQuestion(note: StaffNote(CallWords.how, choices: CallWords.results, kind: .choice))
        let number = phone.map { LocalizedText("电话 \($0)", en: "phone \($0)") } ?? CallWords.noPhone
        let before = StaffWords.tries(tries).map { [$0] } ?? []
        return StaffQuestions(CallWords.title(who), about: [number] + before, [question], owed: owed) { answers, _ in
            let results: [CallResult] = [.noAnswer, .spoken, .wrongNumber]
            guard let choice = answers.first?.choice, results.indices.contains(choice) else {
                return .refuse(0, CallWords.how)
            }
            return .ask(.desk(.called(key, results[choice])))
        }
    }

    /// `v`: a day on which somebody comes to her home.
    static func homeVisit(_ key: ResidentKey, _ who: String) -> StaffQuestions {
        let days = [0, 1, 2, 7]
        let note = StaffNote(CallWords.whichDay, choices: CallWords.days, kind: .figures)
        let day: @Sendable (StaffAnswer, StaffDesk) -> LocalDay? = { answer, desk in
            if let choice = answer.choice { return days.indices.contains(choice) ? desk.today + days[choice] : nil }
            return StaffDates.coming(answer.text, today: desk.today)
        }
        let question = StaffQuestion(note: note) { day($0, $1) == nil ? CallWords.noDay : nil }
        return StaffQuestions(CallWords.visit(who), [question]) { answers, desk in
            guard let day = answers.first.flatMap({ day($0, desk) }) else { return .refuse(0, CallWords.noDay) }
            return .ask(.desk(.promise(key, .homeVisit, day)))
        }
    }

    /// `n`: a word that the resident finds at the next visit.
    static func message(_ key: ResidentKey, _ who: String) -> StaffQuestions {
        let question = StaffQuestion(note: StaffNote(CallWords.write, choices: CallWords.messages))
        return StaffQuestions(CallWords.message(who), about: [CallWords.seen], [question]) { answers, _ in
            guard let text = answers.first?.text, !text.isEmpty else { return .refuse(0, CallWords.write) }
            return .ask(.desk(.leaveMessage(key, text)))
        }
    }
}

extension StaffWords {
    /// `打过 2 次没人接`; from the third on with what to do. nil: none.
    static func tries(_ count: Int) -> LocalizedText? {
        switch count {
        case ..<1: nil
        case 1..<mostTries: LocalizedText("打过\(count)次没人接", en: "\(count) call\(count == 1 ? "" : "s") unanswered")
        default: LocalizedText("打过\(count)次没人接，建议上门", en: "\(count) calls unanswered: visit")
        }
    }

    /// So many calls that nobody answered, then a home visit (nurse-screens, *Also*).
    static let mostTries = 3
}

private enum CallWords {
    static let how = LocalizedText("电话打得怎么样？按数字", en: "How was the call? By digit")
    static let noPhone = LocalizedText("没有登记电话", en: "no telephone number on record")
    static let results = [
        LocalizedText("没人接", en: "nobody answered"), LocalizedText("打通了", en: "spoken to"),
        LocalizedText("号码不对", en: "wrong number"),
    ]
    static let whichDay = LocalizedText("哪天？按数字，或打 11-25", en: "Which day? By digit, or 11-25")
    static let days = [
        LocalizedText("今天", en: "today"), LocalizedText("明天", en: "tomorrow"),
        LocalizedText("后天", en: "in two days"), LocalizedText("一周后", en: "in a week"),
    ]
    static let noDay = LocalizedText("请打今天以后的日期，像 11-25", en: "A day from today on, like 11-25")
    static let write = LocalizedText("按数字，也可以写", en: "By digit, or write")
    static let seen = LocalizedText("本人下次来的时候看到", en: "shown at the next visit")
    static let messages = [
        LocalizedText("请给护士打个电话", en: "please call the nurse"),
        LocalizedText("请来小屋量一次", en: "please come and measure"),
        LocalizedText("药开好了，请来拿", en: "your medicine is ready"),
    ]

    static func title(_ who: String) -> LocalizedText { LocalizedText("给 \(who) 打电话", en: "Call \(who)") }
    static func visit(_ who: String) -> LocalizedText { LocalizedText("约上门：\(who)", en: "Home visit: \(who)") }
    static func message(_ who: String) -> LocalizedText { LocalizedText("留言给 \(who)", en: "Message for \(who)") }
}
