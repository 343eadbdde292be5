// Sentences that belong to no single page of a staff session.

import Vitals

/// Sentences more than one page says.
enum StaffPhrases {
    static let unknownKey = LocalizedText("这个键在这里没有用，?=每个键", en: "That key does nothing here; ?=every key")
    static let unclaimedArrived = LocalizedText("有个没人认领的结果", en: "A result nobody owns has come")
    static let nothingRings = LocalizedText("现在没有在响的", en: "Nothing is ringing")
    static let takeFirst = LocalizedText("Tab两下=我来处理第一个在响的", en: "Tab twice=take the first that rings")
    static func takeThis(_ who: LocalizedText) -> LocalizedText {
        LocalizedText("再按一下Tab=接：\(who.chinese)", en: "Tab again takes \(who.english)")
    }
    static func taken(_ who: LocalizedText) -> LocalizedText {
        LocalizedText("您来处理：\(who.chinese)", en: "yours now: \(who.english)")
    }
    static let onlyStaff = LocalizedText("只有护士和医生能办", en: "Only a nurse or a doctor may do that")
    static let logOut = LocalizedText("q=退出", en: "q=log out")
    static let back = LocalizedText("退格=返回", en: "Backspace=back")
    static let everyKey = LocalizedText("?=每个键", en: "?=every key")
    static let everyKeyShort = LocalizedText("?键", en: "?")
    static let page = LocalizedText("+ -=翻页", en: "+ -=page")
    static let saving = LocalizedText("正在存，请稍等", en: "Saving, please wait")
    static let loading = LocalizedText("正在取", en: "Loading ...")
    static let noSuchRow = LocalizedText("没有这个序号", en: "No such row")
    static let listMoved = LocalizedText("名单刚变了，请再看一眼", en: "The list just changed: look again")
    static let typeRowFirst = LocalizedText("请先按序号", en: "Type the row's number first")
}

extension StaffHint {
    static let back = StaffHint(
        .backspace, StaffPhrases.back, short: LocalizedText("退格返回", en: "Bksp back"))
    static let logOut = StaffHint(.character("q"), StaffPhrases.logOut)
    static let page = StaffHint(.pageDown, StaffPhrases.page)
    static let help = StaffHint(.character("?"), StaffPhrases.everyKey, short: StaffPhrases.everyKeyShort)
}
