// The words of follow-ups, requests and promises, each in one way everywhere.

import Vitals

extension StaffWords {
    /// How a follow-up took place.
    static func method(_ method: FollowUpMethod) -> LocalizedText {
        switch method {
        case .clinic: LocalizedText("门诊", en: "clinic")
        case .home: LocalizedText("家庭", en: "home")
        case .phone: LocalizedText("电话", en: "phone")
        case .other: LocalizedText("其他", en: "other")
        }
    }

    static func visitClass(_ visitClass: VisitClass) -> LocalizedText {
        switch visitClass {
        case .controlled: LocalizedText("满意", en: "controlled")
        case .notControlled: LocalizedText("不满意", en: "not controlled")
        case .reaction: LocalizedText("不良反应", en: "reaction")
        case .complication: LocalizedText("并发症", en: "complication")
        }
    }

    static func adherence(_ adherence: Adherence) -> LocalizedText {
        switch adherence {
        case .regular: LocalizedText("规律", en: "regular")
        case .irregular: LocalizedText("间断", en: "irregular")
        case .none: LocalizedText("不服药", en: "takes none")
        }
    }

    /// What a resident asks for.
    package static func request(_ request: ResidentRequest) -> LocalizedText {
        switch request {
        case .call: LocalizedText("请打电话", en: "please call")
        case .homeVisit: LocalizedText("请上门", en: "please visit")
        case .nursing: LocalizedText("要上门护理", en: "home nursing")
        case .bandHelp: LocalizedText("手环要帮忙", en: "help with the band")
        }
    }

    /// `11-19 自己留言：请打电话`, `11-19 王敏代留：请上门 下午在家`.
    static func request(_ line: RequestLine, _ room: StaffRoom) -> String {
        let day = StaffWords.day(room.desk.place.offset.day(of: line.at))
        guard let what = line.what else { return day + " " + messageLeft[room.language] }
        let who =
            line.enteredBy.map { LocalizedText("\($0)代留", en: "entered by \($0)") }
            ?? LocalizedText("自己留言", en: "at the kiosk")
        let note = line.note.isEmpty ? "" : " " + line.note
        let colon = room.language == .chinese ? "：" : ": "
        return day + " " + who[room.language] + colon + request(what)[room.language] + note
    }

    private static let messageLeft = LocalizedText("给本人的留言", en: "message for the resident")

    static func promise(_ kind: PromiseKind) -> LocalizedText {
        switch kind {
        case .call: LocalizedText("打电话", en: "call")
        case .homeVisit: LocalizedText("上门", en: "home visit")
        case .comeBack: LocalizedText("本人来", en: "comes here")
        }
    }
}
