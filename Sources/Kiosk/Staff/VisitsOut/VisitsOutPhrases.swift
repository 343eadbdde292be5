// What the page of a typed-back sheet says.

import TextScreen
import Vitals

/// What that page says.
enum VisitsOutPhrases {
    static let noSheet = LocalizedText("没有这张单子，/=打单子的号码", en: "No such sheet; / types another number")
    static let inFuture = LocalizedText("这张单子是以后的，还不能录", en: "The day of this sheet has not come")
    static let nothing = LocalizedText("没有打数，没有存", en: "No value typed, nothing saved")
    static let saved = LocalizedText("存好了", en: "Saved")
    static let value = LocalizedText("打 138 82", en: "type 138 82")

    static let another = StaffHint(.character("/"), LocalizedText("/=别的单子", en: "/=another sheet"))

    static func title(_ number: Int, _ day: String) -> LocalizedText {
        LocalizedText("单子 \(number)号 \(day)", en: "Sheet \(number) of \(day)")
    }

    static func progress(_ done: Int, of count: Int) -> LocalizedText {
        LocalizedText("\(count)行 录了\(done) 还有\(count - done)", en: "\(done) of \(count) typed")
    }

    static func whichSheet(_ typed: String) -> LocalizedText {
        LocalizedText("哪张单子？印在上面的号码 \(typed)_", en: "Which sheet? Its printed number \(typed)_")
    }

    static func already(_ done: LocalizedText) -> LocalizedText {
        LocalizedText("录过了：\(done.chinese)", en: "Typed already: \(done.english)")
    }

    /// Where a value of a sheet was taken.
    static func place(_ method: FollowUpMethod) -> LocalizedText {
        method == .phone
            ? LocalizedText("电话，本人说的", en: "by telephone, said by the resident")
            : LocalizedText("家里，护士上门量", en: "at home, by the visiting nurse")
    }

    static func hints(isLong: Bool) -> [StaffHint] {
        [
            StaffHint(
                nil, LocalizedText("行号+w=上门量的", en: "line+w=visit"), short: LocalizedText("行号+w量", en: "n+w visit")),
            StaffHint(nil, LocalizedText("行号+p=电话说的", en: "line+p=phone"), short: LocalizedText("+p话", en: "+p tel")),
        ]
            + SheetTick.allCases.map { tick in
                let words = tick.words
                return StaffHint(
                    nil, LocalizedText("+\(tick.rawValue)=\(words.chinese)", en: "+\(tick.rawValue)=\(words.english)"))
            }
            + [another]
            + (isLong ? [.page] : []) + [StaffHint(.backspace, StaffPhrases.back), .help]
    }
}
