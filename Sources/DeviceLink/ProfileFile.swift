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
    /// The settings must say so too before the hut opens it.
    var thin: Bool?
    var line: LineDefaults
    /// Absent where the decoder brings an envelope of its own.
    var frames: FramesFile?
    /// The named Swift decoder; `messages` otherwise.
    var decoder: NamedDecoder?
    /// Tried in the order in which they are written.
    var messages: [String: MessageFile]?
    var limits: [String: [Double]]?
    var errors: [String: ErrorFile]?
    var exchange: ExchangeFile?
    var settle: SettleFile?
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

struct MessageFile: Decodable {
    var from: Side?
    var gives: Gives?
    /// For `wrongFormat`: what is set wrongly.
    var says: String?
    /// For `nothing`: why nobody reads it.
    var because: String?
    /// One sample of many; only what has settled is a reading.
    var stream: Bool?
    /// Numbers a sample must have, must not have bits of, should have; bits that mean nobody is there.
    var good, bad, best, absent: [String: OneOrMany]?
    /// A sample that never counts: the scale still swings.
    var doubted: Bool?
    /// It comes out of the device's memory.
    var memory: Bool?
    /// It says that there is no value, and why.
    var missing: NoValueClass?
    var meal: MealFile?
    var parts: [PartFile]
    var pairs: PairsFile?
    /// For a device that checks some of its messages only.
    var check: CheckFile?

    enum Side: String, Decodable, CaseIterable { case device, host }
    enum Gives: String, Decodable, CaseIterable {
        case bloodPressure, wearableBloodPressure, oxygenSaturation, pulseRate, temperature, surfaceTemperature
        case weight, height, glucose
        case cuffPressure, deviceError, wrongFormat, clock, recordCount, identity, nothing
    }
    struct MealFile: Decodable { var before, after, none: Int }
}

struct ErrorFile: Decodable {
    var zh: String
    var en: String
    var kind: FaultKind
}
