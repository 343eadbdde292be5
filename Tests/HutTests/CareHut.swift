// A hut with a whole staff, a few residents and a home monitor, played by keys at its desk and its first station.

import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

/// Who may log in, in the order of the log-in screen.
enum Member: Int, CaseIterable {
    case nurse, doctor, `operator`, volunteer

    var staff: Staff {
        switch self {
        case .nurse: Staff(name: HeldHut.nurse, role: .nurse)
        case .doctor: Staff(name: "汪志远", role: .doctor)
        case .operator: Staff(name: "陈刚", role: .operator)
        case .volunteer: Staff(name: "李娟", role: .volunteer)
        }
    }

    var pin: String { HeldHut.nursePIN }
}

/// Used by one thread, which may wait.
final class CareHut {
    static let resident = "047"
    /// The same person, enrolled a second time without a birthday.
    static let twin = "099"
    static let pregnant = "061"
    static let band = BandID(rawValue: "!433d1f2a")

    let folder: Folder
    let settings: String
    let held: HeldHut
    private var terminals: [String: TestTerminal] = [:]

    init(fill: @escaping @Sendable (Ledger, HutTime) async throws -> Void = { _, _ in }) throws {
        folder = try Folder()
        let desk = "{ id: 'nurse', kiosk: '\(folder.path)/nurse' }"
        let monitor = "{ id: 'home-1', device: 'beurer-bm58', line: { socket: 'unix:\(folder.path)/home-1.line' } }"
        let lends = desk.replacingOccurrences(of: " }", with: ", instruments: [\(monitor)] }")
        settings = try folder.settings(replacing: [(desk, lends)])
        held = try HeldHut(folder, settings: settings) { ledger, at in
            for member in Member.allCases.dropFirst() {
                try await ledger.addStaff(member.staff, pin: member.pin, at: at)
            }
            try await Self.settle(ledger, at)
            try await fill(ledger, at)
        }
        try held.up()
    }

    /// The neighbourhood: three lines of the roster, two of them one person.
    private static func settle(_ ledger: Ledger, _ at: HutTime) async throws {
        let birth = LocalDay(year: 1_945, month: 5, day: 6)
        let people = [
            Resident(
                number: resident, name: "张桂芳", sex: .female, birth: birth, phone: "13900000106",
                conditions: [.hypertension]),
            Resident(number: twin, name: "张桂芳", sex: .female),
            Resident(number: pregnant, name: "刘芳", sex: .female, birth: LocalDay(year: 1_993, month: 2, day: 3)),
        ]
        for person in people {
            try await ledger.append([.residentAdded(person, id: "id-\(person.number)")], at: at)
            let key = try #require(try await ledger.roster(number: person.number)).key
            try await ledger.setPIN(key, pin: "1234", at: at)
        }
    }

    // MARK: at a terminal

    /// A session at the desk.
    func desk(_ member: Member = .nurse) throws -> TestTerminal {
        let terminal = try terminal("nurse")
        try on("护士、医生登录", type: "\(member.rawValue + 1)\(member.pin)\r", at: terminal)
        return terminal
    }

    /// A session at the first station, in the hut's second language.
    func englishStation(_ member: Member = .nurse) throws -> TestTerminal {
        let terminal = try station()
        try on("请选一样", type: "7", at: terminal)
        try on("choose one", type: "*", at: terminal)
        try on("Staff log in", type: "\(member.rawValue + 1)\(member.pin)\r", at: terminal)
        return terminal
    }

    /// The first station, whose cuff nobody has plugged in.
    func station() throws -> TestTerminal { try terminal("booth-1") }

    /// The one terminal of a place: a second one would be told that the place is in use.
    private func terminal(_ place: String) throws -> TestTerminal {
        if let terminal = terminals[place] { return terminal }
        let terminal = try TestTerminal("\(folder.path)/\(place)")
        try #require(terminal.isAlive)
        terminals[place] = terminal
        return terminal
    }

    func on(
        _ screen: String, type keys: String, at terminal: TestTerminal, _ location: SourceLocation = #_sourceLocation
    ) throws {
        try held.on(screen, type: keys, at: terminal, location)
        // An Escape that stands alone is a key only when nothing has followed it for a moment.
        if keys.hasSuffix("\u{1B}") { held.pass(1) }
    }

