// A nurse's hands and a hut that answers: every staff test goes through the whole screen, as a person would.

import Kiosk
import TextScreen
import Vitals

/// 2026-11-21 09:28 at +08:00, a Saturday.
let staffMorning = HutTime(milliseconds: 1_795_224_480_000)

/// A staff screen with somebody in front of it and a hut behind it.
struct StaffRig {
    var screen: StaffScreen
    var now: Now
    var hut: StaffHut
    var size: ScreenSize
    /// Everything the screen asked for since the last `forget`.
    private(set) var effects: [KioskEffect] = []
    private(set) var keysPressed = 0
    /// The screen was told the hut's alerts since it was made.
    private(set) var knowsAlerts = false

    init(
        _ kind: KioskKind = .desk("nurse"), size: ScreenSize = wideScreen, hut: StaffHut = StaffHut(),
        lends: Bool = false
    ) {
        now = Now(hut: staffMorning, monotonic: MonotonicTime(nanoseconds: 0))
        screen = StaffScreen(place: staffPlace(kind, lends: lends), now: now, size: size)
        self.hut = hut
        self.size = size
        tell(.deadline)
    }

    /// Logged in and standing on the worklist, nothing counted yet.
    static func loggedIn(
        _ kind: KioskKind = .desk("nurse"), size: ScreenSize = wideScreen, hut: StaffHut = StaffHut(),
        lends: Bool = false, as who: StaffRole = .nurse
    ) -> StaffRig {
        var rig = StaffRig(kind, size: size, hut: hut, lends: lends)
        let place = StaffSamples.staff.firstIndex { $0.staff.role == who } ?? 0
        rig.type("\(place + 1)2580\n")
        rig.forget()
        return rig
    }

    /// Types a text; `\n` is Enter, `\u{8}` Backspace.
    mutating func type(_ text: String) {
        for character in text {
            switch character {
            case "\n": press(.enter)
            case "\u{8}": press(.backspace)
            default: press(.character(character))
            }
        }
    }

    mutating func press(_ key: Key) {
        keysPressed += 1
        tell(.key(key))
    }

    /// Gives the screen an event and carries out what it asks, until it asks no more.
    mutating func tell(_ event: KioskEvent) {
        if case .staff(.alerts) = event { knowsAlerts = true }
        var events = [event]
        while !events.isEmpty {
            let asked = screen.update(events.removeFirst(), now: now)
            effects += asked
            for effect in asked {
                if case .staff(let effect) = effect { events += hut.answer(effect).map(KioskEvent.staff) }
            }
        }
    }

    mutating func tell(_ event: StaffEvent) { tell(.staff(event)) }

    /// Lets time pass, telling the screen at each of its deadlines.
    mutating func wait(_ span: Duration) {
        let end = now.monotonic + span
        while let next = screen.deadline, next <= end {
            advance(to: max(next, now.monotonic))
            tell(.deadline)
        }
        advance(to: end)
    }

    /// Moves both clocks without telling anybody.
    mutating func advance(to time: MonotonicTime) {
        now = Now(hut: now.hut + (time - now.monotonic), monotonic: time)
    }

    mutating func forget() { (effects, keysPressed) = ([], 0) }

    func text(_ language: Language = .chinese) -> String {
        screen.view(size: size, language: language, now: now).text
    }

    /// What reached the hut, without the loads that only fetch.
    var acts: [StaffEffect] {
        effects.compactMap { effect in
            guard case .staff(let effect) = effect else { return nil }
            switch effect {
            case .loadStaff, .loadWorklist, .loadResident, .loadUnclaimed, .loadMonitors, .loadNewcomers, .find:
                return nil
            case .desk(let effect) where effect.isLoad: return nil
            case .openForm, .loadExams, .loadSheet: return nil
            default: return effect
            }
        }
    }
}

extension DeskEffect {
    /// Only fetches; every other is an act.
    var isLoad: Bool {
        switch self {
        case .loadHidden, .loadRequests, .loadHistory, .loadDay, .loadCallSheet, .loadLastSheet, .loadCountersigns,
            .loadHutStatus, .loadAudit:
            true
        default: false
        }
    }
}

let wideScreen = ScreenSize(columns: 80, rows: 24)
let narrowScreen = ScreenSize(columns: 40, rows: 16)

func staffPlace(_ kind: KioskKind, cuff: CuffManner = .resultOnly, lends: Bool = false) -> KioskPlace {
    KioskPlace(
        kind: kind, hutName: "方泰东社区健康小屋", address: "方泰东路 8 号",
        phones: [Phone(who: "王护士", number: "0374-555 0101")], languages: [.chinese, .english],
        offset: UTCOffset(seconds: 28_800), cuff: cuff, repeatDifference: 10,
        hasHomeMonitors: lends)
}

let booth = KioskKind.station(StationID(rawValue: "booth-1"))

