// What waits for a doctor: the norm wants a second look at every follow-up whose verdict is not *controlled*. She sees the
// value, the verdict and why it was kept, opens the resident where that is not enough, and signs with two keys.

import TextScreen
import Vitals

/// One follow-up that waits for a doctor's signature.
package struct CountersignLine: Hashable, Sendable {
    package var followUp: FactSequence
    package var resident: ResidentKey
    package var number: String
    package var name: String
    package var sex: Sex?
    package var age: Int?
    /// What was found, decided and by whom.
    package var line: ResidentCard.FollowUpLine
    /// Why a verdict was kept against the value, what the reaction is, why and where to the resident is referred: in the
    /// nurse's words; nil where there is none.
    package var kept, reaction, referral: String?
    package var next: LocalDay?

    package init(
        followUp: FactSequence, resident: ResidentKey, number: String, name: String, sex: Sex?, age: Int?,
        line: ResidentCard.FollowUpLine, kept: String? = nil, reaction: String? = nil, referral: String? = nil,
        next: LocalDay? = nil
    ) {
        (self.followUp, self.resident, self.number, self.name) = (followUp, resident, number, name)
        (self.sex, self.age, self.line, self.next) = (sex, age, line, next)
        (self.kept, self.reaction, self.referral) = (kept, reaction, referral)
    }
}

/// `k` on a doctor's worklist.
struct StaffCountersign: StaffPage {
    private var list: [CountersignLine]?
    /// A newer list that waits: rows must not move under a number that is being typed.
    private var newer: [CountersignLine]?
    private var number = StaffRowNumber()
    private var isSaving = false

    private var rows: [CountersignLine] { list ?? [] }
    private var chosen: CountersignLine? { number.row(of: rows.count).map { rows[$0] } }

    var prompt: LocalizedText? {
        if isSaving { return StaffPhrases.saving }
        return number.prompt(chosen?.name)
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        if rows.isEmpty { return [.back, .logOut, .help] }
        let turning = rows.count > page(StaffRoom(desk)) ? [StaffHint.page] : []
        return [
            StaffHint(.character("s"), Phrases.sign, short: Phrases.signShort),
            StaffHint(.enter, Phrases.see, short: Phrases.seeShort),
        ] + turning + [.back, .logOut, .help]
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.desk(.loadCountersigns)] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if isSaving { return key == .escape ? .unused : .nothing }
        if number.press(key, count: rows.count, page: page(StaffRoom(desk)), at: desk.now.monotonic) {
            adoptNewer(desk)
            return .nothing
        }
        switch key {
        case .character("s"): return withRow { .ask(.desk(.countersign($0.followUp, $0.resident))) }
        case .enter: return withRow { .open(StaffResident($0.resident)) }
        default: return .unused
        }
    }

    private mutating func withRow(_ act: (CountersignLine) -> StaffStep) -> StaffStep {
        guard let row = number.row(of: rows.count) else {
            return .say(number.typed.isEmpty ? StaffPhrases.typeRowFirst : StaffPhrases.noSuchRow)
        }
        if number.meantAnother(row) { return .say(StaffPhrases.listMoved) }
        let step = act(rows[row])
        isSaving = !step.ask.isEmpty
        number.clear()
        return step
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch event {
        case .desk(.countersigns(let fresh)):
            newer = fresh
            adoptNewer(desk)
            return .nothing
        // Only her own word is answered so: a list that could not be read is not asked for again and again.
        case .saved where isSaving, .failed where isSaving:
            isSaving = false
            return .ask(.desk(.loadCountersigns))
        default: return .nothing
        }
    }

    private mutating func adoptNewer(_ desk: StaffDesk) {
        // A number typed before the first list came means no row of it.
        if list == nil { number.clear() }
        guard number.typed.isEmpty, let fresh = newer else { return }
        number.listMoved(from: rows.map(\.followUp), to: fresh.map(\.followUp), desk)
        (list, newer) = (fresh, nil)
    }

    /// As many as fit where each is as long as the longest, in whatever language.
    private func page(_ room: StaffRoom) -> Int {
        let heights = Language.allCases.flatMap { language in
            rows.indices.map { lines($0, StaffRoom(room.desk, language)).count }
        }
        return max(1, (room.rows - 1) / max(2, heights.max() ?? 2))
    }
}

