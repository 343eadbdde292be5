// What a run makes of each answer: the second half of `Delivery`, one function for each thing it can be waiting for.

import Vitals

extension Delivery {
    /// Takes the answer to the request that `next()` gave last. `jitter` is 0 ..< 1.
    package mutating func received(_ answer: Answer, now: HutTime, jitter: Double) {
        guard let stage, let errand = errands.last else { return }
        switch stage {
        case .sending(let bundle):
            let verdict = judge(answer, entries: bundle.entries.count, now: now)
            if case .readings(let batch) = errand { sent(batch, bundle, verdict, now, jitter) }
        case .proving(let bundle, let refusal):
            let verdict = judge(answer, entries: bundle.entries.count, now: now)
            if case .readings(let batch) = errand { proved(batch, refusal, verdict, now, jitter) }
        case .looking(let toFind, let found):
            looked(toFind, found, answer, now, jitter)
        case .withdrawing(let bundle):
            let verdict = judge(answer, entries: bundle.entries.count, now: now)
            if case .withdrawal(let withdrawal) = errand { withdrew(withdrawal, bundle, verdict, now, jitter) }
        }
    }

    private mutating func sent(
        _ batch: Batch, _ bundle: TransactionBundle, _ verdict: Verdict, _ now: HutTime, _ jitter: Double
    ) {
        switch verdict {
        case .stored(let answers):
            tally.sent += batch.readings.count
            succeed(
                zip(bundle.entries, answers).compactMap { entry, answer in
                    entry.receipt.map { UploadReceipt(fact: $0, location: answer.location) }
                })
        case .content(let outcome): refused(batch, .content(outcome))
        case .precondition: refused(batch, .precondition)
        case .conflict: clash(jitter) { $0.refused(batch, .precondition) }
        case .tooLarge: shrink(batch)
        case .unreadable, .later, .token, .stop: hinder(verdict, now, jitter)
        }
    }

    /// Before a reading is blamed, the resident and the instruments are tried without it.
    private mutating func refused(_ batch: Batch, _ refusal: Refusal) {
        guard proven.contains(batch.resident) else {
            stage = .proving(gateway.frame(of: batch), refusal: refusal)
            return
        }
        if let halves = batch.halves() { return replace(with: halves) }
        guard let reading = batch.readings.first else { return close() }
        switch refusal {
        case .content(let outcome): park(reading.receipt, outcome.words)
        case .precondition: look(for: reading)
        }
    }

    private mutating func proved(
        _ batch: Batch, _ refusal: Refusal, _ verdict: Verdict, _ now: HutTime, _ jitter: Double
    ) {
        switch verdict {
        case .stored:
            proven.insert(batch.resident)
            refused(batch, refusal)
        case .content(let outcome): leave(.standstill(.refusesFrame(codes: outcome.codes)))
        case .precondition, .conflict: leave(.standstill(.ambiguous))
        case .tooLarge: leave(.standstill(.refusesFrame(codes: "too large")))
        case .unreadable, .later, .token, .stop: hinder(verdict, now, jitter)
        }
    }

    private mutating func looked(
        _ toFind: [BundleEntry], _ found: [Found], _ answer: Answer, _ now: HutTime, _ jitter: Double
    ) {
        guard let held = heldObservations(in: answer) else {
            let verdict = judge(answer, entries: 0, now: now)
            switch verdict {
            case .unreadable, .later, .token, .stop: return hinder(verdict, now, jitter)
            case .stored, .content, .conflict, .precondition, .tooLarge:
                return leave(.standstill(.unfit("it does not search for an Observation by its identifier")))
            }
        }
        guard let entry = toFind.first else { return }
        stage = .looking(toFind: Array(toFind.dropFirst()), found: found + [Found(entry: entry, held: held)])
        settleSearch()
    }

