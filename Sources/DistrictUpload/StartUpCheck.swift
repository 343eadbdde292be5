// Before the first reading goes out: is this a FHIR R4 server that does transactions, and does it honour a conditional
// create? A server that ignores the condition would store every resend once more, silently. So the hut's own Device
// is sent twice, and the second must find the first.

import FoundationEssentials
import Vitals

/// What the start-up check asks for, in this order.
package enum StartUpCheck: Hashable, Sendable, CaseIterable {
    /// GET `metadata`.
    case capabilities
    /// POST the canary.
    case canary
    /// POST the canary again.
    case canaryAgain
}

/// What the start-up check says of one answer.
package enum Fitness: Hashable, Sendable {
    case fit
    /// Not now.
    case later(asked: Duration?)
    case standstill(Standstill)
}

extension StartUpCheck {
    /// Judges the answer to this request.
    package func judge(_ answer: Answer, now: HutTime) -> Fitness {
        if self == .capabilities, case .http(200, _, let body) = answer {
            return missing(in: body).map { .standstill(.unfit($0)) } ?? .fit
        }
        switch DistrictUpload.judge(answer, entries: 1, now: now) {
        case .stored(let answers):
            if self == .canaryAgain, answers.first?.status != 200 {
                return .standstill(.unfit("it stores a second copy of what it has: conditional create is ignored"))
            }
            return .fit
        case .later(let asked): return .later(asked: asked)
        case .token: return .standstill(.token)
        case .stop(let standstill): return .standstill(standstill)
        case .unreadable: return .standstill(.unfit("its answer is not FHIR"))
        case .content(let outcome): return .standstill(.refusesFrame(codes: outcome.codes))
        case .precondition, .conflict: return .standstill(.ambiguous)
        case .tooLarge: return .standstill(.unfit("it takes no bundle of one entry"))
        }
    }

    /// What the capability statement says the server cannot do; nil when it says nothing against it.
    private func missing(in body: [UInt8]) -> String? {
        struct Statement: Decodable {
            struct Rest: Decodable {
                struct Interaction: Decodable { var code: String? }
                struct Resource: Decodable {
                    var type: String?
                    var conditionalCreate: Bool?
                }
                var mode: String?
                var interaction: [Interaction]?
                var resource: [Resource]?
            }
            var resourceType: String
            var fhirVersion: String?
            var rest: [Rest]?
        }
        guard let statement = try? JSONDecoder().decode(Statement.self, from: Data(body)),
            statement.resourceType == "CapabilityStatement"
        else { return "its metadata is not a FHIR capability statement" }
        guard let version = statement.fhirVersion, version.hasPrefix("4.0.") else { return "it does not speak FHIR R4" }
        let server = (statement.rest ?? []).filter { $0.mode == "server" }
        guard server.flatMap({ $0.interaction ?? [] }).contains(where: { $0.code == "transaction" }) else {
            return "it does not declare transactions"
        }
        for type in ["Patient", "Device", "Observation"] {
            let declared = server.flatMap { $0.resource ?? [] }.first { $0.type == type }?.conditionalCreate
            if declared == false { return "it declares no conditional create for \(type)" }
        }
        return nil
    }
}
