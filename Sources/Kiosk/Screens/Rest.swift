// K7 and K8: five minutes of rest before the cuff, here or on the bench. Here the clock counts by itself and nobody is
// asked whether he is still there (H-23).

import TextScreen
import Vitals

/// K7.
struct RestFirst: Screen {
    var name: String { "K7" }
    func previous(_ room: Room) -> (any Screen)? { HowAreYou() }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")): return .go(RestingHere(restedBefore: 0, now: now.monotonic))
        case .key(.character("2")) where room.mayUseBench:
            room.send(.goToBench)
            room.visit = nil
            return .close(.left)
        case .key(.character("3")): return measure(.byOwnWord, &room)
        case .key(.character("4")): return measure(.no, &room)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        var blocks = [look.title(.k7Sit), look.text(.k7Still), look.text(.k7JustDanced), .gap]
        blocks.append(look.choice("1", .k7Here))
        if look.room.mayUseBench { blocks.append(look.choice("2", .k7Bench)) }
        blocks += [look.choice("3", .k7Already), look.choice("4", .k7NoRest)]
        let count = look.room.hall.bench.count
        if count > 0 { blocks += [.gap, look.text(count == 1 ? .k7OneRests : .k7Resting, ["count": String(count)])] }
        return Page(blocks)
    }

    private func measure(_ rested: Rested, _ room: inout Room) -> Turn {
        room.send(.rest(rested))
        return .go(room.beforeMeasuring())
    }
}

extension Room {
    /// A guest has no number to come back with.
    fileprivate var mayUseBench: Bool { visit?.view.visitor.isGuest == false }
}

/// K8.
struct RestingHere: Screen {
    /// Seconds already rested on the bench.
    let restedBefore: Int
    private let countDown: CountDown

    init(restedBefore: Int, now: MonotonicTime) {
        self.restedBefore = max(0, restedBefore)
        countDown = CountDown(.seconds(Resting.enoughSeconds - max(0, restedBefore)), from: now)
    }

    var name: String { "K8" }
    func previous(_ room: Room) -> (any Screen)? { RestFirst() }
    func patience(_ room: Room) -> Patience { .until(countDown.end) }
    func nextChange(after now: MonotonicTime) -> MonotonicTime? { countDown.nextChange(after: now) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("3")), .timeUp:
            let left = countDown.seconds(at: now.monotonic)
            room.send(.rest(.byClock(seconds: Resting.enoughSeconds - left)))
            return .go(room.beforeMeasuring())
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        let left = countDown.seconds(at: look.now.monotonic)
        // In the wide layout the digits stand beside the drawing and the next sentence below both.
        var blocks = [look.title(.k8Rest), .gap] + (look.isWide ? [.gap] : [])
        blocks += [.digits("\(left / 60):\((left % 60).padded(2))", indent: look.isWide ? 0 : 8), .gap]
        blocks.append(look.text(look.isWide ? .k8JustDanced : .k8Posture))
        if left <= 60, someoneIsReady(look) { blocks.append(look.text(.k8SomeoneWaits)) }
        blocks.append(.gap)
        blocks.append(look.choice("3", .k8Enough))
        return Page(picture: posture(look), blocks)
    }

    private func someoneIsReady(_ look: Look) -> Bool {
        look.room.hall.bench.contains { $0.readyAt <= look.now.hut }
    }

    private func posture(_ look: Look) -> Picture {
        let captions = [look.columns([look.say(.k8Back), look.say(.k8Feet)], width: 19)]
        let below = [look.columns([look.say(.k8Quiet), look.say(.k8PhoneDown)], width: 19)]
        return Picture(
            lines: [
                "(1)   O        (2)   O",
                "     /|=            /|=",
                "     | |__          | |__",
                "     |_|  |         |_|  |",
            ] + captions + [
                "",
                "(3)   O        (4)  (  )",
                "     /|=            ----",
            ] + below, row: 4, column: 45)
    }
}
