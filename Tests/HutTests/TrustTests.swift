// How far a hut trusts its instruments, and how a mended decoder reaches history: with real ledgers and the real program.
import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

private let cuff = InstrumentID(rawValue: "cuff-1")
private let now = HutClock().now.hut

private func ago(hours: Int) -> HutTime { HutTime(milliseconds: now.milliseconds - Int64(hours) * 3_600_000) }

private func reading(_ systolic: Int, of instrument: InstrumentID = cuff, at time: HutTime, raw: [UInt8] = [])
    -> Reading
{
    Reading(
        vital: .bloodPressure(BloodPressure(systolic: MmHg(systolic), diastolic: 80, pulse: 72)), receivedAt: time,
        deviceTime: CivilTime(year: 2026, month: 11, day: 21, hour: 9, minute: 7), instrument: instrument,
        station: StationID(rawValue: "booth-1"), source: .cuffStation, raw: raw)
}

/// A ledger in this folder with one invented resident.
private func makeLedger(_ folder: Folder) async throws -> (Ledger, ResidentKey) {
    let ledger = try await Ledger.open(path: "\(folder.path)/ledger/ledger.sqlite", at: ago(hours: 800))
    try await ledger.append(
        [.residentAdded(Resident(number: "047", name: "张桂芳", sex: .female), id: "id-1")], at: ago(hours: 800))
    return (ledger, try #require(try await ledger.roster(id: "id-1")).key)
}

@Suite struct TrustTests {
    @Test func `a hut says at its start what is wrong with an instrument, and takes it back at its first word`()
        async throws
    {
        let folder = try Folder()
        let settings = try folder.settings(replacing: [
            (
                "device: 'maibobo', mayStart",
                "device: 'maibobo', serialNumber: 'RBP-0417', cuffSize: '22-32 cm', calibratedUntil: '2020-01-31', validatedOn: 'none', mayStart"
            )
        ])
        let (ledger, key) = try await makeLedger(folder)
        // The same hour of the week for three weeks, and nothing for thirty hours.
        for week in [3, 2, 1] {
            let time = ago(hours: 12 + week * 168)
            try await ledger.append([.reading(reading(138, at: time), .resident(key, visit: nil))], at: time)
        }
        let last = ago(hours: 30)
        try await ledger.append([.reading(reading(138, at: last), .resident(key, visit: nil))], at: last)
        await ledger.close()

        let monitor = try Monitor("\(folder.path)/cuff-1")
        let hut = try Running(["serve", "--settings", settings])
        _ = try hut.line(containing: "ready: ")
        let watcher = try TestWatcher("\(folder.path)/watch", since: 0)
        let doubt = try watcher.line(containing: #""rule":"DQ-03""#)
        #expect(doubt.contains(#""station":"cuff-1""#) && doubt.contains(#""severity":"soon""#))
        let silence = try watcher.line(containing: #""rule":"DQ-04""#)
        #expect(silence.contains(#""station":"cuff-1""#) && silence.contains(#""severity":"urgent""#))

        let health = try Program.run(["devices", "health", "--settings", settings])
        #expect(health.status == 0, "\(health.err)")
        for text in [
            "cuff-1  Maibobo / Raycome RBP", "serial number     RBP-0417", "2020-01-31, ended",
            "validated on      none",
            "30 days           4 readings, 0 errors, 0 faults, 0 without a value",
            "flag              DQ-03 cuff-1: calibration ended 31 Jan 2020; cuff-1: the model is on no validated list",
            "flag              DQ-04 cuff-1: nothing for a day", "cuff-2  ", "calibrated until  not said",
            "last heard        never",
        ] { #expect(health.out.contains(text), "\(text) in\n\(health.out)") }
        #expect(!health.out.contains("张"))

        try monitor.accept()
        monitor.say(maiboboResult(minute: 7, systolic: 141))
        let cleared = try watcher.line(containing: #""flag":"cleared""#)
        #expect(cleared.contains("DQ-04"))
        #expect(hut.end(SIGTERM) == 0)
    }

    @Test func `two cuffs in one session are compared from both sides`() async throws {
        let folder = try Folder()
        let settings = try folder.settings()
        let (ledger, key) = try await makeLedger(folder)
        for pair in 1...9 {
            let (first, second) = (ago(hours: 200 - pair * 20), ago(hours: 200 - pair * 20) + .seconds(240))
            try await ledger.append([.reading(reading(138, at: first), .resident(key, visit: nil))], at: first)
            let other = reading(126, of: InstrumentID(rawValue: "cuff-2"), at: second)
            try await ledger.append([.reading(other, .resident(key, visit: nil))], at: second)
        }
        await ledger.close()
        let health = try Program.run(["devices", "health", "--settings", settings])
        #expect(health.out.contains("against cuff-2    +12/0 mmHg, mean of 9 pairs in 90 days"), "\(health.out)")
        #expect(health.out.contains("against cuff-1    -12/0 mmHg, mean of 9 pairs in 90 days"))
    }

    @Test func `without a ledger there is nothing to tell`() throws {
        let folder = try Folder()
        #expect(try Program.run(["devices", "health", "--settings", try folder.settings()]).status == 66)
    }
}

@Suite struct ReplayTests {
    @Test func `a difference is told without a name, corrected with a reason, and gone the next time`() async throws {
        let folder = try Folder()
        let settings = try folder.settings()
        let (ledger, key) = try await makeLedger(folder)
        let (good, wrong) = (ago(hours: 50), ago(hours: 40))
        let first = try await ledger.append(
            [
                .reading(
                    reading(138, at: good, raw: maiboboResult(minute: 7, systolic: 138)), .resident(key, visit: nil))
            ],
            at: good)[0]
        // As a decoder that was wrong once had it.
        let second = try await ledger.append(
            [
                .reading(
                    reading(118, at: wrong, raw: maiboboResult(minute: 7, systolic: 148)), .resident(key, visit: nil))
            ],
            at: wrong)[0]
        try await ledger.append(
            [.fault(.implausible(field: "systolic"), cuff, nil, nil, raw: maiboboResult(minute: 8, systolic: 122))],
            at: wrong)
        await ledger.close()

        let told = try Program.run(["replay", "--settings", settings])
        #expect(told.status == 65)
        let lines = told.out.split(separator: "\n")
        #expect(lines.count == 2, "\(told.out)")
        #expect(lines[0].hasPrefix("fact \(second.rawValue)  ") && lines[0].contains("  cuff-1  "))
        #expect(
            lines[0].contains(#""systolic":118"#) && lines[0].contains(#"→ {"vital":"bloodPressure","systolic":148"#))
        #expect(
            lines[1].contains(#"{"fault":"implausible","field":"systolic"} → {"vital":"bloodPressure","systolic":122"#))
        #expect(!told.out.contains("张") && !told.out.contains("047"))
        #expect(told.err.contains("3 stored frames read, 2 differ, 0 corrected"))

        let corrected = try Program.run(["replay", "--settings", settings, "--correct", "systolic was read 30 too low"])
        #expect(corrected.err.contains("3 stored frames read, 2 differ, 1 corrected"))
        #expect(corrected.status == 65, "the fault still differs")
        let again = try Program.run([
            "replay", "--settings", settings, "--instrument", "cuff-1", "--since", "2020-01-01",
        ])
        #expect(again.out.split(separator: "\n").count == 1)

        let read = try await Ledger.open(path: "\(folder.path)/ledger/ledger.sqlite", at: now)
        guard case .bloodPressure(let pressure) = try #require(try await read.reading(second)).reading.vital else {
            Issue.record("another vital")
            return
        }
        #expect(pressure.systolic == 148)
        #expect(try await read.reading(first)?.reading.vital == reading(138, at: good).vital)
        #expect(try await read.residentsToReview() == [key])
        #expect(try await read.check() == [])
        await read.close()
    }

    @Test func `an instrument, a day and a reason that cannot be are refused`() async throws {
        let folder = try Folder()
        let settings = try folder.settings()
        let (ledger, _) = try await makeLedger(folder)
        await ledger.close()
        for (words, message) in [
            (["--instrument", "scale-9"], "no instrument 'scale-9'"),
            (["--since", "yesterday"], "--since takes a day"),
            (["--correct", ""], "--correct takes a reason"),
        ] {
            let run = try Program.run(["replay", "--settings", settings] + words)
            #expect(run.status == 64)
            #expect(run.err.contains(message))
        }
        let quiet = try Program.run(["replay", "--settings", settings])
        #expect(quiet.status == 0 && quiet.out.isEmpty)
    }
}
