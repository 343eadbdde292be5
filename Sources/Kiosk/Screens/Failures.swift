// K19, K19b, K20 and their kin: it did not work. Never the resident's fault, always a way on, and never a fourth try.

import TextScreen
import Vitals

/// K19.
struct DidNotWork: Screen {
    let kind: FaultKind

    var name: String { "K19" }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")): .go(room.beforeMeasuring())
        default: .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page([
            look.title(.k19NotYou), .gap, look.text(kind == .arm ? .k19Arm : .k19Moved), look.text(.k19Rest), .gap,
            look.choice("1", .k19Again),
        ])
    }
}

/// K19b.
struct ThreeFailures: Screen {
    var name: String { "K19b" }
    func previous(_ room: Room) -> (any Screen)? { room.visit?.view.visitor.isGuest == true ? nil : Home() }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn { .unused }

    func page(_ look: Look) -> Page {
        var blocks = [look.title(.k19bThree), look.text(.k19bByHand), .gap]
        if let phone = look.room.phone { blocks.append(look.text(.k19bPhone, ["number": phone.number])) }
        return Page(blocks + [look.text(.k19bFeelBad)])
    }
}

/// K20.
struct CuffSilent: Screen {
    var name: String { "K20" }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")): .go(room.beforeMeasuring())
        default: .unused
        }
    }

    func page(_ look: Look) -> Page {
        var blocks = [look.title(.k20Silent), look.text(.k20ArmOut), look.text(.k20Stuck), .gap]
        // Nothing tells the operator yet, so nobody says that he was told.
        if let phone = look.room.phone {
            blocks.append(look.text(.callNumber, ["number": phone.number]))
        }
        return Page(blocks + [look.choice("1", .tryAgain)])
    }
}

/// Four readings are enough for a visit.
struct Enough: Screen {
    var name: String { "K17e" }
    func previous(_ room: Room) -> (any Screen)? { room.visit?.results.isEmpty == false ? Today() : nil }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn { .unused }

    func page(_ look: Look) -> Page { Page([look.title(.enoughToday)]) }
}

/// Neither arm may be measured (H-31): how it is done instead is the nurse's to say.
struct NoArm: Screen {
    var name: String { "K9n" }
    func previous(_ room: Room) -> (any Screen)? { Home() }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn { .unused }

    func page(_ look: Look) -> Page {
        var blocks = [look.title(.k9NoArm), look.text(.k9AskNurse), .gap]
        if let phone = look.room.phone { blocks.append(look.text(.k19bPhone, ["number": phone.number])) }
        return Page(blocks + [look.text(.k19bFeelBad)])
    }
}

/// The cuff cannot be used.
struct CuffOut: Screen {
    var name: String { "K9x" }
    func previous(_ room: Room) -> (any Screen)? {
        guard let visit = room.visit else { return Attract() }
        return visit.view.visitor.isGuest ? nil : Home()
    }
    func patience(_ room: Room) -> Patience { room.visit == nil ? .ends(.seconds(30)) : .asks(.seconds(60)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .timeUp: .close(.left)
        // Back in order: go on where it stopped.
        case .told(.hall) where room.cuffWorks: .go(room.visit == nil ? GuestChoice() : room.beforeMeasuring())
        default: .unused
        }
    }

    func page(_ look: Look) -> Page {
        var blocks = [look.title(.k0CuffOut)]
        if let phone = look.room.phone { blocks += [.gap, look.text(.k19bPhone, ["number": phone.number])] }
        return Page(blocks)
    }
}
