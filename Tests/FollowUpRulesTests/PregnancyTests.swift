// BP-04: the staging of a raised value while pregnant or lactating, and the end date of the mark.
import FollowUpRules
import Testing
import Vitals

@Suite struct PregnancyTests {
    private func expecting(_ condition: Condition = .pregnant, until: String? = "2027-03-01") throws -> Book {
        var book = try Book(People.adult)
        book.mark(.condition(condition, since: day("2026-08-01"), until: until.map { day($0) }))
        return book
    }

    /// Values of one session a minute apart, what stands at once, and what stands when the session is over.
    @Test(
        arguments: [
            ([(160, 80)], "critical", "critical"), ([(159, 80)], "", "critical"),
            ([(130, 110)], "critical", "critical"),
            ([(130, 109)], "", "critical"), ([(140, 80)], "", "critical"), ([(139, 89)], "", ""),
            ([(130, 90)], "", "critical"), ([(145, 80), (141, 80)], "critical", "critical"),
            ([(145, 80), (139, 89)], "soon", "soon"), ([(139, 89), (145, 80)], "soon", "soon"),
            ([(145, 80), (139, 89), (141, 80)], "critical", "critical"),
            ([(165, 80), (120, 70)], "critical", "critical"),
        ] as [([(Int, Int)], String, String)])
    func `BP-04 waits for the other reading below 160 and 110, and says critical where there is none`(
        values: [(Int, Int)], atOnce: String, over: String
    ) throws {
        for (time, wanted) in [("2026-11-21 09:05", atOnce), ("2026-11-21 10:00", over)] {
            var book = try expecting()
            for (minute, value) in values.enumerated() { book.cuff(value.0, value.1, "2026-11-21 09:0\(minute)") }
            book.review(time)
            #expect(flag("BP-04", of: book) == (wanted.isEmpty ? nil : "\(wanted) 2026-11-21"), "at \(time)")
        }
    }

    @Test func `lactating counts, and so does a pregnancy below eighteen`() throws {
        var lactating = try expecting(.lactating)
        lactating.cuff(165, 80, "2026-11-21 09:00")
        lactating.review("2026-11-21 09:00")
        #expect(flag("BP-04", of: lactating) == "critical 2026-11-21")
        var young = try Book(People.child)
        young.mark(.condition(.pregnant, since: nil, until: nil))
        young.cuff(165, 80, "2026-11-21 09:00")
        young.review("2026-11-21 09:00")
        #expect(young.open == ["BP-04 critical"])
    }

    @Test(arguments: [("2026-11-21", true), ("2026-11-20", false), (nil, true)] as [(String?, Bool)])
    func `a pregnancy ends with the date of its mark`(until: String?, holds: Bool) throws {
        var book = try expecting(until: until)
        book.cuff(165, 80, "2026-11-21 09:00")
        book.review("2026-11-21 09:00")
        #expect((flag("BP-04", of: book) != nil) == holds)
    }

    @Test func `nobody else's reading is BP-04, and a later normal one does not end it`() throws {
        var other = try Book(People.adult)
        other.cuff(165, 80, "2026-11-21 09:00")
        other.review("2026-11-21 10:00")
        #expect(flag("BP-04", of: other) == nil)
        var book = try expecting()
        book.session(165, 80, "2026-11-20")
        book.review("2026-11-20 10:00")
        book.session(118, 70, "2026-11-21")
        book.review("2026-11-21 10:00")
        #expect(flag("BP-04", of: book) == "critical 2026-11-20")
        try book.close("BP-04", .referred, "2026-11-21 11:00")
        book.review("2026-11-21 11:00")
        #expect(book.open == ["BP-05 soon", "FU-03 soon"])
        #expect(flag("FU-03", of: book) == "soon 2026-12-05")
    }
}
