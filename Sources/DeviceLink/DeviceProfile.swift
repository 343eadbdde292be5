// One description, four uses: decode, encode, simulate, document. A profile is data; everything it can get wrong is
// refused here, at load, with file, path and hint, so that nothing behind this file has to doubt its tables.
import Vitals

/// What is wrong in a profile, and where.
package typealias ProfileError = StrictJSON5Error

/// What kind of instrument it is.
package enum InstrumentKind: String, Hashable, Sendable, Decodable, CaseIterable {
    case bloodPressureMonitor
    /// A cuff of somebody's own, whose memory is read out.
    case homeMonitor
    case oximeter, scale, stadiometer, thermometer, glucoseMeter
    /// A radio that speaks for many wristbands.
    case wristbandRadio
    /// A bridge that hands on what watches send to a server.
    case watchBridge
    /// Resident cards, tags, printed codes: they open a visit and measure nothing.
    case cardReader, tagReader, codeScanner
    /// Puts slips of paper out.
    case printer
    /// Sends texts over the telephone network.
    case modem

    /// What such a reader reads; nil for everything else.
    package var reads: IdentityKind? {
        switch self {
        case .cardReader: .card
        case .tagReader: .tag
        case .codeScanner: .code
        default: nil
        }
    }

    /// It speaks for many wearers.
    package var gathersBands: Bool { self == .wristbandRadio || self == .watchBridge }

    /// Whether it belongs to a chair, or to the whole hut.
    package var isAtStation: Bool { !gathersBands && self != .modem }

    /// Whether somebody measures with it at a station.
    var isMeasuring: Bool { isAtStation && reads == nil && self != .printer }
}

/// How well the protocol is known (Devices/README.md): A two sources and a real frame … D fragments.
package enum EvidenceGrade: String, Hashable, Sendable, Decodable, CaseIterable { case A, B, C, D }

/// How the beginning of a measurement becomes known.
package enum Shows: String, Hashable, Sendable, Decodable, CaseIterable {
    /// The hut starts it, or hears it start.
    case start
    /// Nothing is heard before the result; the resident is asked *was it you?*
    case result
}

/// The line settings the maker ships, for where the hut's settings say nothing.
package struct LineDefaults: Hashable, Sendable, Decodable {
    package var baud: Int
    /// 7 or 8 data bits.
    package var data: Int
    package var parity: Parity
    package var stop: Int
    /// DTR and RTS raised on opening; nil where nobody has said.
    package var dtr, rts: Bool?
    /// Baud rates also met in the field.
    package var alsoSeen: [Int]?
    /// USB ids of the cable's chip, `067b:23c3`, `1a86:*`: they name the cable, never the instrument.
    package var cables: [String]?

    package enum Parity: String, Hashable, Sendable, Decodable, CaseIterable { case none, even, odd }
}

