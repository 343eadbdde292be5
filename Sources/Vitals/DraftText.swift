// A half-filled page outlives the screen it stood on: it is kept as text, and read again by a program that may be newer.

import FoundationEssentials

/// A value as the text of a draft: one line of JSON with sorted keys, so that equal values are equal texts.
package enum DraftText {
    /// nil where the value cannot be written, as a number that is none.
    package static func text(of value: some Encodable) -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// nil where the text is of another shape, as an older program's.
    package static func value<Value: Decodable>(_ type: Value.Type, from text: String) -> Value? {
        try? JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
