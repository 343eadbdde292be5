// SHA-256 (FIPS 180-4) and HMAC (RFC 2104), because nothing the house may link has them. Used for the hash chain of
// the facts and for digests of identity numbers; passwords go through libcrypt.

/// A SHA-256 under way.
package struct SHA256 {
    private var state: (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32) = (
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19
    )
    /// Bytes that do not fill a block yet; 64 at most.
    private var rest: [UInt8] = []
    private var length = 0

    init() { rest.reserveCapacity(64) }

    /// The 32 bytes of the digest of `bytes`.
    package static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finish()
    }

    mutating func update(_ bytes: [UInt8]) {
        length += bytes.count
        bytes.withUnsafeBufferPointer { input in
            var start = 0
            if !rest.isEmpty {
                start = min(64 - rest.count, input.count)
                rest.append(contentsOf: input[..<start])
                guard rest.count == 64 else { return }
                rest.withUnsafeBufferPointer { compress($0, 0, &state) }
                rest.removeAll(keepingCapacity: true)
            }
            while input.count - start >= 64 {
                compress(input, start, &state)
                start += 64
            }
            rest.append(contentsOf: input[start...])
        }
    }

    /// Pads, and gives the digest; the value is of no use afterwards.
    mutating func finish() -> [UInt8] {
        let bits = UInt64(length) * 8
        var padding: [UInt8] = [0x80]
        padding.append(contentsOf: repeatElement(0, count: (119 - length % 64) % 64))
        for shift in stride(from: 56, through: 0, by: -8) { padding.append(UInt8(truncatingIfNeeded: bits >> shift)) }
        update(padding)
        var digest: [UInt8] = []
        digest.reserveCapacity(32)
        for word in [state.0, state.1, state.2, state.3, state.4, state.5, state.6, state.7] {
            for shift in stride(from: 24, through: 0, by: -8) {
                digest.append(UInt8(truncatingIfNeeded: word >> UInt32(shift)))
            }
        }
        return digest
    }

    /// HMAC-SHA-256 of a message under a key of any length.
    static func authentication(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        var padded = key.count > 64 ? digest(key) : key
        padded.append(contentsOf: repeatElement(0, count: 64 - padded.count))
        let inner = digest(padded.map { $0 ^ 0x36 } + message)
        return digest(padded.map { $0 ^ 0x5c } + inner)
    }
}

private typealias State = (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32)

/// One block of 64 bytes from `start`; the letters are those of FIPS 180-4, 6.2.2.
private func compress(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ state: inout State) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { w in
        for t in 0..<16 {
            let at = start + t * 4
            w[t] =
                UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8
                | UInt32(bytes[at + 3])
        }
        for t in 16..<64 {
            let small0 = turned(w[t - 15], 7) ^ turned(w[t - 15], 18) ^ w[t - 15] >> 3
            let small1 = turned(w[t - 2], 17) ^ turned(w[t - 2], 19) ^ w[t - 2] >> 10
            w[t] = w[t - 16] &+ small0 &+ w[t - 7] &+ small1
        }
        var (a, b, c, d, e, f, g, h) = state
        for t in 0..<64 {
            let big1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
            let first = h &+ big1 &+ ((e & f) ^ (~e & g)) &+ constants[t] &+ w[t]
            let big0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
            let second = big0 &+ ((a & b) ^ (a & c) ^ (b & c))
            (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
        }
        state = (
            state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d, state.4 &+ e, state.5 &+ f, state.6 &+ g,
            state.7 &+ h
        )
    }
}

@inline(__always) private func turned(_ word: UInt32, _ by: UInt32) -> UInt32 { word >> by | word << (32 - by) }

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2).
private let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
]
