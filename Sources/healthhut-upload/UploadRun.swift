// One run: is the server fit, what is pending, carry each request, mark each acknowledgement, end.
//
// It can be killed between any two lines. What was not marked is pending next time and goes out under the same keys.

import DistrictUpload
import Foundation
import Ledger
import Vitals

/// Carries one `Delivery` after another between ledger and district.
package struct UploadRun {
    let settings: UploadSettings
    let ledger: Ledger
    let client: any DistrictClient
    /// Tells the person or journal how far it is: counts only.
    let say: (String) -> Void

    /// What a run takes from the ledger at a time.
    private let portion = 1_000

    package init(
        settings: UploadSettings, ledger: Ledger, client: any DistrictClient, say: @escaping (String) -> Void
    ) { (self.settings, self.ledger, self.client, self.say) = (settings, ledger, client, say) }

    /// Sends what is pending. Returns how the run ended and what came of it.
    package func run() async throws(UploadProblem) -> (Delivery.Ending, Delivery.Tally) {
        var total = Delivery.Tally()
        var isChecked = false
        while true {
            let pending = try await asking { () throws(LedgerError) in
                try await ledger.pendingUploads(limit: portion)
            }
            if pending.isEmpty { return (.done, total) }
            say("\(pending.count)\(pending.count == portion ? " or more" : "") to send")
            if !isChecked, let ending = await check() {
                total.waiting = pending.count
                return (ending, total)
            }
            isChecked = true
            let (ending, tally) = try await deliver(pending)
            total.add(tally)
            // What this round left behind would only be tried again; a reading that was withdrawn is pending anew.
            let isMoreExpected = pending.count == portion || tally.withdrawn > 0
            if ending != .done || tally.waiting > 0 || !isMoreExpected { return (ending, total) }
        }
    }

    /// The start-up check; nil when the server is fit.
    private func check() async -> Delivery.Ending? {
        let gateway = gateway
        for step in StartUpCheck.allCases {
            let request = step == .capabilities ? .capabilities : DistrictRequest.transaction(gateway.canary)
            let answer = await client.send(request)
            switch step.judge(answer, now: now()) {
            case .fit: continue
            case .later(let asked): return .later(notBefore: asked.map { now() + $0 })
            case .standstill(let standstill): return .standstill(standstill)
            }
        }
        return nil
    }

    private func deliver(_ pending: [PendingUpload]) async throws(UploadProblem) -> (Delivery.Ending, Delivery.Tally) {
        var delivery = Delivery(
            readings: pending.compactMap(\.outgoing), withdrawals: pending.compactMap(\.withdrawal), gateway: gateway,
            turn: .random(in: 0..<1))
        while true {
            switch delivery.next() {
            case .send(.transaction(let bundle)):
                let answer = await client.send(.transaction(bundle))
                delivery.received(answer, now: now(), jitter: .random(in: 0..<1))
            case .send(.search(let identifier)):
                let answer = await client.send(.search(identifier))
                delivery.received(answer, now: now(), jitter: .random(in: 0..<1))
            case .record(let facts):
                _ = try await asking { () throws(LedgerError) in
                    try await ledger.append(facts, at: now())
                }
                if let path = settings.nudge { nudge(path) }
                say("\(delivery.tally.sent) of \(pending.count) stored at the district")
            case .wait(let span):
                say("waiting \(span.milliseconds) ms")
                try? await Task.sleep(for: span)
            case .finished(let ending): return (ending, delivery.tally)
            }
        }
    }

    private var gateway: Gateway {
        Gateway(hut: settings.hut, offset: settings.offset, digest: { SHA256.digest($0) })
    }

    /// A ledger's complaint as the end of the run.
    private func asking<Value>(
        _ body: () async throws(LedgerError) -> Value
    ) async throws(UploadProblem) -> Value {
        do { return try await body() } catch { throw UploadProblem(error.message, hint: error.hint, .ledger) }
    }
}

/// The hut's wall clock.
func now() -> HutTime { HutTime(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }

extension PendingUpload {
    /// A record to be sent; nil for a correction.
    package var outgoing: OutgoingReading? {
        guard case .reading(let recorded, let resident, let owned) = self else { return nil }
        return OutgoingReading(
            sequence: recorded.sequence, owned: owned, receipt: receipt, resident: resident, reading: recorded.reading)
    }

    /// A record to be withdrawn; nil for one to be sent.
    package var withdrawal: Withdrawal? {
        guard case .correction(let correction) = self else { return nil }
        let sent = OutgoingReading(
            sequence: correction.reading.sequence, owned: correction.ownedSince, receipt: correction.fact,
            resident: correction.resident, reading: correction.reading.reading)
        return Withdrawal(fact: correction.fact, at: correction.at, sent: sent, by: correction.by)
    }
}
