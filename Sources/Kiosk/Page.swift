// What a screen shows, before anybody knows where on the terminal it will stand: lines, choices, big digits. One
// description serves 40×16 and 80×24; a screen asks `look.isWide` only where the script draws the two differently.

import TextScreen
import Vitals

/// One piece of a page, from top to bottom.
enum Block: Sendable {
    /// A sentence, wrapped where it must be; `\n` breaks a line without the blank line of the wide layout.
    case text(String, indent: Int = 0, bold: Bool = false)
    /// A key and what it does.
    case choice(Character, String, indent: Int = 0)
    /// Digits six rows high.
    case digits(String, indent: Int = 0)
    /// A blank line, given up first when room is short.
    case gap
}

/// Whose name stands at the top.
enum Header: Sendable {
    case hut, visitor
    /// Somebody whose visit has just ended.
    case past(Visitor)
}

/// A drawing beside the text, in the wide layout only; rows and columns of the screen.
struct Picture: Sendable {
    var lines: [String]
    var row: Int
    var column: Int
}

/// Everything one screen shows but the bottom line.
struct Page: Sendable {
    var header = Header.visitor
    var blocks: [Block]
    var picture: Picture?

    /// A page under the visitor's name; without a visit under the hut's.
    init(picture: Picture? = nil, _ blocks: [Block]) { (self.picture, self.blocks) = (picture, blocks) }

    init(_ header: Header, _ blocks: [Block]) { (self.header, self.blocks) = (header, blocks) }
}

/// What a view may see: the room, the moment, the language and the size class.
struct Look: Sendable {
    let room: Room
    let now: Now
    let isWide: Bool

    var language: Language { room.language }
    var visitor: Visitor? { room.visit?.view.visitor }
    var isStaffed: Bool { room.hall.staffListening }

    /// A sentence in the language of the screen, its `{…}` filled.
    func say(_ phrase: Phrase, _ fill: KeyValuePairs<String, String> = [:]) -> String {
        phrase.text(language, fill)
    }

    func text(_ phrase: Phrase, _ fill: KeyValuePairs<String, String> = [:], indent: Int = 0) -> Block {
        .text(say(phrase, fill), indent: indent)
    }

    /// The sentence that comes first and says what to do.
    func title(_ phrase: Phrase, _ fill: KeyValuePairs<String, String> = [:]) -> Block {
        .text(say(phrase, fill), bold: true)
    }

    func choice(_ key: Character, _ phrase: Phrase, _ fill: KeyValuePairs<String, String> = [:]) -> Block {
        .choice(key, say(phrase, fill))
    }

    /// `张*芳 女士`, or the guest.
    func who(_ visitor: Visitor?) -> String {
        guard let visitor else { return "" }
        if visitor.isGuest { return say(.guest) }
        switch visitor.sex {
        case .female: return say(.madam, ["name": visitor.maskedName])
        case .male: return say(.sir, ["name": visitor.maskedName])
        case nil: return visitor.maskedName
        }
    }

    /// The common keys of a screen, as the bottom line shows them.
    func keyLine(_ screen: any Screen) -> String {
        var parts = screen.keys(room).map { key in
            switch key {
            case .help: hint("9", .keyHelp)
            case .leave: hint("0", .keyLeave)
            case .back: isWide && language == .chinese ? "\(say(.backspace)) \(say(.keyBack))" : backspace
            }
        }
        parts += screen.ownKeys(room).map { hint($0.key, $0.phrase) }
        return parts.joined(separator: isWide ? "     " : " ")
    }

    private var backspace: String { "\(say(.backspace))\(isWide ? " = " : "=")\(say(.keyBack))" }

    private func hint(_ key: Character, _ phrase: Phrase) -> String {
        let text = say(phrase)
        let isTight = !isWide && language == .chinese && text.first?.isASCII == false
        return isTight ? "\(key)\(text)" : "\(key) \(text)"
    }

    /// `11月14日`, `14 November`.
    func day(_ day: LocalDay) -> String {
        let (_, month, number) = day.date
        return language == .chinese ? "\(month)月\(number)日" : "\(number) \(englishMonths[month - 1])"
    }
}

extension BloodPressure {
    /// `138/82`.
    var text: String { "\(systolic.value)/\(diastolic.value)" }
}

extension SessionValue {
    /// `138/82`.
    var text: String { "\(systolic.value)/\(diastolic.value)" }
}

private let englishMonths = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]
