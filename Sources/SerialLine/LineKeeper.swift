// Keeps one line: opens it, hands its bytes on, says when it is lost and why, and tries again until it is stopped.
//
// The keeper lives on the queue of whoever listens, so bytes reach the handler on the wake-up that brought them, with
// no hop and one array a read. What may take long (a resolver, a driver, a host that does not answer, a close that
// drains) runs on a queue of the line's own: no line ever delays another. While a line is open and quiet nothing here
// wakes up; while it is lost a timer and a watch on its device node do.

import Dispatch
import Glibc

/// What a line has to say.
package enum LineEvent: Sendable, Hashable {
    case opened
    /// As they came, never empty; cut anywhere.
    case bytes([UInt8])
    /// Not opened, or open no more; tried again after the pause or when the device node comes back, whichever is first.
    /// Comes after every try that fails.
    case lost(LineFailure, retryIn: Duration)
}

/// Runs work once on a queue after a pause. Tests give one that does not wait.
package typealias RetryTimer = @Sendable (Duration, DispatchQueue, @escaping @Sendable () -> Void) -> Void

/// Opens a line. Tests give one whose port they can see into.
package typealias LineOpening = @Sendable (LineDescription) throws(LineFailure) -> any ByteLine

/// Keeps a line open.
///
///     let keeper = LineKeeper(.serial(SerialSettings(path: "/dev/ttyUSB0")), queue: queue) { event in … }
///     keeper.start()
///     keeper.send([0xCC, 0x80])
///     keeper.stop()
///
/// `start`, `send` and `stop` may be called from anywhere; on the queue they take effect before they return. None of
/// them calls the handler itself. A started keeper lives until `stop`.
package actor LineKeeper {
    /// The most that may wait to be sent, in bytes: no command comes near it, so more means that the other side has
    /// stopped taking any.
    package static let longestUnsent = 65_536

    package nonisolated let line: LineDescription
    package nonisolated var unownedExecutor: UnownedSerialExecutor { home.asUnownedSerialExecutor() }

    private let home: QueueExecutor
    /// Opens and closes, in order, so that a port is let go before it is tried again.
    private let opener: DispatchQueue
    private let handler: @Sendable (LineEvent) -> Void
    private let retryTimer: RetryTimer
    private let opening: LineOpening
    private var state = State.idle
    private var backoff = Backoff()
    /// Counts tries, so that the timer of an earlier one does nothing.
    private var attempt = 0
    /// The modem lines somebody decided about; they stay so however often the port goes and comes.
    private var held: [ControlLine: Bool] = [:]
    private var watch: PortWatch?
    private var watchSource: (any DispatchSourceRead)?

    private enum State {
        case idle
        /// `again`: the device node changed meanwhile.
        case opening(again: Bool)
        case open(OpenLine)
        case waiting
        case stopped
    }

    /// - Parameters:
    ///   - queue: serial; every event comes on it.
    ///   - handler: may call `send` and `stop`; no event comes once `stop` has returned on the queue.
    package init(
        _ line: LineDescription, queue: DispatchQueue, retryTimer: @escaping RetryTimer = LineKeeper.afterPause,
        opening: @escaping LineOpening = { line throws(LineFailure) in try line.open() },
        handler: @escaping @Sendable (LineEvent) -> Void
    ) {
        (self.line, self.handler, self.retryTimer, self.opening) = (line, handler, retryTimer, opening)
        home = QueueExecutor(queue)
        opener = DispatchQueue(label: "healthhut.line \(line)")
    }

    package nonisolated func start() { home.run { self.assumeIsolated { $0.begin() } } }

    /// Sends the bytes in order, now or as soon as the line takes them. Bytes for a line that is not open are dropped:
    /// a command is of no use to an instrument that comes back later.
    package nonisolated func send(_ bytes: [UInt8]) { home.run { self.assumeIsolated { $0.write(bytes) } } }

    /// Raises or lowers a modem line, now and after every opening to come. Opening raises both for a moment: that is the
    /// kernel's doing, and a lamp blinks.
    package nonisolated func hold(_ control: ControlLine, raised: Bool) {
        home.run { self.assumeIsolated { $0.keep(control, raised: raised) } }
    }

    /// Closes the line for good.
    package nonisolated func stop() { home.run { self.assumeIsolated { $0.end() } } }

    /// Waits by the monotonic clock.
    package static let afterPause: RetryTimer = { pause, queue, work in
        let (seconds, attoseconds) = pause.components
        let nanoseconds = Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
        queue.asyncAfter(deadline: .now() + .nanoseconds(nanoseconds), execute: work)
    }
}

