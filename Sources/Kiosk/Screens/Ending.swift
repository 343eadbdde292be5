// K22 and K23: are you still there, and goodbye.

import TextScreen
import Vitals

/// K22.
struct StillThere: Screen {
    let back: any Screen
    private let countDown: CountDown

    init(back: any Screen, now: MonotonicTime) {
        self.back = back
        countDown = CountDown(.seconds(20), from: now)
    }

    var name: String { "K22" }
    func keys(_ room: Room) -> [CommonKey] { [.help, .leave] }
    func patience(_ room: Room) -> Patience { .until(countDown.end) }
    func nextChange(after now: MonotonicTime) -> MonotonicTime? { countDown.nextChange(after: now) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .timeUp: .close(.idle)
        case .key(.character("0")), .key(.character("9")): .unused
        case .key: .go(back)
        default: .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page([
            look.title(.k22Still), .digits(String(countDown.seconds(at: look.now.monotonic)), indent: 8), .gap,
            look.text(.k22AnyKey), look.text(.k22Closed),
        ])
    }
}

/// K23. The visit has ended; the name stands here for six seconds more.
struct Goodbye: Screen {
    let visitor: Visitor
    let hasMeasured: Bool
    let nextDay: LocalDay?
    let better: LocalizedText?

    var name: String { "K23" }
    var standsWhenClosed: Bool { true }
    func keys(_ room: Room) -> [CommonKey] { [.help] }
    func patience(_ room: Room) -> Patience { .ends(.seconds(6)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .timeUp, .key(.enter), .key(.character("0")): .close(.left)
        default: .unused
        }
    }

    func page(_ look: Look) -> Page {
        var blocks = [goodbye(look), .gap]
        if let better { blocks += [.text(better[look.language]), .gap] }
        blocks.append(look.text(.k23Forget))
        if let nextDay { blocks += [.gap, look.text(.k23NextTime, ["day": look.day(nextDay)])] }
        return Page(.past(visitor), blocks)
    }

    private func goodbye(_ look: Look) -> Block {
        if visitor.isGuest { return look.title(hasMeasured ? .k23GuestDone : .k23Guest) }
        return look.title(hasMeasured ? .k23Done : .k23Care, ["who": look.who(visitor)])
    }
}
