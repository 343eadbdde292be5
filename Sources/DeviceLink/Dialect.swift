// A device protocol that needs a branch, and so is Swift. A dialect is the four uses of a profile at once, like a table:
// it listens, it converses, it plays the device, it writes frames. Line, envelope, limits, error codes and the script of
// the simulator stay data in the profile. To add one: a file, a case of `NamedDecoder`, a row in its table.
import Vitals

/// What a named decoder knows of its device.
protocol Dialect: Sendable {
    /// An envelope that no `frames` of a profile can say; nil where the profile says it.
    var framing: Framing? { get }
    /// Understands the whole frames of one line.
    func listener(_ profile: DeviceProfile) -> any DialectListener
    /// The hut's side of the conversation.
    func talk(_ profile: DeviceProfile) -> any Talk
    /// The device's side. Refuses what the device cannot show.
    func player(_ profile: DeviceProfile, _ plan: SimulationPlan) throws(SimulationError) -> any Player
    /// The frames by which the device would give this reading; nil when it has none for it.
    func frames(of reading: DeviceReading) -> [UInt8]?
    /// Every fault its player knows; most begin with `SimulatedFault.ofEveryDevice`.
    var faults: Set<SimulatedFault> { get }
    /// Whether the settings may allow the hut to start a measurement.
    var canBeStarted: Bool { get }
    /// Whether its values are samples of a stream, so that the profile must say when they have settled.
    var isStream: Bool { get }
    /// Whether it only gives what it measured before, somewhere else.
    var isMemory: Bool { get }
}

extension Dialect {
    var framing: Framing? { nil }
    var canBeStarted: Bool { false }
    var isStream: Bool { false }
    var isMemory: Bool { false }
}

/// Understands frames, one after the other; holds the state of one line.
protocol DialectListener: Sendable {
    /// What has been counted beyond frames, noise and faults.
    var tally: Tally { get }
    /// Appends what a frame says; a message that says nothing to anybody appends nothing.
    mutating func hear(_ frame: ArraySlice<UInt8>, _ heard: inout [Heard]) -> Understanding
    /// The line opened anew: what came over an earlier one says nothing of this one.
    mutating func forget()
    /// Only a frame of the middle was kept: what stood before it is taken to have been as usual. For ledgers that were
    /// written when a result was kept without what names it.
    mutating func beginWithoutContext()
}

extension DialectListener {
    var tally: Tally { Tally() }
    mutating func beginWithoutContext() {}
}

/// What became of a whole frame.
enum Understanding: Sendable {
    /// A message, behind so many bytes of noise: only a line, which has no start mark, can have any.
    case message(after: Int)
    /// Whole, and nobody has described it: a fault, and its bytes are noise.
    case unknown
    /// No frame after all: one byte is dropped and the search goes on inside it.
    case noFrame

    static let message = Understanding.message(after: 0)
}

/// An envelope of one dialect: it looks at bytes like any other, and what it cuts is the message, whole.
protocol OwnFraming: FrameShape {
    /// No frame is longer; so many bytes are kept at most.
    var longest: Int { get }
    /// Whether a wrong bit of a frame is noticed.
    var isChecked: Bool { get }
    /// So many good bytes behind a damaged frame can be lost with it.
    var longestLoss: Int { get }
    /// The same as the device hears the host.
    var heardByDevice: any OwnFraming { get }
    /// After so much silence what has come is a frame, whole; nil where only bytes end one.
    var silence: Duration? { get }
}

extension OwnFraming {
    var isChecked: Bool { false }
    var longestLoss: Int { longest }
    var heardByDevice: any OwnFraming { self }
    var silence: Duration? { nil }
}

/// The dialects there are, by the name a profile calls them: `decoder: 'meshtastic'`.
enum NamedDecoder: String, CaseIterable, Decodable {
    case meshtastic
    case samIDCard = "sam-id-card"
    case em4100 = "em4100-tag"
    case codeScanner = "code-scanner"
    case noninDF2 = "nonin-df2"
    case contecV7 = "contec-v7"
    case nellcorN595 = "nellcor-n595"
    case microlifeBPA = "microlife-bpa"
    case oneTouchUltraEasy = "onetouch-ultraeasy"
    case contourASTM = "contour-astm"
    case watch3G = "watch-3g"
    case watchIW = "watch-iw"
    case escposPrinter = "escpos-printer"
    case gsmModem = "gsm-modem"

    var dialect: any Dialect {
        switch self {
        case .meshtastic: Meshtastic()
        case .samIDCard: SamIDCard()
        case .em4100: EM4100()
        case .codeScanner: CodeScanner()
        case .noninDF2: NoninDF2()
        case .contecV7: ContecV7()
        case .nellcorN595: NellcorN595()
        case .microlifeBPA: MicrolifeBPA()
        case .oneTouchUltraEasy: OneTouchUltraEasy()
        case .contourASTM: ContourASTM()
        case .watch3G: Watch3G()
        case .watchIW: WatchIW()
        case .escposPrinter: EscposDialect()
        case .gsmModem: GsmDialect()
        }
    }

    /// Messages are the dialect's own; of the exchange only the times of a measurement are data.
    func refuseTable(in written: ProfileFile, refuse: Refusal) throws(ProfileError) {
        guard written.messages == nil else {
            throw refuse("decoder", "a named decoder brings its own messages", hint: "remove messages")
        }
        let exchange = written.exchange
        guard exchange?.open == nil, exchange?.start == nil, exchange?.stop == nil, exchange?.saved == nil,
            exchange?.measure?.while.isEmpty != false, exchange?.measure?.until.isEmpty != false
        else {
            throw refuse(
                "exchange", "a named decoder holds its own conversation",
                hint: "keep measure: { while: [], until: [], within, atLeast }, remove the rest")
        }
        guard written.simulate?.rising == nil, (written.simulate?.lasts ?? 1) > 0 else {
            throw refuse("simulate", "names a message, or lasts no time", hint: "keep lasts, every and error")
        }
    }
}
