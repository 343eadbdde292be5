// The staff half of a kiosk: a nurse has ninety seconds a resident, and the screen stands where residents see it.
//
// A session is a stack of pages and three clocks: the lock, the bell of an alert nobody has taken, and a minute's tick
// that keeps ages true. Alerts belong to the session, not to a page: so none can forget them (nurse-screens 6).

import TextScreen
import Vitals

/// A staff session at one kiosk, from the login to the log out. Pure: told what happens, says what to do.
package struct StaffScreen: Sendable {
    /// At a station: the session is over, back to K0. A desk shows its login again instead.
    package private(set) var isFinished = false

    private var desk: StaffDesk
    private var page: any StaffPage
    private var below: [any StaffPage] = []
    private var notice: LocalizedText?
    /// The alert that was taken here and of which the hut has not yet said that it is on disk.
    private var taking: FlagID?
    /// Who and where that alert is, until the hut has said that it is on disk.
    private var takes: LocalizedText?
    /// The alert that a first Tab pointed at; a second one takes it. Who fills a form presses Tab out of habit.
    private var offered: FlagID?
    private var touchedAt: MonotonicTime
    private var ringsAt: MonotonicTime?
    private var ticksAt: MonotonicTime

    /// Opens the login. It asks for the list of staff at its first deadline, which is at once.
    ///
    /// `size` steers only how far a page key turns; a `resized` event brings a later one.
    package init(place: KioskPlace, now: Now, size: ScreenSize = ScreenSize(columns: 80, rows: 24)) {
        desk = StaffDesk(place: place, size: size, now: now)
        page = StaffLogin()
        (touchedAt, ticksAt) = (now.monotonic, now.monotonic)
    }

    /// When the screen wants to be told that time has passed: lock, bell or tick, whichever is first.
    package var deadline: MonotonicTime? {
        isFinished ? nil : [locksAt, ringsAt, ticksAt].compactMap { $0 }.min()
    }

    /// Takes one event and gives what the hut has to do, in order.
    package mutating func update(_ event: KioskEvent, now: Now) -> [KioskEffect] {
        // An answer to a login that came after the screen was left: nobody sits here.
        if isFinished { return event.isLogin ? [.staff(.logOut)] : [] }
        desk.now = now
        switch event {
        case .key(let key): return pressed(key)
        case .resized(let size):
            desk.size = size
            return []
        case .deadline: return timePassed()
        case .staff(let event): return heard(event)
        case .resident: return []
        }
    }

    /// What must reach the hut although nobody leaves: the terminal is gone, or the hut goes down.
    package func unsaved(now: Now) -> [StaffEffect] {
        guard desk.me != nil else { return [] }
        var last = desk
        last.now = now
        return (below + [page]).flatMap { $0.leaving(last) }
    }

    /// The screen in one language, at most `size`.
    package func view(size: ScreenSize, language: Language, now: Now) -> Canvas {
        var seen = desk
        (seen.now, seen.size) = (now, size)
        let layout = StaffLayout(page: page, notice: notice, desk: seen, language: language)
        return layout.canvas
    }
}

extension StaffScreen {
    /// Silence after which a station locks: a resident may be the next to look (nurse-screens, *Also*; H-36).
    package static let stationLock = Duration.seconds(60)
    /// The same at a desk, which stands where residents do not come. Our own choice.
    package static let deskLock = Duration.seconds(600)
    /// How often an alert that nobody has taken rings. Our own choice.
    package static let ringEvery = Duration.seconds(10)
    /// Ages on the screen are whole minutes.
    private static let tickEvery = Duration.seconds(60)
    /// How soon the login asks again for a list that has not come.
    private static let askAgain = Duration.seconds(5)

    private var locksAt: MonotonicTime? {
        if page.isAtRest && !desk.isStation { return nil }
        let silence = desk.me == nil || desk.isStation ? Self.stationLock : Self.deskLock
        let idle = touchedAt + silence
        return page.busyUntil.map { max($0, idle) } ?? idle
    }
}

// MARK: - Keys

extension StaffScreen {
    private mutating func pressed(_ key: Key) -> [KioskEffect] {
        // A key that comes after the lock was due must not find the session still open.
        if let locksAt, desk.now.monotonic >= locksAt { return leave() }
        touchedAt = desk.now.monotonic
        notice = nil
        if key != .tab { offered = nil }
        let step = page.press(key, desk)
        return step.isUnused ? pressedAnywhere(key) : follow(step)
    }

    /// The keys that mean the same on every page.
    private mutating func pressedAnywhere(_ key: Key) -> [KioskEffect] {
        switch key {
        case .character("t") where !page.typesText: return takeFirst()
        case .tab: return takeFirst(isAsked: true)
        case .character("q") where desk.me != nil: return leave()
        case .character("?"), .character("*"):
            return page is StaffKeys ? unknownKey() : follow(.open(StaffKeys(of: page.keys(desk) + commonKeys)))
        case .escape, .backspace: return below.isEmpty ? leaveOrStay() : follow(.back)
        default: return unknownKey()
        }
    }

    private var commonKeys: [StaffHint] {
        guard desk.me != nil else { return [] }
        let take = desk.seesHealth ? [StaffHint(.tab, StaffPhrases.takeFirst)] : []
        return take + [StaffHint(.character("q"), StaffPhrases.logOut)]
    }

    private mutating func leaveOrStay() -> [KioskEffect] {
        desk.me == nil && desk.isStation ? leave() : unknownKey()
    }

