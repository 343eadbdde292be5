// What happened, in a few words a nurse can read aloud: one sentence for each kind of fact, with the value where the fact
// has one. The audit of an operator has the kinds alone.

import FollowUpRules
import Vitals

enum FactWords {
    /// What a fact says about its resident.
    static func words(for fact: Fact) -> LocalizedText {
        switch fact {
        case .residentStatus(_, let status, _, _): with("residentStatus", status.rawValue)
        case .visitEnded(_, let why): with("visitEnded", why.rawValue)
        case .symptoms(_, let answer): with("symptoms", answer.words)
        case .request(_, let what), .requestEntered(_, let what, _, _): with("request", requestWords(what))
        case .requestAnswered(_, let answer, _): with("requestAnswered", LocalizedText(answer, en: answer))
        case .messageLeft(_, let text, _): with("messageLeft", LocalizedText(text, en: text))
        case .called(_, let result, _): with("called", HutPhrase.called(result))
        case .promised(_, let kind, let day, _): with("promised", dated(HutPhrase.promised(kind), day))
        case .promiseMoved(_, let day, _, _): with("promiseMoved", day.iso)
        case .followUpRecorded(let record, _): followUp(record)
        case .bandPaired(let band, _, _): with("bandPaired", band.rawValue)
        case .bandUnpaired(let band, _): with("bandUnpaired", band.rawValue)
        case .bandDoubted(let band, let isDoubted, _):
            with(isDoubted ? "bandDoubted" : "bandTrusted", band.rawValue)
        case .flag(.raise(let draft)): with("flagRaised", draft.evidence.sentence)
        case .flag(.append(_, _, let evidence, _, _)): with("flagAppended", evidence.sentence)
        case .flag(.clear(let rule, _, let why)): with("flagCleared", joined(rule.rawValue, why))
        case .flagClosed(_, _, let action, _, _): HutPhrase.closed(action)
        case .signal(let signal, _, _, _, _): with("signal", signal.rawValue)
        case .residentMarked(_, let mark, _, _, _): with("residentMarked", self.mark(mark))
        case .examItem(_, let item, _, _): with("examItem", item.kind.rawValue)
        default: kind("\(name(of: fact))")
        }
    }

    /// A kind of fact by the name it has in the ledger; one without words here stands as it is.
    static func kind(_ name: String) -> LocalizedText { kinds[name] ?? LocalizedText(name, en: name) }

    /// The name of an enumeration's case: `recordSeen`.
    private static func name(of fact: Fact) -> String {
        Mirror(reflecting: fact).children.first?.label ?? String(describing: fact)
    }

    private static func with(_ kind: String, _ value: String) -> LocalizedText {
        with(kind, LocalizedText(value, en: value))
    }

    private static func with(_ kind: String, _ value: LocalizedText) -> LocalizedText {
        let words = self.kind(kind)
        return LocalizedText("\(words.chinese)：\(value.chinese)", en: "\(words.english): \(value.english)")
    }

    private static func joined(_ text: String, _ words: LocalizedText) -> LocalizedText {
        LocalizedText("\(text) \(words.chinese)", en: "\(text) \(words.english)")
    }

    private static func dated(_ words: LocalizedText, _ day: LocalDay) -> LocalizedText {
        LocalizedText("\(words.chinese) \(day.iso)", en: "\(words.english) \(day.iso)")
    }

    private static func followUp(_ record: FollowUpRecord) -> LocalizedText {
        let (method, value) = (record.method.words, HutPhrase.typedBack(record))
        return with(
            "followUpRecorded",
            LocalizedText("\(method.chinese) \(value.chinese)", en: "\(method.english) \(value.english)"))
    }

    private static func requestWords(_ request: ResidentRequest) -> LocalizedText {
        switch request {
        case .call: LocalizedText("请打电话", en: "a call")
        case .homeVisit: LocalizedText("请上门", en: "a home visit")
        case .nursing: LocalizedText("居家护理", en: "home nursing")
        case .bandHelp: LocalizedText("手环帮忙", en: "help with the band")
        }
    }

    private static func mark(_ mark: ResidentMark) -> LocalizedText {
        switch mark {
        case .condition(let condition, _, _): LocalizedText(condition.rawValue, en: condition.rawValue)
        case .conditionEnded(let condition):
            LocalizedText("\(condition.rawValue) 没有了", en: "\(condition.rawValue) ended")
        case .limit(let limit?):
            LocalizedText(
                "本人范围 \(limit.systolic.value)/\(limit.diastolic.value)",
                en: "own limit \(limit.systolic.value)/\(limit.diastolic.value)")
        case .limit(nil): LocalizedText("范围按规范", en: "the policy's limit")
        case .managed(let disease, _): LocalizedText("管理 \(disease.rawValue)", en: "managed: \(disease.rawValue)")
        case .managementEnded(let disease):
            LocalizedText("不再管理 \(disease.rawValue)", en: "no longer managed: \(disease.rawValue)")
        case .livesAlone(let isTrue): said("独居", "lives alone", isTrue)
        case .watched(let isTrue): said("没动静就看看", "watched", isTrue)
        case .neverArm(.left, let isTrue): said("左胳膊不能量", "never the left arm", isTrue)
        case .neverArm(_, let isTrue): said("右胳膊不能量", "never the right arm", isTrue)
        case .risk(let risk, let isTrue): said(risk.rawValue, risk.rawValue, isTrue)
        case .contacts: LocalizedText("联系人", en: "contacts")
        case .allergies: LocalizedText("药敏", en: "allergies")
        }
    }

