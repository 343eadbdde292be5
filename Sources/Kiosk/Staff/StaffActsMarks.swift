// What is put on record about a resident beside the roster line: conditions with their dates, a limit of her own, whom to
// call, the arm that is never used. Each with a reason, because somebody will ask for it later.

import Vitals

extension StaffActs {
    /// `l`: a limit of her own; only a doctor sets one.
    static func limit(_ card: ResidentCard) -> StaffQuestions {
        let refusal: @Sendable (StaffAnswer, StaffDesk) -> LocalizedText? = { answer, _ in
            answer.choice == nil && pressure(answer.text) == nil ? MarkWords.noLimit : nil
        }
        let note = StaffNote(MarkWords.limit, choices: [MarkWords.policyLimit], kind: .figures)
        let now = LocalizedText("现在 \(card.limit)", en: "now \(card.limit)")
        return StaffQuestions(
            MarkWords.limitOf(card.resident.name), about: [now], [StaffQuestion(note: note, refusal: refusal), .why()]
        ) { answers, desk in
            guard let answer = answers.first else { return .refuse(0, MarkWords.noLimit) }
            let limit = pressure(answer.text)
            guard answer.choice != nil || limit != nil else { return .refuse(0, MarkWords.noLimit) }
            return mark(card, .limit(answer.choice == nil ? limit : nil), answers, desk)
        }
    }

    /// A condition that is not on record yet, since when and, for a pregnancy, until when it is taken for true.
    static func condition(_ card: ResidentCard, _ condition: Condition) -> StaffQuestions {
        var questions = [
            StaffQuestion(note: StaffNote(MarkWords.since, kind: .figures), isOptional: true) { answer, desk in
                since(answer.text, desk.today) == nil
                    ? StaffDates.notYet(answer.text, today: desk.today) ?? MarkWords.noPast : nil
            }
        ]
        let ends = condition == .pregnant || condition == .lactating
        if ends {
            questions.append(
                StaffQuestion(note: StaffNote(MarkWords.until, kind: .figures)) { answer, desk in
                    StaffDates.coming(answer.text, today: desk.today) == nil ? MarkWords.noComing : nil
                })
        }
        questions.append(.why(MarkWords.sources))
        let title = StaffWords.of(card, StaffWords.condition(condition))
        let count = questions.count
        return StaffQuestions(title, questions) { answers, desk in
            guard answers.count == count else { return .refuse(0, MarkWords.since) }
            let until = ends ? StaffDates.coming(answers[1].text, today: desk.today) : nil
            let began = since(answers[0].text, desk.today)
            return mark(card, .condition(condition, since: began, until: until), answers, desk)
        }
    }

    /// On the team's list for a disease since a day: the base of every follow-up date.
    static func manage(_ card: ResidentCard, _ disease: ManagedDisease) -> StaffQuestions {
        let since = StaffQuestion(note: StaffNote(MarkWords.managedSince, choices: [MarkWords.today], kind: .figures)) {
            answer, desk in
            answer.choice == nil && StaffDates.past(answer.text, today: desk.today) == nil
                ? StaffDates.notYet(answer.text, today: desk.today) ?? MarkWords.noPast : nil
        }
        let title = StaffWords.of(card, StaffWords.managed(disease))
        return StaffQuestions(title, [since, .why(MarkWords.sources)]) { answers, desk in
            guard let answer = answers.first else { return .refuse(0, MarkWords.noPast) }
            let day = answer.choice == nil ? StaffDates.past(answer.text, today: desk.today) : desk.today
            guard let day else { return .refuse(0, MarkWords.noPast) }
            return mark(card, .managed(disease, since: day), answers, desk)
        }
    }

    /// One mark that needs only its reason.
    static func plain(_ card: ResidentCard, _ words: LocalizedText, _ what: ResidentMark) -> StaffQuestions {
        StaffQuestions(StaffWords.of(card, words), [.why(MarkWords.sources)]) { answers, desk in
            mark(card, what, answers, desk)
        }
    }

    /// Drugs that are not borne.
    static func allergies(_ card: ResidentCard) -> StaffQuestions {
        let text = StaffQuestion(note: StaffNote(MarkWords.allergies), isOptional: true)
        let title = StaffWords.of(card, MarkWords.allergy)
        return StaffQuestions(title, [text, .why(MarkWords.sources)]) { answers, desk in
            let text = answers.first?.text ?? ""
            return mark(card, .allergies(text.isEmpty ? nil : text), answers, desk)
        }
    }

    /// One more person to call, with or without the resident's consent.
    static func contact(_ card: ResidentCard) -> StaffQuestions {
        let questions = [
            StaffQuestion(note: StaffNote(MarkWords.contactName)),
            StaffQuestion(note: StaffNote(MarkWords.relation, choices: MarkWords.relations)),
            StaffQuestion(note: StaffNote(MarkWords.phone, kind: .figures)) { answer, _ in
                StaffActs.isPhone(answer.text) ? nil : MarkWords.noPhone
            },
            StaffQuestion(note: StaffNote(MarkWords.consent, choices: MarkWords.consents, kind: .choice)),
            .why(MarkWords.sources),
        ]
        return StaffQuestions(StaffWords.of(card, MarkWords.contact), questions) { answers, desk in
            guard answers.count == questions.count else { return .refuse(0, MarkWords.contactName) }
            let contact = ContactPerson(
                name: answers[0].text, relation: answers[1].text, phone: answers[2].text,
                consented: answers[3].choice == 0 ? desk.today : nil)
            return mark(card, .contacts(card.marks.contacts + [contact]), answers, desk)
        }
    }