/// A hut of invented people that answers at once.
struct StaffHut {
    var worklist = StaffSamples.worklist
    var unclaimed = StaffSamples.unclaimed
    var alerts: [StaffAlert] = []
    var card = StaffSamples.card
    var monitors = StaffSamples.monitors
    var newcomers = StaffSamples.newcomers
    var requests = StaffSamples.requests
    var countersigns = StaffSamples.countersigns
    var form = FormSamples.context
    var exams = ExamSamples.rows
    var sheet: VisitsOutSheet? = ExamSamples.sheet
    /// Answers *not saved*.
    var isFailing = false
    /// Answers loads, but no act.
    var isMute = false
    /// Answers everything but a PIN.
    var isLoginSlow = false
    /// Answers nothing.
    var isSilent = false

    init(worklist: Worklist = StaffSamples.worklist, isSilent: Bool = false) {
        (self.worklist, self.isSilent) = (worklist, isSilent)
    }

    mutating func answer(_ effect: StaffEffect) -> [StaffEvent] {
        if isSilent { return [] }
        switch effect {
        case .loadStaff: return [.staff(StaffSamples.staff)]
        case .logIn where isLoginSlow: return []
        case .logIn(let key, let pin):
            guard let name = StaffSamples.staff.first(where: { $0.key == key }), pin == "2580" else {
                return [pin == "locked" ? .loginLocked : .loginRefused]
            }
            return [.loggedIn(name)]
        case .logOut, .stopMeasuring, .measure: return []
        case .loadWorklist: return [.worklist(worklist)]
        case .loadResident(let key):
            var card = card
            card.key = key
            return [.resident(card)]
        case .loadUnclaimed: return [.unclaimed(unclaimed)]
        case .loadMonitors: return [.monitors(monitors)]
        case .loadNewcomers: return [.newcomers(newcomers)]
        case .loadExams(let day): return [.exams(day, exams)]
        case .loadSheet: return [.sheet(sheet)]
        case .openForm, .saveFollowUp, .saveDraft: return isMute ? [] : answerForm(effect)
        case .find(let query):
            return [
                .found(
                    query,
                    StaffSamples.people.filter {
                        $0.name.hasPrefix(query) || $0.number == query || StaffSamples.initials[$0.name] == query
                    })
            ]
        case .take(let flag): return take(flag)
        case .desk(let effect): return answer(effect)
        case .close, .claim, .move, .giveBack, .discard, .typeReading, .lend, .takeBack, .confirmResident, .setStatus,
            .saveExamItem,
            .signExam, .tick, .typeEarlierReading:
            return settle()
        }
    }

    /// What every act is answered with.
    private func settle() -> [StaffEvent] {
        if isMute { return [] }
        return isFailing
            ? [.failed(LocalizedText("没存上，请再试", en: "Not saved, try again"))]
            : [.saved(LocalizedText("存好了", en: "Saved"))]
    }

    private func answer(_ effect: DeskEffect) -> [StaffEvent] {
        switch effect {
        case .loadHidden: [.desk(.hidden(StaffSamples.hidden))]
        case .loadRequests: [.desk(.requests(requests))]
        case .loadHistory(let key, let before):
            [.desk(.chronicle(key, before: before, StaffSamples.history(before: before)))]
        case .loadAudit(let before): [.desk(.audit(before: before, before == nil ? StaffSamples.audit : []))]
        case .loadDay(let day): [.desk(.day(StaffSamples.dayPage(day)))]
        case .loadCallSheet(let kind): [.desk(.callSheet(StaffSamples.sheet(kind)))]
        case .loadLastSheet(let kind): [.desk(.callSheet(StaffSamples.lastSheet(kind)))]
        case .loadCountersigns: [.desk(.countersigns(countersigns))]
        case .putOut(let sheet, export: false): put(.sheet(sheet.number, isOut: !isFailing))
        case .printSlip: put(.slip)
        case .loadHutStatus: [.desk(.hutStatus(StaffSamples.status))]
        default: settle()
        }
    }

    /// What a printer comes to, in the words of every act.
    private func put(_ paper: PaperNews) -> [StaffEvent] {
        settle().map { event in
            switch event {
            case .saved(let text), .failed(let text): .desk(.paper(paper, text))
            default: event
            }
        }
    }

    private mutating func answerForm(_ effect: StaffEffect) -> [StaffEvent] {
        let notSaved = LocalizedText("没存上，请再试", en: "Not saved, try again")
        switch effect {
        case .openForm(let key):
            form.key = key
            return [.form(form)]
        case .saveFollowUp(let record):
            if isFailing { return [.followUpFailed(record.resident, notSaved)] }
            form.draft = nil
            return [.followUpSaved(record.resident)]
        case .saveDraft(let key, let text):
            if isFailing { return [.draftFailed(key, notSaved)] }
            form.draft = text
            return [.draftSaved(key)]
        default: return []
        }
    }

    private mutating func take(_ flag: FlagID) -> [StaffEvent] {
        for index in alerts.indices where alerts[index].flag == flag { alerts[index].takenBy = "王敏" }
        return [.alerts(alerts), .saved(LocalizedText("记上了：王敏来处理", en: "Noted: 王敏 deals with it"))]
    }
}
