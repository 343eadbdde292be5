// The room in front of the kiosks with its readers: what a test lays down, links and finds in the ledger.

import DeviceLink
import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

/// Invented people; the first number is the standard's specimen.
func card(_ number: String, _ name: String = "测试新") throws -> IdentityToken {
    let number = try #require(CardNumber(number))
    return .residentCard(IdentityCard(number: number, name: name, sex: number.sex, birth: number.birth))
}

func knownCard() throws -> IdentityToken { try card("11010519491231002X", "张桂芳") }
func secondCard() throws -> IdentityToken { try card("440308199901101512") }
func strangersCard() throws -> IdentityToken { try card("11010119600101002X") }

extension Front {
    /// Runs something of the hut's own and returns when it is done.
    func run<Result: Sendable>(_ body: @escaping @Sendable (DemoHut) async throws -> Result) throws -> Result {
        try wait { [demo] in try await body(demo) }
    }

    /// Lays a card or tag down, or holds a code before the glass; what lay there was lifted.
    func lay(
        _ token: IdentityToken, on reader: KeyPath<DemoHut, SimulatorHost> & Sendable, fault: SimulatedFault? = nil
    ) throws {
        try run { demo in
            await demo[keyPath: reader].show(token, fault: fault)
            await demo[keyPath: reader].press()
        }
    }

    func lift(from reader: KeyPath<DemoHut, SimulatorHost>) { press(demo[keyPath: reader]) }

    /// A card, tag or code stands for the resident with this hut number from now on.
    func link(_ token: IdentityToken, to number: String) throws {
        try run { demo in
            let entry = try #require(try await demo.hut.ledger.roster(number: number))
            _ = try await demo.hut.ledger.append(
                [.identityLinked(entry.key, demo.hut.identityKey.link(token), by: nil)], at: demo.clock.now.hut)
        }
    }

    func misbehave(_ device: SimulatorHost, _ fault: SimulatedFault?) { wait { await device.misbehave(fault) } }

    /// The next result of booth 1's cuff: the same values at the same minute again would be the same result.
    func cuffShows(systolic: Int) throws {
        try run { demo in
            await demo.liveCuff.show(
                BloodPressure(systolic: MmHg(systolic), diastolic: 82, pulse: 70),
                clock: CivilTime(year: 2026, month: 1, day: 1, hour: 9, minute: systolic % 60))
        }
    }

    /// What a scanner would read from the last slip of booth 1.
    func printedCode() throws -> String? { try run { await $0.printer.printedCode } }

    /// As another command does it.
    func takeBack(_ kind: IdentityKind, of number: String) throws {
        try run { demo in
            let entry = try #require(try await demo.hut.ledger.roster(number: number))
            _ = try await demo.hut.ledger.append(
                [.identitiesRevoked(entry.key, kind, by: nil)], at: demo.clock.now.hut)
        }
    }

    /// These bytes stand in no file of the hut: not in the ledger's pages, not in what waits to become pages.
    func expectNowhere(_ bytes: [UInt8], _ what: String) throws {
        #expect(try files(with: bytes) == [], "\(what)")
    }

    /// The files of the hut that hold these bytes.
    func files(with bytes: [UInt8]) throws -> [String] {
        let all = try FileManager.default.subpathsOfDirectory(atPath: demo.folder)
        #expect(all.contains { $0.hasSuffix(".sqlite") } && all.contains { $0.hasSuffix("-wal") })
        return try all.filter { name in
            let path = "\(demo.folder)/\(name)"
            let kind = try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
            guard kind == .typeRegular else { return false }
            return try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data(bytes)) != nil
        }
    }

    func giveCode(to number: String) throws -> HutCode {
        try run { demo in
            let entry = try #require(try await demo.hut.ledger.roster(number: number))
            return try await demo.hut.ledger.giveCode(
                to: entry.key, under: demo.hut.identityKey, by: nil, at: demo.clock.now.hut)
        }
    }

    func entry(_ number: String) throws -> RosterEntry {
        try #require(try run { try await $0.hut.ledger.roster(number: number) })
    }
    func latestReading(of key: ResidentKey) throws -> Reading? {
        try run { try await $0.hut.ledger.latestReadings(of: key, limit: 1).first?.reading }
    }
    func unclaimedCount() throws -> Int { try run { try await $0.hut.ledger.unclaimedCount() } }
    func waiting() throws -> [RosterEntry] { try run { try await $0.hut.ledger.waitingForConfirmation() } }
    func found(_ text: String) throws -> [RosterEntry] { try run { try await $0.hut.ledger.find(text, limit: 9) } }

    /// Lets time pass, a little at a time, until the hut has read what was laid down; the cuff must not be done before.
    func passUntilRead(at place: String) throws {
        for _ in 0..<100 {
            if try run({ await $0.hut.hasApplicant(at: place) }) { return }
            pass(.milliseconds(100))
        }
        Issue.record("nothing was read at \(place)")
    }

    /// Lets so many seconds pass one by one.
    func passSlowly(_ seconds: Int) {
        for _ in 0..<seconds { pass(.seconds(1)) }
    }

    /// Lets time pass a tenth of a second at a time until a screen stands, also one that stands for seconds only.
    func gently(until wanted: String, at terminal: TestTerminal) throws {
        for _ in 0..<900 where !terminal.shows(wanted, within: 0) { pass(.milliseconds(100)) }
        try terminal.until(wanted)
    }

    /// K3 for the card that was just laid down, answered with the key.
    func comeIn(as name: String, at terminal: TestTerminal) throws {
        try gently(until: "您是 \(name)", at: terminal)
        try on("是我本人", type: "1", at: terminal)
        try terminal.until("1   量血压")
    }

    /// From a result → K0.
    func leave(at terminal: TestTerminal) throws {
        pass(.seconds(1))
        terminal.send("0")
        try gently(until: "请选一样", at: terminal)
    }

    /// K5 → the cuff works.
    func measure(at terminal: TestTerminal) throws {
        try on("1   量血压", type: "1", at: terminal)
        try on("现在有没有这些不舒服", type: "1", at: terminal)
        try on("先坐着歇 5 分钟", type: "3", at: terminal)
        try on("量的是", type: "1", at: terminal)
        try terminal.until("正在量，请别动")
    }
}

extension Hut {
    fileprivate func hasApplicant(at place: String) -> Bool { places[place]?.applicant != nil }
}
