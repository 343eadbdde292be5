// Digits six rows high for weak eyes, drawn as reverse-video blanks: block characters have two widths in Chinese
// terminals, a blank has one. `text` of a canvas shows them as `#`.

package enum BigDigits {
    /// Rows of every glyph.
    package static let height = 6

    /// The cells a text of digits, `/`, `:`, `.`, `*`, `_` and blanks takes; other characters take none.
    ///
    /// `slim` draws a narrow 1, for two numbers of three digits on 40 columns.
    package static func width(_ text: String, slim: Bool = false) -> Int {
        let widths = text.compactMap { glyph($0, slim)?[0].count }
        return widths.reduce(0, +) + max(0, widths.count - 1)
    }

    fileprivate static func glyph(_ character: Character, _ slim: Bool) -> [String]? {
        slim && character == "1" ? slimOne : glyphs[character]
    }
}

extension Canvas {
    /// Draws a text of digits, `/`, `:`, `.`, `*`, `_` and blanks six rows high, a column between two.
    package mutating func putBig(_ text: String, row: Int, column: Int, slim: Bool = false) {
        var column = column
        for glyph in text.compactMap({ BigDigits.glyph($0, slim) }) {
            for (line, pattern) in glyph.enumerated() {
                for (offset, dot) in pattern.enumerated() where dot == "#" {
                    put(" ", row: row + line, column: column + offset, style: .reverse)
                }
            }
            column += glyph[0].count + 1
        }
    }
}

private let slimOne = [" # ", "## ", " # ", " # ", " # ", "###"]

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
    ":": ["   ", "  #", "   ", "   ", "  #", "   "],
    ".": ["  ", "  ", "  ", "  ", "  ", "##"],
    "*": ["     ", "# # #", " ### ", " ### ", "# # #", "     "],
    "_": ["     ", "     ", "     ", "     ", "     ", "#####"],
    " ": ["  ", "  ", "  ", "  ", "  ", "  "],
]
