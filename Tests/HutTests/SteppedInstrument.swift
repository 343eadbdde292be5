// A simulated instrument on a real socket, played step by step by the thread of the test, so that the program under test
// can be killed between any two things that pass on the line. The instrument outlives the hut, as a real one does.

import DeviceLink
import Foundation
import Testing
import Vitals

@testable import healthhut

/// One instrument, one hut at a time.
final class SteppedInstrument {
    /// What it knows and keeps; to be asked by the test.
    private(set) var device: Simulator
    /// What the hut of now has said.
    private(set) var said: [UInt8] = []
    /// It sends this as soon as a hut connects, asked by nobody.
    var pushes: (inout Simulator, MonotonicTime) -> [UInt8] = { _, _ in [] }
    /// Called when the hut has read a whole message.
    var delivered: () throws -> Void = {}

    /// No conversation of the shelf takes so many words.
    private static let patience = 20
    private let listening: Int32
    private var connected: Int32 = -1
    private var now = MonotonicTime(nanoseconds: 0)
    private var momentsLeft = Int.max
    private var kills: () -> Void = {}

    /// Thrown to the end of a conversation.
    private struct Killed: Error {}

    init(_ name: String, at path: String) throws {
        try #require(Program.survivesBrokenPipes)
        let profile = try HutConfiguration.loadProfile(name, devices: "\(Program.root.path)/Devices")
        device = try Simulator(profile: profile, plan: SimulationPlan())
        listening = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = try #require(sockaddr_un(path: path))
        try #require(address.withAddress { bind(listening, $0, $1) } == 0)
        listen(listening, 4)
    }

    deinit {
        close(listening)
        if connected >= 0 { close(connected) }
    }

    /// Somebody measures with it, while no hut is there.
    func measure() {
        _ = device.press(at: now)
        now = now + .seconds(300)
        _ = device.deadlineReached(at: now)
    }

    /// Meets a hut and talks with it until `isOver`, which is looked at whenever the device has had its say; or until so
    /// many moments have passed, then `kills` ends the hut and the answer is true.
    func talk(
        killedAfter moments: Int = .max, by kills: @escaping () -> Void = {}, until isOver: (SteppedInstrument) -> Bool
    ) throws -> Bool {
        (momentsLeft, self.kills, said) = (moments, kills, [])
        var wait = pollfd(fd: listening, events: Int16(POLLIN), revents: 0)
        try #require(poll(&wait, 1, tooLong) == 1, "the hut did not connect")
        connected = Glibc.accept(listening, nil, nil)
        defer {
            close(connected)
            connected = -1
        }
        do {
            try moment()
            try deliver(device.opened(at: now))
            try deliver(pushes(&device, now))
            for _ in 0..<SteppedInstrument.patience {
                while try playsOn() {}
                if isOver(self) { return false }
                try hear()
            }
            Issue.record("they talk and talk; the hut said \(HexText.text(of: said))")
            throw CancellationError()
        } catch is Killed {
            return true
        }
    }

    /// What it says by itself; false when it only listens.
    private func playsOn() throws -> Bool {
        guard let next = device.deadline else { return false }
        now = max(now, next)
        try deliver(device.deadlineReached(at: now))
        return true
    }

    /// Waits for the hut's next words and answers them.
    private func hear() throws {
        var wait = pollfd(fd: connected, events: Int16(POLLIN), revents: 0)
        try #require(poll(&wait, 1, tooLong) == 1, "the hut says nothing; so far it said \(HexText.text(of: said))")
        guard case .bytes(let bytes) = readAvailable(connected) else {
            Issue.record("the hut let go of the line")
            throw CancellationError()
        }
        said += bytes
        try moment()
        let answer = device.receive(bytes, at: now)
        try moment()
        try deliver(answer)
    }

    /// Writes a message in four pieces; the hut has read each before the next is written, and what it does with the whole
    /// has only begun when the moment after it comes.
    private func deliver(_ bytes: [UInt8]) throws {
        guard !bytes.isEmpty else { return }
        var written = 0
        for end in Set([1, bytes.count / 2, bytes.count - 1, bytes.count]).sorted() where end > written {
            writeAll(connected, bytes: Array(bytes[written..<end]))
            written = end
            try moment()
            try untilRead()
            try moment()
        }
        try delivered()
        try moment()
    }

    /// Returns when the hut has read everything that was written.
    private func untilRead() throws {
        var unread: Int32 = 1
        for _ in 0..<tooLong {
            try #require(ioctl(connected, UInt(TIOCOUTQ), &unread) == 0)
            guard unread > 0 else { return }
            poll(nil, 0, 1)
        }
        Issue.record("the hut does not read its line")
        throw CancellationError()
    }

    private func moment() throws {
        momentsLeft -= 1
        guard momentsLeft == 0 else { return }
        kills()
        throw Killed()
    }
}
