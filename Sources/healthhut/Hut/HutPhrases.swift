// The few sentences the hut itself puts on a screen; every other one is the kiosk's or the rules'.

import Vitals

enum HutPhrase {
    static let closed = LocalizedText("今天先不能记，存不下了", en: "cannot store today: no room")
    static let cuffSilent = LocalizedText("血压计没有回音", en: "the cuff does not answer")
    static let cuffFailed = LocalizedText("这次没量成", en: "the measurement failed")
    static let cuffBusy = LocalizedText("血压计正忙，或有人在这儿", en: "the cuff is busy, or somebody sits here")
    static let noCuffHere = LocalizedText("这里没有血压计", en: "there is no cuff here")
    static let ledgerFailed = LocalizedText("没存上，请再试一次", en: "not stored, please try again")
    static let goneAlready = LocalizedText("已经变了，请再看一眼名单", en: "changed meanwhile, please look again")
    static let taken = LocalizedText("记下了：您来处理", en: "noted: you deal with it")
    static let saved = LocalizedText("存好了", en: "saved")

    /// What the bottom line says after a flag was closed.
    static func closed(_ action: ClosingAction) -> LocalizedText {
        let words = HutPhrase.words(for: action)
        return LocalizedText("关了：\(words.chinese)", en: "closed: \(words.english)")
    }

    /// How a flag ended, for the list of ended ones.
    static func ended(_ action: ClosingAction, by name: String) -> LocalizedText {
        let words = HutPhrase.words(for: action)
        return LocalizedText("\(words.chinese) \(name)", en: "\(words.english), \(name)")
    }

    /// Why a record of a monitor's memory has an owner.
    static let lent = LocalizedText("借出时说好是谁的，还的时候护士确认", en: "named at lending, confirmed at the return")

    private static func words(for action: ClosingAction) -> LocalizedText {
        switch action {
        case .ambulance: LocalizedText("120接走", en: "ambulance took over")
        case .referred: LocalizedText("转诊", en: "referred")
        case .handledHere: LocalizedText("这里处理了", en: "handled here")
        case .fetchedByFamily: LocalizedText("家属接走", en: "fetched by family")
        case .refused: LocalizedText("本人不愿意", en: "refused")
        case .notThisPerson: LocalizedText("不是本人", en: "not this person")
        case .deviceFault: LocalizedText("机器问题", en: "device fault")
        case .followedUp: LocalizedText("随访了", en: "followed up")
        case .notNeeded: LocalizedText("不用处理", en: "nothing needed")
        }
    }
}
