// A resident's terminal on a real socket: it sends keys, understands the few escape sequences a kiosk paints with, and
// lets a test wait for what must stand on the screen.

import Foundation
import Testing

@testable import TextScreen
@testable import healthhut

/// Milliseconds after which what a test waits for will never come, on the busiest machine.
let tooLong: Int32 = 60_000

/// One terminal connected to a kiosk's socket. Used by one test on one thread.
final class TestTerminal {
    private let descriptor: Int32
    private var cells: [[String]]
    private var cursor = (row: 0, column: 0)
    private var pending: [UInt8] = []
    /// Every byte that came, for a test that looks for what must never have been sent.
    private(set) var heard: [UInt8] = []
    private let size: ScreenSize
    /// How often it rang.
    private(set) var bells = 0

    /// Connects and reports its size.
    init(_ path: String, size: ScreenSize = ScreenSize(columns: 80, rows: 24)) throws {
        try #require(Program.survivesBrokenPipes)
        descriptor = try connectUnix(path)
        self.size = size
        cells = Array(repeating: Array(repeating: " ", count: size.columns), count: size.rows)
        send("\u{1B}[48;\(size.rows);\(size.columns);0;0t")
    }

    deinit { close(descriptor) }

    /// What stands on the screen, a line a row.
    var text: String {
        cells.map { $0.joined().replacing(#/\s+$/#, with: "") }.joined(separator: "\n")
    }

    /// Whether the hut keeps the connection: it has painted something and not ended it.
    var isAlive: Bool {
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, tooLong) == 1, case .bytes(let bytes) = readAvailable(descriptor) else { return false }
        take(bytes)
        return !text.contains("in use")
    }

    /// Types keys at once, as a terminal would send them.
    func send(_ keys: String) { writeAll(descriptor, keys) }

    /// Whether something stands on the screen, or comes within so many milliseconds.
    func shows(_ wanted: String, within milliseconds: Int32) -> Bool {
        while !text.contains(wanted) {
            var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&wait, 1, milliseconds) == 1, case .bytes(let bytes) = readAvailable(descriptor) else {
                return false
            }
            take(bytes)
        }
        return true
    }

    /// The screen with everything read that the hut has said: a hut that has settled says no more.
    var settled: String {
        // Nothing is called so, and therefore everything is read.
        _ = shows("\u{0}", within: 0)
        return text
    }

    /// Reads until `wanted` stands on the screen; fails the test when the hut ends the connection first.
    @discardableResult
    func until(_ wanted: String, _ location: SourceLocation = #_sourceLocation) throws -> String {
        while !text.contains(wanted) {
            var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&wait, 1, tooLong) == 1, case .bytes(let bytes) = readAvailable(descriptor) else {
                Issue.record("'\(wanted)' did not come; what stands there is\n\(text)", sourceLocation: location)
                throw CancellationError()
            }
            take(bytes)
        }
        return text
    }

    private func take(_ bytes: [UInt8]) {
        heard += bytes
        pending += bytes
        paint()
    }

    private func paint() {
        while let first = pending.first {
            if first == 0x1B {
                guard let end = pending.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else { return }
                obey(Array(pending[2..<end]), UInt8(pending[end]))
                pending.removeFirst(end + 1)
            } else {
                let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
                guard pending.count >= length else { return }
                let glyph = String(decoding: pending.prefix(length), as: UTF8.self)
                pending.removeFirst(length)
                if first == 0x07 { bells += 1 }
                if first >= 0x20 { put(glyph) }
            }
        }
    }

    private func put(_ glyph: String) {
        let width = glyph.first.map(cellWidth) ?? 1
        guard cursor.row < size.rows, cursor.column + width <= size.columns else { return }
        cells[cursor.row][cursor.column] = glyph
        if width == 2 { cells[cursor.row][cursor.column + 1] = "" }
        cursor.column += width
    }

    private func obey(_ parameters: [UInt8], _ command: UInt8) {
        let numbers = String(decoding: parameters, as: UTF8.self).split(separator: ";").map { Int($0) ?? 0 }
        switch command {
        case UInt8(ascii: "H"): cursor = ((numbers.first ?? 1) - 1, (numbers.dropFirst().first ?? 1) - 1)
        case UInt8(ascii: "C"): cursor.column += numbers.first ?? 1
        case UInt8(ascii: "J"):
            cells = Array(repeating: Array(repeating: " ", count: size.columns), count: size.rows)
        case UInt8(ascii: "K"):
            for column in cursor.column..<size.columns { cells[cursor.row][column] = " " }
        default: break
        }
    }
}

/// A program on the watch socket.
final class TestWatcher {
    private let descriptor: Int32
    private var unread: [UInt8] = []
    private var all: [UInt8] = []

    init(_ path: String, since sequence: Int? = nil) throws {
        try #require(Program.survivesBrokenPipes)
        descriptor = try connectUnix(path)
        writeAll(descriptor, sequence.map { "since \($0)\n" } ?? "now\n")
    }

    deinit { close(descriptor) }

    /// Whether anything has come, or comes within so many milliseconds.
    func hears(within milliseconds: Int32) -> Bool {
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return !unread.isEmpty || poll(&wait, 1, milliseconds) == 1
    }

    /// Every line a watcher was sent until the hut ended.
    static func everything(before watcher: TestWatcher) throws -> [String] {
        while case .bytes(let bytes) = readAvailable(watcher.descriptor) { watcher.all += bytes }
        return String(decoding: watcher.all, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The next line that contains `text`.
    func line(containing text: String, _ location: SourceLocation = #_sourceLocation) throws -> String {
        while true {
            while let end = unread.firstIndex(of: 10) {
                let line = String(decoding: unread[..<end], as: UTF8.self)
                unread.removeFirst(end + 1)
                if line.contains(text) { return line }
            }
            var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&wait, 1, tooLong) == 1, case .bytes(let bytes) = readAvailable(descriptor) else {
                Issue.record("no line with '\(text)' came", sourceLocation: location)
                throw CancellationError()
            }
            unread += bytes
            all += bytes
        }
    }
}
