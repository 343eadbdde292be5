// A bundle must be the same bytes every time it is built, or a resend is not a resend. JSONEncoder promises no key
// order and writes 36.5 as it pleases, so the few shapes FHIR needs are written here, in the order given.

import Vitals

/// A JSON value whose keys stay in the order they were written.
///
///     let code: JSON = ["coding": [["system": "http://loinc.org", "code": "8867-4"]]]
package enum JSON: Hashable, Sendable {
    case object([Member])
    case array([JSON])
    case text(String)
    /// Written as it stands: `36.5` keeps its digits.
    case number(String)

    /// One key of an object.
    package struct Member: Hashable, Sendable {
        package var key: String
        package var value: JSON
    }

    /// The value on one line without spaces, as UTF-8.
    package var bytes: [UInt8] {
        var out: [UInt8] = []
        append(to: &out)
        return out
    }

    private func append(to out: inout [UInt8]) {
        switch self {
        case .text(let text): out += Array(JSONLine.quoted(text).utf8)
        case .number(let digits): out += Array(digits.utf8)
        case .array(let items): JSON.join(items, "[", "]", &out) { $0.append(to: &$1) }
        case .object(let members):
            JSON.join(members, "{", "}", &out) { member, out in
                out += Array(JSONLine.quoted(member.key).utf8)
                out.append(UInt8(ascii: ":"))
                member.value.append(to: &out)
            }
        }
    }

    private static func join<Item>(
        _ items: [Item], _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ out: inout [UInt8],
        _ write: (Item, inout [UInt8]) -> Void
    ) {
        out.append(UInt8(ascii: opening))
        for (index, item) in items.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            write(item, &out)
        }
        out.append(UInt8(ascii: closing))
    }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral {
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member(key: $0.0, value: $0.1) })
    }

    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(stringLiteral value: String) { self = .text(value) }
}

extension JSON {
    /// This object with the members of another behind its own, and in the place of those of the same name.
    package func with(_ more: JSON) -> JSON {
        guard case .object(let mine) = self, case .object(let theirs) = more else { return self }
        return .object(mine.filter { member in !theirs.contains { $0.key == member.key } } + theirs)
    }
}
