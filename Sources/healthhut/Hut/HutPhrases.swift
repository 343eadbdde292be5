// The few sentences the hut itself puts on a screen; every other one is the kiosk's or the rules'.

import FollowUpRules
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
    static let helpWanted = LocalizedText("有人求助", en: "somebody needs help")
    static let unnamedHelper = LocalizedText("没留名", en: "unnamed")
    static let ownLimit = LocalizedText("本人的", en: "the resident's own")
    static let notYours = LocalizedText("这一项要护士或医生来做", en: "that is for a nurse or a doctor")
    static let notFound = LocalizedText("名册上没有这个人", en: "nobody like that on the roster")
    static let numberTaken = LocalizedText("这个小屋号有人了", en: "this hut number is somebody's already")
    static let bandTaken = LocalizedText("这条手环别人戴着，先收回", en: "somebody wears this band: take it back first")
    static func bandUnknown(_ band: BandID) -> LocalizedText {
        LocalizedText("没收到过 \(band.rawValue)，先开机再配", en: "\(band.rawValue) was never heard: switch it on first")
    }
    static let signedAlready = LocalizedText("同一个人不能签两次", en: "one person does not sign twice")
    static let wrongPIN = LocalizedText("密码不对", en: "the PIN does not fit")
    static let pinRests = LocalizedText("错了几次，请过一会儿再试", en: "wrong several times: try again later")
    static let inFuture = LocalizedText("这一天还没到", en: "that day has not come")
    static let otherSheet = LocalizedText("刚又打了一张，请再看一遍单子", en: "another sheet was made meanwhile: look again")
    static let noSheetYet = LocalizedText("还没有打过单子", en: "no sheet was made yet")
    static let nothingOpen = LocalizedText("没有要办的了", en: "nothing to do any more")
    static let countersigned = LocalizedText("复核签好了", en: "countersigned")
    static let cannotWrite = LocalizedText("表格没写成，请找管理员看磁盘", en: "the file was not written: ask the operator")
    static let noExamYet = LocalizedText("还没有项目可签", en: "there is nothing to sign yet")

    static let pastDay = LocalizedText("这一天已经过了", en: "that day has passed")
    static let command = LocalizedText("命令", en: "command")
    static let refusedByDistrict = LocalizedText("区里退回", en: "refused by the district")
    static let wasDue = LocalizedText("随访到期", en: "a follow-up was due")
    static let clockIsWrong = LocalizedText("时钟不对，不定日期", en: "the clock is wrong: no dates are set")
    static let visitPromised = LocalizedText("约好上门", en: "a visit was promised")

    /// `自己留言请上门 11-21`; without *自己* where a nurse typed it in for her.
    static func asked(_ request: ResidentRequest, on day: String, byHerself: Bool) -> LocalizedText {
        let what =
            request == .homeVisit
            ? LocalizedText("请上门", en: "a home visit") : LocalizedText("请打电话", en: "a call")
        return LocalizedText(
            (byHerself ? "自己留言" : "留言") + "\(what.chinese) \(day)", en: "asked for \(what.english) on \(day)")
    }

    static func promised(_ kind: PromiseKind) -> LocalizedText {
        switch kind {
        case .call: LocalizedText("约好打电话", en: "a call was promised")
        case .homeVisit: visitPromised
        case .comeBack: LocalizedText("说好再来", en: "was to come back")
        }
    }

    /// How often something of a day happened, in the place of a name.
    static func times(_ count: Int) -> LocalizedText { LocalizedText("\(count)×", en: "\(count)×") }

    static func enrolled(_ number: String) -> LocalizedText {
        LocalizedText("登记好了：\(number)号", en: "enrolled: no. \(number)")
    }

    /// Where a list was written.
    static func written(_ path: String) -> LocalizedText {
        LocalizedText("存成了 \(path)", en: "written to \(path)")
    }

    /// Why a call was entered that nobody saw being made.
    static func fromSheet(_ sheet: Int, _ line: Int) -> String { "单\(sheet) 第\(line)行" }

    /// What stands typed of a line: `138/82 分类1`.
    static func typedBack(_ record: FollowUpRecord) -> LocalizedText {
        let value = record.pressure.map { "\($0.value.systolic.value)/\($0.value.diastolic.value) " } ?? ""
        guard let verdict = record.visitClass(.hypertension) ?? record.visitClass(.diabetes) else {
            return LocalizedText("\(value)录了", en: "\(value)typed")
        }
        return LocalizedText("\(value)分类\(verdict.rawValue)", en: "\(value)class \(verdict.rawValue)")
    }

    static func called(_ result: CallResult) -> LocalizedText {
        switch result {
        case .noAnswer: LocalizedText("没接", en: "no answer")
        case .spoken: LocalizedText("打通了", en: "spoken to")
        case .wrongNumber: LocalizedText("号码不对", en: "wrong number")
        }
    }

    /// What a text to the duty number says of an alert: its kind, and that somebody must come.
    static func alert(_ rule: RuleID) -> LocalizedText {
        switch rule {
        case .bandSignal: LocalizedText("手环呼救，还没人接", en: "A wristband calls for help, nobody has answered")
        case .dangerSign: LocalizedText("有人很难受，还没人接", en: "Somebody feels very bad, nobody has answered")
        default: LocalizedText("有人要马上看，还没人接", en: "Somebody must be seen at once, nobody has answered")
        }
    }

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

    /// Why a newcomer is confirmed from the list of newcomers, whose key says so.
    static let seenInPerson = LocalizedText("见过本人", en: "seen in person")
    /// For whom a monitor went out.
    static func lent(userSlot: Int?) -> String { userSlot.map { "用\($0)号键" } ?? "只有本人用" }
    static let backAsSaid = LocalizedText("还了，数是说好的人的", en: "back; the readings are as was said")
    static let backLineByLine = LocalizedText("还了，一条一条认", en: "back; claimed line by line")
    /// Why a record of a monitor's memory has an owner.
    static let lent = LocalizedText("借出时说好是谁的，还的时候护士确认", en: "named at lending, confirmed at the return")

    /// How a flag was ended.
    static func words(for action: ClosingAction) -> LocalizedText {
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
