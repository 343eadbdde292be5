// The only file that asks the machine what time it is.
//
// The demo runs faster than life where a person would only wait: its clock makes its own hut time and monotonic time
// from the machine's, at a pace that can change, so that rests, pauses and the simulators' measurements shrink together.

import Dispatch
import Glibc
import Synchronization
import Vitals

/// The hut's two clocks.
struct HutClock: Sendable {
    private let paced: PacedTime?

    /// The machine's own time.
    init() { paced = nil }

    /// A clock that starts now and runs `pace` times as fast as the machine's.
    init(pace: Double) { paced = PacedTime(pace: pace) }

    /// Both clocks now.
    var now: Now {
        if let paced { return paced.now }
        return Now(
            hut: HutTime(milliseconds: machineNanoseconds(CLOCK_REALTIME) / 1_000_000),
            monotonic: MonotonicTime(nanoseconds: machineNanoseconds(CLOCK_MONOTONIC)))
    }

    /// The machine's time at which a monotonic instant comes, for arming a timer.
    func machineTime(of instant: MonotonicTime) -> DispatchTime {
        DispatchTime(uptimeNanoseconds: UInt64(max(0, paced?.machine(of: instant) ?? instant.nanoseconds)))
    }

    /// How many seconds of the hut pass in one of the machine's.
    var pace: Double { paced?.pace ?? 1 }

    /// Changes the pace from now on; timers that are armed already must be armed again. Nothing where time is real.
    func setPace(_ pace: Double) { paced?.setPace(pace) }

    /// Lets time pass at once, as `setPace` does.
    func advance(by span: Duration) { paced?.advance(by: span) }
}

/// Time at a pace of its own.
private final class PacedTime: Sendable {
    private struct State {
        var machine: Int64
        var monotonic: Int64
        var hut: Int64
        var pace: Double
    }

    private let state: Mutex<State>

    init(pace: Double) {
        let machine = machineNanoseconds(CLOCK_MONOTONIC)
        let hut = machineNanoseconds(CLOCK_REALTIME)
        state = Mutex(State(machine: machine, monotonic: machine, hut: hut, pace: pace))
    }

    var pace: Double { state.withLock { $0.pace } }

    var now: Now {
        state.withLock { state in
            let passed = Int64(Double(machineNanoseconds(CLOCK_MONOTONIC) - state.machine) * state.pace)
            return Now(
                hut: HutTime(milliseconds: (state.hut + passed) / 1_000_000),
                monotonic: MonotonicTime(nanoseconds: state.monotonic + passed))
        }
    }

    func machine(of instant: MonotonicTime) -> Int64 {
        state.withLock { $0.machine + Int64(Double(instant.nanoseconds - $0.monotonic) / $0.pace) }
    }

    func advance(by span: Duration) {
        state.withLock {
            $0.monotonic += span.nanoseconds
            $0.hut += span.nanoseconds
        }
    }

    func setPace(_ pace: Double) {
        state.withLock { state in
            let machine = machineNanoseconds(CLOCK_MONOTONIC)
            let passed = Int64(Double(machine - state.machine) * state.pace)
            state = State(
                machine: machine, monotonic: state.monotonic + passed, hut: state.hut + passed, pace: pace)
        }
    }
}

private func machineNanoseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
