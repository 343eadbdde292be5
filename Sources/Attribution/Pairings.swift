// A wristband belongs to its wearer through a pairing with a start and an end, by the time a reading was measured; a
// doubt inside a pairing (band off, handed to the spouse) takes its readings out of every rule (rows 46 to 49).

import Vitals

/// One span during which a band was one resident's. Times are the hut's; a start is inside, an end is not.
package struct Pairing: Hashable, Sendable {
    package struct Doubt: Hashable, Sendable {
        package var start: HutTime
        package var end: HutTime?

        package init(start: HutTime, end: HutTime? = nil) { (self.start, self.end) = (start, end) }

        func contains(_ time: HutTime) -> Bool { start <= time && (end.map { time < $0 } ?? true) }
    }

    package var band: BandID
    package var wearer: ResidentKey
    package var start: HutTime
    package var end: HutTime?
    package var doubts: [Doubt]

    package init(band: BandID, wearer: ResidentKey, start: HutTime, end: HutTime? = nil, doubts: [Doubt] = []) {
        (self.band, self.wearer, self.start, self.end, self.doubts) = (band, wearer, start, end, doubts)
    }

    func contains(_ time: HutTime) -> Bool { start <= time && (end.map { time < $0 } ?? true) }
}

extension Attribution {
    /// False, and nothing changes, while the band has an open pairing (row 49); one resident may wear two bands.
    package mutating func paired(_ band: BandID, to wearer: ResidentKey, at time: HutTime) -> Bool {
        guard openWearer(of: band) == nil else { return false }
        pairings[band, default: []].append(Pairing(band: band, wearer: wearer, start: time))
        return true
    }

    package mutating func unpaired(_ band: BandID, at time: HutTime) {
        guard let open = pairings[band]?.lastIndex(where: { $0.end == nil }) else { return }
        pairings[band]?[open].end = time
    }

    /// The band is known to be off or on another arm (`true`), or surely worn again (`false`) (row 48).
    package mutating func doubted(_ band: BandID, _ isDoubted: Bool, at time: HutTime) {
        guard let open = pairings[band]?.lastIndex(where: { $0.end == nil }), var pairing = pairings[band]?[open] else {
            return
        }
        if let doubt = pairing.doubts.lastIndex(where: { $0.end == nil }) {
            if !isDoubted { pairing.doubts[doubt].end = time }
        } else if isDoubted {
            pairing.doubts.append(Pairing.Doubt(start: time))
        }
        pairings[band]?[open] = pairing
    }

    /// Whose the band is now, if anybody's, in doubt or not: a second pairing is refused while this is not nil.
    package func openWearer(of band: BandID) -> ResidentKey? { pairings[band]?.last { $0.end == nil }?.wearer }

    /// Who surely wore the band at that time: for a call for help, a fall, a position.
    package func wearer(of band: BandID, at time: HutTime) -> ResidentKey? { bandOwner(band, at: time).resident }

    func bandOwner(_ band: BandID, at time: HutTime) -> Owner {
        guard let pairing = pairings[band]?.last(where: { $0.contains(time) }) else {
            return .unclaimed(.notPairedThen, hint: nil)  // row 47
        }
        if pairing.doubts.contains(where: { $0.contains(time) }) {
            return .unclaimed(.wearerNotConfirmed, hint: nil)  // row 48
        }
        return here(pairing.wearer)  // row 46
    }
}
