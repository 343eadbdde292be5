// DQ-03 and DQ-04: flags about instruments rise before a nurse would notice, once, and end when it is put right.
import FollowUpRules
import Testing
import Vitals

private let cuff = InstrumentID(rawValue: "cuff-1")
private let noon = at("2026-11-21 12:00")
/// The hut's midnight after 2026-11-21.
private let midnight = at("2026-11-22 00:00")

private func draft(_ changes: [FlagChange]) throws -> FlagDraft {
    guard case .raise(let draft) = try #require(changes.first), changes.count == 1 else {
        throw StrictJSON5Error(file: "", path: "", problem: "not one flag was raised: \(changes)", hint: "")
    }
    return draft
}

private func distrust(_ record: InstrumentRecord, _ latest: Flag? = nil, now: HutTime = noon) throws -> [FlagChange] {
    FollowUpRules.distrust(of: record, latest: latest, policy: try shippedPolicy(), now: now, offset: shanghai)
}

private func silence(_ record: InstrumentRecord, _ latest: Flag? = nil, now: HutTime = midnight) throws -> [FlagChange]
{
    FollowUpRules.silence(of: record, latest: latest, policy: try shippedPolicy(), now: now, offset: shanghai)
}

private func papers(_ papers: InstrumentPapers, drifts: [CuffDrift] = []) -> InstrumentRecord {
    InstrumentRecord(instrument: cuff, papers: papers, drifts: drifts)
}

private func open(_ draft: FlagDraft, ended: FlagEnd? = nil) -> Flag {
    Flag(id: FactSequence(rawValue: 9), draft: draft, raisedAt: noon, ended: ended)
}

@Test(arguments: [("2026-11-20", true), ("2026-11-21", false), ("2026-11-22", false)])
func `a calibration is over on the day after its date`(until: String, rises: Bool) throws {
    let changes = try distrust(papers(InstrumentPapers(calibratedUntil: day(until))))
    #expect(changes.isEmpty != rises)
    if rises {
        let draft = try draft(changes)
        #expect(draft.rule == "DQ-03" && draft.severity == .soon && draft.due == nil)
        #expect(draft.subject == .station(StationID(rawValue: "cuff-1")))
        #expect(draft.evidence.sentence.english == "cuff-1: calibration ended 20 Nov")
        #expect(draft.evidence.sentence.chinese == "cuff-1 校准已到期 11-20")
    }
}

@Test(arguments: [(nil, false), ("STRIDE BP", false), ("none", true)] as [(String?, Bool)])
func `a model on no list is told, one that nobody spoke of is not`(list: String?, rises: Bool) throws {
    #expect(try distrust(papers(InstrumentPapers(validatedOn: list))).isEmpty != rises)
}

@Test(arguments: [
    (8, 80, 0, false), (8, 83, 0, false), (8, 84, 0, true), (8, -84, 0, true), (7, 140, 0, false), (8, 0, 88, true),
])
func `two cuffs that differ by more than ten on the mean of eight pairs`(
    pairs: Int, systolic: Int, diastolic: Int, rises: Bool
) throws {
    let drift = CuffDrift(
        other: InstrumentID(rawValue: "cuff-2"), pairs: pairs, systolicSum: systolic, diastolicSum: diastolic)
    #expect(try distrust(papers(InstrumentPapers(), drifts: [drift])).isEmpty != rises)
}

@Test func `the sentence of a drift has the number, the direction, the other cuff and the pairs`() throws {
    let drift = CuffDrift(other: InstrumentID(rawValue: "cuff-2"), pairs: 9, systolicSum: -117, diastolicSum: 0)
    let sentence = try draft(try distrust(papers(InstrumentPapers(), drifts: [drift]))).evidence.sentence
    #expect(sentence.english == "cuff-1: systolic 13 mmHg below cuff-2, mean of 9 pairs")
    #expect(sentence.chinese == "cuff-1 收缩压平均比 cuff-2 低13 mmHg(9对)")
}

