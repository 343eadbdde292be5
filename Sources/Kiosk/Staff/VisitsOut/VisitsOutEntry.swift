// A sheet that was carried from door to door comes back with numbers in its boxes. Line by line it is typed in: the printed
// number, what is in the box, Enter. It is dated to the day of the sheet, and what nobody asked stays unasked.

import TextScreen
import Vitals

/// `w` on the worklist: the results of calls and visits out, typed in in one go.
struct VisitsOutEntry: StaffPage {
    enum Phase: Sendable {
        case list
        /// Another sheet's number.
        case asking(String)
        case line(VisitsOutLine, FormSheet)
        /// Class 1 although the value speaks against it.
        case keeping(VisitsOutLine, FormSheet, FormAside)
        case saving(VisitsOutLine, FormSheet?)
    }
    /// nil: the newest, until it has come.
    private var wanted: Int?
    private(set) var sheet: VisitsOutSheet?
    private(set) var isLoaded = false
    private(set) var number = StaffRowNumber()
    private(set) var phase = Phase.list

    var lines: [VisitsOutLine] { sheet?.lines ?? [] }
    var typedLine: VisitsOutLine? {
        let typed = Int(number.typed)
        return lines.first { $0.line.number == typed }
    }

    var typesText: Bool {
        if case .keeping = phase { true } else { false }
    }

