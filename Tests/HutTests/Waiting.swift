// Threads that may wait. A test that plays the room in front of a hut waits for sockets; it must not do so on the pool on
// which the hut's own tasks run.

import Foundation
import Testing

/// Runs a test's body on a thread that may wait; what it finds wrong is the test's.
func onThread(_ body: @escaping @Sendable () throws -> Void) async throws {
    let executor = WaitingExecutor()
    try await withTaskExecutorPreference(executor) { try body() }
    // A task refers to its executor without holding it.
    withExtendedLifetime(executor) {}
}

/// A thread of its own for one task.
private final class WaitingExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "test")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Runs something asynchronous and returns when it is done. Only on a thread that may wait.
@discardableResult
func wait<Value: Sendable>(for body: @escaping @Sendable () async throws -> Value) throws -> Value {
    let done = DispatchSemaphore(value: 0)
    let box = Box<Value>()
    Task {
        do { box.result = .success(try await body()) } catch { box.result = .failure(error) }
        done.signal()
    }
    done.wait()
    return try #require(box.result).get()
}

/// The same for what cannot fail.
func wait(for body: @escaping @Sendable () async -> Void) {
    let done = DispatchSemaphore(value: 0)
    Task {
        await body()
        done.signal()
    }
    done.wait()
}

/// What a task leaves for the thread that waits for it.
///
/// `@unchecked Sendable`: written before the semaphore is signalled, read after it was waited for.
private final class Box<Value>: @unchecked Sendable {
    var result: Result<Value, any Error>?
}