// MARK: - View

extension StaffCountersign {
    func draw(_ room: StaffRoom) -> [StaffLine] {
        let title = StaffLine(StaffText.cut(Phrases.title(rows.count)[room.language], room.columns), .bold)
        guard list != nil else { return [title, StaffLine(StaffPhrases.loading[room.language])] }
        if rows.isEmpty { return [title, StaffLine(Phrases.none[room.language])] }
        let window = number.window(of: rows.count, page: page(room))
        return [title] + window.flatMap { lines($0, room) }
    }

    /// Who and by whom; then what was found and decided.
    private func lines(_ row: Int, _ room: StaffRoom) -> [StaffLine] {
        let (item, language) = (rows[row], room.language)
        let emphasis = number.row(of: rows.count) == row ? StaffLine.Emphasis.bold : .plain
        let label = StaffRowNumber.label(row, of: rows.count)
        let who =
            room.isWide
            ? StaffWords.person(item.name, item.sex, item.age, number: item.number, language)
            : "\(item.name) \(item.number)"
        let day = "\(StaffWords.day(item.line.day)) \(StaffWords.method(item.line.method)[language]) \(item.line.by)"
        let indent = String(repeating: " ", count: label.count + 1)
        let found = StaffText.packed(found(item, room), room.columns - indent.count)
        return [StaffLine(StaffText.spread("\(label) \(who)", day, room.columns), emphasis)]
            + found.map { StaffLine(indent + $0, emphasis) }
    }

    /// `152/94 不良反应(脚肿) 服药规律 转诊：市医院心内科 下次12-05`.
    private func found(_ item: CountersignLine, _ room: StaffRoom) -> [String] {
        let (line, language) = (item.line, room.language)
        let reaction = item.reaction.map { "(\($0))" } ?? ""
        let verdict = line.visitClass.map { StaffWords.visitClass($0)[language] }
        let words = [
            line.pressure, line.visitClass == .reaction ? verdict.map { $0 + reaction } : verdict,
            line.visitClass == .reaction ? nil : item.reaction.map { Phrases.reaction($0)[language] },
            item.kept.map { Phrases.kept($0)[language] }, room.isWide ? line.drugs : nil,
            line.adherence.map { Phrases.taken($0)[language] }, item.referral.map { Phrases.referral($0)[language] },
            item.next.map { Phrases.next(StaffWords.day($0, today: room.desk.today))[language] },
        ]
        return words.compactMap { $0 }
    }
}

private enum Phrases {
    static let sign = LocalizedText("序号+s=复核签名", en: "number+s=countersign")
    static let signShort = LocalizedText("号+s签", en: "n+s sign")
    static let see = LocalizedText("序号+回车=看人", en: "number+Enter=see")
    static let seeShort = LocalizedText("号+回车看", en: "n+Ent see")
    static let none = LocalizedText("没有等复核的随访", en: "No follow-up waits for a doctor")

    static func title(_ count: Int) -> LocalizedText {
        LocalizedText("等医生复核的随访 \(count)", en: "For a doctor to sign: \(count)")
    }

    static func reaction(_ what: String) -> LocalizedText { LocalizedText("反应：\(what)", en: "reaction: \(what)") }
    static func kept(_ why: String) -> LocalizedText { LocalizedText("理由：\(why)", en: "kept: \(why)") }
    static func referral(_ place: String) -> LocalizedText { LocalizedText("转诊：\(place)", en: "referred: \(place)") }

    static func taken(_ adherence: Adherence) -> LocalizedText {
        let words = StaffWords.adherence(adherence)
        return adherence == .none ? words : LocalizedText("服药\(words.chinese)", en: words.english)
    }

    static func next(_ day: String) -> LocalizedText { LocalizedText("下次\(day)", en: "next \(day)") }
}
