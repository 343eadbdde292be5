// A card reader and the card that is laid on it. Most readers answer *no card* after one read until the card was lifted;
// `--fault reads-again` plays those that find it again and again.
import Vitals

/// The reader's side of the conversation.
struct SamPlayer: Player {
    private let framing: Framing
    private var plan: SimulationPlan
    private var framer: Framer
    private var ear = SamEar()
    private var lies = false
    private var wasRead = false
    private var isSelected = false

    /// A read took 1 to 2 s with real readers.
    private static let reading = Duration.milliseconds(1_200)

    init(_ profile: DeviceProfile, _ plan: SimulationPlan) {
        (framing, self.plan) = (profile.framing, plan)
        framer = Framer(profile.framing.heardByDevice)
    }

    /// Another card, or another fault; the one that lay there is gone.
    mutating func show(_ plan: SimulationPlan) throws(SimulationError) {
        guard case .residentCard(let card) = plan.token ?? SamPlayer.specimen, SamCardText(card) != nil else {
            throw SimulationError(
                problem: "the reader cannot read that", hint: "a card, its name 15 characters at most")
        }
        self.plan = plan
        (wasRead, isSelected) = (false, false)
    }

    var deadline: MonotonicTime? { nil }

    mutating func opened(at now: MonotonicTime, _ outbox: inout Outbox) {
        framer.abandon()
        if plan.pressStart { lies = true }
    }

    /// The card is laid down, or lifted.
    mutating func press(at now: MonotonicTime, _ outbox: inout Outbox) {
        lies.toggle()
        (wasRead, isSelected) = (false, false)
    }

    mutating func deadlineReached(at now: MonotonicTime, _ outbox: inout Outbox) {}

    mutating func receive(_ bytes: [UInt8], at now: MonotonicTime, _ outbox: inout Outbox) {
        framer.push(bytes, to: &ear)
        for asked in ear.take() {
            switch SamCommand.allCases.first(where: { $0.bytes.elementsEqual(asked) }) {
            case .find:
                isSelected = false
                let isFound = lies && (!wasRead || plan.fault == .readsAgain)
                answer(isFound ? [0, 0, SamStatus.found, 0, 0, 0, 0] : [0, 0, SamStatus.noCard], at: now, &outbox)
            case .select:
                isSelected = lies
                let done = [0, 0, SamStatus.done] + [UInt8](repeating: 0, count: 8)
                answer(lies ? done : [0, 0, SamStatus.notSelected], at: now, &outbox)
            case .read: read(at: now, &outbox)
            case nil: answer([0, 0, 0x21], at: now, &outbox)
            }
        }
    }

    private mutating func answer(_ content: [UInt8], at now: MonotonicTime, _ outbox: inout Outbox) {
        outbox.put(framing.frame(around: content, fromHost: false), at: now)
    }

    private mutating func read(at now: MonotonicTime, _ outbox: inout Outbox) {
        guard isSelected, plan.fault != .errorFrame, let text else { return answer([0, 0, 0x41], at: now, &outbox) }
        wasRead = true
        let frame = framing.frame(around: SamPlayer.content(text, photo: SamPlayer.photo), fromHost: false)
        let before = framing.frame(around: [0, 0, SamStatus.done], fromHost: false)
        outbox.put(frame, before: before, plan.fault, at: now + SamPlayer.reading)
    }

    /// The answer to `read`: lengths, the text, and a photo, which is all zeros in the worked frame.
    static func content(_ text: SamCardText, photo: [UInt8] = [UInt8](repeating: 0, count: 1_024)) -> [UInt8] {
        [0, 0, SamStatus.done, 0x01, 0x00, 0x04, 0x00] + text.bytes + photo
    }

    /// Nobody's face: bytes that can be looked for in every file of a hut, and must not be found.
    static let photo = (0..<1_024).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 8 &+ 13) }

    private var text: SamCardText? {
        guard case .residentCard(let card) = plan.token ?? SamPlayer.specimen, let text = SamCardText(card) else {
            return nil
        }
        var bytes = text.bytes
        switch plan.fault {
        // The last character of the number: its check is wrong then.
        case .impossibleValue: bytes[156] = bytes[156] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
        // The permit of 2023, whose layout is not known well enough.
        case .wrongFormat: bytes[248] = UInt8(ascii: "Y")
        default: break
        }
        return SamCardText(bytes[...])
    }

    /// An invented person with the standard's own specimen number.
    static let specimen: IdentityToken? = CardNumber("11010519491231002X").map { number in
        .residentCard(IdentityCard(number: number, name: "王测试", sex: number.sex, birth: number.birth))
    }
}

/// Hears the host: command and parameter.
private struct SamEar: FrameJudge, Sendable {
    private var heard: [[UInt8]] = []

    mutating func accept(_ frame: ArraySlice<UInt8>) -> Bool {
        heard.append(Array(frame.dropFirst(7).dropLast()))
        return true
    }

    mutating func take() -> [[UInt8]] {
        defer { heard = [] }
        return heard
    }
}
