// Digits six rows high for weak eyes, drawn as reverse-video blanks: block characters have two widths in Chinese
// terminals, a blank has one. `text` of a canvas shows them as `#`.

package enum BigDigits {
    /// Rows of every glyph.
    package static let height = 6

    /// The cells a text of digits, `/`, `:`, `*`, `_` and blanks takes; other characters take none.
    package static func width(_ text: String) -> Int {
        let widths = text.compactMap { glyphs[$0]?[0].count }
        return widths.reduce(0, +) + max(0, widths.count - 1)
    }
}

extension Canvas {
    /// Draws a text of digits, `/`, `:`, `*`, `_` and blanks six rows high, a column between two.
    package mutating func putBig(_ text: String, row: Int, column: Int) {
        var column = column
        for glyph in text.compactMap({ glyphs[$0] }) {
            for (line, pattern) in glyph.enumerated() {
                for (offset, dot) in pattern.enumerated() where dot == "#" {
                    put(" ", row: row + line, column: column + offset, style: .reverse)
                }
            }
            column += glyph[0].count + 1
        }
    }
}

private let glyphs: [Character: [String]] = [
    "0": ["#####", "#   #", "#   #", "#   #", "#   #", "#####"],
    "1": ["  #  ", " ##  ", "  #  ", "  #  ", "  #  ", " ### "],
    "2": ["#####", "    #", "#####", "#    ", "#    ", "#####"],
    "3": ["#####", "    #", " ####", "    #", "    #", "#####"],
    "4": ["#   #", "#   #", "#####", "    #", "    #", "    #"],
    "5": ["#####", "#    ", "#####", "    #", "    #", "#####"],
    "6": ["#####", "#    ", "#####", "#   #", "#   #", "#####"],
    "7": ["#####", "    #", "   # ", "  #  ", "  #  ", "  #  "],
    "8": ["#####", "#   #", "#####", "#   #", "#   #", "#####"],
    "9": ["#####", "#   #", "#####", "    #", "    #", "#####"],
    "/": ["    #", "   # ", "   # ", "  #  ", " #   ", "#    "],
    ":": ["   ", " # ", "   ", "   ", " # ", "   "],
    "*": ["     ", "# # #", " ### ", " ### ", "# # #", "     "],
    "_": ["     ", "     ", "     ", "     ", "     ", "#####"],
    " ": ["  ", "  ", "  ", "  ", "  ", "  "],
]
