// What the screens of one station share: the place, the hall, and the visit in front of the screen. Which screen comes
// after a result or before a measurement is decided here once, because many screens lead there.

import Vitals

/// The visit in front of the screen, as far as the screens remember it.
struct Sitting: Sendable {
    let view: VisitView
    /// A guest's own choice; a resident's readings are always kept.
    var keeps = true
    /// The arm the next reading is taken on.
    var arm: Arm
    /// The readings that are still this visit's, oldest first, with the arm each was taken on.
    var results: [(result: VisitResult, arm: Arm)] = []
    /// Every reading the cuff has made for this visit, denied ones too: four is the limit.
    var measured: Set<FactSequence> = []
    /// Readings the resident has said to be his own (K12).
    var confirmed: Set<FactSequence> = []
    /// Attempts the device gave up; no fourth after the third.
    var failures = 0
    /// The arm of a very high reading that no second one on that arm has answered: leaving asks twice.
    private(set) var crisisArm: Arm?
    /// `0` or `9` pressed while the cuff worked: answered when it has let go.
    var wantsToLeave = false
    var wantsHelp = false
    /// A card that was read while the cuff worked: K24 when it has let go.
    var newcomer: Newcomer?
    /// Her PIN was typed in this visit: *my record* asks no more.
    var hasShownPIN = false
    /// A slip is asked for, and nobody has said what became of it.
    var isPrinting = false
    /// What was measured beside the cuff, oldest first.
    var others: [StationResult] = []
    /// The instrument that is asked for this visit, by what it measures.
    var asks: VitalKind?
    var isAsked: Bool { asks != nil }
    /// Who said *I am coming*.
    var takenBy: String?

    init(view: VisitView, keeps: Bool = true) {
        (self.view, self.keeps) = (view, keeps)
        let usual = view.lastArm == .notSaid ? Arm.left : view.lastArm
        arm = view.neverArms.contains(usual) ? usual.other : usual
    }

    /// The arm that was chosen may be measured; false only where both are barred.
    var hasArm: Bool { !view.neverArms.contains(arm) }

    /// K9 may offer the other arm.
    var mayChangeArm: Bool { !view.neverArms.contains(arm.other) }

    /// Four readings strain the arm and tell no more (visit-script, *Also*).
    static let mostReadings = 4
    /// After three failures the nurse measures by hand (K19b).
    static let mostFailures = 3

    var last: VisitResult? { results.last?.result }

    var crisisOpen: Bool { crisisArm != nil }

    /// The value K17 stands for: while a very high reading is unanswered no lower one takes its place.
    var shown: VisitResult? { crisisOpen ? results.last { $0.result.isCrisis }?.result ?? last : last }

    /// Both arms are compared in a resident's first visit (K9), unless one may not be measured.
    var comparesArms: Bool { view.lastArm == .notSaid && !view.visitor.isGuest && view.neverArms.isEmpty }

    /// It is me, ready: what was wished for during an earlier measurement is forgotten.
    mutating func beginAsking(_ vital: VitalKind = .bloodPressure) {
        (asks, wantsToLeave, wantsHelp) = (vital, false, false)
    }

    /// Takes a reading in and chooses the arm of the next: in a first visit the other one, then the higher one. After
    /// a very high reading it stays the same, or the second would not answer the first.
    mutating func take(_ result: VisitResult) {
        results.removeAll { $0.result.sequence == result.sequence }
        results.append((result, arm))
        measured.insert(result.sequence)
        settleCrisis()
        if let crisisArm { return arm = crisisArm }
        guard comparesArms else { return }
        if results.count == 1 { arm = arm.other }
        if results.count == 2, results[0].arm != results[1].arm {
            let higher = results.max { $0.result.pressure.systolic < $1.result.pressure.systolic }
            arm = higher?.arm ?? arm
        }
    }

    /// The last reading was somebody else's.
    mutating func setLastAside() {
        results.removeLast()
        settleCrisis()
    }

    /// A lower reading on the other arm, or one that cannot be used, answers nothing: the hut says what does.
    private mutating func settleCrisis() {
        crisisArm = nil
        for (result, arm) in results {
            if result.crisisConfirmed || result.crisisNotConfirmed {
                crisisArm = nil
            } else if result.isCrisis {
                crisisArm = arm
            }
        }
    }
}

extension Arm {
    /// The other arm; `notSaid` has none.
    var other: Arm {
        switch self {
        case .left: .right
        case .right: .left
        case .notSaid: .notSaid
        }
    }
}

