// A hut's life at random, reproducible from its seed: every kind of fact, each one allowed by what came before. Keeps
// its own simple notes of whose each reading is, which serve as the oracle for the ledger's answers.

import Vitals

@testable import Ledger

struct Script {
    /// Whose each reading is, and nil for one that was set aside.
    var owners: [FactSequence: ResidentKey] = [:]
    var unclaimed: Set<FactSequence> = []
    var now = HutTime.start
    var random: SeededChance
    var residents = 3
    var staff = 0
    var visits: [(id: VisitID, owner: ResidentKey?, resting: Bool)] = []
    var ended: [(id: VisitID, owner: ResidentKey?)] = []
    var wearers: [BandID: ResidentKey] = [:]
    var linked: [ResidentKey: Set<IdentityKind>] = [:]
    var waiting: [ResidentKey] = []
    var flags: [(id: FlagID, rule: RuleID, subject: FlagSubject)] = []
    var sent: [FactSequence] = []
    var isLent = false
    var count = 0

    /// Residents 1 to 3 must be in the ledger.
    init(seed: UInt64) { random = SeededChance(seed: seed) }

    /// The facts of one call.
    mutating func next() -> [Fact] {
        count += 1
        now = now + .milliseconds(Int.random(in: -3_000...60_000, using: &random))
        switch Int.random(in: 0..<36, using: &random) {
        case 0..<6: return [.reading(reading(), owner())]
        case 6: return visitFacts()
        case 7: return visits.isEmpty ? visitFacts() : endOrRest()
        case 8: return symptoms()
        case 9, 10, 11: return claim()
        case 12, 13, 14: return takeAway()
        case 15: return people()
        case 16: return bands()
        case 17, 18: return raise()
        case 19, 20: return settleFlag()
        case 21: return [.fault(fault(), cuff, booth, anyVisit()?.id, raw: [1, 2, 3])]
        case 22: return [.noValue(.oxygenSaturation, .noSignal, cuff, nil, owner(), raw: [9])]
        case 23:
            return [
                .signal(pick([.sos, .fall, .removed, .lowBattery]), band, wearer: wearers[band], text: "x", raw: [7])
            ]
        case 24: return [.position(Position(latitudeE7: 399_087_000, longitudeE7: -1), band, wearer: wearers[band])]
        case 25:
            let answer = anyVisit().map { Fact.fasting(FactSequence(rawValue: 9), $0.id, pick([.fasting, .notSure])) }
            return [.battery(percent: 80, band), .measuredWithoutRecord(cuff, booth)] + (answer.map { [$0] } ?? [])
        case 26: return [.helpCalled(booth), .someoneCalling(booth), .request(someone(), pick([.call, .homeVisit]))]
        case 27: return [.hutStarted(version: "0.1.0"), .clockChanged(bySeconds: -30), .clockConfirmed]
        case 28: return [.pinRefused(number: pick(["001", "002", "777"]), station: booth)]
        case 29: return loan()
        case 30, 31, 32: return identities()
        default: return upload()
        }
    }

    /// Learns what the ledger called the facts of the last call.
    mutating func note(_ facts: [Fact], _ sequences: [FactSequence]) {
        for (fact, sequence) in zip(facts, sequences) { note(fact, sequence) }
    }

