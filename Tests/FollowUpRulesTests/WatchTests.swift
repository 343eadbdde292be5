// LV-01, W-01, W-04, DQ-02, the switches, the limit of one person, and what ends with a resident's status.
import FollowUpRules
import Testing
import Vitals

@Suite struct WatchTests {
    @Test(
        arguments: [
            ("2026-11-15", nil), ("2026-11-14", "routine 2026-11-28"), ("2026-11-08", "routine 2026-11-22"),
            ("2026-11-07", "soon 2026-11-21"),
        ] as [(String, String?)])
    func `LV-01 is seven days without a sign of life, soon at fourteen`(heard: String, wanted: String?) throws {
        for (alone, watched) in [(true, true), (true, false), (false, true)] {
            var book = try Book(People.elder)
            book.mark(.livesAlone(alone))
            book.mark(.watched(watched))
            book.history.lastHeard = at("\(heard) 15:00")
            book.review("2026-11-21 08:00")
            #expect(flag("LV-01", of: book) == (alone && watched ? wanted : nil))
            book.history.lastHeard = at("2026-11-21 09:00")
            book.review("2026-11-21 09:00")
            #expect(flag("LV-01", of: book) == nil)
        }
    }

    @Test func `LV-01 is one flag that grows, and tells when something was heard`() throws {
        var book = try Book(People.elder)
        book.mark(.livesAlone(true))
        book.mark(.watched(true))
        book.history.lastHeard = at("2026-11-01 15:00")
        for number in 8...20 { book.review("2026-11-\(number.padded(2)) 00:01") }
        #expect(book.history.flags.filter { $0.draft.rule == "LV-01" }.count == 1)
        #expect(flag("LV-01", of: book) == "soon 2026-11-15")
        let said = try book.flag("LV-01").evidence.map { String($0.sentence.chinese.suffix(5)) }
        #expect(said == ["，已过7天", "已过14天"])
        book.history.lastHeard = at("2026-11-20 10:30")
        book.review("2026-11-20 10:31")
        #expect(try book.reason("LV-01").english == "heard of 20 Nov 10:30")
    }

    @Test(
        arguments: [
            ([101, 101, 101], 0, true), ([101, 101, 100], 0, false), ([], 2, true), ([], 1, false),
            ([101, 101], 1, false),
        ] as [([Int], Int, Bool)])
    func `W-01 is three fast days of seven, or two days with a hint, and only asks to measure`(
        pulses: [Int], hints: Int, raises: Bool
    ) throws {
        var book = try Book(People.adult)
        book.wear(since: "2026-11-01", heard: "2026-11-21")
        for (number, pulse) in pulses.enumerated() { book.bandDay("2026-11-\(15 + 2 * number)", pulse: pulse) }
        for number in 0..<hints { book.bandDay("2026-11-\(16 + 2 * number)", hints: 3) }
        book.review("2026-11-21 12:00")
        #expect(flag("W-01", of: book) == (raises ? "info -" : nil))
        guard raises else { return }
        book.session(118, 70, "2026-11-21")
        book.review("2026-11-21 13:00")
        #expect(flag("W-01", of: book) == nil)
        for number in 22...24 { book.bandDay("2026-11-\(number)", pulse: 120, hints: 1) }
        book.review("2026-11-24 12:00")
        #expect(flag("W-01", of: book) == nil, "at most one in thirty days")
        for number in 19...21 { book.bandDay("2026-12-\(number)", pulse: 120) }
        book.review("2026-12-21 12:00")
        #expect(flag("W-01", of: book) == "info -")
    }

    @Test(arguments: [("2026-11-20 12:00", true), ("2026-11-20 12:01", false)])
    func `W-04 is the band of a watched person silent for twenty-four hours`(heard: String, raises: Bool) throws {
        for (watched, isOff) in [(true, false), (true, true), (false, false)] {
            var book = try Book(People.elder)
            book.mark(.watched(watched))
            book.wear(since: "2026-11-01", heard: heard, isOff: isOff)
            book.review("2026-11-21 12:00")
            #expect(flag("W-04", of: book) == (raises && watched ? "routine 2026-11-21" : nil))
            book.wear(since: "2026-11-01", heard: "2026-11-21 12:30")
            book.review("2026-11-21 12:31")
            #expect(flag("W-04", of: book) == nil)
        }
    }

