// One kiosk: a value that is told what happens and says what to do. Pure: no clock, no file, no socket.
//
// The kiosk itself only keeps the screen that stands, listens to the keyboard for slips (the same key within 400 ms is
// one; 700 ms deaf after a change of screen), watches the screen's patience, and knows the keys and events that mean
// the same everywhere. Everything else is in the screens.

import TextScreen
import Vitals

/// What can happen to a kiosk.
package enum KioskEvent: Hashable, Sendable {
    case key(Key)
    case resized(ScreenSize)
    /// The deadline the kiosk asked for has come.
    case deadline
    case resident(ResidentEvent)
    case staff(StaffEvent)
}

/// What a kiosk asks of the hut.
package enum KioskEffect: Hashable, Sendable {
    case resident(ResidentEffect)
    case staff(StaffEffect)
    /// Ring the terminal's bell.
    case bell
    /// Forget what was on the screen: wipe it and the scrollback.
    case wipe
}

/// The screen of one station or desk.
///
///     var kiosk = Kiosk(place: booth, size: ScreenSize(columns: 80, rows: 24), now: now)
///     let effects = kiosk.update(.key(.character("1")), now: now)  // K1 stands
///     painter.paint(kiosk.view(now: now))
package struct Kiosk: Sendable {
    var room: Room
    var screen: any Screen
    /// A staff session stands here: always at a desk, at a station from `*` to its log-out.
    private(set) var staff: StaffScreen?
    private(set) var size: ScreenSize
    /// When the screen that stands appeared; count of patience and deafness.
    private(set) var shownAt: MonotonicTime
    /// When a key was last meant.
    private(set) var touchedAt: MonotonicTime
    private var keyboard = Keyboard()
    /// When the word in the bottom line gives way to the keys.
    var noteEnds: MonotonicTime?
    /// `0` was pressed once on a danger screen and the question still stands: the second leaves.
    var leavingAsked = false

    /// When the kiosk wants a `.deadline`: patience, a count-down, a note, the clock of the header. Always after the
    /// `now` of the last update.
    package internal(set) var deadline: MonotonicTime?

    package init(place: KioskPlace, size: ScreenSize, now: Now) {
        room = Room(place: place)
        screen = Attract()
        self.size = size
        (shownAt, touchedAt) = (now.monotonic, now.monotonic)
        if case .desk = place.kind { staff = StaffScreen(place: place, now: now, size: size) }
        schedule(now)
    }

    /// The name of what stands on the screen, as in visit-script.md: `K7`; for logs and tests, without a person's data.
    package var screenName: String { staff == nil ? screen.name : "staff" }

    /// What a staff session here has not told the hut yet: to be carried out before it ends without a key.
    package func unsaved(now: Now) -> [StaffEffect] { staff?.unsaved(now: now) ?? [] }

    /// Takes one event and gives what the hut has to do, in order.
    package mutating func update(_ event: KioskEvent, now: Now) -> [KioskEffect] {
        if case .resized(let size) = event { self.size = size }
        defer { schedule(now) }
        if staff != nil { return updateStaff(event, now) }
        passTime(now)
        switch event {
        case .key(let key): press(key, now)
        case .resident(let event): hear(event, now)
        // Names and alerts are for a staff session; no resident's screen shows them (H-35, H-36).
        // A log-in that was answered after its page was left has no screen: it ends.
        case .staff(.loggedIn): return [.staff(.logOut)]
        case .resized, .deadline, .staff: break
        }
        return room.takeEffects()
    }
}

// MARK: - Staff

extension Kiosk {
    private mutating func updateStaff(_ event: KioskEvent, _ now: Now) -> [KioskEffect] {
        if case .resident(let event) = event { hear(event, now) }
        let effects = staff?.update(event, now: now) ?? []
        if staff?.isFinished == true {
            staff = nil
            room.language = room.place.languages.first ?? .chinese
            show(Attract(), now)
        }
        return room.takeEffects() + effects
    }

    /// `*` at K0, or at X: the nurse is the one who may help there.
    private mutating func openStaff(_ now: Now) {
        staff = StaffScreen(place: room.place, now: now, size: size)
    }
}

// MARK: - Keys

extension Kiosk {
    private mutating func press(_ key: Key, _ now: Now) {
        guard keyboard.means(key, at: now.monotonic, screenAt: shownAt, takesNumber: screen.takesNumber) else { return }
        touchedAt = now.monotonic
        room.clearNote()
        if key != .character("0") { leavingAsked = false }
        let turn = screen.update(.key(key), &room, now: now)
        if case .unused = turn { return pressCommon(key, now) }
        follow(turn, now)
    }

