// What a wristband said of itself last: how full it is and where it was, each with its own age. When it calls for help,
// somebody goes out to look for its wearer, and must know whether the place is of this minute or of this morning.

import Vitals

/// The newest words of a band about itself.
package struct BandWord: Hashable, Sendable {
    /// In percent, 0…100; nil where it never said.
    package var batteryPercent: Int?
    package var position: Position?
    /// When the position came.
    package var positionAt: HutTime?
}

/// The part of the projection of bands that keeps their words.
enum BandWords {
    /// The seventh migration: beside when a band was heard, what it said.
    static let columns = """
        ALTER TABLE band_heard ADD COLUMN percent INTEGER;
        ALTER TABLE band_heard ADD COLUMN percent_at INTEGER;
        ALTER TABLE band_heard ADD COLUMN latitude INTEGER;
        ALTER TABLE band_heard ADD COLUMN longitude INTEGER;
        ALTER TABLE band_heard ADD COLUMN position_at INTEGER;

        """

    /// Follows a fact behind `Calls`, which makes the row of the band.
    static func apply(_ recorded: RecordedFact, to books: Books) throws(LedgerError) {
        switch recorded.fact {
        case .battery(let percent, let band):
            let update = try books.database.prepare(
                "UPDATE band_heard SET percent = ?3, percent_at = ?2 WHERE band = ?1 AND ?2 >= coalesce(percent_at, ?2)"
            )
            update.bind(1, band.rawValue)
            update.bind(2, recorded.recordedAt)
            update.bind(3, percent)
            try update.run()
        case .position(let position, let band, _):
            let update = try books.database.prepare(
                """
                UPDATE band_heard SET latitude = ?3, longitude = ?4, position_at = ?2
                WHERE band = ?1 AND ?2 >= coalesce(position_at, ?2)
                """)
            update.bind(1, band.rawValue)
            update.bind(2, recorded.recordedAt)
            update.bind(3, position.latitudeE7)
            update.bind(4, position.longitudeE7)
            try update.run()
        default: break
        }
    }
}

extension Ledger {
    /// What a band said last. What it said before `since` is left out: somebody else wore it then.
    package func lastWord(of band: BandID, since: HutTime? = nil) throws(LedgerError) -> BandWord {
        let select = try prepare(
            "SELECT percent, percent_at, latitude, longitude, position_at FROM band_heard WHERE band = ?")
        select.bind(1, band.rawValue)
        let word = try select.first { row throws(LedgerError) in
            var word = BandWord()
            if let percent = row.integerIfAny(0), row.time(1) >= since ?? row.time(1) {
                word.batteryPercent = Int(percent)
            }
            if let latitude = row.integerIfAny(2), let longitude = row.integerIfAny(3),
                row.time(4) >= since ?? row.time(4)
            {
                word.position = Position(latitudeE7: Int(latitude), longitudeE7: Int(longitude))
                word.positionAt = row.time(4)
            }
            return word
        }
        return word ?? BandWord()
    }

    /// The band that sent a signal; nil where the fact is no signal.
    package func band(ofSignal sequence: FactSequence) throws(LedgerError) -> BandID? {
        guard case .signal(_, let band, _, _, _) = try books.facts.read(sequence.rawValue)?.fact else { return nil }
        return band
    }
}
