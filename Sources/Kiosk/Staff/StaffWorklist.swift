// The worklist: who needs somebody, why and until when, most urgent first (nurse-screens 1). Hidden rows are counted
// with their reason, and the header says how old the data is, so that a short list cannot pass for a quiet day.

import TextScreen
import Vitals

/// The list a session opens on.
struct StaffWorklist: StaffPage {
    /// Which of the rows are shown, by one key each.
    enum Filter: Sendable { case all, due, critical, mine }
    private(set) var list: Worklist?
    /// A newer list that waits: rows must not move under a number that is being typed.
    private var newer: Worklist?
    private(set) var number = StaffRowNumber()
    private(set) var filter = Filter.all
    /// The rows of `list` that the filter lets through, as numbered on the screen.
    private(set) var rows: [WorklistRow] = []

    private var typedRow: WorklistRow? { number.row(of: rows.count).map { rows[$0] } }

    var prompt: LocalizedText? {
        number.prompt(typedRow.map { row in row.name.map { LocalizedText($0, en: $0) } ?? WorklistWords.nobody })
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        let turning = rows.count > page(StaffRoom(desk)) ? [StaffHint.page] : []
        return StaffWorklistKeys.all(list, desk) + turning + [.logOut.quiet, .help]
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.loadWorklist] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if number.press(key, count: rows.count, page: page(StaffRoom(desk)), at: desk.now.monotonic) {
            adoptNewer(desk)
            return .nothing
        }
        let hadNumber = !number.typed.isEmpty
        let step = hadNumber ? actOnRow(key, desk) : act(on: key, desk)
        if !step.isUnused {
            number.clear()
            adoptNewer(desk)
        }
        return step
    }

    private static let rowKeys: Set<Key> = [.enter, .character("t"), .character("c"), .character("f")]

    /// Keys after a number: they act on its row.
    private mutating func actOnRow(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        guard Self.rowKeys.contains(key) else { return act(on: key, desk) }
        guard let place = number.row(of: rows.count) else { return .say(StaffPhrases.noSuchRow) }
        if number.meantAnother(place) { return .say(StaffPhrases.listMoved) }
        switch key {
        case .character("t"): return take(rows[place], desk)
        case .character("c"): return close(rows[place], desk)
        case .character("f"): return followUp(rows[place])
        default: return see(rows[place], desk)
        }
    }

    /// Keys without a number: what is listed, and other pages.
    private mutating func act(on key: Key, _ desk: StaffDesk) -> StaffStep {
        switch key {
        case .enter, .character("f"): return .say(StaffPhrases.typeRowFirst)
        case .character("d"): return show(.due, desk)
        case .character("c"): return show(.critical, desk)
        case .character("m"): return show(.mine, desk)
        case .character("a"): return show(.all, desk)
        case .character("u"): return .open(StaffUnclaimed())
        case .character("h"): return .open(StaffHidden())
        case .character("r"): return .open(StaffRequests())
        case .character("e"): return .open(StaffDay())
        case .character("p"): return desk.isStation ? .say(WorklistWords.onlyAtDesk) : .open(StaffSheet())
        case .character("n"): return .open(StaffNewcomers())
        case .character("i"): return .open(StaffDevices())
        case .character("j"): return .open(StaffExamDay())
        case .character("w"): return .open(VisitsOutEntry())
        case .character("k") where desk.me?.staff.role == .doctor: return .open(StaffCountersign())
        case .character("/"): return .open(StaffFind(.see))
        default: return .unused
        }
    }

    private mutating func show(_ filter: Filter, _ desk: StaffDesk) -> StaffStep {
        (self.filter, number) = (filter, StaffRowNumber())
        sieve(desk)
        return .nothing
    }

    private func see(_ row: WorklistRow, _ desk: StaffDesk) -> StaffStep {
        switch row.subject {
        case .resident(let key): .open(StaffResident(key))
        case .reading(let sequence): .open(StaffUnclaimed(at: sequence))
        case .station, .band: close(row, desk)
        }
    }

    private func followUp(_ row: WorklistRow) -> StaffStep {
        guard case .resident(let key) = row.subject else { return .say(WorklistWords.nobodyToAsk) }
        return .open(StaffForm(key))
    }

    /// An alert is taken and nothing else, so that two keys do. Any other row of a resident is taken and called.
    private func take(_ row: WorklistRow, _ desk: StaffDesk) -> StaffStep {
        guard row.severity < .critical, case .resident(let key) = row.subject, let name = row.name else {
            return .ask(.take(row.flag))
        }
        let taking: [StaffEffect] = row.takenBy == nil ? [.take(row.flag)] : []
        let call = StaffActs.call(key, name, phone: row.phone, tries: row.tries, owed: taking.count)
        return StaffStep(ask: taking, move: .open(call))
    }

    private func close(_ row: WorklistRow, _ desk: StaffDesk) -> StaffStep {
        // A reading nobody owns is settled by claiming or discarding it.
        if case .reading(let sequence) = row.subject, row.severity < .critical {
            return .open(StaffUnclaimed(at: sequence))
        }
        let alert = desk.alerts.first { $0.flag == row.flag }
        let flag = StaffClosing.Subject(
            id: row.flag, severity: row.severity, who: alert?.who ?? row.who, sentence: row.why,
            alert: alert)
        return .open(StaffClosing([flag]))
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch event {
        case .worklist(let fresh):
            newer = fresh
            adoptNewer(desk)
            return .nothing
        case .alerts, .saved, .unclaimedArrived: return .ask(.loadWorklist)
        default: return .nothing
        }
    }

    private mutating func adoptNewer(_ desk: StaffDesk) {
        // A number typed before the first list came means no row of it.
        if list == nil { number.clear() }
        guard number.typed.isEmpty, let fresh = newer else { return }
        let before = rows.map(\.subject)
        (list, newer) = (fresh, nil)
        sieve(desk)
        number.listMoved(from: before, to: rows.map(\.subject), desk)
    }

    private mutating func sieve(_ desk: StaffDesk) {
        rows = (list?.rows ?? []).filter { row in
            switch filter {
            case .all: true
            case .critical: row.severity == .critical
            case .due: row.severity == .critical || row.due.map { $0 <= desk.today } ?? false
            case .mine: row.isMine(desk.me)
            }
        }
    }

    /// How many rows stand on the page, so that a page key turns exactly one.
    func page(_ room: StaffRoom) -> Int {
        let free = room.rows - (list.map { StaffWorklistHead.height($0, room) } ?? 0)
        return max(1, room.isWide ? free - 1 : free / 2)
    }
}

extension WorklistRow {
    /// `李国强 男 78岁`; nil where there is no name.
    fileprivate var who: LocalizedText? { name.map { StaffWords.person($0, sex, age, number: nil) } }

    /// In this person's team by the roster, or in her hands.
    fileprivate func isMine(_ me: StaffName?) -> Bool {
        guard let name = me?.staff.name, !name.isEmpty else { return false }
        return takenBy == name || team.map { Self.names(in: $0).contains(name) } == true
    }

    /// Who a team is, of a text like `汪医生 王敏，李芳`: whole names, for half a name is another's (H-01).
    private static func names(in team: String) -> Set<String> {
        let listed = team.split { ",，、".contains($0) }.map { String($0).trimmed }
        return Set(listed + listed.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) })
    }
}
