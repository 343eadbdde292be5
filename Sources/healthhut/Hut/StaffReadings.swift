// Readings in a nurse's hands: moved as she says, or measured for the one on her screen.

import Attribution
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// Moves a reading as a named person said, and reviews everybody it concerns.
    func change(_ facts: [Fact], of sequence: FactSequence, _ residents: [ResidentKey], at id: String) {
        work { hut in
            let owner = (try? await hut.ledger.reading(sequence))??.owner.resident
            guard await hut.append(facts) != nil else { return hut.tellStaff(at: id, .failed(HutPhrase.goneAlready)) }
            await hut.settleUnclaimed(sequence)
            for key in Set(residents + [owner].compactMap { $0 }) { await hut.review(key) }
            await hut.refreshStaff()
            await hut.sendUnclaimed(at: id)
            hut.tellStaff(at: id, .saved(HutPhrase.saved))
        }
    }

    /// Row 43: the station's cuff for the resident on her screen, after she confirmed.
    func measure(_ key: ResidentKey, _ arm: Arm, by session: StaffSession, at id: String) {
        guard let station = places[id]?.station, let cuff = cuff(at: station) else {
            return tellStaff(at: id, .failed(HutPhrase.noCuffHere))
        }
        switch attribution.ask(cuff, by: session.key, for: key, arm: arm, now: now) {
        case .asked:
            places[id]?.staff?.measuring = key
            startInstrument(cuff)
        case .notReady(.lineDown): tellStaff(at: id, .failed(HutPhrase.cuffSilent))
        case .notReady: tellStaff(at: id, .failed(HutPhrase.cuffBusy))
        }
        self.arm()
    }

    func stopMeasuring(_ session: StaffSession, at id: String) {
        guard let key = session.measuring, let station = places[id]?.station, let cuff = cuff(at: station) else {
            return
        }
        attribution.stopAsking(cuff, by: session.key, for: key, now: now)
        places[id]?.staff?.measuring = nil
    }
}
