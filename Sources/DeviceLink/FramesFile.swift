// `frames` of a profile as it is written. Nothing is judged here; FramingFile judges.

struct FramesFile: Decodable {
    var shape: Shape
    /// What the host says stands without any frame: its messages hold every byte.
    var host: Host?
    // line: a list; block: one mark
    var end: OneOrMore?
    // counted, block, fixed
    var start: SidesFile?
    var fixed: [String: String]?
    var trim: [Int]?
    // counted
    var countAt: Int?
    var countWidth: Int?
    var countPlus: Int?
    var shortest: Int?
    // block
    var after: Int?
    // marked, fixed
    var length: Int?
    // digitsBetween
    var mark: String?
    var lengths: [Int]?
    // all that have one
    var check: CheckFile?
    /// Not for the shapes whose length is known.
    var longest: Int?
    /// What may stand between frames without being a sign of a wrong baud rate.
    var between: Between?

    enum Shape: String, Decodable, CaseIterable { case line, counted, block, marked, digitsBetween, fixed, reply }
    enum Host: String, Decodable, CaseIterable { case bare }
    enum Between: String, Decodable, CaseIterable { case text }
}

/// The same for both, or one for each: `'16 16'`, `{ device: 'AA 80', host: 'CC 80' }`.
struct SidesFile: Decodable {
    var device: String
    var host: String

    private enum CodingKeys: String, CodingKey { case device, host }

    init(from decoder: any Decoder) throws {
        if let both = try? decoder.singleValueContainer().decode(String.self) {
            (device, host) = (both, both)
            return
        }
        let sides = try decoder.container(keyedBy: CodingKeys.self)
        device = try sides.decode(String.self, forKey: .device)
        host = try sides.decode(String.self, forKey: .host)
    }
}

/// `'03'` or `['0D 0A', '0D']`.
struct OneOrMore: Decodable {
    var texts: [String]
    var isList: Bool

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let one = try? container.decode(String.self) {
            (texts, isList) = ([one], false)
        } else {
            (texts, isList) = (try container.decode([String].self), true)
        }
    }
}

struct CheckFile: Decodable {
    var kind: CheckKind
    var from: Int
    var to: Int
    var at: Int
    var `as`: CheckRule.Notation?
    /// Counted over the bytes that pairs of hex digits say.
    var over: Over?
    /// Of two bytes, which stands first; the high one where nothing is said.
    var first: Half?
    /// For crc16, in hex.
    var poly, initial: String?
    /// Other ways to count it; accepted, never sent.
    var or: [CheckFile]?

    enum Over: String, Decodable, CaseIterable { case hex }
    enum Half: String, Decodable, CaseIterable { case high, low }
    private enum CodingKeys: String, CodingKey {
        case kind, from, to, at, `as`, over, first, poly, or
        case initial = "init"
    }
}
