// K1 to K3: who is it? A hut number, a PIN, and the question whether it is really you. No word here tells whether a
// number exists, and nothing of a person is shown before K3 was answered.

import TextScreen
import Vitals

/// Digits being typed, with the keys that mean something to a number.
struct TypedNumber: Sendable {
    private(set) var digits = ""
    var limit: Int

    /// True when the key was one for the number.
    mutating func take(_ key: Key) -> Bool {
        switch key {
        case .character(let digit) where digit.isASCII && digit.isNumber:
            guard digits.count < limit else { return false }
            digits.append(digit)
        case .backspace where !digits.isEmpty: digits.removeLast()
        default: return false
        }
        return true
    }

    /// Big where they fit, else in one line with a blank between.
    static func block(_ shown: String, _ look: Look) -> Block {
        let text = shown + "_"
        let indent = look.isWide ? 8 : 2
        if BigDigits.width(text) <= (look.isWide ? 62 : 36) { return .digits(text, indent: indent) }
        return .text(text.map(String.init).joined(separator: " "), indent: indent, bold: true)
    }
}

/// K1.
struct TypeNumber: Screen {
    /// Whom the one who types helps; nil for oneself.
    private let helped: Visitor?
    private var number = TypedNumber(limit: 8)

    init(helping helped: Visitor? = nil) { self.helped = helped }

    var name: String { "K1" }
    var takesNumber: Bool { true }
    func keys(_ room: Room) -> [CommonKey] { [] }
    func previous(_ room: Room) -> (any Screen)? { helped.map { HelperAsked(helped: $0) } ?? Attract() }
    func patience(_ room: Room) -> Patience { .asks(.seconds(45)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.enter):
            if number.digits.isEmpty { return .go(Help.called(from: self, &room)) }
            return .go(TypePIN(number: number.digits, helping: helped))
        case .key(.backspace) where number.digits.isEmpty: return previous(room).map { .go($0) } ?? .stay
        case .key(let key) where number.take(key): return .stay
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page(
            .hut,
            [
                look.title(.k1Ask), .gap, TypedNumber.block(number.digits, look), .gap, look.text(.k1Forgot),
                look.text(.erase),
            ])
    }
}

/// K2.
struct TypePIN: Screen {
    let number: String
    private let helped: Visitor?
    private var pin = TypedNumber(limit: 12)
    private var isWaiting = false

    init(number: String, helping helped: Visitor? = nil) { (self.number, self.helped) = (number, helped) }

    var name: String { "K2" }
    var takesNumber: Bool { true }
    func keys(_ room: Room) -> [CommonKey] { [] }
    func previous(_ room: Room) -> (any Screen)? { TypeNumber(helping: helped) }
    func patience(_ room: Room) -> Patience { isWaiting ? .answers(.hutAnswers) : .asks(.seconds(45)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key where isWaiting: return .stay
        case .key(.enter):
            if pin.digits.isEmpty { return .go(Help.called(from: self, &room)) }
            isWaiting = true
            room.send(.identify(number: number, pin: pin.digits))
            return .stay
        case .key(.backspace) where pin.digits.isEmpty: return .go(TypeNumber(helping: helped))
        case .key(let key) where pin.take(key): return .stay
        case .told(.identified(let visitor)) where isWaiting:
            return .go(helped.map { HelperNamed(helper: visitor, helped: $0) } ?? IsItYou(visitor: visitor))
        case .told(.identityRefused) where isWaiting: return .go(WrongPIN(helping: helped))
        case .told(.numberLocked) where isWaiting: return .go(LockedNumber())
        case .timeUp: return .goSaying(TypeNumber(helping: helped), .noAnswer)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        let stars = String(repeating: "*", count: pin.digits.count)
        return Page(
            .hut,
            [
                look.title(.k2Ask), .gap, TypedNumber.block(stars, look), .gap, look.text(.k2Cover),
                look.text(.k2Forgot), look.text(.erase),
            ])
    }
}

/// K2w.
struct WrongPIN: Screen {
    private let helped: Visitor?

    init(helping helped: Visitor? = nil) { self.helped = helped }

