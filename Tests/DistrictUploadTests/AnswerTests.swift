// The table of answers (contract, section 6), row by row.

import DistrictUpload
import Foundation
import Testing
import Vitals

func http(_ status: Int, _ body: String = "", retryAfter: String? = nil) -> Answer {
    .http(status: status, retryAfter: retryAfter, body: Array(body.utf8))
}

func response(_ statuses: String...) -> String {
    let entries = statuses.map {
        "{\"response\":{\"status\":\"\($0)\",\"location\":\"http://d/fhir/Observation/7/_history/2\"}}"
    }
    return
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":[\(entries.joined(separator: ","))]}"
}

func outcome(_ code: String, _ text: String = "no") -> String {
    "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"\(code)\",\"details\":{\"text\":\"\(text)\"}}]}"
}

/// A row of the table, printed by its name.
struct AnswerRow: CustomTestStringConvertible {
    var testDescription: String
    var answer: Answer
    var verdict: Verdict

    init(_ name: String, _ answer: Answer, _ verdict: Verdict) {
        (testDescription, self.answer, self.verdict) = (name, answer, verdict)
    }
}

private let two = [
    EntryAnswer(status: 201, location: "Observation/7/_history/2"),
    EntryAnswer(status: 200, location: "Observation/7/_history/2"),
]

@Suite struct `An answer` {
    @Test(arguments: [
        AnswerRow("stored", http(200, response("201 Created", "200")), .stored(two)),
        AnswerRow("stored, said with 201", http(201, response("201", "200 OK")), .stored(two)),
        AnswerRow("fewer entries", http(200, response("201 Created")), .unreadable),
        AnswerRow("more entries", http(200, response("201", "201", "201")), .unreadable),
        AnswerRow("an entry that failed", http(200, response("201", "412")), .unreadable),
        AnswerRow("an empty body", http(200), .unreadable),
        AnswerRow("nothing to say", http(204), .unreadable),
        AnswerRow("a proxy's page", http(200, "<html><body>OK</body></html>"), .unreadable),
        AnswerRow("a torn body", http(200, String(response("201", "200").dropLast(9))), .unreadable),
        AnswerRow("a batch", http(200, response("201", "200").replacing("transaction-", with: "batch-")), .unreadable),
        AnswerRow("an outcome with 200", http(200, outcome("informational")), .unreadable),
        AnswerRow("no answer", .lost, .later(asked: nil)),
        AnswerRow("400 for a passing reason", http(400, outcome("transient")), .later(asked: nil)),
        AnswerRow("401", http(401), .token),
        AnswerRow("403", http(403), .stop(.scope)),
        AnswerRow("404", http(404), .stop(.address(status: 404))),
        AnswerRow("410", http(410), .stop(.address(status: 410))),
        AnswerRow("405", http(405), .stop(.address(status: 405))),
        AnswerRow("409", http(409), .conflict),
        AnswerRow("412", http(412), .precondition),
        AnswerRow("413", http(413), .tooLarge),
        AnswerRow("301", http(301), .stop(.redirected(status: 301))),
        AnswerRow("307", http(307), .stop(.redirected(status: 307))),
        AnswerRow("408", http(408), .later(asked: nil)),
        AnswerRow("429 in seconds", http(429, retryAfter: "120"), .later(asked: .seconds(120))),
        AnswerRow(
            "503 with a date", http(503, retryAfter: "Sun, 22 Nov 2026 01:15:00 GMT"), .later(asked: .seconds(60))),
        AnswerRow("429 with nonsense", http(429, retryAfter: "soon"), .later(asked: nil)),
        AnswerRow("500", http(500, "<html>"), .later(asked: nil)),
        AnswerRow("502", http(502), .later(asked: nil)),
    ]) func `means what the contract's table says`(_ row: AnswerRow) {
        #expect(judge(row.answer, entries: 2, now: morning) == row.verdict)
    }

    @Test(arguments: [400, 422]) func `that refuses the content keeps why, without long numbers`(_ status: Int) {
        let refusal = http(status, outcome("invalid", "patient 11010519491231002X, tel 0374-555 0101, born 1944-03-02"))
        guard case .content(let text) = judge(refusal, entries: 2, now: morning) else {
            Issue.record("not a refusal")
            return
        }
        #expect(text.codes == "invalid")
        #expect(text.words == "invalid: patient …, tel …, born …")
    }

    @Test(arguments: [
        ("0", Duration.zero), ("7", .seconds(7)), ("21600", .seconds(21_600)), ("999999", .seconds(21_600)),
        ("99999999999999999999999", .seconds(21_600)), ("Sun, 22 Nov 2026 01:13:00 GMT", .zero),
        ("Mon, 22 Nov 2027 01:14:00 GMT", .seconds(21_600)),
    ]) func `asks for a pause that is believed for six hours at most`(_ text: String, _ pause: Duration) {
        #expect(retryPause(text, now: morning) == pause)
    }

    @Test(arguments: ["", "-5", "1.5", "soon", "Sun, 31 Nov 2026 01:14:00 GMT", "22 Nov 2026"])
    func `that asks for no time that exists asks for none`(_ text: String) {
        #expect(retryPause(text, now: morning) == nil)
    }

    @Test func `without a pause is waited on longer each time, a quarter of an hour at most`() {
        #expect(
            (0..<12).map { backOff(attempt: $0, jitter: 1).milliseconds / 1_000 }
                == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900])
        #expect(backOff(attempt: 3, jitter: 0) == .zero)
    }
}

let capable = """
    {"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","rest":[{"mode":"server",
    "interaction":[{"code":"transaction"}],"resource":[{"type":"Device","conditionalCreate":true}]}]}
    """

@Suite struct `The start-up check` {
    @Test func `passes a server that says it can and shows it`() {
        #expect(StartUpCheck.capabilities.judge(http(200, capable), now: morning) == .fit)
        #expect(StartUpCheck.canary.judge(http(200, response("201")), now: morning) == .fit)
        #expect(StartUpCheck.canaryAgain.judge(http(200, response("200")), now: morning) == .fit)
    }

    @Test func `refuses a server that stores the canary twice`() {
        guard case .standstill(.unfit) = StartUpCheck.canaryAgain.judge(http(200, response("201")), now: morning) else {
            Issue.record("a server that ignores the condition passed")
            return
        }
    }

    @Test(arguments: [
        capable.replacing("4.0.1", with: "5.0.0"), capable.replacing("\"transaction\"", with: "\"batch\""),
        capable.replacing("true", with: "false"), "<html></html>", "{}",
        capable.replacing("\"mode\":\"server\"", with: "\"mode\":\"client\""),
    ]) func `refuses a server that is something else`(_ body: String) {
        guard case .standstill(.unfit) = StartUpCheck.capabilities.judge(http(200, body), now: morning) else {
            Issue.record("an unfit server passed")
            return
        }
    }

    @Test(arguments: [
        (Answer.lost, Fitness.later(asked: nil)), (http(503, retryAfter: "9"), .later(asked: .seconds(9))),
        (http(401), .standstill(.token)), (http(403), .standstill(.scope)),
        (http(404), .standstill(.address(status: 404))), (http(302), .standstill(.redirected(status: 302))),
        (http(412), .standstill(.ambiguous)),
        (http(422, outcome("invalid")), .standstill(.refusesFrame(codes: "invalid"))),
    ]) func `takes other answers as every request does`(_ answer: Answer, _ fitness: Fitness) {
        #expect(StartUpCheck.canary.judge(answer, now: morning) == fitness)
    }
}
