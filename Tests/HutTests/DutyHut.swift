// A hut that texts: with a simulated modem and a cuff whose bytes the test decides.

import DeviceLink
import Foundation
import Testing
import Vitals

@testable import healthhut

/// A hut with a cuff whose bytes the test decides, a simulated modem and a nurse; it can go down and come back.
final class DutyHut {
    let modem: LineSimulator
    let cuff: Monitor
    private let hut: HeldHut
    private let settings: String
    private var minute: UInt8 = 0

    /// - Parameter isUp: otherwise whoever calls `serve` or `up` starts it.
    init(_ fault: SimulatedFault? = nil, isUp: Bool = true) throws {
        let folder = try Folder()
        modem = try LineSimulator("gsm-modem", at: "\(folder.path)/gsm", fault: fault)
        cuff = try Monitor("\(folder.path)/cuff-1")
        let duty =
            "duty: { number: '138-0000 0000', modem: { id: 'gsm', device: 'gsm-modem', line: { socket: 'unix:\(folder.path)/gsm' } } },"
        settings = try folder.settings(replacing: [("upload: {", "\(duty)\n upload: {")])
        hut = try HeldHut(folder, settings: settings)
        if isUp { try up() }
    }

    func up() throws {
        try hut.up()
        try cuff.accept()
    }

    /// The same hut as a program of its own, in the machine's time.
    func serve() throws -> Running {
        let program = try Running(["serve", "--settings", settings])
        _ = try program.line(containing: "ready")
        try cuff.accept()
        return program
    }

    func down() {
        hut.down()
        cuff.hangUp()
    }

    func end() {
        down()
        modem.close()
    }

    func pass(_ seconds: Int) { hut.pass(seconds) }
    func watcher(since sequence: Int? = 0) throws -> TestWatcher { try hut.watcher(since: sequence) }
    func nurse() throws -> TestTerminal { try hut.nurse() }

    /// A very high result that nobody asked for: the station alert.
    func alert() {
        minute += 1
        cuff.say(maiboboResult(minute: minute, systolic: 199))
    }

    /// How many texts the modem was given.
    var bodies: Int { modem.bytes.count { $0 == 0x1A } }

    /// Time jumps only when the modem has been greeted anew: a jump is a time-out to whoever waits for an answer.
    func modemIsGreetedAgain() throws {
        try modem.until("its second greeting") {
            let lines = $0.split(separator: 0x0D)
            return lines.count { $0.elementsEqual("ATE0".utf8) } == 2
                && lines.last?.elementsEqual("AT+CREG?".utf8) == true
        }
    }

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
