// A run against a district in memory: each refusal, and then every order of faults and kills the dice come up with.

import DistrictUpload
import Testing
import Vitals

@Suite struct `A run` {
    private func ledger(_ count: Int64) -> ModelLedger {
        var ledger = ModelLedger()
        for index in 1...count {
            let one = outgoing(index, cuff(120 + Int(index), 80, 70, minutes: Int(index)))
            ledger.readings[one.sequence] = one
        }
        return ledger
    }

    @Test func `marks exactly what was acknowledged`() throws {
        var ledger = ledger(60)
        let district = ModelDistrict()
        let (ending, tally) = try ledger.run(against: district)
        #expect(ending == .done && tally.sent == 60)
        #expect(ledger.receipts.count == 60 && ledger.receipts.values.allSatisfy { $0 == 1 })
        #expect(district.stored.filter { $0.type == "Observation" }.count == 120)
        #expect(district.stored.filter { $0.type != "Observation" }.count == 3)
    }

    @Test func `with nothing to send asks for nothing`() throws {
        var ledger = ModelLedger()
        let district = ModelDistrict()
        #expect(try ledger.run(against: district).0 == .done)
        #expect(district.requests == 0)
    }

    @Test func `parks the one reading that is refused and sends the others`() throws {
        var ledger = ledger(20)
        let district = ModelDistrict()
        let bad = try #require(ledger.readings[FactSequence(rawValue: 7)])
        district.refused = [conditions(bad)[0]]
        let (ending, tally) = try ledger.run(against: district)
        #expect(ending == .done && tally.sent == 19 && tally.parked == 1)
        #expect(ledger.parked == [bad.sequence: "invalid: not this one"])
        #expect(conditions(bad).allSatisfy { district.observations($0).isEmpty })
    }

