// H: `9` on any screen. It rings where a nurse is, or says whom to telephone; it never says more than is true.

import TextScreen
import Vitals

/// H.
struct Help: Screen {
    var back: any Screen

    /// Calls, and asks what is wrong.
    static func called(from back: any Screen, _ room: inout Room) -> Help {
        room.send(.callHelp)
        return Help(back: back)
    }

    var name: String { "H" }
    var standsWhenClosed: Bool { true }
    func previous(_ room: Room) -> (any Screen)? { back }
    func keys(_ room: Room) -> [CommonKey] { [.leave, .back] }
    func patience(_ room: Room) -> Patience { .ends(.seconds(30)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")):
            room.send(.symptoms(.danger))
            return .go(Call120())
        case .key(.character("2")), .timeUp: return .go(back)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        var blocks = [look.title(.hHelp), .gap, look.choice("1", .hBad), look.choice("2", .hBack), .gap]
        if look.isStaffed {
            blocks.append(look.text(.hCalled))
        } else if let phone = look.room.phone {
            blocks.append(look.text(.callNumber, ["number": phone.number]))
        }
        return Page(.hut, blocks)
    }
}
