// FU-01, FU-02, FU-04, SC-01 and SC-02: what is owed by the calendar, and that an import owes nothing on its first day.
import FollowUpRules
import Testing
import Vitals

@Suite struct CalendarTests {
    /// Days after a follow-up of 2026-08-23, with base + 90 on 2026-11-21.
    @Test(
        arguments: [
            ("2026-11-06", nil), ("2026-11-07", "routine 2026-11-21"), ("2026-12-21", "routine 2026-11-21"),
            ("2026-12-22", "soon 2026-11-21"),
        ] as [(String, String?)])
    func `FU-01 comes fourteen days before base and ninety, keeps its date, and is soon after thirty days`(
        today: String, wanted: String?
    ) throws {
        for birth in [People.knownElder, People.knownDiabetic] {
            var book = try Book(birth)
            for disease in ManagedDisease.allCases { book.followUp("2026-08-23", .controlled, disease) }
            book.review("\(today) 08:00")
            #expect(flag("FU-01", of: book) == wanted)
        }
    }

    @Test func `FU-01 grows in one flag: routine, soon, lost; and a face-to-face follow-up ends it, a call does not`()
        throws
    {
        var book = try Book(People.knownElder)
        book.followUp("2026-08-23", .controlled)
        for today in ["2026-11-07", "2026-12-22", "2027-08-23", "2027-08-24", "2027-08-25"] {
            book.review("\(today) 08:00")
        }
        let flags = book.history.flags.filter { $0.draft.rule == "FU-01" }
        #expect(flags.count == 1)
        #expect(flags[0].evidence.count == 3)
        #expect(flags[0].evidence[2].sentence.chinese.hasSuffix("失访"))
        #expect(flags[0].evidence[2].sentence.english.hasSuffix("lost"))
        book.followUp("2027-08-26", .controlled, by: .phone)
        book.review("2027-08-26 13:00")
        #expect(flag("FU-01", of: book) == "soon 2026-11-21")
        book.followUp("2027-08-27", .controlled, by: .home)
        book.review("2027-08-27 13:00")
        #expect(flag("FU-01", of: book) == nil)
        #expect(try book.reason("FU-01").english == "followed up 27 Aug (home)")
    }

    @Test func `days late count from the later of due and raising`() throws {
        var book = try Book(People.knownElder)
        book.followUp("2026-08-23", .controlled)
        book.review("2026-12-01 08:00")
        let flag = try book.flag("FU-01")
        #expect(flag.draft.due == day("2026-11-21"))
        #expect(flag.shownDue(offset: shanghai) == day("2026-12-01"))
        var early = try Book(People.knownElder)
        early.followUp("2026-08-23", .controlled)
        early.review("2026-11-10 08:00")
        #expect(try early.flag("FU-01").shownDue(offset: shanghai) == day("2026-11-21"))
    }

    @Test func `the management that began here gives the first date; a withdrawn follow-up gives it back`() throws {
        var book = try Book(People.adult)
        book.mark(.managed(.hypertension, since: day("2026-08-23")))
        book.review("2026-11-07 08:00")
        #expect(flag("FU-01", of: book) == "routine 2026-11-21")
        let followUp = book.followUp("2026-11-08", .controlled)
        book.review("2026-11-08 13:00")
        #expect(flag("FU-01", of: book) == nil)
        book.withdraw(followUp)
        book.review("2026-11-08 14:00")
        #expect(flag("FU-01", of: book) == "routine 2026-11-21")
        book.mark(.managementEnded(.hypertension))
        book.review("2026-11-09 08:00")
        #expect(flag("FU-01", of: book) == nil)
        #expect(try book.reason("FU-01").english == "this rule no longer applies to the resident")
    }

