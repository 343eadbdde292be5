// Who somebody says to be, as a reader hears it: a resident's card, a hut's tag, a code on paper. The content of such a
// token is the person's own: it goes from the reader to a keyed digest and no further. So nothing here can be written
// down by accident: a token is not Codable, and every way of printing it gives its kind only.

/// How a resident can be known without typing a number. The words are in the ledger for ever.
package enum IdentityKind: String, Hashable, Sendable, Codable, CaseIterable { case card, tag, code }

/// What a reader read.
package enum IdentityToken: Hashable, Sendable {
    case residentCard(IdentityCard)
    /// A 125 kHz tag by the ten digits printed on it, which name its last four bytes: `0006547886`.
    case tag(String)
    /// The text of a bar code or QR code, without suffix and code id.
    case code(String)

    package var kind: IdentityKind {
        switch self {
        case .residentCard: .card
        case .tag: .tag
        case .code: .code
        }
    }

    /// What the ledger makes its digest of.
    package var content: String {
        switch self {
        case .residentCard(let card): card.number.text
        case .tag(let digits): digits
        case .code(let text): text
        }
    }

    /// The last four characters, by which a person tells one card from another; empty where they would be too much of it.
    package var ends: String { content.count < 8 ? "" : String(content.suffix(4)) }
}

extension IdentityToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "a \(kind.rawValue)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// What the hut takes from a resident's card: no address, no ethnic group, no photo.
package struct IdentityCard: Hashable, Sendable {
    package var number: CardNumber
    package var name: String
    package var sex: Sex?
    package var birth: LocalDay?

    package init(number: CardNumber, name: String, sex: Sex? = nil, birth: LocalDay? = nil) {
        (self.number, self.name, self.sex, self.birth) = (number, name, sex, birth)
    }
}

extension IdentityCard: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "a card" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// The number of an identity card, its check digit right.
package struct CardNumber: Hashable, Sendable {
    /// 18 characters, `X` in capitals; 15 of a foreigner's permit of 2017.
    package let text: String

    /// A resident's number (GB 11643-1999): seventeen digits and the check character, the birth day a real one. Accepts
    /// `x` and full-width digits, as input methods write them.
    package init?(_ written: String) {
        let plain = written.unicodeScalars.map { scalar -> Character in
            let isFullWidth = (0xFF01...0xFF5E).contains(scalar.value)
            return Character(isFullWidth ? Unicode.Scalar(UInt8(scalar.value - 0xFEE0)) : scalar)
        }
        let characters = plain.map { $0 == "x" ? "X" : $0 }
        let digits = characters.prefix(17).compactMap { $0.isASCII ? $0.wholeNumberValue : nil }
        guard characters.count == 18, digits.count == 17 else { return nil }
        let sum = zip(digits, CardNumber.weights).reduce(0) { $0 + $1.0 * $1.1 }
        guard characters[17] == CardNumber.checks[sum % 11] else { return nil }
        text = String(characters)
        guard birth != nil else { return nil }
    }

    /// The number of a foreigner's permit of 2017: three letters and twelve digits. How its last digit is a check is not
    /// known (??), so it is not looked at.
    package init?(foreigner written: String) {
        guard written.utf8.count == 15, written.utf8.prefix(3).allSatisfy({ (0x41...0x5A).contains($0) }),
            written.utf8.dropFirst(3).allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        text = written
    }

    /// Digits 7 to 14; nil for a permit of 15 characters.
    package var birth: LocalDay? {
        guard text.utf8.count == 18, let number = Int(text.dropFirst(6).prefix(8)) else { return nil }
        return LocalDay(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    /// The seventeenth digit, odd for a man; nil for a permit of 15 characters.
    package var sex: Sex? {
        guard text.utf8.count == 18, let digit = text.dropFirst(16).first?.wholeNumberValue else { return nil }
        return digit % 2 == 1 ? .male : .female
    }

    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checks = Array("10X98765432")
}

extension CardNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "a card number" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// A token as the ledger knows it: HMAC-SHA-256 under the identity key. Says nothing of its owner to whoever has not
/// the key.
package struct IdentityDigest: Hashable, Sendable, Codable {
    /// 32 bytes.
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) { self.bytes = bytes }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let digits = try container.decode(String.self).compactMap(\.hexDigitValue)
        guard digits.count == 64 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not 64 hexadecimal digits")
        }
        bytes = (0..<32).map { UInt8(digits[$0 * 2] << 4 | digits[$0 * 2 + 1]) }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
    }
}

/// A card, tag or code that stands for a resident.
package struct IdentityLink: Hashable, Sendable, Codable {
    package var kind: IdentityKind
    package var digest: IdentityDigest
    /// The last four characters, for people.
    package var ends: String

    package init(kind: IdentityKind, digest: IdentityDigest, ends: String) {
        (self.kind, self.digest, self.ends) = (kind, digest, ends)
    }
}

/// A hut's own code, on a slip of paper: `HH1:` and 128 random bits as 32 capital hexadecimal digits, so that a printer
/// packs them tightly into a QR code (letters and digits only). It means nothing outside the hut that gave it.
package struct HutCode: Hashable, Sendable {
    package let text: String

    private static let mark = "HH1:"

    /// - Parameter random: the system's generator, which on Linux is `getrandom`.
    package init(using random: inout some RandomNumberGenerator) {
        let bits = (0..<2).map { _ in String(random.next() as UInt64, radix: 16, uppercase: true) }
        text = HutCode.mark + bits.map { String(repeating: "0", count: 16 - $0.count) + $0 }.joined()
    }

    /// A code as it was read; nil for anything else.
    package init?(_ text: String) {
        let digits = text.utf8.dropFirst(HutCode.mark.utf8.count)
        guard text.hasPrefix(HutCode.mark), digits.count == 32,
            digits.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x46).contains($0) })
        else { return nil }
        self.text = text
    }

    package var token: IdentityToken { .code(text) }
}

extension HutCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "a code" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
