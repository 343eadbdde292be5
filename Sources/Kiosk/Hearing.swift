// What the hut tells a resident's kiosk, where the screen that stands has nothing of its own to say to it: results that
// come while another screen stands, readings of somebody else, the end of a visit, a nurse who is coming.

import TextScreen
import Vitals

extension Kiosk {
    mutating func hear(_ event: ResidentEvent, _ now: Now) {
        if case .hall(let hall) = event { room.hall = hall }
        room.observe(event)
        let turn = screen.update(.told(event), &room, now: now)
        if case .unused = turn { hearCommon(event, now) } else { follow(turn, now) }
    }

    /// What means the same on every screen.
    private mutating func hearCommon(_ event: ResidentEvent, _ now: Now) {
        switch event {
        case .hall: openOrClose(now)
        // The hut opened a visit for somebody who has gone. With another one here nobody knows who sits: it ends too.
        case .visit where room.visit == nil: room.send(.endVisit(.left))
        case .visit where !screen.isDanger: close(.left, now)
        case .visitOver:
            guard room.visit != nil else { break }
            room.visit = nil
            close(.left, now)
        case .attemptFailed(let kind, _, _): failed(kind, now)
        case .cuffSilent where screen.isAsking:
            // A cuff the hut started and that says nothing may still be tight (H-32).
            if room.place.cuff == .hutStarts { room.send(.stopCuff) }
            show(CuffSilent(), now)
        case .askWhose(let reading) where room.visit != nil:
            room.visit?.measured.insert(reading)
            interrupt(with: WasItYou(reading: reading), now)
        case .result(let result): arrived(result, now)
        case .station(let event): hear(event, now)
        case .notYours(let crisis): notYours(crisis: crisis, now)
        case .otherInstrument(let vital): room.say(.otherReading, about: vital.instrument)
        case .alertTaken(let who): taken(by: who, now)
        case .alertClosed where screen.endsWithAlert: close(.takenByStaff, now)
        default: break
        }
    }

    private mutating func openOrClose(_ now: Now) {
        if room.hall.closed == nil {
            if let closed = screen as? Closed { show(closed.back, now) }
        } else if !screen.standsWhenClosed, !(screen is Closed) {
            show(screen, now)
        }
    }

    private mutating func failed(_ kind: FaultKind, _ now: Now) {
        guard let visit = room.visit else { return }
        if visit.wantsToLeave { return goodbye(now) }
        var next: any Screen = kind == .machine ? CuffSilent() : DidNotWork(kind: kind)
        if visit.failures >= Sitting.mostFailures { next = HowAreYou(isAfterFailures: true) }
        if visit.wantsHelp {
            room.visit?.wantsHelp = false
            next = Help(back: next)
        }
        interrupt(with: next, now)
    }

    private mutating func arrived(_ result: VisitResult, _ now: Now) {
        guard let visit = room.visit else { return }
        if result.asksWhose, !visit.confirmed.contains(result.sequence) {
            room.visit?.measured.insert(result.sequence)
            return interrupt(with: WasItYou(reading: result.sequence, held: result), now)
        }
        guard case .go(let next) = room.show(result, now: now) else { return }
        interrupt(with: next, now)
    }

    /// What the instruments beside the cuff say while another screen stands than the one that waits for them.
    private mutating func hear(_ event: StationEvent, _ now: Now) {
        guard room.visit != nil else { return }
        switch event {
        case .failed(let vital, _): interrupt(with: NoNumber(vital: vital), now)
        case .askWhose(let reading, let vital): interrupt(with: WasItYou(reading: reading, vital: vital), now)
        case .result(let result):
            room.visit?.others.removeAll { $0.sequence == result.sequence }
            room.visit?.others.append(result)
            interrupt(with: room.afterMeasuring(result), now)
        case .began, .again, .silent: break
        }
    }

    /// A new screen from the hut. Danger gives way only to danger.
    private mutating func interrupt(with next: any Screen, _ now: Now) {
        if screen.isDanger, !next.isDanger { return }
        // Who called for help keeps what to do about it; the new screen waits behind.
        if var help = screen as? Help, !next.isDanger {
            help.back = next
            screen = help
            return
        }
        show(next, now)
    }

    private mutating func notYours(crisis: Bool, _ now: Now) {
        guard !screen.isDanger, !(screen is Low) else { return }
        let wasAsking = screen.isAsking
        var back = screen
        if let covered = screen as? NotYours { back = covered.back }
        if wasAsking { back = (screen as? Measuring).map { ItIsMe(vital: $0.vital) } ?? room.beforeMeasuring() }
        show(NotYours(back: back, isCrisis: crisis, measureAgain: wasAsking), now)
    }

    private mutating func taken(by who: String, _ now: Now) {
        room.visit?.takenBy = who
        if screen.endsWithAlert || room.visit?.crisisOpen == true && !screen.isAsking {
            show(SomebodyComes(who: who), now)
        } else {
            room.say(.c6Comes, ["who": who])
        }
    }
}

extension Screen {
    /// A named person's word answers it: C1 to C4 and C6, not a question about a slip, not the better second value.
    fileprivate var endsWithAlert: Bool { isDanger && !(self is VeryBadNow) && !(self is Lower) }
}
