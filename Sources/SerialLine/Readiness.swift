// Waits for one descriptor without a thread of its own, over Dispatch, and survives its hang-up.
//
// A Dispatch source may not look at the descriptor itself. When the other end hangs up (a cable is pulled, a Unix peer
// closes) Dispatch on Linux wakes the source once, even if bytes are left, and drops its own record of the descriptor on
// the wrong thread: once in some hundred thousand hang-ups its manager thread crashes on freed memory
// (swift-corelibs-libdispatch, issue 949). So the descriptor stands alone in an epoll set, and Dispatch looks at the
// set, which is readable while the descriptor is ready and never hangs up.

import CEpoll
import Dispatch
import Glibc

/// Says on a queue, again and again, while a descriptor can be read, has room if that is awaited, or has hung up.
package final class Readiness {
    /// Entered until nothing looks at the descriptor any more; only then may it be closed.
    package let ended = DispatchGroup()
    private let descriptor: Int32
    private let set: Int32
    private let source: any DispatchSourceRead

    /// Whether room to write is awaited too.
    package var awaitsRoom = false {
        didSet { if awaitsRoom != oldValue { _ = tell(EPOLL_CTL_MOD) } }
    }

    /// Begins to wait. `ready` must read until the descriptor gives nothing or has ended, or cancel.
    package init(
        of descriptor: Int32, on queue: DispatchQueue, ready: @escaping @Sendable () -> Void
    ) throws(LineFailure) {
        self.descriptor = descriptor
        set = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard set >= 0 else { throw LineFailure(errno: errno) }
        source = DispatchSource.makeReadSource(fileDescriptor: set, queue: queue)
        source.setEventHandler(handler: ready)
        ended.enter()
        source.setCancelHandler { [set, ended] in
            close(set)
            ended.leave()
        }
        source.activate()
        guard tell(EPOLL_CTL_ADD) else {
            let failure = LineFailure(errno: errno)
            source.cancel()
            throw failure
        }
    }

    /// `ready` comes no more once this has returned on the queue.
    package func cancel() { source.cancel() }

    private func tell(_ operation: Int32) -> Bool {
        var wanted = epoll_event()
        wanted.events = EPOLLIN.rawValue | (awaitsRoom ? EPOLLOUT.rawValue : 0)
        return epoll_ctl(set, operation, descriptor, &wanted) == 0
    }
}
