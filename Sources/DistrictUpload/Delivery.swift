// One run of sending, as a conversation without a network: `next()` says what to do, `received` takes what came back.
//
// What may go wrong is in the answers, in their order and in being killed between any two steps; so all of it is a
// value that a test can drive through every order, and the program around it only carries requests. Three rules hold
// it safe. A reading is marked only in a step that follows the district's own word on it. Asking again is always
// allowed, since every key is derived and not drawn. Nothing is set aside for its content before the same bundle
// without it has passed.

import Vitals

/// The run of an uploader.
package struct Delivery: Sendable {
    /// What the program must do next.
    package enum Step: Hashable, Sendable {
        case send(Request)
        /// Append these, durably, then ask for the next step.
        case record([Fact])
        case wait(Duration)
        case finished(Ending)
    }

    package enum Request: Hashable, Sendable {
        /// POST to the base address.
        case transaction(TransactionBundle)
        /// POST the identifier's query as a form to `Observation/_search`.
        case search(Identifier)
    }

    package enum Ending: Hashable, Sendable {
        /// Everything was taken, or set aside for a person.
        case done
        /// The rest waits; not before `notBefore` where the district named a time.
        case later(notBefore: HutTime?)
        /// The rest waits until a person has changed something.
        case standstill(Standstill)
    }

    /// What came of it, in numbers of readings.
    package struct Tally: Hashable, Sendable {
        package var sent = 0
        package var withdrawn = 0
        /// Refused for their content.
        package var parked = 0
        /// Not for the district, by kind or for want of a time.
        package var kept = 0
        /// Tried without success, still to be sent.
        package var waiting = 0
        /// Found more than once at the district, alike.
        package var duplicates = 0

        package init() {}

        package mutating func add(_ other: Tally) {
            sent += other.sent
            withdrawn += other.withdrawn
            parked += other.parked
            kept += other.kept
            waiting += other.waiting
            duplicates += other.duplicates
        }
    }

    /// One thing to be brought about.
    enum Errand: Hashable, Sendable {
        case readings(Batch)
        case withdrawal(Withdrawal)

        var count: Int { if case .readings(let batch) = self { batch.readings.count } else { 1 } }
    }

    /// How far the errand at hand is.
    enum Stage: Hashable, Sendable {
        case sending(TransactionBundle)
        /// The bundle was refused; the same without its readings is being tried.
        case proving(TransactionBundle, refusal: Refusal)
        /// Searching for the Observations one by one.
        case looking(toFind: [BundleEntry], found: [Found])
        case withdrawing(TransactionBundle)
    }

    enum Refusal: Hashable, Sendable { case content(OutcomeText), precondition }

    struct Found: Hashable, Sendable {
        var entry: BundleEntry
        var held: [HeldObservation]
    }

    package internal(set) var tally = Tally()
    let gateway: Gateway
    /// The one at hand is last.
    var errands: [Errand]
    var stage: Stage?
    var facts: [Fact] = []
    var pause: Duration?
    var ending: Ending?
    /// Why something waits, for the end of the run.
    var trouble: Ending?
    /// Residents whose bundle passed without its readings.
    var proven: Set<String> = []
    var tries = 0
    var conflicts = 0
    var tokenTries = 0
    /// Errands given up since the last success.
    var givenUpInARow = 0
    /// What is left of the time a run may spend waiting: it is a short program that a timer starts again.
    var patience: Duration = .seconds(30)

    /// Takes what is pending. `turn`, 0 ..< 1, says with whom to begin, so that no resident's trouble stands before
    /// everybody else each time.
    package init(
        readings: [OutgoingReading], withdrawals: [Withdrawal], gateway: Gateway, turn: Double = 0
    ) {
        self.gateway = gateway
        let kept = readings.filter { $0.keptBack != nil }
        facts = kept.map { .uploadParked($0.receipt, outcome: "kept at the hut: \($0.keptBack?.rawValue ?? "")") }
        tally.kept = kept.count
        let batches = Batch.batches(of: readings.filter { $0.keptBack == nil })
        let first = min(max(Int(Double(batches.count) * turn), 0), max(batches.count - 1, 0))
        let turned = Array(batches[first...] + batches[..<first])
        errands = (withdrawals.map(Errand.withdrawal) + turned.map(Errand.readings)).reversed()
    }

    /// What to do now. Facts come before anything else is sent: what was acknowledged is marked at once.
    package mutating func next() -> Step {
        if !facts.isEmpty {
            defer { facts = [] }
            return .record(facts)
        }
        if let ending { return .finished(ending) }
        if let pause {
            self.pause = nil
            return .wait(pause)
        }
        begin()
        switch stage {
        case .sending(let bundle), .proving(let bundle, _), .withdrawing(let bundle):
            return .send(.transaction(bundle))
        case .looking(let toFind, _):
            if let identifier = toFind.first?.identifier { return .send(.search(identifier)) }
        case nil: break
        }
        if !facts.isEmpty || !errands.isEmpty { return next() }
        let end = trouble ?? .done
        ending = end
        return .finished(end)
    }

    /// Lays out the errand at hand, unless it is under way.
    private mutating func begin() {
        guard stage == nil, let errand = errands.last else { return }
        switch errand {
        case .readings(let batch): stage = .sending(gateway.bundle(of: batch))
        case .withdrawal(let withdrawal): look(for: withdrawal.sent)
        }
    }

    /// Starts searching for the Observations of a reading.
    mutating func look(for reading: OutgoingReading) {
        stage = .looking(toFind: gateway.observations(of: reading), found: [])
        settleSearch()
    }

    /// Ends the errand at hand; what it recorded stands in `facts`.
    mutating func close() {
        _ = errands.popLast()
        (stage, tries, conflicts) = (nil, 0, 0)
    }

    /// Ends the errand at hand with the district's word on it.
    mutating func succeed(_ receipts: [UploadReceipt]) {
        facts.append(.uploaded(receipts))
        givenUpInARow = 0
        close()
    }

    /// Sets one reading or withdrawal aside for a person.
    mutating func park(_ fact: FactSequence, _ outcome: String) {
        facts.append(.uploadParked(fact, outcome: outcome))
        tally.parked += 1
        close()
    }

    /// Leaves the errand at hand for another run.
    mutating func leave(_ reason: Ending) {
        tally.waiting += errands.last?.count ?? 0
        trouble = reason
        close()
    }

    /// Puts two halves in the place of the errand at hand.
    mutating func replace(with halves: (Batch, Batch)) {
        close()
        errands += [.readings(halves.1), .readings(halves.0)]
    }
}
