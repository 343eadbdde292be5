// What every test here stands on: the policy that ships, an invented resident, and a ledger in memory that settles
// flag changes as the real one does, and refuses what it would refuse.
import FollowUpRules
import FoundationEssentials
import Testing
import Vitals

let shanghai = UTCOffset(seconds: 8 * 3_600)

/// The file that ships, as written.
let policyBytes: [UInt8] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let file = root.appending(path: "Provisioning/policies/cn-norm3-2017.json5")
    return (try? Data(contentsOf: file)).map { [UInt8]($0) } ?? []
}()

let policyText = String(decoding: policyBytes, as: UTF8.self)

private let shipped = Result { try Policy.load(json5: policyBytes, file: "cn-norm3-2017.json5") }

func shippedPolicy() throws -> Policy { try shipped.get() }

/// `2026-11-21 09:14` at the hut, seconds optional.
func at(_ text: String) -> HutTime {
    let parts = text.split(whereSeparator: { "- :".contains($0) }).compactMap { Int($0) }
    let time = CivilTime(
        year: parts[0], month: parts[1], day: parts[2], hour: parts.count > 3 ? parts[3] : 0,
        minute: parts.count > 4 ? parts[4] : 0, second: parts.count > 5 ? parts[5] : 0)
    return shanghai.instant(of: time) ?? HutTime(milliseconds: 0)
}

func day(_ iso: String) -> LocalDay { LocalDay(iso: iso) ?? LocalDay(daysSince1970: 0) }

/// Invented people; nobody's history.
enum People {
    static let birth = LocalDay(iso: "1956-03-02")
    static let elder = Resident(number: "047", name: "张桂芳", sex: .female, birth: birth)
    static let knownElder = Resident(
        number: "047", name: "张桂芳", sex: .female, birth: birth, conditions: [.hypertension])
    static let adult = Resident(number: "052", name: "李国强", sex: .male, birth: LocalDay(iso: "1980-06-15"))
    static let knownAdult = Resident(
        number: "052", name: "李国强", sex: .male, birth: LocalDay(iso: "1980-06-15"), conditions: [.hypertension])
    static let knownDiabetic = Resident(
        number: "047", name: "张桂芳", sex: .female, birth: birth, conditions: [.hypertension, .diabetes])
    static let child = Resident(number: "061", name: "王小", sex: .male, birth: LocalDay(iso: "2010-05-05"))
    static let ageless = Resident(number: "070", name: "周平", sex: .male)
    static let knownAgeless = Resident(number: "070", name: "周平", sex: .male, conditions: [.hypertension])
}

/// One resident's facts and flags, settled as the ledger settles them.
struct Book {
    var history: ResidentHistory
    let policy: Policy
    private(set) var rang = 0
    private var next: Int64

    /// Facts are numbered from 1, or from `firstFlag` where they come with numbers of their own.
    init(_ resident: Resident, policy: Policy? = nil, firstFlag: Int64 = 1) throws {
        next = firstFlag
        self.policy = try policy ?? shippedPolicy()
        history = ResidentHistory(
            key: ResidentKey(rawValue: 7), resident: resident, addedAt: at("2026-01-01"))
    }

    /// Rules that speak by the calendar alone, whatever was measured; tests of the others look past them.
    static let calendar: Set<RuleID> = ["FU-01", "FU-02", "FU-04", "SC-01", "SC-02"]

    var subject: FlagSubject { .resident(history.key) }
    /// Every open flag, the calendar's too.
    var allOpen: [Flag] { history.flags.filter { $0.ended == nil } }
    var openFlags: [Flag] { allOpen.filter { !Book.calendar.contains($0.draft.rule) } }

    /// `BP-02 critical`, sorted by rule.
    var open: [String] { openFlags.map { "\($0.draft.rule.rawValue) \($0.draft.severity)" }.sorted() }

    /// What the calendar's rules say, in the same way, with the date.
    var owed: [String] {
        allOpen.filter { Book.calendar.contains($0.draft.rule) }
            .map { "\($0.draft.rule.rawValue) \($0.draft.severity) \($0.draft.due?.iso ?? "-")" }.sorted()
    }