    private static func mark(
        _ card: ResidentCard, _ what: ResidentMark, _ answers: [StaffAnswer], _ desk: StaffDesk
    ) -> StaffQuestions.End {
        .ask(.desk(.mark(card.key, what, on: desk.today, reason: answers.last?.text ?? "")))
    }

    /// `140 90`, both in the range that a cuff can say.
    private static func pressure(_ text: String) -> PressureLimit? {
        let numbers = text.split(whereSeparator: { " /".contains($0) }).compactMap { Int($0) }
        guard numbers.count == 2 else { return nil }
        let pressure = BloodPressure(systolic: MmHg(numbers[0]), diastolic: MmHg(numbers[1]))
        guard Vital.bloodPressure(pressure).implausibleField == nil else { return nil }
        return PressureLimit(systolic: pressure.systolic, diastolic: pressure.diastolic)
    }

    /// `2016`, or a whole day that has been; the year alone is its first day.
    private static func since(_ text: String, _ today: LocalDay) -> LocalDay? {
        if text.count == 4, let year = Int(text), (1_900...today.date.year).contains(year) {
            return LocalDay(year: year, month: 1, day: 1)
        }
        return StaffDates.past(text, today: today)
    }
}

extension StaffWords {
    /// `张桂芳：药敏`: whose record it is stands on every page of it.
    static func of(_ card: ResidentCard, _ what: LocalizedText) -> LocalizedText {
        LocalizedText("\(card.resident.name)：\(what.chinese)", en: "\(card.resident.name): \(what.english)")
    }

    /// On the list of a team for this disease.
    package static func managed(_ disease: ManagedDisease) -> LocalizedText {
        switch disease {
        case .hypertension: LocalizedText("高血压随访管理", en: "follow-up of hypertension")
        case .diabetes: LocalizedText("糖尿病随访管理", en: "follow-up of diabetes")
        }
    }

    package static func risk(_ risk: RiskFactor) -> LocalizedText {
        switch risk {
        case .familyHistory: LocalizedText("家里有人高血压", en: "hypertension in the family")
        case .heavyDrinking: LocalizedText("喝酒多", en: "heavy drinking")
        case .saltyFood: LocalizedText("吃得咸", en: "salty food")
        case .overweight: LocalizedText("超重", en: "overweight")
        case .largeWaist: LocalizedText("腰围大", en: "large waist")
        }
    }
}

private enum MarkWords {
    static let limit = LocalizedText("范围：高压 低压，像 140 90", en: "Limit: systolic diastolic, like 140 90")
    static let policyLimit = LocalizedText("按规范，不单独定", en: "the policy's own")
    static let noLimit = LocalizedText("请打两个数，像 140 90", en: "Two numbers, like 140 90")
    static let since = LocalizedText("哪年起？像 2016，可以不打", en: "Since when? 2016; may be left out")
    static let until = LocalizedText("到哪天再问？像 2027-03-01", en: "Ask again when? Like 2027-03-01")
    static let managedSince = LocalizedText("哪天起管理？像 2026-03-01", en: "Since which day? 2026-03-01")
    static let today = LocalizedText("今天起", en: "from today")
    static let noPast = LocalizedText("请打已经过去的日期", en: "A year or a day that has been")
    static let noComing = LocalizedText("请打今天以后的日期", en: "A day from today on")
    static let sources = [
        LocalizedText("看了病历", en: "medical record seen"), LocalizedText("本人说的", en: "the resident says so"),
        LocalizedText("家里人说的", en: "the family says so"), LocalizedText("医生定的", en: "the doctor decided"),
    ]
    static let allergy = LocalizedText("药敏", en: "allergies")
    static let allergies = LocalizedText("对什么药？空着=没有", en: "To which drugs? Empty: none known")
    static let contact = LocalizedText("添联系人", en: "a contact")
    static let contactName = LocalizedText("联系人名字", en: "Name of the contact")
    static let relation = LocalizedText("是什么人？也可以写", en: "Who is that? Or write")
    static let relations = [
        LocalizedText("老伴", en: "spouse"), LocalizedText("儿子", en: "son"), LocalizedText("女儿", en: "daughter"),
        LocalizedText("邻居", en: "neighbour"),
    ]
    static let phone = LocalizedText("电话", en: "Telephone")
    static let noPhone = LocalizedText("电话要 5 到 15 个数字", en: "A number has 5 to 15 digits")
    static let consent = LocalizedText("本人同意告诉他/她吗？", en: "Does the resident agree?")
    static let consents = [
        LocalizedText("同意", en: "yes"), LocalizedText("没同意，只急用", en: "no: in emergencies only"),
    ]

    static func limitOf(_ name: String) -> LocalizedText { LocalizedText("\(name) 的范围", en: "Limit of \(name)") }
}