@Test func `an open flag is appended to for another reason, not for another number, and ends when put right`() throws {
    let ended = papers(InstrumentPapers(calibratedUntil: day("2026-11-20")))
    let flag = open(try draft(try distrust(ended)))
    #expect(try distrust(ended, flag).isEmpty)
    #expect(try distrust(ended, flag, now: at("2026-12-24 00:00")).isEmpty)
    let unlisted = papers(InstrumentPapers(calibratedUntil: day("2026-11-20"), validatedOn: "none"))
    guard case .append(_, _, let evidence, _, ringsAgain: false) = try #require(try distrust(unlisted, flag).first)
    else {
        Issue.record("nothing was appended")
        return
    }
    #expect(evidence.sentence.english.hasSuffix("; cuff-1: the model is on no validated list"))
    guard case .clear("DQ-03", _, _) = try #require(try distrust(papers(InstrumentPapers()), flag).first) else {
        Issue.record("nothing was cleared")
        return
    }
}

@Test func `what a person closed is quiet for a fortnight, then rises anew`() throws {
    let ended = papers(InstrumentPapers(calibratedUntil: day("2026-11-20")))
    let closed = open(
        try draft(try distrust(ended)),
        ended: .byPerson(StaffKey(rawValue: 1), .notNeeded, note: "送检了", at: noon, quietUntil: nil))
    #expect(try distrust(ended, closed, now: at("2026-12-05 11:59")).isEmpty)
    #expect(try !distrust(ended, closed, now: at("2026-12-05 12:00")).isEmpty)
}

/// Days on which an instrument reported, counted back from 2026-11-21 (a Saturday), and its last word.
private func record(back days: [Int], last: String) -> InstrumentRecord {
    let today = day("2026-11-21").daysSince1970
    return InstrumentRecord(
        instrument: cuff, days: days.sorted(by: >).map { InstrumentDay(day: today - $0, readings: 3) },
        lastHeard: at(last))
}

@Test(arguments: [
    // Every day until Friday morning: silent since.
    (Array(1...28), "2026-11-20 10:00", true),
    // The last word a minute too young.
    (Array(0...28), "2026-11-21 00:01", false), (Array(1...28), "2026-11-21 00:00", true),
    // Closed on Saturdays: a silent Saturday is usual.
    ((1...28).filter { $0 % 7 != 0 }, "2026-11-20 10:00", false),
    // Two Saturdays are not usual yet, three are.
    ([1, 2, 7, 14], "2026-11-20 10:00", false), ([1, 7, 14, 21], "2026-11-20 10:00", true),
    // Stored away for weeks: nothing new.
    (Array(22...50), "2026-10-30 10:00", false),
]) func `an instrument that usually reports and did not for a day is told`(back: [Int], last: String, rises: Bool)
    throws
{
    let changes = try silence(record(back: back, last: last))
    #expect(changes.isEmpty != rises)
    if rises {
        let draft = try draft(changes)
        #expect(draft.rule == "DQ-04" && draft.severity == .urgent)
        #expect(draft.evidence.sentence.english.hasPrefix("cuff-1: nothing for a day; last "))
    }
}

@Test func `the first word ends the silence; an instrument that never spoke is not silent`() throws {
    let flag = open(try draft(try silence(record(back: Array(1...28), last: "2026-11-20 10:00"))))
    guard
        case .clear("DQ-04", _, _) = try #require(
            try silence(record(back: Array(0...28), last: "2026-11-21 23:59"), flag).first)
    else {
        Issue.record("the flag stands")
        return
    }
    #expect(try silence(InstrumentRecord(instrument: cuff)).isEmpty)
}

@Test(arguments: [("2026-11-20 12:00", false), ("2026-11-20 11:59", true)])
func `an upload that waits more than a day is told`(oldest: String, rises: Bool) throws {
    let hut = StationID(rawValue: "hut-0001")
    let changes = uploadSilence(
        of: hut, oldest: at(oldest), latest: nil, policy: try shippedPolicy(), now: noon, offset: shanghai)
    #expect(changes.isEmpty != rises)
    let quiet = uploadSilence(
        of: hut, oldest: nil, latest: nil, policy: try shippedPolicy(), now: noon, offset: shanghai)
    #expect(quiet.isEmpty)
}
