// What needs no owner: the station alert, a guest's danger sign, a call for help, a stray band, an unclaimed reading
// (H-24, H-25).
import FollowUpRules
import Testing
import Vitals

private let booth = StationID(rawValue: "booth-1")

private func cuff(
    _ systolic: Int, _ diastolic: Int, source: SourceClass = .cuffStation, moved: Bool? = nil, slot: Int? = nil,
    confidence: TimeConfidence = .ok, deviceTime: CivilTime? = nil, measured: String = "2026-11-21 09:14"
) -> Reading {
    Reading(
        vital: .bloodPressure(BloodPressure(systolic: MmHg(systolic), diastolic: MmHg(diastolic), moved: moved)),
        receivedAt: at("2026-11-21 09:14"), measuredAt: at(measured), deviceTime: deviceTime, memorySlot: slot,
        timeConfidence: confidence, instrument: InstrumentID(rawValue: "cuff-1"), station: booth, source: source)
}

private func alert(_ reading: Reading, _ sequence: Int64 = 5, open: [Flag] = []) throws -> [FlagChange] {
    stationAlert(
        for: reading, sequence: FactSequence(rawValue: sequence), openFlags: open, policy: try shippedPolicy(),
        offset: shanghai)
}

private func flag(_ changes: [FlagChange]) throws -> Flag {
    guard case .raise(let draft) = try #require(changes.first) else {
        throw StrictJSON5Error(file: "", path: "", problem: "nothing was raised", hint: "")
    }
    return Flag(id: FactSequence(rawValue: 90), draft: draft, raisedAt: at("2026-11-21 09:14"))
}

@Test(arguments: [
    (179, 109, false), (180, 80, true), (181, 80, true), (120, 109, false), (120, 110, true), (120, 111, true),
])
func `a station alert rings from 180 or 110 on`(systolic: Int, diastolic: Int, rings: Bool) throws {
    #expect(try alert(cuff(systolic, diastolic)).isEmpty != rings)
}

@Test func `no status bit, device clock or untrusted hut clock keeps a station alert back`() throws {
    let unset = CivilTime(year: 2000, month: 1, day: 1, hour: 0, minute: 0)
    #expect(try !alert(cuff(210, 125, moved: true)).isEmpty)
    #expect(try !alert(cuff(210, 125, deviceTime: unset)).isEmpty)
    let untrusted = try flag(try alert(cuff(210, 125, confidence: .clockUntrusted)))
    #expect(untrusted.draft.due == nil)
    #expect(try !alert(cuff(210, 125, source: .cuffStaff)).isEmpty)
}

@Test func `a stored reading, a wearable and a typed value ring at no station`() throws {
    #expect(try alert(cuff(210, 125, slot: 3)).isEmpty)
    #expect(try alert(cuff(210, 125, measured: "2026-11-20 09:13")).isEmpty)
    #expect(try alert(cuff(210, 125, source: .wearable)).isEmpty)
    #expect(try alert(cuff(210, 125, source: .manual)).isEmpty)
    var estimate = cuff(120, 80)
    estimate.vital = .wearableBloodPressure(WearableBloodPressure(systolic: 210, diastolic: 125))
    #expect(try alert(estimate).isEmpty)
}

@Test func `the alert says station, value and time, no name, and is due today`() throws {
    let raised = try flag(try alert(cuff(186, 96)))
    #expect(raised.draft.rule == .station)
    #expect(raised.draft.subject == .station(booth))
    #expect(raised.draft.severity == .critical)
    #expect(raised.draft.due == day("2026-11-21"))
    #expect(raised.draft.evidence.sentence.chinese == "1号台 很高186/96 mmHg 11-21 09:14 cuff-1")
    #expect(raised.draft.evidence.sentence.english == "booth 1: very high, 186/96 mmHg; 21 Nov 09:14, cuff-1")
}

@Test func `an instrument of no station is called by its own name, never by its number`() throws {
    var reading = cuff(186, 96)
    reading.station = nil
    let draft = try flag(try alert(reading)).draft
    #expect(draft.subject == .station(StationID(rawValue: "cuff-1")))
    #expect(draft.evidence.sentence.chinese == "cuff-1 很高186/96 mmHg 11-21 09:14 cuff-1")
    #expect(draft.evidence.sentence.english == "cuff-1: very high, 186/96 mmHg; 21 Nov 09:14, cuff-1")
}

@Test func `while a station alert is open a further one rings again; the same reading twice does not`() throws {
    let open = try flag(try alert(cuff(186, 96)))
    #expect(try alert(cuff(186, 96), 5, open: [open]).isEmpty)
    guard
        case .append(.station, .station(booth), let evidence, .critical, true) = try #require(
            try alert(cuff(190, 96), 6, open: [open]).first)
    else {
        Issue.record("it was not appended")
        return
    }
    #expect(evidence.readings == [FactSequence(rawValue: 6)])
    var closed = open
    closed.ended = .byPerson(StaffKey(rawValue: 1), .handledHere, note: "", at: at("2026-11-21 10:00"), quietUntil: nil)
    #expect(
        try flag(try alert(cuff(190, 96), 7, open: [closed])).draft.evidence.readings == [FactSequence(rawValue: 7)])
}

