// Instruments on their lines: bytes in, conversation, what it brings to light, bytes out; and how each line stands.

import Attribution
import DeviceLink
import Kiosk
import SerialLine
import Vitals

/// One instrument while the hut runs.
struct InstrumentLine {
    var manner: InstrumentManner
    var profile: DeviceProfile
    var conversation: Conversation
    var keeper: LineKeeper
    var isOpen = false
    /// The hut has sent the start command and its echo has not come yet.
    var startsByHut = false
    var failure: LineFailure?
    /// The paper in a printer, where the settings say so.
    var paper: PaperWidth?
    /// The desk of a printer that stands at one.
    var desk: String?
    /// What was last said of a printer or a modem.
    var trouble: OutputTrouble?
    /// What K0 and the log last said of it.
    var state: InstrumentStatus.State = .starting
}

extension Hut {
    /// Live pressure up to here is an empty cuff (ours; the lowest limit of a plausible diastolic value is 30).
    static let restingPressure: MmHg = 5

    /// Begins to open every line; waits for none.
    func startLines() {
        for instrument in configuration.instruments {
            let id = instrument.manner.id
            let keeper = LineKeeper(instrument.line, queue: queue) { [weak self] event in
                self?.assumeIsolated { $0.lineEvent(event, id) }
            }
            instruments[id] = InstrumentLine(
                manner: instrument.manner, profile: instrument.profile,
                conversation: Conversation(profile: instrument.profile), keeper: keeper, paper: instrument.paper,
                desk: instrument.desk)
            keeper.start()
        }
        startLamp()
    }

    private func lineEvent(_ event: LineEvent, _ id: InstrumentID) {
        let now = self.now
        guard var line = instruments[id] else { return }
        let steps: [Step]
        switch event {
        case .opened:
            (line.isOpen, line.failure) = (true, nil)
            attribution.lineBack(id, now: now)
            steps = line.conversation.opened(at: now.monotonic)
        case .bytes(let bytes):
            noticeClock(now)
            line.conversation.told(now.hut)
            steps = line.conversation.receive(bytes, at: now.monotonic)
        case .lost(let failure, _):
            let wasOpen = line.isOpen
            (line.isOpen, line.failure) = (false, failure)
            steps = wasOpen ? line.conversation.lost(at: now.monotonic) : []
            if wasOpen {
                attribution.lineLost(id, now: now)
                lying.lost(id)
                if line.manner.vital != nil { tellAsker(of: id, .silent) }
            }
        }
        instruments[id] = line
        perform(steps, on: id, at: now)
        noticeState(of: id)
        noticeTrouble(of: id)
        arm()
    }

    /// A deadline of an instrument's conversation has come.
    func instrumentDeadline(_ id: InstrumentID, _ now: Now) {
        guard var line = instruments[id] else { return }
        let steps = line.conversation.deadlineReached(at: now.monotonic)
        instruments[id] = line
        perform(steps, on: id, at: now)
        noticeState(of: id)
        noticeTrouble(of: id)
    }

    /// Does what a conversation asks for.
    func perform(_ steps: [Step], on id: InstrumentID, at now: Now) {
        for step in steps {
            switch step {
            case .send(let bytes): instruments[id]?.keeper.send(bytes)
            case .event(let event, let token): act(on: event, from: id, token: token, at: now)
            case .measurementStarted:
                let byHut = instruments[id]?.startsByHut ?? false
                instruments[id]?.startsByHut = false
                attribution.measurementStarted(id, by: byHut ? .hut : .heard, now: now)
                tellAsker(of: id, .began)
            case .measurementFailed(let why):
                // Attribution keeps its own time, so that a result that still comes is *too late* and nobody's.
                instruments[id]?.startsByHut = false
                if why != .released, instruments[id]?.isOpen == true { tellAsker(of: id, .silent) }
            case .released:
                attribution.measurementLeft(id, now: now)
                tellAsker(of: id, .released)
            case .output(let number, let result): outputEnded(number, result)
            }
        }
    }

