// The program against a real FHIR server: what the district holds in the end and what the ledger marks must be the
// same readings, each once, whatever was lost on the way and wherever the program was killed.

import DistrictUpload
import Foundation
import Ledger
import Testing
import Vitals
import healthhut_upload

@Suite(
    .enabled("the FHIR server could not be installed (Provisioning/peers/install fhir)") { hasPeers },
    .serialized, .timeLimit(.minutes(5)))
struct `A run against a real district` {
    @Test func `sends every reading once, and the next run has nothing to ask`() async throws {
        try await withHut { hut in
            try await hut.record(oneOfEach, of: Hut.first)
            try await hut.record([cuff(171, 101, 88), cuff(168, 99, nil, minutes: 2)], of: Hut.second)
            let expected = try await hut.pending()
            let run = try await hut.upload()
            #expect(run.status == 0 && run.counts == "sent 10, withdrawn 0, parked 0, kept 0, waiting 0", "\(run)")
            try await hut.expectExactlyOnce(expected)
            let requests = try hut.sent(".head").count
            let again = try await hut.upload()
            #expect(again.status == 0 && again.counts == "sent 0, withdrawn 0, parked 0, kept 0, waiting 0")
            #expect(try hut.sent(".head").count == requests)
            try expectNothingPersonal(hut, run.said + (run.counts ?? ""))
            try expectValid(hut)
        }
    }

    /// H-16: nobody on the way can tell who was measured.
    private func expectNothingPersonal(_ hut: Hut, _ said: String) throws {
        for (name, text) in try hut.sent(".head") + hut.sent(".json") + [("output", said)] {
            for secret in Hut.secrets {
                // `047` may stand inside a longer number; alone it is a hut number.
                let found =
                    text.firstRange(of: "\"\(secret)\"") ?? (secret.count > 3 ? text.firstRange(of: secret) : nil)
                #expect(found == nil, "\(name) has \(secret)")
            }
        }
        for (name, head) in try hut.sent(".head") {
            #expect(head.contains("Bearer secret-token") && !head.contains("second line"), "\(name)")
            let line = head.prefix { $0 != "\n" }
            #expect(["GET /fhir/metadata", "POST /fhir", "POST /fhir/Observation/_search"].contains(line), "\(line)")
        }
    }

    private func expectValid(_ hut: Hut) throws {
        let bodies = try hut.sent(".json").filter { $0.text.contains("transaction") }
        #expect(bodies.count == 4)
        let validator = Process()
        validator.executableURL = Place.environment.appending(path: "fhirkit")
        validator.arguments = ["validate"] + bodies.map { hut.folder.appending(path: "sent/\($0.name)").path }
        validator.standardOutput = FileHandle.nullDevice
        try validator.run()
        validator.waitUntilExit()
        #expect(validator.terminationStatus == 0)
    }

    @Test func `gets over any one bad answer and stores nothing twice`() async throws {
        try await withHut { hut in
            var expected: [OutgoingReading] = []
            for (index, fault) in ["429", "503", "cutBefore", "cutAfter", "html", "truncate"].enumerated() {
                try await hut.record(oneOfEach.map { later($0, minutes: 10 * index) }, of: Hut.first)
                expected += try await hut.pending()
                await hut.plan(fault)
                let run = try await hut.upload()
                #expect(run.status == 0, "\(fault): \(run)")
                try await hut.expectExactlyOnce(expected)
            }
        }
    }

    private func later(_ reading: Reading, minutes: Int) -> Reading {
        var reading = reading
        reading.receivedAt = reading.receivedAt + .seconds(60 * minutes)
        reading.measuredAt = reading.receivedAt
        return reading
    }

    @Test func `is killed at the worst moments and loses and doubles nothing`() async throws {
        try await withHut { hut in
            var expected: [OutgoingReading] = []
            for (index, moment) in ["holdBefore", "holdAfter", "lock=\(hut.ledgerPath)"].enumerated() {
                try await hut.record(oneOfEach.map { later($0, minutes: 10 * index) }, of: Hut.first)
                try await hut.record(
                    [cuff(171, 101, 88, minutes: index), cuff(168, 99, nil, minutes: index)], of: Hut.second)
                expected += try await hut.pending()
                // Once in the first bundle of a run, once in the second.
                for plan in [moment, "pass \(moment)"] {
                    try await killOnce(hut, plan, expected)
                }
                let run = try await hut.upload()
                #expect(run.status == 0, "\(moment): \(run)")
                try await hut.expectExactlyOnce(expected)
            }
        }
    }

