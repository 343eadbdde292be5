// Rows 46 to 49: a wristband is its wearer's inside a pairing without doubt, by the time the reading was measured.

import Testing
import Vitals

@testable import Attribution

@Suite struct PairingRowsTests {
    private let start = HutTime(milliseconds: 1_794_000_000_000)

    /// Resident 1 wore the band for an hour, from `start`.
    private func worn() -> Room {
        Room(pairings: [
            Pairing(band: band, wearer: resident(1), start: start, end: start + .seconds(3_600))
        ])
    }

    @Test func `row 46: a reading inside the pairing is the wearer's`() {
        let room = Room()
        #expect(room.pair(1))
        room.wait(60)
        let reading = room.bandReading()
        #expect(reading.owner == .resident(resident(1), visit: nil) && reading.says == .wearer)
        #expect(reading.reading.source == .wearable && reading.reading.band == band)
        #expect(reading.reading.station == nil)
    }

    @Test(arguments: [(-1, false), (0, true), (3_599_999, true), (3_600_000, false)])
    func `row 47: a reading stamped before the start or after the end is not paired then`(
        milliseconds: Int, isInside: Bool
    ) {
        let reading = worn().bandReading(measuredAt: start + .milliseconds(milliseconds))
        #expect(reading.owner == (isInside ? .resident(resident(1), visit: nil) : unclaimed(.notPairedThen)))
        #expect(reading.reading.measuredAt == start + .milliseconds(milliseconds))
    }

    @Test func `row 47: a late reading is the one's who wore the band then, not the one's who wears it now`() {
        let room = worn()
        #expect(room.pair(2))
        #expect(room.bandReading(measuredAt: start).owner.resident == resident(1))
        #expect(room.bandReading().owner.resident == resident(2))
    }

    @Test func `row 47: a band nobody was ever given has no wearer`() {
        #expect(Room().bandReading().owner == unclaimed(.notPairedThen))
    }

    @Test(arguments: [(300, true), (301, false)])
    func `H-03: a band clock more than five minutes ahead proves no pairing`(seconds: Int, isBelieved: Bool) {
        let room = Room()
        #expect(room.pair(1))
        let reading = room.bandReading(measuredAt: room.now.hut + .seconds(seconds))
        #expect(reading.reading.timeConfidence == (isBelieved ? .ok : .timeFault))
        #expect(reading.owner.resident == (isBelieved ? resident(1) : nil))
    }

    @Test func `row 48: while the wearer is in doubt no reading is his, before and after it is`() {
        let room = Room()
        #expect(room.pair(1))
        room.wait(60)
        room.doubt(true)
        #expect(room.bandReading().owner == unclaimed(.wearerNotConfirmed))
        #expect(room.attribution.wearer(of: band, at: room.now.hut) == nil)
        room.wait(60)
        room.doubt(false)
        #expect(room.bandReading(.pulseRate(74)).owner.resident == resident(1))
        let before = room.now.hut + .seconds(-90)
        let within = room.now.hut + .seconds(-30)
        #expect(room.bandReading(.pulseRate(75), measuredAt: before).owner.resident == resident(1))
        #expect(room.bandReading(.pulseRate(76), measuredAt: within).owner == unclaimed(.wearerNotConfirmed))
    }

    @Test func `row 49: a second open pairing of a band is refused, a second band is not`() {
        let room = Room()
        #expect(room.pair(1))
        #expect(!room.pair(2) && !room.pair(1))
        #expect(room.attribution.openWearer(of: band) == resident(1))
        let second = room.attribution.paired(BandID(rawValue: "!00000002"), to: resident(1), at: room.now.hut)
        #expect(second)
        room.unpair()
        room.wait(1)
        #expect(room.pair(2))
        #expect(room.attribution.wearer(of: band, at: room.now.hut) == resident(2))
    }

    @Test func `a band reading leaves every cuff as it was`() {
        let room = Room()
        #expect(room.pair(2))
        room.open(1)
        room.ask(1)
        room.start()
        _ = room.bandReading()
        room.wait(40)
        #expect(room.result().owner == owned(by: 1))
    }
}
