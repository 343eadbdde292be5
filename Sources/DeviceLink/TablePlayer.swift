// An instrument played from its profile: answers what the exchange expects, measures and gives a result, streams while a
// finger is in, hands out its memory. What it measures it plays with `Performance`, what it keeps with `PlayedMemory`.
import Vitals

/// The device's side of a profile's exchange.
struct TablePlayer: Player {
    private let table: MessageTable
    private let stage: Stage
    private var plan: SimulationPlan
    private var framer: Framer
    private var ear: HostEar
    private var measurement: Measurement?
    private var stream: PlayedStream?
    private var memory: PlayedMemory
    /// The result of a measurement that is over, until it is asked for.
    private var waiting: [UInt8]?

    init(_ profile: DeviceProfile, _ table: MessageTable, _ plan: SimulationPlan) throws(SimulationError) {
        guard let script = profile.simulate else {
            throw SimulationError(
                problem: "the profile of \(profile.name) has no `simulate`", hint: "say how long a measurement lasts")
        }
        (self.table, self.plan) = (table, plan)
        stage = Stage(table: table, script: script, vital: profile.vital)
        framer = Framer(table.hostFraming)
        ear = HostEar(table: table)
        stream = PlayedStream(stage)
        memory = PlayedMemory(stage, plan)
    }

    mutating func show(_ plan: SimulationPlan) throws(SimulationError) {
        let reading = stage.reading(plan)
        guard reading.flatMap({ stage.frame(of: $0) }) != nil || plan.fault == .errorFrame else {
            throw SimulationError(
                problem: "the device cannot show that reading", hint: "with a pulse, as in 138/86/72; three digits each"
            )
        }
        self.plan = plan
    }

    var deadline: MonotonicTime? { [measurement?.next, stream?.next, memory.pushAt].compactMap(\.self).min() }

    mutating func opened(at now: MonotonicTime, _ outbox: inout Outbox) {
        framer.abandon()
        stream?.opened(at: now)
        memory.opened(at: now)
        if plan.pressStart { press(at: now, &outbox) }
        playByItself(until: now, &outbox)
    }

    mutating func receive(_ bytes: [UInt8], at now: MonotonicTime, _ outbox: inout Outbox) {
        framer.push(bytes, to: &ear)
        for heard in ear.take() { answer(heard, at: now, &outbox) }
    }

    private mutating func answer(_ heard: Record, at now: MonotonicTime, _ outbox: inout Outbox) {
        let exchange = table.exchange
        if exchange.saved?.send == heard.message { memory.acknowledged() }
        if exchange.fetch?.ask.send == heard.message {
            if let waiting { outbox.put(waiting, plan.fault, at: now) }
            return
        }
        if exchange.pollsOnlyMeasuring, exchange.poll?.ask.send == heard.message {
            if let measurement { outbox.put(stage.pressure(in: measurement, at: now), at: now) }
            return
        }
        if let frames = memory.answer(to: heard, plan) {
            for (number, frame) in frames.enumerated() {
                outbox.put(frame, number == frames.count - 1 ? plan.fault : nil, at: now)
            }
        } else if let frame = stream?.answer(to: heard, plan, at: now) {
            outbox.put(frame, plan.fault, at: now)
        } else if let ask = exchange.asks.first(where: { $0.send == heard.message }), let answer = ask.expect.first,
            messages(answer) == nil, let frame = table.frame(of: table.blank(answer))
        {
            outbox.put(frame, at: now)
        }
        if exchange.start.contains(where: { $0.send == heard.message }) { begin(at: now) }
        if exchange.stop.contains(where: { $0.send == heard.message }) { (measurement, waiting) = (nil, nil) }
    }

    /// Whether an answer carries a value, which is never made up.
    private func messages(_ index: Int) -> VitalKind? { table.messages[index].gives.vital }

    mutating func press(at now: MonotonicTime, _ outbox: inout Outbox) {
        if stream != nil {
            stream?.press(at: now)
            playByItself(until: now, &outbox)
        } else {
            begin(at: now)
        }
    }

    /// The start key: a running measurement is not begun again.
    private mutating func begin(at now: MonotonicTime) {
        waiting = nil
        if measurement == nil { measurement = Measurement(stage.script, at: now) }
    }

    mutating func deadlineReached(at now: MonotonicTime, _ outbox: inout Outbox) {
        playByItself(until: now, &outbox)
        while var running = measurement, running.next <= now {
            if running.next >= running.ends {
                measurement = nil
                finish(running, &outbox)
            } else {
                running.last = stage.pressure(in: running, at: running.next)
                outbox.put(running.last, at: running.next)
                running.goOn(stage.script)
                measurement = running
            }
        }
    }

    /// What nobody asked for: the samples of a stream, the records of a memory that is forwarded.
    private mutating func playByItself(until now: MonotonicTime, _ outbox: inout Outbox) {
        while let next = memory.pushAt, next <= now { outbox.put(memory.push(), plan.fault, at: next) }
        while let next = stream?.next, next <= now {
            let frame = stream?.play(plan) ?? []
            outbox.put(frame, stream?.isPressed == true ? plan.fault : nil, at: next)
        }
    }

    private mutating func finish(_ running: Measurement, _ outbox: inout Outbox) {
        guard plan.fault != .noResult else { return }
        if stage.isPolled, plan.fault == nil || plan.fault?.isOfTheLine == true, let reading = stage.reading(plan) {
            return memory.keep(reading)
        }
        guard let result = stage.result(plan) else { return }
        if let fetch = table.exchange.fetch, let done = table.frame(of: table.blank(fetch.after)) {
            waiting = result
            return outbox.put(done, at: running.ends)
        }
        outbox.put(result, before: running.last.isEmpty ? result : running.last, plan.fault, at: running.ends)
    }
}

/// A running measurement of a cuff, or of anything else that takes its time.
struct Measurement: Sendable {
    var began: MonotonicTime
    var ends: MonotonicTime
    /// When the next live pressure is due; the end for a device that shows none.
    var next: MonotonicTime
    var last: [UInt8] = []

    init(_ script: SimulateFile, at now: MonotonicTime) {
        (began, ends) = (now, now + .seconds(fraction: script.lasts))
        next = script.every.map { now + .seconds(fraction: $0) } ?? ends
    }

    mutating func goOn(_ script: SimulateFile) {
        next = min(next + .seconds(fraction: script.every ?? script.lasts), ends)
    }
}

/// Hears the host.
private struct HostEar: FrameJudge, Sendable {
    let table: MessageTable
    private var heard: [Record] = []

    init(table: MessageTable) { self.table = table }

    mutating func accept(_ frame: ArraySlice<UInt8>) -> Bool {
        guard let fit = table.fit(table.hostFraming.message(in: frame), fromHost: true) else { return true }
        heard.append(fit.record)
        return true
    }

    mutating func take() -> [Record] {
        defer { heard = [] }
        return heard
    }
}
