// What a team does in the life of a hut, at random and reproducible from its seed: marks, follow-ups, calls, promises,
// exams, requests, merges, looks. Plays beside `Script`; merges only lines of its own, so that neither contradicts the
// other.

import Vitals

@testable import Ledger

let doctor = StaffKey(rawValue: 2)

/// Both scripts on one ledger.
struct HutLife {
    private(set) var script: Script
    private var care: CareScript
    private var isCare = false

    /// Residents 1 to 3 must be in the ledger, and nothing else.
    init(seed: UInt64) { (script, care) = (Script(seed: seed), CareScript(seed: seed &+ 1_000)) }

    /// The clock of the next call.
    var now: HutTime { script.now }

    /// The facts of one call.
    mutating func next() -> [Fact] {
        isCare.toggle()
        return isCare ? care.next(at: now) : script.next()
    }

    /// Learns what the ledger called the facts of the last call.
    mutating func note(_ facts: [Fact], _ sequences: [FactSequence]) {
        care.note(facts, sequences)
        for (fact, sequence) in zip(facts, sequences) {
            // The other script minds its own visits; how many residents there are concerns both.
            if case .residentAdded = fact {
                script.note([fact], [sequence])
            } else if !isCare {
                script.note([fact], [sequence])
            }
        }
    }
}

struct CareScript {
    private var random: SeededChance
    private var last: Int64 = 3
    private var residents: Int64 = 3
    private var hasStaff = false
    private var count = 0
    /// Lines that only this script merges, and their flags.
    private var pairs: [(first: ResidentKey, second: ResidentKey, isMerged: Bool)] = []
    private var followUps: [(sequence: FactSequence, isSigned: Bool)] = []
    private var promises: [FactSequence] = []
    private var requests: [(sequence: FactSequence, resident: ResidentKey, isAnswered: Bool)] = []
    private var exams: [(resident: ResidentKey, day: LocalDay, signed: Int)] = []

    init(seed: UInt64) { random = SeededChance(seed: seed) }

    mutating func next(at now: HutTime) -> [Fact] {
        count += 1
        guard hasStaff else {
            return [
                .staffAdded(Staff(name: "王护士", role: .nurse)), .staffAdded(Staff(name: "汪医生", role: .doctor)),
            ] + pair()
        }
        let today = UTCOffset.china.day(of: now)
        switch Int.random(in: 0..<14, using: &random) {
        case 0, 1: return [.residentMarked(anybody(), mark(today), by: pick([nurse, nil]), on: today, reason: "told")]
        case 2, 3: return [.followUpRecorded(.invented(anybody(), today + -pick([0, 0, 3, 90]), count), by: nurse)]
        case 4: return settleFollowUp()
        case 5: return [.followUpDrafted(anybody(), draft: pick(["{\"method\":1}", nil]), by: nurse)]
        case 6: return [.called(anybody(), pick(CallResult.allCases), by: nurse)]
        case 7: return promise(today)
        case 8, 9: return exam(today)
        case 10: return request()
        case 11:
            return [
                .recordSeen(anybody(), by: pick([nurse, doctor]), place: "desk"), .daySeen(today, by: nurse),
                .careTaken(pick([anybody(), nil]), by: nurse, reason: "told"),
                .messageLeft(anybody(), text: "请来复查", by: nurse),
                .sheetPrinted(today, [anybody(), anybody()], by: nurse),
            ]
        case 12:
            return [
                .residentPINReset(anybody(), hash: pick(["$y$new", nil]), by: nurse, reason: "forgotten"),
                .residentStatus(anybody(), pick(ResidentStatus.allCases), by: nurse, reason: "told"),
            ]
        default: return merge()
        }
    }

    mutating func note(_ facts: [Fact], _ sequences: [FactSequence]) {
        for (fact, sequence) in zip(facts, sequences) {
            last = sequence.rawValue
            switch fact {
            case .residentAdded, .residentEnrolled: residents += 1
            case .staffAdded: hasStaff = true
            case .followUpRecorded: followUps.append((sequence, false))
            case .promised: promises.append(sequence)
            case .requestEntered(let resident, _, _, _): requests.append((sequence, resident, false))
            default: break
            }
        }
    }

    /// Two new lines with a flag of the same rule each, and one with a flag of its own.
    private mutating func pair() -> [Fact] {
        let (first, second) = (ResidentKey(rawValue: residents + 1), ResidentKey(rawValue: residents + 2))
        pairs.append((first, second, false))
        return [
            .residentAdded(.invented("5\(count)1"), id: "care-\(count)-1"),
            .residentAdded(.invented("5\(count)2"), id: "care-\(count)-2"),
            .flag(.raise(.invented("FU-01", .resident(first), pick([.routine, .urgent])))),
            .flag(.raise(.invented("FU-01", .resident(second), .soon))),
            .flag(.raise(.invented("FU-04", .resident(first), .routine))),
        ]
    }

    private mutating func merge() -> [Fact] {
        guard let index = pairs.indices.randomElement(using: &random), count % 3 > 0 else { return pair() }
        pairs[index].isMerged.toggle()
        let pair = pairs[index]
        return pair.isMerged
            ? [.residentsMerged(pair.first, into: pair.second, by: nurse, reason: "one person")]
            : [.residentsUnmerged(pair.first, from: pair.second, by: nurse, reason: "two people")]
    }

