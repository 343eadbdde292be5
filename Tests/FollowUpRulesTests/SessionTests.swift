// Sessions, their values, and day values: gaps, spans, arms, midnight, rounding, provisional and complete.
import Testing
import Vitals

@testable import FollowUpRules

private func values(_ book: Book) -> [String] {
    sessions(of: book.history.readings, policy: book.policy, offset: shanghai).map { session in
        guard let value = session.value else { return "none" }
        return "\(value.systolic.value)/\(value.diastolic.value) \(value.count)\(value.isComplete ? "" : "?")"
    }
}

@Test(arguments: [
    ("09:10:00", 1), ("09:09:59", 1), ("09:10:01", 2),
])
func `a pause of ten minutes still joins, a second more does not`(second: String, count: Int) throws {
    var book = try Book(People.adult)
    book.cuff(130, 80, "2026-11-21 09:00:00")
    book.cuff(132, 82, "2026-11-21 \(second)")
    #expect(values(book).count == count)
}

@Test(arguments: [("09:30:00", 1), ("09:30:01", 2)])
func `a session lasts thirty minutes at most`(last: String, count: Int) throws {
    var book = try Book(People.adult)
    for minute in ["00", "09", "18", "27"] { book.cuff(130, 80, "2026-11-21 09:\(minute):00") }
    book.cuff(130, 80, "2026-11-21 \(last)")
    #expect(values(book).count == count)
}

@Test func `two arms, and two cuffs, are sessions of their own even when interleaved`() throws {
    var book = try Book(People.adult)
    book.cuff(130, 80, "2026-11-21 09:00", arm: .left)
    book.cuff(150, 90, "2026-11-21 09:02", arm: .right)
    book.cuff(132, 82, "2026-11-21 09:04", arm: .left)
    book.cuff(110, 70, "2026-11-21 09:05", instrument: "cuff-2")
    #expect(values(book) == ["131/81 2", "150/90 1?", "110/70 1?"])
}

@Test(arguments: [
    ([(150, 90), (140, 80)], "145/85 2"),
    ([(151, 90), (140, 80)], "146/85 2?"),
    ([(150, 91), (140, 80)], "145/86 2?"),
    ([(150, 90), (140, 79)], "145/85 2?"),
    ([(170, 100), (140, 80), (139, 81)], "140/81 3"),
    ([(160, 95)], "160/95 1?"),
    ([(170, 99), (150, 90), (141, 80), (140, 80)], "141/80 4"),
])
func `two that agree are complete, three always, and the last two are averaged half up`(
    readings: [(Int, Int)], expected: String
) throws {
    var book = try Book(People.adult)
    for (index, value) in readings.enumerated() { book.cuff(value.0, value.1, "2026-11-21 09:0\(index)") }
    #expect(values(book) == [expected])
}

@Test func `the policy may average all readings instead`() throws {
    var policy = try shippedPolicy()
    policy.averaging.value = .all
    var book = try Book(People.adult, policy: policy)
    for (index, value) in [(170, 100), (140, 80), (139, 81)].enumerated() {
        book.cuff(value.0, value.1, "2026-11-21 09:0\(index)")
    }
    #expect(values(book) == ["150/87 3"])
}

@Test func `what cannot be averaged is not averaged: movement, faulty time, and the device's other marks are kept out`() throws {
    var moved = try Book(People.adult)
    moved.cuff(130, 80, "2026-11-21 09:00")
    moved.cuff(190, 120, "2026-11-21 09:02", moved: true)
    moved.cuff(134, 84, "2026-11-21 09:04")
    #expect(values(moved) == ["132/82 2"])
    var unmarked = try Book(People.adult)
    unmarked.cuff(130, 80, "2026-11-21 09:00", moved: false)
    unmarked.cuff(134, 84, "2026-11-21 09:02")
    #expect(values(unmarked) == ["132/82 2"])
    for confidence in [TimeConfidence.clockUntrusted, .clockChanged, .timeFault] {
        var book = try Book(People.adult)
        book.cuff(130, 80, "2026-11-21 09:00", confidence: confidence)
        #expect(values(book) == ["none"])
    }
}

