// The profile as it is written: one Decodable shape a section, in the words of Devices/README.md. Nothing is judged
// here; DeviceProfile and its tables judge, and answer with the path of what is wrong.
import Vitals

/// `Devices/<maker>-<model>/profile.json5`.
struct ProfileFile: Decodable {
    var profile: Int
    var name: String
    var kind: InstrumentKind
    var grade: EvidenceGrade
    var vital: VitalKind?
    var shows: Shows?
    /// Seconds after opening in which a result may be an older visitor's.
    var startUp: Double?
    var line: LineDefaults
    /// Absent where the decoder brings an envelope of its own.
    var frames: FramesFile?
    /// The named Swift decoder; `messages` otherwise.
    var decoder: NamedDecoder?
    /// Tried in the order in which they are written.
    var messages: [String: MessageFile]?
    var limits: [String: [Int]]?
    var errors: [String: ErrorFile]?
    var exchange: ExchangeFile?
    var simulate: SimulateFile?
    var print: PrintFile?

    /// The error codes, ready to be reported.
    var faults: [String: DeviceFault] {
        (errors ?? [:]).reduce(into: [:]) { faults, error in
            let meaning = LocalizedText(error.value.zh, en: error.value.en)
            faults[error.key] = .deviceError(code: error.key, meaning: meaning, kind: error.value.kind)
        }
    }
}

/// What a printer is loaded with and knows: `print: { paper: 58, characters: 'GB2312' }`.
package struct PrintFile: Hashable, Sendable, Decodable {
    package var paper: PaperWidth
    package var characters: PrinterCharacters
}

struct FramesFile: Decodable {
    var shape: Shape
    // line
    var end: [String]?
    // counted
    var start: StartFile?
    var fixed: [String: String]?
    var countAt: Int?
    var countWidth: Int?
    var countPlus: Int?
    var shortest: Int?
    var trim: [Int]?
    var check: CheckFile?
    // both
    var longest: Int
    /// What may stand between frames without being a sign of a wrong baud rate.
    var between: Between?

    enum Shape: String, Decodable { case line, counted }
    enum Between: String, Decodable { case text }
    struct StartFile: Decodable { var device: String, host: String }
}

struct CheckFile: Decodable {
    var kind: Kind
    var from: Int
    var to: Int
    var at: Int

    enum Kind: String, Decodable { case xor }
}

struct MessageFile: Decodable {
    var from: Side?
    var gives: Gives?
    /// For `wrongFormat`: what is set wrongly.
    var says: String?
    var parts: [PartFile]

    enum Side: String, Decodable { case device, host }
    enum Gives: String, Decodable { case bloodPressure, cuffPressure, deviceError, wrongFormat }
}

/// `'0D 1E'`, `"'RB"`, or an object with one of the kinds.
struct PartFile: Decodable {
    var constant: String?
    var u8, u16be, u16le, i16be, i16le, u32le: String?
    var digits, text, unknown: Int?
    var rest: String?
    var name: String?
    var plus, atLeast, at: Int?
    var `as`: Notation?
    var usually: String?
    var secret: Bool?

    enum Notation: String, Decodable { case hex }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case u8, u16be, u16le, i16be, i16le, u32le, digits, text, unknown, rest, plus, atLeast, at, `as`, usually,
            secret
        case name = "is"
    }

    init(from decoder: any Decoder) throws {
        if let constant = try? decoder.singleValueContainer().decode(String.self) {
            self.constant = constant
            return
        }
        let part = try decoder.container(keyedBy: CodingKeys.self)
        u8 = try part.decodeIfPresent(String.self, forKey: .u8)
        u16be = try part.decodeIfPresent(String.self, forKey: .u16be)
        u16le = try part.decodeIfPresent(String.self, forKey: .u16le)
        i16be = try part.decodeIfPresent(String.self, forKey: .i16be)
        i16le = try part.decodeIfPresent(String.self, forKey: .i16le)
        u32le = try part.decodeIfPresent(String.self, forKey: .u32le)
        digits = try part.decodeIfPresent(Int.self, forKey: .digits)
        text = try part.decodeIfPresent(Int.self, forKey: .text)
        unknown = try part.decodeIfPresent(Int.self, forKey: .unknown)
        rest = try part.decodeIfPresent(String.self, forKey: .rest)
        name = try part.decodeIfPresent(String.self, forKey: .name)
        plus = try part.decodeIfPresent(Int.self, forKey: .plus)
        atLeast = try part.decodeIfPresent(Int.self, forKey: .atLeast)
        at = try part.decodeIfPresent(Int.self, forKey: .at)
        `as` = try part.decodeIfPresent(Notation.self, forKey: .as)
        usually = try part.decodeIfPresent(String.self, forKey: .usually)
        secret = try part.decodeIfPresent(Bool.self, forKey: .secret)
    }
}

struct ErrorFile: Decodable {
    var zh: String
    var en: String
    var kind: FaultKind
}

struct ExchangeFile: Decodable {
    var open, start, stop: [AskFile]?
    var measure: MeasureFile?
    var saved: SavedFile?

    struct AskFile: Decodable {
        var send: String
        var expect: [String]
        var within: Double
        var tries: Int?
    }
    struct MeasureFile: Decodable {
        var `while`: [String]
        var until: [String]
        var within: Double
        var atLeast: Double
    }
    struct SavedFile: Decodable {
        var after: String
        var send: String
    }
}

struct SimulateFile: Decodable {
    /// Seconds of one measurement.
    var lasts: Double
    var every: Double?
    /// The message of the live pressure.
    var rising: String?
    var to: Int?
    /// The error code played by `--fault error-frame`.
    var error: String?
}
