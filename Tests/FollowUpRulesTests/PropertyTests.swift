// Random histories against what must hold for all of them (clinical-rules 5.5): any order of arrival ends in the same
// flags, a second review and a replay say the same, midnight and a clock change raise nothing twice, a worse reading never
// removes a critical flag, a moved or withdrawn reading recomputes both people, no wearable is in any evidence, at most
// one open flag a rule.
//
// A hundred thousand, shared out among the properties, on every core. Seeded: a failure names the seed and the case, and
// the case alone makes its history.
import FollowUpRules
import FoundationEssentials
import Testing
import Vitals

let propertySeed = UInt64(ProcessInfo.processInfo.environment["HEALTHHUT_SEED"] ?? "") ?? 20_261_121

private let count =
    100_000 / max(1, Int(ProcessInfo.processInfo.environment["HEALTHHUT_PROPERTY_DIVISOR"] ?? "") ?? 1)

/// What must hold, and its sixteenths of the hundred thousand histories.
enum Property: CaseIterable {
    case order, replay, clocks, wearables, worse, moved, withdrawn

    var sixteenths: Int {
        switch self {
        case .order, .withdrawn, .moved: 2
        case .replay, .clocks, .worse: 3
        case .wearables: 1
        }
    }

    /// The failures of its share, each with the words that make it again.
    var failures: [String] {
        get async throws {
            let (policy, parts, share) = (try shippedPolicy(), 8, count * sixteenths / 16)
            return await withTaskGroup(of: [String].self) { group in
                for part in 0..<parts {
                    group.addTask {
                        stride(from: part, to: share, by: parts).flatMap { number in
                            Trial(policy: policy, number: number, self).failures.map {
                                "seed \(propertySeed), case \(number): \($0)"
                            }
                        }
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
        }
    }
}

@Suite struct `A hundred thousand histories` {
    @Test func `are shared out among the properties`() {
        #expect(Property.allCases.reduce(0) { $0 + $1.sixteenths } == 16)
    }

    @Test func `end in the same flags in whatever order their facts arrive`() async throws {
        let failures = try await Property.order.failures
        #expect(failures.isEmpty, "\(failures.prefix(5))")
    }

    @Test func `say the same at a second review and in a replay: a pure function of facts, policy and day`()
        async throws
    {
        let failures = try await Property.replay.failures
        #expect(failures.isEmpty, "\(failures.prefix(5))")
    }

    @Test func `raise nothing twice at midnight, or when the clock changes`() async throws {
        let failures = try await Property.clocks.failures
        #expect(failures.isEmpty, "\(failures.prefix(5))")
    }

    @Test func `have no wearable's value in any evidence`() async throws {
        let failures = try await Property.wearables.failures
        #expect(failures.isEmpty, "\(failures.prefix(5))")
    }

    @Test func `lose no critical flag by a worse reading`() async throws {
        let failures = try await Property.worse.failures
        #expect(failures.isEmpty, "\(failures.prefix(5))")
    }

    @Test func `recompute both residents when a reading is another's`() async throws {
        let failures = try await Property.moved.failures
        #expect(failures.isEmpty, "\(failures.prefix(5))")
    }

    @Test func `recompute the resident when a reading or a follow-up was entered in error`() async throws {
        let failures = try await Property.withdrawn.failures
        #expect(failures.isEmpty, "\(failures.prefix(5))")
    }
}