    mutating func note(_ fact: Fact, _ sequence: FactSequence) {
        switch fact {
        case .residentAdded: residents += 1
        case .residentEnrolled:
            residents += 1
            waiting.append(ResidentKey(rawValue: Int64(residents)))
        case .residentConfirmed(let key, _): waiting.removeAll { $0 == key }
        case .identityLinked(let key, let link, _): linked[key, default: []].insert(link.kind)
        case .identitiesRevoked(let key, let kind, _): linked[key]?.remove(kind)
        case .staffAdded: staff += 1
        case .visitOpened(_, let owner, _):
            visits.append((VisitID(rawValue: sequence.rawValue), owner.resident, false))
        case .reading(_, let owner):
            if let key = owner.resident { owners[sequence] = key } else { unclaimed.insert(sequence) }
            sent.append(sequence)
        case .readingConfirmed(let reading, let visit):
            if let key = (visits.first { $0.id == visit }?.owner) ?? (ended.first { $0.id == visit }?.owner) {
                unclaimed.remove(reading)
                owners[reading] = key
            }
        case .readingClaimed(let reading, let key, _, _), .readingMoved(let reading, _, let key, _, _):
            unclaimed.remove(reading)
            owners[reading] = key
            sent.append(sequence)
        case .readingDenied(let reading, _), .readingReturned(let reading, _, _):
            owners[reading] = nil
            unclaimed.insert(reading)
        case .readingDiscarded(let reading, _, _, _), .readingCorrected(let reading, nil, _, _, _):
            owners[reading] = nil
            unclaimed.remove(reading)
        case .readingCarried: sent.append(sequence)
        case .flag(.raise(let draft)): flags.append((sequence, draft.rule, draft.subject))
        default: break
        }
    }

    mutating func loan() -> [Fact] {
        isLent.toggle()
        let monitor = InstrumentID(rawValue: "home-1")
        guard isLent else { return [.deviceReturned(monitor, by: nurse)] }
        let borrowers = [Borrower(resident: someone(), userSlot: 1), Borrower(resident: someone(), userSlot: 2)]
        return [.deviceLent(monitor, borrowers, by: nurse)]
    }

    mutating func reading() -> Reading {
        let time = now + .seconds(Int.random(in: -100_000...0, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return .heartRate(60 + count % 50, at: time)
        case 1:
            return Reading(
                vital: .oxygenSaturation(OxygenSaturation(percent: 97, pulse: 70, perfusionIndex: 125)),
                receivedAt: now, measuredAt: time,
                timeConfidence: .timeFault, instrument: InstrumentID(rawValue: "oximeter"), source: .oximeter,
                arm: .notSaid, rested: .byOwnWord, helper: .unnamed, raw: [])
        case 2:
            return Reading(
                vital: pick([
                    .temperature(centiCelsius: 3_650), .surfaceTemperature(centiCelsius: 3_420),
                    .glucose(Glucose(micromolesPerLitre: 7_800, meal: .after)), .weight(grams: 73_000),
                    .glucose(Glucose(micromolesPerLitre: 5_600)),
                    .height(millimetres: 1_700),
                    .wearableBloodPressure(WearableBloodPressure(systolic: 120, diastolic: 80)),
                ]),
                receivedAt: now, measuredAt: time, instrument: cuff, source: .manual, helper: .resident(1))
        default:
            var pressure = Reading.pressure(90 + count % 120, 60, at: time, slot: count % 3 == 0 ? count : nil)
            // No two records of the memory are the same one.
            pressure.deviceTime = CivilTime(
                year: 2026, month: 11, day: 1 + count / 1_440, hour: count / 60 % 24, minute: count % 60)
            pressure.userSlot = count % 6 == 0 ? 1 + count % 2 : nil
            // Close together, so that two cuffs share sessions.
            if count % 2 == 0 { (pressure.instrument, pressure.measuredAt) = (InstrumentID(rawValue: "cuff-2"), now) }
            return pressure
        }
    }

    mutating func owner() -> Owner {
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            let visit = anyVisit()?.id
            return .unclaimed(
                UnclaimedReason.allCases.randomElement(using: &random) ?? .noVisit,
                hint: visit.map { .visit($0) } ?? .number("047"))
        case 1: return .unclaimed(.noVisit, hint: nil)
        default:
            if let visit = visits.first(where: { $0.owner != nil }), let key = visit.owner {
                return .resident(key, visit: visit.id)
            }
            return .resident(someone(), visit: nil)
        }
    }