    func flag(_ rule: RuleID) throws -> Flag { try #require(allOpen.first { $0.draft.rule == rule }) }

    mutating func sequence() -> FactSequence {
        defer { next += 1 }
        return FactSequence(rawValue: next)
    }

    @discardableResult
    mutating func cuff(
        _ systolic: Int, _ diastolic: Int, _ time: String, visit: Int64? = nil, pulse: Int? = 72, moved: Bool? = nil,
        arm: Arm = .right, instrument: String = "cuff-1", source: SourceClass = .cuffStation,
        received: String? = nil, confidence: TimeConfidence = .ok
    ) -> FactSequence {
        let sequence = sequence()
        let reading = Reading(
            vital: .bloodPressure(
                BloodPressure(
                    systolic: MmHg(systolic), diastolic: MmHg(diastolic), pulse: pulse.map { PerMinute($0) },
                    moved: moved)),
            receivedAt: at(received ?? time), measuredAt: at(time), timeConfidence: confidence,
            instrument: InstrumentID(rawValue: instrument), station: StationID(rawValue: "booth-1"), source: source,
            arm: arm)
        add(RecordedReading(sequence: sequence, reading: reading, owner: owner(visit)))
        return sequence
    }

    private func owner(_ visit: Int64?) -> Owner {
        .resident(history.key, visit: visit.map { VisitID(rawValue: $0) })
    }

    mutating func add(_ reading: RecordedReading) {
        history.readings.append(reading)
        history.readings.sort { ($0.reading.measuredAt, $0.sequence) < ($1.reading.measuredAt, $1.sequence) }
    }

    /// Two readings a minute apart, the value in both.
    mutating func session(_ systolic: Int, _ diastolic: Int, _ day: String, visit: Int64? = nil) {
        cuff(systolic, diastolic, "\(day) 09:14", visit: visit)
        cuff(systolic, diastolic, "\(day) 09:16", visit: visit)
    }

    @discardableResult
    mutating func answer(_ answer: SymptomAnswer, _ time: String, visit: Int64) -> FactSequence {
        let sequence = sequence()
        history.symptoms.append(
            SymptomReport(sequence: sequence, visit: VisitID(rawValue: visit), answer: answer, at: at(time)))
        return sequence
    }

    mutating func failure(_ time: String, visit: Int64) {
        history.failedAttempts.append(
            FailedAttempt(sequence: sequence(), visit: VisitID(rawValue: visit), at: at(time)))
    }

    mutating func signal(_ signal: BandSignal, _ time: String) {
        history.signals.append(
            SignalReport(sequence: sequence(), signal: signal, band: BandID(rawValue: "!433d1f2a"), at: at(time)))
    }

    @discardableResult
    mutating func review(_ now: String) -> [FlagChange] { review(at(now)) }

    /// Reviews, settles, and reviews again: the second time there is nothing to do.
    @discardableResult
    mutating func review(_ now: HutTime, offset: UTCOffset = shanghai) -> [FlagChange] {
        let changes = FollowUpRules.review(history, policy: policy, now: now, offset: offset)
        settle(changes, at: now)
        let again = FollowUpRules.review(history, policy: policy, now: now, offset: offset)
        #expect(again.isEmpty, "a second review changed something")
        return changes.filter { !Book.calendar.contains($0.rule) }
    }

    mutating func settle(_ changes: [FlagChange], at now: HutTime) {
        for change in changes { settle(change, at: now) }
    }

    private mutating func settle(_ change: FlagChange, at now: HutTime) {
        switch change {
        case .raise(let draft):
            #expect(openPlace(draft.rule, draft.subject) == nil, "\(draft.rule.rawValue) is open already")
            history.flags.append(Flag(id: sequence(), draft: draft, raisedAt: now))
            if draft.severity >= .urgent { rang += 1 }
        case .append(let rule, let subject, let evidence, let severity, let ringsAgain):
            guard let place = openPlace(rule, subject) else {
                Issue.record("appended to \(rule.rawValue), which is not open")
                return
            }
            let old = history.flags[place].draft.severity
            #expect(severity >= old, "severity of \(rule.rawValue) fell")
            history.flags[place].draft.severity = max(old, severity)
            history.flags[place].evidence.append(evidence)
            if ringsAgain {
                history.flags[place].takenBy = nil
                rang += 1
            }
        case .clear(let rule, let subject, let because):
            guard let place = openPlace(rule, subject) else {
                Issue.record("cleared \(rule.rawValue), which is not open")
                return
            }
            history.flags[place].ended = .byRule(because, at: now)
        }
    }

    private func openPlace(_ rule: RuleID, _ subject: FlagSubject) -> Int? {
        history.flags.firstIndex { $0.ended == nil && $0.draft.rule == rule && $0.draft.subject == subject }
    }

    mutating func take(_ rule: RuleID, _ time: String) throws {
        let place = try #require(openPlace(rule, subject))
        history.flags[place].takenBy = StaffKey(rawValue: 1)
        history.flags[place].takenAt = at(time)
    }

    mutating func close(
        _ rule: RuleID, _ action: ClosingAction = .followedUp, _ time: String, quietUntil: String? = nil
    ) throws {
        let place = try #require(openPlace(rule, subject), "\(rule.rawValue) is not open")
        history.flags[place].ended = .byPerson(
            StaffKey(rawValue: 1), action, note: "", at: at(time), quietUntil: quietUntil.map { day($0) })
    }

    /// Why the newest flag of a rule ended by itself.
    func reason(_ rule: RuleID) throws -> LocalizedText {
        let flag = try #require(history.flags.last { $0.draft.rule == rule && $0.ended != nil })
        guard case .byRule(let because, _) = flag.ended else {
            Issue.record("\(rule.rawValue) was ended by a person")
            return LocalizedText("", en: "")
        }
        return because
    }
}

extension FlagChange {
    var rule: RuleID {
        switch self {
        case .raise(let draft): draft.rule
        case .append(let rule, _, _, _, _), .clear(let rule, _, _): rule
        }
    }
}
