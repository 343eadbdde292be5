// What an answer of the district means. One table, because every mistake here loses a reading or sends it twice:
// only an answer that says *stored* for every entry is success; whatever cannot be read is asked again, which is safe,
// since the same keys go out; only a refusal of the content itself may set a reading aside.

import FoundationEssentials
import Vitals

/// What came back for one request.
package enum Answer: Hashable, Sendable {
    case http(status: Int, retryAfter: String?, body: [UInt8])
    /// No answer: refused, cut, timed out. The request may or may not have arrived.
    case lost
}

/// One entry of a transaction-response.
package struct EntryAnswer: Hashable, Sendable {
    /// 200 found, 201 made: equal for us.
    package var status: Int
    /// `Observation/123/_history/1`; nil where none was given.
    package var location: String?

    package init(status: Int, location: String?) { (self.status, self.location) = (status, location) }
}

/// What to do about an answer, the table of the contract.
package enum Verdict: Hashable, Sendable {
    /// Every entry is stored: one answer for each, in order.
    case stored([EntryAnswer])
    /// It may be stored: send the identical bundle again.
    case unreadable
    /// 400, 422: something in it is not accepted.
    case content(OutcomeText)
    /// 401: the token is not accepted.
    case token
    /// 408, 429, 5xx, no answer: later, and not before the pause the district asked for.
    case later(asked: Duration?)
    /// 409: somebody wrote at the same time, or on some servers the same as 412.
    case conflict
    /// 412: more than one resource has the identifier, or the version is not the one we knew.
    case precondition
    /// 413.
    case tooLarge
    /// Nothing that trying again will mend.
    case stop(Standstill)
}

/// Why the district cannot be reached until a person has changed something.
package enum Standstill: Hashable, Sendable {
    /// 401 twice: no or no longer a valid token.
    case token
    /// 403: the token is good and may not do this.
    case scope
    /// 404, 410 or another answer for a wrong address.
    case address(status: Int)
    /// 3xx: readings do not follow to another host.
    case redirected(status: Int)
    /// Resident and instruments are refused even without a reading; the issue codes say why.
    case refusesFrame(codes: String)
    /// The district holds a resident or an instrument of ours more than once.
    case ambiguous
    /// The start-up check failed: what the server is or lacks.
    case unfit(String)
}

/// Judges the answer to a transaction of `entries` entries.
package func judge(_ answer: Answer, entries: Int, now: HutTime) -> Verdict {
    guard case .http(let status, let retryAfter, let body) = answer else { return .later(asked: nil) }
    if (200...299).contains(status) {
        return storedEntries(in: body, count: entries).map(Verdict.stored) ?? .unreadable
    }
    let outcome = OperationOutcome(body)
    let asked = retryAfter.flatMap { retryPause($0, now: now) }
    switch status {
    case 300...399: return .stop(.redirected(status: status))
    case 400, 422: return outcome.mayPass ? .later(asked: asked) : .content(outcome.text)
    case 401: return .token
    case 403: return .stop(.scope)
    case 409: return .conflict
    case 412: return .precondition
    case 413: return .tooLarge
    case 408, 425, 429, 500...599: return .later(asked: asked)
    default: return .stop(.address(status: status))
    }
}

/// The answers of a transaction-response that is whole: as many entries as were sent, each with a status of 2xx.
private func storedEntries(in body: [UInt8], count: Int) -> [EntryAnswer]? {
    struct Response: Decodable {
        struct Entry: Decodable {
            struct Part: Decodable {
                var status: String
                var location: String?
            }
            var response: Part
        }
        var resourceType: String
        var type: String
        var entry: [Entry]
    }
    guard let bundle = try? JSONDecoder().decode(Response.self, from: Data(body)), bundle.resourceType == "Bundle",
        bundle.type == "transaction-response", bundle.entry.count == count
    else { return nil }
    var answers: [EntryAnswer] = []
    for entry in bundle.entry {
        // `201`, `201 Created`: the code comes first.
        guard let status = Int(entry.response.status.prefix(3)), (200...299).contains(status) else { return nil }
        answers.append(EntryAnswer(status: status, location: entry.response.location.flatMap(relativeLocation)))
    }
    return answers
}

/// `http://district/fhir/Observation/1/_history/2` → `Observation/1/_history/2`; nil for anything else.
private func relativeLocation(_ location: String) -> String? {
    let parts = location.split(separator: "/").map(String.init)
    let isVersioned = parts.count >= 4 && parts[parts.count - 2] == "_history"
    let own = parts.suffix(isVersioned ? 4 : 2)
    guard own.count >= 2, own.allSatisfy({ $0.utf8.allSatisfy(isIDByte) && $0.utf8.count <= 64 }) else { return nil }
    return own.joined(separator: "/")
}

/// The letters of a FHIR id, and the underscore of `_history`.
private func isIDByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        true
    default: false
    }
}

/// Why the district refused something.
package struct OutcomeText: Hashable, Sendable {
    /// The issue codes: letters only, fit for a log.
    package var codes: String
    /// Codes, places and words of the server, one line of at most 300 characters, long numbers taken out. For the
    /// ledger only: nobody can know whom a server names.
    package var words: String
}

/// What a refusal says.
struct OperationOutcome {
    private struct Body: Decodable {
        struct Issue: Decodable {
            struct Details: Decodable { var text: String? }
            var code: String?
            var details: Details?
            var diagnostics: String?
            var expression: [String]?
        }
        var resourceType: String
        var issue: [Issue]
    }

    private let issues: [Body.Issue]

    /// Anything that is not an OperationOutcome reads as one without issues.
    init(_ body: [UInt8]) {
        let read = try? JSONDecoder().decode(Body.self, from: Data(body))
        issues = read?.resourceType == "OperationOutcome" ? read?.issue ?? [] : []
    }

    /// Every issue is of a kind that passes by itself (FHIR R4 issue-type, *transient* and its children).
    var mayPass: Bool {
        let passing: Set = [
            "transient", "lock-error", "timeout", "throttled", "incomplete", "no-store", "exception",
        ]
        return !issues.isEmpty && issues.allSatisfy { passing.contains($0.code ?? "") }
    }

    /// What to keep of it.
    var text: OutcomeText {
        guard !issues.isEmpty else {
            return OutcomeText(codes: "no explanation", words: "refused without an explanation")
        }
        let words = issues.map { issue in
            ([issue.code, issue.expression?.joined(separator: ", "), issue.details?.text, issue.diagnostics]
                as [String?]).compactMap { $0 }.joined(separator: ": ")
        }
        let codes = issues.map { ($0.code ?? "no code").filter { $0.isASCII && ($0.isLetter || $0 == "-") } }
        return OutcomeText(
            codes: String(codes.joined(separator: ", ").prefix(100)), words: scrubbed(words.joined(separator: "; ")))
    }
}

/// One line of at most 300 characters in which no run of six or more digits is left, so no identity number, telephone
/// number or birth date.
func scrubbed(_ text: String) -> String {
    var out = ""
    var run = ""
    func close() {
        out += run.filter(\.isNumber).count >= 6 ? "…" : run
        run = ""
    }
    for character in text {
        if character.isNumber || (!run.isEmpty && "-xX ".contains(character)) {
            run.append(character)
        } else {
            close()
            out += character.isNewline || character.isWhitespace ? " " : String(character)
        }
    }
    close()
    return String(out.prefix(300))
}