    private func act(on event: DeviceEvent, from id: InstrumentID, token: Int?, at now: Now) {
        switch event {
        case .reading(let reading): carry(reading, from: id, token: token, at: now)
        case .cuffPressure(let pressure):
            // A monitor that streams 0 mmHg while it rests is not measuring.
            if pressure > Hut.restingPressure { attribution.measurementStarted(id, by: .heard, now: now) }
            if let station = instruments[id]?.manner.station { tell(station, .cuffPressure(pressure)) }
        case .fault(let fault, let raw): failed(fault, raw: raw, on: id, token: token, at: now)
        case .noValue(let vital, let why, let band, let raw):
            measuredNothing(vital, why, band: band, raw: raw, from: id, token: token, at: now)
        case .signal(let signal, let band, let text, let raw):
            signalled(signal, band, text, raw: raw, from: id, token: token, at: now)
        case .position(let position, let band):
            bandSaid(.position(position, band, wearer: attribution.wearer(of: band, at: now.hut)))
        case .battery(let percent, let band): bandSaid(.battery(percent: percent, band))
        case .identity(let token): identityRead(token, on: id, at: now)
        case .identityLifted: lying.lifted(from: id)
        }
    }

    /// A device error belongs to the visit that had asked; nobody's otherwise.
    private func failed(_ fault: DeviceFault, raw: [UInt8], on id: InstrumentID, token: Int?, at now: Now) {
        let owner = attribution.measurementFailed(id, now: now)
        let station = instruments[id]?.manner.station
        if case .visit(let visit) = owner, let station, let vital = instruments[id]?.manner.vital,
            vital != .bloodPressure
        {
            // Three failures at the cuff are a reason to measure by hand (BP-14); a cold finger is none.
            note([.fault(fault, id, station, nil, raw: raw)], acknowledging: token, on: id)
            if places[station.rawValue]?.visit?.id == visit { tell(station, .station(.failed(vital, fault.kind))) }
            return
        }
        guard case .visit(let visit) = owner, let station else {
            if case .staff = owner, let station { tellStaff(station, .failed(HutPhrase.cuffFailed)) }
            return note([.fault(fault, id, station, nil, raw: raw)], acknowledging: token, on: id)
        }
        work { hut in
            guard await hut.append([.fault(fault, id, station, visit, raw: raw)], at: now.hut) != nil else { return }
            hut.acknowledge(token, on: id)
            hut.attemptFailed(fault, visit, at: station)
            await hut.review(hut.place(of: visit)?.visit?.resident)
        }
    }

    /// Puts a change of an instrument's state on the screen and into the log, once.
    private func noticeState(of id: InstrumentID) {
        guard let line = instruments[id] else { return }
        let state = line.currentState
        guard state != line.state else { return }
        instruments[id]?.state = state
        switch state {
        case .ready: log(.info, "\(id.rawValue): ready")
        case .starting: break
        case .unplugged, .refused, .stopped:
            let failure = line.failure
            log(.warning, "\(id.rawValue): \(failure.map { "\($0)" } ?? "lost"); hint: \(failure?.hint ?? "")")
        case .silent: log(.warning, "\(id.rawValue): does not answer; hint: is it switched on, and the cable right?")
        case .babbling:
            log(.warning, "\(id.rawValue): sends only noise; hint: check baud, parity and the monitor's output format")
        }
        if let station = line.manner.station { pushHall(station) }
        tellDevices()
    }
}

extension InstrumentLine {
    fileprivate var currentState: InstrumentStatus.State {
        guard isOpen else {
            switch failure {
            case nil: return .starting
            case .unplugged, .noSuchPort: return .unplugged
            case .refused, .closedByPeer, .noAnswer, .nameNotFound: return .refused
            default: return .stopped
            }
        }
        switch conversation.health {
        case .silent: return .silent
        case .babbling: return .babbling
        case .quiet, .talking: return .ready
        }
    }
}
