// One run at a time, and none before the district wants one.
//
// Two runs at once would race the server's own check of *does this exist already*, which several known servers lose.
// So a run holds `flock` on a file beside the ledger; the kernel lets go when the process ends, however it ends. The
// same file remembers the time the district named in `Retry-After`, because the run that heard it is over by then.

import DistrictUpload
import Foundation
import Vitals

/// The right to be the one run for a ledger; held until released or the process ends.
struct RunLock: ~Copyable {
    private let descriptor: Int32

    /// Takes `<ledger>.upload.lock`; nil when another run has it.
    static func take(ledger: String) throws(UploadProblem) -> RunLock? {
        let path = ledger + ".upload.lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw UploadProblem(
                "\(path): cannot be opened: \(String(cString: strerror(errno)))",
                hint: "run as the user who owns the ledger", .configuration)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return RunLock(descriptor: descriptor)
    }

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// The time before which the district wants no run; nil when there is none, it has passed, or it lies farther
    /// ahead than any pause we believe (a clock was wrong).
    func notBefore(now: HutTime) -> HutTime? {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let digits = bytes.prefix(max(count, 0)).prefix { $0 != 10 }
        guard let text = String(bytes: digits, encoding: .utf8), let milliseconds = Int64(text) else { return nil }
        let time = HutTime(milliseconds: milliseconds)
        return time > now && time < now + longestPause + .seconds(1) ? time : nil
    }

    /// Remembers the time for the next runs; nil forgets it.
    func remember(notBefore time: HutTime?) {
        let bytes = time.map { Array("\($0.milliseconds)\n".utf8) } ?? []
        // Losing this costs one request too early, nothing else.
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, bytes, bytes.count, 0)
    }
}
