// A simulated instrument behind a real socket, on a thread of its own. Its time is the test's impatience: whatever it
// would do later it does at once.

import DeviceLink
import Foundation
import Testing
import Vitals

@testable import healthhut

/// One instrument that any number of huts may connect to, one after the other.
///
/// `@unchecked Sendable`: its state is touched with `changed` locked.
final class LineSimulator: @unchecked Sendable {
    private let changed = NSCondition()
    private var plan: SimulationPlan
    private var heard: [UInt8] = []
    private var now = MonotonicTime(nanoseconds: 0)
    private let profile: DeviceProfile
    private let listening: Int32

    init(_ device: String, at path: String, plan: SimulationPlan = SimulationPlan(), fault: SimulatedFault? = nil)
        throws
    {
        try #require(Program.survivesBrokenPipes)
        profile = try HutConfiguration.loadProfile(device, devices: "\(Program.root.path)/Devices")
        self.plan = plan
        self.plan.fault = fault
        listening = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = try #require(sockaddr_un(path: path))
        try #require(address.withAddress { bind(listening, $0, $1) } == 0)
        listen(listening, 4)
        Thread.detachNewThread { [self] in serve() }
    }

    func close() { shutdown(listening, Int32(SHUT_RDWR)) }

    /// From now on it misbehaves so, or behaves.
    func show(_ fault: SimulatedFault?) {
        changed.withLock { plan.fault = fault }
    }

    /// Waits until what the hut has sent so far is as wanted; gives it.
    @discardableResult
    func until(
        _ what: String, _ location: SourceLocation = #_sourceLocation, _ isThere: ([UInt8]) -> Bool
    ) throws -> [UInt8] {
        changed.lock()
        defer { changed.unlock() }
        let limit = Date(timeIntervalSinceNow: Double(tooLong) / 1_000)
        while !isThere(heard) {
            guard changed.wait(until: limit) else {
                Issue.record("the hut did not send \(what)", sourceLocation: location)
                throw CancellationError()
            }
        }
        return heard
    }

    /// Everything so far.
    var bytes: [UInt8] { changed.withLock { heard } }

    /// What it is from the next connection on.
    func become(_ plan: SimulationPlan) {
        changed.withLock { self.plan = plan }
    }

    private func serve() {
        while true {
            let connected = accept(listening, nil, nil)
            guard connected >= 0 else { return Glibc.close(listening).ignored }
            talk(connected)
            Glibc.close(connected)
        }
    }

    private func talk(_ connected: Int32) {
        guard var device = try? Simulator(profile: profile, plan: changed.withLock { plan }) else { return }
        writeAll(connected, bytes: device.opened(at: now) + rest(&device))
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while case let count = read(connected, &buffer, buffer.count), count > 0 {
            try? device.show(changed.withLock { plan })
            let answer = device.receive(Array(buffer.prefix(count)), at: now)
            writeAll(connected, bytes: answer + rest(&device))
            changed.withLock {
                heard += buffer.prefix(count)
                changed.broadcast()
            }
        }
    }

    /// What it would say in the next minute.
    private func rest(_ device: inout Simulator) -> [UInt8] {
        now = now + .seconds(60)
        return device.deadlineReached(at: now)
    }
}

extension Int32 {
    fileprivate var ignored: Void { () }
}