@Test(arguments: [
    (SymptomAnswer.danger, true), (.silence, true), (.none, false), (.mild, false), (.slip, false), (.dizzy, false),
])
func `a guest's danger sign stands at the station`(answer: SymptomAnswer, raises: Bool) throws {
    let changes = ownerless(
        danger: answer, station: booth, sequence: FactSequence(rawValue: 8), at: at("2026-11-21 09:14"),
        openFlags: [], policy: try shippedPolicy(), offset: shanghai)
    #expect(changes.isEmpty != raises)
    guard raises else { return }
    let raised = try flag(changes)
    #expect(raised.draft.rule == "BP-03")
    #expect(raised.draft.subject == .station(booth))
    #expect(raised.draft.evidence.sentence.chinese.hasPrefix("1号台 客人"))
    #expect(raised.draft.evidence.sentence.english.hasPrefix("booth 1: a guest, "))
    #expect(raised.draft.severity == .critical)
}

@Test func `a call for help is urgent and rings again with each call`() throws {
    let policy = try shippedPolicy()
    func call(_ sequence: Int64, open: [Flag]) -> [FlagChange] {
        help(
            at: booth, sequence: FactSequence(rawValue: sequence), at: at("2026-11-21 09:14"), openFlags: open,
            policy: policy, offset: shanghai)
    }
    let open = try flag(call(1, open: []))
    #expect(open.draft.rule == .help)
    #expect(open.draft.severity == .urgent)
    #expect(open.draft.evidence.sentence.chinese == "1号台 有人求助 11-21 09:14")
    guard case .append(.help, _, _, .urgent, ringsAgain: true) = try #require(call(2, open: [open]).first) else {
        Issue.record("it did not ring again")
        return
    }
}

@Test func `an SOS of a band nobody is paired with stands under the band`() throws {
    let (band, policy) = (BandID(rawValue: "!433d1f2a"), try shippedPolicy())
    for (signal, raises) in [(BandSignal.sos, true), (.fall, true), (.removed, false), (.lowBattery, false)] {
        let changes = ownerless(
            signal: signal, from: band, sequence: FactSequence(rawValue: 3), at: at("2026-11-21 09:14"),
            openFlags: [], policy: policy, offset: shanghai)
        #expect(changes.isEmpty != raises)
        if raises { #expect(try flag(changes).draft.subject == .band(band)) }
    }
}

@Test(arguments: UnclaimedReason.allCases)
func `a reading nobody owns is on the nurse's list the same day, with the reason`(reason: UnclaimedReason) throws {
    let recorded = RecordedReading(
        sequence: FactSequence(rawValue: 4), reading: cuff(152, 90), owner: .unclaimed(reason, hint: nil))
    let changes = unclaimedFlag(for: recorded, openFlags: [], policy: try shippedPolicy(), offset: shanghai)
    guard reason != .wearerNotConfirmed else {
        #expect(changes.isEmpty, "shown to staff, in no rule")
        return
    }
    let raised = try flag(changes)
    #expect(raised.draft.rule == .unclaimed)
    #expect(raised.draft.subject == .reading(recorded.sequence))
    #expect(raised.draft.due == day("2026-11-21"))
    #expect(raised.draft.evidence.sentence.chinese.hasPrefix("血压152/90 mmHg 没人认领("))
    #expect(unclaimedFlag(for: recorded, openFlags: [raised], policy: try shippedPolicy(), offset: shanghai).isEmpty)
    for end in [UnclaimedEnd.claimed, .discarded] {
        let cleared = clearUnclaimed(.reading(recorded.sequence), openFlags: [raised], because: end)
        guard case .clear(.unclaimed, .reading(recorded.sequence), _) = try #require(cleared.first) else {
            Issue.record("it was not cleared")
            return
        }
    }
    #expect(clearUnclaimed(.reading(recorded.sequence), openFlags: [], because: .claimed).isEmpty)
}

@Test func `an owned reading is not unclaimed, and a stray band is one flag however often it reports`() throws {
    let policy = try shippedPolicy()
    let owned = RecordedReading(
        sequence: FactSequence(rawValue: 4), reading: cuff(152, 90),
        owner: .resident(ResidentKey(rawValue: 7), visit: nil))
    #expect(unclaimedFlag(for: owned, openFlags: [], policy: policy, offset: shanghai).isEmpty)
    var open: [Flag] = []
    for sequence in 10..<40 {
        var reading = cuff(120, 80, source: .wearable)
        (reading.vital, reading.band) = (.pulseRate(72), BandID(rawValue: "!433d1f2a"))
        let recorded = RecordedReading(
            sequence: FactSequence(rawValue: Int64(sequence)), reading: reading,
            owner: .unclaimed(.notPairedThen, hint: nil))
        let changes = unclaimedFlag(for: recorded, openFlags: open, policy: policy, offset: shanghai)
        if !changes.isEmpty { open.append(try flag(changes)) }
    }
    #expect(open.count == 1)
    #expect(
        open.first?.draft.evidence.sentence.english
            == "pulse 72 /min, nobody's yet (not paired then); 21 Nov 09:14, !433d1f2a")
    #expect(!clearUnclaimed(.band(BandID(rawValue: "!433d1f2a")), openFlags: open, because: .bandPaired).isEmpty)
}
