// What happened, in a few words a nurse can read aloud: one sentence for each kind of fact, with the value where the fact
// has one. The audit of an operator has the kinds alone.

import FollowUpRules
import Kiosk
import Vitals

enum FactWords {
    /// What a fact says about its resident.
    static func words(for fact: Fact) -> LocalizedText {
        switch fact {
        case .residentStatus(_, let status, _, _): with("residentStatus", StaffWords.status(status) ?? here)
        case .visitEnded(_, let why): with("visitEnded", words(for: why))
        case .symptoms(_, let answer): with("symptoms", answer.words)
        case .request(_, let what), .requestEntered(_, let what, _, _): with("request", StaffWords.request(what))
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
        case .deviceLent(let monitor, _, _): with("deviceLent", monitor.rawValue)
        case .deviceReturned(let monitor, _): with("deviceReturned", monitor.rawValue)
        case .residentPINReset(_, let hash, _, _): kind(hash == nil ? "residentPINEnded" : "residentPINReset")
        case .flag(.raise(let draft)): with("flagRaised", draft.evidence.sentence)
        case .flag(.append(_, _, let evidence, _, _)): with("flagAppended", evidence.sentence)
        case .flag(.clear(let rule, _, let why)): with("flagCleared", joined(rule.rawValue, why))
        case .flagClosed(_, _, let action, _, _): HutPhrase.closed(action)
        case .signal(let signal, _, _, _, _): with("signal", words(for: signal))
        case .residentMarked(_, let mark, _, _, _): with("residentMarked", self.mark(mark))
        case .examItem(_, let item, _, _): with("examItem", examined(item))
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

    private static func with(_ kind: String, _ value: LocalizedText) -> LocalizedText { with(self.kind(kind), value) }

    /// `认领读数：138/82`.
    static func with(_ words: LocalizedText, _ value: LocalizedText) -> LocalizedText {
        LocalizedText("\(words.chinese)：\(value.chinese)", en: "\(words.english): \(value.english)")
    }

    /// What of a roster line was changed, each field with what stood there: `电话 139… > 138…`.
    static func change(from old: Resident, to new: Resident) -> LocalizedText {
        func changes(_ language: Language) -> String {
            var texts = RosterField.allCases.filter { $0.text(old, language) != $0.text(new, language) }.map {
                "\($0.words[language]) \($0.text(old, language)) > \($0.text(new, language))"
            }
            for condition in Condition.allCases
            where old.conditions.contains(condition) != new.conditions.contains(condition) {
                texts.append(
                    "\(StaffWords.condition(condition)[language]) \(new.conditions.contains(condition) ? "+" : "-")")
            }
            return texts.joined(separator: language == .chinese ? "、" : ", ")
        }
        return LocalizedText(changes(.chinese), en: changes(.english))
    }

    private static func joined(_ text: String, _ words: LocalizedText) -> LocalizedText {
        LocalizedText("\(text) \(words.chinese)", en: "\(text) \(words.english)")
    }

    private static func dated(_ words: LocalizedText, _ day: LocalDay) -> LocalizedText {
        LocalizedText("\(words.chinese) \(day.iso)", en: "\(words.english) \(day.iso)")
    }

    private static func followUp(_ record: FollowUpRecord) -> LocalizedText {
        let method = record.method.words
        var value = HutPhrase.typedBack(record)
        if record.visitClass(.hypertension) != nil, let other = record.visitClass(.diabetes) {
            value = LocalizedText(
                "\(value.chinese) 糖尿病分类\(other.rawValue)", en: "\(value.english), diabetes class \(other.rawValue)")
        }
        return with(
            "followUpRecorded",
            LocalizedText("\(method.chinese) \(value.chinese)", en: "\(method.english) \(value.english)"))
    }

    private static let here = LocalizedText("在这里", en: "here")

    private static func words(for end: VisitEnd) -> LocalizedText {
        switch end {
        case .left: LocalizedText("自己走的", en: "left")
        case .idle: LocalizedText("没人按键", en: "no key pressed")
        case .benchTimeOver: LocalizedText("歇太久没回来", en: "did not come back from the bench")
        case .nextVisitor: LocalizedText("下一位来了", en: "the next one came")
        case .restart: LocalizedText("小屋重启", en: "the hut restarted")
        case .guestDone: LocalizedText("客人量完了", en: "a guest has finished")
        case .takenByStaff: LocalizedText("护士接手", en: "taken over by staff")
        }
    }

    private static func words(for signal: BandSignal) -> LocalizedText {
        switch signal {
        case .sos: LocalizedText("呼救", en: "SOS")
        case .fall: LocalizedText("摔倒", en: "a fall")
        case .removed: LocalizedText("摘下", en: "taken off")
        case .lowBattery: LocalizedText("快没电", en: "battery low")
        }
    }

    private static func examined(_ item: ExamItem) -> LocalizedText {
        let (name, value) = (ExamWords.name(item.kind), ExamWords.value(item))
        return LocalizedText("\(name.chinese) \(value.chinese)", en: "\(name.english) \(value.english)")
    }

    private static func mark(_ mark: ResidentMark) -> LocalizedText {
        switch mark {
        case .condition(let condition, let since, let until): spanned(StaffWords.condition(condition), since, until)
        case .conditionEnded(let condition): said(StaffWords.condition(condition), false)
        case .limit(let limit?):
            LocalizedText(
                "本人范围 \(limit.systolic.value)/\(limit.diastolic.value)",
                en: "own limit \(limit.systolic.value)/\(limit.diastolic.value)")
        case .limit(nil): LocalizedText("范围按规范", en: "the policy's limit")
        case .managed(let disease, let since): spanned(StaffWords.managed(disease), since, nil)
        case .managementEnded(let disease): said(StaffWords.managed(disease), false)
        case .livesAlone(let isTrue): said(LocalizedText("独居", en: "lives alone"), isTrue)
        case .watched(let isTrue): said(LocalizedText("同意关注", en: "agreed to be watched"), isTrue)
        case .neverArm(.left, let isTrue): said(LocalizedText("左胳膊不能量", en: "never the left arm"), isTrue)
        case .neverArm(_, let isTrue): said(LocalizedText("右胳膊不能量", en: "never the right arm"), isTrue)
        case .risk(let risk, let isTrue): said(StaffWords.risk(risk), isTrue)
        case .contacts(let contacts): self.contacts(contacts)
        case .allergies(let drugs):
            LocalizedText("药敏 \(drugs ?? "无")", en: "allergies \(drugs ?? "none known")")
        }
    }

    private static func said(_ words: LocalizedText, _ isTrue: Bool) -> LocalizedText {
        isTrue ? words : LocalizedText("不再：\(words.chinese)", en: "no longer: \(words.english)")
    }

    /// `怀孕 2026-08-01 至 2027-05-01`.
    private static func spanned(_ words: LocalizedText, _ since: LocalDay?, _ until: LocalDay?) -> LocalizedText {
        guard since != nil || until != nil else { return words }
        func span(_ to: String) -> String { [since?.iso, to, until?.iso].compactMap { $0 }.joined(separator: " ") }
        return LocalizedText("\(words.chinese) \(span("至"))", en: "\(words.english) \(span("-"))")
    }

    /// Everybody who may be called from then on; `*` has the resident's consent.
    private static func contacts(_ contacts: [ContactPerson]) -> LocalizedText {
        let names = contacts.map { "\($0.relation) \($0.name)\($0.consented == nil ? "" : "*")" }
        if names.isEmpty { return LocalizedText("联系人 -", en: "contacts -") }
        return LocalizedText(
            "联系人 \(names.joined(separator: "、"))", en: "contacts \(names.joined(separator: ", "))")
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
        "someoneCalling": LocalizedText("有人在打120", en: "somebody is calling 120"),
        "leftByHimself": LocalizedText("自己先走了", en: "left before being seen"),
        "helpCalled": LocalizedText("叫人帮忙", en: "called for help"),
        "reading": LocalizedText("测量", en: "reading"),
        "readingConfirmed": LocalizedText("本人说是自己量的", en: "said to be the resident's"),
        "readingDenied": LocalizedText("本人说不是自己量的", en: "said not to be the resident's"),
        "readingClaimed": LocalizedText("认领读数", en: "reading claimed"),
        "readingMoved": LocalizedText("读数改给别人", en: "reading moved"),
        "readingReturned": LocalizedText("读数退回没认领", en: "reading returned"),
        "readingDiscarded": LocalizedText("读数作废", en: "reading discarded"),
        "readingHinted": LocalizedText("读数有了线索", en: "reading hinted"),
        "readingCarried": LocalizedText("读数跟着合并走", en: "reading went along with a merge"),
        "readingCorrected": LocalizedText("读数重新解读", en: "reading read anew"),
        "fasting": LocalizedText("空腹回答", en: "fasting answered"),
        "signal": LocalizedText("手环信号", en: "band signal"),
        "flagRaised": LocalizedText("列为要办", en: "put on the list"),
        "flagAppended": LocalizedText("要办的又出现", en: "to do again"),
        "flagCleared": LocalizedText("自动关", en: "cleared"),
        "flagTaken": LocalizedText("接下了", en: "taken"),
        "flagClosed": LocalizedText("关了", en: "closed"),
        "measuredWithoutRecord": LocalizedText("只量没留", en: "measured, nothing kept"),
        "fault": LocalizedText("机器出错", en: "device fault"),
        "noValue": LocalizedText("没量出数", en: "no value"),
        "position": LocalizedText("手环位置", en: "band position"),
        "battery": LocalizedText("手环电量", en: "band battery"),
        "uploaded": LocalizedText("传给区里了", en: "sent to the district"),
        "uploadParked": LocalizedText("区里退回", en: "refused by the district"),
        "hutStarted": LocalizedText("小屋启动", en: "hut started"),
        "clockChanged": LocalizedText("时钟改了", en: "clock changed"),
        "clockConfirmed": LocalizedText("确认时钟没错", en: "clock confirmed"),
        "textTried": LocalizedText("发短信给值班", en: "duty number texted"),
        "textEnded": LocalizedText("短信结果", en: "text outcome"),
        "deviceLent": LocalizedText("借出血压计", en: "monitor lent"),
        "deviceReturned": LocalizedText("还回血压计", en: "monitor returned"),
        "residentMarked": LocalizedText("档案", en: "on record"),
        "residentPINReset": LocalizedText("重设密码", en: "PIN reset"),
        "residentPINEnded": LocalizedText("不用密码了", en: "PIN taken away"),
        "residentsMerged": LocalizedText("两条合成一条", en: "lines merged"),
        "residentsUnmerged": LocalizedText("拆开两条", en: "lines taken apart"),
        "followUpRecorded": LocalizedText("随访", en: "follow-up"),
        "followUpDrafted": LocalizedText("存了随访草稿", en: "follow-up draft kept"),
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
        "careTaken": LocalizedText("写了处理原因", en: "reason written"),
        "sheetPrinted": LocalizedText("打了单子", en: "sheet made"),
    ]
}
