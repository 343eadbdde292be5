// The hut's own queue as an actor's executor: what `DispatchSerialQueue` is elsewhere and Linux lacks. Lines, sockets
// and timers call back on this queue and enter the actor at once, without a hop, checked by Dispatch.

import Dispatch

/// Runs an actor's work on a serial queue.
final class QueueExecutor: SerialExecutor {
    let queue: DispatchQueue

    init(_ queue: DispatchQueue) { self.queue = queue }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
}