    /// Draws the conclusion once every Observation has been looked for.
    mutating func settleSearch() {
        guard case .looking(let toFind, let found) = stage, toFind.isEmpty, let errand = errands.last else { return }
        switch errand {
        case .withdrawal(let withdrawal):
            if let bundle = gateway.bundle(of: withdrawal, found: found.map { ($0.entry, $0.held) }) {
                stage = .withdrawing(bundle)
            } else {
                tally.withdrawn += 1
                succeed([UploadReceipt(fact: withdrawal.fact, location: nil)])
            }
        case .readings(let batch):
            guard let reading = batch.readings.first else { return close() }
            adopt(reading, found)
        }
    }

    /// Copies of what we sent are ours, the lowest id stands for them; anything else under our key is for a person.
    private mutating func adopt(_ reading: OutgoingReading, _ found: [Found]) {
        let areCopies = found.allSatisfy { one in
            let ours = ObservedContent(one.entry.resource)
            return one.held.allSatisfy { $0.content == ours }
        }
        guard areCopies else { return park(reading.receipt, "the district holds something else under this key") }
        guard found.allSatisfy({ !$0.held.isEmpty }) else { return leave(.standstill(.ambiguous)) }
        tally.sent += 1
        tally.duplicates += 1
        succeed(found.map { UploadReceipt(fact: reading.receipt, location: $0.held.first?.location) })
    }

    private mutating func withdrew(
        _ withdrawal: Withdrawal, _ bundle: TransactionBundle, _ verdict: Verdict, _ now: HutTime, _ jitter: Double
    ) {
        switch verdict {
        case .stored(let answers):
            let location = zip(bundle.entries, answers).first { $0.0.type == "Observation" }?.1.location
            tally.withdrawn += 1
            succeed([UploadReceipt(fact: withdrawal.fact, location: location)])
        case .content(let outcome): park(withdrawal.fact, outcome.words)
        case .tooLarge: park(withdrawal.fact, "too large for the district")
        case .precondition, .conflict:
            // Somebody changed it since we looked: look again.
            clash(jitter) { $0.leave(.standstill(.ambiguous)) }
            if self.stage != nil { look(for: withdrawal.sent) }
        case .unreadable, .later, .token, .stop: hinder(verdict, now, jitter)
        }
    }

    /// Two wrote at once: again after a moment, five times (contract, section 6), then `otherwise`.
    private mutating func clash(_ jitter: Double, otherwise: (inout Delivery) -> Void) {
        conflicts += 1
        if conflicts > 5 { return otherwise(&self) }
        pause = .milliseconds(Int(1_000 * jitter))
    }

    /// Halves this bundle and every other as large, for the rest of the run.
    private mutating func shrink(_ batch: Batch) {
        guard let halves = batch.halves() else {
            if let reading = batch.readings.first { park(reading.receipt, "too large for the district") }
            return
        }
        replace(with: halves)
        let most = halves.1.readings.count
        while let index = errands.firstIndex(where: { $0.count > most }), case .readings(let large) = errands[index],
            let parts = large.halves()
        {
            errands.replaceSubrange(index...index, with: [.readings(parts.1), .readings(parts.0)])
        }
    }

    /// Answers that say nothing about the readings: wait, try again, give way to another errand, or end the run.
    private mutating func hinder(_ verdict: Verdict, _ now: HutTime, _ jitter: Double) {
        switch verdict {
        case .stop(let standstill): end(.standstill(standstill))
        case .token:
            // The token file is read for each request: a token renewed meanwhile is taken.
            tokenTries += 1
            if tokenTries > 1 { end(.standstill(.token)) }
        case .later(let asked?):
            tries += 1
            if tries > 4 || asked > patience { return end(.later(notBefore: now + asked)) }
            wait(asked)
        case .later(nil), .unreadable:
            let span = backOff(attempt: tries, jitter: jitter)
            tries += 1
            if tries < 3, span <= patience { return wait(span) }
            givenUpInARow += 1
            if givenUpInARow > 1 { return end(.later(notBefore: nil)) }
            leave(.later(notBefore: nil))
        case .stored, .content, .conflict, .precondition, .tooLarge: break
        }
    }

    private mutating func wait(_ span: Duration) {
        patience -= span
        pause = span
    }

    /// Ends the run; what is left waits.
    private mutating func end(_ ending: Ending) {
        tally.waiting += errands.reduce(0) { $0 + $1.count }
        self.ending = ending
    }
}
