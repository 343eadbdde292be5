// What a slip needs of the system: the characters of its printer's own set, as bytes.

import DeviceLink
import Glibc
import Vitals

/// Characters as a printer's encoding has them.
final class PrinterEncoding {
    private let converter: CharacterConverter?
    private var known: [Character: [UInt8]?] = [:]

    /// An encoding this system does not have leaves ASCII.
    init(_ characters: PrinterCharacters) {
        converter = CharacterConverter(from: "UTF-8", to: characters.rawValue)
        if converter == nil {
            log(
                .warning,
                "no \(characters.rawValue) on this system: slips are drawn; hint: install libc-bin or the gconv modules"
            )
        }
    }

    /// The bytes of a character; nil for one the printer lacks.
    func bytes(of character: Character) -> [UInt8]? {
        if let ascii = character.asciiValue { return [ascii] }
        if let found = known[character] { return found }
        let bytes = converter?.convert(Array(String(character).utf8))
        known[character] = .some(bytes)
        return bytes
    }
}
