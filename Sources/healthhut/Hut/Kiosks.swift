// Kiosks and their displays. A kiosk belongs to its place and stays when the terminal in front of it is restarted; a
// display is one connection that shows it. Bytes in, keys out; screens in, escape sequences out.

import Kiosk
import Ledger
import TextScreen
import Vitals

/// A resident at a station, as far as the hut must remember between two keys.
struct VisitAtStation: Sendable {
    var id: VisitID
    var owner: VisitOwner
    /// Who helps, and sees nothing of the past.
    var helper = Helper.nobody
    var rested: Rested = .no
    /// Failed attempts so far, from 0.
    var failures = 0
    /// A guest's readings, which are in no resident's history.
    var guestReadings: [RecordedReading] = []
    /// Readings that are counted and not kept, until their guest has answered K12.
    var counted: [FactSequence: RecordedReading] = [:]
    /// What was low once in this visit: said again in other words.
    var lows: Set<VitalKind> = []

    var resident: ResidentKey? { owner.resident }
}

/// A named person logged in at a place.
struct StaffSession: Sendable {
    var key: StaffKey
    var name: String
    var role: StaffRole
    /// The resident on the screen, refreshed when something changes.
    var resident: ResidentKey?
    /// The resident whose form is open, which hears what is measured meanwhile.
    var form: ResidentKey?
    /// The resident for whom the station's cuff was asked (whose-reading row 43).
    var measuring: ResidentKey?

    /// The page of a resident, or of none, is on the screen; a form is not.
    mutating func opened(_ key: ResidentKey?) { (resident, form) = (key, nil) }
}

/// The terminal in front of a kiosk.
struct Display: Sendable {
    var connection: Connection
    var parser = KeyParser()
    var painter = Painter()
    var size: ScreenSize
    /// When an Escape that stands alone becomes the Escape key.
    var escapeAt: MonotonicTime?
}

/// Somebody who says who she is, before a key confirms it.
enum Applicant: Sendable {
    /// Number and PIN fitted, or her card, tag or code was read.
    case resident(RosterEntry, by: IdentityKind?)
    /// A card that nobody has linked.
    case newCard(IdentityCard)
}

/// One station or desk with its kiosk.
struct Place: Sendable {
    var id: String
    var kind: KioskKind
    var kiosk: Kiosk
    var display: Display?
    /// How many displays have gone: an answer meant for one must not reach the next.
    var displaysGone = 0
    /// Counts the questions of K2, so that a late answer is not taken for the answer to the next.
    var identifications = 0
    /// Whom K3, K3n or K24 asks about.
    var applicant: Applicant?
    /// K3h: the one whom the next applicant helps.
    var helped: RosterEntry?
    /// A volunteer at this station helps whoever comes next, until a moment.
    var volunteer: (staff: StaffKey, until: MonotonicTime)?
    /// A visit is being opened and not yet on disk: nobody else can come between.
    var isOpening = false
    var visit: VisitAtStation?
    var staff: StaffSession?

    /// When something is due here. A kiosk nobody looks at and nobody uses keeps no clock.
    var deadline: MonotonicTime? {
        // A kiosk without a terminal still keeps the time of whoever sits there; the attract screen has nobody.
        let isInUse = display != nil || staff != nil || (station != nil && kiosk.screenName != "K0")
        return [isInUse ? kiosk.deadline : nil, display?.escapeAt].compactMap { $0 }.min()
    }

    var station: StationID? { if case .station(let station) = kind { station } else { nil } }

    /// A desk always, a station while a member of staff is logged in.
    var hearsAlerts: Bool { station == nil || staff != nil }
}

extension Hut {
    /// What a terminal gets that says no size: the smaller of the two layouts.
    static let usualSize = ScreenSize(columns: 80, rows: 24)
    /// Five minutes of sitting before the cuff (clinical-rules 1.3).
    static let restBeforeCuff: Duration = .seconds(300)

    func makePlaces() {
        let settings = configuration.settings
        for station in settings.stations {
            places[station.id] = makePlace(station.id, .station(StationID(rawValue: station.id)))
        }
        for desk in settings.desks { places[desk.id] = makePlace(desk.id, .desk(desk.id)) }
    }

    private func makePlace(_ id: String, _ kind: KioskKind) -> Place {
        Place(
            id: id, kind: kind, kiosk: Kiosk(place: configuration.place(kind), size: Hut.usualSize, now: now))
    }

