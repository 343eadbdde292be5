// The run itself between a real ledger and a district in memory: the seam of the network with its test conformer, so
// that this much is proved on a machine without one.

import DistrictUpload
import Foundation
import Ledger
import Testing
import Vitals
import healthhut_upload

/// The district in memory as a client of the run.
actor ModelClient: DistrictClient {
    private let district = ModelDistrict()
    private let capabilities: Answer
    private(set) var observations: [String] = []

    init(capabilities: Answer = http(200, capable), ignoresConditions: Bool = false) {
        self.capabilities = capabilities
        district.ignoresConditions = ignoresConditions
    }

    func send(_ request: DistrictRequest) async -> Answer {
        defer { observations = district.stored.filter { $0.type == "Observation" }.map(\.condition) }
        switch request.path {
        case "metadata": return capabilities
        case "Observation/_search":
            return (try? district.search(String(decoding: request.body, as: UTF8.self))) ?? .lost
        default: return (try? district.transact(request.body)) ?? .lost
        }
    }
}

@Suite final class `A run between ledger and district` {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "upload-run-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A ledger with `count` readings of one resident.
    private func ledger(_ count: Int) async throws -> Ledger {
        let ledger = try await Ledger.open(path: folder.appending(path: "ledger.sqlite").path, at: morning)
        try await ledger.append([.residentAdded(Resident(number: "047", name: "王秀兰"), id: "resident-1")], at: morning)
        let owner = Owner.resident(try #require(try await ledger.roster(id: "resident-1")).key, visit: nil)
        try await ledger.append((0..<count).map { .reading(cuff(130, 80, 70, minutes: $0), owner) }, at: morning)
        return ledger
    }

    private func settings() throws -> UploadSettings {
        let file = folder.appending(path: "hut.json5")
        try """
        { hut: { id: 'hut-0001', utcOffset: '+08:00' }, ledger: 'unused', upload: { fhir: 'https://district.example' } }
        """.write(to: file, atomically: true, encoding: .utf8)
        return try UploadSettings(file: file.path)
    }

    @Test func `takes everything, portion by portion, and marks it`() async throws {
        let ledger = try await ledger(1_050)
        let client = ModelClient()
        let (ending, tally) = try await UploadRun(
            settings: settings(), ledger: ledger, client: client, say: { _ in }
        ).run()
        #expect(ending == .done && tally.sent == 1_050)
        #expect(Set(await client.observations).count == 2_100)
        #expect(await client.observations.count == 2_100)
        #expect(try await ledger.pendingUploads(limit: 1).isEmpty)
        await ledger.close()
    }

    @Test func `shows no reading to a server that would store it twice`() async throws {
        let ledger = try await ledger(3)
        let client = ModelClient(ignoresConditions: true)
        let (ending, tally) = try await UploadRun(
            settings: settings(), ledger: ledger, client: client, say: { _ in }
        ).run()
        guard case .standstill(.unfit) = ending else {
            Issue.record("went on: \(ending)")
            return
        }
        #expect(tally.waiting == 3)
        #expect(await client.observations.isEmpty)
        #expect(try await ledger.pendingUploads(limit: 9).count == 3)
        await ledger.close()
    }

    @Test(arguments: [
        (http(503, retryAfter: "60"), true), (http(404), false), (http(200, "<html></html>"), false), (.lost, true),
    ]) func `shows no reading to an address that does not answer as it must`(_ answer: Answer, _ isLater: Bool)
        async throws
    {
        let ledger = try await ledger(2)
        let client = ModelClient(capabilities: answer)
        let (ending, _) = try await UploadRun(
            settings: settings(), ledger: ledger, client: client, say: { _ in }
        ).run()
        if case .later = ending { #expect(isLater) } else { #expect(!isLater) }
        #expect(await client.observations.isEmpty)
        #expect(try await ledger.pendingUploads(limit: 9).count == 2)
        await ledger.close()
    }
}
