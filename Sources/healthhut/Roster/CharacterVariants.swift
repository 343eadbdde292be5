// 張 and 张 are one name in two hands. Which characters are written in more than one way stands in a table that the C
// library's `locales` package brings; without it names are compared as they are written, and the preview says so.

import Vitals

/// Characters that stand for each other, traditional, simplified and older forms.
struct CharacterVariants: Sendable {
    /// Where Debian's package puts it; `<U5F35> <U5F20>` a line.
    static let usual = "/usr/share/i18n/locales/translit_cjk_variants"

    /// Of every character that has others, the smallest of them.
    private var first: [Unicode.Scalar: Unicode.Scalar] = [:]

    /// nil where the table is not installed.
    init?(_ path: String = CharacterVariants.usual) {
        guard let bytes = try? readFile(path) else { return nil }
        for line in bytes.split(separator: 0x0A) where line.first == UInt8(ascii: "<") {
            let scalars = String(decoding: line, as: UTF8.self).split(whereSeparator: { " ;<>".contains($0) })
                .compactMap { UInt32($0.dropFirst(), radix: 16).flatMap(Unicode.Scalar.init) }
            guard let character = scalars.first, let smallest = scalars.min() else { continue }
            first[character] = smallest
        }
        if first.isEmpty { return nil }
    }

    /// A name in which every character is the first of its kind, small letters and no blanks: for comparing only.
    func folded(_ name: String) -> String {
        String(
            String.UnicodeScalarView(
                name.lowercased().unicodeScalars.filter { $0 != " " && $0 != "·" }.map { first[$0] ?? $0 }))
    }
}