    /// A terminal has connected to a place.
    func connected(_ descriptor: Int32, to id: String) {
        let connection = Connection(descriptor, queue: queue) { [weak self] event in
            self?.assumeIsolated { $0.displayEvent(event, descriptor, at: id) }
        }
        guard places[id]?.display == nil else {
            connection.send(Array("这里已经有人在用 / in use at another terminal\r\n".utf8))
            return connection.close()
        }
        places[id]?.display = Display(connection: connection, size: Hut.usualSize)
        connection.send(Terminal.enter + Terminal.askSize)
        pushHall(at: id)
        refreshDesk(id)
        paint(id)
        arm()
    }

    private func displayEvent(_ event: Connection.Event, _ descriptor: Int32, at id: String) {
        guard var display = places[id]?.display, display.connection.descriptor == descriptor else { return }
        switch event {
        case .bytes(let bytes):
            let input = display.parser.push(bytes)
            display.escapeAt = display.parser.isWaiting ? now.monotonic + KeyParser.escapeWait : nil
            places[id]?.display = display
            take(input, at: id)
        case .drained: break
        case .closed: disconnected(id)
        }
    }

    /// A staff session does not outlive its terminal; a resident's visit does, until its own clock ends it.
    private func disconnected(_ id: String) {
        places[id]?.display = nil
        places[id]?.displaysGone += 1
        if places[id]?.staff != nil {
            keepUnsaved(at: id)
            staffLeft(id)
            if let kind = places[id]?.kind { places[id]?.kiosk = makePlace(id, kind).kiosk }
        }
        arm()
    }

    /// A half-filled form outlives the session that filled it, however that ends.
    func keepUnsaved(at id: String) {
        for effect in places[id]?.kiosk.unsaved(now: now) ?? [] { perform(effect, at: id) }
    }

    private func take(_ inputs: [TerminalInput], at id: String) {
        for input in inputs {
            switch input {
            case .key(let key): happen(.key(key), at: id)
            case .size(let size):
                places[id]?.display?.size = size
                places[id]?.display?.painter.forget()
                happen(.resized(size), at: id)
            }
        }
        paint(id)
        arm()
    }

    /// Whatever is due at a place.
    func placeDeadline(_ id: String, _ now: Now) {
        if let due = places[id]?.display?.escapeAt, due <= now.monotonic {
            places[id]?.display?.escapeAt = nil
            let input = places[id]?.display?.parser.timeUp() ?? []
            take(input, at: id)
        }
        guard let place = places[id], let due = place.deadline, due <= now.monotonic else { return }
        happen(.deadline, at: id)
        paint(id)
    }

    /// Tells a kiosk what happened and carries out what it asks for.
    func happen(_ event: KioskEvent, at id: String) {
        guard var kiosk = places[id]?.kiosk else { return }
        let before = kiosk.screenName
        let effects = kiosk.update(event, now: now)
        places[id]?.kiosk = kiosk
        if kiosk.screenName == "K0", before != "K0" { nobodyIsHere(id) }
        for effect in effects {
            switch effect {
            case .resident(let effect): perform(effect, at: id)
            case .staff(let effect): perform(effect, at: id)
            case .bell: places[id]?.display?.connection.send(Terminal.bell)
            case .wipe:
                places[id]?.display?.connection.send(Terminal.wipe)
                places[id]?.display?.painter.forget()
            }
        }
    }

    /// Sends a display what has changed on its screen.
    func paint(_ id: String) {
        guard let place = places[id] else { return }
        if let observer {
            observer(.screen(place: id, name: place.kiosk.screenName, text: place.kiosk.view(now: now).text))
        }
        guard var display = place.display else { return }
        let bytes = display.painter.paint(place.kiosk.view(now: now))
        places[id]?.display = display
        if !bytes.isEmpty { display.connection.send(bytes) }
    }

    /// Tells the resident's kiosk of a station something.
    func tell(_ station: StationID, _ event: ResidentEvent) {
        happen(.resident(event), at: station.rawValue)
        paint(station.rawValue)
        arm()
    }

    /// Tells the staff session at a station something.
    func tellStaff(_ station: StationID, _ event: StaffEvent) { tellStaff(at: station.rawValue, event) }

    /// Tells the staff screen of a place something.
    func tellStaff(at id: String, _ event: StaffEvent) {
        happen(.staff(event), at: id)
        paint(id)
        arm()
    }
}
