// The follow-up form of the norm as a page (nurse-screens 1, 4, 5): the keys that mean the same on every question, the
// draft that outlives the page, and what happens when it is signed.

import TextScreen
import Vitals

/// `f`: one follow-up, from the method to the signature.
struct StaffForm: StaffPage {
    enum Phase: Sendable {
        case filling
        case beside(FormAside)
        case drugs(FormDrugEditor)
        /// Esc was pressed: throw away, or keep as a draft?
        case leaving
        case keepingDraft
        case saving
        /// No follow-up any more: lost, died, moved.
        case status(StaffQuestions)
    }
    private let key: ResidentKey
    private(set) var sheet: FormSheet?
    private(set) var phase = Phase.filling
    /// The hut has nothing to fill in: on no list, or it said no.
    private(set) var refused: LocalizedText?
    private var openedAt: MonotonicTime?
    /// `p` signed: the resident wants the next date on paper.
    private var wantsSlip = false
    /// The answers as the form opened, and as the hut has them.
    private var opened, kept: FormAnswers?

    init(_ key: ResidentKey) { self.key = key }

    var typesText: Bool {
        switch phase {
        case .beside: true
        case .drugs(let editor): editor.typesText
        case .status(let page): page.typesText
        default: false
        }
    }

    var prompt: LocalizedText? {
        switch phase {
        case .saving, .keepingDraft: return StaffPhrases.saving
        case .status(let page): return page.prompt
        case .leaving: return FormPhrases.leaveHow
        case .filling:
            guard let sheet, !sheet.typed.isEmpty || sheet.group != nil else { return nil }
            return FormPhrases.typing(sheet)
        default: return nil
        }
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { sheet == nil && refused == nil ? [.openForm(key)] : [] }

    /// The answers so far, where the hut has not got them yet.
    func leaving(_ desk: StaffDesk) -> [StaffEffect] {
        if case .saving = phase { return [] }
        guard let sheet, sheet.answers != kept, let text = draftText(desk) else { return [] }
        return [.saveDraft(key, text)]
    }

    private func draftText(_ desk: StaffDesk) -> String? {
        guard var draft = sheet?.draft else { return nil }
        draft.answers.secondsSpent = secondsSpent(desk)
        return DraftText.text(of: draft)
    }

    private func secondsSpent(_ desk: StaffDesk) -> Int {
        let here = openedAt.map { max(0, Int((desk.now.monotonic - $0).milliseconds / 1_000)) } ?? 0
        return (sheet?.answers.secondsSpent ?? 0) + here
    }

    // MARK: Keys

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        guard sheet != nil else { return refused == nil ? pressLoading(key) : .unused }
        sheet?.today = desk.today
        switch phase {
        case .filling:
            let before = sheet?.field
            let step = pressFilling(key, desk)
            // Several symptoms go on and off until the question is left.
            let isOpen = before == sheet?.field && (before == .symptoms || before == .diabetesSymptoms)
            return isOpen ? step : keepingDraft(of: step, desk)
        case .beside(let aside): return keepingDraft(of: pressBeside(key, aside, desk), desk)
        case .drugs(let editor): return keepingDraft(of: pressDrugs(key, editor), desk)
        case .leaving: return pressLeaving(key, desk)
        case .status(let page): return pressStatus(key, page, desk)
        // Whatever the hut answers, the page can be left; a second Enter would save twice.
        case .saving, .keepingDraft: return key == .escape ? .unused : .nothing
        }
    }

    private func pressLoading(_ key: Key) -> StaffStep {
        key == .escape || key == .backspace ? .unused : .say(StaffPhrases.loading)
    }

    private mutating func pressFilling(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        switch sheet?.press(key) ?? .unused {
        case .unused: return pressAnyQuestion(key, desk)
        case .nothing: return .nothing
        case .say(let sentence): return .say(sentence)
        case .ask(let aside): phase = .beside(aside)
        case .editDrugs: editDrugs()
        case .sign: return sign(desk)
        }
        return .nothing
    }

    private mutating func editDrugs() {
        guard let sheet else { return }
        phase = .drugs(FormDrugEditor(sheet.answers.drugs?.value ?? sheet.lastDrugs ?? [], names: sheet.context.drugs))
    }

    /// Keys that mean the same on every question.
    private mutating func pressAnyQuestion(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        switch key {
        // What was typed and not taken would be gone without a word.
        case .up where hasTyped, .down where hasTyped: return .say(FormPhrases.enterFirst)
        case .backspace, .up:
            if sheet?.goBack() == true { return .nothing }
            return isUntouched ? .back : .say(FormPhrases.isFirst)
        case .down: return sheet?.goOn().step ?? .nothing
        case .escape:
            guard !isUntouched else { return .back }
            phase = .leaving
        case .character("k"): phase = .beside(.tests)
        case .character("z"): phase = .beside(.referral)
        case .character("g"): phase = .beside(.otherSigns)
        case .character("d"): phase = .beside(.anotherDay)
        case .character("x"): phase = sheet.map { .status(StaffActs.status($0.context)) } ?? phase
        case .character("b") where asksDiabetes: phase = .beside(.hba1c)
        case .character("i") where asksDiabetes: phase = .beside(.insulin)
        case .character("p") where sheet?.field == .sign && desk.place.hasPrinter:
            let step = sign(desk)
            if case .saving = phase { wantsSlip = true }
            return step
        case .character("s"): return keepDraft(desk)
        default: return .unused
        }
        return .nothing
    }

    /// Digits stand there that no Enter has taken.
    private var hasTyped: Bool { sheet?.typed.isEmpty == false }

    private var asksDiabetes: Bool { sheet?.context.diseases.contains(.diabetes) == true }

