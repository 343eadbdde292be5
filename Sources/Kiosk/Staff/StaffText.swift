// Lines that keep their columns although a Chinese character is two cells wide.

import TextScreen

/// Cutting, padding and joining by cells.
enum StaffText {
    /// The text in exactly `cells`; longer text is cut with `…`, which some Chinese terminals draw two cells wide: a
    /// blank is left behind it.
    static func fit(_ text: String, _ cells: Int) -> String {
        let cut = cut(text, cells)
        return cut + String(repeating: " ", count: max(0, cells - cellWidth(cut)))
    }

    /// The text right-aligned in `cells`.
    static func fitRight(_ text: String, _ cells: Int) -> String {
        let cut = cut(text, cells)
        return String(repeating: " ", count: max(0, cells - cellWidth(cut))) + cut
    }

    /// The text in at most `cells`, never cut inside a number, a dose or a Latin word: half of one is another's value. A
    /// word of letters that begins the text and is longer than the room is cut all the same.
    static func cut(_ text: String, _ cells: Int) -> String {
        guard cellWidth(text) > cells else { return text }
        guard cells >= 2 else { return "" }
        let fitting = text.prefix(prefix(of: text, cells - 2).count)
        var kept = fitting
        if !isBreak(text, fitting.endIndex) {
            let first = text.first?.isRowDigit ?? false ? text.prefix(0) : fitting
            kept = fitting.indices.last { $0 > text.startIndex && isBreak(text, $0) }.map { text[..<$0] } ?? first
        }
        while let last = kept.last, " ，,；;、：:".contains(last) { kept.removeLast() }
        return kept + "… "
    }

    /// The end of the text that fits: what is being typed stays in sight.
    static func tail(_ text: String, _ cells: Int) -> String {
        var used = 0
        let kept = text.reversed().prefix { character in
            used += cellWidth(character)
            return used <= cells
        }
        return String(kept.reversed())
    }

    /// Left and right on one line; the left is cut where they would meet.
    static func spread(_ left: String, _ right: String, _ cells: Int) -> String {
        guard !right.isEmpty else { return cut(left, cells) }
        let room = cells - cellWidth(right) - 1
        guard room > 0 else { return cut(left, cells) }
        return fit(left, room) + " " + right
    }

    /// The text in lines of at most `cells`, at most `lines`; broken between words, in Chinese rather behind a comma than
    /// inside a word.
    static func wrap(_ text: String, _ cells: Int, lines: Int) -> [String] {
        var rest = Substring(text)
        var wrapped: [String] = []
        while !rest.isEmpty, wrapped.count < lines {
            if wrapped.count == lines - 1 {
                wrapped.append(cut(String(rest), cells))
                break
            }
            let head = head(of: rest, cells, room: (lines - wrapped.count - 1) * cells)
            guard !head.isEmpty else { break }
            wrapped.append(String(head))
            rest = rest.dropFirst(head.count).drop { $0 == " " }
        }
        return wrapped
    }

    /// As many parts in a line as fit; what is longer than a line is wrapped.
    static func packed(_ parts: [String], _ cells: Int, gap: String = " ") -> [String] {
        var packed: [String] = []
        for part in parts where !part.isEmpty {
            if let line = packed.last, cellWidth(line) + cellWidth(gap) + cellWidth(part) <= cells {
                packed[packed.count - 1] = line + gap + part
            } else {
                packed += wrap(part, cells, lines: 4)
            }
        }
        return packed
    }

    /// As many whole words as fit; a word longer than the line is broken. Where the line would end inside Chinese and a
    /// comma stands in its last third, it ends there, if the lines below have `room` for what follows.
    private static func head(of text: Substring, _ cells: Int, room: Int) -> Substring {
        let fitting = text.prefix(prefix(of: String(text), cells).count)
        guard fitting.count < text.count, let next = text[fitting.endIndex...].first else { return fitting }
        let places = fitting.indices.dropFirst()
        var whole = fitting
        if !isBreak(text, fitting.endIndex) || closing.contains(next) {
            let last = places.last { isBreak(text, $0) && !closing.contains(text[$0]) }
            whole = last.map { text[..<$0] } ?? fitting
        }
        guard next.isLetter, !next.isASCII, let comma = whole.lastIndex(where: { "，。；、：,;".contains($0) }) else {
            return whole
        }
        let early = text[...comma]
        let isLate = cellWidth(String(early)) * 3 >= cells * 2
        return isLate && cellWidth(String(text)) - cellWidth(String(early)) <= room ? early : whole
    }

    /// What no line begins with.
    private static let closing = "，。、；：！？）)"

    /// A line may end before this character: not inside a number, a dose or a Latin word, and not between a number and
    /// what it counts.
    private static func isBreak(_ text: some StringProtocol, _ place: String.Index) -> Bool {
        guard place > text.startIndex, place < text.endIndex else { return true }
        let (before, after) = (text[text.index(before: place)], text[place])
        return !(before.isGlued && after.isGlued) && !(before.isRowDigit && after.isLetter)
    }

    private static func prefix(of text: String, _ cells: Int) -> String {
        var used = 0
        return String(
            text.prefix { character in
                used += cellWidth(character)
                return used <= cells
            })
    }
}

extension Character {
    /// Part of a number, a dose, a date or a Latin word.
    fileprivate var isGlued: Bool { isASCII && !" ()[]|=;".contains(self) }
}