    var prompt: LocalizedText? {
        switch phase {
        case .saving: return StaffPhrases.saving
        case .asking(let typed): return VisitsOutPhrases.whichSheet(typed)
        case .line(_, let form) where !form.typed.isEmpty: return LocalizedText("\(form.typed)_", en: "\(form.typed)_")
        case .list: return number.prompt(typedLine?.name)
        default: return nil
        }
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        switch phase {
        case .list where lines.isEmpty: [VisitsOutPhrases.another, .back]
        case .list: VisitsOutPhrases.hints(isLong: lines.count > page(StaffRoom(desk)))
        case .saving: [.back]
        default: [StaffHint(.enter, FormPhrases.nextHint, short: FormPhrases.nextHint), .back]
        }
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.loadSheet(wanted)] }

    // MARK: Keys

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        switch phase {
        case .list: return pressList(key, desk)
        case .asking(let typed): return pressAsking(key, typed)
        case .line(let line, let form): return pressLine(key, line, form, desk)
        case .keeping(let line, let form, let aside): return pressKeeping(key, line, form, aside, desk)
        case .saving: return key == .escape ? .unused : .nothing
        }
    }

    private mutating func pressList(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if number.press(key, count: lines.count, page: page(StaffRoom(desk))) { return .nothing }
        switch key {
        case .character("/"): phase = .asking("")
        case .character("w"): return begin(.home, desk)
        case .character("p"): return begin(.phone, desk)
        case .character(let letter):
            guard let tick = SheetTick(rawValue: letter) else { return .unused }
            return withLine { page, line in
                guard let sheet = page.sheet else { return .nothing }
                page.phase = .saving(line, nil)
                return .ask(.tick(sheet: sheet.number, line.line, tick))
            }
        default: return .unused
        }
        number.clear()
        return .nothing
    }

    /// What was typed of a line once is not typed again in silence.
    private mutating func withLine(_ act: (inout Self, VisitsOutLine) -> StaffStep) -> StaffStep {
        guard let line = typedLine else {
            return .say(number.refused() ? StaffPhrases.typeRowFirst : StaffPhrases.noSuchRow)
        }
        number.clear()
        if let done = line.done { return .say(VisitsOutPhrases.already(done)) }
        return act(&self, line)
    }

    private mutating func begin(_ method: FollowUpMethod, _ desk: StaffDesk) -> StaffStep {
        withLine { page, line in
            guard let sheet = page.sheet, sheet.day <= desk.today else { return .say(VisitsOutPhrases.inFuture) }
            let context = FormContext(
                key: line.line.resident, resident: Resident(number: "", name: line.name, sex: line.sex), age: line.age,
                diseases: line.diseases, policy: line.policy)
            var form = FormSheet(context, draft: nil, today: desk.today)
            (form.answers.day, form.answers.method) = (sheet.day, method)
            form.stand(on: .pressure)
            page.phase = .line(line, form)
            return .nothing
        }
    }

    private mutating func pressAsking(_ key: Key, _ typed: String) -> StaffStep {
        switch key {
        case .character(let digit) where digit.isRowDigit:
            if typed.count < 6 { phase = .asking(typed + String(digit)) }
        case .backspace where !typed.isEmpty: phase = .asking(String(typed.dropLast()))
        case .backspace, .escape: phase = .list
        case .enter:
            (wanted, sheet, isLoaded, phase) = (Int(typed), nil, false, .list)
            return .ask(.loadSheet(wanted))
        default: return .unused
        }
        return .nothing
    }

    /// What a line of a sheet has boxes for, of the questions of a form.
    static func boxes(_ line: VisitsOutLine, _ form: FormSheet) -> [FormField] {
        let boxes: [FormField] = line.diseases.isEmpty ? [.pressure] : [.pressure, .visitClass, .diabetesClass, .next]
        return form.fields.filter(boxes.contains)
    }

    private mutating func pressLine(
        _ key: Key, _ line: VisitsOutLine, _ form: FormSheet, _ desk: StaffDesk
    ) -> StaffStep {
        var form = form
        form.today = desk.today
        let turn = form.press(key)
        // Between the value and the class a sheet has no boxes.
        if form.field == .weight { form.stand(on: line.diseases.isEmpty ? .sign : form.firstClass) }
        phase = .line(line, form)
        switch turn {
        case .unused where key == .escape: phase = .list
        case .unused where key == .backspace:
            phase = form.stepBack(among: Self.boxes(line, form)) ? .line(line, form) : .list
        case .unused, .editDrugs: return .unused
        case .say(let sentence): return .say(sentence)
        case .ask(let aside): phase = .keeping(line, form, aside)
        case .nothing, .sign: return form.field == .sign ? save(line, form) : .nothing
        }
        return .nothing
    }

    private mutating func pressKeeping(
        _ key: Key, _ line: VisitsOutLine, _ form: FormSheet, _ aside: FormAside, _ desk: StaffDesk
    ) -> StaffStep {
        var (form, aside) = (form, aside)
        let turn = aside.press(key, desk)
        phase = .keeping(line, form, aside)
        switch turn {
        case .unused: return .unused
        case .nothing: return .nothing
        case .say(let sentence): return .say(sentence)
        case .cancelled: phase = .line(line, form)
        case .done:
            form.take(aside)
            phase = .line(line, form)
        }
        return .nothing
    }

    private mutating func save(_ line: VisitsOutLine, _ form: FormSheet) -> StaffStep {
        phase = .saving(line, form)
        if let record = form.recordOfLine { return .ask(.saveFollowUp(record)) }
        guard let pressure = form.answers.pressure?.value else {
            phase = .list
            return .say(VisitsOutPhrases.nothing)
        }
        let reading = BloodPressure(
            systolic: pressure.systolic, diastolic: pressure.diastolic, pulse: form.answers.pulse?.value)
        let place = VisitsOutPhrases.place(form.answers.method ?? .home)
        return .ask(.typeEarlierReading(line.line.resident, reading, on: form.answers.day, place: place.chinese))
    }

    // MARK: The hut

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch (event, phase) {
        // An answer to an earlier question must not stand under another number.
        case (.sheet(let fresh), _) where wanted == nil || fresh == nil || fresh?.number == wanted:
            // The next sheet that is printed must not put other people behind the numbers of this one.
            (sheet, isLoaded, wanted) = (fresh, true, fresh?.number ?? wanted)
        case (.followUpSaved(let key), .saving(let line, _)) where key == line.line.resident: return saved()
        case (.saved, .saving(let line, let form)) where form == nil || line.diseases.isEmpty: return saved()
        case (.followUpFailed(_, let sentence), .saving(let line, let form)): return failed(line, form, sentence)
        case (.failed(let sentence), .saving(let line, let form)) where form == nil || line.diseases.isEmpty:
            return failed(line, form, sentence)
        default: break
        }
        return .nothing
    }

    private mutating func saved() -> StaffStep {
        phase = .list
        return StaffStep(ask: [.loadSheet(sheet?.number)], say: VisitsOutPhrases.saved)
    }

    /// What was typed of the line stands there again, on its last question.
    private mutating func failed(_ line: VisitsOutLine, _ form: FormSheet?, _ sentence: LocalizedText) -> StaffStep {
        phase = .list
        if var form {
            form.stand(on: line.diseases.isEmpty ? .pressure : .next)
            phase = .line(line, form)
        }
        return .say(sentence)
    }

    func page(_ room: StaffRoom) -> Int { max(1, room.rows - (room.isWide ? 3 : 2)) }
}

extension FormSheet {
    /// To the box before; false on the first.
    fileprivate mutating func stepBack(among boxes: [FormField]) -> Bool {
        guard let place = boxes.firstIndex(of: field), place > 0 else { return false }
        stand(on: boxes[place - 1])
        return true
    }

    /// The first verdict these diseases ask for.
    fileprivate var firstClass: FormField { fields.contains(.visitClass) ? .visitClass : .diabetesClass }

    /// A follow-up of which only value, verdict and next date are known; nil without a disease it could be about.
    fileprivate var recordOfLine: FollowUpRecord? {
        guard !context.diseases.isEmpty, let method = answers.method, let next = answers.next else { return nil }
        let needsReason = context.diseases.contains { answers.visitClass($0) == .controlled && against1($0) != nil }
        return FollowUpRecord(
            resident: context.key, day: answers.day, method: method, pressure: answers.pressure, pulse: answers.pulse,
            hypertension: answers.visitClass.map { HypertensionPart(symptoms: nil, visitClass: $0) },
            diabetes: answers.diabetesClass.map { DiabetesPart(symptoms: nil, visitClass: $0) }, next: next,
            keptBecause: needsReason ? answers.keptBecause : nil)
    }
}
