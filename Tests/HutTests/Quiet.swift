// When nothing is on its way. The demo's hut, its simulated instruments and the test are one process: what one has said and
// the other has not read lies in a socket of this process, and can be seen. So a test lets the hut's time pass only when
// all that happened before has been understood, and a busy machine makes it slower, not wrong.

import Foundation
import Testing

@testable import healthhut

extension DemoHut {
    /// Returns when every line stands, but for those that nobody answers.
    func connected() async {
        while await !hut.hasTriedEveryLine { await pause() }
        await quiet()
    }

    /// Returns when the hut and its instruments have read and done everything.
    func quiet() async {
        var times = 0
        // Twice: what is done the first time may say something itself.
        while times < 2 {
            if hasUnread(in: folder) {
                times = 0
                await pause()
                continue
            }
            for host in hosts { await host.rearm() }
            await hut.untilIdle()
            times += 1
        }
    }

    /// The kernel tells nobody that the other side of a socket has read what lay there: it can only be looked at again. How
    /// long this is decides how soon a test goes on, and nothing else.
    private func pause() async { try? await Task.sleep(for: .milliseconds(1)) }
}

/// Whether any line, or the hut's end of any terminal, holds bytes that nobody has read. Only sockets of this folder count,
/// and of those that connect only the hut's, which are called `….line`: what a terminal or a watcher of the test has not
/// read yet is the test's own affair, as is what `isRead` says nobody is about to read.
func hasUnread(in folder: String, where isRead: (String) -> Bool = { _ in true }) -> Bool {
    func isOurs(_ descriptor: Int32) -> Bool {
        if let own = path(of: descriptor, getsockname) { return own.hasPrefix(folder) && isRead(own) }
        return path(of: descriptor, getpeername).map { $0.hasPrefix(folder) && $0.hasSuffix(".line") } ?? false
    }
    let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return open.compactMap { Int32($0) }.contains { descriptor in
        var count: Int32 = 0
        guard isOurs(descriptor), ioctl(descriptor, UInt(FIONREAD), &count) == 0 else { return false }
        return count > 0
    }
}

private func path(
    of descriptor: Int32, _ name: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
) -> String? {
    var address = sockaddr_un()
    var length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { name(descriptor, $0, &length) }
    }
    guard result == 0, address.sun_family == sa_family_t(AF_UNIX), Int(length) > MemoryLayout<sa_family_t>.size
    else { return nil }
    return withUnsafeBytes(of: address.sun_path) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}

extension Hut {
    fileprivate var hasTriedEveryLine: Bool { instruments.values.allSatisfy { $0.isOpen || $0.failure != nil } }
}