    private static func said(_ chinese: String, _ english: String, _ isTrue: Bool) -> LocalizedText {
        LocalizedText(isTrue ? chinese : "不再：\(chinese)", en: isTrue ? english : "no longer: \(english)")
    }

    private static let kinds: [String: LocalizedText] = [
        "residentAdded": LocalizedText("登记", en: "enrolled"),
        "residentChanged": LocalizedText("名册改了", en: "roster line changed"),
        "residentStatus": LocalizedText("现况", en: "status"),
        "residentPIN": LocalizedText("设了密码", en: "PIN set"),
        "pinRefused": LocalizedText("密码不对", en: "wrong PIN"),
        "identityLinked": LocalizedText("绑了卡或码", en: "card or code linked"),
        "identitiesRevoked": LocalizedText("卡或码作废", en: "cards or codes revoked"),
        "residentEnrolled": LocalizedText("刷证登记", en: "enrolled by card"),
        "residentConfirmed": LocalizedText("护士确认本人", en: "confirmed by a nurse"),
        "staffAdded": LocalizedText("加了工作人员", en: "staff added"),
        "staffPIN": LocalizedText("工作人员设了密码", en: "staff PIN set"),
        "staffLoggedIn": LocalizedText("登录", en: "logged in"),
        "bandPaired": LocalizedText("戴上手环", en: "band paired"),
        "bandUnpaired": LocalizedText("收回手环", en: "band taken back"),
        "bandDoubted": LocalizedText("手环可能别人戴", en: "band doubted"),
        "bandTrusted": LocalizedText("手环是本人戴", en: "band trusted again"),
        "visitOpened": LocalizedText("来小屋", en: "visit"),
        "visitRested": LocalizedText("去坐着歇", en: "rests on the bench"),
        "visitResumed": LocalizedText("歇好回来", en: "back from the bench"),
        "visitEnded": LocalizedText("离开", en: "visit ended"),
        "symptoms": LocalizedText("症状", en: "symptoms"),
        "rest": LocalizedText("歇了", en: "rested"),
        "request": LocalizedText("请求", en: "request"),
        "requestEntered": LocalizedText("替人留请求", en: "request entered"),
        "helpCalled": LocalizedText("叫人帮忙", en: "called for help"),
        "reading": LocalizedText("测量", en: "reading"),
        "readingConfirmed": LocalizedText("本人说是自己量的", en: "said to be hers"),
        "readingDenied": LocalizedText("本人说不是自己量的", en: "said not to be hers"),
        "readingClaimed": LocalizedText("认领读数", en: "reading claimed"),
        "readingMoved": LocalizedText("读数改给别人", en: "reading moved"),
        "readingReturned": LocalizedText("读数退回没认领", en: "reading returned"),
        "readingDiscarded": LocalizedText("读数作废", en: "reading discarded"),
        "readingCorrected": LocalizedText("读数重新解读", en: "reading read anew"),
        "fasting": LocalizedText("空腹回答", en: "fasting answered"),
        "signal": LocalizedText("手环信号", en: "band signal"),
        "flagRaised": LocalizedText("要办", en: "to do"),
        "flagAppended": LocalizedText("又有", en: "again"),
        "flagCleared": LocalizedText("自动关", en: "cleared"),
        "flagTaken": LocalizedText("接下了", en: "taken"),
        "flagClosed": LocalizedText("关了", en: "closed"),
        "textTried": LocalizedText("发短信给值班", en: "duty number texted"),
        "textEnded": LocalizedText("短信结果", en: "text outcome"),
        "deviceLent": LocalizedText("借出血压计", en: "monitor lent"),
        "deviceReturned": LocalizedText("还回血压计", en: "monitor returned"),
        "residentMarked": LocalizedText("档案", en: "on record"),
        "residentPINReset": LocalizedText("重设密码", en: "PIN reset"),
        "residentsMerged": LocalizedText("两条合成一条", en: "lines merged"),
        "residentsUnmerged": LocalizedText("拆开两条", en: "lines taken apart"),
        "followUpRecorded": LocalizedText("随访", en: "follow-up"),
        "followUpWithdrawn": LocalizedText("撤回随访", en: "follow-up withdrawn"),
        "followUpCountersigned": LocalizedText("医生复核", en: "countersigned"),
        "called": LocalizedText("打电话", en: "call"),
        "promised": LocalizedText("约好", en: "promised"),
        "promiseMoved": LocalizedText("改约", en: "promise moved"),
        "promiseKept": LocalizedText("约好的做到了", en: "promise kept"),
        "examItem": LocalizedText("体检项目", en: "exam item"),
        "examSigned": LocalizedText("体检签名", en: "exam signed"),
        "requestAnswered": LocalizedText("答复", en: "answered"),
        "answerSeen": LocalizedText("本人看过答复", en: "answer read"),
        "recordSeen": LocalizedText("看过档案", en: "record seen"),
        "daySeen": LocalizedText("看过当天小结", en: "day page seen"),
        "messageLeft": LocalizedText("留言", en: "message left"),
        "careTaken": LocalizedText("为什么", en: "why"),
        "sheetPrinted": LocalizedText("打了单子", en: "sheet made"),
    ]
}
