// What a kiosk knows before anybody stands in front of it: where it is and whom one can call.

import Vitals

/// A person or service that can be telephoned.
package struct Phone: Hashable, Sendable {
    package var who: String
    package var number: String
    /// `Mo-Fr 08:00-17:30`, as in the settings; shown as it stands.
    package var hours: String?

    package init(who: String, number: String, hours: String? = nil) {
        (self.who, self.number, self.hours) = (who, number, hours)
    }
}

/// Whether the kiosk stands at a station with instruments or on a desk.
package enum KioskKind: Hashable, Sendable {
    case station(StationID)
    case desk(String)
}

/// How the cuff of a station shows that it works (whose-reading.md, last paragraph).
package enum CuffManner: Hashable, Sendable {
    /// The hut may start it: `1` on K9 starts, K10 is left out.
    case hutStarts
    /// The hut hears it start: K10 until live pressure comes.
    case startIsHeard
    /// Only the result is ever sent: K10, and K12 before any number.
    case resultOnly
    /// This station has no cuff.
    case none
}

/// The place of one kiosk.
package struct KioskPlace: Hashable, Sendable {
    package var kind: KioskKind
    package var hutName: String
    package var address: String
    package var phones: [Phone]
    package var languages: [Language]
    package var offset: UTCOffset
    package var cuff: CuffManner
    /// Two readings differ too much for two to be enough: more than this on either component (policy).
    package var repeatDifference: MmHg
    /// The hut has monitors that are lent (staff screens).
    package var hasHomeMonitors: Bool
    /// The hut has a printer (staff screens).
    package var hasPrinter: Bool

    package init(
        kind: KioskKind, hutName: String, address: String, phones: [Phone], languages: [Language], offset: UTCOffset,
        cuff: CuffManner, repeatDifference: MmHg, hasHomeMonitors: Bool = false, hasPrinter: Bool = false
    ) {
        (self.kind, self.hutName, self.address, self.phones) = (kind, hutName, address, phones)
        (self.languages, self.offset, self.cuff) = (languages, offset, cuff)
        (self.repeatDifference, self.hasHomeMonitors) = (repeatDifference, hasHomeMonitors)
        self.hasPrinter = hasPrinter
    }
}
