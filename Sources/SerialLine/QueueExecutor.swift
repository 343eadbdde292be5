// An actor whose home is a Dispatch queue: what `DispatchSerialQueue` is elsewhere and Linux lacks. Code that already
// runs on the queue (a descriptor's readiness) enters the actor at once, without a hop and checked by Dispatch.

import Dispatch

/// Runs an actor's work on a serial queue; shared with whoever lives on the queue of a line.
package final class QueueExecutor: SerialExecutor {
    package let queue: DispatchQueue
    /// Marks each queue with itself, so that code can tell whether it already runs there.
    private static let mark = DispatchSpecificKey<ObjectIdentifier>()

    package init(_ queue: DispatchQueue) {
        self.queue = queue
        // Once a queue: putting it anew would take the old mark from under whoever is just reading it.
        if queue.getSpecific(key: Self.mark) == nil {
            queue.setSpecific(key: Self.mark, value: ObjectIdentifier(queue))
        }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    package func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }

    /// Runs the work now if this is the queue, else as soon as the queue is free.
    func run(_ work: @escaping @Sendable () -> Void) {
        if DispatchQueue.getSpecific(key: Self.mark) == ObjectIdentifier(queue) {
            work()
        } else {
            queue.async(execute: work)
        }
    }
}