    @Test func `DQ-02 is a stored record whose time cannot be, and a good one ends it`() throws {
        let policy = try shippedPolicy()
        func record(_ confidence: TimeConfidence, slot: Int?, _ sequence: Int64) -> RecordedReading {
            let reading = Reading(
                vital: .bloodPressure(BloodPressure(systolic: 190, diastolic: 100)), receivedAt: at("2026-11-21 09:00"),
                deviceTime: CivilTime(year: 2000, month: 1, day: 1, hour: 0, minute: 0), memorySlot: slot,
                timeConfidence: confidence, instrument: InstrumentID(rawValue: "home-3"), source: .cuffHome)
            return RecordedReading(
                sequence: FactSequence(rawValue: sequence), reading: reading, owner: .unclaimed(.memory, hint: nil))
        }
        func changes(_ reading: RecordedReading, _ latest: Flag?) -> [FlagChange] {
            clockFault(in: reading, latest: latest, policy: policy, now: at("2026-11-21 09:00"), offset: shanghai)
        }
        #expect(changes(record(.ok, slot: 1, 1), nil).isEmpty)
        #expect(changes(record(.timeFault, slot: nil, 1), nil).isEmpty, "a live reading has the hut's time")
        guard case .raise(let draft)? = changes(record(.timeFault, slot: 1, 1), nil).first else {
            Issue.record("nothing raised")
            return
        }
        #expect("\(draft.rule.rawValue) \(draft.severity) \(draft.due?.iso ?? "-")" == "DQ-02 routine 2026-11-22")
        #expect(draft.subject == .station(StationID(rawValue: "home-3")))
        let flag = Flag(id: FactSequence(rawValue: 9), draft: draft, raisedAt: at("2026-11-21 09:00"))
        #expect(changes(record(.timeFault, slot: 2, 2), flag).isEmpty, "thirty records are one flag")
        guard case .clear(.clock, _, _)? = changes(record(.ok, slot: 3, 3), flag).first else {
            Issue.record("not cleared")
            return
        }
    }

    @Test func `rules behind a switch are off, speak when a policy turns them on, and end when it turns them off`()
        throws
    {
        let off = try shippedPolicy()
        var on = off
        (on.switches.target.isOn, on.switches.trend.isOn) = (true, true)
        for (policy, open) in [(off, []), (on, ["BP-TGT routine", "BP-TRD routine"])] {
            var book = try Book(People.knownElder, policy: policy)
            for number in 1...14 { book.session(number < 8 ? 118 : 138, 78, "2026-11-\(number.padded(2))") }
            book.review("2026-11-14 12:00")
            #expect(book.open == open)
            let said = book.openFlags.map(\.draft.evidence.sentence.chinese)
            for (sentence, start) in zip(said, ["2天都未达指南目标(低于130/80)：", "最近7次收缩压平均138 mmHg，"]) {
                #expect(sentence.hasPrefix(start))
            }
            let changes = FollowUpRules.review(book.history, policy: off, now: at("2026-11-14 13:00"), offset: shanghai)
            #expect(changes.count == open.count)
        }
    }

    /// Marks of a known adult, and from which systolic on two days are BP-07.
    @Test(
        arguments: [
            ([], 140), ([.limit(PressureLimit(systolic: 130, diastolic: 80))], 130),
            ([.limit(PressureLimit(systolic: 160, diastolic: 95))], 160),
            ([.condition(.kidneyDisease, since: nil, until: nil)], 140),
        ] as [([ResidentMark], Int)])
    func `L is the resident's own, else by disease, else by age`(marks: [ResidentMark], limit: Int) throws {
        for (resident, usual) in [(People.knownAdult, 140), (People.knownElder, 150)] {
            let isByDisease = marks.contains { if case .condition = $0 { true } else { false } }
            let expected = marks.isEmpty ? usual : isByDisease ? 140 : limit
            for (systolic, raises) in [(expected - 1, false), (expected, true)] where systolic < 160 || raises {
                var book = try Book(resident)
                for mark in marks { book.mark(mark) }
                book.session(systolic, 70, "2026-11-20")
                book.session(systolic, 70, "2026-11-21")
                book.review("2026-11-21 12:00")
                #expect((flag("BP-07", of: book) != nil) == raises, "\(systolic)")
            }
        }
    }

    @Test(arguments: [ResidentStatus.dead, .moved, .ended, .lost])
    func `dead, moved and ended close every flag with that reason, lost closes none`(status: ResidentStatus) throws {
        var book = try Book(People.knownElder)
        book.cuff(190, 112, "2026-11-21 09:00", visit: 1)
        book.cuff(190, 112, "2026-11-21 09:02", visit: 1)
        book.review("2026-11-21 09:02")
        let before = book.allOpen.count
        #expect(before > 2)
        book.history.status = status
        book.review("2026-11-21 10:00")
        #expect(book.allOpen.count == (status == .lost ? before : 0))
        if status == .dead { #expect(try book.reason("BP-02").english == "died") }
    }
}
