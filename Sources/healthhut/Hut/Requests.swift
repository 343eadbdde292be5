// What residents asked for and what a nurse answers: a request that is only done, and not said to be done, is asked again.

import Kiosk
import Ledger
import Vitals

extension Hut {
    /// What a resident asked for and what she was answered or left and has not read yet, the open requests first.
    func requestLines(onPageOf key: ResidentKey, _ resident: Resident) async throws(LedgerError) -> [RequestLine] {
        let answered = try await ledger.answers(for: key).map { answer in
            RequestLine(
                request: answer.sequence, resident: key, number: resident.number, name: resident.name,
                phone: resident.phone, what: answer.request, at: answer.at,
                enteredBy: answer.enteredBy.map(name(of:)), note: answer.note ?? "", answer: answer.answer,
                answeredBy: name(of: answer.answeredBy))
        }
        return try await requestLines { $0 == key } + answered
    }

    /// Requests that nobody has answered, of the residents that are wanted, oldest first.
    func requestLines(of isWanted: (ResidentKey) -> Bool = { _ in true }) async throws(LedgerError) -> [RequestLine] {
        var lines: [RequestLine] = []
        var residents: [ResidentKey: Resident] = [:]
        for request in try await ledger.requests() where isWanted(request.resident) {
            if residents[request.resident] == nil {
                residents[request.resident] = try await ledger.roster(request.resident)?.resident
            }
            guard let resident = residents[request.resident] else { continue }
            lines.append(
                RequestLine(
                    request: request.sequence, resident: request.resident, number: resident.number,
                    name: resident.name, phone: resident.phone, what: request.request, at: request.at,
                    enteredBy: request.enteredBy.map(name(of:)), note: request.note ?? ""))
        }
        return lines
    }

    func sendRequests(at id: String) async {
        do {
            tellStaff(at: id, .desk(.requests(try await requestLines())))
        } catch {
            cannotRead("the requests", error, at: id)
        }
    }

    /// What a nurse answered or left and the resident has not read, oldest first.
    func nurseWords(for key: ResidentKey) async -> [NurseWord] {
        let answers = (try? await ledger.answers(for: key)) ?? []
        return answers.map {
            NurseWord(
                fact: $0.sequence, asked: $0.request, askedOn: offset.day(of: $0.at), text: $0.answer,
                by: name(of: $0.answeredBy))
        }
    }

    /// K5w: she has read it, by herself.
    func answerSeen(_ fact: FactSequence, at station: StationID) {
        guard let visit = places[station.rawValue]?.visit, visit.resident != nil, visit.helper == .nobody else {
            return
        }
        note([.answerSeen(fact, visit.id)])
    }
}
