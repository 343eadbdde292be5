// A short answer that becomes part of a fact: one digit for what is usual, so that a keypad is enough, or free text.

import TextScreen
import Vitals

/// A note being chosen or typed.
struct StaffNote: Sendable {
    enum Kind: Sendable {
        case words
        /// Minutes, 1…999.
        case minutes
        /// One of the choices and nothing else.
        case choice
        /// Digits, blanks and the marks between them: a date, a value, a telephone number.
        case figures
        /// Digits that nobody may read over a shoulder.
        case secret
    }
    let question: LocalizedText
    let choices: [LocalizedText]
    let kind: Kind
    private(set) var typed = ""
    private(set) var chosen: Int?

    /// A note is a line, not a letter.
    private static let longest = 60

    init(_ question: LocalizedText, choices: [LocalizedText] = [], kind: Kind = .words) {
        (self.question, self.choices, self.kind) = (question, choices, kind)
    }

    /// Letters are text here.
    var takesWords: Bool { kind == .words }

    /// The note as it will be kept; nil until there is one.
    func text(_ language: Language) -> String? {
        if let chosen { return choices[chosen][language] }
        let trimmed = typed.trimmed
        guard !trimmed.isEmpty, !isSlip(trimmed) else { return nil }
        switch kind {
        case .words, .figures, .choice, .secret: return trimmed
        case .minutes: return LocalizedText("\(trimmed) 分钟后又量了", en: "measured again after \(trimmed) min")[language]
        }
    }

    /// A single digit where choices stand is the number of none of them, not a reason.
    private func isSlip(_ text: String) -> Bool {
        kind == .words && !choices.isEmpty && text.count == 1 && text.allSatisfy(\.isRowDigit)
    }

    /// A digit, or what stands between the figures of a date, a value or a telephone number.
    private static func isFigure(_ character: Character) -> Bool {
        character.isRowDigit || " -/.+:".contains(character)
    }

    /// Takes a key of typing or choosing; says whether it was one.
    mutating func press(_ key: Key) -> Bool {
        switch key {
        case .character(let character): return take(character)
        case .backspace where chosen != nil: chosen = nil
        case .backspace where !typed.isEmpty: typed.removeLast()
        default: return false
        }
        return true
    }

    private mutating func take(_ character: Character) -> Bool {
        // `11-25` begins like the choice 1: what follows says that it was a figure.
        if kind == .figures, let chosen, Self.isFigure(character) {
            (typed, self.chosen) = ("\(chosen + 1)", nil)
        }
        if typed.isEmpty, let digit = character.wholeNumberValue, choices.indices.contains(digit - 1) {
            chosen = digit - 1
            return true
        }
        switch kind {
        case .choice: return false
        case .secret where !character.isRowDigit: return false
        case .figures where !Self.isFigure(character): return false
        case .minutes where !character.isRowDigit || typed.count >= 3 || typed.isEmpty && character == "0": break
        default:
            chosen = nil
            if typed.count < Self.longest { typed.append(character) }
        }
        return true
    }

    /// The answer as it may stand on the screen.
    func shown(_ language: Language) -> String? {
        kind == .secret ? text(language).map { String(repeating: "*", count: $0.count) } : text(language)
    }

    /// The question, the choices and what is typed.
    func draw(_ room: StaffRoom) -> [StaffLine] {
        let language = room.language
        let margin = room.isWide ? "   " : " "
        var lines = [StaffLine(margin + question[language])]
        lines += choices.enumerated().map { row, choice in
            StaffLine("\(margin)\(row + 1) \(choice[language])", chosen == row ? .bold : .plain)
        }
        let visible = kind == .secret ? String(repeating: "*", count: typed.count) : typed
        let answer = chosen.map { choices[$0][language] } ?? visible
        let shown = StaffText.tail(answer, room.columns - cellWidth(margin) - 3)
        lines.append(StaffLine("\(margin)> \(shown)\(chosen == nil ? "_" : "")"))
        return lines
    }
}

extension String {
    /// Without blanks at both ends.
    var trimmed: String {
        let start = drop { $0.isWhitespace }
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
