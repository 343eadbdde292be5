// What recorded follow-ups raise, end and keep quiet: BP-08, BP-08s, GL-05, FU-03, FU-05, FU-06 and BP-07's next date.
import FollowUpRules
import Testing
import Vitals

@Suite struct RecordTests {
    @Test(
        arguments: [
            ([2, 2], true), ([3, 3], true), ([4], true), ([2], false), ([2, 3], false), ([2, 1, 2], false),
            ([3, 2, 2], true), ([1, 4], true), ([1, 1], false),
        ] as [([Int], Bool)])
    func `two in a row of class 2, two of class 3, or one of class 4 advise a referral`(classes: [Int], raises: Bool)
        throws
    {
        for (disease, rule) in [(ManagedDisease.hypertension, RuleID("BP-08")), (.diabetes, "GL-05")] {
            var book = try Book(People.knownDiabetic)
            for (number, verdict) in classes.enumerated() {
                // The other disease's follow-up between them is in no row.
                let date = "2026-11-0\(2 * number + 1)"
                try book.followUp(date, #require(VisitClass(rawValue: verdict)), disease)
                book.followUp(
                    "2026-11-0\(2 * number + 2)", .controlled, disease == .diabetes ? .hypertension : .diabetes)
            }
            book.review("2026-11-10 08:00")
            let last = day("2026-11-0\(2 * classes.count - 1)")
            let due = max(last + 3, day("2026-11-10")).iso
            #expect(flag(rule, of: book) == (raises ? "urgent \(due)" : nil))
        }
    }

    @Test func `a referral ends BP-08 and must be asked after within fourteen days; a decision ends it too`() throws {
        var book = try Book(People.knownElder)
        book.followUp("2026-11-01", .notControlled)
        book.followUp("2026-11-15", .notControlled)
        book.review("2026-11-15 13:00")
        #expect(flag("BP-08", of: book) == "urgent 2026-11-18")
        var decided = book
        book.followUp("2026-11-16", .notControlled, by: .phone, referral: "市医院心内科")
        book.review("2026-11-16 13:00")
        #expect(flag("BP-08", of: book) == nil)
        #expect(flag("FU-03", of: book) == "soon 2026-11-30")
        book.review("2026-12-01 00:00")
        #expect(flag("FU-03", of: book) == "urgent 2026-11-30")
        try decided.close("BP-08", .notNeeded, "2026-11-16 09:00")
        decided.review("2026-11-16 09:00")
        #expect(flag("BP-08", of: decided) == nil)
        #expect(flag("FU-03", of: decided) == nil)
    }

    /// How a pair of class 2 was answered, and the further follow-ups, two weeks apart; which of them advise anew.
    @Test(
        arguments: [
            (.decided, [2, 2], [false, true]), (.referredLater, [2, 2], [false, true]),
            (.referredAtOnce, [2, 2, 2, 2], [false, true, true, true]), (.decided, [4], [true]),
            (.decided, [2, 1, 2, 2], [false, false, false, true]), (.decided, [2, 3, 3], [false, false, true]),
            (.decided, [3, 3], [false, true]), (.open, [2, 2], [true, true]), (.open, [1, 2], [true, true]),
        ] as [(Answering, [Int], [Bool])])
    fileprivate func `after a referral or a decision, two in a row are counted anew`(
        answering: Answering, classes: [Int], raises: [Bool]
    ) throws {
        var book = try Book(People.knownElder)
        book.followUp("2026-09-01", .notControlled)
        book.followUp("2026-09-15", .notControlled, referral: answering == .referredAtOnce ? "市医院" : nil)
        book.review("2026-09-15 13:00")
        #expect((flag("BP-08", of: book) == nil) == (answering == .referredAtOnce))
        switch answering {
        case .decided: try book.close("BP-08", .notNeeded, "2026-09-16 09:00")
        case .referredLater: try book.close("BP-08", .referred, "2026-09-16 09:00")
        case .referredAtOnce, .open: break
        }
        for (number, verdict) in classes.enumerated() {
            let date = (day("2026-09-29") + 14 * number).iso
            book.followUp(date, try #require(VisitClass(rawValue: verdict)))
            book.review("\(date) 13:00")
            #expect((flag("BP-08", of: book) != nil) == raises[number], "\(date)")
        }
    }

    @Test func `a withdrawn follow-up is in no row`() throws {
        var book = try Book(People.knownElder)
        book.followUp("2026-11-01", .notControlled)
        let second = book.followUp("2026-11-15", .notControlled)
        book.review("2026-11-15 13:00")
        book.withdraw(second)
        book.review("2026-11-15 14:00")
        #expect(flag("BP-08", of: book) == nil)
    }

    /// Days at or above L after a class 2, with values; and what BP-08s proposes.
    @Test(
        arguments: [
            ([("11-02", 150), ("11-09", 150), ("11-16", 150)], true),
            ([("11-02", 150), ("11-09", 150), ("11-15", 150)], false),
            ([("11-02", 150), ("11-09", 149), ("11-16", 150)], false), ([("11-02", 150), ("11-16", 150)], false),
            ([("11-02", 150), ("11-03", 140), ("11-09", 150), ("11-16", 150), ("11-23", 150)], true),
        ] as [([(String, Int)], Bool)])
    func `BP-08s is three days at or above L over fourteen, none below, after a class 2`(
        days: [(String, Int)], raises: Bool
    ) throws {
        for (verdict, applies) in [(VisitClass.notControlled, true), (.controlled, false)] {
            var book = try Book(People.knownElder)
            book.followUp("2026-10-01", verdict)
            for (date, systolic) in days { book.session(systolic, 80, "2026-\(date)") }
            let last = "2026-\(days[days.count - 1].0)"
            book.review("\(last) 12:00")
            #expect(flag("BP-08s", of: book) == (raises && applies ? "soon \((day(last) + 14).iso)" : nil))
            guard raises, applies else { continue }
            book.followUp(last, .notControlled, next: "2026-12-20", recorded: "\(last) 15:00")
            book.review("\(last) 15:00")
            #expect(flag("BP-08s", of: book) == nil)
            #expect(flag("BP-07", of: book) == nil)
        }
    }

    @Test(arguments: [
        (VisitClass.notControlled, true), (.reaction, true), (.controlled, false), (.complication, false),
    ])
    func `FU-05 is a follow-up again within fourteen days of class 2 or 3`(verdict: VisitClass, raises: Bool) throws {
        var book = try Book(People.knownElder)
        book.followUp("2026-11-07", verdict)
        book.review("2026-11-07 13:00")
        #expect(flag("FU-05", of: book) == (raises ? "soon 2026-11-21" : nil))
        book.followUp("2026-11-20", .controlled, by: .phone)
        book.review("2026-11-20 13:00")
        #expect(flag("FU-05", of: book) == nil)
        if raises { #expect(try book.reason("FU-05").english == "followed up 20 Nov (phone)") }
    }

    @Test func `FU-05 proposes the telephone, and face to face where the drugs were changed`() throws {
        for (drugs, words) in [(["氨氯地平"], "by phone"), (["缬沙坦"], "drugs changed: face to face")] {
            var book = try Book(People.knownElder)
            book.followUp("2026-08-07", .controlled, drugs: ["氨氯地平"])
            book.followUp("2026-11-07", .notControlled, drugs: drugs)
            book.review("2026-11-07 13:00")
            #expect(try book.flag("FU-05").draft.evidence.sentence.english.hasSuffix(words))
        }
    }

    @Test func `FU-05 of two diseases keeps the earlier date, and a follow-up of one leaves the other`() throws {
        var book = try Book(People.knownDiabetic)
        book.followUp("2026-11-05", .notControlled)
        book.followUp("2026-11-07", .notControlled, .diabetes)
        book.review("2026-11-07 13:00")
        #expect(flag("FU-05", of: book) == "soon 2026-11-19")
        book.followUp("2026-11-10", .controlled)
        book.review("2026-11-10 13:00")
        #expect(flag("FU-05", of: book) == "soon 2026-11-21")
    }

    @Test func `FU-05 asks for nothing that the form does not ask about: management that has ended`() throws {
        var book = try Book(People.knownDiabetic)
        book.followUp("2026-11-05", .notControlled)
        book.followUp("2026-11-07", .notControlled, .diabetes)
        book.review("2026-11-07 13:00")
        #expect(flag("FU-05", of: book) == "soon 2026-11-19")
        book.mark(.managementEnded(.hypertension))
        book.review("2026-11-08 08:00")
        #expect(flag("FU-05", of: book) == "soon 2026-11-21", "that of diabetes alone")
        book.mark(.managementEnded(.diabetes))
        book.review("2026-11-09 08:00")
        #expect(flag("FU-05", of: book) == nil)
        #expect(try book.reason("FU-05").english == "this rule no longer applies to the resident")
        book.review("2027-01-09 08:00")
        #expect(flag("FU-05", of: book) == nil, "not every fortnight either")
    }

    /// The diseases of a form, of somebody with two follow-ups not controlled, and what it says that it ends.
    @Test(
        arguments: [
            ([.hypertension, .diabetes], false, "FU-01 FU-05"), ([.hypertension], false, ""), ([], false, ""),
            ([.diabetes], true, "FU-01 FU-05"), ([.hypertension], true, ""),
        ] as [([ManagedDisease], Bool, String)])
    func `a form ends what the rules end by it`(diseases: [ManagedDisease], hasEnded: Bool, wanted: String) throws {
        var book = try Book(People.knownDiabetic)
        for disease in ManagedDisease.allCases { book.followUp("2026-08-01", .notControlled, disease) }
        if hasEnded { book.mark(.managementEnded(.hypertension)) }
        book.review("2026-11-07 13:00")
        let said = endedByFollowUp(
            book.history, about: diseases, policy: book.policy, now: at("2026-11-07 13:00"), offset: shanghai)
        #expect(said.map(\.rule.rawValue).sorted().joined(separator: " ") == wanted)
        #expect(said.filter(\.needsFaceToFace).map(\.rule) == said.map(\.rule).filter { $0 == "FU-01" })
        for disease in diseases { book.followUp("2026-11-07", .controlled, disease, recorded: "2026-11-07 14:00") }
        book.review("2026-11-07 14:00")
        for rule in ["FU-01", "FU-05"] as [RuleID] {
            #expect((flag(rule, of: book) == nil) == wanted.contains(rule.rawValue), "\(rule.rawValue)")
        }
    }

    @Test(
        arguments: [("2026-11-30", "2026-11-29", "2026-11-30"), (nil, "2026-11-14", "2026-11-15")]
            as [(String?, String, String)])
    func `BP-07 ends with a recorded follow-up and is quiet until its next date`(
        next: String?, silent: String, speaks: String
    ) throws {
        var book = try Book(People.knownElder)
        book.session(155, 92, "2026-10-31")
        book.session(155, 92, "2026-11-01")
        book.review("2026-11-01 10:00")
        #expect(flag("BP-07", of: book) != nil)
        book.followUp("2026-11-01", .notControlled, by: .phone, next: next)
        book.review("2026-11-01 12:00")
        #expect(flag("BP-07", of: book) == nil)
        #expect(try book.reason("BP-07").english == "followed up 1 Nov (phone)")
        book.session(165, 92, silent)
        book.review("\(silent) 12:00")
        #expect(flag("BP-07", of: book) == nil)
        book.session(165, 92, speaks)
        book.review("\(speaks) 12:00")
        #expect(flag("BP-07", of: book) != nil)
    }

    @Test func `a follow-up entered afterwards counts by its day: what came later stands`() throws {
        var book = try Book(People.knownElder)
        book.session(165, 92, "2026-11-10")
        book.review("2026-11-10 10:00")
        book.followUp("2026-11-09", .controlled, next: "2026-11-10", recorded: "2026-11-11 10:00")
        #expect(book.review("2026-11-11 10:00").isEmpty)
        book.followUp("2026-11-10", .controlled, recorded: "2026-11-12 10:00")
        book.review("2026-11-12 10:00")
        #expect(flag("BP-07", of: book) == nil)
    }

    @Test func `a promised day is a flag on that day, moves with the promise, and ends when it is kept`() throws {
        var book = try Book(People.adult)
        book.promise(.homeVisit, for: "2026-12-10", made: "2026-11-21 09:00")
        book.review("2026-11-21 09:00")
        #expect(flag("FU-06", of: book) == "soon 2026-12-10")
        #expect(try book.flag("FU-06").draft.listedFrom == day("2026-12-10"))
        book.promise(.call, for: "2026-11-25", made: "2026-11-22 09:00")
        book.review("2026-11-22 09:00")
        #expect(flag("FU-06", of: book) == "soon 2026-11-25", "the earlier of the two")
        book.history.promises.removeLast()
        book.review("2026-11-25 09:00")
        #expect(flag("FU-06", of: book) == "soon 2026-12-10")
        for date in ["2026-12-05", "2026-12-20"] {
            book.history.promises[0].day = day(date)
            book.review("2026-11-26 09:00")
            #expect(flag("FU-06", of: book) == "soon \(date)", "moved")
        }
        book.history.promises = []
        book.review("2026-12-05 09:00")
        #expect(flag("FU-06", of: book) == nil)
    }
}

extension RecordTests {
    /// Of an emergency closed on 21 November: a call or a follow-up then, and whether the call of tomorrow stands.
    @Test(
        arguments: [
            (nil, nil, true), ("2026-11-21 11:00", nil, true), ("2026-11-20 18:00", nil, true),
            ("2026-11-22 00:00", nil, false), ("2026-11-22 09:00", nil, false), ("2026-11-25 09:00", nil, false),
            (nil, "2026-11-21", true), (nil, "2026-11-22", false), (nil, "2026-11-25", false),
        ] as [(String?, String?, Bool)])
    func `the call after an emergency ends when somebody was spoken to on its day or later`(
        spoken: String?, followedUp: String?, stands: Bool
    ) throws {
        for action in [ClosingAction.handledHere, .fetchedByFamily, .refused] {
            var book = try Book(People.adult)
            book.signal(.sos, "2026-11-21 09:14")
            book.review("2026-11-21 09:14")
            try book.close("W-03", action, "2026-11-21 10:00")
            book.review("2026-11-21 10:00")
            #expect(flag("FU-06", of: book) == "soon 2026-11-22")
            // Nobody answered: nothing is known of it but that it was not spoken.
            book.review("2026-11-22 08:00")
            #expect(flag("FU-06", of: book) == "soon 2026-11-22")
            book.history.lastSpoken = spoken.map { at($0) }
            if let followedUp { book.followUp(followedUp, .controlled, by: .phone) }
            book.review("2026-11-25 13:00")
            #expect((flag("FU-06", of: book) != nil) == stands)
            if !stands { #expect(try book.reason("FU-06").english == "done") }
        }
    }

    @Test func `a call keeps no other promise, and a new emergency asks for a new call`() throws {
        var book = try Book(People.adult)
        book.signal(.sos, "2026-11-21 09:14")
        book.review("2026-11-21 09:14")
        try book.close("W-03", .fetchedByFamily, "2026-11-21 10:00")
        book.promise(.homeVisit, for: "2026-12-10", made: "2026-11-21 10:05")
        book.review("2026-11-21 10:05")
        #expect(flag("FU-06", of: book) == "soon 2026-11-22")
        book.history.lastSpoken = at("2026-11-22 09:00")
        book.review("2026-11-22 09:00")
        #expect(flag("FU-06", of: book) == "soon 2026-12-10")
        book.signal(.fall, "2026-11-23 09:14")
        book.review("2026-11-23 09:14")
        try book.close("W-03", .handledHere, "2026-11-23 10:00")
        book.review("2026-11-23 10:00")
        #expect(flag("FU-06", of: book) == "soon 2026-11-24")
    }
}

/// How a pair of class 2 was answered.
private enum Answering {
    case decided, referredLater, referredAtOnce, open
}
