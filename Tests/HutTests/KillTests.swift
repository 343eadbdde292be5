// Persist before acknowledge, in the whole program: `healthhut serve` is killed at every step of its conversation with an
// instrument that deletes, or has deleted, what it gave; started again; and the reading is there once.

import DeviceLink
import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

/// The hut's folder, its one instrument, and the program that is killed and started again.
private final class MortalProgram {
    let folder: Folder
    let instrument: SteppedInstrument
    private let settings: String
    private var running: Running?

    init(_ device: String) throws {
        folder = try Folder()
        instrument = try SteppedInstrument(device, at: "\(folder.path)/it")
        let line = "{ id: 'it', device: '\(device)', line: { socket: 'unix:\(folder.path)/it' } }"
        settings = try folder.settings(replacing: [
            (
                "{ id: 'cuff-1', device: 'maibobo', mayStart: true, line: { socket: 'unix:\(folder.path)/cuff-1' } }",
                line
            )
        ])
    }

    func start() throws { running = try Running(["serve", "--settings", settings]) }

    func kill() { #expect(running?.end(SIGKILL) == -SIGKILL) }

    func end() { #expect(running?.end(SIGTERM) == 0) }

    func watcher() throws -> TestWatcher {
        // The socket is there when the hut is ready, and so may be that of the hut before.
        _ = try running?.line(containing: "ready: ")
        return try TestWatcher("\(folder.path)/watch", since: 0)
    }

    /// What stands in the ledger now; the program is not running.
    func readings() throws -> [Reading] {
        try wait { [path = "\(folder.path)/ledger/ledger.sqlite"] in
            guard FileManager.default.fileExists(atPath: path) else { return [] }
            let ledger = try await Ledger.open(path: path, at: HutClock().now.hut)
            let facts = try await ledger.facts(after: FactSequence(rawValue: 0), limit: 1_000)
            await ledger.close()
            return facts.compactMap { if case .reading(let reading, _) = $0.fact { reading } else { nil } }
        }
    }
}

@Suite(.serialized) struct KillTests {
    private static let ask: [UInt8] = [0x02, 0x05, 0x03, 0x0A]
    private static let acknowledgement: [UInt8] = [0x02, 0x06, 0x03, 0x0B]

    /// Whether the monitor, asked now, would say that it has no result.
    private static func isEmpty(_ instrument: SteppedInstrument) -> Bool {
        var monitor = instrument.device
        return HexText.text(of: monitor.receive(ask, at: MonotonicTime(nanoseconds: .max / 2))).hasSuffix("03 9C")
    }

    @Test(arguments: [false, true])
    func `a result is on disk once and acknowledged after it, wherever the hut is killed`(isPushed: Bool) async throws {
        try await onThread {
            var moment = 0
            var wasKilled = true
            while wasKilled {
                moment += 1
                let hut = try MortalProgram("accuniq-bp500")
                hut.instrument.measure()
                if isPushed { hut.instrument.pushes = { monitor, now in monitor.receive(KillTests.ask, at: now) } }
                try hut.start()
                wasKilled = try hut.instrument.talk(
                    killedAfter: moment, by: hut.kill, until: KillTests.isEmpty)
                if wasKilled {
                    let onDisk = try hut.readings().count
                    let wasTold = hut.instrument.said.contains(KillTests.acknowledgement)
                    #expect(onDisk == 1 || onDisk == 0 && !wasTold, "killed at \(moment)")
                    try hut.start()
                    _ = try hut.instrument.talk(until: KillTests.isEmpty)
                }
                hut.end()
                #expect(try hut.readings().count == 1, "killed at \(moment)")
                #expect(KillTests.isEmpty(hut.instrument))
            }
            #expect(moment > (isPushed ? 12 : 14), "there were moments")
        }
    }

    @Test func `a memory that is read out is on disk once, wherever the hut is killed`() async throws {
        try await onThread {
            var moment = 0
            var wasKilled = true
            while wasKilled {
                moment += 1
                let hut = try MortalProgram("beurer-bm58")
                let isRead = { (monitor: SteppedInstrument) in monitor.said.suffix(2) == [0xA3, 3] }
                try hut.start()
                wasKilled = try hut.instrument.talk(killedAfter: moment, by: hut.kill, until: isRead)
                if wasKilled {
                    try hut.start()
                    _ = try hut.instrument.talk(until: isRead)
                }
                hut.end()
                let readings = try hut.readings()
                #expect(readings.compactMap(\.memorySlot) == [1, 2, 3], "killed at \(moment)")
                #expect(Set(readings.map(\.deviceTime)).count == 3)
            }
            #expect(moment > 30, "there were moments")
        }
    }

    /// The 9560 erases on sending and no acknowledgement is known (PROTOCOL.md): what the hut has in hand is all that can
    /// be lost.
    @Test func `a forwarded spot check is there once, or was in hand when the hut was killed`() async throws {
        try await onThread {
            var moment = 0
            var wasKilled = true
            while wasKilled {
                moment += 1
                let hut = try MortalProgram("nonin-df13")
                var told = 0
                var watcher: TestWatcher?
                hut.instrument.delivered = {
                    if watcher == nil { watcher = try hut.watcher() }
                    _ = try watcher?.line(containing: #""vital":"oxygenSaturation""#)
                    told += 1
                }
                let isSent = { (oximeter: SteppedInstrument) in oximeter.device.deadline == nil }
                try hut.start()
                wasKilled = try hut.instrument.talk(killedAfter: moment, by: hut.kill, until: isSent)
                if wasKilled {
                    let before = try hut.readings().count
                    #expect(before == told || before == told + 1, "killed at \(moment)")
                    hut.instrument.delivered = {}
                    try hut.start()
                    _ = try hut.instrument.talk(until: isSent)
                }
                hut.end()
                let readings = try hut.readings()
                #expect(Set(readings.map(\.deviceTime)).count == readings.count, "killed at \(moment)")
                #expect(readings.count >= (wasKilled ? 2 : 3), "killed at \(moment)")
                #expect(readings.allSatisfy { $0.memorySlot != nil })
            }
            #expect(moment > 20, "there were moments")
        }
    }
}