    var name: String { "K2w" }
    func previous(_ room: Room) -> (any Screen)? { TypeNumber(helping: helped) }
    func patience(_ room: Room) -> Patience { .ends(.seconds(30)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")): return .go(TypeNumber(helping: helped))
        case .key(.character("2")): return .go(room.cuffWorks ? GuestChoice() : CuffOut())
        case .timeUp: return .close(.left)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page(
            .hut,
            [
                look.title(.k2wNoMatch), .gap, look.choice("1", .tryAgain), look.choice("2", .k2wMeasureFirst), .gap,
                look.text(.k2wNeverMind),
            ])
    }
}

/// K2L.
struct LockedNumber: Screen {
    var name: String { "K2L" }
    func previous(_ room: Room) -> (any Screen)? { Attract() }
    func patience(_ room: Room) -> Patience { .ends(.seconds(30)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("2")): return .go(room.cuffWorks ? GuestChoice() : CuffOut())
        case .timeUp: return .close(.left)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page(.hut, [look.title(.k2LRests), .gap, look.choice("2", .k2LMeasure), look.choice("9", .callSomeone)])
    }
}

/// K3.
struct IsItYou: Screen {
    let visitor: Visitor
    /// What was read; nil after number and PIN.
    private let kind: IdentityKind?
    private var isWaiting = false

    init(visitor: Visitor, by kind: IdentityKind? = nil) { (self.visitor, self.kind) = (visitor, kind) }

    var name: String { "K3" }
    func previous(_ room: Room) -> (any Screen)? { kind == nil ? TypeNumber() : Attract() }
    func patience(_ room: Room) -> Patience { isWaiting ? .answers(.hutAnswers) : .ends(.seconds(30)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key where isWaiting: return .stay
        case .key(.character("1")):
            isWaiting = true
            room.send(.openVisit)
            return .stay
        case .key(.character("2")):
            room.send(.notMe)
            return .close(.left)
        case .key(.character("3")):
            room.send(.helping)
            return .go(HelperAsked(helped: visitor))
        // A visit of somebody else, opened before this card was read, is not hers.
        case .told(.visit(let view)) where isWaiting && view.visitor == visitor: return room.begin(view, now: now)
        case .told(.stationBusy) where isWaiting: return .go(SomebodyElse())
        case .timeUp: return isWaiting ? .goSaying(Attract(), .noAnswer) : .close(.left)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        var blocks = [
            look.title(.k3Ask, ["who": look.who(visitor)]), .gap, look.choice("1", .k3Yes), look.choice("2", .k3No),
            look.choice("3", visitor.sex == .female ? .k3HelpHer : .k3HelpHim),
        ]
        // A reader does not say that a card was lifted, and a forgotten one is somebody's whole identity.
        if kind == .card { blocks += [.gap, look.text(.k3PutAway)] }
        return Page(.hut, blocks)
    }
}

/// Row 19: back from the bench while somebody else measures.
struct SomebodyElse: Screen {
    var name: String { "K3b" }
    func patience(_ room: Room) -> Patience { .ends(.seconds(8)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .timeUp, .key(.enter): .close(.left)
        default: .unused
        }
    }

    func page(_ look: Look) -> Page { Page(.hut, [look.title(.stationBusy)]) }
}

extension Duration {
    /// How long the hut may take over an answer before the screen gives up; a PIN takes milliseconds.
    static let hutAnswers = Duration.seconds(10)
}

extension Room {
    /// The visit is active: home; from the bench straight to the cuff or the rest of the rest; a guest to K6.
    mutating func begin(_ view: VisitView, now: Now) -> Turn {
        visit = Sitting(view: view, keeps: !view.visitor.isGuest || guestKeeps)
        if view.visitor.isGuest { return .go(HowAreYou()) }
        guard let rested = view.restedSeconds else {
            // What a nurse wrote is the resident's own: a helper does not read it.
            return .go(view.words.isEmpty || view.isHelped ? Home() : NurseWords(view.words))
        }
        if rested < Resting.enoughSeconds {
            return .go(RestingHere(restedBefore: rested, now: now.monotonic))
        }
        send(.rest(.byClock(seconds: rested)))
        return .go(beforeMeasuring())
    }
}

extension Resting {
    /// Five minutes before the cuff (visit-script K7).
    static let enoughSeconds = 300
}
