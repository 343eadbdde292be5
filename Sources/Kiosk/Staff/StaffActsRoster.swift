// The roster itself: a newcomer, a wrong telephone number, somebody who moved away or died, a forgotten PIN, a band. Nothing
// is silently altered: what stands there and why it is changed are both asked.

import Vitals

extension StaffActs {
    /// Somebody who is not on the roster.
    static func enrol() -> StaffQuestions {
        let questions =
            RosterField.allCases.filter { $0 != .medicines }.map { $0.question } + [.why(RosterWords.whyEnrolled)]
        return StaffQuestions(RosterWords.enrol, questions) { answers, desk in
            var resident = Resident(number: "", name: "")
            for (field, answer) in zip(RosterField.allCases.filter { $0 != .medicines }, answers) {
                field.write(answer, to: &resident, today: desk.today)
            }
            return .ask(.desk(.enrol(resident, reason: answers.last?.text ?? "")))
        }
    }

    /// One field of the roster line, with what stands there now.
    static func correct(_ card: ResidentCard, _ field: RosterField) -> StaffQuestions {
        let now = LocalizedText(
            "现在：\(field.text(card.resident, .chinese))", en: "now: \(field.text(card.resident, .english))")
        let title = LocalizedText(
            "\(card.resident.name)：改\(field.words.chinese)", en: "\(card.resident.name): \(field.words.english)")
        return StaffQuestions(title, about: [now], [field.question, .why(RosterWords.whyCorrected)]) { answers, desk in
            guard let answer = answers.first else { return .refuse(0, field.words) }
            var resident = card.resident
            field.write(answer, to: &resident, today: desk.today)
            guard resident != card.resident else { return .refuse(0, RosterWords.same) }
            return .ask(.desk(.correct(card.key, resident, reason: answers.last?.text ?? "")))
        }
    }

    /// `x`: moved, dead, lost, ended; or here again. Since a day, with a reason.
    static func status(_ card: ResidentCard) -> StaffQuestions {
        status(card.key, card.resident.name, besides: card.status)
    }

    /// The same from a form, which is of somebody who is here.
    static func status(_ context: FormContext) -> StaffQuestions {
        status(context.key, context.resident.name, besides: .here)
    }

    private static func status(
        _ key: ResidentKey, _ name: String, besides current: ResidentStatus
    ) -> StaffQuestions {
        let all = ResidentStatus.allCases.filter { $0 != current }
        let choices = all.map { StaffWords.status($0) ?? RosterWords.here }
        let day = StaffQuestion(note: StaffNote(RosterWords.since, choices: [RosterWords.today], kind: .figures)) {
            answer, desk in
            answer.choice == nil && StaffDates.past(answer.text, today: desk.today) == nil
                ? StaffDates.notYet(answer.text, today: desk.today) ?? RosterWords.noPast : nil
        }
        let what = StaffQuestion(note: StaffNote(RosterWords.status, choices: choices, kind: .choice))
        let title = LocalizedText("\(name)：停/搬/故", en: "\(name): moved, dead, lost")
        return StaffQuestions(title, [what, day, .why(RosterWords.whoSays)]) { answers, desk in
            guard answers.count == 3, let choice = answers[0].choice, all.indices.contains(choice) else {
                return .refuse(0, RosterWords.status)
            }
            let typed = StaffDates.past(answers[1].text, today: desk.today)
            guard let since = answers[1].choice == nil ? typed : desk.today else {
                return .refuse(1, RosterWords.noPast)
            }
            return .ask(.setStatus(key, all[choice], on: since, reason: answers[2].text))
        }
    }

    /// A newcomer whom a nurse has seen.
    static func confirm(_ card: ResidentCard) -> StaffQuestions {
        let title = LocalizedText("确认 \(card.resident.name)", en: "Confirm \(card.resident.name)")
        return StaffQuestions(title, [.why(RosterWords.howSeen)]) { answers, _ in
            .ask(.desk(.confirm(card.key, reason: answers.last?.text ?? "")))
        }
    }

    /// A new PIN, typed twice; or none.
    static func resetPIN(_ card: ResidentCard) -> StaffQuestions {
        let refusal: @Sendable (StaffAnswer, StaffDesk) -> LocalizedText? = { answer, _ in
            isPIN(answer.text) ? nil : RosterWords.noPIN
        }
        let title = LocalizedText("\(card.resident.name)：新密码", en: "\(card.resident.name): new PIN")
        let first = StaffQuestion(note: StaffNote(RosterWords.pin, kind: .secret), isOptional: true, refusal: refusal)
        let again = StaffQuestion(note: StaffNote(RosterWords.pinAgain, kind: .secret), isOptional: true)
        return StaffQuestions(title, [first, again, .why(RosterWords.whyPIN)]) { answers, _ in
            guard answers.count == 3 else { return .refuse(0, RosterWords.pin) }
            guard answers[0].text == answers[1].text else { return .refuse(0, RosterWords.pinsDiffer) }
            let pin = answers[0].text.isEmpty ? nil : answers[0].text
            return .ask(.desk(.resetPIN(card.key, pin: pin, reason: answers[2].text)))
        }
    }

