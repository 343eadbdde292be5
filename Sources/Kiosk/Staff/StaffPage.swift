// What the pages of a staff session have in common. A page is a value with its own model, update and view in one file;
// it never changes another page: it answers a key with a step, and the session carries the step out.

import TextScreen
import Vitals

/// What every page of a session may know and none may change.
struct StaffDesk: Sendable {
    let place: KioskPlace
    var size: ScreenSize
    var now: Now
    /// Who is logged in; nil on the login page only.
    var me: StaffName?
    /// Every open alert, as the hut sent them.
    var alerts: [StaffAlert] = []
    /// Every device of the hut, as the hut sent it.
    var devices: [DeviceRow] = []
    /// Since when the page on top has been there; nil before the first key.
    var shownAt: MonotonicTime?

    /// Alerts that nobody has taken: they stand on every page and ring.
    var untaken: [StaffAlert] { alerts.filter { $0.takenBy == nil } }

    var isStation: Bool {
        if case .station = place.kind { true } else { false }
    }

    /// Nurses and doctors do; an operator looks after machines, and a volunteer never sees a history.
    var seesHealth: Bool { me.map { $0.staff.role == .nurse || $0.staff.role == .doctor } ?? false }

    /// The language notes are kept in: a fact has one text, whatever the screen speaks.
    var recordLanguage: Language { place.languages.first ?? .chinese }

    var isWide: Bool { size.columns >= 80 }

    var today: LocalDay { place.offset.day(of: now.hut) }
}

/// What a page answers to a key or to the hut.
struct StaffStep: Sendable {
    enum Move: Sendable {
        case stay
        case open(any StaffPage)
        case replace(any StaffPage)
        case back
        /// Close this page and give the key to the one beneath.
        case backWith(Key)
        /// End the session, or leave the login.
        case leave
    }
    var ask: [StaffEffect] = []
    var move = Move.stay
    /// What the bottom line says until the next key.
    var say: LocalizedText?
    /// The page has no use for the key: the session may have one.
    var isUnused = false

    static let nothing = StaffStep()
    static let unused = StaffStep(isUnused: true)
    static let back = StaffStep(move: .back)
    static func open(_ page: any StaffPage) -> StaffStep { StaffStep(move: .open(page)) }
    static func replace(_ page: any StaffPage) -> StaffStep { StaffStep(move: .replace(page)) }
    static func ask(_ effects: StaffEffect...) -> StaffStep { StaffStep(ask: effects) }
    static func say(_ text: LocalizedText) -> StaffStep { StaffStep(say: text) }
}

/// A key that works on a page: for the hint lines and for the page of every key.
struct StaffHint: Sendable {
    /// The key itself; nil where a number has to be typed before it.
    var key: Key?
    /// `t=我来处理`, for 80 columns and for the page of keys.
    var words: LocalizedText
    /// `t接`, for 40 columns; nil leaves it to the page of keys.
    var short: LocalizedText?
    /// Stands on the page of keys only: the two lines of the foot are for what she needs in ninety seconds.
    var isQuiet: Bool

    init(_ key: Key?, _ words: LocalizedText, short: LocalizedText? = nil, isQuiet: Bool = false) {
        (self.key, self.words, self.short, self.isQuiet) = (key, words, short, isQuiet)
    }
}

/// The part of the screen a page may fill: all but the alerts on top and the two lines of the foot.
struct StaffRoom: Sendable {
    let desk: StaffDesk
    let language: Language
    let columns: Int
    let rows: Int

    init(_ desk: StaffDesk, _ language: Language = .chinese) {
        (self.desk, self.language, columns) = (desk, language, desk.size.columns)
        rows = max(0, desk.size.rows - StaffBand.height(desk) - StaffLayout.footHeight)
    }

    /// The roomy layout of 80×24; else that of 40×16.
    var isWide: Bool { desk.isWide }
    var now: HutTime { desk.now.hut }
    var rule: StaffLine { StaffLine(String(repeating: "-", count: columns)) }
}

/// One line of a staff screen.
struct StaffLine: Sendable, Hashable {
    enum Emphasis: Sendable, Hashable { case plain, bold, alarm }
    var text: String
    var emphasis: Emphasis

    init(_ text: String = "", _ emphasis: Emphasis = .plain) { (self.text, self.emphasis) = (text, emphasis) }
}

/// One page of a staff session.
protocol StaffPage: Sendable {
    /// Letters are text here, so that only Tab takes an alert.
    var typesText: Bool { get }
    /// Nothing stands here that a lock would have to hide.
    var isAtRest: Bool { get }
    /// An instrument or the hut is at work until then at the latest: no idle lock before.
    var busyUntil: MonotonicTime? { get }
    /// What was typed so far and what it waits for; stands in the bottom line.
    var prompt: LocalizedText? { get }
    /// The keys that work now, most used first; the last always stands in the hint line.
    func keys(_ desk: StaffDesk) -> [StaffHint]
    /// What the page needs from the hut when it comes to the top, and again every minute.
    func appeared(_ desk: StaffDesk) -> [StaffEffect]
    /// What must reach the hut before the session ends, by whatever way: a half-filled form.
    func leaving(_ desk: StaffDesk) -> [StaffEffect]
    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep
    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep
    func draw(_ room: StaffRoom) -> [StaffLine]
}

extension StaffPage {
    var typesText: Bool { false }
    var isAtRest: Bool { false }
    var busyUntil: MonotonicTime? { nil }
    var prompt: LocalizedText? { nil }
    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [] }
    func leaving(_ desk: StaffDesk) -> [StaffEffect] { [] }
    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep { .nothing }
}

/// A page that is left once the hut has saved what it asks for.
protocol StaffSavingPage: StaffPage {
    /// The hut has been asked and has not answered.
    var isSaving: Bool { get set }
}

extension StaffSavingPage {
    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        guard isSaving else { return .nothing }
        switch event {
        case .saved: return .back
        case .failed: isSaving = false
        default: break
        }
        return .nothing
    }
}