// MARK: The life of a line

extension LineKeeper {
    private func begin() {
        guard case .idle = state else { return }
        open()
    }

    private func open() {
        watchNode()
        attempt += 1
        state = .opening(again: false)
        opener.async { [line, home, opening] in
            let result = Result { () throws(LineFailure) in try opening(line) }
            home.queue.async { self.assumeIsolated { $0.opened(result) } }
        }
    }

    private func opened(_ result: Result<any ByteLine, LineFailure>) {
        switch (state, result) {
        case (.opening, .success(let line)): attach(line)
        case (.opening(let again), .failure(let failure)): wait(after: failure, atOnce: again)
        case (_, .success(let line)): opener.async { line.close() }
        case (_, .failure): break
        }
    }

    private func attach(_ line: any ByteLine) {
        do {
            for (control, raised) in held { try line.hold(control, raised: raised) }
            state = .open(try OpenLine(line, on: home.queue) { self.assumeIsolated { $0.ready() } })
            forgetNode()
            handler(.opened)
        } catch {
            opener.async { line.close() }
            wait(after: error)
        }
    }

    /// Tries again after the pause that is due, and says so.
    private func wait(after failure: LineFailure, atOnce: Bool = false) {
        let pause = atOnce ? .zero : backoff.pause()
        state = .waiting
        watchNode()
        retryTimer(pause, home.queue) { [weak self, attempt] in
            self?.assumeIsolated { $0.retry(after: attempt) }
        }
        handler(.lost(failure, retryIn: pause))
    }

    private func retry(after attempt: Int) {
        guard case .waiting = state, attempt == self.attempt else { return }
        open()
    }

    /// The line has failed; an open one is closed.
    private func lose(_ failure: LineFailure) {
        guard case .open(let line) = state else { return }
        line.close(on: opener)
        wait(after: failure)
    }

    private func end() {
        if case .open(let line) = state { line.close(on: opener) }
        state = .stopped
        forgetNode()
    }
}

// MARK: Bytes

extension LineKeeper {
    /// One read a wake-up, which comes again while there is more. What is to be sent comes second: an instrument that
    /// sent its last and went has still sent it.
    private func ready() {
        guard case .open(let line) = state else { return }
        do {
            let bytes = try line.read()
            if bytes.isEmpty {
                try line.sendRest()
            } else {
                backoff.reset()
                handler(.bytes(bytes))
            }
        } catch {
            lose(error)
        }
    }

    private func write(_ bytes: [UInt8]) {
        guard case .open(let line) = state, !line.send(bytes) else { return }
        // Later, not from inside the caller's own call.
        home.queue.async { [attempt] in
            self.assumeIsolated { if $0.attempt == attempt { $0.lose(.notTaking) } }
        }
    }
}

// MARK: Modem lines

extension LineKeeper {
    private func keep(_ control: ControlLine, raised: Bool) {
        guard held.updateValue(raised, forKey: control) != raised, case .open(let line) = state else { return }
        do {
            try line.hold(control, raised: raised)
        } catch {
            // Later, not from inside the caller's own call.
            home.queue.async { [attempt] in
                self.assumeIsolated { if $0.attempt == attempt { $0.lose(error) } }
            }
        }
    }
}

// MARK: The device node

extension LineKeeper {
    /// Watches while the line is not open, and only then: a busy folder must not wake a quiet line. Without a watch (none
    /// to be had, or TCP) the growing pause does alone.
    private func watchNode() {
        guard watch == nil, let node = line.node, let begun = PortWatch(node) else { return }
        let source = DispatchSource.makeReadSource(fileDescriptor: begun.descriptor, queue: home.queue)
        source.setEventHandler { self.assumeIsolated { $0.nodeMayHaveChanged() } }
        // The kernel takes 10 ms and more to end a watch: not on the queue that lines share.
        source.setCancelHandler { [opener] in opener.async { close(begun.descriptor) } }
        source.activate()
        (watch, watchSource) = (begun, source)
    }

    private func forgetNode() {
        watchSource?.cancel()
        (watch, watchSource) = (nil, nil)
    }

    private func nodeMayHaveChanged() {
        guard watch?.changed() == true else { return }
        switch state {
        case .opening: state = .opening(again: true)
        case .waiting where watch?.isThere == true:
            backoff.reset()
            open()
        case .waiting, .idle, .open, .stopped: break
        }
    }
}
