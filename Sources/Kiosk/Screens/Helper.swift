// K3h: somebody helps somebody else to measure. The helper says who she is, by her own number and PIN or her own card, and
// the reading is filed under the one who was measured, with the helper's name beside it. A helper sees nothing of the past.

import TextScreen
import Vitals

/// K3h.
struct HelperAsked: Screen {
    let helped: Visitor

    var name: String { "K3h" }
    func previous(_ room: Room) -> (any Screen)? { Attract() }
    func patience(_ room: Room) -> Patience { .ends(.seconds(30)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")): return .go(TypeNumber(helping: helped))
        case .key(.character("2")):
            room.send(.notMe)
            return .go(room.cuffWorks ? GuestChoice() : CuffOut())
        case .told(.presented(.resident(let helper, _))): return .go(HelperNamed(helper: helper, helped: helped))
        // A card or code that nobody here has: the helper has no number.
        case .told(.presented): return .goSaying(self, .notKnownHere)
        case .timeUp: return .close(.left)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page(
            .hut,
            [
                look.text(.k3hFor, ["who": look.who(helped)]), look.title(.k3hYou), .gap, look.choice("1", .k3hHave),
                look.choice("2", .k3hNone), .gap, look.text(.k3hFiled), look.text(.k3hNoPast),
            ])
    }
}

/// The helper is known: a key of her own, as K3 asks of everybody.
struct HelperNamed: Screen {
    let helper: Visitor
    let helped: Visitor
    private var isWaiting = false

    init(helper: Visitor, helped: Visitor) { (self.helper, self.helped) = (helper, helped) }

    var name: String { "K3i" }
    func previous(_ room: Room) -> (any Screen)? { HelperAsked(helped: helped) }
    func patience(_ room: Room) -> Patience { isWaiting ? .answers(.hutAnswers) : .ends(.seconds(30)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key where isWaiting: return .stay
        case .key(.character("1")):
            isWaiting = true
            room.send(.openHelpedVisit)
            return .stay
        case .key(.character("2")):
            room.send(.notMe)
            return .close(.left)
        case .told(.visit(let view)) where isWaiting && view.visitor == helped: return room.begin(view, now: now)
        case .told(.stationBusy) where isWaiting: return .go(SomebodyElse())
        case .timeUp: return isWaiting ? .goSaying(Attract(), .noAnswer) : .close(.left)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page(
            .hut,
            [
                look.title(.k3hIsItYou, ["who": look.who(helper)]), look.text(.k3hFor, ["who": look.who(helped)]), .gap,
                look.choice("1", .k3hYes), look.choice("2", .k3hNo),
            ])
    }
}
