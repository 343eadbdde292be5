// The 256 bytes of text on a second-generation card: 128 UTF-16 units, little end first, every field at its place and
// padded with blanks. One character says which of three layouts it is. Kept whole, the text loses nothing; read, it
// gives no more than a hut needs: number, name, sex and birth day.
import Vitals

/// The text of a card as its chip holds it.
struct SamCardText: Hashable, Sendable {
    /// 128 UTF-16 units.
    private(set) var units: [UInt16]

    /// Bytes of the text in a reader's answer.
    static let length = 256

    /// - Parameter bytes: 256 of them; nil for another number.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count == SamCardText.length else { return nil }
        units = (0..<128).map { index in
            let at = bytes.startIndex + index * 2
            return UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8
        }
    }

    var bytes: [UInt8] { units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] } }

    /// Why a card's text is no card the hut can take.
    enum Refusal: Error, Hashable, Sendable {
        /// A layout that is not known well enough to read a person from it.
        case unknownLayout
        /// A field that cannot be, by its name; never its content.
        case implausible(field: String)
    }

    /// What the hut takes from it.
    func card() throws(Refusal) -> IdentityCard {
        guard let layout = Layout(type: units[Layout.type]) else { throw .unknownLayout }
        let written = text(layout.number)
        let number = layout == .foreigner ? CardNumber(foreigner: written) : CardNumber(written)
        guard let number else { throw .implausible(field: "number") }
        let names = layout.names.map(text)
        guard let name = names.first(where: { !$0.isEmpty }), name.unicodeScalars.allSatisfy(SamCardText.isWritten)
        else { throw .implausible(field: "name") }
        return IdentityCard(number: number, name: name, sex: sex(layout), birth: day(layout.birth))
    }

    private func text(_ field: Range<Int>) -> String {
        var written = units[field]
        while written.last == 0x20 || written.last == 0 { written.removeLast() }
        return String(decoding: written, as: UTF16.self)
    }

    private func sex(_ layout: Layout) -> Sex? {
        switch units[layout.sex] {
        case UInt16(ascii: "1"): .male
        case UInt16(ascii: "2"): .female
        default: nil
        }
    }

    private func day(_ field: Range<Int>) -> LocalDay? {
        guard let number = Int(text(field)) else { return nil }
        return LocalDay(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    /// Neither a control character nor half of a pair: it would be painted on a terminal.
    private static func isWritten(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && scalar.value != 0x7F && !(0x80...0x9F).contains(scalar.value) && scalar != "\u{FFFD}"
    }
}

extension SamCardText {
    /// A card's text with blanks wherever nothing is known; nil for a name or number that finds no room.
    init?(_ card: IdentityCard, layout: Layout = .resident) {
        units = [UInt16](repeating: 0x20, count: 128)
        units[Layout.type] = layout.rawValue
        let sex = card.sex.map { $0 == .male ? "1" : "2" } ?? "0"
        var fields = [(layout.number, card.number.text), (layout.names[0], card.name)]
        fields.append((layout.sex..<layout.sex + 1, sex))
        if let birth = card.birth {
            let (year, month, day) = birth.date
            fields.append((layout.birth, "\(year.padded(4))\(month.padded(2))\(day.padded(2))"))
        }
        for (field, text) in fields {
            let written = Array(text.utf16)
            guard written.count <= field.count else { return nil }
            units.replaceSubrange(field.prefix(written.count), with: written)
        }
    }

    /// Where the fields stand, in units, by the character in byte 248.
    enum Layout: UInt16, CaseIterable, Sendable {
        /// A resident of the mainland.
        case resident = 0x20
        /// A resident of Hong Kong, Macau or Taiwan: `J`.
        case strait = 0x4A
        /// A foreigner's permit of 2017: `I`.
        case foreigner = 0x49

        static let type = 124

        init?(type: UInt16) { self.init(rawValue: type) }

        var number: Range<Int> { self == .foreigner ? 61..<76 : 61..<79 }
        /// The first that is not blank: a foreigner's Chinese name before the English one.
        var names: [Range<Int>] { self == .foreigner ? [79..<94, 0..<60] : [0..<15] }
        var sex: Int { self == .foreigner ? 60 : 15 }
        var birth: Range<Int> { self == .foreigner ? 110..<118 : 18..<26 }
    }
}

extension UInt16 {
    fileprivate init(ascii scalar: Unicode.Scalar) { self = UInt16(UInt8(ascii: scalar)) }
}
