// Identity numbers have eighteen digits and a known shape: a bare digest of one is undone by trying them all. So they
// are looked up by HMAC-SHA-256 under a key that is the district's, or this hut's own where it stands alone.

import Vitals

/// The key that turns identity numbers into digests.
package struct IdentityKey: Sendable {
    private let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads the key file, 64 hexadecimal digits; makes it (0600, random) where there is none.
    package static func open(path: String) throws(LedgerError) -> IdentityKey {
        if let found = try read(path) { return found }
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
        if try LedgerFile.create(path, Array((bytes.hexadecimal + "\n").utf8)) { return IdentityKey(bytes: bytes) }
        guard let found = try read(path) else { throw .corrupt(what: "the identity key file") }
        return found
    }

    /// A token as the ledger keeps it: HMAC-SHA-256 of its content. Tags and codes are digested apart from numbers, so that none can pass for another.
    package func link(_ token: IdentityToken) -> IdentityLink {
        let content = token.kind == .card ? token.content : "\(token.kind.rawValue) \(token.content)"
        let digest = SHA256.authentication(of: Array(content.utf8), key: bytes)
        return IdentityLink(kind: token.kind, digest: IdentityDigest(bytes: digest), ends: token.ends)
    }

    private static func read(_ path: String) throws(LedgerError) -> IdentityKey? {
        guard let content = try LedgerFile.read(path, limit: 256) else { return nil }
        let text = String(decoding: content, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard text.count == 1, text[0].count == 64, text[0].allSatisfy(\.isHexDigit) else {
            throw .corrupt(what: "\(path) does not hold 64 hexadecimal digits")
        }
        let digits = text[0].compactMap(\.hexDigitValue)
        return IdentityKey(bytes: (0..<32).map { UInt8(digits[$0 * 2] << 4 | digits[$0 * 2 + 1]) })
    }
}

extension [UInt8] {
    /// Two small digits a byte.
    var hexadecimal: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}
