// Cards, tags and codes say who comes, never whose a reading is: that takes the key on K3, and on K9. Two things are decided
// here. Which read is news, when a reader repeats what lies on it and does not say when it is lifted (row 21). And what a
// second card does to a measurement: its result is nobody's until the person says yes (rows 13, 14).

import Vitals

/// What lies on the readers of the hut, as far as anybody can know.
package struct LyingTokens: Sendable {
    private struct Lying {
        var token: IdentityDigest
        var station: StationID
        /// It began what happens at the station now: a question, a visit. Otherwise it came in the middle of one.
        var isCause: Bool
        /// What it began is over; it is news again from then on.
        var quietUntil: MonotonicTime?
    }

    private var readers: [InstrumentID: Lying] = [:]

    /// A visit is over: the card that opened it may still lie there (row 21).
    package static let afterVisit = Duration.seconds(30)
    /// Nobody answered K3, or said *not me*. Our own choice: enough to lift a card, little enough to lay it down again.
    package static let afterQuestion = Duration.seconds(5)

    package init() {}

    /// Something was read. True when it is news: it was laid down, or has lain there long enough after what it began.
    package mutating func read(
        _ token: IdentityDigest, on reader: InstrumentID, at station: StationID, duringVisit: Bool, now: Now
    ) -> Bool {
        if let lying = readers[reader], lying.token == token {
            guard let quietUntil = lying.quietUntil, quietUntil <= now.monotonic else { return false }
        }
        readers[reader] = Lying(token: token, station: station, isCause: !duringVisit, quietUntil: nil)
        return true
    }

    /// What lay there is gone: the same one again is news. Only some readers say so.
    package mutating func lifted(from reader: InstrumentID) { readers[reader] = nil }

    /// The line of a reader broke: what lies there now nobody knows, and it is read anew.
    package mutating func lost(_ reader: InstrumentID) { readers[reader] = nil }

    /// K24 `1`: what came in the middle of a visit begins the next.
    package mutating func becameCause(at station: StationID) {
        for reader in readers.keys where readers[reader]?.station == station { readers[reader]?.isCause = true }
    }

    /// A visit, or a question that led to none, is over at a station. What came in the middle of it is news at once: its
    /// owner waits for his turn.
    package mutating func over(at station: StationID, quiet: Duration, now: Now) {
        for (reader, lying) in readers where lying.station == station && lying.quietUntil == nil {
            if lying.isCause {
                readers[reader]?.quietUntil = now.monotonic + quiet
            } else {
                readers[reader] = nil
            }
        }
    }
}

extension Attribution {
    /// Something was read during a visit: until it is known to be the visitor's own, it is another person's, and the
    /// next result is the visit's only when K12 says so (row 13).
    package mutating func cardRead(during visit: VisitID) { visits[visit]?.strangeCards += 1 }

    /// It was the visitor's own.
    package mutating func ownCardRead(during visit: VisitID) {
        guard let count = visits[visit]?.strangeCards, count > 0 else { return }
        visits[visit]?.strangeCards = count - 1
    }
}
