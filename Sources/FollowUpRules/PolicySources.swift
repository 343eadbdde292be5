// Where a number comes from, as a set of the keys of clinical-rules section 6: a key that is not among them is a slip of
// the pen and is refused. A set of bits and not a text, because rules take numbers in hand for every reading.

/// The documents behind one number.
package struct PolicySources: OptionSet, Hashable, Sendable, Decodable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The keys, in the order in which they are written. HUT is our own choice, ADA the American levels of
    /// hypoglycaemia, CLINICIAN a limit that somebody set for one person.
    package static let keys = [
        "NORM3", "NORM3b", "NORM3-DM", "ELD", "G24", "G25", "NETEASE25", "EVID71", "P19", "WST872", "NHC2022", "FORMS",
        "DMG", "NEWS2", "SPO2", "ADA", "WHO21", "ESC24", "AHA25", "CHEP17", "ESH-CUFFLESS", "ESH-CUFFLESS23", "CN-WEAR",
        "HZ-BAND", "BIHS-AF", "AF-META", "STRIDE", "SIMPLE-S", "SIMPLE-A", "HUT", "CLINICIAN",
    ]

    /// `NORM3 FORMS`.
    package var text: String {
        PolicySources.keys.indices.filter { rawValue & (1 << UInt64($0)) != 0 }.map { PolicySources.keys[$0] }
            .joined(separator: " ")
    }

    /// The set written as keys with spaces between; nil where one is not known, or none is written.
    package init?(text: String) {
        let words = text.split(separator: " ")
        let places = words.compactMap { word in PolicySources.keys.firstIndex { $0 == word } }
        guard !words.isEmpty, places.count == words.count else { return nil }
        self.init(rawValue: places.reduce(0) { $0 | (1 << UInt64($1)) })
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let known = PolicySources(text: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription:
                    "a source that is not known; the keys are \(PolicySources.keys.joined(separator: ", "))")
        }
        self = known
    }
}