/// What every screen of one station may know.
struct Room: Sendable {
    let place: KioskPlace
    var language: Language
    var hall = Hall()
    var visit: Sitting?
    /// Set between K4 and the answer of the hut.
    var guestKeeps = true
    /// Unowned results that were already answered at K0 (row 8).
    var hinted: Set<FactSequence> = []
    private(set) var effects: [KioskEffect] = []
    /// What the bottom line says instead of the keys, until the next key or `Kiosk.noteStands`.
    private(set) var note: LocalizedText?
    private var noteIsNew = false

    init(place: KioskPlace) {
        self.place = place
        language = place.languages.first ?? .chinese
    }

    mutating func send(_ effect: ResidentEffect) {
        effects.append(.resident(effect))
    }

    mutating func send(_ effect: KioskEffect) { effects.append(effect) }

    mutating func takeEffects() -> [KioskEffect] {
        defer { effects = [] }
        return effects
    }

    mutating func say(_ phrase: Phrase, _ fill: KeyValuePairs<String, String> = [:]) {
        note = LocalizedText(phrase.text(.chinese, fill), en: phrase.text(.english, fill))
        noteIsNew = true
    }

    /// A sentence about `{what}`.
    mutating func say(_ phrase: Phrase, about what: Phrase) {
        note = LocalizedText(
            phrase.text(.chinese, ["what": what.text(.chinese)]),
            en: phrase.text(.english, ["what": what.text(.english)]))
        noteIsNew = true
    }

    mutating func clearNote() { note = nil }

    /// True once after every `say`.
    mutating func takeNewNote() -> Bool {
        defer { noteIsNew = false }
        return noteIsNew
    }

    /// The result nobody owns that K0 still offers to keep.
    var unownedResult: FactSequence? { hall.unownedResult.flatMap { hinted.contains($0) ? nil : $0 } }

    /// What an event changes whatever screen stands.
    mutating func observe(_ event: ResidentEvent) {
        switch event {
        case .attemptFailed(_, _, let attempt):
            let failures = max(visit?.failures ?? 0, attempt)
            visit?.failures = failures
            answered(.bloodPressure)
        // The asking has had its answer.
        case .result, .askWhose, .cuffSilent: answered(.bloodPressure)
        case .station(let event) where event.endsAsking: answered(event.kind)
        default: break
        }
    }

    /// One instrument's word ends no other's asking.
    private mutating func answered(_ vital: VitalKind) {
        if visit?.asks == vital { visit?.asks = nil }
    }

    /// The number to call first.
    var phone: Phone? { place.phones.first }

    /// The cuff of this station can be used.
    var cuffWorks: Bool {
        if place.cuff == .none { return false }
        switch hall.instruments.first(where: { $0.vital == .bloodPressure })?.state {
        case nil, .ready, .starting: return true
        case .unplugged, .refused, .silent, .babbling, .stopped: return false
        }
    }

    /// K9, or the screen that says why there is no more measuring in this visit.
    func beforeMeasuring() -> any Screen {
        guard let visit else { return Attract() }
        guard visit.hasArm else { return NoArm() }
        if visit.failures >= Sitting.mostFailures { return ThreeFailures() }
        if visit.measured.count >= Sitting.mostReadings { return Enough() }
        return cuffWorks ? ArmIn() : CuffOut()
    }

    /// The screen of a result that is on disk and this visit's.
    func afterResult(_ result: VisitResult, now: Now) -> any Screen {
        guard let visit else { return Attract() }
        if result.crisisConfirmed { return VeryHighTwice(result.pressure, now: now.monotonic) }
        if result.isCrisis { return VeryHigh(result.pressure) }
        if result.crisisNotConfirmed { return Lower(result.pressure) }
        if result.isLow { return Low(result.pressure) }
        if visit.crisisOpen, visit.measured.count < Sitting.mostReadings { return OnceMore() }
        if result.session.isComplete || visit.measured.count >= Sitting.mostReadings { return Today() }
        if visit.results.count < 2 { return OnceMore() }
        let (first, second) = (visit.results[visit.results.count - 2], visit.results[visit.results.count - 1])
        if first.arm != second.arm { return OtherArmDone() }
        return differTooMuch(first.result.pressure, second.result.pressure) ? Differ() : OnceMore()
    }

    private func differTooMuch(_ first: BloodPressure, _ second: BloodPressure) -> Bool {
        abs(first.systolic.value - second.systolic.value) > place.repeatDifference.value
            || abs(first.diastolic.value - second.diastolic.value) > place.repeatDifference.value
    }
}
