// A whole hut with a modem whose time the test lets pass, and that can go down and come back.

import DeviceLink
import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

/// A hut with a cuff whose bytes the test decides, a simulated modem and a nurse; it can go down and come back.
final class DutyHut {
    let folder: Folder
    let modem: LineSimulator
    let cuff: Monitor
    private let clock = HutClock(pace: 0.001)
    private var hut: Hut?
    private var minute: UInt8 = 0

    init(_ fault: SimulatedFault? = nil) throws {
        folder = try Folder()
        _ = FileManager.default.changeCurrentDirectoryPath(Program.root.path)
        modem = try LineSimulator("gsm-modem", at: "\(folder.path)/gsm", fault: fault)
        cuff = try Monitor("\(folder.path)/cuff-1")
        let duty =
            "duty: { number: '138-0000 0000', modem: { id: 'gsm', device: 'gsm-modem', line: { socket: 'unix:\(folder.path)/gsm' } } },"
        let path = try folder.settings(replacing: [("upload: {", "\(duty)\n upload: {")])
        configuration = try HutConfiguration.load(path)
        let (ledgerPath, at) = (configuration.settings.ledger, clock.now.hut)
        try wait {
            let ledger = try await Ledger.open(path: ledgerPath, at: at)
            try await ledger.addStaff(Staff(name: "王敏", role: .nurse), pin: "2468", at: at)
            await ledger.close()
        }
        try up()
    }

    private let configuration: HutConfiguration

    func up() throws {
        // The lock goes with the last reference to the hut that went down, which a closing line may hold for a moment.
        var opened: Hut?
        for _ in 0..<600 where opened == nil {
            opened = try? wait { [configuration, clock] in try await openHut(configuration, clock: clock) }
            if opened == nil { poll(nil, 0, 50) }
        }
        let hut = try #require(opened, "the ledger was not let go")
        self.hut = hut
        try wait { try await hut.start() }
        try cuff.accept()
    }

    func down() throws {
        let gone = hut
        hut = nil
        try wait { await gone?.stop() }
        cuff.hangUp()
    }

    func end() throws {
        try down()
        modem.close()
    }

    /// A very high result that nobody asked for: the station alert.
    func alert() {
        minute += 1
        cuff.say(maiboboResult(minute: minute, systolic: 199))
    }

    func pass(_ seconds: Int) throws {
        clock.advance(by: .seconds(seconds))
        try wait { [hut] in await hut?.rearm() }
    }

    func watcher(since sequence: Int? = 0) throws -> TestWatcher {
        try TestWatcher("\(folder.path)/watch", since: sequence)
    }

    /// How many texts the modem was given.
    var bodies: Int { modem.bytes.count { $0 == 0x1A } }

    /// What was texted last, decoded.
    func lastText() -> String {
        let pdu = modem.bytes.split(separator: 0x1A).last?.split(separator: 0x0D).last ?? []
        let bytes = HexText.bytes(in: String(decoding: pdu, as: UTF8.self)) ?? []
        // Service centre 1, head 4, 11 digits 6, head 4.
        let text = bytes.dropFirst(15)
        let units = stride(from: text.startIndex, to: text.endIndex - 1, by: 2).map {
            UInt16(text[$0]) << 8 | UInt16(text[$0 + 1])
        }
        return String(decoding: units, as: UTF16.self)
    }
}