    /// The keys that mean the same everywhere, where the screen shows them.
    private mutating func pressCommon(_ key: Key, _ now: Now) {
        let keys = screen.keys(room)
        switch key {
        case .character("9") where keys.contains(.help):
            if screen.isDanger {
                // The advice stays; the call is made all the same.
                room.send(.callHelp)
                if room.hall.staffListening {
                    room.say(.hCalled)
                } else if let phone = room.phone {
                    room.say(.callNumber, ["number": phone.number])
                }
            } else {
                show(Help.called(from: screen, &room), now)
            }
        case .character("*") where screen.opensStaff && room.visit == nil: openStaff(now)
        case .character("0") where keys.contains(.leave): leave(now)
        case .backspace where keys.contains(.back):
            if let previous = screen.previous(room) { show(previous, now) }
        default: room.say(.uselessKey)
        }
    }

    private mutating func leave(_ now: Now) {
        let isDanger = screen.isDanger || room.visit?.crisisOpen == true
        guard isDanger else { return goodbye(now) }
        guard leavingAsked else {
            leavingAsked = true
            return room.say(.leaveAgain)
        }
        room.send(.leftByHimself)
        goodbye(now)
    }

    mutating func goodbye(_ now: Now) {
        guard let visit = room.visit else { return close(.left, now) }
        endVisit(visit.view.visitor.isGuest ? .guestDone : .left)
        show(
            Goodbye(
                visitor: visit.view.visitor, hasMeasured: !(visit.results.isEmpty && visit.others.isEmpty),
                nextDay: visit.last?.nextDay, better: visit.crisisOpen ? nil : visit.last?.better), now)
    }
}

// MARK: - Screens

extension Kiosk {
    mutating func follow(_ turn: Turn, _ now: Now) {
        switch turn {
        case .stay, .unused: break
        case .go(let next): show(next, now)
        case .goSaying(let next, let phrase):
            show(next, now)
            room.say(phrase)
        case .leave: goodbye(now)
        case .close(let end): close(end, now)
        }
    }

    mutating func show(_ next: any Screen, _ now: Now) {
        let next = afterCards(next)
        let isClosed = room.hall.closed != nil && !next.standsWhenClosed
        if screen.isAsking, isClosed || !next.isAsking, room.visit?.isAsked == true {
            room.visit?.asks = nil
            room.send(.stopAsking)
        }
        // Nobody is asked behind a closed screen; afterwards it begins at the arm again.
        screen = isClosed ? Closed(back: next.isAsking ? room.beforeMeasuring() : next) : next
        (shownAt, touchedAt) = (now.monotonic, now.monotonic)
        leavingAsked = false
        room.clearNote()
    }

    /// K24 when the cuff has let go, with what would have stood behind it; a danger screen forgets the card.
    private mutating func afterCards(_ next: any Screen) -> any Screen {
        guard let newcomer = room.visit?.newcomer, !next.isAsking else { return next }
        room.visit?.newcomer = nil
        guard !next.isDanger else {
            room.send(.notMe)
            return next
        }
        return AnotherCard(newcomer: newcomer, back: next)
    }

    /// To K0, with nothing of anybody left on the terminal.
    mutating func close(_ end: VisitEnd, _ now: Now) {
        if room.visit != nil { endVisit(end) }
        if !(screen is Attract) { room.send(.wipe) }
        room.language = room.place.languages.first ?? .chinese
        show(Attract(), now)
    }

    private mutating func endVisit(_ end: VisitEnd) {
        if room.visit?.isAsked == true { room.send(.stopAsking) }
        room.visit = nil
        room.send(.endVisit(end))
    }
}

// MARK: - View

extension Kiosk {
    /// The screen that stands, at the size of the terminal.
    package func view(now: Now) -> Canvas { drawn(now: now).canvas }

    /// The screen, and whether every line of it found room.
    func drawn(now: Now) -> (canvas: Canvas, isWhole: Bool) {
        if let staff { return (staff.view(size: size, language: room.language, now: now), true) }
        var canvas = Canvas(size: size)
        guard let layout = Layout(fitting: size) else {
            for (row, phrase) in [Phrase.tooSmall, .tooSmallNeeds].enumerated() {
                canvas.put(phrase.text(room.language), row: row, column: 0)
            }
            return (canvas, false)
        }
        let look = Look(room: room, now: now, isWide: layout == .wide)
        let bottom = room.note?[room.language] ?? look.keyLine(screen)
        let isWhole = layout.draw(screen.page(look), bottom: bottom, look: look, on: &canvas)
        return (canvas, isWhole && cellWidth(bottom) <= layout.columns - 2)
    }
}
