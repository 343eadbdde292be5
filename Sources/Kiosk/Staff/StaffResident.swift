// One resident on one screen: who it is, how the blood pressure went, what is to be done and why, what was done. From
// here a nurse does everything that is done about one person.

import TextScreen
import Vitals

/// The page of one resident. It is longer than a small screen: the page keys turn it.
struct StaffResident: StaffPage {
    private let key: ResidentKey
    private(set) var card: ResidentCard?
    private var scroll = StaffScroll()

    init(_ key: ResidentKey) { self.key = key }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        guard let card else { return [.back] }
        return StaffResidentKeys.all(card, desk) + [StaffHint.back.quiet, .logOut.quiet, .help]
    }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { [.loadResident(key)] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        guard let card else { return .unused }
        let room = StaffRoom(desk)
        if scroll.press(key, lines: lines(card, room).count, room) { return .nothing }
        switch key {
        case .character(let letter): return act(letter, card, desk)
        default: return .unused
        }
    }

    private func act(_ letter: Character, _ card: ResidentCard, _ desk: StaffDesk) -> StaffStep {
        let name = card.resident.name
        switch letter {
        case "f": return .open(StaffForm(card.key))
        case "t": return .open(StaffActs.call(card.key, name, phone: card.resident.phone, tries: card.tries))
        case "v": return .open(StaffActs.homeVisit(card.key, name))
        case "n": return .open(StaffActs.message(card.key, name))
        case "c": return close(card, desk)
        case "b": return measure(card, desk)
        case "k": return .open(StaffTypedValue(card.key, name: name))
        case "r": return .open(StaffReadings(card))
        case "a": return answer(card)
        case "l": return desk.isDoctor ? .open(StaffActs.limit(card)) : .say(Phrases.onlyDoctor)
        case "x": return .open(StaffActs.status(card))
        case "e":
            let person = Candidate(
                key: card.key, number: card.resident.number, name: name, sex: card.resident.sex, age: card.age,
                lastValues: [])
            return .open(StaffExam(person, day: desk.today))
        case "m": return .open(StaffCareMenu.of(card))
        case "g": return .open(StaffLog(.history(card.key, name: card.resident.name)))
        case "j" where desk.place.hasHomeMonitors: return .open(StaffMonitors(card.key, name: name))
        default: return .unused
        }
    }

    /// The only request that is open, or the list of hers.
    private func answer(_ card: ResidentCard) -> StaffStep {
        let open = card.requests.filter { $0.answer == nil }
        guard let request = open.first else { return .say(Phrases.nothingAsked) }
        return open.count == 1 ? .open(StaffActs.answer(request)) : .open(StaffRequests(of: card.key))
    }

    private func close(_ card: ResidentCard, _ desk: StaffDesk) -> StaffStep {
        guard !card.openFlags.isEmpty else { return .say(Phrases.nothingOpen) }
        let text = "\(card.resident.name) \(card.resident.number)"
        let who = LocalizedText(text, en: text)
        return .open(
            StaffClosing(
                card.openFlags.map { flag in
                    StaffClosing.Subject(
                        id: flag.id, severity: flag.severity, who: who, sentence: flag.sentence,
                        alert: desk.alerts.first { $0.flag == flag.id })
                }))
    }

    private func measure(_ card: ResidentCard, _ desk: StaffDesk) -> StaffStep {
        guard desk.mayMeasure else { return .say(Phrases.noCuffHere) }
        guard card.status == .here else { return .say(Phrases.notHere) }
        return .open(StaffMeasuring(card.key, name: card.resident.name, never: card.marks.neverArms))
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch event {
        // A card that was asked for another page must never stand under this name.
        case .resident(let fresh) where fresh.key == key:
            adopt(fresh)
            return .nothing
        case .alerts, .saved: return .ask(.loadResident(key))
        default: return .nothing
        }
    }

    private mutating func adopt(_ fresh: ResidentCard) {
        var fresh = fresh
        // What does not fit is counted below: it must be the least of them.
        fresh.openFlags.sort { ($0.severity, $1.raisedAt) > ($1.severity, $0.raisedAt) }
        fresh.endedFlags.sort { $0.raisedAt > $1.raisedAt }
        card = fresh
    }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        guard let card else { return [StaffLine(StaffPhrases.loading[room.language])] }
        return scroll.draw(lines(card, room), room)
    }

    /// The whole page from top to bottom, however long the screen is.
    private func lines(_ card: ResidentCard, _ room: StaffRoom) -> [StaffLine] {
        let head = StaffResidentHead.lines(card, room)
        let course = StaffResidentCourse.lines(card, room)
        let doing = StaffResidentCare.flags(card, room)
        let done = StaffResidentCare.rest(card, room)
        guard room.isWide else { return head + doing + course + done }
        return head + [room.rule] + course + [room.rule] + doing + done
    }
}

extension StaffDesk {
    var isDoctor: Bool { me?.staff.role == .doctor }

    /// A cuff stands where this screen stands.
    var mayMeasure: Bool { isStation && place.cuff != .none }
}

private enum Phrases {
    static let nothingOpen = LocalizedText("没有要办的", en: "Nothing to do")
    static let onlyDoctor = LocalizedText("范围由医生定", en: "A limit is set by a doctor")
    static let nothingAsked = LocalizedText("没有没答复的请求", en: "No request is open")
    static let noCuffHere = LocalizedText("这里没有袖带，请到量血压的台子", en: "No cuff here; go to a station")
    static let notHere = LocalizedText("名册上这人不在这里了", en: "On record as no longer here")
}
