// How the hut stands, as every kiosk is told: instruments, bench, printer, and whether a nurse is listening.

import Attribution
import Kiosk
import Vitals

extension Hut {
    /// Tells a station's kiosk how the hut stands.
    func pushHall(_ station: StationID) { pushHall(at: station.rawValue) }

    /// Tells every kiosk how the hut stands.
    func pushHalls() { for id in places.keys { pushHall(at: id) } }

    func pushHall(at id: String) {
        guard let place = places[id] else { return }
        let station = place.station
        let statuses = instruments.values.filter { station == nil || $0.manner.station == station }.map {
            InstrumentStatus(
                instrument: $0.manner.id, vital: $0.manner.vital, reads: $0.profile.kind.reads, state: $0.state)
        }
        var hall = Hall(
            instruments: statuses.sorted { $0.instrument.rawValue < $1.instrument.rawValue },
            bench: station.map { bench(at: $0) } ?? [], unownedResult: station.flatMap { unowned[$0]?.sequence },
            staffListening: isStaffListening, closed: pending.closed.map { _ in HutPhrase.closed },
            printer: station.flatMap { printer(at: $0) },
            readsCodes: instruments.values.contains { $0.profile.kind.reads == .code })
        hall.helpWanted = helpWanted
        happen(.resident(.hall(hall)), at: id)
        paint(id)
    }

    /// A staff session has this station's alerts on its screen, within the staffed hours (visit-script C3).
    var isStaffListening: Bool {
        let isStaffed = configuration.settings.staffedHours?.contains(now.hut, offset: offset) ?? false
        return isStaffed && places.values.contains { $0.staff != nil && $0.display != nil }
    }

    private func bench(at station: StationID) -> [Resting] {
        let now = self.now
        return benchNumbers.sorted { $0.key < $1.key }.compactMap { visit, number in
            guard let open = attribution.openVisit(visit), open.station == station, let since = open.restingSince else {
                return nil
            }
            return Resting(number: number, readyAt: now.hut + (since + Hut.restBeforeCuff - now.monotonic))
        }
    }
}
