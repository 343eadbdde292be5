// The rules' figures: a review of one resident from a large ledger to the flags, the rules' own part of it, and the
// rules alone. What a whole neighbourhood takes is in CareMeasures.

import FollowUpRules
import Glibc
import Ledger
import Vitals

private let offset = UTCOffset(seconds: 8 * 3_600)

/// Reviews residents of a filled ledger, each with everything in memory.
func review(_ path: String, policy policyPath: String, residents: Int, samples: Int) async throws {
    let policy = try Policy.load(json5: try contents(policyPath), file: policyPath)
    let ledger = try await Ledger.open(path: path, at: Neighbourhood.end)
    var (whole, rules): ([Double], [Double]) = ([], [])
    var rows = 0
    for sample in 0..<samples {
        let key = ResidentKey(rawValue: Int64(1 + (sample * 7_919) % residents))
        _ = try await ledger.history(of: key, now: Neighbourhood.end)
        whole.append(
            try await timed {
                guard let history = try await ledger.history(of: key, now: Neighbourhood.end) else { return }
                rows = max(rows, history.readings.count)
                rules.append(
                    await timed {
                        _ = FollowUpRules.review(history, policy: policy, now: Neighbourhood.end, offset: offset)
                    })
            })
    }
    say("review_rows", Double(rows))
    say("review", percentile(whole, 0.5))
    say("review_rules", percentile(rules, 0.5))
    await ledger.close()
}

/// The rules alone, of one invented resident who measures on every day or every week of the look-back.
func rules(_ policyPath: String) async throws {
    let policy = try Policy.load(json5: try contents(policyPath), file: policyPath)
    let one = Neighbourhood(residents: 1)
    guard case .residentAdded(let resident, _) = one.people[1] else { throw Usage() }
    for (name, every) in [("daily", 1), ("weekly", 7)] {
        let readings = stride(from: 399, through: 0, by: -every).flatMap { day in
            (0..<2).map { number -> RecordedReading in
                var reading = one.reading(day * 2 + number, of: 1_000)
                let time = Neighbourhood.end.milliseconds - Int64(day) * 86_400_000 + Int64(number) * 90_000
                reading.measuredAt = HutTime(milliseconds: time - 3_600_000)
                reading.receivedAt = reading.measuredAt
                reading.instrument = InstrumentID(rawValue: "cuff-1")
                return RecordedReading(
                    sequence: FactSequence(rawValue: Int64(1_000 - day * 2 + number)), reading: reading,
                    owner: .resident(ResidentKey(rawValue: 1), visit: nil))
            }
        }
        let history = ResidentHistory(
            key: ResidentKey(rawValue: 1), resident: resident, addedAt: readings[0].reading.measuredAt,
            readings: readings)
        var samples: [Double] = []
        for _ in 0..<500 {
            samples.append(
                await timed {
                    _ = FollowUpRules.review(history, policy: policy, now: Neighbourhood.end, offset: offset)
                })
        }
        say("rules_\(name)_rows", Double(readings.count))
        say("rules_\(name)", percentile(samples, 0.5))
    }
}

/// The most memory this process has had so far, KiB.
func peakMemory() throws -> Double {
    guard let file = fopen("/proc/self/status", "r") else { throw Usage() }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 200)
    while fgets(&line, Int32(line.count), file) != nil {
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" }
        if words.first == "VmHWM:", words.count > 1, let kibibytes = Double(words[1]) { return kibibytes }
    }
    throw Usage()
}
