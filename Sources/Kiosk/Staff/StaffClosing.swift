// Closing a flag: choose the flag, how it ended, the note that this ending needs, Enter. A critical flag ends in one
// of seven ways (nurse-screens, *Also*); every other ends with what was done or why nothing was needed.

import TextScreen
import Vitals

/// What was done about a flag.
struct StaffClosing: StaffPage {
    /// A flag as far as its ending needs it.
    struct Subject: Sendable {
        var id: FlagID
        var severity: Severity
        var who: LocalizedText?
        var sentence: LocalizedText
        /// What the hut knows about where she is, while it rings or is being dealt with.
        var alert: StaffAlert?
    }
    private enum Phase: Sendable {
        case choosingFlag
        case choosingEnding
        case noting(ClosingAction, StaffNote?)
        /// Sent and not yet answered; kept in case it cannot be saved.
        case saving(ClosingAction, StaffNote?)
    }
    private let flags: [Subject]
    private var flag: Int
    private var phase: Phase
    private var number = StaffRowNumber()

    /// At least one flag; with several the first question is which.
    init(_ flags: [Subject]) {
        self.flags = flags
        flag = 0
        phase = flags.count == 1 ? .choosingEnding : .choosingFlag
    }

    var typesText: Bool {
        if case .noting = phase { true } else { false }
    }

    var prompt: LocalizedText? {
        switch phase {
        case .saving: return StaffPhrases.saving
        case .choosingFlag where !number.typed.isEmpty:
            return LocalizedText("\(number.typed)_", en: "\(number.typed)_")
        default: return nil
        }
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        switch phase {
        case .choosingFlag: [StaffHint(.enter, Phrases.chooseFlag, short: Phrases.chooseFlag), .back]
        case .choosingEnding: [StaffHint(nil, Phrases.chooseEnding, short: Phrases.chooseEnding), .back]
        case .noting: [StaffHint(.enter, Phrases.save, short: Phrases.save), .back]
        case .saving: [.back]
        }
    }

    private var endings: [ClosingAction] {
        guard flags.indices.contains(flag), flags[flag].severity == .critical else { return [.followedUp, .notNeeded] }
        return ClosingAction.allCases.filter { $0.rawValue <= ClosingAction.deviceFault.rawValue }
    }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        switch phase {
        case .choosingFlag: return pressChoosingFlag(key, desk)
        case .choosingEnding: return pressChoosingEnding(key)
        case .noting(let action, let note): return pressNoting(key, action, note, desk)
        // Whatever the hut answers, the page can be left; a second Enter would close twice.
        case .saving: return key == .escape ? .unused : .nothing
        }
    }

    private mutating func pressChoosingFlag(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        guard !number.press(key, count: flags.count, page: max(1, desk.size.rows - 8)) else {
            if flags.count < 10, !number.typed.isEmpty { chooseFlag() }
            return .nothing
        }
        guard key == .enter else { return .unused }
        chooseFlag()
        return .nothing
    }

    private mutating func chooseFlag() {
        if let row = number.row(of: flags.count) { (flag, phase) = (row, .choosingEnding) }
        number.clear()
    }

    private mutating func pressChoosingEnding(_ key: Key) -> StaffStep {
        guard case .character(let character) = key, let digit = character.wholeNumberValue else { return .unused }
        guard endings.indices.contains(digit - 1) else { return .say(StaffPhrases.noSuchRow) }
        let action = endings[digit - 1]
        phase = .noting(action, Phrases.note(for: action, isCall: flags[flag].alert?.isCallForHelp == true))
        return .nothing
    }

    private mutating func pressNoting(
        _ key: Key, _ action: ClosingAction, _ note: StaffNote?, _ desk: StaffDesk
    ) -> StaffStep {
        if var note, note.press(key) {
            phase = .noting(action, note)
            return .nothing
        }
        switch key {
        case .enter:
            let text = note.map { $0.text(desk.recordLanguage) } ?? ""
            guard let text else { return .say(Phrases.noteMissing) }
            phase = .saving(action, note)
            return .ask(.close(flags[flag].id, action, note: text))
        case .backspace, .escape:
            phase = .choosingEnding
            return .nothing
        default: return .unused
        }
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        guard case .saving(let action, let note) = phase else { return .nothing }
        switch event {
        case .saved: return .back
        case .failed:
            phase = .noting(action, note)
            return .nothing
        default: return .nothing
        }
    }
}

// MARK: - View

extension StaffClosing {
    func draw(_ room: StaffRoom) -> [StaffLine] {
        let title = StaffLine(StaffText.cut(Phrases.title[room.language], room.columns), .bold)
        if case .choosingFlag = phase { return [title] + flagRows(room) }
        return [title] + subject(room) + [StaffLine()] + question(room)
    }