    private mutating func settleFollowUp() -> [Fact] {
        guard let index = followUps.indices.randomElement(using: &random) else { return [.helpCalled(booth)] }
        let sequence = followUps[index].sequence
        if followUps[index].isSigned || Bool.random(using: &random) {
            followUps.remove(at: index)
            return [.followUpWithdrawn(sequence, by: nurse, reason: "other person")]
        }
        followUps[index].isSigned = true
        return [.followUpCountersigned(sequence, by: doctor)]
    }

    private mutating func promise(_ today: LocalDay) -> [Fact] {
        guard let index = promises.indices.randomElement(using: &random), Bool.random(using: &random) else {
            return [.promised(anybody(), pick(PromiseKind.allCases), today + 7, by: nurse)]
        }
        if Bool.random(using: &random) {
            return [.promiseMoved(promises[index], to: today + 14, by: nurse, reason: "away")]
        }
        return [.promiseKept(promises.remove(at: index), by: nurse)]
    }

    private mutating func exam(_ today: LocalDay) -> [Fact] {
        let open = exams.indices.filter { exams[$0].signed < 2 }
        if let index = open.randomElement(using: &random), Bool.random(using: &random) {
            exams[index].signed += 1
            let exam = exams[index]
            return [.examSigned(exam.resident, exam.day, by: exam.signed == 1 ? nurse : doctor)]
        }
        let (resident, day) = (anybody(), today + -pick([0, 1]))
        exams.removeAll { $0.resident == resident && $0.day == day }
        exams.append((resident, day, 0))
        return [.examItem(resident, pick(ExamItem.invented), day, by: nurse)]
    }

    private mutating func request() -> [Fact] {
        guard let index = requests.indices.randomElement(using: &random), Bool.random(using: &random),
            let pair = pairs.first
        else {
            guard let pair = pairs.first else { return self.pair() }
            return [.requestEntered(pair.first, pick(ResidentRequest.allCases), note: "by telephone", by: nurse)]
        }
        guard requests[index].isAnswered else {
            requests[index].isAnswered = true
            return [.requestAnswered(requests[index].sequence, answer: "星期三上门", by: nurse)]
        }
        let visit = VisitID(rawValue: last + 1)
        let place = StationID(rawValue: "booth-care")
        return [
            .visitOpened(place, .resident(pair.first), helper: .nobody),
            .answerSeen(requests.remove(at: index).sequence, visit), .visitEnded(visit, .left),
        ]
    }

    private mutating func mark(_ today: LocalDay) -> ResidentMark {
        pick([
            .condition(pick(Condition.allCases), since: today + -900, until: pick([nil, today + 90])),
            .conditionEnded(pick(Condition.allCases)),
            .limit(pick([nil, PressureLimit(systolic: 135, diastolic: 85)])),
            .managed(pick(ManagedDisease.allCases), since: today + -400), .managementEnded(.diabetes),
            .livesAlone(pick([true, false])), .watched(pick([true, false])),
            .neverArm(pick([.left, .right]), pick([true, false])),
            .risk(pick(RiskFactor.allCases), pick([true, false])), .contacts(pick([[], [.invented]])),
            .allergies(pick([nil, "青霉素"])),
        ])
    }

    private mutating func anybody() -> ResidentKey {
        ResidentKey(rawValue: .random(in: 1...residents, using: &random))
    }

    private mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        choices[Int.random(in: 0..<choices.count, using: &random)]
    }
}

extension ContactPerson {
    static let invented = ContactPerson(
        name: "张丽", relation: "女儿", phone: "0374-555 0107", consented: LocalDay(daysSince1970: 20_500))
}

extension ExamItem {
    /// One of each kind.
    static let invented: [ExamItem] = [
        .bloodPressure(systolic: 138, diastolic: 82), .glucose(micromolesPerLitre: 5_600, isFasting: true),
        .weight(grams: 61_500), .height(millimetres: 1_580), .waist(millimetres: 860),
        .temperature(centiCelsius: 3_650),
        .electrocardiogram("窦性心律"), .ultrasound("未见异常"),
        .laboratory(name: "HbA1c", value: "6.1", unit: "%"),
    ]
}

extension FollowUpRecord {
    /// A follow-up about hypertension, and every third time about diabetes too.
    static func invented(_ resident: ResidentKey, _ day: LocalDay, _ index: Int = 1) -> FollowUpRecord {
        FollowUpRecord(
            resident: resident, day: day, method: FollowUpMethod.allCases[index % 4],
            pressure: Answer(FormPressure(systolic: 138, diastolic: 82, readings: [7]), .measured),
            pulse: Answer(72, .measured), weightGrams: Answer(PresentAndTarget(61_500, target: 60_000), .unchanged),
            heightMillimetres: 1_580,
            lifestyle: Answer(
                Lifestyle(
                    cigarettesEachDay: PresentAndTarget(0), spiritsTenthsEachDay: PresentAndTarget(0),
                    exerciseEachWeek: PresentAndTarget(5), exerciseMinutes: PresentAndTarget(30), salt: .medium,
                    saltTarget: .light, mood: .good, followsAdvice: .good), .unchanged),
            adherence: Answer(.regular, .asked), reaction: Answer("", .asked),
            drugs: Answer([Drug(name: "氨氯地平", timesEachDay: 1, amount: "5mg")], .unchanged),
            hypertension: HypertensionPart(symptoms: Answer([], .asked), visitClass: VisitClass.allCases[index % 4]),
            diabetes: index % 3 == 0
                ? DiabetesPart(
                    symptoms: Answer([], .asked), fastingGlucose: Answer(6_100, .measured), visitClass: .controlled)
                : nil, next: day + 90, secondsSpent: 70)
    }
}
