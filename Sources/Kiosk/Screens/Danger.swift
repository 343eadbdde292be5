// C1 to C6: very high, or very ill. First line what to do; one action a line; no promise for a person who has not
// answered; silence is an answer; leaving is never blocked but is asked twice and kept as a fact.

import TextScreen
import Vitals

/// C1.
struct VeryHigh: Screen {
    let pressure: BloodPressure

    init(_ pressure: BloodPressure) { self.pressure = pressure }

    var name: String { "C1" }
    var isDanger: Bool { true }
    func patience(_ room: Room) -> Patience { .ends(.seconds(8)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .timeUp, .key(.enter): .go(AnyOfThese())
        default: .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page([
            look.title(.c1VeryHigh, ["value": pressure.text]), .gap, look.text(.c1Stay), look.text(.c1Again),
            look.text(.c1NoPills), .gap, look.text(look.isStaffed ? .c1Staffed : .c1Unstaffed),
        ])
    }
}

/// What silence comes to where a danger sign is asked for: the bell once after twenty seconds, 120 after forty. There
/// is no voice yet.
struct DangerSilence {
    private var hasRung = false

    var patience: Patience { .ends(.seconds(hasRung ? 40 : 20)) }

    mutating func goesOn(_ room: inout Room) -> Turn {
        guard !hasRung else { return room.noAnswer() }
        hasRung = true
        room.send(.bell)
        return .stay
    }
}

extension Room {
    /// Somebody says that a danger sign is there.
    mutating func danger() -> Turn {
        send(.symptoms(.danger))
        return .go(Call120())
    }

    /// Silence is an answer: 120 is called.
    mutating func noAnswer() -> Turn {
        send(.symptoms(.silence))
        return .go(Call120())
    }
}

/// C2.
struct AnyOfThese: Screen {
    private var silence = DangerSilence()

    init() {}

    var name: String { "C2" }
    var isDanger: Bool { true }
    func patience(_ room: Room) -> Patience { silence.patience }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")):
            room.send(.symptoms(.none))
            // Four readings are made: the value of today says *see a doctor today*.
            return .go(room.mayMeasure ? Pause(now: now.monotonic) : Today())
        case .key(.character("2")): return room.danger()
        case .timeUp: return silence.goesOn(&room)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        let signs: [Phrase] = [.c2Chest, .c2Stroke, .c2Head, .c2Faint]
        return Page(
            [look.title(.c2Ask)] + signs.map { look.text($0, indent: 2) }
                + [.gap, look.choice("1", .c2None), look.choice("2", .c2Yes)])
    }
}

/// C3.
struct VeryHighTwice: Screen {
    let pressure: BloodPressure
    private let hidesAt: MonotonicTime

    init(_ pressure: BloodPressure, now: MonotonicTime) {
        self.pressure = pressure
        hidesAt = now + .seconds(600)
    }

    var name: String { "C3" }
    var isDanger: Bool { true }
    func patience(_ room: Room) -> Patience { .endless }
    func nextChange(after now: MonotonicTime) -> MonotonicTime? { now < hidesAt ? hidesAt : nil }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn { .unused }

    func page(_ look: Look) -> Page {
        let showsNumbers = look.isWide && look.now.monotonic < hidesAt
        var blocks = [showsNumbers ? look.title(.c3TwiceWide, ["value": pressure.text]) : look.title(.c3Twice)]
        blocks += [look.text(look.isWide ? .c3StayWide : .c3Stay), .gap]
        blocks += look.whoComes
        if !look.isStaffed {
            blocks.append(look.isWide ? look.text(.c3FamilyWide) : look.text(.c3Family, indent: 2))
        }
        blocks.append(.gap)
        blocks += look.isWide ? [look.text(.c3SignsWide)] : [look.text(.warningSigns), look.text(.c3Call120)]
        return Page(blocks + [look.text(.c1NoPills)])
    }
}

extension Look {
    /// Who comes, or who can be called while nobody listens.
    var whoComes: [Block] {
        guard !isStaffed else { return [text(.c3Staffed)] }
        let phone = room.phone.map { [Block.text("\($0.who) \($0.number)", indent: 2)] } ?? []
        return [text(isWide ? .c3UnstaffedWide : .c3Unstaffed)] + phone
    }
}

/// C4.
struct Call120: Screen {
    private var isCalling = false

    init() {}

    var name: String { "C4" }
    var isDanger: Bool { true }
    func patience(_ room: Room) -> Patience { .endless }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")) where !isCalling:
            isCalling = true
            room.send(.someoneCalling)
            return .stay
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        let place = look.room.place
        let address = look.text(
            look.isWide ? .c4AddressWide : .c4Address, ["address": place.address, "hut": place.hutName])
        var blocks = [look.title(look.isWide ? .c4CallWide : .c4Call), .gap, look.text(.c4Bystanders)]
        blocks += look.isWide ? [look.text(.c4Say), address] : [address, look.text(.c4Say)]
        blocks += [.gap, look.text(.c4Sit), look.text(.c4NoFood), look.text(.c4NotAlone), .gap]
        blocks.append(isCalling ? look.text(.c4IsCalling) : look.choice("1", .c4Calling))
        return Page(.hut, blocks)
    }
}

/// C5.
struct Lower: Screen {
    let pressure: BloodPressure

    init(_ pressure: BloodPressure) { self.pressure = pressure }

    var name: String { "C5" }
    var isDanger: Bool { true }
    func patience(_ room: Room) -> Patience { .ends(.seconds(12)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .timeUp, .key(.enter): .go(Today())
        default: .unused
        }
    }

    func page(_ look: Look) -> Page {
        var blocks = [look.title(.c5Lower, ["value": pressure.text]), .gap, look.text(.c5Serious)]
        blocks.append(look.text(.c5Again))
        // A guest has no row on anybody's list.
        if look.visitor?.isGuest != true { blocks.append(look.text(.c5Listed)) }
        return Page(blocks)
    }
}

/// C6: only after a named person took it.
struct SomebodyComes: Screen {
    let who: String

    var name: String { "C6" }
    var isDanger: Bool { true }
    func patience(_ room: Room) -> Patience { .endless }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .told(.alertClosed): .close(.takenByStaff)
        default: .unused
        }
    }

    func page(_ look: Look) -> Page { Page([look.title(.c6Comes, ["who": who]), .gap, look.text(.c6Wait)]) }
}