    @Test func `blames no reading when the resident alone is refused`() throws {
        var ledger = ledger(20)
        let district = ModelDistrict()
        let reading = try #require(ledger.readings.values.first)
        let patient = try #require(
            Batch.batches(of: [reading]).first.flatMap { gateway.bundle(of: $0).entries.first?.identifier })
        district.refused = [patient.query]
        #expect(try ledger.run(against: district).0 == .standstill(.refusesFrame(codes: "invalid")))
        #expect(ledger.parked.isEmpty && ledger.pending.count == 20 && district.requests == 2)
    }

    @Test func `goes on to other residents when one is refused`() throws {
        var ledger = ledger(3)
        for index: Int64 in 4...6 {
            let one = outgoing(index, cuff(130, 80, nil), of: "resident-2")
            ledger.readings[one.sequence] = one
        }
        let district = ModelDistrict()
        district.refused = [gateway.identifier(.resident, "resident-2").query]
        let (ending, tally) = try ledger.run(against: district, turn: 0.9)
        #expect(ending == .standstill(.refusesFrame(codes: "invalid")))
        #expect(tally.sent == 3 && tally.waiting == 3)
    }

    @Test func `adopts copies that the server made of our reading`() throws {
        var ledger = ledger(3)
        let district = ModelDistrict()
        _ = try ledger.run(against: district)
        let twice = try #require(ledger.readings[FactSequence(rawValue: 2)])
        conditions(twice).forEach { district.duplicate($0) }
        ledger.receipts = [:]
        let (ending, tally) = try ledger.run(against: district)
        #expect(ending == .done && tally.sent == 3 && tally.duplicates == 1)
        #expect(ledger.receipts.count == 3 && ledger.parked.isEmpty)
    }

    @Test func `leaves something else under our key to a person`() throws {
        var ledger = ledger(3)
        let district = ModelDistrict()
        _ = try ledger.run(against: district)
        let twice = try #require(ledger.readings[FactSequence(rawValue: 2)])
        district.duplicate(conditions(twice)[0], changing: "2020-01-01T00:00:00.000+08:00")
        ledger.receipts = [:]
        #expect(try ledger.run(against: district).1.parked == 1)
        #expect(ledger.parked.keys.map(\.rawValue) == [2])
    }

    @Test func `waits with everything of a resident whom the district holds twice`() throws {
        var ledger = ledger(10)
        let district = ModelDistrict()
        _ = try ledger.run(against: district)
        district.duplicate(gateway.identifier(.resident, try #require(ledger.readings.values.first).resident).query)
        ledger.receipts = [:]
        #expect(try ledger.run(against: district).0 == .standstill(.ambiguous))
        #expect(ledger.parked.isEmpty && ledger.receipts.isEmpty)
    }

    @Test func `makes its bundles smaller when they are too large`() throws {
        var ledger = ledger(60)
        let district = ModelDistrict()
        district.largest = 9
        let (ending, tally) = try ledger.run(against: district)
        #expect(ending == .done && tally.sent == 60)
    }

    @Test func `ends when the district asks for more patience than a run has`() throws {
        var delivery = Delivery(readings: ledger(1).pending, withdrawals: [], gateway: gateway)
        guard case .send = delivery.next() else { throw Unexpected() }
        delivery.received(http(429, retryAfter: "3600"), now: morning, jitter: 0.5)
        #expect(delivery.next() == .finished(.later(notBefore: morning + .seconds(3_600))))
        #expect(delivery.tally.waiting == 1)
    }

    @Test func `waits the pause it was asked for, then sends the identical bundle`() throws {
        var delivery = Delivery(readings: ledger(1).pending, withdrawals: [], gateway: gateway)
        let first = delivery.next()
        delivery.received(http(503, retryAfter: "2"), now: morning, jitter: 0.5)
        #expect(delivery.next() == .wait(.seconds(2)))
        #expect(delivery.next() == first)
    }

    @Test(arguments: [
        (401, Standstill.token, 2), (403, .scope, 1), (404, .address(status: 404), 1), (410, .address(status: 410), 1),
        (302, .redirected(status: 302), 1),
    ]) func `stands still for a person`(_ status: Int, _ standstill: Standstill, _ requests: Int) throws {
        var delivery = Delivery(readings: ledger(5).pending, withdrawals: [], gateway: gateway)
        for _ in 0..<requests {
            guard case .send = delivery.next() else { throw Unexpected() }
            delivery.received(http(status), now: morning, jitter: 0.5)
        }
        #expect(delivery.next() == .finished(.standstill(standstill)))
    }

    @Test func `takes a token that was renewed meanwhile`() throws {
        var delivery = Delivery(readings: ledger(1).pending, withdrawals: [], gateway: gateway)
        let district = ModelDistrict()
        guard case .send(let request) = delivery.next() else { throw Unexpected() }
        delivery.received(http(401), now: morning, jitter: 0.5)
        #expect(delivery.next() == .send(request))
        delivery.received(try district.answer(request), now: morning, jitter: 0.5)
        guard case .record = delivery.next() else { throw Unexpected() }
    }

    @Test(arguments: [Answer.lost, http(200, "<html>"), http(500), http(502), http(200)])
    func `never takes it for success`(_ answer: Answer) throws {
        var delivery = Delivery(readings: ledger(30).pending, withdrawals: [], gateway: gateway)
        while true {
            switch delivery.next() {
            case .send: delivery.received(answer, now: morning, jitter: 0.5)
            case .record: throw Unexpected()
            case .wait: break
            case .finished(let ending):
                #expect(ending == .later(notBefore: nil))
                #expect(delivery.tally.waiting == 30)
                return
            }
        }
    }
}

@Suite struct `A reading that changes hands` {
    private let district = ModelDistrict()

    private func moved(_ reading: OutgoingReading, to resident: String, by fact: Int64) -> (OutgoingReading, Withdrawal)
    {
        var new = reading
        (new.resident, new.owned, new.receipt) = (resident, FactSequence(rawValue: fact), FactSequence(rawValue: fact))
        return (
            new,
            Withdrawal(
                fact: FactSequence(rawValue: fact), at: morning, sent: reading, by: StaffKey(rawValue: 1))
        )
    }

    @Test func `is withdrawn from the first and sent for the second under a new key`() throws {
        var ledger = ModelLedger()
        let before = outgoing(1, cuff(178, 96, 80), of: "resident-1")
        ledger.readings[before.sequence] = before
        _ = try ledger.run(against: district)
        let (after, withdrawal) = moved(before, to: "resident-2", by: 5)
        ledger.readings[before.sequence] = after
        ledger.withdrawals[withdrawal.fact] = withdrawal
        ledger.receipts = [:]
        let (ending, tally) = try ledger.run(against: district)
        #expect(ending == .done && tally.withdrawn == 1 && tally.sent == 1)
        #expect(
            conditions(before).flatMap(district.observations).map(\.status) == ["entered-in-error", "entered-in-error"])
        #expect(conditions(after).flatMap(district.observations).map(\.status) == ["final", "final"])
        #expect(district.stored.filter { $0.type == "Provenance" }.count == 1)
    }

    @Test func `and comes back is not the record that was withdrawn`() throws {
        let first = outgoing(1, cuff(178, 96, 80), of: "resident-1")
        let again = moved(moved(first, to: "resident-2", by: 5).0, to: "resident-1", by: 8).0
        #expect(Set(conditions(first)).isDisjoint(with: conditions(again)))
    }

    @Test func `has nothing to withdraw where it never arrived`() throws {
        var ledger = ModelLedger()
        let withdrawal = moved(outgoing(1, cuff(178, 96, 80)), to: "resident-2", by: 5).1
        ledger.withdrawals[withdrawal.fact] = withdrawal
        #expect(try ledger.run(against: district).0 == .done)
        #expect(ledger.withdrawals.isEmpty && district.stored.isEmpty)
    }

    @Test func `is withdrawn once, whatever becomes of the answer`() throws {
        for seed in 0..<UInt64(cases(200)) {
            var dice = SeededChance(seed: seed)
            let district = ModelDistrict()
            var ledger = ModelLedger()
            let before = outgoing(1, oneOfEach.randomElement(using: &dice) ?? cuff(120, 80, 70), of: "resident-1")
            ledger.readings[before.sequence] = before
            _ = try ledger.run(against: district)
            let withdrawal = moved(before, to: "resident-2", by: 5).1
            (ledger.readings, ledger.withdrawals) = ([:], [withdrawal.fact: withdrawal])
            var faulty = dice
            district.fault = { faulty.falls(40) ? ModelDistrict.Fault.allCases.randomElement(using: &faulty) : nil }
            for _ in 0..<20 {
                _ = try ledger.run(against: district, killedBefore: Int.random(in: 1...8, using: &dice))
            }
            district.fault = { nil }
            #expect(try ledger.run(against: district).0 == .done, "seed \(seed)")
            let left = conditions(before).flatMap(district.observations)
            #expect(left.allSatisfy { $0.status == "entered-in-error" && $0.version == 2 }, "seed \(seed)")
            #expect(left.count == conditions(before).count, "seed \(seed)")
            #expect(district.stored.filter { $0.type == "Provenance" }.count == 1, "seed \(seed)")
            #expect(ledger.withdrawals.isEmpty && ledger.parked.isEmpty, "seed \(seed)")
        }
    }
}