@Test func `a session over midnight belongs to the day it began`() throws {
    var book = try Book(People.adult)
    book.cuff(150, 90, "2026-11-21 23:59")
    book.cuff(152, 92, "2026-11-22 00:01")
    let line = TimeLine(book.history, policy: book.policy, now: at("2026-11-22 08:00"), offset: shanghai)
    #expect(line.days.map(\.day.iso) == ["2026-11-21"])
    #expect(line.days.map(\.text) == ["151/91"])
}

@Test func `the local day is the hut's, not that of UTC`() throws {
    var book = try Book(People.adult)
    book.session(150, 92, "2026-11-21")
    let early = at("2026-11-21 07:00")
    #expect(UTCOffset(seconds: 0).day(of: early).iso == "2026-11-20")
    let line = TimeLine(book.history, policy: book.policy, now: at("2026-11-22"), offset: shanghai)
    #expect(line.days.map(\.day.iso) == ["2026-11-21"])
}

@Test func `a day is the mean of its complete sessions, rounded once`() throws {
    var book = try Book(People.adult)
    // Session means 139.5 and 138.5: rounded each they would give 140 and 139, and 139.5 again 140.
    book.cuff(139, 80, "2026-11-21 08:00")
    book.cuff(140, 80, "2026-11-21 08:02")
    book.cuff(138, 80, "2026-11-21 15:00")
    book.cuff(139, 80, "2026-11-21 15:02")
    // Provisional, so it does not count beside complete ones.
    book.cuff(200, 95, "2026-11-21 18:00")
    let line = TimeLine(book.history, policy: book.policy, now: at("2026-11-21 20:00"), offset: shanghai)
    #expect(line.days.map(\.text) == ["139/80"])
    #expect(line.days.map(\.isComplete) == [true])
}

@Test func `without a complete session the provisional ones make a provisional day, once they are over`() throws {
    var book = try Book(People.adult)
    book.cuff(150, 90, "2026-11-21 08:00")
    book.cuff(160, 94, "2026-11-21 15:00")
    func days(_ now: String) -> [String] {
        TimeLine(book.history, policy: book.policy, now: at(now), offset: shanghai).days
            .map { "\($0.text)\($0.isComplete ? "" : "?")" }
    }
    #expect(days("2026-11-21 15:05") == ["150/90?"])
    #expect(days("2026-11-21 15:10:00") == ["150/90?"])
    #expect(days("2026-11-21 15:10:01") == ["155/92?"])
}

@Test func `a lent monitor's readings make sessions but no day value`() throws {
    var book = try Book(People.knownElder)
    book.cuff(170, 100, "2026-11-21 08:00", source: .cuffHome)
    book.cuff(170, 100, "2026-11-21 08:02", source: .cuffHome)
    let line = TimeLine(book.history, policy: book.policy, now: at("2026-11-22"), offset: shanghai)
    #expect(line.sessions.count == 1)
    #expect(line.days.isEmpty)
}

@Test(arguments: [([139, 140], 140), ([1, 1, 2], 1), ([1, 2, 2], 2), ([5], 5), ([0, 1], 1), ([0, 0, 1], 0)])
func `a mean is rounded half up`(values: [Int], rounded: Int) {
    #expect(Mean(values).rounded == rounded)
}

@Test func `a mean of means gives each the same weight and rounds once`() {
    #expect(Mean(of: [Mean([0]), Mean([1])]).rounded == 1)
    #expect(Mean(of: [Mean([0, 0, 1]), Mean([1, 1, 0])]).rounded == 1)
    #expect(Mean(of: [Mean([0, 0, 1]), Mean([1, 0, 0]), Mean([1, 1, 0])]).rounded == 0)
}
