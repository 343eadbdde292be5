// The sentence table: every sentence a resident's screen can show, each with an id and both languages. They are those of
// visit-script.md, to the letter; changing one is a decision with a clinician's name. `{…}` is filled in by the screen.
//
// One table and therefore longer than other files: whoever records the sentences in a dialect, or re-reads them as an
// old person would, wants them in one place.

import Vitals

/// A sentence by its id; the id begins with the name of its screen.
enum Phrase: String, CaseIterable, Sendable {
    case uselessKey, noAnswer, pleaseWait, guest, madam, sir, number, keyHelp, keyLeave, keyBack, backspace,
        tooSmall, tooSmallNeeds, tryAgain, callSomeone, callNumber, leaveAgain, erase, warningSigns, stopLine,
        stationBusy, pulse, pulseShort
    case k0FetchNurse, k0Card, k0Tag, k0Code, k0Or, k0Choose, k0ByNumber, k0Guest, k0Unowned, k0CuffOut, k0Ready,
        k0ReadyWide,
        k0Bench, k0BenchWide, k0Resting,
        k0RestingWide, k0Rested, k0RestedWide, k0Call120, k0WarningWide, k0Language, k0Staff
    case xClosed, xNurse, xCall120
    case k1Ask, k1Forgot, k2Ask, k2Cover, k2Forgot, k2wNoMatch, k2wMeasureFirst, k2wNeverMind, k2LRests, k2LMeasure
    case k3Ask, k3Yes, k3No, k3HelpHer, k3HelpHim, k3hFor, k3hYou, k3hHave, k3hNone, k3hFiled, k3hNoPast, k3hIsItYou,
        k3hYes, k3hNo, k3PutAway, k3nFirst, k3nWeKeep, k3nWhat, k3nWho, k3nStop, k3nYes, k3nNo, notKnownHere
    case k4Can, k4JustMeasure, k4Keep, k4NoPast, k4ForgotNumber, k4Erase, keptForNurse,
        nurseWillFile
    case k5Last, k5Measure, k5Record, k5Ask, k5Doctor, recordTitle, recordEmpty, recordMore, askWhat, askCall,
        askVisit, askNursing, askBand, askSaved, askSeen, k5wYouAsked, k5wSays, k5wMessage, k5wRead
    case k6Ask, signChest, signBreath, signStroke, signHead, signEyes, signVomit, signFaint, k6None, k6Mild, k6Bad,
        k6cPressed, k6cYes, k6cSlip
    case k7Sit, k7Still, k7JustDanced, k7Here, k7Bench, k7Already, k7NoRest, k7Resting, k7OneRests, k8Rest,
        k8Posture, k8Enough, k8SomeoneWaits, k8JustDanced, k8Back, k8Feet, k8Quiet, k8PhoneDown
    case k9Who, k9WhoWide, k9Nobody, k9SleeveAllIn, k9Sleeve, k9AllIn, k9Elbow, k9Palm, k9LeftAgain, k9RightAgain,
        k9Left, k9Right, k9NeverLeft, k9NeverRight, k9NoArm, k9AskNurse, k9FirstLeft, k9ThenRight, k9Ready, k9Other,
        k9UseLeft, k9UseRight, k9PictureArm,
        k9PictureElbow, k10Press, k10Green, k10Measuring, k10Quiet, k11Measuring, k11Tight, k11LeaveSoon,
        k11HelpSoon
    case k12Came, k12Yours, k12Yes, k12No, k21Not, k21Last, k21All, k21Mine, k21Other, k24Read, k24Change, k24Stay,
        mustWait, o1Result,
        o1Kept, o1Again, o1VeryHigh, o1FindNurse, otherReading
    case k13First, k13Second, k13Third, k13Again, k13NotMine, k13BothArms, k13Left, k13Right, k13LeftHigher,
        k13RightHigher, k13Same, k14Pause,
        k14Enough, k14Left, k16Differ, k16First, k16Second, k16NotYou, k16Enough, k17Today, k17TodayTogether,
        k17Medicine, k17FeelBad, k17FeelBadWide, k17NotMine, k17Saved, k17KeptForNurse, k17NotKept, k18Low, k18Stay,
        k18Dizzy, k18Yes, k18No, enoughToday
    case k19NotYou, k19Moved, k19Arm, k19Rest, k19Again, k19bThree, k19bByHand, k19bPhone, k19bFeelBad, k20Silent,
        k20ArmOut, k20Stuck, k22Still, k22AnyKey, k22Closed, k23Done, k23Care, k23GuestDone, k23Guest, k23Forget,
        k23NextTime
    case c1VeryHigh, c1Stay, c1Again, c1NoPills, c1Staffed, c1Unstaffed, c2Ask, c2Chest, c2Stroke, c2Head, c2Faint,
        c2None, c2Yes, s6Ask, s6No, c3Twice, c3TwiceWide, c3Stay, c3StayWide, c3Staffed, c3Unstaffed, c3UnstaffedWide,
        c3Family,
        c3FamilyWide, c3Call120, c3SignsWide, c4Call, c4CallWide, c4Bystanders, c4Address, c4AddressWide, c4Say,
        c4Sit, c4NoFood, c4NotAlone, c4Calling, c4IsCalling, c5Lower, c5Serious, c5Again, c5Listed, c6Comes, c6Wait
    case sOxygen, sWeight, sHeight, sGlucose, sTemperature, sSkin, sPressure, sPulse, s1Which, s2Finger, s2Still,
        s2StepOn, s2Shoes, s2Straight, s2Drop, s2Strip, s2Take, s2Hold, s3Finger, s3FingerAgain, s3StepOn, s3StepAgain,
        s3Drop, s3Take, s3Forehead, s4Today, s4Other, s4Skin, s5Warm, s5Value, s7Eaten, s7No, s7Yes, s7NotSure,
        s8TooHigh, s8TooLow, c7Awake, c7Sweets, c7Again, c7NotAwake, c7Nothing, c7Done, c8Doctor, k12Weighed
    case hHelp, hBad, hBack, hCalled
    case k0PrinterOut, k17Slip, k17More, slipPrinting, slipPrinted, slipNoPaper, slipOff,
        slipUnknown, slipReading, slipFeelBad, slipNextTime, slipScanMe, slipKeepMe
    case cuff, oximeter, scale, stadiometer, glucometer, thermometer, band

