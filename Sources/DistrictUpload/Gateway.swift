// Who we are to the district, and the names under which it knows our residents, instruments and readings.
//
// Nothing may exist twice at the district because a message was sent twice. So every resource is created under a
// condition, *unless one with this identifier exists*, and its identifier is derived from what never changes: the
// hut's id, the opaque id of the resident, the fact. No name, hut number or identity number goes into one. Identifier
// and condition come from the same value: the worked example of the guide mistypes one of the two and makes a second
// patient each time (HL7 PHD implementation guide 2.0.0).
//
// Identifiers need a system that is ours. An object identifier under 2.25 may be made from a UUID by anybody without
// asking (ITU-T X.667), so a hut has one from its own id and no registration stands between a hut and its district.

import Vitals

/// The hut as the district knows it.
package struct Gateway: Sendable {
    /// SHA-256 of some bytes, 32 bytes long; this hop owns no hash of its own.
    package typealias Digest = @Sendable ([UInt8]) -> [UInt8]

    /// `hut.id` of the settings. Never changed while anything waits to be sent: every key is made from it.
    package let hut: String
    /// The offset all times are written with.
    package let offset: UTCOffset
    private let digest: Digest
    private let root: String

    package init(hut: String, offset: UTCOffset, digest: @escaping Digest) {
        (self.hut, self.offset, self.digest) = (hut, offset, digest)
        root = "urn:oid:2.25.\(Gateway.key(of: ["station", hut], digest).decimal)"
    }

    /// What our identifiers are about; the raw value is the last arc of their system.
    package enum Subject: Int, Sendable {
        case observation = 1
        // 2 is kept for flags and tasks (contract, section 6).
        case resident = 3
        case instrument = 4
        case band = 5
        case staff = 6
    }

    /// The identifier of the hut itself.
    package var station: Identifier { Identifier(system: root, value: hut) }

    /// An identifier under this hut's root.
    package func identifier(_ subject: Subject, _ value: String) -> Identifier {
        Identifier(system: "\(root).\(subject.rawValue)", value: value)
    }

    /// The key of one value of one reading: the same each time it is sent, another one when the owner changes.
    ///
    /// `owned` is the fact that gave the reading to this resident, so that a reading moved away and back is a new
    /// Observation and not the one already withdrawn. The time of receipt keeps a ledger restored from an old copy,
    /// which counts its facts over again, from meeting its earlier self.
    package func key(of reading: OutgoingReading, code: String) -> ResourceKey {
        Gateway.key(
            of: [
                "observation", hut, reading.resident, code, String(reading.sequence.rawValue),
                String(reading.owned.rawValue), String(reading.reading.receivedAt.milliseconds),
            ], digest)
    }

    /// The key by which the entries of one bundle refer to a Patient or a Device.
    package func key(of identifier: Identifier) -> ResourceKey {
        Gateway.key(of: ["resource", identifier.system, identifier.value], digest)
    }

    /// UUIDv8 (RFC 9562) of the SHA-256 of the parts, each ended by a zero byte so that no two lists read alike.
    private static func key(of parts: [String], _ digest: Digest) -> ResourceKey {
        ResourceKey(hash: digest(parts.flatMap { Array($0.utf8) + [0] }))
    }
}

/// 128 bits that name one resource: a UUID of version 8.
package struct ResourceKey: Hashable, Sendable {
    private let bytes: [UInt8]

    /// The first 16 bytes of `hash`, with version and variant written in.
    fileprivate init(hash: [UInt8]) {
        var bytes = Array((hash + [UInt8](repeating: 0, count: 16)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        self.bytes = bytes
    }

    /// Reads a UUID in the one spelling that `uuid` writes; nil for anything else.
    init?(uuid text: String) {
        bytes =
            text.filter { $0 != "-" }.utf8.reduce(into: (high: UInt8?.none, bytes: [UInt8]())) { out, letter in
                guard let digit = UInt8(String(UnicodeScalar(letter)), radix: 16) else { return }
                if let high = out.high { out.bytes.append(high << 4 | digit) }
                out.high = out.high == nil ? digit : nil
            }.bytes
        guard bytes.count == 16, uuid == text else { return nil }
    }

    /// `0df63b56-ae66-80db-9a69-a4a4d98cfe90`.
    package var uuid: String {
        let digits = Array("0123456789abcdef")
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text += "-" }
            text += String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
        }
        return text
    }

    /// `urn:uuid:…`, as `fullUrl` and references write it.
    package var urn: String { "urn:uuid:\(uuid)" }

    /// The same number in decimal, as an arc of an object identifier.
    fileprivate var decimal: String { String(bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }) }
}

/// One business identifier: the only thing a resource is recognised by.
package struct Identifier: Hashable, Sendable {
    package let system: String
    package let value: String

    package var json: JSON { ["system": .text(system), "value": .text(value)] }

    /// The search that finds exactly this resource: `identifier=<system>|<value>`, ready for a URL or a form.
    package var query: String {
        "identifier=" + Identifier.escaped("\(Identifier.token(system))|\(Identifier.token(value))")
    }

    /// `$`, `,`, `|` and `\` mean something inside a search value (FHIR R4, search, 3.1.1.4.0.2).
    private static func token(_ text: String) -> String {
        text.reduce(into: "") { $0 += "$,|\\".contains($1) ? "\\\($1)" : String($1) }
    }

    /// Everything but the unreserved characters of RFC 3986 as `%XX`.
    private static func escaped(_ text: String) -> String {
        let hex = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { out, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                out.unicodeScalars.append(Unicode.Scalar(byte))
            default: out += String(["%", hex[Int(byte >> 4)], hex[Int(byte & 15)]])
            }
        }
    }
}
