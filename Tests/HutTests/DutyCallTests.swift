// When a text to the duty number is due, by the facts and the clock alone.

import Testing
import Vitals

@testable import healthhut

struct DutyCallTests {
    private let start = HutTime(milliseconds: 1_795_223_640_000)
    private func at(_ seconds: Int) -> MonotonicTime { MonotonicTime(nanoseconds: Int64(seconds) * 1_000_000_000) }
    private func now(_ seconds: Int) -> Now { Now(hut: start + .seconds(seconds), monotonic: at(seconds + 7_000)) }
    private func fact(_ sequence: Int64, _ seconds: Int, _ fact: Fact) -> RecordedFact {
        RecordedFact(sequence: FactSequence(rawValue: sequence), recordedAt: start + .seconds(seconds), fact: fact)
    }
    private func tried(_ sequence: Int64, _ seconds: Int, round: Int = 1) -> RecordedFact {
        fact(sequence, seconds, .textTried(FlagID(rawValue: 1), round: round))
    }
    private func ended(_ sequence: Int64, _ seconds: Int, _ result: OutputResult) -> RecordedFact {
        fact(sequence, seconds, .textEnded(FlagID(rawValue: 1), try: FactSequence(rawValue: sequence - 1), result))
    }

    @Test func `three texts, then silence`() {
        var call = DutyCall(at: at(100))
        for (round, due) in [(1, 100), (2, 220), (3, 400)] {
            #expect(call.round == round && call.dueAt == at(due))
            call.tried()
            #expect(call.dueAt == nil)
            call.ended(.done, at: at(due))
        }
        #expect(call.dueAt == nil)
    }

    @Test func `a text that got through late does not bring the next with it`() {
        var call = DutyCall(at: at(0))
        call.tried()
        call.ended(.failed(.noNetwork), at: at(1))
        #expect(call.round == 1 && call.dueAt == at(31))
        call.tried()
        call.ended(.unknown, at: at(600))
        #expect(call.round == 2 && call.dueAt == at(720))
    }

    @Test func `failures are tried ever more rarely, at most every quarter of an hour`() throws {
        var call = DutyCall(at: at(0))
        var (time, pauses) = (at(0), [Int64]())
        for _ in 1...8 {
            call.tried()
            call.ended(.failed(.noAnswer), at: time)
            let due = try #require(call.dueAt)
            pauses.append((due - time).milliseconds / 1_000)
            time = due
        }
        #expect(pauses == [30, 60, 120, 240, 480, 900, 900, 900])
    }

    @Test func `facts tell where it stood`() {
        let rows: [([RecordedFact], Int, round: Int, due: Int?)] = [
            ([], 50, 1, 50),
            ([tried(2, 0), ended(3, 2, .done)], 60, 2, 122),
            ([tried(2, 0), ended(3, 2, .done)], 900, 2, 122),
            ([tried(2, 0)], 60, 2, 120),
            ([tried(2, 0), ended(3, 2, .failed(.noCard))], 10, 1, 32),
            ([tried(2, 0), ended(3, 2, .done), tried(4, 122, round: 2), ended(5, 124, .done)], 200, 3, 300),
            (
                [
                    tried(2, 0), ended(3, 2, .done), tried(4, 122, round: 2), ended(5, 124, .done),
                    tried(6, 300, round: 3),
                ], 301, 4, nil
            ),
            // Taken, and it rang again: from the beginning.
            (
                [
                    tried(2, 0), ended(3, 2, .done),
                    fact(4, 30, .flagTaken(FlagID(rawValue: 1), by: StaffKey(rawValue: 1))),
                ], 500, 1, 500
            ),
        ]
        for (facts, seconds, round, due) in rows {
            let call = DutyCall(facts, now: now(seconds))
            #expect(call.round == round, "\(facts)")
            #expect(call.dueAt == due.map { at($0 + 7_000) }, "\(facts)")
        }
    }

    @Test func `a clock that was set back makes no text late`() {
        let call = DutyCall([tried(2, 500), ended(3, 502, .done)], now: now(0))
        #expect(call.round == 2 && call.dueAt == at(7_000 + 120))
    }
}
