// *Was it you?* and *that was not me*: the answers of K12 and K21, and the rules that make K12 necessary (rows 4, 5, 9,
// 10, 52). A reading that waits for an answer is already on disk, unclaimed; only a yes, in time, by the same active
// visit, gives it an owner.

import Vitals

extension Attribution {
    /// The ledger has the reading under this sequence; K12 counts from now. False: the visit said *none of these were
    /// mine* while it was on its way to the disk; append `.readingDenied` now.
    package mutating func recorded(_ sequence: FactSequence, for attributed: Attributed, now: Now) -> Bool {
        reachedDisk(attributed)
        guard let visit = attributed.visit,
            let index = visits[visit]?.readings.firstIndex(where: { $0.ticket == attributed.ticket }),
            var reading = visits[visit]?.readings[index]
        else { return true }
        reading.sequence = sequence
        if reading.standing == .toBeQuestioned { reading.standing = .questioned(since: now.monotonic) }
        visits[visit]?.readings[index] = reading
        return reading.standing != .denied || reading.isCounted
    }

    /// K12 `1`: it was me (row 4).
    package mutating func confirm(_ sequence: FactSequence, by visit: VisitID, now: Now) -> Verdict {
        guard let open = visits[visit], open.isActive,
            let index = open.readings.firstIndex(where: { $0.sequence == sequence }),
            let since = open.readings[index].questionedSince, now.monotonic - since <= Limits.answer,
            !notHere.contains(where: { $0 == open.owner.resident })  // row 53
        else { return .refused }
        visits[visit]?.readings[index].standing = .owned
        return .confirmed(open.confirmedOwner)
    }

    /// K12 `2`, K21 `1`: that was not me (rows 5, 9).
    package mutating func deny(_ sequence: FactSequence, by visit: VisitID, now: Now) -> Verdict {
        guard let open = visits[visit], open.isActive,
            let index = open.readings.firstIndex(where: { $0.sequence == sequence }),
            open.readings[index].standing != .denied
        else { return .refused }
        visits[visit]?.readings[index].standing = .denied
        return open.readings[index].isCounted ? .nothingKept : .setAside
    }

    /// K21 `2`: none of this visit was mine. Append `.readingDenied` for each.
    package mutating func denyAll(_ visit: VisitID) -> [FactSequence] {
        guard let open = visits[visit], open.isActive else { return [] }
        for index in open.readings.indices { visits[visit]?.readings[index].standing = .denied }
        return open.readings.filter { $0.standing != .denied && !$0.isCounted }.compactMap(\.sequence)
    }

    /// The questions nobody answered in 30 s: the readings stay unclaimed, the screen says O1 (row 5).
    package mutating func answerOverdue(now: Now) -> [FactSequence] {
        var overdue: [FactSequence] = []
        for (id, visit) in visits {
            for (index, reading) in visit.readings.enumerated() {
                guard let since = reading.questionedSince, now.monotonic - since > Limits.answer else { continue }
                visits[id]?.readings[index].standing = .unanswered
                if let sequence = reading.sequence { overdue.append(sequence) }
            }
        }
        return overdue.sorted()
    }

    /// Notes a reading with the visit whose it is or may be.
    mutating func remember(_ attributed: Attributed) {
        guard let visit = attributed.visit else { return }
        visits[visit]?.readings.append(
            VisitReading(
                ticket: attributed.ticket, sequence: nil, vital: attributed.reading.vital,
                isCounted: attributed.keeping == .countOnly,
                standing: attributed.says == .askWhose ? .toBeQuestioned : .owned))
    }
}

extension OpenVisit {
    /// Whose a reading of this visit is once nothing is in doubt.
    var confirmedOwner: Owner {
        switch owner {
        case .resident(let key): .resident(key, visit: id)
        case .guest(_, let number?): .unclaimed(.guest, hint: .number(number))
        case .guest(_, nil): .unclaimed(.guest, hint: .visit(id))
        }
    }

    /// Whether a value differs so much from the last one that its owner must be asked (rows 10, 52, 54).
    func isUnlike(_ vital: Vital, on time: HutTime) -> Bool {
        switch vital {
        case .bloodPressure(let pressure):
            guard case .bloodPressure(let last) = lastOwned(.bloodPressure) else { return false }
            let pulses = pressure.pulse.flatMap { pulse in last.pulse.map { abs(pulse.value - $0.value) } } ?? 0
            return abs(pressure.systolic.value - last.systolic.value) > 30 || pulses > 25
        case .weight(let grams):
            guard let before = last.grams, let at = last.weighedAt, time - at <= .seconds(30 * 86_400) else {
                return false
            }
            return abs(grams - before) > 8_000
        case .height(let millimetres): return last.millimetres.map { abs(millimetres - $0) > 40 } ?? false
        default: return false
        }
    }

    private func lastOwned(_ kind: VitalKind) -> Vital? {
        readings.last { $0.standing == .owned && $0.vital.kind == kind }?.vital
    }
}