    mutating func visitFacts() -> [Fact] {
        guard !visits.contains(where: { !$0.resting }) else { return endOrRest() }
        let guest = VisitOwner.guest(keeps: Bool.random(using: &random), number: pick([nil, "047"]))
        let owner = Int.random(in: 0..<4, using: &random) == 0 ? guest : .resident(someone())
        return [.visitOpened(booth, owner, helper: pick([.nobody, .unnamed, .staff(nurse), .resident(1)]))]
    }

    mutating func endOrRest() -> [Fact] {
        guard let index = visits.indices.randomElement(using: &random) else { return [.helpCalled(booth)] }
        let visit = visits[index]
        switch Int.random(in: 0..<3, using: &random) {
        case 0 where !visit.resting:
            visits[index].resting = true
            return [.rest(visit.id, pick([.byClock(seconds: 300), .byOwnWord, .no])), .visitRested(visit.id)]
        case 1 where visit.resting && !visits.contains(where: { !$0.resting }):
            visits[index].resting = false
            return [.visitResumed(visit.id)]
        default:
            visits.remove(at: index)
            ended.append((visit.id, visit.owner))
            return [.leftByHimself(visit.id), .visitEnded(visit.id, pick([.left, .idle, .restart]))]
        }
    }

    mutating func symptoms() -> [Fact] {
        guard let visit = anyVisit() else { return visitFacts() }
        return [.symptoms(visit.id, SymptomAnswer.allCases.randomElement(using: &random) ?? .mild)]
    }

    mutating func claim() -> [Fact] {
        guard let reading = unclaimed.sorted().randomElement(using: &random) else {
            return [.reading(self.reading(), owner())]
        }
        if Int.random(in: 0..<4, using: &random) == 0 { return [.readingHinted(reading, number: pick([nil, "002"]))] }
        if let visit = anyVisit(), Bool.random(using: &random) { return [.readingConfirmed(reading, visit.id)] }
        return [.readingClaimed(reading, someone(), by: nurse, reason: "told me")]
    }

    func correction(of reading: FactSequence, _ vital: Vital?) -> Fact {
        .readingCorrected(reading, vital, deviceTime: nil, decoder: "0.3.0", reason: "mended")
    }

    mutating func takeAway() -> [Fact] {
        guard let reading = owners.keys.sorted().randomElement(using: &random), let owner = owners[reading] else {
            return claim()
        }
        switch Int.random(in: 0..<7, using: &random) {
        case 6: return [.readingCarried(reading, by: nurse, reason: "one person")]
        case 4: return [correction(of: reading, Vital.weight(grams: 70_000 + count))]
        case 5: return [correction(of: reading, count % 3 == 0 ? nil : Reading.pressure(100 + count % 90, 70).vital)]
        case 0: return [.readingMoved(reading, from: owner, to: someone(), by: nurse, reason: "her husband's")]
        case 1: return [.readingReturned(reading, by: nurse, reason: "unsure")]
        case 2: return [.readingDiscarded(reading, pick(DiscardReason.allCases), by: nurse, note: "")]
        default: return anyVisit().map { [.readingDenied(reading, $0.id)] } ?? [.helpCalled(booth)]
        }
    }

    func fault() -> DeviceFault {
        switch count % 3 {
        case 0: .deviceError(code: "0F", meaning: LocalizedText("袖带松", en: "cuff loose"), kind: .arm)
        case 1: .implausible(field: "systolic")
        default: .wrongFormat(what: "kPa")
        }
    }

    mutating func anyVisit() -> (id: VisitID, owner: ResidentKey?)? {
        (visits.map { ($0.id, $0.owner) } + ended.suffix(3)).randomElement(using: &random)
    }

    mutating func someone() -> ResidentKey {
        ResidentKey(rawValue: .random(in: 1...Int64(residents), using: &random))
    }

    /// One of the first three, whose lines are never merged with others.
    mutating func founder() -> ResidentKey { ResidentKey(rawValue: .random(in: 1...3, using: &random)) }

    mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        choices[Int.random(in: 0..<choices.count, using: &random)]
    }
}
