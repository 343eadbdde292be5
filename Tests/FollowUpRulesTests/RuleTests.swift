// A rule is a value: every one says what it is, where it comes from, and keeps to the severities it declares.
import Testing
import Vitals

@testable import FollowUpRules

@Test func `the rules of this generation are these, each once`() {
    let ids = Rule.all.map(\.id.rawValue).sorted()
    #expect(
        ids == [
            "BP-01", "BP-01r", "BP-02", "BP-03", "BP-04", "BP-05", "BP-06", "BP-06h", "BP-07", "BP-08", "BP-08s",
            "BP-09", "BP-10", "BP-11", "BP-12", "BP-14", "BP-TGT", "BP-TRD", "FU-01", "FU-02", "FU-03", "FU-04",
            "FU-05", "FU-06", "GL-01", "GL-01n", "GL-02", "GL-03", "GL-04", "GL-05", "GL-06", "HR-01", "HR-02",
            "HR-03", "LV-01", "OX-01", "OX-02", "OX-03", "PR-01", "SC-01", "SC-02", "TP-01", "TP-02", "TP-03", "W-01",
            "W-03", "W-04",
        ])
}

@Test(arguments: Rule.all.indices)
func `every rule has a title in both languages, a source, a look-back, and settles itself`(place: Int) {
    let rule = Rule.all[place]
    #expect(!rule.title.chinese.isEmpty && !rule.title.english.isEmpty)
    #expect(rule.source.hasPrefix("clinical-rules"))
    #expect((1...400).contains(rule.lookBack))
    #expect(rule.family.contains(rule.id))
}

@Test func `what takes over stands before what ends`() throws {
    let ids = Rule.all.map(\.id)
    let confirmed = try #require(ids.firstIndex(of: "BP-02"))
    #expect(try confirmed < #require(ids.firstIndex(of: "BP-01")))
    #expect(try confirmed < #require(ids.firstIndex(of: "BP-03")))
}

@Test(arguments: Rule.all.indices)
func `a rule that nothing concerns raises nothing`(place: Int) throws {
    var book = try Book(People.knownElder)
    book.session(124, 76, "2026-11-21")
    // Imported that day: the calendar owes nothing yet.
    book.history.addedAt = at("2026-11-21 08:00")
    let line = TimeLine(book.history, policy: book.policy, now: at("2026-11-21 12:00"), offset: shanghai)
    #expect(Rule.all[place].raising(line).isEmpty)
}

@Test func `a rule keeps to its severities, whatever it is given`() throws {
    for resident in [People.adult, People.knownElder, People.child] {
        var book = try Book(resident)
        let values = [(86, 50), (75, 48), (125, 55), (142, 92), (165, 101), (185, 95), (150, 88), (210, 120)]
        for (index, value) in values.enumerated() {
            let date = "2026-11-\((index + 1).padded(2))"
            book.session(value.0, value.1, date, visit: Int64(index))
            book.cuff(190, 90, "\(date) 15:00", visit: Int64(index) + 50)
            book.cuff(120, 70, "\(date) 15:02", visit: Int64(index) + 50)
            book.answer(index.isMultiple(of: 2) ? .mild : .danger, "\(date) 09:20", visit: Int64(index))
            for minute in 30...32 { book.failure("\(date) 09:\(minute)", visit: Int64(index)) }
            book.signal(.fall, "\(date) 10:00")
        }
        let line = TimeLine(book.history, policy: book.policy, now: at("2026-11-30 12:00"), offset: shanghai)
        for rule in Rule.all {
            for hit in rule.raising(line) {
                #expect(rule.severities.contains(hit.severity), "\(rule.id.rawValue) \(hit.severity)")
                #expect(Set(hit.facts).isSuperset(of: hit.triggers))
                #expect(!hit.triggers.isEmpty || rule.episodes == .state)
            }
        }
    }
}
