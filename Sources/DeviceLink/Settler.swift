// A stream says a value many times a second, also while the finger is going in, for seconds after it has left, and with
// a bit wrong now and then where a frame has no check. So one sample is never a reading: the settler waits until many
// agree, gives one, and gives no second one before the finger was out.
import Vitals

/// One sample of a stream; never a reading by itself.
struct Sample: Hashable, Sendable {
    /// nil when the device has no number to give.
    var vital: Vital?
    /// Which vital it is, or would be.
    var kind: VitalKind
    /// Why there is no number.
    var missing: NoValueClass?
    /// The finger is in, somebody stands on the scale, as far as the device says.
    var isPresent = true
    /// The device does not doubt its value.
    var isUsable = true
    /// The device is sure of its value; the settler prefers such a sample.
    var isBest = true
    var deviceTime: CivilTime?
    /// Empty for the frame at hand.
    var raw: [UInt8] = []
}

/// When a stream has settled: `settle` of a profile.
struct SettleRule: Hashable, Sendable {
    /// So many samples one after the other must agree; at least 2.
    var steady: Int
    /// From the first to the last of them so long at least.
    var lasting: Duration = .zero
    /// And so long at most; so long without any sample, and the finger is out.
    var within: Duration
    /// So many samples one after the other without a finger, and it is out: one may be a bit gone wrong.
    var gone = 2
    /// A smaller number (grams, hundredths of a degree) is nobody.
    var empty = Int.min
    /// How far the numbers of agreeing samples may lie apart: per cent, grams, hundredths of a degree.
    var spread = 0
    /// The same for the pulse beside them.
    var pulseSpread = 0
}

extension SettleRule {
    init(_ written: SettleFile, _ refuse: Refusal) throws(ProfileError) {
        guard written.steady >= 2, written.within > (written.lasting ?? 0), (written.gone ?? 2) >= 2 else {
            throw refuse(
                "settle", "that is no agreement",
                hint: "steady and gone at least 2 samples, within more seconds than lasting")
        }
        steady = written.steady
        lasting = .seconds(fraction: written.lasting ?? 0)
        within = .seconds(fraction: written.within)
        gone = written.gone ?? 2
        empty = written.empty ?? Int.min
        spread = written.percent ?? written.grams ?? written.centiCelsius ?? 0
        pulseSpread = written.pulse ?? 0
    }
}

/// Makes one reading of a stream for each finger put in.
struct Settler: Sendable {
    /// What a sample or silence changed.
    enum Change: Hashable, Sendable {
        /// A finger came in.
        case came
        /// The sample at hand is its one value, or says that there is none, and why.
        case settled
        /// The finger is out; `unsettled` when it never gave a value.
        case went(unsettled: Bool)
    }

    private enum State { case away, settling, settled }

    private let rule: SettleRule
    private var state = State.away
    private var absences = 0
    private var lastAt: MonotonicTime?
    private var run: Run?

    /// Samples that agree, one after the other.
    private struct Run {
        var count: Int
        var since: MonotonicTime
        var missing: NoValueClass?
        var numbers: ClosedRange<Int>
        var pulses: ClosedRange<Int>
        /// Enough agree; only a better sample is waited for.
        var isRipe = false
    }

    init(_ rule: SettleRule) { self.rule = rule }

    /// When silence means that the finger is out; nil while none is in.
    var deadline: MonotonicTime? {
        state == .away ? nil : lastAt.map { $0 + rule.within }
    }

    /// Takes the next sample.
    ///
    /// `now` is nil where nobody keeps time (`healthhut decode`): then samples are counted and spans hold.
    mutating func take(_ sample: Sample, at now: MonotonicTime?) -> Change? {
        let time = now ?? MonotonicTime(nanoseconds: 0)
        lastAt = time
        guard isPresent(sample) else { return absent() }
        absences = 0
        switch state {
        case .settled: return nil
        case .away:
            state = .settling
            run = begin(with: sample, at: time)
            return .came
        case .settling: return settle(sample, at: time, hasClock: now != nil)
        }
    }

    /// The stream has fallen silent.
    mutating func deadlineReached(at now: MonotonicTime) -> Change? {
        guard let deadline, deadline <= now else { return nil }
        return leave()
    }

    /// The line opened anew.
    mutating func forget() { self = Settler(rule) }

    /// A finger without a signal cannot be told from none.
    private func isPresent(_ sample: Sample) -> Bool {
        guard sample.isPresent, sample.missing != .noSignal else { return false }
        return sample.vital.map { $0.settlingNumbers.value >= rule.empty } ?? true
    }

    private mutating func absent() -> Change? {
        guard state != .away else { return nil }
        run = nil
        absences += 1
        return absences >= rule.gone ? leave() : nil
    }

    private mutating func leave() -> Change {
        let unsettled = state == .settling
        (state, absences, run) = (.away, 0, nil)
        return .went(unsettled: unsettled)
    }

    private mutating func settle(_ sample: Sample, at now: MonotonicTime, hasClock: Bool) -> Change? {
        guard sample.isUsable, var run, extend(&run, by: sample), run.isRipe || now - run.since <= rule.within else {
            run = begin(with: sample, at: now)
            return nil
        }
        let isLongEnough = !hasClock || now - run.since >= rule.lasting
        run.isRipe = run.isRipe || (run.count >= rule.steady && isLongEnough)
        self.run = run
        // A device that never calls a sample its best must not leave the resident waiting.
        guard run.isRipe, sample.isBest || run.count >= 2 * rule.steady else { return nil }
        state = .settled
        return .settled
    }

    private func begin(with sample: Sample, at now: MonotonicTime) -> Run? {
        guard sample.isUsable, sample.vital != nil || sample.missing != nil else { return nil }
        let numbers = sample.vital?.settlingNumbers ?? (value: 0, pulse: 0)
        return Run(
            count: 1, since: now, missing: sample.missing, numbers: numbers.value...numbers.value,
            pulses: numbers.pulse...numbers.pulse)
    }

    /// False when the sample does not agree with the run.
    private func extend(_ run: inout Run, by sample: Sample) -> Bool {
        guard sample.missing == run.missing else { return false }
        if let (value, pulse) = sample.vital?.settlingNumbers {
            run.numbers = min(run.numbers.lowerBound, value)...max(run.numbers.upperBound, value)
            run.pulses = min(run.pulses.lowerBound, pulse)...max(run.pulses.upperBound, pulse)
        }
        run.count += 1
        return run.numbers.upperBound - run.numbers.lowerBound <= rule.spread
            && run.pulses.upperBound - run.pulses.lowerBound <= rule.pulseSpread
    }
}

extension Vital {
    /// The numbers that must agree from sample to sample, in the vital's own small units.
    fileprivate var settlingNumbers: (value: Int, pulse: Int) {
        switch self {
        case .oxygenSaturation(let oxygen): (oxygen.percent, oxygen.pulse?.value ?? 0)
        case .pulseRate(let rate): (rate.value, 0)
        case .temperature(let celsius), .surfaceTemperature(let celsius): (celsius, 0)
        case .weight(let grams): (grams, 0)
        case .height(let millimetres): (millimetres, 0)
        case .glucose(let glucose): (glucose.micromolesPerLitre, 0)
        // No stream gives these (GivingLoading); were there one, no two samples with another value would agree.
        case .bloodPressure(let pressure): (pressure.systolic.value, pressure.diastolic.value)
        case .wearableBloodPressure(let pressure): (pressure.systolic.value, pressure.diastolic.value)
        }
    }
}
