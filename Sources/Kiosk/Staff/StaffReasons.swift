// Why a reading has no owner, why one is set aside, how a flag ended: one sentence each, in both languages.

import Vitals

extension StaffWords {
    /// Why nobody owns a reading, as a nurse has to understand it (whose-reading.md).
    static func reason(_ reason: UnclaimedReason) -> LocalizedText {
        switch reason {
        case .noVisit: LocalizedText("没人登记就量了", en: "measured without a visit")
        case .notAsked: LocalizedText("登记了，没按「是我」就量了", en: "in a visit, it is me not pressed")
        case .beganBefore: LocalizedText("按「是我」之前就开始量了", en: "began before it is me was pressed")
        case .visitChanged: LocalizedText("量的时候换了人", en: "the visit changed while it measured")
        case .visitEnded: LocalizedText("结果来的时候人已经走了", en: "came after the visit had ended")
        case .tooLate: LocalizedText("结果来得太晚", en: "came too late")
        case .denied: LocalizedText("本人说不是他量的", en: "the resident said it was not theirs")
        case .lineBroke: LocalizedText("量的时候线断过", en: "the cable broke while it measured")
        case .restart: LocalizedText("量的时候小屋重启了", en: "the hut restarted while it measured")
        case .pending: LocalizedText("机器接上时送来的旧结果", en: "held by the machine at start-up")
        case .memory: LocalizedText("机器里存的，不知道是谁的", en: "from the machine's memory")
        case .notConfirmed: LocalizedText("问了是不是本人，没有回答", en: "asked was it you, no answer yet")
        case .guest: LocalizedText("客人量的，要留下", en: "a guest who wants it kept")
        case .notPairedThen: LocalizedText("那时候手环没配给谁", en: "the band was paired with nobody then")
        case .wearerNotConfirmed: LocalizedText("手环可能是别人戴着", en: "somebody else may wear the band")
        case .residentNotHere: LocalizedText("名册上这人去世了或搬走了", en: "on record as dead or moved")
        }
    }

    /// Why a nurse sets a reading aside.
    package static func reason(_ reason: DiscardReason) -> LocalizedText {
        switch reason {
        case .test: LocalizedText("试机器", en: "a test of the machine")
        case .notAResident: LocalizedText("不是这里的居民", en: "not a resident here")
        case .badMeasurement: LocalizedText("量得不对", en: "a bad measurement")
        case .duplicate: LocalizedText("重复了", en: "a duplicate")
        case .ownerUnknown: LocalizedText("找不到是谁的", en: "the owner cannot be found")
        }
    }

    /// How a flag ended.
    static func ending(_ action: ClosingAction) -> LocalizedText {
        switch action {
        case .ambulance: LocalizedText("120接走", en: "ambulance took over")
        case .referred: LocalizedText("转诊，或陪着去了", en: "referred or accompanied")
        case .handledHere: LocalizedText("这里处理了，又量过", en: "calmed here, measured again")
        case .fetchedByFamily: LocalizedText("家属接走", en: "fetched by family")
        case .refused: LocalizedText("本人不愿意，讲明白了", en: "refused, was told")
        case .notThisPerson: LocalizedText("不是本人的数", en: "not this person's reading")
        case .deviceFault: LocalizedText("机器问题", en: "device fault")
        case .followedUp: LocalizedText("随访了", en: "followed up")
        case .notNeeded: LocalizedText("不用办", en: "nothing needed")
        }
    }
}