@Suite struct `Whatever goes wrong` {
    @Test func `each reading is at the district exactly once and marked exactly then`() throws {
        for seed in 0..<UInt64(cases(80)) { try drive(seed) }
    }

    /// Runs with faults and kills until nothing is pending, looking at the truth after each.
    private func drive(_ seed: UInt64) throws {
        var dice = SeededChance(seed: seed)
        let district = ModelDistrict()
        var ledger = ModelLedger()
        for one in someReadings(&dice, most: 30) { ledger.readings[one.sequence] = one }
        let known = ledger.readings.mapValues { conditions($0) }
        let bad = ledger.readings.values.filter { _ in dice.falls(8) }.filter { $0.keptBack == nil }
        district.refused = Set(bad.flatMap { known[$0.sequence] ?? [] })
        if dice.falls(30) { district.largest = Int.random(in: 5...12, using: &dice) }
        var faulty = dice
        district.fault = { faulty.falls(30) ? ModelDistrict.Fault.allCases.randomElement(using: &faulty) : nil }
        for _ in 0..<25 {
            _ = try ledger.run(
                against: district, turn: Double.random(in: 0..<1, using: &dice),
                killedBefore: dice.falls(70) ? Int.random(in: 1...20, using: &dice) : .max)
            expectNothingMarkedTooEarly(ledger, district, known, seed)
        }
        district.fault = { nil }
        let (ending, _) = try ledger.run(against: district)
        #expect(ending == .done && ledger.pending.isEmpty, "seed \(seed)")
        for one in ledger.readings.values {
            let copies = (known[one.sequence] ?? []).map { district.observations($0).count }
            if one.keptBack != nil || bad.contains(one) {
                #expect(copies.allSatisfy { $0 == 0 }, "seed \(seed)")
                #expect(ledger.parked[one.sequence] != nil && ledger.receipts[one.sequence] == nil, "seed \(seed)")
            } else {
                #expect(copies.allSatisfy { $0 == 1 }, "seed \(seed)")
                #expect(ledger.parked[one.sequence] == nil && ledger.receipts[one.sequence] == 1, "seed \(seed)")
            }
        }
        let others = district.stored.filter { $0.type != "Observation" }.map(\.condition)
        #expect(Set(others).count == others.count, "seed \(seed)")
    }

    private func expectNothingMarkedTooEarly(
        _ ledger: ModelLedger, _ district: ModelDistrict, _ conditions: [FactSequence: [String]], _ seed: UInt64
    ) {
        for sequence in ledger.receipts.keys {
            #expect(conditions[sequence]?.allSatisfy { district.observations($0).count == 1 } == true, "seed \(seed)")
        }
    }
}