    /// A band by the name its radio gives it, which is printed on it.
    static func pair(_ card: ResidentCard) -> StaffQuestions {
        let band = StaffQuestion(note: StaffNote(RosterWords.band)) { answer, _ in
            BandID(written: answer.text) == nil ? RosterWords.noBand : nil
        }
        let title = LocalizedText("\(card.resident.name)：戴手环", en: "\(card.resident.name): a band")
        return StaffQuestions(title, [band, .why(RosterWords.whyBand)]) { answers, _ in
            guard let band = answers.first.flatMap({ BandID(written: $0.text) }) else {
                return .refuse(0, RosterWords.noBand)
            }
            return .ask(.desk(.pair(band, card.key, reason: answers.last?.text ?? "")))
        }
    }

    static func unpair(_ card: ResidentCard, _ band: BandID) -> StaffQuestions {
        let title = LocalizedText(
            "\(card.resident.name)：收回 \(band.rawValue)", en: "\(card.resident.name): \(band.rawValue) comes back")
        return StaffQuestions(title, [.why(RosterWords.whyBack)]) { answers, _ in
            .ask(.desk(.unpair(band, reason: answers.last?.text ?? "")))
        }
    }

    /// A line that was merged becomes a resident of its own again.
    static func unmerge(_ card: ResidentCard, _ other: Candidate) -> StaffQuestions {
        let title = LocalizedText(
            "拆开 \(other.name) \(other.number)", en: "Take \(other.name) \(other.number) apart again")
        return StaffQuestions(title, [.why(RosterWords.whyApart)]) { answers, _ in
            .ask(.desk(.unmerge(other.key, from: card.key, reason: answers.last?.text ?? "")))
        }
    }

    /// Digits of a telephone number, with the marks people write between them.
    static func isPhone(_ text: String) -> Bool {
        (5...15).contains(text.count { $0.isRowDigit }) && text.allSatisfy { $0.isRowDigit || " -+".contains($0) }
    }

    /// Four to six digits, as a resident types them at the kiosk.
    private static func isPIN(_ text: String) -> Bool { (4...6).contains(text.count) && text.allSatisfy(\.isRowDigit) }
}

private enum RosterWords {
    static let enrol = LocalizedText("登记新人", en: "A new resident")
    static let whyEnrolled = [
        LocalizedText("搬来的", en: "moved here"), LocalizedText("新建的档案", en: "newly on the list"),
        LocalizedText("来小屋量血压", en: "came to measure"),
    ]
    static let whyCorrected = [
        LocalizedText("登记错了", en: "it was written wrong"), LocalizedText("换了", en: "it changed"),
        LocalizedText("看了身份证", en: "identity card seen"),
    ]
    static let same = LocalizedText("和现在的一样", en: "That is what stands there")
    static let status = LocalizedText("现在怎么样？按数字", en: "What is it now? By digit")
    static let here = LocalizedText("还在这里", en: "here again")
    static let since = LocalizedText("哪天起？按数字，或打 11-20", en: "Since which day? By digit, or 11-20")
    static let today = LocalizedText("今天", en: "today")
    static let noPast = LocalizedText("请打已经过去的日期，像 11-20", en: "A day that has been, like 11-20")
    static let whoSays = [
        LocalizedText("家里人说的", en: "the family says so"), LocalizedText("居委会说的", en: "the committee says so"),
        LocalizedText("打了几次找不到", en: "tried several times"),
    ]
    static let howSeen = [
        LocalizedText("看了身份证", en: "identity card seen"), LocalizedText("认识本人", en: "known in person"),
    ]
    static let pin = LocalizedText("新密码 4 到 6 位，空着=不用密码", en: "New PIN, 4 to 6 digits; empty: none")
    static let pinAgain = LocalizedText("再打一次", en: "Once more")
    static let pinsDiffer = LocalizedText("两次不一样，请再打", en: "The two differ; type it again")
    static let noPIN = LocalizedText("密码要 4 到 6 个数字", en: "A PIN has 4 to 6 digits")
    static let whyPIN = [
        LocalizedText("本人忘了", en: "forgotten"), LocalizedText("别人知道了", en: "somebody else knows it"),
    ]
    static let band = LocalizedText("手环号，印在背面", en: "The band's name, printed on it")
    static let noBand = LocalizedText("像 !433d1f2a 或 3g:4700186508", en: "Like !433d1f2a or 3g:4700186508")
    static let whyBand = [
        LocalizedText("新发的", en: "newly handed out"), LocalizedText("换一个", en: "instead of another"),
    ]
    static let whyBack = [
        LocalizedText("坏了", en: "broken"), LocalizedText("丢了", en: "lost"), LocalizedText("不戴了", en: "no longer worn"),
    ]
    static let whyApart = [LocalizedText("不是同一个人", en: "not the same person")]
}
