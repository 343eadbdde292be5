// Somebody lays down a card, a tag or a code: K3n for a card nobody knows, K24 in the middle of another's visit, and the PIN
// that a card does not replace. A card opens measuring; what was measured before is shown to whoever knows the PIN.

import TextScreen
import Vitals

extension Newcomer {
    /// The screen that asks whoever comes.
    var turn: Turn {
        switch self {
        case .resident(let visitor, let kind): .go(IsItYou(visitor: visitor, by: kind))
        case .newCard(let visitor): .go(NewCard(visitor: visitor))
        case .unknown: .goSaying(GuestChoice(), .notKnownHere)
        }
    }
}

/// K3n. Nothing of the card is shown, and nothing kept, before `1`.
struct NewCard: Screen {
    /// The words below; a change of them is a new version, and a consent says which it was.
    static let consent = 1
    let visitor: Visitor

    var name: String { "K3n" }
    func previous(_ room: Room) -> (any Screen)? { Attract() }
    func patience(_ room: Room) -> Patience { .ends(.seconds(90)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")): return .go(IsItYourCard(visitor: visitor))
        case .key(.character("2")):
            room.send(.notMe)
            return .go(room.cuffWorks ? GuestChoice() : CuffOut())
        case .timeUp: return .close(.left)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page(
            .hut,
            [
                look.title(.k3nFirst), .gap, look.text(.k3nWeKeep), look.text(.k3nWhat), look.text(.k3nWho),
                look.text(.k3nStop), .gap, look.choice("1", .k3nYes), look.choice("2", .k3nNo),
            ])
    }
}

/// K3m: whose card it is, before anything is kept: another's left on the reader is nobody's consent.
struct IsItYourCard: Screen {
    let visitor: Visitor
    private var isWaiting = false

    init(visitor: Visitor) { self.visitor = visitor }

    var name: String { "K3m" }
    func previous(_ room: Room) -> (any Screen)? { NewCard(visitor: visitor) }
    func patience(_ room: Room) -> Patience { isWaiting ? .answers(.hutAnswers) : .ends(.seconds(30)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key where isWaiting: return .stay
        case .key(.character("1")):
            isWaiting = true
            room.send(.enrol(consent: NewCard.consent))
            return .stay
        case .key(.character("2")):
            room.send(.notMe)
            return .close(.left)
        case .told(.visit(let view)) where isWaiting: return room.begin(view, now: now)
        case .timeUp: return isWaiting ? .goSaying(Attract(), .noAnswer) : .close(.left)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page(
            .hut,
            [
                look.title(.k3Ask, ["who": look.who(visitor)]), .gap, look.choice("1", .k3Yes), look.choice("2", .k3No),
                .gap, look.text(.k3PutAway),
            ])
    }
}

/// K24.
struct AnotherCard: Screen {
    let newcomer: Newcomer
    /// What stands again after `2`; a result that comes meanwhile waits here.
    var back: any Screen

    var name: String { "K24" }
    func patience(_ room: Room) -> Patience { .ends(.seconds(15)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")):
            room.visit = nil
            room.send(.changeVisitor)
            return newcomer.turn
        case .key(.character("2")), .timeUp:
            room.send(.notMe)
            return .go(back)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page([
            look.title(.k24Read), .gap, look.choice("1", .k24Change),
            look.choice("2", .k24Stay, ["who": look.who(look.visitor)]),
        ])
    }
}

/// *My record* of a visit that a card opened: the PIN first.
struct RecordPIN: Screen {
    private var pin = TypedNumber(limit: 12)
    private var isWaiting = false

    init() {}

    var name: String { "K5p" }
    var takesNumber: Bool { true }
    func keys(_ room: Room) -> [CommonKey] { [] }
    func previous(_ room: Room) -> (any Screen)? { Home() }
    func patience(_ room: Room) -> Patience { isWaiting ? .answers(.hutAnswers) : .asks(.seconds(45)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key where isWaiting: return .stay
        case .key(.enter):
            guard !pin.digits.isEmpty, let number = room.visit?.view.visitor.number else {
                return .go(Help.called(from: self, &room))
            }
            isWaiting = true
            room.send(.identify(number: number, pin: pin.digits))
            return .stay
        case .key(.backspace) where pin.digits.isEmpty: return .go(Home())
        case .key(let key) where pin.take(key): return .stay
        case .told(.identified) where isWaiting:
            room.visit?.hasShownPIN = true
            room.send(.loadRecord)
            return .go(Record())
        case .told(.identityRefused) where isWaiting: return .goSaying(Home(), .k2wNoMatch)
        case .told(.numberLocked) where isWaiting: return .goSaying(Home(), .k2LRests)
        case .timeUp: return .goSaying(Home(), .noAnswer)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        let stars = String(repeating: "*", count: pin.digits.count)
        return Page([
            look.title(.k2Ask), .gap, TypedNumber.block(stars, look), .gap, look.text(.k2Cover), look.text(.erase),
        ])
    }
}
