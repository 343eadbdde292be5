// Two names: somebody measures for somebody else. The helper says first who he is, by card or by number and PIN, and
// sees nothing of what was before; every reading of the visit carries his name.

import TextScreen
import Vitals

/// K3h. From here on the hut takes what is read or typed for the helper's, until the visit opens or it is told otherwise.
struct HelperAsk: Screen {
    /// Who is measured.
    let visitor: Visitor
    private let kind: IdentityKind?

    init(_ visitor: Visitor, by kind: IdentityKind?) { (self.visitor, self.kind) = (visitor, kind) }

    var name: String { "K3h" }
    func previous(_ room: Room) -> (any Screen)? { nil }
    func keys(_ room: Room) -> [CommonKey] { [.help, .leave, .back] }
    func patience(_ room: Room) -> Patience { .ends(.seconds(60)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")): return .go(HelperIdentity(visitor))
        case .key(.character("2")):
            room.send(.notMe)
            return .go(room.cuffWorks ? GuestChoice() : CuffOut())
        case .key(.backspace):
            room.send(.stopHelping)
            return .go(IsItYou(visitor: visitor, by: kind))
        case .told(.helperIdentified(let helper)): return .go(HelperKnown(visitor, helper))
        // A card that means nothing here is no helper; the one who is measured stays.
        case .told(.presented): return .goSaying(self, .k3hNotKnown)
        case .timeUp:
            room.send(.notMe)
            return .close(.left)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page(
            .hut,
            [
                look.title(.k3hFor, ["who": look.who(visitor)]), look.text(.k3hWho), .gap, look.choice("1", .k3hNumber),
                look.choice("2", .k3hNone), look.text(.k3hCard), .gap, look.text(.k3hFiled), look.text(.k3hNoPast),
            ])
    }
}

/// K3h `1`: the helper's number, then his PIN.
struct HelperIdentity: Screen {
    private let visitor: Visitor
    private var number = TypedNumber(limit: 8)
    /// nil: the number is being typed.
    private var pin: TypedNumber?
    private var isWaiting = false

    init(_ visitor: Visitor) { self.visitor = visitor }

    var name: String { "K3i" }
    var takesNumber: Bool { true }
    func keys(_ room: Room) -> [CommonKey] { [] }
    func previous(_ room: Room) -> (any Screen)? { HelperAsk(visitor, by: nil) }
    func patience(_ room: Room) -> Patience { isWaiting ? .answers(.hutAnswers) : .asks(.seconds(45)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key where isWaiting: return .stay
        case .key(let key): return press(key, &room)
        case .told(.helperIdentified(let helper)): return .go(HelperKnown(visitor, helper))
        case .told(.identityRefused) where isWaiting: return .goSaying(HelperAsk(visitor, by: nil), .k2wNoMatch)
        case .told(.numberLocked) where isWaiting: return .goSaying(HelperAsk(visitor, by: nil), .k2LRests)
        case .told(.presented): return .goSaying(HelperAsk(visitor, by: nil), .k3hNotKnown)
        case .timeUp: return .goSaying(HelperAsk(visitor, by: nil), .noAnswer)
        default: return .unused
        }
    }

    private mutating func press(_ key: Key, _ room: inout Room) -> Turn {
        if var typed = pin {
            if key == .backspace, typed.digits.isEmpty {
                pin = nil
                return .stay
            }
            if typed.take(key) {
                pin = typed
                return .stay
            }
            guard key == .enter else { return .unused }
            guard !typed.digits.isEmpty else { return .go(Help.called(from: self, &room)) }
            isWaiting = true
            room.send(.identify(number: number.digits, pin: typed.digits))
            return .stay
        }
        if key == .backspace, number.digits.isEmpty { return .go(HelperAsk(visitor, by: nil)) }
        if number.take(key) { return .stay }
        guard key == .enter else { return .unused }
        guard !number.digits.isEmpty else { return .go(Help.called(from: self, &room)) }
        pin = TypedNumber(limit: 12)
        return .stay
    }

    func page(_ look: Look) -> Page {
        let stars = pin.map { String(repeating: "*", count: $0.digits.count) }
        return Page(
            .hut,
            [
                look.title(pin == nil ? .k3hYourNumber : .k3hYourPIN), .gap,
                TypedNumber.block(stars ?? number.digits, look), .gap, look.text(.k2Cover), look.text(.erase),
            ])
    }
}

/// K3j: both names before anything is measured.
struct HelperKnown: Screen {
    private let visitor: Visitor
    private let helper: Visitor
    private var isWaiting = false

    init(_ visitor: Visitor, _ helper: Visitor) { (self.visitor, self.helper) = (visitor, helper) }

    var name: String { "K3j" }
    func keys(_ room: Room) -> [CommonKey] { [.help, .leave] }
    func patience(_ room: Room) -> Patience { isWaiting ? .answers(.hutAnswers) : .ends(.seconds(30)) }
    private var isOneself: Bool { helper == visitor }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key where isWaiting: return .stay
        case .key(.character("1")):
            // Who helps himself is simply here.
            if isOneself { room.send(.stopHelping) }
            isWaiting = true
            room.send(.openVisit)
            return .stay
        case .key(.character("2")):
            room.send(.notMe)
            return .close(.left)
        // A visit of somebody else, opened before, is not hers.
        case .told(.visit(let view)) where isWaiting && view.visitor == visitor: return room.begin(view, now: now)
        case .told(.stationBusy) where isWaiting: return .go(SomebodyElse())
        case .timeUp:
            room.send(.notMe)
            return isWaiting ? .goSaying(Attract(), .noAnswer) : .close(.left)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        let (who, by) = (look.who(visitor), look.who(helper))
        let first =
            isOneself
            ? look.title(.k3Ask, ["who": who]) : look.title(.k3hBoth, ["who": who, "by": by])
        return Page(.hut, [first, .gap, look.choice("1", .k3hRight), look.choice("2", .k3hWrong)])
    }
}
