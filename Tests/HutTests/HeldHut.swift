// A whole hut on settings of the test's own, whose time the test lets pass, and that can go down and come back.

import Foundation
import Kiosk
import Ledger
import Testing
import TextScreen
import Vitals

@testable import healthhut

/// One hut in one folder, with a nurse; used by one thread, which may wait.
final class HeldHut {
    static let nurse = "王敏"
    static let nursePIN = "2468"

    let folder: Folder
    /// Begins when it is first looked at: it must not be behind what a killed program has written.
    private(set) lazy var clock = HutClock(pace: 0.001)
    private let configuration: HutConfiguration
    private var hut: Hut?

    /// Makes the ledger; `fill` puts in what the hut finds when it first comes up.
    init(
        _ folder: Folder, settings: String,
        fill: @escaping @Sendable (Ledger, HutTime) async throws -> Void = { _, _ in }
    ) throws {
        _ = FileManager.default.changeCurrentDirectoryPath(Program.root.path)
        self.folder = folder
        configuration = try HutConfiguration.load(settings)
        let at = HutClock().now.hut
        try wait { [path = configuration.settings.ledger] in
            let ledger = try await Ledger.open(path: path, at: at)
            try await ledger.addStaff(Staff(name: HeldHut.nurse, role: .nurse), pin: HeldHut.nursePIN, at: at)
            try await fill(ledger, at)
            await ledger.close()
        }
    }

    func up() throws {
        // The lock goes with the last reference to the hut that went down, which a closing line may hold for a moment.
        var opened: Hut?
        for _ in 0..<1_200 where opened == nil {
            opened = try? wait { [configuration, clock] in try await openHut(configuration, clock: clock) }
            if opened == nil { poll(nil, 0, 50) }
        }
        let hut = try #require(opened, "the ledger was not let go")
        self.hut = hut
        try wait { try await hut.start() }
    }

    func down() {
        let gone = hut
        hut = nil
        wait { if let gone { await gone.stop() } }
    }

    /// Lets time pass and returns when everything that became due has been done.
    func pass(_ seconds: Int) {
        settle()
        clock.advance(by: .seconds(seconds))
        wait { [hut] in if let hut { await hut.rearm() } }
        settle()
    }

    /// What is written to these the hut reads at once: terminals, and lines of simulated instruments.
    private static let heard = ["/nurse", "/doctor", "/booth-1", "/booth-2", ".line"]

    /// Returns when what was said to the hut has been read and done.
    func settle() {
        for _ in 1...2 {
            while hasUnread(in: folder.path, where: { path in Self.heard.contains { path.hasSuffix($0) } }) {
                // As in `quiet`: that it was read is no event.
                poll(nil, 0, 1)
            }
            wait { [hut] in if let hut { await hut.untilIdle() } }
        }
    }

    func watcher(since sequence: Int? = 0) throws -> TestWatcher {
        try TestWatcher("\(folder.path)/watch", since: sequence)
    }

    /// Asks the ledger of the running hut.
    func ask<Answer: Sendable>(_ question: @escaping @Sendable (Ledger) async throws -> Answer) throws -> Answer {
        let hut = try #require(hut)
        return try wait { try await question(hut.ledger) }
    }

    /// What a screen would ask of the hut that forgot who sits before it.
    func perform(_ effect: StaffEffect, at place: String) {
        wait { [hut] in if let hut { await hut.perform(effect, at: place) } }
        settle()
    }

    /// The desk's terminal with the nurse before her worklist.
    func nurse(size: ScreenSize = ScreenSize(columns: 80, rows: 24)) throws -> TestTerminal {
        // The hut learns on its own queue that the terminal before has gone; until then the desk is in use.
        var terminal = try TestTerminal("\(folder.path)/nurse", size: size)
        while !terminal.isAlive { terminal = try TestTerminal("\(folder.path)/nurse", size: size) }
        try on(HeldHut.nurse, type: "1\(HeldHut.nursePIN)\r", at: terminal)
        try terminal.until("名单")
        return terminal
    }

    /// Waits for a screen and types after it has begun to listen again.
    func on(
        _ screen: String, type keys: String, at terminal: TestTerminal, _ location: SourceLocation = #_sourceLocation
    ) throws {
        try terminal.until(screen, location)
        for key in keys {
            pass(1)
            terminal.send(String(key))
        }
        settle()
    }
}
