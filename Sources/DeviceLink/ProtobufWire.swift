// The wire format of protocol buffers, as much as a radio sends: fields in order, unknown ones kept, nothing else.
// Strict on purpose: the radio's frames carry no checksum, so whatever is not well formed to the last byte is taken
// for damage (text of the chip inside a frame, a torn frame) and not for a message.

/// One field as it stands on the wire.
struct WireField: Hashable, Sendable {
    var number: Int
    var value: WireValue
}

/// A value by its wire type; groups (3, 4) are long deprecated and count as damage.
enum WireValue: Hashable, Sendable {
    case varint(UInt64)
    case fixed64(UInt64)
    case bytes(ArraySlice<UInt8>)
    case fixed32(UInt32)
}

/// The bytes are not what a message of this schema can be.
struct Malformed: Error {}

/// The fields of one message, in the order of the wire; `bytes` gives back what `init` took.
struct WireMessage: Hashable, Sendable {
    var fields: [WireField] = []

    init() {}

    init(_ bytes: ArraySlice<UInt8>) throws(Malformed) {
        var rest = bytes
        while !rest.isEmpty {
            let key = try WireMessage.varint(&rest)
            guard let number = Int(exactly: key >> 3), (1..<1 << 29).contains(number) else { throw Malformed() }
            let value: WireValue
            switch key & 7 {
            case 0: value = .varint(try WireMessage.varint(&rest))
            case 1: value = .fixed64(try WireMessage.fixed(&rest, width: 8))
            case 2:
                guard let length = Int(exactly: try WireMessage.varint(&rest)), length <= rest.count else {
                    throw Malformed()
                }
                value = .bytes(rest.prefix(length))
                rest.removeFirst(length)
            case 5: value = .fixed32(UInt32(truncatingIfNeeded: try WireMessage.fixed(&rest, width: 4)))
            default: throw Malformed()
            }
            fields.append(WireField(number: number, value: value))
        }
    }

    /// The message on the wire.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for field in fields {
            let key = UInt64(field.number) << 3
            switch field.value {
            case .varint(let value): bytes += WireMessage.varint(key) + WireMessage.varint(value)
            case .fixed64(let value):
                bytes += WireMessage.varint(key | 1) + (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
            case .bytes(let content):
                bytes += WireMessage.varint(key | 2) + WireMessage.varint(UInt64(content.count)) + content
            case .fixed32(let value):
                bytes += WireMessage.varint(key | 5) + (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
            }
        }
        return bytes
    }

    /// Seven bits a byte, low first. A longer form than needed is damage: no encoder writes it, and accepting it would
    /// lose which form it was.
    private static func varint(_ rest: inout ArraySlice<UInt8>) throws(Malformed) -> UInt64 {
        var value: UInt64 = 0
        for place in 0..<10 {
            guard let byte = rest.popFirst() else { throw Malformed() }
            if place == 9, byte > 1 { throw Malformed() }
            value |= UInt64(byte & 0x7F) << (7 * UInt64(place))
            if byte < 0x80 {
                guard byte != 0 || place == 0 else { throw Malformed() }
                return value
            }
        }
        throw Malformed()
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        var (bytes, rest): ([UInt8], UInt64) = ([], value)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    private static func fixed(_ rest: inout ArraySlice<UInt8>, width: Int) throws(Malformed) -> UInt64 {
        guard rest.count >= width else { throw Malformed() }
        let value = rest.prefix(width).reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        rest.removeFirst(width)
        return value
    }
}

// Reading a field by its number: nil when it is absent, an error when it is there with another wire type or more than
// once. The format lets the last of several count, but no encoder writes several, and two torn frames grown together
// look exactly so: the number of one band with the values of another.
extension WireMessage {
    private func only(_ number: Int) throws(Malformed) -> WireValue? {
        var found: WireValue?
        for field in fields where field.number == number {
            guard found == nil else { throw Malformed() }
            found = field.value
        }
        return found
    }

    func varint(_ number: Int) throws(Malformed) -> UInt64? {
        guard let value = try only(number) else { return nil }
        guard case .varint(let found) = value else { throw Malformed() }
        return found
    }

    func fixed32(_ number: Int) throws(Malformed) -> UInt32? {
        guard let value = try only(number) else { return nil }
        guard case .fixed32(let found) = value else { throw Malformed() }
        return found
    }

    func bytes(_ number: Int) throws(Malformed) -> ArraySlice<UInt8>? {
        guard let value = try only(number) else { return nil }
        guard case .bytes(let found) = value else { throw Malformed() }
        return found
    }

    func message(_ number: Int) throws(Malformed) -> WireMessage? {
        guard let content = try bytes(number) else { return nil }
        return try WireMessage(content)
    }

    // Writing, in the order of the calls.

    mutating func add(_ number: Int, varint value: UInt64) {
        fields.append(.init(number: number, value: .varint(value)))
    }
    mutating func add(_ number: Int, fixed32 value: UInt32) {
        fields.append(.init(number: number, value: .fixed32(value)))
    }
    mutating func add(_ number: Int, bytes: [UInt8]) { fields.append(.init(number: number, value: .bytes(bytes[...]))) }
    mutating func add(_ number: Int, _ message: WireMessage) { add(number, bytes: message.bytes) }
    /// Negative numbers take ten bytes.
    mutating func add(_ number: Int, int32 value: Int) { add(number, varint: UInt64(bitPattern: Int64(value))) }
}
