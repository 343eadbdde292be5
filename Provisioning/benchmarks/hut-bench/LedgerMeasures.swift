// The ledger's figures: writing alone and together, reading cold and warm, a claim, a rebuild, a check.

import Glibc
import Ledger
import Vitals

/// Makes a ledger of `count` readings, or brings one on to that number.
func fill(_ path: String, residents: Int, count: Int) async throws {
    let neighbourhood = Neighbourhood(residents: residents)
    let ledger = try await Ledger.open(path: path, at: Neighbourhood.end)
    let people = neighbourhood.people
    if try await ledger.last().rawValue == 0 { try await ledger.append(people, at: Neighbourhood.end) }
    var index = Int(try await ledger.last().rawValue) - people.count
    while index < count {
        let next = min(count, index + 2_000)
        let facts = (index..<next).map { neighbourhood.fact($0, of: count) }
        try await ledger.append(facts, at: Neighbourhood.end)
        index = next
    }
    // As in a hut whose reviews have caught up.
    let last = try await ledger.last()
    let marks = (1...residents).map { ReviewMark(resident: ResidentKey(rawValue: Int64($0)), upTo: last) }
    try await ledger.append([.hutStarted(version: "bench")], at: Neighbourhood.end, reviewed: marks)
    await ledger.close()
}

/// Appends readings, `together` a call, and counts time and bytes up to the closed file.
func append(_ path: String, residents: Int, count: Int, together: Int) async throws {
    let neighbourhood = Neighbourhood(residents: residents)
    try dropFromMemory(path)
    let ledger = try await Ledger.open(path: path, at: Neighbourhood.end)
    let calls = stride(from: 0, to: count, by: together).map { first in
        (first..<min(count, first + together)).map { neighbourhood.fact(count + $0, of: count) }
    }
    let before = try bytesWritten()
    var samples: [Double] = []
    let total = try await timed {
        for facts in calls {
            samples.append(try await timed { try await ledger.append(facts, at: Neighbourhood.end) })
        }
    }
    await ledger.close()
    say("rate", Double(count) / total * 1_000)
    say("p50", percentile(samples, 0.5))
    say("p99", percentile(samples, 0.99))
    say("bytes", Double(try bytesWritten() - before) / Double(count))
}

/// The newest 200 readings of a resident, and 90 days of them; each resident another.
func read(_ path: String, residents: Int, samples: Int) async throws {
    var cold: (history: [Double], chart: [Double]) = ([], [])
    var warm: (history: [Double], chart: [Double]) = ([], [])
    var rows = (history: 0, chart: 0)
    let from = HutTime(milliseconds: Neighbourhood.end.milliseconds - 90 * 86_400_000)
    for sample in 0..<samples {
        let key = ResidentKey(rawValue: Int64(1 + (sample * 7_919) % residents))
        try dropFromMemory(path)
        var ledger = try await Ledger.open(path: path, at: Neighbourhood.end)
        cold.history.append(
            try await timed { rows.history = try await ledger.latestReadings(of: key, limit: 200).count })
        warm.history.append(try await timed { _ = try await ledger.latestReadings(of: key, limit: 200) })
        await ledger.close()
        try dropFromMemory(path)
        ledger = try await Ledger.open(path: path, at: Neighbourhood.end)
        cold.chart.append(
            try await timed {
                rows.chart = try await ledger.readings(of: key, from: from, to: Neighbourhood.end).count
            })
        warm.chart.append(
            try await timed { _ = try await ledger.readings(of: key, from: from, to: Neighbourhood.end) })
        await ledger.close()
    }
    say("history_rows", Double(rows.history))
    say("chart_rows", Double(rows.chart))
    say("cold_history", percentile(cold.history, 0.5))
    say("cold_chart", percentile(cold.chart, 0.5))
    say("warm_history", percentile(warm.history, 0.5))
    say("warm_chart", percentile(warm.chart, 0.5))
}

/// A nurse gives unclaimed readings to a resident, one commit each.
func claim(_ path: String, count: Int) async throws {
    let neighbourhood = Neighbourhood(residents: 1)
    let ledger = try await Ledger.open(path: path, at: Neighbourhood.end)
    let unclaimed = (0..<count).map {
        Fact.reading(neighbourhood.reading($0, of: count), .unclaimed(.noVisit, hint: nil))
    }
    let sequences = try await ledger.append(unclaimed, at: Neighbourhood.end)
    var samples: [Double] = []
    for sequence in sequences {
        let fact = Fact.readingClaimed(
            sequence, ResidentKey(rawValue: 1), by: StaffKey(rawValue: 1), reason: "was there")
        samples.append(try await timed { try await ledger.append([fact], at: Neighbourhood.end) })
    }
    await ledger.close()
    say("claim", percentile(samples, 0.5))
}

func rebuild(_ path: String) async throws {
    let ledger = try await Ledger.open(path: path, at: Neighbourhood.end)
    say("rebuild", try await timed { try await ledger.rebuild() } / 1_000)
    await ledger.close()
}

/// The whole check: the file, the chain of facts, the projections.
func check(_ path: String) async throws {
    let ledger = try await Ledger.open(path: path, at: Neighbourhood.end)
    say("check", try await timed { say("findings", Double(try await ledger.check().count)) } / 1_000)
    await ledger.close()
}

/// Lets the system forget what it has of a file in memory: what is kept in large pieces is counted as written in them.
private func dropFromMemory(_ path: String) throws {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { throw Usage() }
    defer { close(file) }
    fdatasync(file)
    guard posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) == 0 else { throw Usage() }
}
