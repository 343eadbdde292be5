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
    var frames: FramesFile
    /// The named Swift decoder; `messages` otherwise.
    var decoder: NamedDecoder?
    /// Tried in the order in which they are written.
    var messages: [String: MessageFile]?
    var limits: [String: [Int]]?
    var errors: [String: ErrorFile]?
    var exchange: ExchangeFile?
    var simulate: SimulateFile?
}

/// A device protocol that needs a branch, and so is Swift.
enum NamedDecoder: String, Decodable { case meshtastic }

struct MessageFile: Decodable {
    var from: Side?
    var gives: Gives?
    /// For `wrongFormat`: what is set wrongly.
    var says: String?
    var parts: [PartFile]
    var pairs: PairsFile?
    /// For a device that checks some of its messages only.
    var check: CheckFile?

    enum Side: String, Decodable { case device, host }
    enum Gives: String, Decodable { case bloodPressure, cuffPressure, deviceError, wrongFormat }
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