/// One instrument as its folder describes it: `Devices/<maker>-<model>/profile.json5`.
package struct DeviceProfile: Sendable {
    package let name: String
    package let kind: InstrumentKind
    package let grade: EvidenceGrade
    /// The vital it measures at a station; nil for a radio or bridge, which carries several and hangs at no station.
    package let vital: VitalKind?
    /// Means something for instruments of a station only; `result` for a radio.
    package let shows: Shows
    /// A measurement takes at least so long: what comes sooner after the asking began before it.
    package let measureAtLeast: Duration
    /// Without a result after so long the measurement has failed.
    package let measureWithin: Duration
    /// A result this soon after opening may be the last visitor's (blood-pressure-devices 5.4).
    package let startUpWindow: Duration
    package let line: LineDefaults
    /// The paper and the characters of a printer; nil for everything else.
    package let print: PrintFile?
    /// Known from so little that the settings must say `thin: true` before the hut opens its line.
    package let isThin: Bool

    let framing: Framing
    let language: MessageLanguage
    /// For a dialect; a table holds its own.
    let limits: Limits
    package let errors: [String: DeviceFault]
    /// When a stream has settled; nil for a device without one.
    let settle: SettleRule?
    let simulate: SimulateFile?

    /// The class of evidence of its readings, when a resident uses it at a station.
    package var source: SourceClass {
        switch kind {
        case .bloodPressureMonitor: .cuffStation
        case .homeMonitor: .cuffHome
        case .oximeter: .oximeter
        case .scale, .stadiometer: .scale
        case .thermometer: .thermometer
        case .glucoseMeter: .glucometer
        case .wristbandRadio, .watchBridge: .wearable
        // They measure nothing; were a reading to come, a person would have to look at it.
        case .cardReader, .tagReader, .codeScanner, .printer, .modem: .manual
        }
    }

    /// A finger is seen to come and to go, somebody to step on and off.
    package var showsPresence: Bool { settle != nil }

    /// Whether the settings may allow the hut to start a measurement.
    package var canBeStarted: Bool {
        switch language {
        case .table(let table): !table.exchange.start.isEmpty
        case .dialect(let dialect): dialect.canBeStarted
        }
    }

    /// Reads a profile; `file` is for messages.
    package static func load(json5 bytes: [UInt8], file: String) throws(ProfileError) -> DeviceProfile {
        let text = StrictJSON5(bytes, file: file)
        let written = try text.decode(ProfileFile.self)
        let refuse = Refusal(text: text)
        guard written.profile == 1 else {
            throw refuse("profile", "version \(written.profile) is not known", hint: "this program reads version 1")
        }
        return try DeviceProfile(written, refuse: refuse)
    }

    private init(_ written: ProfileFile, refuse: Refusal) throws(ProfileError) {
        (name, kind, grade, vital, line) = (written.name, written.kind, written.grade, written.vital, written.line)
        try DeviceProfile.check(written.line, refuse: refuse)
        framing = try Framing(written, refuse: refuse)
        settle = try written.settle.map { file throws(ProfileError) in try SettleRule(file, refuse) }
        limits = try Limits(written.limits ?? [:], refuse)
        errors = written.faults
        if let decoder = written.decoder {
            try decoder.refuseTable(in: written, refuse: refuse)
            language = .dialect(decoder.dialect)
        } else {
            language = .table(try MessageTable.load(written, framing: framing, refuse: refuse))
        }
        guard kind.reads == nil || vital == nil else {
            throw refuse("vital", "a reader of cards, tags or codes measures nothing", hint: "remove vital")
        }
        try DeviceProfile.check(streams: language, settle, refuse: refuse)
        // A memory is read out whenever the device shows up; nobody measures with it here.
        let isMemory = written.exchange?.download != nil || written.decoder?.dialect.isMemory == true
        let isMeasuring = kind.isMeasuring && !isMemory
        guard !isMeasuring || (vital != nil && written.shows != nil && written.exchange?.measure != nil)
        else {
            throw refuse(
                "kind", "an instrument of a station needs vital, shows and exchange.measure",
                hint: "say what it measures, whether its start can be heard, and how long it takes")
        }
        shows = written.shows ?? .result
        measureAtLeast = .seconds(fraction: written.exchange?.measure?.atLeast ?? 0)
        measureWithin = .seconds(fraction: written.exchange?.measure?.within ?? 0)
        startUpWindow = .seconds(fraction: written.startUp ?? 0)
        simulate = written.simulate
        print = written.print
        guard (kind == .printer) == (print != nil) else {
            throw refuse(
                "print", "belongs to a printer, and to every printer",
                hint: "print: { paper: 58, characters: 'GB2312' }")
        }
        isThin = written.thin == true
    }

    /// Samples without a rule would never settle, a rule without samples never be used.
    private static func check(
        streams language: MessageLanguage, _ settle: SettleRule?, refuse: Refusal
    ) throws(ProfileError) {
        let hasStream =
            switch language {
            case .table(let table): table.messages.contains { $0.gives.isSample }
            case .dialect(let dialect): dialect.isStream
            }
        guard hasStream == (settle != nil) else {
            throw refuse(
                "settle", hasStream ? "missing: a sample alone is never a reading" : "no message is a stream",
                hint: "settle and stream: true belong together")
        }
    }

    private static func check(_ line: LineDefaults, refuse: Refusal) throws(ProfileError) {
        guard (110...1_000_000).contains(line.baud) else {
            throw refuse("line.baud", "\(line.baud) is no baud rate", hint: "110 to 1000000")
        }
        guard [7, 8].contains(line.data) else {
            throw refuse("line.data", "\(line.data) data bits cannot be", hint: "7 or 8")
        }
        guard [1, 2].contains(line.stop) else {
            throw refuse("line.stop", "\(line.stop) stop bits cannot be", hint: "1 or 2")
        }
    }
}

/// How the bytes inside a frame are understood: by a table, or by a named Swift decoder.
enum MessageLanguage: Sendable {
    case table(MessageTable)
    case dialect(any Dialect)
}

/// Makes the errors of one profile.
struct Refusal {
    let text: StrictJSON5

    func callAsFunction(_ path: String, _ problem: String, hint: String) -> ProfileError {
        text.error(at: path, problem, hint: hint)
    }

    /// `'AA 80'` as bytes, `"'RB"` as its text.
    func bytes(_ written: String, at path: String) throws(ProfileError) -> [UInt8] {
        if written.first == "'" { return Array(written.utf8.dropFirst()) }
        guard let bytes = HexText.bytes(in: written), !bytes.isEmpty else {
            throw self(
                path, "`\(written)` is not hex", hint: "pairs of hex digits as in 'AA 80', or text as in \"'RB\"")
        }
        return bytes
    }
}

extension Duration {
    /// A span written as `0.2` seconds, to the millisecond.
    static func seconds(fraction: Double) -> Duration { .milliseconds(Int((fraction * 1_000).rounded())) }
}
