// Where each key of a JSON5 text stands. The platform's decoder gives no lines and hides repeated keys, so the text is
// walked once more, for keys only: strings, comments and brackets are understood, values are stepped over.

/// A key as it is written.
struct WrittenKey {
    var parent: String
    var name: String
    var line: Int
    var path: String { parent.isEmpty ? name : "\(parent).\(name)" }
}

/// Walks JSON5 and lists its keys. Lenient: what is not JSON5 at all the platform refuses before this list is read; it
/// does not say where, so the scan notes the line where it first found something else than it expected.
struct KeyScan {
    let bytes: [UInt8]
    var keys: [WrittenKey] = []
    private(set) var troubleLine: Int?
    private var index = 0
    private var line = 1
    private var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// The platform refuses deeper nesting (512); this bound only keeps the scan of such a text from overflowing.
    private static let deepest = 600

    /// Walks a whole text.
    mutating func text() {
        skipBlank()
        if peek != UInt8(ascii: "{"), peek != UInt8(ascii: "[") { trouble() }
        value(at: "")
        skipBlank()
        if peek != nil { trouble() }
    }

    private mutating func value(at path: String) {
        depth += 1
        defer { depth -= 1 }
        skipBlank()
        switch peek {
        case UInt8(ascii: "{") where depth < Self.deepest: object(at: path)
        case UInt8(ascii: "[") where depth < Self.deepest: list(at: path)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = string()
        default: if word().isEmpty { trouble() }
        }
    }

    private mutating func trouble() { troubleLine = troubleLine ?? line }

    private mutating func object(at path: String) {
        advance()
        while true {
            skipBlank()
            guard let byte = peek, byte != UInt8(ascii: "}") else { return close() }
            let (start, line) = (index, line)
            let isString = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
            let key = WrittenKey(parent: path, name: isString ? string() : word(), line: line)
            keys.append(key)
            if !skip(UInt8(ascii: ":")) || key.name.isEmpty { trouble() }
            value(at: key.path)
            if !skip(UInt8(ascii: ",")), peek != UInt8(ascii: "}") { trouble() }
            if index == start { advance() }
        }
    }

    private mutating func list(at path: String) {
        advance()
        for number in 0... {
            skipBlank()
            guard let byte = peek, byte != UInt8(ascii: "]") else { return close() }
            let start = index
            value(at: "\(path)[\(number)]")
            if !skip(UInt8(ascii: ",")), peek != UInt8(ascii: "]") { trouble() }
            if index == start { advance() }
        }
    }

    /// Steps over the closing bracket; the end of the text is none.
    private mutating func close() {
        if peek == nil { trouble() }
        advance()
    }

    private mutating func string() -> String {
        let quote = peek
        advance()
        let start = index
        while let byte = peek, byte != quote {
            // A string ends on its line, unless a backslash carries it over.
            if byte == UInt8(ascii: "\n") { trouble() }
            if byte == UInt8(ascii: "\\") { advance() }
            advance()
        }
        if peek == nil { trouble() }
        defer { advance() }
        return String(decoding: bytes[start..<min(index, bytes.count)], as: UTF8.self)
    }

    /// A bare key, a number, `true`: up to the next blank or punctuation.
    private mutating func word() -> String {
        let start = index
        while let byte = peek, byte > 0x20, !",:{}[]'\"/".utf8.contains(byte) { advance() }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    /// Steps over a mark; false when it does not stand there.
    private mutating func skip(_ wanted: UInt8) -> Bool {
        skipBlank()
        guard peek == wanted else { return false }
        advance()
        return true
    }

    private mutating func skipBlank() {
        while let byte = peek {
            if byte <= 0x20 {
                advance()
            } else if bytes[index...].starts(with: "//".utf8) {
                while let byte = peek, byte != UInt8(ascii: "\n") { advance() }
            } else if bytes[index...].starts(with: "/*".utf8) {
                while index < bytes.count, !bytes[index...].starts(with: "*/".utf8) { advance() }
                advance()
                advance()
            } else {
                return
            }
        }
    }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func advance() {
        guard index < bytes.count else { return }
        if bytes[index] == UInt8(ascii: "\n") { line += 1 }
        index += 1
    }
}
