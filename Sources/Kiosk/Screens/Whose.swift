// K12, K21 and O1: whose result is it? No number is shown before the answer, and no answer is no.

import TextScreen
import Vitals

/// K12.
struct WasItYou: Screen {
    let reading: FactSequence
    /// A result held back because it differs too much from the last one.
    var held: VisitResult?
    /// What it measures, where it is not the cuff.
    var vital: VitalKind?
    private var isWaiting = false

    init(reading: FactSequence, held: VisitResult? = nil, vital: VitalKind? = nil) {
        (self.reading, self.held, self.vital) = (reading, held, vital)
    }

    var name: String { "K12" }
    func patience(_ room: Room) -> Patience {
        isWaiting ? .answers(held == nil ? .hutAnswers : .seconds(3)) : .ends(.seconds(30))
    }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key where isWaiting: return .stay
        case .key(.character("1")):
            isWaiting = true
            room.visit?.confirmed.insert(reading)
            room.send(.confirm(reading))
            return .stay
        case .key(.character("2")):
            room.send(.deny(reading))
            return .go(NotYours(back: before(room)))
        case .timeUp where isWaiting:
            guard let held else { return .goSaying(before(room), .noAnswer) }
            return room.show(held, now: now)
        case .timeUp: return .go(NotYours(back: before(room)))
        // Another result must not take the question away: it waits in the unclaimed list.
        case .told(.notYours): return .stay
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page([
            look.title(.k12Came), .gap, look.text(question), .gap, look.choice("1", .k12Yes),
            look.choice("2", .k12No),
        ])
    }

    /// Row 52's own words at the scale.
    private var question: Phrase {
        vital == .weight || vital == .height ? .k12Weighed : .k12Yours
    }

    private func before(_ room: Room) -> any Screen {
        vital.map { room.asking(for: $0) } ?? room.beforeMeasuring()
    }
}

extension Room {
    /// A reading that is this visit's: taken in, and the screen that follows.
    mutating func show(_ result: VisitResult, now: Now) -> Turn {
        visit?.take(result)
        let next = afterResult(result, now: now)
        if visit?.wantsHelp == true {
            visit?.wantsHelp = false
            return .go(next.isDanger ? next : Help(back: next))
        }
        return .go(next)
    }
}

/// K21.
struct NotMine: Screen {
    let back: any Screen
    /// The reading, where it is not the cuff's.
    var other: StationResult?

    var name: String { "K21" }
    func previous(_ room: Room) -> (any Screen)? { back }
    func patience(_ room: Room) -> Patience { .ends(.seconds(30)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")):
            if let other {
                room.send(.deny(other.sequence))
                room.visit?.others.removeAll { $0.sequence == other.sequence }
                return .go(room.asking(for: other.kind))
            }
            guard let last = room.visit?.last else { return .go(back) }
            room.send(.deny(last.sequence))
            room.visit?.setLastAside()
            return .go(room.beforeMeasuring())
        case .key(.character("2")):
            room.send(.denyAll)
            room.visit?.results = []
            room.visit?.others = []
            return .leave
        case .key(.character("3")), .timeUp: return .go(back)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page([
            look.title(.k21Not), .gap, look.choice("1", .k21Last), look.choice("2", .k21All),
            look.choice("3", .k21Mine), .gap, look.text(.k21Other),
        ])
    }
}

/// K9 `2` before there is any reading to deny.
struct SomeoneElse: Screen {
    /// S2; nil: K9.
    var back: (any Screen)?

    var name: String { "K21s" }
    func previous(_ room: Room) -> (any Screen)? { back ?? room.beforeMeasuring() }
    func patience(_ room: Room) -> Patience { .ends(.seconds(30)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")): .leave
        case .key(.character("2")), .timeUp: .go(back ?? room.beforeMeasuring())
        default: .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page([
            look.title(.k21Other), .gap, look.choice("1", .k24Change),
            look.choice("2", .k24Stay, ["who": look.who(look.visitor)]),
        ])
    }
}

/// O1: no numbers, ever.
struct NotYours: Screen {
    let back: any Screen
    var isCrisis = false
    /// It came while the cuff was asked: begun before, so measured again.
    var measureAgain = false

    var name: String { "O1" }
    var standsWhenClosed: Bool { true }
    func keys(_ room: Room) -> [CommonKey] { room.visit == nil ? [.help] : [.help, .leave] }
    func patience(_ room: Room) -> Patience { .ends(.seconds(8)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .timeUp, .key(.enter): .go(back)
        default: .unused
        }
    }

    func page(_ look: Look) -> Page {
        var blocks = [look.title(.o1Result), look.text(.o1Kept)]
        if measureAgain { blocks += [.gap, look.text(.o1Again)] }
        if isCrisis { blocks += [.gap, look.text(.o1VeryHigh), look.text(.o1FindNurse)] }
        return Page(.hut, blocks)
    }
}
