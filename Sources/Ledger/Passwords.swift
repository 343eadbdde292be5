// The only file that knows libcrypt: PINs hashed by yescrypt. A hash takes 15 ms and 16 MB on purpose, so it runs on a
// queue of its own, one at a time; a check against no hash takes as long as against one.

import CCrypt
import Dispatch

enum Passwords {
    private static let queue = DispatchQueue(label: "healthhut.passwords")

    /// A well-formed hash that no PIN is compared with: the cost of a check where there is no hash.
    private static let nobody = "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7"

    /// A new hash of a PIN, `$y$…`, with random salt.
    static func hash(_ pin: String) async throws(LedgerError) -> String {
        let result: Result<String, LedgerError> = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: Result { () throws(LedgerError) in try fresh(pin) }) }
        }
        return try result.get()
    }

    /// Whether a PIN fits a hash; never fits where there is none.
    static func fits(_ pin: String, _ hash: String?) async -> Bool {
        await withCheckedContinuation { continuation in
            queue.async {
                let expected = Array((hash ?? nobody).utf8)
                let found = Array((crypt(pin, setting: hash ?? nobody) ?? "").utf8)
                var difference: UInt8 = expected.count == found.count ? 0 : 1
                for (left, right) in zip(expected, found) { difference |= left ^ right }
                continuation.resume(returning: hash != nil && difference == 0)
            }
        }
    }

    private static func fresh(_ pin: String) throws(LedgerError) -> String {
        var setting = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
        // No bytes given: libcrypt takes its own from the system. Cost 0 is its default.
        guard crypt_gensalt_rn("$y$", 0, nil, 0, &setting, Int32(setting.count)) != nil else {
            throw .crypt(reason: "no salt")
        }
        let salt = String(decoding: setting.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard let hash = crypt(pin, setting: salt) else { throw .crypt(reason: "yescrypt is not known here") }
        return hash
    }

    /// nil where libcrypt refuses the setting.
    private static func crypt(_ pin: String, setting: String) -> String? {
        let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
        data.initialize(to: crypt_data())
        defer {
            // What is left of the PIN must not lie about in free memory.
            hh_wipe(data, MemoryLayout<crypt_data>.size)
            data.deallocate()
        }
        guard let output = crypt_r(pin, setting, data) else { return nil }
        let hash = String(cString: output)
        return hash.hasPrefix("*") ? nil : hash
    }
}
