// Two lines of the roster become one and two again, between a real ledger and a district in memory: whatever step the
// uploader is killed at, the district ends with each reading standing once, under the person who owns it.

import DistrictUpload
import Foundation
import Ledger
import Testing
import Vitals
import healthhut_upload

/// A ledger whose every offer is remembered.
private final class MergedHut {
    let ledger: Ledger
    let district = ModelDistrict()
    private let folder: URL
    private var last: [FactSequence: OutgoingReading] = [:]
    private var offered: Set<String> = []

    static let (gone, kept) = ("4d1c6f0e-8a53-4b7e-9d0c-3b1f6a2e7c55", "9a2be5d4-1f07-4c3b-8e66-0d5a7b9c1e20")

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "healthhut-merge-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        ledger = try await Ledger.open(path: folder.appending(path: "ledger.sqlite").path, at: morning)
        try await ledger.append(
            [
                .residentAdded(Resident(number: "047", name: "王秀兰"), id: Self.gone),
                .residentAdded(Resident(number: "048", name: "王秀兰"), id: Self.kept),
                .staffAdded(Staff(name: "护士", role: .nurse)),
            ], at: morning)
        for (index, id) in [Self.gone, Self.gone, Self.kept].enumerated() {
            try await ledger.append(
                [.reading(cuff(138 + index, 86, nil, minutes: index), .resident(try await key(id), visit: nil))],
                at: morning)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func key(_ id: String) async throws -> ResidentKey { try #require(try await ledger.roster(id: id)).key }

    /// Rounds as `UploadRun` makes them, until nothing is pending or the run is killed before a step.
    func upload(killedBefore steps: Int = .max) async throws {
        var left = steps
        while true {
            let pending = try await ledger.pendingUploads(limit: 100)
            if pending.isEmpty { return }
            for reading in pending.compactMap(\.outgoing) {
                last[reading.sequence] = reading
                offered.formUnion(conditions(reading))
            }
            var delivery = Delivery(
                readings: pending.compactMap(\.outgoing), withdrawals: pending.compactMap(\.withdrawal),
                gateway: gateway)
            round: while true {
                left -= 1
                if left < 0 { return }
                switch delivery.next() {
                case .send(let request): delivery.received(try district.answer(request), now: morning, jitter: 0.5)
                case .record(let facts): try await ledger.append(facts, at: morning)
                case .wait: break
                case .finished(let ending):
                    #expect(ending == .done)
                    break round
                }
            }
        }
    }

    /// The last offer of each reading stands, once, under `owner`; everything else that was ever offered does not.
    func expectStanding(_ owners: [String], _ what: String) {
        #expect(last.values.sorted { $0.sequence < $1.sequence }.map(\.resident) == owners, "\(what)")
        let standing = Set(last.values.flatMap(conditions))
        for condition in offered {
            let held = district.observations(condition)
            if standing.contains(condition) {
                #expect(held.count == 1 && held[0].status == "final", "\(what)")
            } else {
                #expect(held.allSatisfy { $0.status == "entered-in-error" }, "\(what)")
            }
        }
    }
}

@Suite struct `A merge at the district` {
    @Test(arguments: 0..<24)
    func `whatever step it is killed at, each reading stands once under its owner`(steps: Int) async throws {
        let hut = try await MergedHut()
        let (gone, kept) = (try await hut.key(MergedHut.gone), try await hut.key(MergedHut.kept))
        let nurse = try #require(try await hut.ledger.staff().first).key
        try await hut.upload(killedBefore: steps)
        try await hut.ledger.append(
            try await hut.ledger.merging(gone, into: kept, by: nurse, reason: "one person"), at: morning)
        try await hut.upload(killedBefore: steps)
        try await hut.upload()
        hut.expectStanding([MergedHut.kept, MergedHut.kept, MergedHut.kept], "merged, killed before \(steps)")
        try await hut.ledger.append(
            try await hut.ledger.unmerging(gone, from: kept, by: nurse, reason: "two people"), at: morning)
        try await hut.upload(killedBefore: steps)
        try await hut.upload()
        hut.expectStanding([MergedHut.gone, MergedHut.gone, MergedHut.kept], "taken apart, killed before \(steps)")
        #expect(try await hut.ledger.parkedUploads(limit: 9).isEmpty)
        await hut.ledger.close()
    }
}