    /// Nothing was answered since the form opened, nor in a draft before.
    private var isUntouched: Bool { sheet?.context.draft == nil && sheet?.answers == opened }

    private mutating func pressBeside(_ key: Key, _ aside: FormAside, _ desk: StaffDesk) -> StaffStep {
        var aside = aside
        let turn = aside.press(key, desk)
        phase = .beside(aside)
        switch turn {
        case .unused: return .unused
        case .nothing: return .nothing
        case .say(let sentence): return .say(sentence)
        case .cancelled: phase = .filling
        case .done:
            phase = .filling
            if let sentence = sheet?.take(aside) { return .say(sentence) }
        }
        return .nothing
    }

    private mutating func pressDrugs(_ key: Key, _ editor: FormDrugEditor) -> StaffStep {
        var editor = editor
        let turn = editor.press(key)
        phase = .drugs(editor)
        switch turn {
        case .unused: return .unused
        case .nothing: return .nothing
        case .say(let sentence): return .say(sentence)
        case .cancelled: phase = .filling
        case .done(let drugs):
            sheet?.answers.drugs = Answer(drugs, .asked)
            sheet?.advance()
            phase = .filling
        }
        return .nothing
    }

    // MARK: Leaving, signing

    private mutating func pressLeaving(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        switch key {
        case .character("1"): return StaffStep(ask: [.saveDraft(self.key, nil)], move: .back)
        case .character("2"): return keepDraft(desk)
        case .escape, .backspace, .character("0"):
            phase = .filling
            return .nothing
        default: return .say(FormPhrases.leaveHow)
        }
    }

    private mutating func keepDraft(_ desk: StaffDesk) -> StaffStep {
        if hasTyped {
            phase = .filling
            return .say(FormPhrases.enterFirst)
        }
        guard let text = draftText(desk) else { return .nothing }
        phase = .keepingDraft
        return .ask(.saveDraft(key, text))
    }

    /// Adds the draft to a step that answered a question: power goes without asking, and who thinks presses no key that
    /// could keep it later. Once an answer, never a key.
    private mutating func keepingDraft(of step: StaffStep, _ desk: StaffDesk) -> StaffStep {
        guard case .filling = phase, step.ask.isEmpty, case .stay = step.move, let answers = sheet?.answers,
            answers != kept, let text = draftText(desk)
        else { return step }
        kept = answers
        var step = step
        step.ask = [.saveDraft(key, text)]
        return step
    }

    private mutating func sign(_ desk: StaffDesk) -> StaffStep {
        if let refusal = sheet?.refusal(today: desk.today) {
            sheet?.stand(on: refusal.field)
            return .say(refusal.sentence)
        }
        guard let record = sheet?.record(today: desk.today, secondsSpent: secondsSpent(desk)) else { return .nothing }
        phase = .saving
        return .ask(.saveFollowUp(record))
    }

    private mutating func pressStatus(_ key: Key, _ page: StaffQuestions, _ desk: StaffDesk) -> StaffStep {
        var page = page
        let step = page.press(key, desk)
        phase = .status(page)
        guard step.isUnused, !page.isSaving, key == .backspace || key == .escape else { return step }
        phase = .filling
        return .nothing
    }

    // MARK: The hut

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch (event, phase) {
        case (.form(let context), _) where context.key == key && sheet == nil: return open(context, desk)
        case (.form(let context), _) where context.key == key: return adopt(context)
        case (.failed(let sentence), _) where sheet == nil: refused = sentence
        case (.followUpSaved(key), .saving): return saved(desk)
        case (.saved, .status(var page)), (.failed, .status(var page)):
            let step = page.hear(event, desk)
            phase = .status(page)
            return step
        case (.followUpFailed(key, let sentence), .saving):
            (phase, wantsSlip) = (.filling, false)
            return .say(sentence)
        case (.draftSaved(key), .keepingDraft): return StaffStep(move: .back, say: FormPhrases.draftKept)
        case (.draftFailed(key, let sentence), _):
            kept = nil
            if case .keepingDraft = phase { phase = .filling }
            return .say(sentence)
        default: break
        }
        return .nothing
    }

    private func saved(_ desk: StaffDesk) -> StaffStep {
        let slip = wantsSlip ? sheet?.slip(desk) : nil
        return StaffStep(
            ask: slip.map { [.desk(.printSlip($0))] } ?? [], move: .back, say: sheet.map(FormPhrases.saved))
    }

    /// Something was measured while the form stood there. What was answered stays; what is offered is the newest.
    private mutating func adopt(_ context: FormContext) -> StaffStep {
        let before = sheet?.measured
        sheet?.context.measured = context.measured
        guard let value = sheet?.measured?.pressure?.value, sheet?.measured != before else { return .nothing }
        return .say(FormPhrases.measuredAnew("\(value.systolic.value)/\(value.diastolic.value)"))
    }

    private mutating func open(_ context: FormContext, _ desk: StaffDesk) -> StaffStep {
        guard !context.diseases.isEmpty else {
            refused = FormPhrases.notManaged
            return .nothing
        }
        let draft = context.draft.flatMap { DraftText.value(FormDraft.self, from: $0) }
        let sheet = FormSheet(context, draft: draft, today: desk.today)
        (self.sheet, openedAt) = (sheet, desk.now.monotonic)
        (opened, kept) = (sheet.answers, sheet.answers)
        if let draft { return .say(FormPhrases.draftOpened(draft.answers.day, today: desk.today)) }
        return context.draft == nil ? .nothing : .say(FormPhrases.draftUnreadable)
    }
}

extension FormTurn {
    fileprivate var step: StaffStep {
        if case .say(let sentence) = self { .say(sentence) } else { .nothing }
    }
}
