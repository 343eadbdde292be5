// The nurse of the morning: she reads the list, finds a row by its name, types its number and the keys of nurse-screens 4.
// Nothing else moves the hut, and every key is counted.

import Foundation
import Testing
import TextScreen
import Vitals

@testable import healthhut

/// Hands on the keyboard of the desk, eyes on its screen.
final class MorningNurse {
    let morning: BusyMorning
    let terminal: TestTerminal
    /// Keys that did something for somebody, by what was done: how many times and how many keys.
    private(set) var done: [String: (times: Int, keys: Int)] = [:]
    /// Keys that only turned pages.
    private(set) var looking = 0
    /// Steps after which what is shown and hidden was compared with the ledger.
    private(set) var compared = 0

    init(_ morning: BusyMorning, size: ScreenSize) throws {
        self.morning = morning
        terminal = try morning.hut.nurse(size: size)
    }

    /// What stands on the screen when everything is done.
    var screen: String {
        morning.hut.settle()
        return terminal.settled
    }

    /// Types keys one by one; a second passes before each.
    func press(_ keys: String, _ location: SourceLocation = #_sourceLocation) {
        for key in keys {
            morning.hut.pass(1)
            terminal.send(String(key))
        }
        let screen = screen
        #expect(!screen.contains("这个键在这里没有用"), "\(keys)\n\(screen)", sourceLocation: location)
    }

    func look(_ keys: String) {
        press(keys)
        looking += keys.count
    }

    /// The number of the row in which this stands, turning pages until it is seen.
    func row(_ words: String, _ location: SourceLocation = #_sourceLocation) throws -> Int {
        for _ in 0..<120 {
            if let row = rowOnScreen(words) { return row }
            let before = screen
            look("+")
            // The end of the list: from its beginning again. On the worklist one key does that.
            if screen == before { look(before.contains("显示") ? "a" : String(repeating: "-", count: 10)) }
        }
        Issue.record("no row with '\(words)'\n\(screen)", sourceLocation: location)
        throw CancellationError()
    }

    private func rowOnScreen(_ words: String) -> Int? {
        for line in screen.split(separator: "\n") where line.contains(words) {
            let digits = line.drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber }
            let rest = line.drop { $0 == " " }.dropFirst(digits.count)
            if let row = Int(digits), " !o.".contains(rest.first ?? "x") { return row }
        }
        return nil
    }

    /// Types the number of a row and keys, and compares the count with the table; a longer number is its own key more.
    func act(
        _ what: String, on words: String, _ keys: String, budget: Int, before: String = "",
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let row = String(try row(words, location))
        press(row + keys, location)
        let count = before.count + row.count + keys.count
        #expect(count == budget + row.count - 1, "\(what)", sourceLocation: location)
        note(what, count)
    }

    func note(_ what: String, _ keys: Int) {
        done[what, default: (0, 0)].times += 1
        done[what, default: (0, 0)].keys += keys
    }

    /// On the worklist: what it shows and what it hides is everybody, by the ledger.
    func compare(_ location: SourceLocation = #_sourceLocation) throws {
        let screen = screen
        let everybody = try morning.everybody()
        let shown = try #require(screen.firstMatch(of: /显示 ?(\d+)/)?.1, "\(screen)", sourceLocation: location)
        let hidden = try #require(screen.firstMatch(of: /藏起 ?(\d+)/)?.1, "\(screen)", sourceLocation: location)
        #expect(Int(shown) == everybody.shown, "\(screen)", sourceLocation: location)
        #expect(Int(hidden) == everybody.hidden, "\(screen)", sourceLocation: location)
        compared += 1
    }

    var keys: Int { done.values.reduce(0) { $0 + $1.keys } }
    /// How often something was done for somebody.
    var acts: Int { done.values.reduce(0) { $0 + $1.times } }
}