    /// From a list of a nurse's to the page of a resident.
    func open(_ number: String, at terminal: TestTerminal, _ location: SourceLocation = #_sourceLocation) throws {
        try on("/", type: "/\(number)\r", at: terminal, location)
        try terminal.until("\(number)", location)
        held.pass(1)
    }

    /// A resident says who she is: K0 → K5, or K5w.
    func comeIn(_ number: String, at terminal: TestTerminal) throws {
        try on("请选一样", type: "1", at: terminal)
        try on("请按您的小屋号", type: number + "\r", at: terminal)
        try on("请按密码", type: "1234\r", at: terminal)
        try on("是我本人", type: "1", at: terminal)
    }

    /// Every line of a history or an audit, the newest first, page after page; words that were wrapped are joined.
    func log(at terminal: TestTerminal) -> [String] {
        var lines: [String] = []
        var former = ""
        held.pass(1)
        while terminal.settled != former {
            former = terminal.text
            for line in former.split(separator: "\n").dropFirst() {
                if line.contains(#/^\d\d-\d\d \d\d:\d\d/#) {
                    lines.append(String(line))
                } else if line.hasPrefix(String(repeating: " ", count: 26)), !lines.isEmpty {
                    lines[lines.count - 1] += line.drop { $0 == " " }
                }
            }
            held.pass(1)
            terminal.send("+")
            held.pass(1)
        }
        return lines
    }

    // MARK: in the ledger

    func key(_ number: String) throws -> ResidentKey {
        try held.ask { ledger in try #require(try await ledger.roster(number: number)).key }
    }

    /// Facts from a sequence on, as they were recorded.
    func facts(after sequence: Int64 = 0) throws -> [Fact] {
        try held.ask { try await $0.facts(after: FactSequence(rawValue: sequence), limit: 10_000) }.map(\.fact)
    }

    /// What `healthhut audit show` prints, with the hut down.
    func audit() throws -> [String] {
        let run = try Program.run(["audit", "show", "--settings", settings])
        #expect(run.status == 0 && run.err.isEmpty)
        return run.out.split(separator: "\n").map(String.init)
    }
}

/// What a session did, as the history must say it: the newest first, in both languages, by whom and why.
struct Told {
    var chinese: String
    var english: String
    var by = HeldHut.nurse
    var reason: String

    init(_ chinese: String, _ english: String, by: String = HeldHut.nurse, because reason: String) {
        (self.chinese, self.english, self.by, self.reason) = (chinese, english, by, reason)
    }
}

extension CareHut {
    /// Each of these stands in a line of its own with name and reason, in this order, the newest first.
    private func expect(
        _ told: [Told], in lines: [String], _ words: KeyPath<Told, String>,
        _ location: SourceLocation = #_sourceLocation
    ) {
        var rest = lines[...]
        for wanted in told.reversed() {
            // A line that was wrapped has lost the blank where it was broken.
            let parts = [wanted[keyPath: words], wanted.by, "(\(wanted.reason))"].map { $0.replacing(" ", with: "") }
            guard
                let place = rest.firstIndex(where: { line in
                    let line = line.replacing(" ", with: "")
                    return parts.allSatisfy(line.contains)
                })
            else {
                Issue.record(
                    "'\(wanted[keyPath: words])' (\(wanted.reason)) is not behind the ones before it in\n\(lines.joined(separator: "\n"))",
                    sourceLocation: location)
                continue
            }
            rest = rest[(place + 1)...]
        }
    }

    /// The history of a resident at the desk in Chinese and at a station in English.
    func expectHistory(_ told: [Told], of number: String, _ location: SourceLocation = #_sourceLocation)
        throws
    {
        let desk = try desk()
        try on("名单", type: "/\(number)\r", at: desk)
        try on("\(number)号", type: "g", at: desk)
        try desk.until("的历史", location)
        expect(told, in: log(at: desk), \.chinese, location)
        try on("的历史", type: "q", at: desk)
        let station = try englishStation()
        try on("shown", type: "/\(number)\r", at: station)
        try on("no. \(number)", type: "g", at: station)
        try station.until("History of", location)
        expect(told, in: log(at: station), \.english, location)
        try on("History of", type: "q", at: station)
        try station.until("按我的小屋号", location)
    }
}
