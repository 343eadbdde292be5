// Residents who enrolled themselves, on the nurse's screen until she has seen them; and the hut's devices, for the same
// screen.

import Kiosk
import Ledger
import Vitals

extension Hut {
    /// Tells a staff screen who waits to be seen, with whoever else has the name.
    func sendNewcomers(at id: String) async {
        guard let rows = try? await newcomerRows() else {
            return tellStaff(at: id, .failed(HutPhrase.ledgerFailed))
        }
        tellStaff(at: id, .newcomers(rows))
    }

    private func newcomerRows() async throws(LedgerError) -> [NewcomerRow] {
        var rows: [NewcomerRow] = []
        for entry in try await ledger.waitingForConfirmation() {
            let name = entry.resident.name
            let others = try await ledger.find(name, limit: 50).filter {
                $0.key != entry.key && $0.resident.name == name
            }
            var namesakes: [Candidate] = []
            for other in others.prefix(3) { namesakes.append(await candidate(other)) }
            let cards = try await ledger.identities(of: entry.key).filter { $0.kind == .card }
            rows.append(
                NewcomerRow(
                    person: await candidate(entry), birth: entry.resident.birth, cardEnds: cards.first?.ends ?? "",
                    namesakes: namesakes))
        }
        return rows
    }

    /// A nurse has seen who enrolled under a number.
    func confirm(_ key: ResidentKey, because reason: String, by staff: StaffKey, at id: String) {
        work { hut in
            let facts = [Fact.careTaken(key, by: staff, reason: reason), .residentConfirmed(key, by: staff)]
            guard await hut.append(facts) != nil else {
                return hut.tellStaff(at: id, .failed(HutPhrase.goneAlready))
            }
            await hut.refreshStaff(alerts: false)
            hut.tellStaff(at: id, .saved(HutPhrase.saved))
        }
    }

    /// Tells every staff screen how the devices stand.
    func tellDevices() {
        let listening = places.values.filter { $0.staff != nil }.map(\.id)
        guard !listening.isEmpty else { return }
        let rows = deviceRows()
        for id in listening { tellStaff(at: id, .devices(rows)) }
    }

    /// Every device of the settings and how it stands.
    func deviceRows() -> [DeviceRow] {
        instruments.values.map { line in
            DeviceRow(
                instrument: line.manner.id, name: line.profile.name, station: line.manner.station, state: line.state,
                trouble: line.trouble.map {
                    line.profile.words(for: $0) ?? LocalizedText($0.rawValue, en: $0.rawValue)
                },
                isWarning: line.trouble?.isWarning ?? false)
        }
    }
}
