// A simulated instrument on a real socket, for one connection or many: `healthhut simulate`, the demo, and the tests
// of whole huts. The instrument itself is pure (`DeviceLink.Simulator`); here are its socket and its clock.

import DeviceLink
import Dispatch
import SerialLine
import Settings
import Vitals

/// Plays one instrument to whoever connects.
actor SimulatorHost {
    nonisolated let queue: DispatchQueue
    private nonisolated let executor: QueueExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let profile: DeviceProfile
    private let clock: HutClock
    private var plan: SimulationPlan
    private var listener: Listener?
    private var players: [Int32: (connection: Connection, simulator: Simulator)] = [:]
    private let timer: HutTimer

    /// - Throws: `CommandError` when the device cannot play the plan.
    init(profile: DeviceProfile, plan: SimulationPlan, clock: HutClock) throws(CommandError) {
        queue = DispatchQueue(label: "simulator")
        executor = QueueExecutor(queue)
        (self.profile, self.plan, self.clock) = (profile, plan, clock)
        timer = HutTimer(queue: queue, clock: clock)
        do {
            _ = try Simulator(profile: profile, plan: plan)
        } catch {
            throw CommandError(error.problem, hint: error.hint, status: 64)
        }
    }

    /// Listens at `address`; every connection meets an instrument that has just been switched on.
    func listen(_ address: SocketAddress) throws(SocketError) {
        timer.start { [weak self] in self?.assumeIsolated { $0.deadlineReached() } }
        listener = try Listener(address, queue: queue) { [weak self] descriptor in
            self?.assumeIsolated { $0.connected(descriptor) }
        }
    }

    /// Somebody presses the instrument's own button.
    func press() {
        for (descriptor, var player) in players {
            player.connection.send(player.simulator.press(at: clock.now.monotonic))
            players[descriptor] = player
        }
        arm()
    }

    /// The next measurement shows these values.
    func show(_ pressure: BloodPressure, clock time: CivilTime) {
        (plan.pressure, plan.clock) = (pressure, time)
        for descriptor in players.keys { try? players[descriptor]?.simulator.show(plan) }
    }

    /// The card, tag or code that is laid down next.
    func show(_ token: IdentityToken, fault: SimulatedFault? = nil) {
        (plan.token, plan.fault) = (token, fault)
        for descriptor in players.keys { try? players[descriptor]?.simulator.show(plan) }
    }

    /// From now on it misbehaves so, or behaves.
    func misbehave(_ fault: SimulatedFault?) {
        plan.fault = fault
        for descriptor in players.keys { try? players[descriptor]?.simulator.show(plan) }
    }

    /// What a scanner would read from the last slip; nil for everything but a printer that has printed one.
    var printedCode: String? { players.values.compactMap(\.simulator.printedCode).last }

    /// Does what is due, and arms the timer again, after the clock was put forward or changed its pace.
    func rearm() { deadlineReached() }

    /// Ends every connection and listens no more.
    func close() {
        listener?.close()
        timer.stop()
        for player in players.values { player.connection.close() }
    }

    private func connected(_ descriptor: Int32) {
        guard var simulator = try? Simulator(profile: profile, plan: plan) else { return }
        let connection = Connection(descriptor, queue: queue) { [weak self] event in
            self?.assumeIsolated { $0.event(event, descriptor) }
        }
        connection.send(simulator.opened(at: clock.now.monotonic))
        players[descriptor] = (connection, simulator)
        arm()
    }

    private func event(_ event: Connection.Event, _ descriptor: Int32) {
        switch event {
        case .bytes(let bytes):
            guard var player = players[descriptor] else { return }
            player.connection.send(player.simulator.receive(bytes, at: clock.now.monotonic))
            players[descriptor] = player
        case .drained: break
        case .closed: players[descriptor] = nil
        }
        arm()
    }

    private func deadlineReached() {
        let now = clock.now.monotonic
        for (descriptor, var player) in players where (player.simulator.deadline).map({ $0 <= now }) == true {
            player.connection.send(player.simulator.deadlineReached(at: now))
            players[descriptor] = player
        }
        arm()
    }

    private func arm() { timer.move(to: players.values.compactMap(\.simulator.deadline).min()) }
}
