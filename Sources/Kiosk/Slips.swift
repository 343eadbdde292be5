// The slip a resident may take home: the sentences and numbers of K17 and nothing else, with the masked name, because
// paper is left lying about. It tells only of readings that are on disk; a guest who keeps nothing gets none.

import TextScreen
import Vitals

/// How the printer of a station stands.
package enum PrinterStanding: Hashable, Sendable {
    case ready, noPaper
    /// Switched off, unplugged, open, out of order.
    case off
}

/// What became of a slip.
package enum SlipNews: Hashable, Sendable, CaseIterable {
    case printed, noPaper, off
    /// It was sent, and nobody knows what the printer did.
    case unknown
}

extension Room {
    /// The keys of K17 name the slip: a printer here can print, and something on disk is to be printed. What a printer
    /// without paper or power cannot keep is not promised.
    var offersSlip: Bool { hall.printer == .ready && hasSomethingToPrint }

    /// The key is answered wherever there is a printer: whoever knows it from last time is told why there is no slip.
    var mayAskForSlip: Bool { hall.printer != nil && hasSomethingToPrint }

    private var hasSomethingToPrint: Bool {
        guard let visit else { return false }
        return visit.keeps && (visit.shown != nil || !visit.otherValues.isEmpty)
    }

    /// The key `4`: asks for the slip, or says why there is none. Nothing waits for it.
    mutating func askForSlip(now: Now) {
        guard mayAskForSlip, let slip = slip(now: now) else { return }
        switch hall.printer {
        case .ready where visit?.isPrinting == true: say(.slipPrinting)
        case .ready:
            visit?.isPrinting = true
            send(.printSlip(slip))
            say(.slipPrinting)
        case .noPaper: say(.slipNoPaper)
        case .off, nil: say(.slipOff)
        }
    }

    /// What the printer did, in the bottom line of whatever screen of the visit stands.
    /// Advice in danger is not talked over.
    mutating func hearOfSlip(_ news: SlipNews, quietly: Bool) {
        guard visit?.isPrinting == true else { return }
        visit?.isPrinting = false
        guard !quietly else { return }
        switch news {
        case .printed: say(.slipPrinted)
        case .noPaper: say(.slipNoPaper)
        case .off: say(.slipOff)
        case .unknown: say(.slipUnknown)
        }
    }

    /// The slip of the visit as it stands.
    func slip(now: Now) -> Slip? {
        guard hasSomethingToPrint, let visit else { return nil }
        let look = Look(room: self, now: now, isWide: true)
        var lines = slipHead(look)
        if let shown = visit.shown { lines += slipValue(shown, of: visit, look) }
        lines += visit.otherValues.map { Slip.Line($0.sentence(look), .bold) }
        lines += slipAdvice(visit.shown, look)
        return Slip(
            lines: lines, invitation: slipInvitation(visit, look),
            readings: visit.results.map(\.result.sequence) + visit.otherValues.map(\.sequence))
    }

    /// A code stands for a resident, and only where a scanner will read it again; a helper takes home no key to the past
    /// of the one she helped.
    private func slipInvitation(_ visit: Sitting, _ look: Look) -> [Slip.Line] {
        guard hall.readsCodes, !visit.view.visitor.isGuest, !visit.view.isHelped else { return [] }
        return [
            Slip.Line(""), Slip.Line(look.say(.slipScanMe), isCentred: true),
            Slip.Line(look.say(.slipKeepMe), isCentred: true),
        ]
    }

    private func slipHead(_ look: Look) -> [Slip.Line] {
        let time = place.offset.civil(of: look.now.hut)
        let day = place.offset.day(of: look.now.hut)
        var who = look.who(look.visitor)
        if let number = look.visitor?.number { who += "  " + look.say(.number, ["number": number]) }
        return [
            Slip.Line(place.hutName, .bold, isCentred: true),
            Slip.Line("\(day.iso) \(time.hour.padded(2)):\(time.minute.padded(2))", isCentred: true),
            Slip.Line(""), Slip.Line(who, .bold),
        ]
    }

    private func slipValue(_ shown: VisitResult, of visit: Sitting, _ look: Look) -> [Slip.Line] {
        let session = shown.session
        var lines = [
            Slip.Line(look.say(session.count == 2 ? .k17TodayTogether : .k17Today)),
            Slip.Line(session.text, .big, isCentred: true),
        ]
        if let pulse = session.pulse { lines.append(Slip.Line(look.say(.pulse, ["pulse": String(pulse.value)]))) }
        lines.append(Slip.Line("\(shown.word.shape)  \(shown.word.text[look.language])", .bold))
        if visit.results.count > 1 {
            lines += visit.results.enumerated().map { place, taken in
                let fill: KeyValuePairs = ["count": String(place + 1), "value": taken.result.pressure.text]
                return Slip.Line(look.say(.slipReading, fill))
            }
        }
        return lines
    }

    private func slipAdvice(_ shown: VisitResult?, _ look: Look) -> [Slip.Line] {
        var lines = [Slip.Line(""), Slip.Line(look.say(.k17Medicine)), Slip.Line(look.say(.slipFeelBad))]
        if let next = shown?.nextDay {
            let weekday = StaffWords.weekday(next)[look.language]
            lines.append(Slip.Line(look.say(.slipNextTime, ["day": look.day(next), "weekday": weekday]), .bold))
        }
        lines.append(Slip.Line(look.say(.c3SignsWide)))
        if let phone = visit?.view.doctor ?? phone { lines.append(Slip.Line("\(phone.who) \(phone.number)")) }
        return lines
    }
}

extension Sitting {
    /// The values of the instruments beside the cuff; one that gave no number has none to print.
    var otherValues: [StationResult] {
        others.filter { if case .vital = $0.value { true } else { false } }
    }
}
