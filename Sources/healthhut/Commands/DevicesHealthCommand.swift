// `healthhut devices health`: how far each instrument of a hut can be trusted: what its papers say, what it did, how it
// compares with the other cuffs, and which flags stand.

import FollowUpRules
import Ledger
import Settings
import Vitals

let devicesHealthShape = CommandShape(
    "healthhut devices health", "Tells how far each instrument of a hut can be trusted.",
    options: [.init("--settings", "FILE", "the hut's settings", isRequired: true)],
    notes: """
        Serial number, cuff size, calibration and validated list are keys of the instrument in the settings. Counts are
        of days of UTC. Two cuffs are compared where one resident used both in one session.
        """)

/// Prints a chapter for each instrument.
func runDevicesHealth(_ arguments: Arguments) async throws(CommandError) {
    let configuration = try HutConfiguration.load(arguments["--settings"] ?? "")
    let settings = configuration.settings
    guard exists(settings.ledger) else {
        throw CommandError("ledger \(settings.ledger) is not there yet", hint: "the first serve makes it", status: 66)
    }
    let now = HutClock().now.hut
    do throws(LedgerError) {
        let ledger = try await Ledger.open(path: settings.ledger, at: now)
        for instrument in configuration.instruments {
            let id = instrument.manner.id
            let record = try await ledger.record(
                of: id, settings.papers(of: id), policy: configuration.policy, now: now)
            let place = StationID(rawValue: id.rawValue)
            var flags: [Flag] = []
            for rule in [RuleID.instrument, .silence] {
                if let flag = try await ledger.openFlag(rule, .station(place)) { flags.append(flag) }
            }
            printLine("\(id.rawValue)  \(instrument.profile.name)")
            let today = settings.offset.day(of: now)
            let rows =
                record.papers.rows(on: today) + record.countRows(now: now, offset: settings.offset)
                + record.driftRows(policy: configuration.policy)
                + flags.map { ["flag", "\($0.draft.rule.rawValue) \($0.evidence.last?.sentence.english ?? "")"] }
            for row in columns(rows) { printLine("  \(row)") }
        }
        await ledger.close()
    } catch {
        throw CommandError(error.message, hint: error.hint, status: 74)
    }
}

extension InstrumentPapers {
    fileprivate func rows(on today: LocalDay) -> [[String]] {
        let left = calibratedUntil.map { $0 - today }
        let calibration = calibratedUntil.map { day in
            day < today ? "\(day.iso), ended" : "\(day.iso), \(left ?? 0) days left"
        }
        return [
            ["serial number", serialNumber ?? "not said"], ["cuff size", cuffSize ?? "not said"],
            ["calibrated until", calibration ?? "not said"], ["validated on", validatedOn ?? "not said"],
        ]
    }
}

extension InstrumentRecord {
    fileprivate func countRows(now: HutTime, offset: UTCOffset) -> [[String]] {
        let today = UTCOffset(seconds: 0).day(of: now).daysSince1970
        func line(_ days: Int) -> String {
            let within = self.days.filter { $0.day > today - days }
            func sum(_ count: KeyPath<InstrumentDay, Int>) -> Int { within.reduce(0) { $0 + $1[keyPath: count] } }
            return "\(sum(\.readings)) readings, \(sum(\.errors)) errors, \(sum(\.faults)) faults, "
                + "\(sum(\.noValues)) without a value"
        }
        return [
            ["last heard", lastHeard.map { String(offset.iso($0).prefix(16)).replacing("T", with: " ") } ?? "never"],
            ["7 days", line(7)], ["30 days", line(30)],
        ]
    }

    fileprivate func driftRows(policy: Policy) -> [[String]] {
        let days = policy.instruments.driftDays.value
        return drifts.map { drift in
            func signed(_ number: Int) -> String { number > 0 ? "+\(number)" : "\(number)" }
            let few = drift.pairs < policy.instruments.driftPairs.value ? ", too few to judge" : ""
            return [
                "against \(drift.other.rawValue)",
                "\(signed(drift.systolic))/\(signed(drift.diastolic)) mmHg, mean of \(drift.pairs) pairs in \(days) days\(few)",
            ]
        }
    }
}