    private mutating func unknownKey() -> [KioskEffect] {
        notice = StaffPhrases.unknownKey
        return []
    }

    private mutating func takeFirst(isAsked: Bool = false) -> [KioskEffect] {
        guard desk.me != nil else { return unknownKey() }
        guard desk.seesHealth else {
            notice = StaffPhrases.onlyStaff
            return []
        }
        guard let alert = desk.untaken.first else {
            notice = StaffPhrases.nothingRings
            return []
        }
        // The first alert changes when this one is on disk: a double press must not take two.
        guard taking == nil else { return [] }
        if isAsked, offered != alert.flag {
            (offered, notice) = (alert.flag, StaffPhrases.takeThis(alert.words))
            return []
        }
        (taking, takes, offered) = (alert.flag, alert.words, nil)
        return [.staff(.take(alert.flag))]
    }

    private mutating func follow(_ step: StaffStep) -> [KioskEffect] {
        notice = step.say ?? notice
        var effects = step.ask
        switch step.move {
        case .stay: break
        case .open(let next):
            below.append(page)
            show(next)
            effects += page.appeared(desk)
        case .replace(let next):
            show(next)
            effects += page.appeared(desk)
        case .back: effects += goBack()
        case .backWith(let key):
            effects += goBack()
            return effects.map(KioskEffect.staff) + pressed(key)
        case .leave: return effects.map(KioskEffect.staff) + leave()
        }
        return effects.map(KioskEffect.staff)
    }

    private mutating func show(_ next: any StaffPage) {
        (page, desk.shownAt) = (next, desk.now.monotonic)
    }

    private mutating func goBack() -> [StaffEffect] {
        guard let beneath = below.popLast() else { return [] }
        show(beneath)
        return page.appeared(desk)
    }

    /// Ends the session: by key, by silence, or before it began. Nothing of a resident stays on the screen.
    private mutating func leave() -> [KioskEffect] {
        let wasBusy = page.busyUntil != nil && desk.me != nil
        let wasOpen = desk.me != nil
        let unsaved = unsaved(now: desk.now)
        (desk.me, page, below, notice, taking, takes) = (nil, StaffLogin(), [], nil, nil, nil)
        isFinished = desk.isStation
        if !isFinished { ticksAt = desk.now.monotonic }
        return (wasBusy ? [.staff(.stopMeasuring)] : []) + unsaved.map(KioskEffect.staff)
            + (wasOpen ? [.staff(.logOut)] : []) + [.wipe]
    }
}

// MARK: - Time and the hut

extension StaffScreen {
    private mutating func timePassed() -> [KioskEffect] {
        let now = desk.now.monotonic
        if let locksAt, now >= locksAt { return leave() }
        var effects: [KioskEffect] = []
        if let due = ringsAt, now >= due {
            effects.append(.bell)
            ringsAt = now + Self.ringEvery
        }
        if now >= ticksAt {
            let asked = page.appeared(desk)
            effects += asked.map(KioskEffect.staff)
            ticksAt = now + (desk.me == nil && !asked.isEmpty ? Self.askAgain : Self.tickEvery)
        }
        return effects
    }

    private mutating func heard(_ event: StaffEvent) -> [KioskEffect] {
        switch event {
        case .loggedIn(let name): return loggedIn(name)
        // The hut holds no session for this screen: what it shows may not stay.
        case .loginRefused where desk.me != nil: return leave()
        case .cardRead where desk.isStation: return leave()
        case .alerts(let alerts): return alerted(alerts)
        case .saved(let text):
            // Which one it was: the first may have changed while the key was on its way.
            (notice, taking, takes) = (takes.map(StaffPhrases.taken) ?? text, nil, nil)
        case .failed(let text): (notice, taking, takes) = (text, nil, nil)
        case .devices(let devices): desk.devices = devices
        case .desk(.paper(_, let text)): notice = text
        // Said even where the page that sent it has been left.
        case .followUpFailed(_, let text), .draftFailed(_, let text): notice = text
        case .unclaimedArrived: notice = StaffPhrases.unclaimedArrived
        case .measured: touchedAt = desk.now.monotonic
        default: break
        }
        return follow(page.hear(event, desk))
    }

    private mutating func loggedIn(_ name: StaffName) -> [KioskEffect] {
        guard let login = page as? StaffLogin, login.awaits(name.key) else { return [.staff(.logOut)] }
        (desk.me, below, notice) = (name, [], nil)
        show(StaffHome.page(for: name.staff.role))
        touchedAt = desk.now.monotonic
        ticksAt = touchedAt + Self.tickEvery
        return page.appeared(desk).map(KioskEffect.staff)
    }

    private mutating func alerted(_ alerts: [StaffAlert]) -> [KioskEffect] {
        let rang = Set(desk.untaken.map(\.flag))
        desk.alerts = alerts
        let ringing = Set(desk.untaken.map(\.flag))
        if taking.map(ringing.contains) == false { taking = nil }
        var effects: [KioskEffect] = []
        if !ringing.isSubset(of: rang) {
            effects.append(.bell)
            ringsAt = desk.now.monotonic + Self.ringEvery
        } else if ringing.isEmpty {
            ringsAt = nil
        }
        return effects + follow(page.hear(.alerts(alerts), desk))
    }
}

extension KioskEvent {
    fileprivate var isLogin: Bool {
        if case .staff(.loggedIn) = self { true } else { false }
    }
}