    /// The sentence in both languages, unfilled.
    var sentence: LocalizedText {
        switch self {
        // Common
        case .uselessKey: LocalizedText("这个键这里用不上，请看上面", en: "This key does nothing here")
        case .noAnswer: LocalizedText("刚才没办成，请再试一次", en: "That did not work, please try again")
        case .pleaseWait: LocalizedText("请稍等", en: "One moment please")
        case .guest: LocalizedText("客人", en: "Guest")
        case .madam: LocalizedText("{name} 女士", en: "Ms {name}")
        case .sir: LocalizedText("{name} 先生", en: "Mr {name}")
        case .number: LocalizedText("{number}号", en: "{number}")
        case .keyHelp: LocalizedText("叫人", en: "call someone")
        case .keyLeave: LocalizedText("离开", en: "leave")
        case .keyBack: LocalizedText("上一步", en: "back")
        case .backspace: LocalizedText("退格", en: "Backspace")
        case .tooSmall: LocalizedText("屏幕太小", en: "Screen too small")
        case .tooSmallNeeds: LocalizedText("至少要40列16行", en: "at least 40x16")
        case .tryAgain: LocalizedText("再试一次", en: "try again")
        case .callSomeone: LocalizedText("叫人", en: "call someone")
        case .callNumber: LocalizedText("请打 {number}", en: "Please call {number}")
        case .leaveAgain: LocalizedText("要离开，请再按一次 0", en: "To leave, press 0 once more")
        case .erase: LocalizedText("退格=改一个数  空着按确认键=叫人", en: "Backspace = erase one  Enter on nothing = call someone")
        case .warningSigns: LocalizedText("胸口疼、说话不清、一边没劲：", en: "Chest pain, slurred speech, one side weak:")
        case .stopLine:
            LocalizedText("想停：抽出胳膊，或按机器上的停止键", en: "To stop: pull your arm out, or the stop key on the machine")
        case .stationBusy: LocalizedText("还有一位在量，请稍等", en: "Someone is still measuring, please wait")
        case .pulse: LocalizedText("脉搏 {pulse}", en: "Pulse {pulse}")
        case .pulseShort: LocalizedText("脉搏{pulse}", en: "Pulse {pulse}")
        // K0
        case .k0FetchNurse: LocalizedText("有人求助，请帮忙叫护士", en: "Help is needed: please fetch a nurse")
        case .k0Choose: LocalizedText("量血压，请选一样：", en: "To measure blood pressure, choose one:")
        case .k0Card: LocalizedText("放身份证", en: "lay down your ID card")
        case .k0Tag: LocalizedText("放小屋牌", en: "lay down your hut tag")
        case .k0Code: LocalizedText("扫码", en: "scan your code")
        case .k0Or: LocalizedText("  或  ", en: " or ")
        case .k0ByNumber: LocalizedText("按我的小屋号", en: "type my hut number")
        case .k0Guest: LocalizedText("没带卡，也记不得号", en: "no card, do not remember the number")
        case .k0Unowned: LocalizedText("有个结果没人认领，要留下请按 2", en: "A result has no owner; to keep it press 2")
        case .k0CuffOut: LocalizedText("血压计 今天用不了，请找护士", en: "No blood pressure cuff today, please ask the nurse")
        case .k0Ready: LocalizedText("{what}好了", en: "{what} ready")
        case .k0ReadyWide: LocalizedText("{what} 好了", en: "{what} ready")
        case .k0Bench: LocalizedText("歇着的：", en: "Resting: ")
        case .k0BenchWide: LocalizedText("在歇着：  ", en: "Resting:  ")
        case .k0Resting: LocalizedText("{number}号 还有{minutes}分", en: "{number}, {minutes} min left")
        case .k0RestingWide: LocalizedText("{number} 号  还有 {minutes} 分钟", en: "{number}, {minutes} min left")
        case .k0Rested: LocalizedText("{number}号 好了", en: "{number}, ready")
        case .k0RestedWide: LocalizedText("{number} 号  歇好了，请来", en: "{number}, ready, please come")
        case .k0Call120: LocalizedText("马上打 120，按 9 叫人", en: "call 120 now, press 9 to call someone")
        case .k0WarningWide:
            LocalizedText(
                "胸口疼、说话不清、一边手脚没劲：马上打 120，按 9 叫人", en: "Chest pain, slurred speech, one side weak: call 120, press 9")
        case .k0Language: LocalizedText("English", en: "中文")
        case .k0Staff: LocalizedText("护士", en: "staff")
        // X
        case .xClosed: LocalizedText("今天这台先不能记", en: "This one cannot store today")
        case .xNurse: LocalizedText("请找护士量", en: "Please let the nurse measure")
        case .xCall120: LocalizedText("很难受：打 120", en: "Feeling very bad: call 120")
        // K1, K2
        case .k1Ask: LocalizedText("请按您的小屋号，再按确认键", en: "Type your hut number, then Enter")
        case .k1Forgot: LocalizedText("记不得了：直接按确认键", en: "Do not remember: just press Enter")
        case .k2Ask: LocalizedText("请按密码，再按确认键", en: "Type your PIN, then Enter")
        case .k2Cover: LocalizedText("旁边有人，请用手挡一挡", en: "Someone near? Cover it with your hand")
        case .k2Forgot: LocalizedText("忘了密码：直接按确认键", en: "Forgot it: just press Enter")
        case .k2wNoMatch: LocalizedText("号和密码对不上", en: "Number and PIN do not match")
        case .k2wMeasureFirst: LocalizedText("先量，不用密码", en: "measure first, without a PIN")
        case .k2wNeverMind: LocalizedText("没关系，量血压不耽误", en: "Never mind, you can still measure")
        case .k2LRests: LocalizedText("这个号先歇十分钟", en: "This number rests for ten minutes")
        case .k2LMeasure: LocalizedText("先量，量完护士帮您记上", en: "measure now, the nurse will file it")
        // K3, K4
        case .k3Ask: LocalizedText("您是 {who} 吗？", en: "Are you {who}?")
        case .k3Yes: LocalizedText("是我本人", en: "yes, it is me")
        case .k3No: LocalizedText("不是我", en: "not me")
        case .k3HelpHer: LocalizedText("我是帮她量的", en: "I am helping her")
        case .k3HelpHim: LocalizedText("我是帮他量的", en: "I am helping him")
        case .k3hFor: LocalizedText("要量的是 {who}", en: "To be measured: {who}")
        case .k3hYou: LocalizedText("您是帮忙的人：", en: "You are the helper:")
        case .k3hHave: LocalizedText("我有小屋号(先按我的)", en: "I have a hut number (mine first)")
        case .k3hNone: LocalizedText("我没有号", en: "I have none")
        case .k3hFiled: LocalizedText("量的是谁，记在谁名下", en: "Filed under the one measured")
        case .k3hNoPast: LocalizedText("帮忙的人看不到以前的记录", en: "The helper does not see past records")
        case .k3hIsItYou: LocalizedText("帮忙的是 {who} 吗？", en: "Is the helper {who}?")
        case .k3hYes: LocalizedText("是我，开始", en: "yes, it is me, begin")
        case .k3hNo: LocalizedText("不是我", en: "not me")
        case .k3PutAway: LocalizedText("请先收好身份证", en: "Please put your ID card away first")
        case .k3nFirst: LocalizedText("第一次来，欢迎您", en: "First visit, welcome")
        case .k3nWeKeep: LocalizedText("同意的话，我们会记下：", en: "If you agree we keep:")
        case .k3nWhat: LocalizedText("姓名、生日、量出来的数", en: "name, birthday, what is measured")
        case .k3nWho: LocalizedText("给谁看：您的护士和家庭医生", en: "seen by: your nurse and family doctor")
        case .k3nStop: LocalizedText("随时可以说不记了", en: "you may stop this at any time")
        case .k3nYes: LocalizedText("同意", en: "I agree")
        case .k3nNo: LocalizedText("不同意，也能量", en: "no, but still measure")
        case .notKnownHere: LocalizedText("这张卡或号还没登记，先量也行", en: "Not enrolled; you can still measure")
        case .k4Can: LocalizedText("没有卡也能量", en: "You can measure without a card")
        case .k4JustMeasure: LocalizedText("只量一量，不留", en: "just measure, keep nothing")
        case .k4Keep: LocalizedText("留下来，护士帮我认", en: "keep it, the nurse will file it")
        case .k4NoPast: LocalizedText("以前的记录这次看不到", en: "Past records cannot be seen this time")
        case .k4ForgotNumber: LocalizedText("记不得了也不要紧：直接按确认键", en: "Do not remember? Just press Enter")
        case .k4Erase: LocalizedText("退格=改一个数", en: "Backspace = erase one")
        case .keptForNurse: LocalizedText("收好了", en: "It is kept")
        case .nurseWillFile: LocalizedText("护士会帮您认", en: "The nurse will file it")
        // K5
        case .k5Last: LocalizedText("上次 {day}  {value}", en: "Last time {day}  {value}")
        case .k5Measure: LocalizedText("量血压", en: "measure blood pressure")
        case .k5Record: LocalizedText("看我的记录", en: "my record")
        case .k5Ask: LocalizedText("请护士打电话或上门", en: "have the nurse call or visit")
        case .k5Doctor: LocalizedText("家庭医生 {who} {number}", en: "Family doctor {who} {number}")
        case .recordTitle: LocalizedText("我的记录", en: "My record")
        case .recordEmpty: LocalizedText("还没有记录", en: "No record yet")
        case .recordMore: LocalizedText("看更早的", en: "earlier ones")
        case .askWhat: LocalizedText("请护士：", en: "The nurse should:")
        case .askCall: LocalizedText("给我打电话", en: "call me")
        case .askVisit: LocalizedText("到我家来一趟", en: "visit me at home")
        case .askNursing: LocalizedText("到我家护理", en: "nursing at home")
        case .askBand: LocalizedText("帮我弄手环", en: "help with my band")
        case .k5wYouAsked: LocalizedText("您 {day} 请护士：「{what}」", en: "You asked the nurse on {day}: \"{what}\"")
        case .k5wSays: LocalizedText("护士说：", en: "The nurse says:")
        case .k5wMessage: LocalizedText("护士给您留了话", en: "The nurse left you a word")
        case .k5wRead: LocalizedText("看过了", en: "I have read it")
        case .askSaved: LocalizedText("记下了", en: "Noted")
        case .askSeen: LocalizedText("护士的名单上有了，按确认键返回", en: "It is on the nurse's list. Enter = back")
        // K6
        case .k6Ask: LocalizedText("现在有没有这些不舒服？", en: "Do you have any of these now?")
        case .signChest: LocalizedText("胸口疼、闷得慌", en: "chest pain or tightness")
        case .signBreath: LocalizedText("喘不上气、躺不平", en: "short of breath, cannot lie flat")
        case .signStroke: LocalizedText("嘴歪、说话不清、一边手脚没劲", en: "crooked mouth, slurred speech, one side weak")
        case .signHead: LocalizedText("头疼得厉害、天旋地转", en: "very bad headache, everything spins")
        case .signEyes: LocalizedText("突然看不清、眼睛胀疼", en: "suddenly cannot see well, eye pain")
        case .signVomit: LocalizedText("恶心呕吐、心慌得厉害", en: "vomiting, heart racing badly")
        case .signFaint: LocalizedText("刚才晕倒过、人迷糊", en: "just fainted, confused")
        case .k6None: LocalizedText("都没有", en: "none of them")
        case .k6Mild: LocalizedText("有一点，跟平时差不多", en: "a little, as usual")
        case .k6Bad: LocalizedText("有，现在很难受", en: "yes, I feel very bad now")
        case .k6cPressed: LocalizedText("您按了：现在很难受", en: "You pressed: I feel very bad now")
        case .k6cYes: LocalizedText("对，很难受", en: "yes, very bad")
        case .k6cSlip: LocalizedText("按错了", en: "I pressed the wrong key")
        // K7, K8
        case .k7Sit: LocalizedText("先坐着歇 5 分钟，量得才准", en: "Sit for 5 minutes first, or it is not right")
        case .k7Still: LocalizedText("别说话，脚放平", en: "no talking, feet flat")
        case .k7JustDanced: LocalizedText("刚跳完舞、抽烟、喝茶：歇半小时", en: "just danced, smoked, had tea: wait half an hour")
        case .k7Here: LocalizedText("就坐在这儿歇", en: "rest here")
        case .k7Bench: LocalizedText("去椅子上歇，让别人先量", en: "rest on the bench, let others go first")
        case .k7Already: LocalizedText("我已经歇够 5 分钟了", en: "I have already rested")
        case .k7NoRest: LocalizedText("今天不歇了", en: "no rest today")
        case .k7Resting: LocalizedText("现在有 {count} 位在歇着", en: "{count} people are resting now")
        case .k7OneRests: LocalizedText("现在有 {count} 位在歇着", en: "{count} person is resting now")
        case .k8Rest: LocalizedText("歇一歇，慢慢喘气", en: "Rest, breathe slowly")
        case .k8Posture: LocalizedText("背靠好，脚放平，别说话", en: "back supported, feet flat, no talking")
        case .k8Enough: LocalizedText("够了，开始量", en: "enough, start")
        case .k8SomeoneWaits: LocalizedText("有人在等，歇好了就量", en: "Someone is waiting; start when rested")
        case .k8JustDanced:
            LocalizedText("刚跳完舞、抽过烟、喝过茶：最好歇半小时", en: "Just danced, smoked, had tea: better rest half an hour")
        case .k8Back: LocalizedText("背靠好", en: "back supported")
        case .k8Feet: LocalizedText("脚放平", en: "feet flat")
        case .k8Quiet: LocalizedText("别说话", en: "no talking")
        case .k8PhoneDown: LocalizedText("手机放下", en: "phone away")
        // K9 to K11
        case .k9Who: LocalizedText("量的是 {who}本人", en: "The one measured is {who}")
        case .k9WhoWide: LocalizedText("量的是  {who}  本人", en: "The one measured is {who}")
        case .k9Nobody: LocalizedText("机器上现在没有别人在量", en: "Nobody else is on the machine now")
        case .k9SleeveAllIn: LocalizedText("袖子卷高，胳膊伸到底", en: "sleeve up, arm all the way in")
        case .k9Sleeve: LocalizedText("袖子卷高", en: "sleeve up")
        case .k9AllIn: LocalizedText("胳膊伸到底", en: "arm all the way in")
        case .k9Elbow: LocalizedText("胳膊肘放在软垫上", en: "elbow on the pad")
        case .k9Palm: LocalizedText("手心朝上，放松", en: "palm up, relaxed")
        case .k9LeftAgain: LocalizedText("用哪只：左胳膊(您上次也是)", en: "which arm: the left one (as last time)")
        case .k9RightAgain: LocalizedText("用哪只：右胳膊(您上次也是)", en: "which arm: the right one (as last time)")
        case .k9Left: LocalizedText("用哪只：左胳膊", en: "which arm: the left one")
        case .k9Right: LocalizedText("用哪只：右胳膊", en: "which arm: the right one")
        case .k9NeverLeft: LocalizedText("左胳膊不能量，请换右边", en: "not the left arm; use the right one")
        case .k9NeverRight: LocalizedText("右胳膊不能量，请换左边", en: "not the right arm; use the left one")
        case .k9NoArm: LocalizedText("两只胳膊都不能在这里量", en: "Neither arm may be measured here")
        case .k9AskNurse: LocalizedText("请护士来量，按 9 叫人", en: "Let the nurse measure; 9 calls someone")
        case .k9FirstLeft: LocalizedText("用哪只：先量左边", en: "which arm: the left one first")
        case .k9ThenRight: LocalizedText("用哪只：再量右边", en: "which arm: now the right one")
        case .k9Ready: LocalizedText("是我，放好了", en: "it is me, ready")
        case .k9Other: LocalizedText("换别人量", en: "someone else will measure")
        case .k9UseLeft: LocalizedText("换左胳膊", en: "use the left arm")
        case .k9UseRight: LocalizedText("换右胳膊", en: "use the right arm")
        case .k9PictureArm: LocalizedText("胳膊", en: "arm")
        case .k9PictureElbow: LocalizedText("胳膊肘", en: "elbow")
        case .k10Press: LocalizedText("请按机器上的开始键", en: "Press the start key on the machine")
        case .k10Green: LocalizedText("( 绿色的，写着 开始 )", en: "(green, says START)")
        case .k10Measuring: LocalizedText("正在量，请别动", en: "Measuring, please do not move")
        case .k10Quiet: LocalizedText("量的时候别说话、别动", en: "while it runs: no talking, no moving")
        case .k11Measuring: LocalizedText("正在量，请别动、别说话", en: "Measuring, please do not move or talk")
        case .k11Tight: LocalizedText("胳膊会有点紧，一会儿就松", en: "It gets tight and lets go soon")
        case .k11LeaveSoon: LocalizedText("好，等它松开就替您关上", en: "All right, it closes once it lets go")
        case .k11HelpSoon: LocalizedText("好，等它松开就帮您", en: "All right, help once it lets go")
        // K12, K21, O1
        case .k12Came: LocalizedText("机器送来一个结果", en: "A result came from the machine")
        case .k12Yours: LocalizedText("是您自己刚才量的吗？", en: "Did you yourself just measure it?")
        case .k12Yes: LocalizedText("是我量的", en: "yes, it was me")
        case .k12No: LocalizedText("不是我", en: "not me")
        case .k21Not: LocalizedText("刚才那个数不是您的？", en: "That reading was not yours?")
        case .k21Last: LocalizedText("刚才那一个不是我的", en: "the last one was not mine")
        case .k21All: LocalizedText("这次的都不是我的", en: "none of this visit was mine")
        case .k21Mine: LocalizedText("都是我的", en: "all were mine")
        case .k21Other: LocalizedText("别人要量：请他自己放卡或按号", en: "Someone else: use their own card or number")
        case .k24Read: LocalizedText("读到了另一张卡", en: "Another card was read")
        case .mustWait: LocalizedText("{number}号：还有一位在量，请稍等", en: "{number}: someone is measuring, please wait")
        case .k24Change: LocalizedText("换人：前一位到这里结束", en: "change: the first one ends here")
        case .k24Stay: LocalizedText("不换，还是 {who}", en: "no change, still {who}")
        case .o1Result: LocalizedText("机器上刚才有一个结果", en: "There was a result on the machine")
        case .o1Kept: LocalizedText("不知道是谁的，先替他收着", en: "We do not know whose; it is kept safe")
        case .o1Again: LocalizedText("没有算您的，请您再量一次", en: "Not counted as yours, please measure again")
        case .o1VeryHigh: LocalizedText("量的那位血压很高", en: "That person's pressure was very high")
        case .o1FindNurse: LocalizedText("请马上找护士，或打 120", en: "Find the nurse now, or call 120")
        case .otherReading: LocalizedText("{what}上有个数，没有记到您名下", en: "{what}: not filed as yours")
        // K13 to K18
        case .k13First: LocalizedText("第一遍量好了", en: "First one is done")
        case .k13Second: LocalizedText("第二遍量好了", en: "Second one is done")
        case .k13Third: LocalizedText("第三遍量好了", en: "Third one is done")
        case .k13Again: LocalizedText("再量一遍，两遍合起来才算", en: "Once more, the two together count")
        case .k13NotMine: LocalizedText("这不是我量的", en: "that was not me")
        case .k13BothArms: LocalizedText("两边都量好了", en: "Both arms are done")
        case .k13Left: LocalizedText("左边 {value}", en: "left {value}")
        case .k13Right: LocalizedText("右边 {value}", en: "right {value}")
        case .k13LeftHigher: LocalizedText("左边高一点，左边再量一遍", en: "The left is higher: once more there")
        case .k13RightHigher: LocalizedText("右边高一点，右边再量一遍", en: "The right is higher: once more there")
        case .k13Same: LocalizedText("两边一样高，再量一遍", en: "Both are the same: once more")
        case .k14Pause: LocalizedText("歇一分钟，胳膊先别动", en: "One minute, keep your arm there")
        case .k14Enough: LocalizedText("不量了，只要这一遍", en: "no more, keep only this one")
        case .k14Left: LocalizedText("还差 {time}", en: "{time} to go")
        case .k16Differ: LocalizedText("两遍差得有点多，再量一遍", en: "The two differ, once more please")
        case .k16First: LocalizedText("第一遍 {value}", en: "first {value}")
        case .k16Second: LocalizedText("第二遍 {value}", en: "second {value}")
        case .k16NotYou: LocalizedText("不是您的问题，常有的事", en: "Nothing wrong with you, it happens")
        case .k16Enough: LocalizedText("不量了", en: "no more")
        case .k17Today: LocalizedText("今天的血压", en: "Blood pressure today")
        case .k17TodayTogether: LocalizedText("今天的血压(两遍合起来)", en: "Blood pressure today (two together)")
        case .k17Medicine: LocalizedText("药照常吃，别自己停、别自己加", en: "Keep taking your medicine; do not stop or add")
        case .k17FeelBad: LocalizedText("哪里难受，数字再好也要说：按9", en: "If you feel bad, say so whatever the number: 9")
        case .k17FeelBadWide:
            LocalizedText("哪里难受，数字再好也要说：按 9", en: "If you feel bad, say so whatever the number: press 9")
        case .k17NotMine: LocalizedText("不是我量的", en: "not me")
        case .k17Saved: LocalizedText("已经存好", en: "Saved")
        case .k17KeptForNurse: LocalizedText("已经存好，护士会帮您认", en: "Saved, the nurse will file it")
        case .k17NotKept: LocalizedText("只量一量，没有留", en: "Just measured, nothing kept")
        case .k18Low: LocalizedText("今天量得偏低：{value}", en: "Low today: {value}")
        case .k18Stay: LocalizedText("坐着别马上站起来", en: "Stay seated, do not get up yet")
        case .k18Dizzy: LocalizedText("头晕、眼发黑、站不稳吗？", en: "Dizzy, black before the eyes, unsteady?")
        case .k18Yes: LocalizedText("是", en: "yes")
        case .k18No: LocalizedText("没有，跟平时一样", en: "no, as usual")
        case .enoughToday: LocalizedText("今天先到这里，明天同一时间再量", en: "Enough for today; again tomorrow at this time")
        // K19 to K23
        case .k19NotYou: LocalizedText("这次没量成，不是您的错", en: "It did not work, not your fault")
        case .k19Moved: LocalizedText("胳膊好像动了一下", en: "The arm seems to have moved")
        case .k19Arm: LocalizedText("袖带有点松，胳膊再往里伸", en: "The cuff is a little loose, arm further in")
        case .k19Rest: LocalizedText("歇一分钟，再来一次", en: "Rest a minute and try again")
        case .k19Again: LocalizedText("再量一次", en: "try again")
        case .k19bThree: LocalizedText("三次都没量成", en: "Three times it did not work")
        case .k19bByHand: LocalizedText("今天请护士用手给您量", en: "Let the nurse measure by hand today")
        case .k19bPhone: LocalizedText("护士电话 {number}", en: "Nurse, telephone {number}")
        case .k19bFeelBad: LocalizedText("觉得不舒服：按 9，或打 120", en: "Feeling bad: press 9 or call 120")
        case .k20Silent: LocalizedText("机器没有回音", en: "The machine does not answer")
        case .k20ArmOut: LocalizedText("请把胳膊抽出来", en: "Please take your arm out")
        case .k20Stuck: LocalizedText("抽不出来：按机器上的停止键", en: "If stuck: the stop key on the machine")
        case .k22Still: LocalizedText("您还在吗？", en: "Are you still there?")
        case .k22AnyKey: LocalizedText("在的话，按哪个键都行", en: "If so, press any key")
        case .k22Closed: LocalizedText("不按就替您关上", en: "otherwise it is closed for you")
        case .k23Done: LocalizedText("量好了，{who} 慢走", en: "Done, take care, {who}")
        case .k23Care: LocalizedText("{who} 慢走", en: "Take care, {who}")
        case .k23GuestDone: LocalizedText("量好了，您慢走", en: "Done, take care")
        case .k23Guest: LocalizedText("您慢走", en: "Take care")
        case .k23Forget: LocalizedText("身份证、拐杖、眼镜别忘了", en: "Do not forget card, stick, glasses")
        case .k23NextTime: LocalizedText("下次请来：{day}前后", en: "Next time: about {day}")
        // C1 to C6
        case .c1VeryHigh: LocalizedText("这一遍量得很高：{value}", en: "This one is very high: {value}")
        case .c1Stay: LocalizedText("请坐着别动，慢慢喘气", en: "Stay seated, breathe slowly")
        case .c1Again: LocalizedText("一会儿再量一遍", en: "We measure again in a moment")
        case .c1NoPills: LocalizedText("先别自己加吃降压药", en: "Do not take extra pressure pills")
        case .c1Staffed: LocalizedText("告诉护士了，等她回话", en: "The nurse's screen has it, waiting")
        case .c1Unstaffed: LocalizedText("屋里现在没有护士", en: "No nurse in the room now")
        case .c2Ask: LocalizedText("现在有没有这些？", en: "Do you have any of these now?")
        case .c2Chest: LocalizedText("胸口疼闷  喘不上气", en: "chest pain, short of breath")
        case .c2Stroke: LocalizedText("嘴歪 说话不清 一边没劲", en: "crooked mouth, slurred speech, weak side")
        case .c2Head: LocalizedText("头疼得厉害 看不清 呕吐", en: "bad headache, cannot see, vomiting")
        case .c2Faint: LocalizedText("人迷糊 刚晕倒过", en: "confused, just fainted")
        case .c2None: LocalizedText("都没有", en: "none")
        case .c2Yes: LocalizedText("有", en: "yes")
        case .s6Ask: LocalizedText("现在喘不上气、躺不平吗？", en: "Short of breath now, or unable to lie flat?")
        case .s6No: LocalizedText("没有", en: "no")
        case .c3Twice: LocalizedText("两遍都很高，今天要看医生", en: "Both very high: see a doctor today")
        case .c3TwiceWide: LocalizedText("两遍都很高：{value}。今天要看医生", en: "Both very high: {value}. See a doctor today")
        case .c3Stay: LocalizedText("您先坐着，别走、别骑车", en: "Stay seated; do not walk or cycle off")
        case .c3StayWide: LocalizedText("您先坐着，别走，别骑车回去", en: "Stay seated; do not walk or cycle off")
        case .c3Staffed: LocalizedText("护士的屏幕已经响了", en: "It rings on the nurse's screen")
        case .c3Unstaffed: LocalizedText("没有护士在。请打这个电话：", en: "No nurse here. Please call:")
        case .c3UnstaffedWide: LocalizedText("现在屋里没有护士。请打这个电话：", en: "No nurse in the room now. Please call:")
        case .c3Family: LocalizedText("或请家里人陪您去 社区医院", en: "or family takes you to the community hospital")
        case .c3FamilyWide: LocalizedText("或者请家里人陪您去  社区医院", en: "or family takes you to the community hospital")
        case .c3Call120: LocalizedText("马上打 120", en: "call 120 at once")
        case .c3SignsWide:
            LocalizedText("胸口疼、说话不清、一边手脚没劲：马上打 120", en: "Chest pain, slurred speech, weak side: call 120 at once")
        case .c4Call: LocalizedText("请马上打 120", en: "Call 120 now")
        case .c4CallWide: LocalizedText("请 马 上 打 120", en: "Call 120 now")
        case .c4Bystanders: LocalizedText("旁边的人，请帮忙打 120", en: "People nearby: please call 120")
        case .c4Address: LocalizedText("地址：{address} 健康小屋", en: "Address: {address}, health hut")
        case .c4AddressWide: LocalizedText("地址：{address}  {hut}", en: "Address: {address}  {hut}")
        case .c4Say: LocalizedText("就说：有人身体很难受，要救护车", en: "Say: someone is very ill, send an ambulance")
        case .c4Sit: LocalizedText("坐着或躺下，别走动", en: "Sit or lie down, do not walk")
        case .c4NoFood: LocalizedText("别吃、别喝、别自己加药", en: "No food, no drink, no extra medicine")
        case .c4NotAlone: LocalizedText("别让他一个人待着", en: "Do not leave this person alone")
        case .c4Calling: LocalizedText("已经有人在打电话了", en: "someone is calling")
        case .c4IsCalling: LocalizedText("好，有人在打电话了", en: "Good, someone is calling")
        case .c5Lower: LocalizedText("第二遍低了一些：{value}", en: "The second is lower: {value}")
        case .c5Serious: LocalizedText("第一遍很高，要当回事", en: "The first was very high, take it seriously")
        case .c5Again: LocalizedText("请 7 天内再来量一次", en: "Please measure again within 7 days")
        case .c5Listed: LocalizedText("护士的名单上记下了", en: "It is on the nurse's list")
        case .c6Comes: LocalizedText("{who}知道了，正过来", en: "{who} knows and is coming")
        case .c6Wait: LocalizedText("您坐着等，别走", en: "Stay seated, do not leave")
        // Instruments beside the cuff
        case .sOxygen: LocalizedText("血氧", en: "oxygen")
        case .sWeight: LocalizedText("体重", en: "weight")
        case .sHeight: LocalizedText("身高", en: "height")
        case .sGlucose: LocalizedText("血糖", en: "glucose")
        case .sTemperature: LocalizedText("体温", en: "temperature")
        case .sSkin: LocalizedText("皮肤温度", en: "skin temperature")
        case .sPressure: LocalizedText("血压", en: "blood pressure")
        case .sPulse: LocalizedText("脉搏", en: "pulse")
        case .s1Which: LocalizedText("量什么，请选一样：", en: "What to measure, choose one:")
        case .s2Finger: LocalizedText("先按 1，再把手指放进去", en: "Press 1 first, then put your finger in")
        case .s2Still: LocalizedText("手指伸到底，手放平，别动", en: "finger all the way in, hand flat and still")
        case .s2StepOn: LocalizedText("先按 1，再站上去", en: "Press 1 first, then step on")
        case .s2Shoes: LocalizedText("脱鞋，手里别拿东西，站稳", en: "shoes off, nothing in your hands, stand still")
        case .s2Straight: LocalizedText("脱鞋，站直，眼睛看前面", en: "shoes off, stand straight, look ahead")
        case .s2Drop: LocalizedText("先按 1，再滴血", en: "Press 1 first, then the drop of blood")
        case .s2Strip: LocalizedText("手洗净擦干，试纸插好", en: "hands washed and dry, strip in")
        case .s2Take: LocalizedText("先按 1，再量", en: "Press 1 first, then measure")
        case .s2Hold: LocalizedText("放好别动，等它响", en: "keep it still until it beeps")
        case .s3Finger: LocalizedText("请把手指放好", en: "Please put your finger in")
        case .s3FingerAgain: LocalizedText("请把手指再放好", en: "Please put your finger in again")
        case .s3StepOn: LocalizedText("请站上去", en: "Please step on")
        case .s3StepAgain: LocalizedText("请先下来，再站上去", en: "Please step off, then on again")
        case .s3Drop: LocalizedText("请滴血，等它出数", en: "The drop of blood now, then wait for it")
        case .s3Take: LocalizedText("请量体温", en: "Please take your temperature")
        case .s3Forehead: LocalizedText("请对着额头量", en: "Please point it at the forehead")
        case .s4Today: LocalizedText("今天的{what}({unit})", en: "Today: {what} ({unit})")
        case .s4Other: LocalizedText("再量别的", en: "measure something else")
        case .s4Skin: LocalizedText("这是皮肤的温度，不是体温", en: "This is of the skin, not body temperature")
        case .s5Warm: LocalizedText("手暖一暖，换个手指再测一次", en: "Warm your hand, try another finger")
        case .s5Value: LocalizedText("这次血氧 {value}", en: "Oxygen this time: {value}")
        case .s7Eaten: LocalizedText("从昨晚到现在吃过东西吗？", en: "Have you eaten since last night?")
        case .s7No: LocalizedText("没有", en: "no")
        case .s7Yes: LocalizedText("吃过", en: "yes")
        case .s7NotSure: LocalizedText("记不清", en: "not sure")
        case .s8TooHigh: LocalizedText("{what}太高，机器显示不出来", en: "{what}: too high for the machine to show")
        case .s8TooLow: LocalizedText("{what}太低，机器显示不出来", en: "{what}: too low for the machine to show")
        case .c7Awake: LocalizedText("醒着、能咽：马上吃三四块糖，", en: "Awake, can swallow: 3 or 4 sweets now,")
        case .c7Sweets: LocalizedText("或喝半杯甜饮料，", en: "or half a cup of sweet drink;")
        case .c7Again: LocalizedText("15 分钟再测", en: "test again in 15 minutes")
        case .c7NotAwake: LocalizedText("叫不醒、咽不下：", en: "Cannot be woken or cannot swallow:")
        case .c7Nothing: LocalizedText("什么都别喂，打 120", en: "give nothing, call 120")
        case .c7Done: LocalizedText("我明白了", en: "I understand")
        case .c8Doctor: LocalizedText("今天要看医生", en: "See a doctor today")
        case .k12Weighed: LocalizedText("是您自己称的吗？", en: "Did you yourself just step on?")
        // H
        case .hHelp: LocalizedText("要帮忙吗？", en: "Do you need help?")
        case .hBad: LocalizedText("身体很难受", en: "I feel very bad")
        case .hBack: LocalizedText("不会用，返回", en: "I cannot work it; go back")
        case .hCalled: LocalizedText("已经叫了护士", en: "Nurse called")
        // The slip
        case .k0PrinterOut: LocalizedText("打印机 现在打不了条子", en: "The printer cannot print slips now")
        case .k17Slip: LocalizedText("打条子", en: "slip")
        // Shorter than on S4: three keys share a line.
        case .k17More: LocalizedText("再量别的", en: "measure more")
        case .slipPrinting: LocalizedText("正在打条子，请稍等", en: "Printing the slip, one moment")
        case .slipPrinted: LocalizedText("条子打好了，请拿走", en: "The slip is printed, please take it")
        case .slipNoPaper: LocalizedText("打印机没纸了，打不了条子", en: "No paper in the printer, no slip")
        case .slipOff: LocalizedText("打印机没开，打不了条子", en: "The printer is off, no slip")
        case .slipUnknown: LocalizedText("条子可能没打全，请看一看", en: "The slip may be incomplete, please look")
        case .slipReading: LocalizedText("第{count}遍 {value}", en: "{count}: {value}")
        case .slipFeelBad: LocalizedText("哪里难受，数字再好也要说", en: "If you feel bad, say so whatever the number")
        case .slipNextTime: LocalizedText("下次请来：{day} {weekday}前后", en: "Next time: about {weekday} {day}")
        case .slipScanMe: LocalizedText("下次来扫这个码，不用带卡", en: "Next time scan this, no card needed")
        case .slipKeepMe: LocalizedText("请收好，丢了告诉护士", en: "Keep it safe; if lost, tell the nurse")
        // Instruments
        case .cuff: LocalizedText("血压计", en: "cuff")
        case .oximeter: LocalizedText("血氧仪", en: "oximeter")
        case .scale: LocalizedText("体重秤", en: "scale")
        case .stadiometer: LocalizedText("身高计", en: "height rod")
        case .glucometer: LocalizedText("血糖仪", en: "glucose meter")
        case .thermometer: LocalizedText("体温计", en: "thermometer")
        case .band: LocalizedText("手环", en: "wristband")
        }
    }

    /// The sentence in one language with every `{name}` replaced.
    func text(_ language: Language, _ fill: KeyValuePairs<String, String> = [:]) -> String {
        fill.reduce(sentence[language]) { $0.replacing("{\($1.key)}", with: $1.value) }
    }
}

extension VitalKind {
    /// What measures it, as K0 and row 6 of whose-reading.md call it.
    var instrument: Phrase {
        switch self {
        case .bloodPressure: .cuff
        case .oxygenSaturation: .oximeter
        case .weight: .scale
        case .height: .stadiometer
        case .glucose: .glucometer
        case .temperature, .surfaceTemperature: .thermometer
        case .wearableBloodPressure, .pulseRate: .band
        }
    }
}