    private func flagRows(_ room: StaffRoom) -> [StaffLine] {
        let window = number.window(of: flags.count, page: max(1, room.rows - 2))
        return window.map { row in
            let mark = StaffText.fit(StaffWords.mark(flags[row].severity), 3)
            let text = StaffRowNumber.label(row, of: flags.count) + " " + mark + flags[row].sentence[room.language]
            return StaffLine(StaffText.cut(text, room.columns))
        }
    }

    private func subject(_ room: StaffRoom) -> [StaffLine] {
        guard flags.indices.contains(flag) else { return [] }
        let flag = flags[flag]
        let who = "\(StaffWords.mark(flag.severity)) \((flag.who ?? Phrases.nobody)[room.language])"
        let sentence = StaffText.wrap(flag.sentence[room.language], room.columns - 3, lines: 2)
        let details = flag.alert.map { $0.hasDetails ? StaffAlertWords.lines($0, room.desk, room.language) : [] } ?? []
        // Here is room for all of it; at 40 columns there is not.
        let whole = details.flatMap { StaffText.wrap($0, room.columns - 3, lines: room.isWide ? 2 : 1) }
        return [StaffLine(StaffText.cut(who, room.columns))]
            + (sentence + whole).map { StaffLine(StaffText.cut("   " + $0, room.columns)) }
    }

    private func question(_ room: StaffRoom) -> [StaffLine] {
        let margin = room.isWide ? "   " : " "
        switch phase {
        case .noting(let action, let note), .saving(let action, let note):
            let chosen = StaffLine(margin + StaffWords.ending(action)[room.language], .bold)
            return [chosen] + (note?.draw(room) ?? [StaffLine(margin + Phrases.confirm[room.language])])
        case .choosingFlag, .choosingEnding:
            return endings.enumerated().map { row, action in
                StaffLine("\(margin)\(row + 1) \(StaffWords.ending(action)[room.language])")
            }
        }
    }
}

private enum Phrases {
    static let title = LocalizedText("办完了：怎么办的？", en: "Close it: what was done?")
    static let nobody = LocalizedText("无名", en: "No name")
    static let chooseFlag = LocalizedText("序号=哪一件", en: "number=which one")
    static let chooseEnding = LocalizedText("按数字选", en: "choose by number")
    static let save = LocalizedText("回车=存", en: "Enter=save")
    static let confirm = LocalizedText("按回车就存下，名字记您的", en: "Enter saves it under your name")
    static let noteMissing = LocalizedText("请先选一项，或写几个字", en: "Choose one first, or write a few words")

    /// The note an ending cannot do without. `isCall`: a band called, and nothing was measured.
    static func note(for action: ClosingAction, isCall: Bool) -> StaffNote? {
        switch action {
        case .handledHere where isCall:
            StaffNote(
                LocalizedText("人怎么样？也可以写", en: "How is the person? Or write"),
                choices: [
                    LocalizedText("按错了，人没事", en: "pressed by mistake, well"),
                    LocalizedText("看过了，没受伤", en: "seen, not hurt"),
                    LocalizedText("摔了，扶起来没事", en: "fell, helped up, well"),
                ])
        case .ambulance, .refused, .notThisPerson, .deviceFault: nil
        case .referred:
            StaffNote(
                LocalizedText("转到哪里？也可以写", en: "Referred where? Or write"),
                choices: [
                    LocalizedText("社区卫生服务中心", en: "community health centre"),
                    LocalizedText("区县医院急诊", en: "district hospital, emergency"),
                ])
        case .handledHere:
            StaffNote(
                LocalizedText("歇了几分钟后又量的？", en: "Measured again after how many minutes?"), kind: .minutes)
        case .fetchedByFamily:
            StaffNote(
                LocalizedText("谁接走的？也可以写", en: "Fetched by whom? Or write"),
                choices: [
                    LocalizedText("老伴", en: "spouse"), LocalizedText("儿子", en: "son"),
                    LocalizedText("女儿", en: "daughter"), LocalizedText("邻居", en: "neighbour"),
                ])
        case .followedUp:
            StaffNote(
                LocalizedText("做了什么？也可以写", en: "What was done? Or write"),
                choices: [
                    LocalizedText("在小屋看过了", en: "seen at the hut"),
                    LocalizedText("打过电话了", en: "telephoned"),
                    LocalizedText("上门看过了", en: "visited at home"),
                ])
        case .notNeeded:
            StaffNote(
                LocalizedText("为什么不用办？也可以写", en: "Why is nothing needed? Or write"),
                choices: [
                    LocalizedText("已经在别处看了", en: "already seen elsewhere"),
                    LocalizedText("已经办过了", en: "already done"),
                    LocalizedText("量得不准", en: "the measurement was not right"),
                ])
        }
    }
}
