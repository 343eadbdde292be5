// The parts of a message as they are written. Nothing is judged here; MessageLoading judges.
import Vitals

/// `'0D 1E'`, `"'RB"`, or an object with one of the kinds.
struct PartFile: Decodable {
    var constant: String?
    var u8, u16be, u16le, i16be, i16le, u32le: String?
    var digits, decimal, bcd, text, unknown: Int?
    var rest: String?
    /// A name or a constant, and how many bits.
    var bits: [BitsFile]?
    /// Which part of a number that stands in several pieces comes first; the high one where nothing is said.
    var first: CheckFile.Half?
    /// The modifiers of the numbers in `bits`.
    var of: [String: NumberFile]?
    var name: String?
    var at: Int?
    /// Modifiers of a number.
    var number = NumberFile()
    var usually: String?
    var secret: Bool?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case u8, u16be, u16le, i16be, i16le, u32le, digits, decimal, bcd, text, unknown, rest, bits, first, of, at,
            usually,
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
        decimal = try part.decodeIfPresent(Int.self, forKey: .decimal)
        bcd = try part.decodeIfPresent(Int.self, forKey: .bcd)
        text = try part.decodeIfPresent(Int.self, forKey: .text)
        unknown = try part.decodeIfPresent(Int.self, forKey: .unknown)
        rest = try part.decodeIfPresent(String.self, forKey: .rest)
        name = try part.decodeIfPresent(String.self, forKey: .name)
        bits = try part.decodeIfPresent([BitsFile].self, forKey: .bits)
        first = try part.decodeIfPresent(CheckFile.Half.self, forKey: .first)
        of = try part.decodeIfPresent([String: NumberFile].self, forKey: .of)
        at = try part.decodeIfPresent(Int.self, forKey: .at)
        number = try NumberFile(from: decoder)
        usually = try part.decodeIfPresent(String.self, forKey: .usually)
        secret = try part.decodeIfPresent(Bool.self, forKey: .secret)
    }
}

/// What may be said of any number.
struct NumberFile: Decodable {
    var plus, atLeast: Int?
    /// A power of ten: what one count of it is.
    var unit: Double?
    var `as`: Notation?
    /// Values that say *no value*.
    var missingWhen: SentinelsFile?
    /// For digits: what may stand in front of them besides zeros.
    var pad: String?
    /// For written numbers: texts that say *no value*.
    var missing: FillersFile?

    enum Notation: String, Decodable, CaseIterable { case hex }
}

/// `['pulse', 7]`, `[1, 1]`.
struct BitsFile: Decodable {
    var name: String?
    var constant: Int?
    var width: Int

    private enum What: Decodable {
        case name(String)
        case constant(Int)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int.self) {
                self = .constant(number)
            } else {
                self = .name(try container.decode(String.self))
            }
        }
    }

    init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        switch try pair.decode(What.self) {
        case .name(let name): self.name = name
        case .constant(let constant): self.constant = constant
        }
        width = try pair.decode(Int.self)
        guard pair.isAtEnd else {
            throw DecodingError.dataCorruptedError(in: pair, debugDescription: "a name or a constant, and its bits")
        }
    }
}

/// `[511]`, or with its class `{ '511': 'noSignal' }`.
struct SentinelsFile: Decodable {
    var classes: [String: NoValueClass]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let plain = try? container.decode([Int].self) {
            classes = plain.reduce(into: [:]) { $0[String($1)] = .noSignal }
        } else {
            classes = try container.decode([String: NoValueClass].self)
        }
    }
}

/// `'-'`, or with its class `{ 'HI ': 'aboveRange' }`.
struct FillersFile: Decodable {
    var classes: [String: NoValueClass]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let plain = try? container.decode(String.self) {
            classes = [plain: .noSignal]
        } else {
            classes = try container.decode([String: NoValueClass].self)
        }
    }
}

/// `pairs { between: ' ', equals: '=', needs: [...], keys: { SPO2: { is: 'percent', form: '000', suffix: '%' } } }`.
struct PairsFile: Decodable {
    var between, equals: String
    var needs: [String]?
    var keys: [String: PairKeyFile]
    /// The whole list when nothing is known; else the keys with their forms, in the order in which they are written.
    var usually: String?
}

struct PairKeyFile: Decodable {
    var name: String
    /// `000`, `00.00`, `hex` or `text`.
    var form: String
    var suffix: String?
    var secret: Bool?
    var number = NumberFile()

    private enum CodingKeys: String, CodingKey {
        case form, suffix, secret
        case name = "is"
    }

    init(from decoder: any Decoder) throws {
        let key = try decoder.container(keyedBy: CodingKeys.self)
        name = try key.decode(String.self, forKey: .name)
        form = try key.decode(String.self, forKey: .form)
        suffix = try key.decodeIfPresent(String.self, forKey: .suffix)
        secret = try key.decodeIfPresent(Bool.self, forKey: .secret)
        number = try NumberFile(from: decoder)
    }
}
