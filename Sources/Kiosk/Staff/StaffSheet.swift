// The list that leaves the hut: looked at before it is printed, because paper cannot be taken back. Only at a desk: a sheet
// of names and telephone numbers is not for the screen residents stand at.

import TextScreen
import Vitals

/// `p` on the worklist.
struct StaffSheet: StaffPage {
    private var kind = SheetKind.calls
    private var sheet: CallSheet?
    private var scroll = StaffScroll()
    private var isSaving = false
    /// The last sheet was asked for again.
    private var wantsLast = false
    /// The number of the sheet that the printer has.
    private var printing: Int?

    init() {}

    var prompt: LocalizedText? {
        if printing != nil { return Phrases.printing }
        return isSaving ? StaffPhrases.saving : nil
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        [
            StaffHint(.character("1"), Phrases.calls, short: Phrases.calls),
            StaffHint(.character("2"), Phrases.visits, short: Phrases.visits),
            StaffHint(.character("p"), Phrases.print, short: Phrases.print),
            StaffHint(.character("x"), Phrases.export), StaffHint(.character("r"), Phrases.again), .page.quiet, .back,
        ]
    }

    /// A sheet that stands is what will be printed: it is not exchanged under the eyes of who reads it.
    func appeared(_ desk: StaffDesk) -> [StaffEffect] { sheet == nil ? [.desk(.loadCallSheet(kind))] : [] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if isSaving || printing != nil { return key == .escape ? .unused : .nothing }
        let page = max(1, StaffRoom(desk).rows)
        if scroll.press(key, count: lines(desk, .chinese).count, page: page) { return .nothing }
        switch key {
        case .character("1"): return show(.calls)
        case .character("2"): return show(.visits)
        case .character("p"): return putOut(export: false)
        case .character("x"): return putOut(export: true)
        case .character("r"):
            (sheet, scroll, wantsLast) = (nil, StaffScroll(), true)
            return .ask(.desk(.loadLastSheet(kind)))
        default: return .unused
        }
    }

    private mutating func show(_ kind: SheetKind) -> StaffStep {
        (self.kind, sheet, scroll, wantsLast) = (kind, nil, StaffScroll(), false)
        return .ask(.desk(.loadCallSheet(kind)))
    }

    private mutating func putOut(export: Bool) -> StaffStep {
        guard let sheet else { return .nothing }
        guard !sheet.rows.isEmpty else { return .say(Phrases.empty) }
        if export { isSaving = true } else { printing = sheet.number }
        return .ask(.desk(.putOut(sheet, export: export)))
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch event {
        case .desk(.callSheet(let fresh)) where fresh.kind == kind && sheet == nil:
            (sheet, wantsLast) = (fresh, false)
        // What left the hut stays on the page under its number; `1` and `2` make the next one.
        case .saved where isSaving: isSaving = false
        case .desk(.paper(.sheet(let number, _), _)) where number == printing: printing = nil
        case .failed:
            isSaving = false
            // There is no sheet to print again: the one to come stands there instead.
            guard wantsLast else { return .nothing }
            wantsLast = false
            return StaffStep(ask: appeared(desk))
        default: break
        }
        return .nothing
    }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        guard sheet != nil else { return [StaffLine(StaffPhrases.loading[room.language])] }
        let all = lines(room.desk, room.language)
        return all[scroll.window(of: all.count, page: room.rows)].map { StaffLine(StaffText.cut($0, room.columns)) }
    }

    /// What will be on paper, which may be narrower; at 40 columns one line each.
    private func lines(_ desk: StaffDesk, _ language: Language) -> [String] {
        guard let sheet else { return [] }
        return desk.isWide ? sheet.pages(language).flatMap { $0 } : sheet.brief(language, desk.size.columns)
    }
}

private enum Phrases {
    static let calls = LocalizedText("1=电话单", en: "1=calls")
    static let visits = LocalizedText("2=上门单", en: "2=visits")
    static let print = LocalizedText("p=打印", en: "p=print")
    static let export = LocalizedText("x=存成表格(CSV)", en: "x=save as CSV")
    static let again = LocalizedText("r=重打上一张", en: "r=the last one again")
    static let printing = LocalizedText("正在打印，请等一等", en: "printing, please wait")
    static let empty = LocalizedText("单子上没有人", en: "Nobody is on the sheet")
}
