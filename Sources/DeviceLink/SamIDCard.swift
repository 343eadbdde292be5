// A reader with the ministry's security module (SAM), which alone can read a second-generation card: find, select, read,
// over and over. The frames are counted and checked; what is Swift is the order of the three, and the text of the card.
// The photograph in the answer is passed over and never leaves the frame it came in.
import Vitals

/// The dialect of `decoder: 'sam-id-card'`.
struct SamIDCard: Dialect {
    func listener(_ profile: DeviceProfile) -> any DialectListener {
        SamListener(framing: profile.framing, errors: profile.errors)
    }

    func talk(_ profile: DeviceProfile) -> any Talk { SamTalk(framing: profile.framing) }

    func player(_ profile: DeviceProfile, _ plan: SimulationPlan) throws(SimulationError) -> any Player {
        SamPlayer(profile, plan)
    }

    /// A card is no reading.
    func frames(of reading: DeviceReading) -> [UInt8]? { nil }

    var faults: Set<SimulatedFault> { SimulatedFault.ofEveryDevice.union([.errorFrame, .wrongFormat, .readsAgain]) }
}

/// What the hut asks of the reader: command and parameter.
enum SamCommand: CaseIterable, Sendable {
    case find, select, read

    var bytes: [UInt8] {
        switch self {
        case .find: [0x20, 0x01]
        case .select: [0x20, 0x02]
        case .read: [0x30, 0x01]
        }
    }

    /// How long the reader may take: a read takes one to two seconds; for the others nobody has said more than *soon*.
    var within: Duration { self == .read ? .seconds(3) : .seconds(1) }
}

/// The third status byte of an answer; the first two are the card's own.
enum SamStatus {
    static let done: UInt8 = 0x90
    static let found: UInt8 = 0x9F
    static let noCard: UInt8 = 0x80
    static let notSelected: UInt8 = 0x81
}

/// Understands the answers of one reader. An answer says nothing of what was asked; the conversation knows.
struct SamListener: DialectListener {
    let framing: Framing
    let errors: [String: DeviceFault]

    mutating func forget() {}

    mutating func hear(_ frame: ArraySlice<UInt8>, _ heard: inout [Heard]) -> Understanding {
        let content = framing.message(in: frame)
        guard content.count >= 3 else { return .unknown }
        let status = content[content.startIndex + 2]
        heard.append(Heard(what: .said(Int(status), []), event: event(status, content.dropFirst(3))))
        return .message
    }

    private func event(_ status: UInt8, _ data: ArraySlice<UInt8>) -> DeviceEvent? {
        switch status {
        case SamStatus.found, SamStatus.noCard, SamStatus.notSelected: return nil
        case SamStatus.done: return card(in: data)
        default:
            let code = HexText.text(of: [status])
            // The frame is left out of what is kept: some readers answer an error with the card's data behind it.
            return .fault(errors[code] ?? .deviceError(code: code, meaning: nil, kind: .machine), raw: [])
        }
    }

    /// The card in the answer to `read`: the lengths of text and photo, and with some readers of a fingerprint, then
    /// the text, then what we never look at. Other answers with 90 have no such lengths.
    private func card(in data: ArraySlice<UInt8>) -> DeviceEvent? {
        let lengths = data.prefix(6).map(Int.init)
        guard lengths.count == 6, lengths[0] << 8 | lengths[1] == SamCardText.length else { return nil }
        let photo = lengths[2] << 8 | lengths[3]
        let fingerprint = lengths[4] << 8 | lengths[5]
        let header: Int
        switch data.count {
        case 4 + SamCardText.length + photo: header = 4
        case 6 + SamCardText.length + photo + fingerprint: header = 6
        default: return nil
        }
        guard let text = SamCardText(data.dropFirst(header).prefix(SamCardText.length)) else { return nil }
        do throws(SamCardText.Refusal) {
            return .identity(.residentCard(try text.card()))
        } catch {
            switch error {
            case .implausible(let field): return .fault(.implausible(field: field), raw: [])
            case .unknownLayout: return .fault(.wrongFormat(what: "a card of a layout that is not known"), raw: [])
            }
        }
    }
}

/// The hut's side: find until a card lies there, select it, read it, and again.
struct SamTalk: Talk {
    let framing: Framing
    private var state = State.closed
    private var misses = 0
    /// The last fault told: a reader that answers every find with the same error has one fault, not two a second.
    private var fault: DeviceFault?

    private enum State {
        case closed
        case asked(SamCommand, until: MonotonicTime)
        case resting(until: MonotonicTime)
    }

    /// From one find to the next (300 to 500 ms by the makers' documents).
    private static let pause = Duration.milliseconds(400)
    /// The same for a reader that does not answer: it is off, or its cable is out.
    private static let longPause = Duration.seconds(2)
    private static let missesAllowed = 3

    init(framing: Framing) { self.framing = framing }

    var isUnanswered: Bool { misses >= SamTalk.missesAllowed }
    var isMeasuring: Bool { false }

    var deadline: MonotonicTime? {
        switch state {
        case .closed: nil
        case .asked(_, let until), .resting(let until): until
        }
    }

    mutating func opened(at now: MonotonicTime) -> [Step] {
        self = SamTalk(framing: framing)
        return ask(.find, at: now)
    }

    mutating func lost() -> [Step] {
        self = SamTalk(framing: framing)
        return []
    }

    mutating func hear(_ heard: Heard, at now: MonotonicTime, _ steps: inout [Step]) {
        guard case .said(let said, _) = heard.what, let status = UInt8(exactly: said) else { return }
        misses = 0
        tell(heard.event, &steps)
        // An answer that comes after its time has run out starts nothing: the next find is on its way.
        guard case .asked(let command, _) = state else { return }
        switch (command, status) {
        case (.find, SamStatus.found): steps += ask(.select, at: now)
        case (.select, SamStatus.done): steps += ask(.read, at: now)
        default: state = .resting(until: now + SamTalk.pause)
        }
    }

    private mutating func tell(_ event: DeviceEvent?, _ steps: inout [Step]) {
        switch event {
        case .fault(let told, _)?:
            if told != fault { steps.append(.event(.fault(told, raw: []), token: nil)) }
            fault = told
        case let event?:
            fault = nil
            steps.append(.event(event, token: nil))
        case nil: break
        }
    }

    mutating func deadlineReached(at now: MonotonicTime) -> [Step] {
        guard let deadline, deadline <= now else { return [] }
        if case .asked = state {
            misses += 1
            if isUnanswered {
                state = .resting(until: now + SamTalk.longPause)
                return []
            }
        }
        return ask(.find, at: now)
    }

    private mutating func ask(_ command: SamCommand, at now: MonotonicTime) -> [Step] {
        state = .asked(command, until: now + command.within)
        return [.send(framing.frame(around: command.bytes, fromHost: true))]
    }

    // A card has nothing to start, to stop or to acknowledge.
    mutating func startMeasurement(at now: MonotonicTime) -> [Step] { [.measurementFailed(.cannotStart)] }
    mutating func stopMeasurement(at now: MonotonicTime) -> [Step] { [] }
    mutating func saved(_ token: Int, isRepeat: Bool, at now: MonotonicTime) -> [Step] { [] }
}