    @Test func `a change of the time zone just after midnight neither ends nor raises what the day has brought`() throws
    {
        var book = try Book(People.knownElder)
        book.followUp("2026-08-23", .controlled)
        let now = at("2026-11-07 00:10")
        for hours in [8, 7, 8, 9, 8] {
            book.review(now, offset: UTCOffset(seconds: hours * 3_600))
            #expect(
                book.history.flags.filter { $0.draft.rule == "FU-01" }.map { $0.ended == nil } == [true], "+\(hours)")
        }
    }

    @Test func `an import owes nothing on its first day, and spreads the first dates over the cadence`() throws {
        let policy = try shippedPolicy()
        var raised: [LocalDay: Int] = [:]
        for key in 1...450 {
            var book = try Book(
                Resident(number: "\(key)", name: "居民", birth: People.birth, conditions: [.hypertension, .diabetes]),
                policy: policy)
            book.history.key = ResidentKey(rawValue: Int64(key))
            book.history.addedAt = at("2026-03-01 09:00")
            book.history.marks.apply(.managed(.hypertension, since: day("2016-05-01")))
            let first = FollowUpRules.review(
                book.history, policy: policy, now: at("2026-03-01 12:00"), offset: shanghai)
            #expect(first.isEmpty, "resident \(key)")
            var today = day("2026-03-02")
            while !review(book, today).contains(where: { $0.rule == "FU-01" }), today < day("2026-12-31") {
                today = today + 1
            }
            raised[today, default: 0] += 1
        }
        #expect(raised.count == 90)
        #expect(raised.values.allSatisfy { $0 == 5 })
        #expect(raised.keys.max() == day("2026-03-01") + 90)
    }

    private func review(_ book: Book, _ today: LocalDay) -> [FlagChange] {
        let now = shanghai.start(of: today) + .seconds(60)
        return FollowUpRules.review(book.history, policy: book.policy, now: now, offset: shanghai)
    }

    /// Face-to-face follow-ups of the year, and what FU-02 says on a day: resident 7's own slot is 7 days.
    @Test(
        arguments: [
            (["01-10", "04-10", "07-09"], "2026-12-31", nil), (["01-10", "07-09", "10-07"], "2026-12-09", nil),
            (["01-10", "07-09", "10-07"], "2026-12-10", "routine 2026-12-31"),
            (["01-10", "04-10", "07-09", "10-07"], "2026-12-31", nil), (["01-10", "07-09"], "2026-09-10", nil),
            (["01-10", "07-09"], "2026-09-11", "routine 2026-10-02"),
        ] as [([String], String, String?)])
    func `FU-02 speaks when four a year will not be met at the cadence`(done: [String], today: String, wanted: String?)
        throws
    {
        var book = try Book(People.knownElder)
        book.history.addedAt = at("2025-06-01")
        for date in done { book.followUp("2026-\(date)", .controlled) }
        book.review("\(today) 08:00")
        #expect(flag("FU-02", of: book) == wanted)
    }

    @Test func `FU-02 needs four times the share of the year managed, rounded up`() throws {
        for (since, needed) in [("2026-10-05", 1), ("2026-10-01", 2), ("2026-07-02", 3), ("2026-01-02", 4)] {
            var book = try Book(People.adult)
            book.history.addedAt = at("2025-06-01")
            book.mark(.managed(.hypertension, since: day(since)))
            book.review("2026-12-31 08:00")
            let flag = book.allOpen.first { $0.draft.rule == "FU-02" }
            #expect(flag?.draft.evidence.sentence.english.contains("0 of \(needed)") ?? false, "\(since)")
        }
    }

    @Test(arguments: [("2025-11-22", false), ("2025-11-21", true), ("2025-11-20", true)])
    func `FU-04 is three hundred and sixty-five days without an exam`(exam: String, raises: Bool) throws {
        for (resident, applies) in [(People.elder, true), (People.adult, false), (People.knownAdult, true)] {
            var book = try Book(resident)
            book.history.exams = [day(exam)]
            book.review("2026-11-21 08:00")
            #expect((flag("FU-04", of: book) != nil) == (raises && applies))
            guard raises, applies else { continue }
            #expect(flag("FU-04", of: book) == "routine \((day(exam) + 365).iso)")
            book.history.exams.append(day("2026-11-22"))
            book.review("2026-11-22 08:00")
            #expect(flag("FU-04", of: book) == nil)
        }
    }

    @Test(arguments: [("1991-06-01", true), ("1991-11-21", true), ("1991-11-22", false)])
    func `SC-01 asks once a year from thirty-five on, and any session ends it`(birth: String, raises: Bool) throws {
        var book = try Book(Resident(number: "052", name: "李国强", birth: day(birth)))
        book.history.addedAt = at("2025-01-01")
        book.session(118, 70, "2025-12-31")
        book.review("2026-11-21 08:00")
        #expect(flag("SC-01", of: book) == (raises ? "info -" : nil))
        book.session(118, 70, "2026-11-21")
        book.review("2026-11-21 12:00")
        #expect(flag("SC-01", of: book) == nil)
        book.review("2027-01-01 00:00")
        #expect(flag("SC-01", of: book) == nil, "not everybody on New Year's night")
        book.review("2027-01-09 00:00")
        #expect(flag("SC-01", of: book) == "info -")
    }

    @Test(arguments: [("2026-05-24", true), ("2026-05-25", false)])
    func `SC-02 is half a year without a session at high risk`(last: String, raises: Bool) throws {
        for (risk, applies) in [(RiskFactor.saltyFood, true), (nil, false)] {
            var book = try Book(People.adult)
            if let risk { book.mark(.risk(risk, true)) }
            book.session(118, 70, last)
            book.review("2026-11-21 08:00")
            #expect(flag("SC-02", of: book) == (raises && applies ? "info -" : nil))
        }
    }
}
