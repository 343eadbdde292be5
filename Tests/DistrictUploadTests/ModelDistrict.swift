// A district in memory, which does what a good server does with a transaction, and what a bad day does to an answer.
// It reads the bytes as a stranger would; what it stored is the truth that the properties compare with.

import DistrictUpload
import Foundation
import Vitals

final class ModelDistrict {
    struct Stored {
        var type, id, condition: String
        var version = 1
        var status: String
        var content: [String: Any]
    }

    /// What goes wrong with one request.
    enum Fault: CaseIterable {
        case lostBefore, lostAfter, tooMany, unavailable, broken, page, torn, conflict, unauthorised
    }

    private(set) var stored: [Stored] = []
    /// Conditions of Observations that are refused as content.
    var refused: Set<String> = []
    /// Stores whatever comes, as some servers do.
    var ignoresConditions = false
    /// Entries a bundle may have.
    var largest = Int.max
    var fault: () -> Fault? = { nil }
    private(set) var requests = 0

    func observations(_ condition: String) -> [Stored] { stored.filter { $0.condition == condition } }

    /// Stores a second resource with the same identifier, as a server does that loses its own race.
    func duplicate(_ condition: String, changing value: String? = nil) {
        guard var copy = stored.first(where: { $0.condition == condition }) else { return }
        copy.id = "\(stored.count + 1)"
        if let value { copy.content["effectiveDateTime"] = value }
        stored.append(copy)
    }

    func answer(_ request: Delivery.Request) throws -> Answer {
        requests += 1
        let fault = fault()
        switch fault {
        case .lostBefore: return .lost
        case .tooMany: return http(429, retryAfter: "1")
        case .unavailable: return http(503)
        case .broken: return http(500, "<html>")
        case .conflict: return http(409)
        case .unauthorised: return http(401)
        case .lostAfter, .page, .torn, nil: break
        }
        let answer = try carryOut(request)
        switch fault {
        case .lostAfter: return .lost
        case .page: return http(200, "<html><body>Welcome</body></html>")
        case .torn:
            guard case .http(let status, _, let body) = answer else { return answer }
            return .http(status: status, retryAfter: nil, body: Array(body.dropLast(body.count / 3 + 1)))
        default: return answer
        }
    }

    private func carryOut(_ request: Delivery.Request) throws -> Answer {
        switch request {
        case .search(let identifier): return try search(identifier.query)
        case .transaction(let bundle): return try transact(bundle.bytes)
        }
    }

    func search(_ query: String) throws -> Answer {
        let found = observations(query).map { one -> [String: Any] in
            var resource = one.content
            resource["id"] = one.id
            resource["meta"] = ["versionId": "\(one.version)"]
            resource["status"] = one.status
            return ["resource": resource]
        }
        return try json(200, ["resourceType": "Bundle", "type": "searchset", "entry": found])
    }

    /// All or nothing.
    func transact(_ bytes: [UInt8]) throws -> Answer {
        guard let bundle = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
            let entries = bundle["entry"] as? [[String: Any]]
        else { return http(400, outcome("structure")) }
        if entries.count > largest { return http(413) }
        var after = stored
        var answers: [[String: Any]] = []
        for entry in entries {
            guard let resource = entry["resource"] as? [String: Any], let request = entry["request"] as? [String: Any],
                let url = request["url"] as? String, let type = resource["resourceType"] as? String
            else { return http(400, outcome("structure")) }
            let condition = request["ifNoneExist"] as? String ?? ""
            if refused.contains(condition) { return http(422, outcome("invalid", "not this one")) }
            let status: Int
            if request["method"] as? String == "PUT" {
                guard let index = after.firstIndex(where: { "Observation/\($0.id)" == url }),
                    request["ifMatch"] as? String == "W/\"\(after[index].version)\""
                else { return http(412) }
                after[index].version += 1
                after[index].status = resource["status"] as? String ?? ""
                after[index].content = resource
                status = 200
            } else {
                let matches = condition.isEmpty || ignoresConditions ? [] : after.filter { $0.condition == condition }
                if matches.count > 1 { return http(412, outcome("multiple-matches")) }
                status = matches.isEmpty ? 201 : 200
                if matches.isEmpty {
                    after.append(
                        Stored(
                            type: type, id: "\(after.count + 1)", condition: condition,
                            status: resource["status"] as? String ?? "", content: resource))
                }
            }
            answers.append(["response": ["status": "\(status)"]])
        }
        stored = after
        return try json(200, ["resourceType": "Bundle", "type": "transaction-response", "entry": answers])
    }

    private func json(_ status: Int, _ object: [String: Any]) throws -> Answer {
        .http(status: status, retryAfter: nil, body: Array(try JSONSerialization.data(withJSONObject: object)))
    }
}

/// What a ledger keeps of uploads, as the contract of `PendingUpload` says it.
struct ModelLedger {
    var readings: [FactSequence: OutgoingReading] = [:]
    var withdrawals: [FactSequence: Withdrawal] = [:]
    var receipts: [FactSequence: Int] = [:]
    var parked: [FactSequence: String] = [:]

    var pending: [OutgoingReading] {
        readings.values.filter { receipts[$0.receipt] == nil && parked[$0.receipt] == nil }
            .sorted { $0.sequence < $1.sequence }
    }

    mutating func append(_ facts: [Fact]) {
        for fact in facts {
            switch fact {
            case .uploaded(let all):
                for sequence in Set(all.map(\.fact)) {
                    withdrawals[sequence] = nil
                    receipts[sequence, default: 0] += 1
                }
            case .uploadParked(let sequence, let outcome): parked[sequence] = outcome
            default: break
            }
        }
    }

    /// Carries one run; killed before its step number `steps`, if it comes so far.
    mutating func run(
        against district: ModelDistrict, turn: Double = 0, killedBefore steps: Int = .max
    ) throws -> (Delivery.Ending?, Delivery.Tally) {
        var delivery = Delivery(
            readings: pending, withdrawals: withdrawals.values.sorted { $0.fact < $1.fact }, gateway: gateway,
            turn: turn)
        for _ in 0..<steps {
            switch delivery.next() {
            case .send(let request):
                delivery.received(try district.answer(request), now: morning, jitter: 0.5)
            case .record(let facts): append(facts)
            case .wait: break
            case .finished(let ending): return (ending, delivery.tally)
            }
        }
        return (nil, delivery.tally)
    }
}

/// The conditions under which a reading's Observations are created.
func conditions(_ reading: OutgoingReading) -> [String] {
    Batch.batches(of: [reading]).flatMap { gateway.bundle(of: $0).entries }.filter { $0.receipt != nil }
        .compactMap(\.identifier?.query)
}
