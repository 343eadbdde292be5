// A hut for one story: a ledger on disk with two invented residents, settings as `serve` reads them, a district of its
// own, and the questions a test asks of both when the story is over.

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
