// BP-06, BP-06h, BP-11, BP-10, BP-12 and PR-01: what several readings come to.
import FollowUpRules
import Testing
import Vitals

@Suite struct CriterionTests {
    /// Days with a complete session each: systolic, and what BP-06 says after the last.
    @Test(
        arguments: [
            ([("11-01", 140), ("11-15", 140), ("11-29", 140)], "soon 2026-12-13"),
            ([("11-01", 140), ("11-15", 140), ("11-30", 140)], nil),
            ([("11-01", 140), ("11-15", 139), ("11-16", 140), ("11-17", 140)], nil),
            ([("11-01", 139), ("11-02", 140), ("11-03", 140), ("11-04", 140)], "soon 2026-11-18"),
            ([("11-01", 140), ("11-02", 140)], nil),
        ] as [([(String, Int)], String?)])
    func `BP-06 is three most recent days, all raised, from first to last at most twenty-eight days`(
        days: [(String, Int)], wanted: String?
    ) throws {
        var book = try Book(People.adult)
        for (date, systolic) in days {
            book.session(systolic, 80, "2026-\(date)")
            book.review("2026-\(date) 12:00")
        }
        #expect(flag("BP-06", of: book) == wanted)
    }

    @Test func `a provisional day counts for nothing in BP-06, and two sessions of a day are one day`() throws {
        var book = try Book(People.adult)
        for date in ["2026-11-01", "2026-11-02"] { book.session(150, 80, date) }
        book.cuff(150, 80, "2026-11-03 09:00")
        book.review("2026-11-03 12:00")
        #expect(flag("BP-06", of: book) == nil)
        book.cuff(150, 80, "2026-11-02 15:00")
        book.cuff(150, 80, "2026-11-02 15:01")
        book.review("2026-11-03 12:01")
        #expect(flag("BP-06", of: book) == nil)
        book.session(150, 80, "2026-11-04")
        book.review("2026-11-04 12:00")
        #expect(flag("BP-06", of: book) == "soon 2026-11-18")
    }

    @Test func `BP-06 takes over from BP-05, ends by a person, and by a diagnosis`() throws {
        var book = try Book(People.adult)
        for date in ["2026-11-01", "2026-11-02"] {
            book.session(150, 80, date)
            book.review("\(date) 12:00")
        }
        #expect(book.open == ["BP-05 routine"])
        book.session(150, 80, "2026-11-03")
        book.review("2026-11-03 12:00")
        #expect(book.open == ["BP-06 soon"])
        #expect(try book.reason("BP-05").english == "now BP-06")
        for date in ["2026-11-05", "2026-11-06", "2026-11-07"] { book.session(120, 70, date) }
        #expect(book.review("2026-11-07 12:00").isEmpty, "normal days do not decide what a doctor has to")
        var known = book
        try book.close("BP-06", .notNeeded, "2026-11-08 09:00")
        #expect(book.review("2026-11-08 09:01").isEmpty, "closed by a doctor: the old values are settled")
        known.mark(.condition(.hypertension, since: day("2026-11-08"), until: nil))
        known.review("2026-11-08 10:00")
        #expect(known.open.isEmpty, "the diagnosis ends it, and days before it are not the known one's")
    }

