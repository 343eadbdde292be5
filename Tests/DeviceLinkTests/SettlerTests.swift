// When a stream has given its one value, and when it never does: samples, times, nothing else.
import Testing
import Vitals

@testable import DeviceLink

private func sample(_ percent: Int, _ pulse: Int = 72, _ change: (inout Sample) -> Void = { _ in }) -> Sample {
    let vital = Vital.oxygenSaturation(OxygenSaturation(percent: percent, pulse: PerMinute(pulse)))
    var sample = Sample(vital: vital, kind: .oxygenSaturation)
    change(&sample)
    return sample
}

private func nothing(_ why: NoValueClass = .noSignal, present: Bool = true) -> Sample {
    Sample(kind: .oxygenSaturation, missing: why, isPresent: present)
}

private func weight(_ grams: Int, stands: Bool = true) -> Sample {
    Sample(vital: .weight(grams: grams), kind: .weight, isUsable: stands)
}

/// What each sample changed, a second apart.
private func changes(_ settler: inout Settler, _ samples: [Sample], from start: Double = 0, every: Double = 1)
    -> [String]
{
    samples.enumerated().compactMap { index, sample in
        settler.take(sample, at: at(start + Double(index) * every)).map { word($0, sample) }
    }
}

private func word(_ change: Settler.Change, _ sample: Sample) -> String {
    switch change {
    case .came: return "came"
    case .went(let unsettled): return unsettled ? "went unsettled" : "went"
    case .settled:
        switch sample.vital {
        case .oxygenSaturation(let oxygen)?: return "settled \(oxygen.percent)"
        case .weight(let grams)?: return "settled \(grams)"
        default: return "no value: \(sample.missing?.rawValue ?? "?")"
        }
    }
}

private let finger = SettleRule(steady: 6, within: .seconds(10), spread: 2, pulseSpread: 5)
private let scale = SettleRule(steady: 3, lasting: .seconds(1), within: .seconds(5), empty: 2_000, spread: 50)

struct SettlerTests {
    private static let rows: [(String, [Sample], [String])] = [
        ("one lone sample", [sample(97)], ["came"]),
        ("five that agree", Array(repeating: sample(97), count: 5), ["came"]),
        ("six that agree", Array(repeating: sample(97), count: 6), ["came", "settled 97"]),
        ("more of the same", Array(repeating: sample(97), count: 40), ["came", "settled 97"]),
        ("within two per cent", [97, 98, 97, 99, 97, 98].map { sample($0) }, ["came", "settled 98"]),
        ("three per cent apart", [97, 98, 97, 100, 97, 98].map { sample($0) }, ["came"]),
        ("pulse within five", [70, 72, 75, 71, 70, 73].map { sample(97, $0) }, ["came", "settled 97"]),
        ("pulse six apart", [70, 72, 76, 71, 70, 73].map { sample(97, $0) }, ["came"]),
        (
            "a doubted one in the middle",
            [97, 97, 97, 97, 97].map { sample($0) } + [sample(97, 72) { $0.isUsable = false }]
                + [97, 97].map { sample($0) }, ["came"]
        ),
        ("held values", Array(repeating: sample(97) { $0.isPresent = false }, count: 30), []),
        ("no finger", Array(repeating: nothing(present: false), count: 30), []),
        ("a finger without a signal is no finger", Array(repeating: nothing(), count: 30), []),
        (
            "a fault that stays", Array(repeating: nothing(.fault), count: 12), ["came", "no value: fault"]
        ),
        (
            "waits for the best", Array(repeating: sample(97) { $0.isBest = false }, count: 8) + [sample(96)],
            ["came", "settled 96"]
        ),
        (
            "and not for ever", Array(repeating: sample(97) { $0.isBest = false }, count: 12), ["came", "settled 97"]
        ),
        (
            "out and another in: two settlings",
            Array(repeating: sample(97), count: 6) + Array(repeating: nothing(present: false), count: 2)
                + Array(repeating: sample(92), count: 6), ["came", "settled 97", "went", "came", "settled 92"]
        ),
        (
            "out before it settled",
            Array(repeating: sample(97), count: 4) + Array(repeating: nothing(present: false), count: 2),
            ["came", "went unsettled"]
        ),
        (
            "one sample without a finger is a bit gone wrong",
            Array(repeating: sample(97), count: 6) + [nothing(present: false)]
                + Array(repeating: sample(97), count: 20),
            ["came", "settled 97"]
        ),
    ]

    @Test(arguments: rows)
    func `an oximeter settles once for each finger`(name: String, samples: [Sample], expected: [String]) {
        var settler = Settler(finger)
        #expect(changes(&settler, samples) == expected, "\(name)")
    }

    @Test func `samples that come too rarely never agree`() {
        var settler = Settler(finger)
        #expect(changes(&settler, Array(repeating: sample(97), count: 30), every: 2.5) == ["came"])
    }

    @Test func `a scale gives one weight until it was empty`() {
        var settler = Settler(scale)
        let person =
            [weight(31_000, stands: false), weight(72_600, stands: false)] + Array(repeating: weight(72_500), count: 9)
        let shifts = [weight(70_100), weight(70_100), weight(70_100), weight(70_100)]
        #expect(changes(&settler, [weight(0), weight(0)] + person + shifts, every: 0.5) == ["came", "settled 72500"])
        #expect(changes(&settler, [weight(0), weight(0)], from: 10) == ["went"])
        let second = Array(repeating: weight(64_000), count: 5)
        #expect(changes(&settler, second, from: 12, every: 0.5) == ["came", "settled 64000"])
    }

    @Test func `a weight must stand for a second, however often it is said`() {
        var settler = Settler(scale)
        #expect(changes(&settler, Array(repeating: weight(72_500), count: 19), every: 0.05) == ["came"])
        var patient = Settler(scale)
        #expect(
            changes(&patient, Array(repeating: weight(72_500), count: 22), every: 0.05) == ["came", "settled 72500"])
    }

    @Test func `a stream that falls silent has let the finger go`() {
        var settler = Settler(finger)
        #expect(settler.deadline == nil)
        _ = changes(&settler, Array(repeating: sample(97), count: 6))
        #expect(settler.deadline == at(15))
        #expect(settler.deadlineReached(at: at(14.9)) == nil)
        #expect(settler.deadlineReached(at: at(15)) == .went(unsettled: false))
        #expect(settler.deadline == nil)
    }

    @Test func `no random stream gives two readings without a finger out between, nor one of a lone sample`() {
        for seed in cases(5_000) {
            var chance = SeededChance(seed: UInt64(seed))
            var settler = Settler(finger)
            var (settled, inARow) = (false, 0)
            for second in 0..<60 {
                let one: Sample
                switch Int.random(in: 0..<12, using: &chance) {
                case 0: one = nothing(present: false)
                case 1: one = sample(97) { $0.isUsable = false }
                default: one = sample(Int.random(in: 96...98, using: &chance))
                }
                inARow = one.isPresent && one.isUsable ? inARow + 1 : 0
                switch settler.take(one, at: at(Double(second))) {
                case .settled:
                    #expect(!settled, "seed \(seed)")
                    #expect(inARow >= finger.steady, "seed \(seed)")
                    settled = true
                case .went: settled = false
                case .came, nil: break
                }
            }
        }
    }
}
