// Everything the hut does because time passes: one timer for all, armed for the nearest deadline and for nothing else,
// so that a quiet hut sleeps.

import Dispatch
import Kiosk
import Vitals

/// One Dispatch timer that is moved to the nearest deadline.
final class HutTimer {
    private let source: any DispatchSourceTimer
    private let clock: HutClock

    init(queue: DispatchQueue, clock: HutClock) {
        self.clock = clock
        source = DispatchSource.makeTimerSource(queue: queue)
        source.schedule(deadline: .distantFuture)
        // At once: a source that is let go before it was activated ends the program; one without a handler is a bug in
        // Dispatch's eyes, and it says so to the system's log.
        source.setEventHandler {}
        source.activate()
    }

    /// Calls `body` on the queue whenever a deadline comes.
    func start(_ body: @escaping @Sendable () -> Void) {
        source.setEventHandler(handler: body)
    }

    /// Moves the next call; nil: none until it is moved again.
    func move(to deadline: MonotonicTime?) {
        source.schedule(deadline: deadline.map(clock.machineTime(of:)) ?? .distantFuture, leeway: .milliseconds(1))
    }

    func stop() { source.cancel() }
}

/// What the hut remembers of its own clocks.
struct TimeState: Sendable {
    /// Hut time less monotonic time at the last look, in milliseconds: moves when the clock is set.
    var wallOffset: Int64?
    /// The newest fact is younger than the clock says: no due date is made until the clock has caught up.
    var untrustedUntil: HutTime?
    var reviewedDay: LocalDay?
    var armed: MonotonicTime?
    var nextWatchdog: MonotonicTime?
}

/// The day this version was made: a clock that stands before it is wrong.
let releaseDay = LocalDay(daysSince1970: 20_778)  // 2026-11-21

extension Hut {
    /// How often a closed hut tries whether there is room again.
    static let retryWhenClosed: Duration = .seconds(5)
    /// A clock that moved more than this against the monotonic one was set, not disciplined.
    private static let clockStep: Int64 = 2_000

    /// Does everything that is due, then sleeps until the next thing.
    func deadlineReached() {
        let now = self.now
        noticeClock(now)
        for id in instruments.keys where (instruments[id]?.conversation.deadline).map({ $0 <= now.monotonic }) == true {
            instrumentDeadline(id, now)
        }
        for id in places.keys { placeDeadline(id, now) }
        if let due = attribution.deadline, due <= now.monotonic { attributionDeadline(now) }
        for (station, waiting) in unowned where waiting.until <= now.monotonic {
            unowned[station] = nil
            pushHall(station)
        }
        sessionsEnded(now)
        textsDue(now)
        if let retry = pending.retryAt, retry <= now.monotonic { retryClosed() }
        if let watchdog = time.nextWatchdog, watchdog <= now.monotonic { feedWatchdog(now) }
        if let day = time.reviewedDay, offset.day(of: now.hut) != day { dayChanged(now) }
        arm()
    }

    /// Moves the timer to the nearest deadline of anything.
    func arm() {
        var deadlines = instruments.values.compactMap(\.conversation.deadline)
        deadlines += places.values.compactMap(\.deadline)
        deadlines += [attribution.deadline, pending.retryAt, time.nextWatchdog].compactMap { $0 }
        deadlines += unowned.values.map(\.until) + sessionsEnding.values
        deadlines += output.calls.values.compactMap(\.dueAt)
        deadlines.append(midnight)
        let next = deadlines.min()
        guard next != time.armed else { return }
        time.armed = next
        timer.move(to: next)
    }

    /// Takes note of a clock that was set, and of one that cannot be right.
    func noticeClock(_ now: Now) {
        let wallOffset = now.hut.milliseconds - now.monotonic.nanoseconds / 1_000_000
        let step = wallOffset - (time.wallOffset ?? wallOffset)
        time.wallOffset = wallOffset
        if let until = time.untrustedUntil, now.hut >= until {
            time.untrustedUntil = nil
            attribution.clockIsTrusted = true
            log(.notice, "the clock has caught up with the ledger")
            work { await $0.reviewEverybody() }
        }
        guard abs(step) > Hut.clockStep else { return }
        let seconds = Int(step / 1_000)
        log(.warning, "the clock was set by \(seconds) s")
        attribution.clockChanged(now: now)
        if step < 0 {
            time.untrustedUntil = now.hut + .milliseconds(-step)
            attribution.clockIsTrusted = false
        }
        time.armed = nil
        note([.clockChanged(bySeconds: seconds)])
    }

    /// Whether due dates may be made from the clock.
    var clockIsTrusted: Bool { time.untrustedUntil == nil }

    private var midnight: MonotonicTime {
        let now = self.now
        return now.monotonic + (offset.start(of: offset.day(of: now.hut) + 1) - now.hut)
    }

    private func feedWatchdog(_ now: Now) {
        manager.tell("WATCHDOG=1")
        time.nextWatchdog = manager.watchdogEvery.map { now.monotonic + $0 }
    }

    /// Local midnight: everybody and every instrument is reviewed, because overdue is made by time passing.
    private func dayChanged(_ now: Now) {
        time.reviewedDay = offset.day(of: now.hut)
        log(.info, "a new day: reviewing every resident")
        work {
            await $0.reviewInstruments()
            await $0.reviewEverybody()
        }
    }
}
