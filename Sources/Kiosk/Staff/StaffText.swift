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

    /// The text in at most `cells`.
    static func cut(_ text: String, _ cells: Int) -> String {
        guard cellWidth(text) > cells else { return text }
        return prefix(of: text, max(0, cells - 2)) + (cells >= 2 ? "… " : "")
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

    /// The text in lines of at most `cells`, at most `lines`; broken anywhere, as Chinese is.
    static func wrap(_ text: String, _ cells: Int, lines: Int) -> [String] {
        var rest = Substring(text)
        var wrapped: [String] = []
        while !rest.isEmpty, wrapped.count < lines {
            if wrapped.count == lines - 1 {
                wrapped.append(cut(String(rest), cells))
                break
            }
            let head = head(of: rest, cells)
            guard !head.isEmpty else { break }
            wrapped.append(String(head))
            rest = rest.dropFirst(head.count).drop { $0 == " " }
        }
        return wrapped
    }

    /// As many whole words as fit; a word longer than the line is broken.
    private static func head(of text: Substring, _ cells: Int) -> Substring {
        let fitting = text.prefix(prefix(of: String(text), cells).count)
        guard fitting.count < text.count, let last = fitting.last, last.isASCII, last != " ",
            let next = text.dropFirst(fitting.count).first, next.isASCII, next != " ",
            let space = fitting.lastIndex(of: " ")
        else { return fitting }
        return fitting[...space]
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
