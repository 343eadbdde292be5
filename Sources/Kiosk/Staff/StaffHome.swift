// Where a session begins, by role: nurses and doctors on the list, an operator on the machines, a volunteer on what she may
// do for somebody. Who may not see health data reaches no page that has any.

import TextScreen
import Vitals

/// The first page of a session.
enum StaffHome {
    static func page(for role: StaffRole) -> any StaffPage {
        switch role {
        case .nurse, .doctor: StaffWorklist()
        case .operator: StaffOperator()
        case .volunteer: StaffVolunteer()
        }
    }
}

/// The machines of the hut, for who looks after them.
struct StaffOperator: StaffPage {
    private var status: HutStatus?
    private var scroll = StaffScroll()

    init() {}

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        [StaffHint(.character("g"), Phrases.audit, short: Phrases.audit), .page.quiet, .logOut, .help]
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.desk(.loadHutStatus)] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        let room = StaffRoom(desk)
        if scroll.press(key, lines: lines(room).count, room) { return .nothing }
        return key == .character("g") ? .open(StaffLog(.audit)) : .unused
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        if case .desk(.hutStatus(let fresh)) = event { status = fresh }
        return .nothing
    }

    func draw(_ room: StaffRoom) -> [StaffLine] { scroll.draw(lines(room), room) }

    private func lines(_ room: StaffRoom) -> [StaffLine] {
        let language = room.language
        let me = room.desk.me.map { StaffWords.person($0.staff, language) } ?? ""
        let head = StaffLine(StaffText.spread(room.desk.place.hutName, me, room.columns), .bold)
        guard let status else { return [head, StaffLine(StaffPhrases.loading[language])] }
        var texts = status.warnings.map { "! " + $0[language] }
        texts.append(Phrases.version[language] + status.version)
        texts.append(Phrases.waiting(status.unsent, status.parked)[language])
        if let free = status.freeMegabytes { texts.append(Phrases.free(free)[language]) }
        texts.append(Phrases.newest[language] + moment(status.newestFact, room))
        texts.append(Phrases.backup[language] + moment(status.lastBackup, room))
        texts += status.instruments.map { instrument in
            " \(StaffText.fit(instrument.instrument.rawValue, 18)) \(StaffWords.state(instrument.state)[language])"
        }
        return [head] + texts.map { StaffLine(StaffText.cut($0, room.columns)) }
    }

    private func moment(_ time: HutTime?, _ room: StaffRoom) -> String {
        guard let time else { return Phrases.never[room.language] }
        return "\(StaffWords.moment(time, room.desk)) (\(StaffWords.age(room.now - time)[room.language]))"
    }
}

/// What a volunteer may do: enter a request for somebody on the telephone, and be the helper of whoever measures next.
struct StaffVolunteer: StaffPage {
    private var isSaving = false

    init() {}

    var prompt: LocalizedText? { isSaving ? StaffPhrases.saving : nil }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        [StaffHint(.character("1"), Phrases.request, short: Phrases.request)]
            + (desk.isStation ? [StaffHint(.character("2"), Phrases.help, short: Phrases.help)] : []) + [.logOut]
    }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if isSaving { return .nothing }
        switch key {
        case .character("1"): return .open(StaffFind(.request))
        case .character("2") where desk.isStation:
            isSaving = true
            return .ask(.desk(.helpNext))
        default: return .unused
        }
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        guard isSaving else { return .nothing }
        switch event {
        // The screen goes back to the one she helps.
        case .saved: return StaffStep(move: .leave)
        case .failed: isSaving = false
        default: break
        }
        return .nothing
    }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let language = room.language
        let me = room.desk.me.map { StaffWords.person($0.staff, language) } ?? ""
        let texts = [Phrases.request] + (room.desk.isStation ? [Phrases.help] : [])
        return [StaffLine(StaffText.spread(room.desk.place.hutName, me, room.columns), .bold), StaffLine()]
            + texts.map { StaffLine("   " + $0[language]) } + [StaffLine(), StaffLine(" " + Phrases.noPast[language])]
    }
}

extension StaffWords {
    /// How an instrument stands.
    static func state(_ state: InstrumentStatus.State) -> LocalizedText {
        switch state {
        case .ready: LocalizedText("正常", en: "ready")
        case .starting: LocalizedText("正在连", en: "starting")
        case .unplugged: LocalizedText("线没插", en: "unplugged")
        case .refused: LocalizedText("连不上", en: "cannot be reached")
        case .silent: LocalizedText("没有回应", en: "does not answer")
        case .babbling: LocalizedText("数据读不懂，请查接线和设置", en: "only noise: check cable, baud")
        case .stopped: LocalizedText("停了", en: "stopped")
        }
    }
}

private enum Phrases {
    static let audit = LocalizedText("g=谁看过谁改过", en: "g=audit")
    static let version = LocalizedText("版本 ", en: "version ")
    static let newest = LocalizedText("最新一条 ", en: "newest fact ")
    static let backup = LocalizedText("最近备份 ", en: "last backup ")
    static let never = LocalizedText("没有", en: "never")
    static let request = LocalizedText("1=替人留请求", en: "1=enter a request for somebody")
    static let help = LocalizedText("2=帮下一位量", en: "2=help the next one measure")
    static let noPast = LocalizedText("帮忙的人看不到以前的记录", en: "The helper does not see past records")

    static func waiting(_ unsent: Int, _ parked: Int) -> LocalizedText {
        LocalizedText("等着发 \(unsent)  退回 \(parked)", en: "waiting to be sent \(unsent)  refused \(parked)")
    }

    static func free(_ megabytes: Int) -> LocalizedText {
        LocalizedText("硬盘还有 \(megabytes) MB", en: "disk: \(megabytes) MB free")
    }
}
