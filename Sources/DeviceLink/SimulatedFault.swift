// The fault table: everything a real line has been seen to do wrong, each with a name, so that a person can try it
// (`healthhut simulate maibobo --fault torn`) and a test can hold the hut against it.

/// One way for a simulated instrument to misbehave.
package enum SimulatedFault: String, Hashable, Sendable, CaseIterable {
    case torn
    case noiseBefore = "noise-before"
    case bitFlip = "bit-flip"
    case twoTogether = "two-together"
    case duplicate
    case stallMidFrame = "stall-mid-frame"
    case wrongBaud = "wrong-baud"
    case silent
    case noResult = "no-result"
    case errorFrame = "error-frame"
    case impossibleValue = "impossible-value"
    case impossibleDate = "impossible-date"
    case clockUnset = "clock-unset"
    case wrongFormat = "wrong-format"
    case noSignal = "no-signal"
    case textInside = "text-inside"
    case encrypted
    case rebooted
    case lostChannel = "lost-channel"
    case readsAgain = "reads-again"
    case wrongCheck = "wrong-check"
    case noSuffix = "no-suffix"

    /// One line for `--help`.
    package var summary: String {
        switch self {
        case .torn: "the result breaks off in the middle"
        case .noiseBefore: "garbage stands directly before the result"
        case .bitFlip: "one bit of the result is wrong"
        case .twoTogether: "the result comes in one piece with the frame before it"
        case .duplicate: "the result is sent twice"
        case .stallMidFrame: "a pause of three seconds in the middle of the result"
        case .wrongBaud: "every byte is garbage"
        case .silent: "nothing is answered and nothing sent"
        case .noResult: "it measures and never gives a result"
        case .errorFrame: "an error code in place of the result"
        case .impossibleValue: "a well-formed result with a value that cannot be"
        case .impossibleDate: "a result dated 30 February"
        case .clockUnset: "the clock of a device with a memory was never set"
        case .wrongFormat: "the monitor is set to another output format"
        case .noSignal: "the band is not worn: its values are 0"
        case .textInside: "log text of the chip stands inside a frame"
        case .encrypted: "packets of a channel without its key"
        case .rebooted: "the radio restarts after its first packet"
        case .lostChannel: "the radio was reset to factory settings and can read no band"
        case .readsAgain: "the reader finds a card it has read again and again while it lies there"
        case .wrongCheck: "a copied tag: its check does not fit"
        case .noSuffix: "the scanner sends no line end"
        }
    }

    /// What any line can do to any device, and a value that cannot be.
    static let ofEveryDevice: Set<SimulatedFault> = [
        .torn, .noiseBefore, .bitFlip, .twoTogether, .duplicate, .stallMidFrame, .wrongBaud, .silent, .impossibleValue,
    ]

    /// The faults a device can play.
    package static func playable(by profile: DeviceProfile) -> [SimulatedFault] {
        var playable = ofEveryDevice
        switch profile.language {
        case .dialect(let dialect): playable = dialect.faults
        case .table(let table):
            guard let script = profile.simulate else { return [] }
            playable = Stage(table: table, script: script, vital: profile.vital).faults
        }
        return allCases.filter(playable.contains)
    }

    /// Whether it is the line's doing, not the device's.
    var isOfTheLine: Bool {
        switch self {
        case .torn, .noiseBefore, .bitFlip, .twoTogether, .duplicate, .stallMidFrame, .wrongBaud, .silent: true
        default: false
        }
    }

    /// What the fault does to the bytes of a frame, as pieces with the pause before each.
    func pieces(of frame: [UInt8], before previous: [UInt8]) -> [(pause: Double, bytes: [UInt8])] {
        let middle = frame.count / 2
        switch self {
        case .torn: return [(0, Array(frame.prefix(middle)))]
        case .noiseBefore: return [(0, SimulatedFault.noise + frame)]
        case .bitFlip:
            var flipped = frame
            // The top bit: in a text line, too, it cannot pass for another digit.
            flipped[middle] ^= 0x80
            return [(0, flipped)]
        case .twoTogether: return [(0, previous + frame)]
        case .duplicate: return [(0, frame), (2, frame)]
        case .stallMidFrame: return [(0, Array(frame.prefix(middle))), (3, Array(frame.dropFirst(middle)))]
        case .textInside:
            return [(0, Array(frame.prefix(middle)) + Array("I (3107) wifi:ready\r\n".utf8) + frame.dropFirst(middle))]
        default: return [(0, frame)]
        }
    }

    /// Sixteen bytes of line noise, with the beginning of a start mark among them.
    private static let noise: [UInt8] = [
        0x00, 0xFF, 0x5A, 0xAA, 0x13, 0x94, 0xC1, 0x07, 0xE0, 0x0C, 0xAA, 0x81, 0x2C, 0x94, 0x00, 0xF8,
    ]

    /// What a line at half the right baud rate makes of bytes.
    static func garbled(_ bytes: [UInt8]) -> [UInt8] {
        let garbage: [UInt8] = [0x00, 0xF8, 0xFE, 0xE0, 0xC0, 0x80, 0xFC]
        return bytes.enumerated().map { garbage[(Int($1) + $0) % garbage.count] }
    }
}

/// Why a device cannot be simulated so.
package struct SimulationError: Error, Hashable, Sendable {
    package var problem: String
    package var hint: String
}
