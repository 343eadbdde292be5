// The program against a real FHIR server: what the district holds in the end and what the ledger marks must be the
// same readings, each once, whatever was lost on the way and wherever the program was killed.

import DistrictUpload
import Foundation
import Ledger
import Testing
import Vitals
import healthhut_upload

/// A hut with a ledger on disk, and a district of its own.
final class Hut: Sendable {
    let folder: URL
    let ledger: Ledger
    let district: Child
    private let port: Int

    /// Names, numbers and telephones that must never leave the hut.
    static let secrets = ["王秀兰", "李建国", "047", "048", "0374-555 0101", "护士", "认错人了"]

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "healthhut-upload-\(UUID().uuidString)")
        let hut = folder.appending(path: "hut")
        try FileManager.default.createDirectory(
            at: hut, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let sent = folder.appending(path: "sent")
        try FileManager.default.createDirectory(at: sent, withIntermediateDirectories: true)
        ledger = try await Ledger.open(path: hut.appending(path: "ledger.sqlite").path, at: morning)
        try await ledger.append(
            [
                .residentAdded(Resident(number: "047", name: "王秀兰", phone: "0374-555 0101"), id: Hut.first),
                .residentAdded(Resident(number: "048", name: "李建国"), id: Hut.second),
                .staffAdded(Staff(name: "护士", role: .nurse)),
            ], at: morning)
        district = try Child(
            Place.environment.appending(path: "python"),
            [
                Place.peers.appending(path: "district.py").path, Place.environment.appending(path: "sekmet").path,
                sent.path,
            ])
        port = try #require(await district.line()?.split(separator: " ").last.flatMap { Int($0) })
        try "secret-token\nsecond line\n".write(to: tokenFile, atomically: true, encoding: .utf8)
        try settings.write(to: settingsFile, atomically: true, encoding: .utf8)
    }

    static let first = "4d1c6f0e-8a53-4b7e-9d0c-3b1f6a2e7c55"
    static let second = "9a2be5d4-1f07-4c3b-8e66-0d5a7b9c1e20"

    var ledgerPath: String { folder.appending(path: "hut/ledger.sqlite").path }
    var nudgePath: String { folder.appending(path: "hut/nudge.sock").path }
    private var tokenFile: URL { folder.appending(path: "hut/token") }
    private var settingsFile: URL { folder.appending(path: "hut.json5") }

    private var settings: String {
        """
        // As `serve` reads it; most of it is not the uploader's business.
        {
          hut: { id: 'hut-0001', name: '方泰东社区健康小屋', utcOffset: '+08:00', languages: ['zh-Hans'], },
          ledger: '\(ledgerPath)', stations: [],
          sockets: { watch: null, nudge: '\(nudgePath)' },
          upload: { fhir: 'http://127.0.0.1:\(port)/fhir', tokenFile: '\(tokenFile.path)' },
        }
        """
    }

    func key(_ id: String) async throws -> ResidentKey { try #require(try await ledger.roster(id: id)).key }

    /// Records readings of a resident, a minute apart.
    @discardableResult
    func record(_ readings: [Reading], of id: String) async throws -> [FactSequence] {
        let owner = Owner.resident(try await key(id), visit: nil)
        return try await ledger.append(readings.map { .reading($0, owner) }, at: morning)
    }

    func start() throws -> Child { try Child(Place.uploader, ["--settings", settingsFile.path]) }

    /// One run to its end: status, its line of counts, what it said.
    func upload() async throws -> (status: Int32, counts: String?, said: String) {
        let run = try start()
        let counts = await run.line()
        let (status, errors) = await run.end()
        return (status, counts, errors)
    }

    func plan(_ faults: String...) async {
        district.say("plan \(faults.joined(separator: " "))")
        _ = await district.line()
    }

    func release() async {
        district.say("release")
        _ = await district.line()
    }

    struct Stored: Decodable {
        var type, identifier, status, version, subject, id: String
    }

    /// What the district holds.
    func stored() async throws -> [Stored] {
        district.say("stored")
        return try JSONDecoder().decode([Stored].self, from: Data(try #require(await district.line()).utf8))
    }

    /// What went over the wire so far: `.head` of each request, or `.json`, its body.
    func sent(_ suffix: String) throws -> [(name: String, text: String)] {
        let sent = folder.appending(path: "sent")
        return try FileManager.default.contentsOfDirectory(atPath: sent.path).filter { $0.hasSuffix(suffix) }.sorted()
            .map { ($0, try String(contentsOf: sent.appending(path: $0), encoding: .utf8)) }
    }

    /// The district holds each Observation expected exactly once, with the status given, and nothing is pending.
    func expectExactlyOnce(_ expected: [OutgoingReading], status: String = "final") async throws {
        let observations = try await stored().filter { $0.type == "Observation" && $0.status == status }
        let wanted = expected.flatMap { one in
            Batch.batches(of: [one]).flatMap { gateway.bundle(of: $0).entries }.filter { $0.receipt != nil }
                .compactMap(\.identifier?.value)
        }
        #expect(
            observations.map { $0.identifier.split(separator: "|").last.map(String.init) ?? "" }.sorted()
                == wanted.sorted())
        #expect(try await ledger.pendingUploads(limit: 10).isEmpty)
        #expect(try await ledger.parkedUploads(limit: 10).isEmpty)
        let shared = try await stored().filter { $0.type == "Patient" || $0.type == "Device" }
        #expect(Set(shared.map(\.identifier)).count == shared.count)
    }

    /// What the ledger has for the district now, as the uploader takes it.
    func pending() async throws -> [OutgoingReading] {
        try await ledger.pendingUploads(limit: 10_000).compactMap(\.outgoing)
    }

    func end() async {
        _ = await district.end()
        await ledger.close()
        try? FileManager.default.removeItem(at: folder)
    }
}

/// Runs a test with a hut, and clears it away.
func withHut(_ body: (Hut) async throws -> Void) async throws {
    let hut = try await Hut()
    do {
        try await body(hut)
    } catch {
        await hut.end()
        throw error
    }
    await hut.end()
}

@Suite(.enabled("the FHIR server could not be installed (Provisioning/peers/install fhir)") { hasPeers })
struct `A run against a real district` {
    @Test func `sends every reading once, and the next run has nothing to ask`() async throws {
        try await withHut { hut in
            try await hut.record(oneOfEach, of: Hut.first)
            try await hut.record([cuff(171, 101, 88), cuff(168, 99, nil, minutes: 2)], of: Hut.second)
            let expected = try await hut.pending()
            let run = try await hut.upload()
            #expect(run.status == 0 && run.counts == "sent 9, withdrawn 0, parked 0, kept 0, waiting 0", "\(run)")
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

/// A datagram socket that listens as `serve` does.
final class Ear {
    private let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)

    init(_ path: String) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8) + [0]) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
    }

    deinit { close(descriptor) }

    /// Whether an empty datagram came; does not wait.
    var heardSomething: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT)) == 0
    }
}
