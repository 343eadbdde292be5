// Tells a running `serve` that the ledger has new facts: an empty datagram. Nobody listening is no error, the facts
// are in the ledger.

import Foundation

/// Sends an empty datagram to the Unix socket at `path`, without waiting.
func nudge(_ path: String) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8) + [0]
    guard bytes.count <= MemoryLayout.size(ofValue: address.sun_path) else { return }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    _ = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            sendto(
                descriptor, nil, 0, Int32(MSG_DONTWAIT | MSG_NOSIGNAL), $0,
                socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}
