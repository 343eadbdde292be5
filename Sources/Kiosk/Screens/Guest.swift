// K4: measuring without a number, so that nobody is sent away; and the two places where a number may be typed as a
// hint. A hint confirms nothing and shows nothing.

import TextScreen
import Vitals

/// K4.
struct GuestChoice: Screen {
    private var isWaiting = false

    init() {}

    var name: String { "K4" }
    func previous(_ room: Room) -> (any Screen)? { Attract() }
    func patience(_ room: Room) -> Patience { isWaiting ? .answers(.hutAnswers) : .ends(.seconds(60)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key where isWaiting: return .stay
        case .key(.character("1")):
            isWaiting = true
            room.guestKeeps = false
            room.send(.openGuestVisit(keeps: false, number: nil))
            return .stay
        case .key(.character("2")): return .go(GuestNumber())
        case .told(.visit(let view)) where isWaiting: return room.begin(view, now: now)
        case .told(.stationBusy) where isWaiting: return .go(SomebodyElse())
        case .timeUp: return isWaiting ? .goSaying(Attract(), .noAnswer) : .close(.left)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page(
            .hut,
            [
                look.title(.k4Can), .gap, look.choice("1", .k4JustMeasure), look.choice("2", .k4Keep), .gap,
                look.text(.k4NoPast),
            ])
    }
}

/// K4 `2`: the hut number, as a hint for the nurse.
struct GuestNumber: Screen {
    private var number = TypedNumber(limit: 8)
    private var isWaiting = false

    init() {}

    var name: String { "K4n" }
    var takesNumber: Bool { true }
    func keys(_ room: Room) -> [CommonKey] { [] }
    func previous(_ room: Room) -> (any Screen)? { GuestChoice() }
    func patience(_ room: Room) -> Patience { isWaiting ? .answers(.hutAnswers) : .asks(.seconds(45)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key where isWaiting: return .stay
        case .key(.enter):
            isWaiting = true
            room.guestKeeps = true
            room.send(.openGuestVisit(keeps: true, number: number.digits.isEmpty ? nil : number.digits))
            return .stay
        case .key(.backspace) where number.digits.isEmpty: return .go(GuestChoice())
        case .key(let key) where number.take(key): return .stay
        case .told(.visit(let view)) where isWaiting: return room.begin(view, now: now)
        case .told(.stationBusy) where isWaiting: return .go(SomebodyElse())
        case .timeUp: return .goSaying(GuestChoice(), .noAnswer)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page { hintPage(number, look) }
}

/// Row 8: a result lies there and somebody wants to keep it.
struct HintNumber: Screen {
    let result: FactSequence
    private var number = TypedNumber(limit: 8)

    init(result: FactSequence) { self.result = result }

    var name: String { "K0n" }
    var takesNumber: Bool { true }
    func keys(_ room: Room) -> [CommonKey] { [] }
    func previous(_ room: Room) -> (any Screen)? { Attract() }
    func patience(_ room: Room) -> Patience { .ends(.seconds(45)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.enter):
            room.hinted.insert(result)
            room.send(.hintUnowned(result, number: number.digits.isEmpty ? nil : number.digits))
            return .go(HintKept())
        case .key(.backspace) where number.digits.isEmpty: return .go(Attract())
        case .key(let key) where number.take(key): return .stay
        case .timeUp: return .close(.left)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page { hintPage(number, look) }
}

/// Row 8, done.
struct HintKept: Screen {
    var name: String { "K0k" }
    func previous(_ room: Room) -> (any Screen)? { Attract() }
    func patience(_ room: Room) -> Patience { .ends(.seconds(8)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .timeUp, .key(.enter): .close(.left)
        default: .unused
        }
    }

    func page(_ look: Look) -> Page { Page(.hut, [look.title(.keptForNurse), .gap, look.text(.nurseWillFile)]) }
}

private func hintPage(_ number: TypedNumber, _ look: Look) -> Page {
    Page(
        .hut,
        [
            look.title(.k1Ask), .gap, TypedNumber.block(number.digits, look), .gap, look.text(.k4ForgotNumber),
            look.text(.k4Erase),
        ])
}
