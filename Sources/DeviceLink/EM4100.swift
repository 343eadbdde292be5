// A 125 kHz tag: fourteen bytes, fifteen to twenty times a second as long as it lies there, and silence when it is gone.
// Copies of tags carry checks that do not fit and are used every day, so a check cannot be trusted to tell a good read from
// a bad one: two equal reads tell it, and what is wrong with the check is said once.
import Vitals

/// The dialect of `decoder: 'em4100-tag'`.
struct EM4100: Dialect {
    var framing: Framing? { .own(TagFraming()) }

    func listener(_ profile: DeviceProfile) -> any DialectListener { TagListener() }

    /// Gone when no frame came for 200 ms: they come every 50 to 65.
    func talk(_ profile: DeviceProfile) -> any Talk {
        PresenceTalk(goneAfter: .milliseconds(200), toldEvery: .seconds(1))
    }

    func player(_ profile: DeviceProfile, _ plan: SimulationPlan) throws(SimulationError) -> any Player {
        TagPlayer(plan)
    }

    /// A tag is no reading.
    func frames(of reading: DeviceReading) -> [UInt8]? { nil }

    /// No tag has an impossible number; many have a wrong check.
    var faults: Set<SimulatedFault> {
        SimulatedFault.ofEveryDevice.subtracting([.impossibleValue]).union([.wrongCheck])
    }
}

/// 02, ten hexadecimal digits, two more that should be their check, 03.
struct TagFraming: OwnFraming {
    static let length = 14
    var longest: Int { TagFraming.length }

    func look(at place: Int, in buffer: Span<UInt8>) -> Look {
        guard buffer[place] == 0x02 else {
            return .noise(buffer.place(of: 0x02, from: place) - place)
        }
        let there = min(TagFraming.length, buffer.count - place)
        for index in 1..<max(1, min(11, there)) where buffer[place + index].hexDigit == nil { return .broken }
        guard there == TagFraming.length else { return .incomplete }
        return buffer[place + 13] == 0x03 ? .frame(TagFraming.length) : .broken
    }
}

/// One frame of a tag, every byte of it.
struct TagFrame: Hashable, Sendable {
    /// A byte of the maker's, which is not printed on the tag.
    var version: UInt8
    var id: UInt32
    /// As it came: hexadecimal digits in a good tag, anything in a copy.
    var check: [UInt8]
    /// Whether the digits came in small letters.
    var isLowercase = false

    init(version: UInt8, id: UInt32) {
        (self.version, self.id, check) = (version, id, [])
        check = Array(hexadecimal([rightCheck]).utf8)
    }

    /// - Parameter frame: fourteen bytes that `TagFraming` has cut.
    init?(_ frame: ArraySlice<UInt8>) {
        guard frame.count == TagFraming.length else { return nil }
        var number: UInt64 = 0
        for byte in frame.dropFirst().prefix(10) {
            guard let digit = byte.hexDigit else { return nil }
            number = number << 4 | UInt64(digit)
            if byte >= UInt8(ascii: "a") { isLowercase = true }
        }
        (version, id) = (UInt8(truncatingIfNeeded: number >> 32), UInt32(truncatingIfNeeded: number))
        check = Array(frame.dropFirst(11).prefix(2))
    }

    /// XOR of the five bytes.
    var rightCheck: UInt8 {
        let folded = id ^ id >> 16
        return version ^ UInt8(truncatingIfNeeded: folded ^ folded >> 8)
    }

    var isCheckRight: Bool {
        guard check.count == 2, let high = check[0].hexDigit, let low = check[1].hexDigit else { return false }
        return high << 4 | low == rightCheck
    }

    var bytes: [UInt8] {
        let digits = hexadecimal([version] + idBytes)
        return [0x02] + Array((isLowercase ? digits.lowercased() : digits).utf8) + check + [0x03]
    }

    /// The ten digits printed on the tag.
    var token: IdentityToken { .tag(Int(id).padded(10)) }

    private var idBytes: [UInt8] { (0..<4).reversed().map { UInt8(truncatingIfNeeded: id >> (8 * $0)) } }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }
}

/// Understands the frames of one reader: what was read twice.
private struct TagListener: DialectListener {
    private var last: TagFrame?

    mutating func forget() { last = nil }

    mutating func hear(_ frame: ArraySlice<UInt8>, _ heard: inout [Heard]) -> Understanding {
        guard let read = TagFrame(frame) else { return .noFrame }
        let isSure = read == last
        last = read
        if isSure, !read.isCheckRight {
            // Without its bytes: they are the tag.
            heard.append(Heard(what: .said(0, []), event: .fault(.implausible(field: "check"), raw: [])))
        }
        heard.append(Heard(what: .said(0, []), event: isSure ? .identity(read.token) : nil))
        return .message
    }
}

/// A reader and the tag that is laid on it.
private struct TagPlayer: Player {
    private var plan: SimulationPlan
    private var frame = TagFrame(version: 1, id: 0)
    private var next: MonotonicTime?
    private var isFirst = true

    private static let every = Duration.milliseconds(60)

    init(_ plan: SimulationPlan) { self.plan = plan }

    mutating func show(_ plan: SimulationPlan) throws(SimulationError) {
        guard case .tag(let digits) = plan.token ?? .tag("0006547886"), digits.utf8.count == 10,
            let id = UInt32(digits)
        else { throw SimulationError(problem: "that is no tag", hint: "the ten digits printed on one: 0006547886") }
        (self.plan, frame) = (plan, TagFrame(version: 1, id: id))
        if plan.fault == .wrongCheck { frame.check = Array(";D".utf8) }
    }

    var deadline: MonotonicTime? { next }

    mutating func opened(at now: MonotonicTime, _ outbox: inout Outbox) {
        (next, isFirst) = (plan.pressStart ? now : nil, true)
    }

    mutating func receive(_ bytes: [UInt8], at now: MonotonicTime, _ outbox: inout Outbox) {}

    /// The tag is laid down, or lifted.
    mutating func press(at now: MonotonicTime, _ outbox: inout Outbox) {
        (next, isFirst) = (next == nil ? now : nil, true)
    }

    mutating func deadlineReached(at now: MonotonicTime, _ outbox: inout Outbox) {
        while let due = next, due <= now {
            outbox.put(frame.bytes, before: frame.bytes, isFirst ? plan.fault : nil, at: due)
            (isFirst, next) = (false, due + TagPlayer.every)
        }
    }
}

extension UInt8 {
    /// The value of an ASCII hexadecimal digit.
    fileprivate var hexDigit: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }
}
