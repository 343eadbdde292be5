// What every screen of a resident's visit has in common. A screen is a value holding its own model, update and view;
// the kiosk keeps exactly one, listens to the keyboard and the clock for it, and knows the keys that mean the same
// everywhere.

import TextScreen
import Vitals

/// What a screen is told.
enum Happening: Sendable {
    /// A key that was really meant: not a bounce, not typed before the screen stood.
    case key(Key)
    case told(ResidentEvent)
    /// Its patience is over.
    case timeUp
}

/// What comes of it.
enum Turn: Sendable {
    case stay
    case go(any Screen)
    /// Another screen, with a word in its bottom line.
    case goSaying(any Screen, Phrase)
    /// The resident goes: the visit ends, K23.
    case leave
    /// To K0 without a word, closing what is open.
    case close(VisitEnd)
    /// Nothing here: the keys and events that mean the same everywhere may know it.
    case unused
}

/// A key that means the same on every screen that shows it.
enum CommonKey: Sendable { case help, leave, back }

/// One screen of the script.
protocol Screen: Sendable {
    /// Its name in visit-script.md: `K7`.
    var name: String { get }
    /// The common keys that work here; they stand in the bottom line.
    func keys(_ room: Room) -> [CommonKey]
    /// Keys of its own that stand in the bottom line.
    func ownKeys(_ room: Room) -> [(key: Character, phrase: Phrase)]
    /// Where Backspace leads.
    func previous(_ room: Room) -> (any Screen)?
    func patience(_ room: Room) -> Patience
    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn
    func page(_ look: Look) -> Page
    /// The next instant at which it looks different though nothing happened, apart from the clock in the header.
    func nextChange(after now: MonotonicTime) -> MonotonicTime?
    /// Digits typed quickly are a number, not a slip.
    var takesNumber: Bool { get }
    /// A danger screen or question: stands until it is answered, `0` asks twice, nothing covers it.
    var isDanger: Bool { get }
    /// The cuff is asked for this resident while it stands.
    var isAsking: Bool { get }
    /// `*` opens a staff session.
    var opensStaff: Bool { get }
    /// May stand although nothing can be stored.
    var standsWhenClosed: Bool { get }
}

extension Screen {
    func keys(_ room: Room) -> [CommonKey] { previous(room) == nil ? [.help, .leave] : [.help, .leave, .back] }
    func ownKeys(_ room: Room) -> [(key: Character, phrase: Phrase)] { [] }
    func previous(_ room: Room) -> (any Screen)? { nil }
    func patience(_ room: Room) -> Patience { .asks(.seconds(60)) }
    func nextChange(after now: MonotonicTime) -> MonotonicTime? { nil }
    var takesNumber: Bool { false }
    var isDanger: Bool { false }
    var isAsking: Bool { false }
    var opensStaff: Bool { false }
    var standsWhenClosed: Bool { isDanger }
}