    /// Starts a run, kills it where the plan holds it, and compares what is marked with what is stored.
    private func killOnce(_ hut: Hut, _ plan: String, _ expected: [OutgoingReading]) async throws {
        await hut.plan(plan)
        let run = try hut.start()
        #expect(await hut.district.line() == "held")
        run.kill()
        await hut.release()
        let pending = Set(try await hut.pending().map(\.receipt))
        let stored = Set(try await hut.stored().map { $0.identifier.split(separator: "|").last.map(String.init) ?? "" })
        for marked in expected where !pending.contains(marked.receipt) {
            let keys = Batch.batches(of: [marked]).flatMap { gateway.bundle(of: $0).entries }
                .filter { $0.receipt != nil }.map(\.key.uuid)
            #expect(stored.isSuperset(of: keys), "\(plan): marked, not stored")
        }
    }

    @Test func `leaves the district alone for as long as it asked, over the end of the run`() async throws {
        try await withHut { hut in
            try await hut.record([cuff(138, 86, 72)], of: Hut.first)
            let expected = try await hut.pending()
            await hut.plan("503=3600")
            #expect(try await hut.upload().status == 75)
            let requests = try hut.sent(".head").count
            let early = try await hut.upload()
            #expect(early.status == 75 && early.said.contains("no upload before"), "\(early)")
            #expect(try hut.sent(".head").count == requests)
            // The hour is over when the note of it is: the file beside the ledger is all that remembers.
            try FileManager.default.removeItem(atPath: hut.ledgerPath + ".upload.lock")
            #expect(try await hut.upload().status == 0)
            try await hut.expectExactlyOnce(expected)
        }
    }

    @Test func `ends quietly beside another run`() async throws {
        try await withHut { hut in
            try await hut.record([cuff(138, 86, 72)], of: Hut.first)
            let expected = try await hut.pending()
            await hut.plan("holdAfter")
            let first = try hut.start()
            #expect(await hut.district.line() == "held")
            let second = try await hut.upload()
            #expect(second.status == 0 && second.counts == nil && second.said.contains("another run"), "\(second)")
            first.kill()
            await hut.release()
            #expect(try await hut.upload().status == 0)
            try await hut.expectExactlyOnce(expected)
        }
    }

    @Test func `says with its status what a person must do`() async throws {
        try await withHut { hut in
            try await hut.record([cuff(138, 86, 72)], of: Hut.first)
            for (faults, status) in [("redirect", 78), ("401 401", 77), ("500 500 500", 75)] as [(String, Int32)] {
                await hut.plan(faults)
                let run = try await hut.upload()
                #expect(run.status == status, "\(faults): \(run)")
                #expect(run.counts == "sent 0, withdrawn 0, parked 0, kept 0, waiting 1", "\(faults): \(run)")
                #expect(try await hut.pending().count == 1)
            }
        }
    }

    @Test func `withdraws what was moved, even where it was killed before it knew it had sent it`() async throws {
        try await withHut { hut in
            let (first, second) = (try await hut.key(Hut.first), try await hut.key(Hut.second))
            let nurse = try #require(try await hut.ledger.staff().first).key
            let known = try await hut.record([cuff(178, 104, 90)], of: Hut.first)
            let before = try await hut.pending()
            #expect(try await hut.upload().status == 0)
            let inTheAir = try await hut.record([cuff(181, 106, 92, minutes: 5)], of: Hut.first)
            let flying = try await hut.pending()
            await hut.plan("holdAfter")
            let run = try hut.start()
            #expect(await hut.district.line() == "held")
            run.kill()
            await hut.release()
            try await hut.ledger.append(
                (known + inTheAir).map { .readingMoved($0, from: first, to: second, by: nurse, reason: "认错人了") },
                at: morning + .seconds(600))
            let mended = try await hut.upload()
            #expect(
                mended.status == 0 && mended.counts == "sent 2, withdrawn 2, parked 0, kept 0, waiting 0", "\(mended)")
            try await hut.expectExactlyOnce(before + flying, status: "entered-in-error")
            let final = try await hut.stored().filter { $0.status == "final" }
            let withdrawn = try await hut.stored().filter { $0.status == "entered-in-error" }
            #expect(final.count == 4 && Set(final.map(\.subject)).count == 1)
            #expect(Set(final.map(\.subject)).isDisjoint(with: withdrawn.map(\.subject)))
            #expect(withdrawn.allSatisfy { $0.version == "2" })
            #expect(try await hut.stored().filter { $0.type == "Provenance" }.count == 2)
            #expect(try hut.sent(".json").allSatisfy { !$0.text.contains("认错人了") })
            #expect(try await hut.upload().counts == "sent 0, withdrawn 0, parked 0, kept 0, waiting 0")
        }
    }

    @Test func `tells a running hut that the ledger has news`() async throws {
        try await withHut { hut in
            try await hut.record([cuff(138, 86, 72)], of: Hut.first)
            let ear = try Ear(hut.nudgePath)
            #expect(try await hut.upload().status == 0)
            #expect(ear.heardSomething)
        }
    }
}
