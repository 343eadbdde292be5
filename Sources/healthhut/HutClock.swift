// The only file that asks the machine what time it is.
//
// The demo runs faster than life: a clock with a pace makes its own hut time and monotonic time from the machine's
// monotonic clock, so that time-outs, rests and the simulators' waits all shrink together.

import Dispatch
import Glibc
import Vitals

/// The hut's two clocks.
struct HutClock: Sendable {
    /// How many hut seconds pass in one second of the machine; 1 outside the demo.
    let pace: Double
    private let startedAt: Int64
    private let startedHut: Int64

    init(pace: Double = 1) {
        self.pace = pace
        startedAt = HutClock.nanoseconds(CLOCK_MONOTONIC)
        startedHut = HutClock.nanoseconds(CLOCK_REALTIME)
    }

    /// Both clocks now. At pace 1 the hut time is the machine's own, so that a clock that is set is noticed.
    var now: Now {
        let machine = HutClock.nanoseconds(CLOCK_MONOTONIC)
        guard pace != 1 else {
            let hut = HutClock.nanoseconds(CLOCK_REALTIME)
            return Now(hut: HutTime(milliseconds: hut / 1_000_000), monotonic: MonotonicTime(nanoseconds: machine))
        }
        let passed = Int64(Double(machine - startedAt) * pace)
        return Now(
            hut: HutTime(milliseconds: (startedHut + passed) / 1_000_000),
            monotonic: MonotonicTime(nanoseconds: startedAt + passed))
    }

    /// The machine's time at which a hut instant comes, for arming a timer.
    func machineTime(of instant: MonotonicTime) -> DispatchTime {
        let machine = startedAt + Int64(Double(instant.nanoseconds - startedAt) / pace)
        let at = pace == 1 ? instant.nanoseconds : machine
        return DispatchTime(uptimeNanoseconds: UInt64(max(0, at)))
    }

    /// A span of hut time as the machine's.
    func machineSpan(_ span: Duration) -> Duration { span / pace }

    private static func nanoseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
