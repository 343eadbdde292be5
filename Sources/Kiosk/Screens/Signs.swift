// K6: how are you now? Asked in every visit before any number, because a normal number beside a real symptom is the
// most dangerous reassurance (H-27). K6c asks back once; silence there means yes.

import TextScreen
import Vitals

/// K6.
struct HowAreYou: Screen {
    /// After three failures: asked again, then K19b.
    var isAfterFailures = false

    var name: String { "K6" }
    func previous(_ room: Room) -> (any Screen)? {
        isAfterFailures || room.visit?.view.visitor.isGuest == true ? nil : Home()
    }
    func patience(_ room: Room) -> Patience { .asks(.seconds(90)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")):
            room.send(.symptoms(.none))
            return .go(next)
        case .key(.character("2")):
            room.send(.symptoms(.mild))
            return .go(next)
        case .key(.character("3")): return .go(VeryBadNow(back: self))
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page(
            [look.title(.k6Ask)] + signs(look)
                + [.gap, look.choice("1", .k6None), look.choice("2", .k6Mild), look.choice("3", .k6Bad)])
    }

    private var next: any Screen { isAfterFailures ? ThreeFailures() : RestFirst() }

    private func signs(_ look: Look) -> [Block] {
        let all: [Phrase] = [
            .signChest, .signBreath, .signStroke, .signHead, .signEyes, .signVomit, .signFaint,
        ]
        guard look.isWide else { return all.map { look.text($0, indent: 2) } }
        // In pairs, so that a blank line fits between; the longest sentence stands alone.
        let isChinese = look.language == .chinese
        let rows: [[Phrase]] =
            isChinese
            ? [[.signChest, .signBreath], [.signHead, .signEyes], [.signStroke], [.signVomit, .signFaint]]
            : [[.signChest, .signBreath], [.signHead, .signFaint], [.signStroke], [.signEyes, .signVomit]]
        return rows.map { .text(look.columns($0.map { look.say($0) }, width: isChinese ? 30 : 36), indent: 2) }
    }
}

extension Look {
    /// Texts side by side, each column so many cells wide.
    func columns(_ texts: [String], width: Int) -> String {
        texts.dropLast().reduce("") { $0 + $1 + String(repeating: " ", count: max(2, width - cellWidth($1))) }
            + (texts.last ?? "")
    }
}

/// K6c.
struct VeryBadNow: Screen {
    /// Where a slip of the finger goes back to: K6, or K18.
    let back: any Screen

    var name: String { "K6c" }
    var isDanger: Bool { true }
    func patience(_ room: Room) -> Patience { .ends(.seconds(10)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")): return room.danger()
        case .key(.character("2")):
            room.send(.symptoms(.slip))
            return .go(back)
        case .timeUp: return room.noAnswer()
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page([look.title(.k6cPressed), .gap, look.choice("1", .k6cYes), look.choice("2", .k6cSlip)])
    }
}
