// The conversation, the settling and the simulation of a profile as they are written.
import Vitals

struct ExchangeFile: Decodable {
    var open, start, stop: [AskFile]?
    /// Said to a quiet device every so many seconds.
    var every: EveryFile?
    var measure: MeasureFile?
    var saved: SavedFile?
    var download: DownloadFile?

    struct AskFile: Decodable {
        var send: String
        var expect: [String]
        var within: Double
        var tries: Int?
    }
    struct EveryFile: Decodable {
        var seconds: Double
        var send: String
        var expect: [String]
        var within: Double
        /// Only while a measurement runs: for live pressure that is asked for.
        var whileMeasuring: Bool?
    }
    struct MeasureFile: Decodable {
        var `while`: [String]
        var until: [String]
        var within: Double
        var atLeast: Double
        /// Said once the device has said that it is done, for results that are asked for.
        var then: ThenFile?
    }
    struct ThenFile: Decodable {
        var after: String
        /// Seconds between the two.
        var wait: Double?
        var send: String
        var expect: [String]
        var within: Double
        var tries: Int?
    }
    struct SavedFile: Decodable {
        var after: String
        var send: String
    }
    struct DownloadFile: Decodable {
        /// Answered by a message that gives `recordCount`.
        var count: AskFile
        /// Asked for each record; the number `index` of what is sent says which. Absent where the records follow the
        /// count by themselves.
        var record: [AskFile]?
        /// The index of the first record.
        var from: Int?
        /// The answer that says: no such record.
        var none: String?
    }
}

/// `settle` of a profile; spreads in the vital's own small units.
struct SettleFile: Decodable {
    var steady: Int
    var lasting: Double?
    var within: Double
    var gone: Int?
    var percent, pulse, grams, centiCelsius: Int?
    /// Grams, or hundredths of a degree.
    var empty: Int?
}

struct SimulateFile: Decodable {
    /// Seconds of one measurement, or of a finger in the device.
    var lasts: Double
    var every: Double?
    /// The message of the live pressure.
    var rising: String?
    var to: Int?
    /// The error code played by `--fault error-frame`.
    var error: String?
    var stream: StreamFile?
    /// So many records stand in its memory.
    var memory: Int?

    struct StreamFile: Decodable {
        var message: String
        /// Numbers of every sample beside the vital's own: flags of a device that is sure of its value.
        var numbers: [String: Int]?
        /// What it sends with nobody there; a device without it is mute then.
        var absent: AbsentFile?
    }
    struct AbsentFile: Decodable {
        var message: String
        /// null for a number that says *no value*.
        var numbers: [String: Int?]?
    }
}

/// `0`, or `[1, 2]`.
struct OneOrMany: Decodable {
    var numbers: [Int]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let one = try? container.decode(Int.self) {
            numbers = [one]
        } else {
            numbers = try container.decode([Int].self)
        }
    }
}