    /// Home values morning and evening on so many days.
    @Test(arguments: [(3, 4, 135, true), (3, 4, 134, false), (2, 6, 150, false), (3, 3, 150, false), (6, 2, 135, true)])
    func `BP-06h is the mean of twelve home values on three days of seven`(
        days: Int, aDay: Int, systolic: Int, raises: Bool
    ) throws {
        var book = try Book(People.adult)
        for number in 1...days {
            for hour in 0..<aDay {
                book.cuff(systolic, 80, "2026-11-0\(number) \((7 + hour).padded(2)):00", source: .cuffHome)
            }
        }
        book.review("2026-11-0\(days) 23:00")
        #expect((flag("BP-06h", of: book) != nil) == raises)
        if raises { #expect(flag("BP-06h", of: book) == "soon 2026-11-\((days + 14).padded(2))") }
    }

    @Test func `home values are of one week, and of a known one they are nothing to BP-06h`() throws {
        for (resident, dates, raises) in [
            (People.adult, [1, 4, 7], true), (People.adult, [1, 4, 8], false), (People.knownAdult, [1, 4, 7], false),
        ] {
            var book = try Book(resident)
            for number in dates {
                for hour in 7...10 { book.cuff(140, 80, "2026-11-0\(number) \(hour.padded(2)):00", source: .cuffHome) }
            }
            book.review("2026-11-08 23:00")
            #expect((flag("BP-06h", of: book) != nil) == raises, "\(dates)")
        }
    }

    @Test(arguments: [
        (129, 84, false), (130, 84, true), (129, 85, true), (139, 89, true), (140, 89, false), (139, 90, false),
    ])
    func `BP-11 is 130 to 139 or 85 to 89, for half a year`(systolic: Int, diastolic: Int, raises: Bool) throws {
        var book = try Book(People.adult)
        book.session(systolic, diastolic, "2026-11-21")
        book.review("2026-11-21 12:00")
        #expect(flag("BP-11", of: book) == (raises ? "info 2027-05-20" : nil))
        book.session(118, 70, "2026-11-22")
        book.review("2026-11-22 12:00")
        #expect(flag("BP-11", of: book) == nil)
    }

    /// Left and right readings on a day, and whether the arms differ.
    @Test(
        arguments: [
            ([150, 150], [129, 129], true), ([150, 150], [130, 130], false), ([129, 129], [150, 150], true),
            ([150], [129, 129], false), ([151, 150], [130, 130], true),
        ] as [([Int], [Int], Bool)])
    func `BP-10 is more than twenty between the means of two a side`(left: [Int], right: [Int], raises: Bool) throws {
        var book = try Book(People.adult)
        for (minute, value) in left.enumerated() { book.cuff(value, 80, "2026-11-21 09:0\(minute)", arm: .left) }
        for (minute, value) in right.enumerated() { book.cuff(value, 80, "2026-11-21 09:1\(minute)", arm: .right) }
        book.review("2026-11-21 12:00")
        #expect(flag("BP-10", of: book) == (raises ? "routine 2026-12-19" : nil))
    }

    @Test func `BP-10 may be repeated on another day instead, and an arm nobody named is no arm`() throws {
        for (arm, raises) in [(Arm.right, true), (.notSaid, false)] {
            var book = try Book(People.adult)
            for date in ["2026-11-01", "2026-11-20"] {
                book.cuff(150, 80, "\(date) 09:00", arm: .left)
                book.cuff(128, 80, "\(date) 09:05", arm: arm)
                book.review("\(date) 12:00")
                #expect((flag("BP-10", of: book) != nil) == (raises && date == "2026-11-20"))
            }
        }
    }

    @Test(arguments: [(151, 72, true), (150, 72, false), (120, 98, true), (120, 97, false)])
    func `BP-12 is more than thirty systolic or twenty-five beats between readings of a session`(
        second: Int, pulse: Int, raises: Bool
    ) throws {
        var book = try Book(People.child)
        book.cuff(120, 70, "2026-11-21 09:00", pulse: 72)
        book.cuff(second, 70, "2026-11-21 09:02", pulse: pulse)
        book.review("2026-11-21 12:00")
        #expect(flag("BP-12", of: book) == (raises ? "info -" : nil))
        book.session(118, 70, "2026-11-22")
        book.review("2026-11-22 12:00")
        #expect(flag("BP-12", of: book) == nil)
    }

    @Test(
        arguments: [
            ([true, true], true), ([true, false, true], true), ([true, false], false), ([false, true, true], true),
            ([true, false, false, true], false), ([true], false),
        ] as [([Bool], Bool)])
    func `PR-01 is two of three readings with the device's mark`(marks: [Bool], raises: Bool) throws {
        for (resident, known) in [(People.adult, false), (People.adult, true), (People.child, false)] {
            var book = try Book(resident)
            if known { book.mark(.condition(.af, since: nil, until: nil)) }
            for (minute, isIrregular) in marks.enumerated() {
                book.irregular(isIrregular, "2026-11-21 09:0\(minute)")
            }
            book.review("2026-11-21 12:00")
            let applies = raises && !known && resident == People.adult
            #expect(flag("PR-01", of: book) == (applies ? "soon 2026-12-05" : nil))
        }
    }

    @Test func `a pressure with an irregular pulse is kept, and labelled`() throws {
        var book = try Book(People.adult)
        book.irregular(true, "2026-11-21 09:00", systolic: 150)
        book.irregular(true, "2026-11-21 09:01", systolic: 150)
        book.review("2026-11-21 12:00")
        let flag = try book.flag("BP-05")
        #expect(flag.draft.evidence.sentence.chinese.contains("脉搏不齐"))
        #expect(flag.draft.evidence.sentence.english.contains("pulse irregular"))
    }
}

extension Book {
    fileprivate mutating func irregular(_ isIrregular: Bool, _ time: String, systolic: Int = 118) {
        measured(
            .bloodPressure(
                BloodPressure(
                    systolic: MmHg(systolic), diastolic: 70, pulse: 72, irregularPulse: isIrregular, moved: false)),
            .cuffStation, time)
    }
}
