// The settings of one hut, as `Provisioning/hut.json5` documents them: which instruments stand where, whom one can
// call, where the ledger lies. What is misspelt, doubled or missing is refused at start, with its path.

import Vitals

/// Everything an operator decides about one hut.
package struct Settings: Sendable, Hashable, Decodable {
    package struct Hut: Sendable, Hashable, Decodable {
        package var id: String
        package var name: String
        /// `+08:00`.
        package var utcOffset: String
        package var languages: [Language]
        package var address: String
        /// Opening hours in which staff is in the room; empty means never.
        package var staffed: String
        package var phones: [Telephone]
    }

    package struct Telephone: Sendable, Hashable, Decodable {
        package var who: String
        package var number: String
        package var hours: String?
    }

    package struct Sockets: Sendable, Hashable, Decodable {
        package var watch: String
        package var nudge: String
    }

    package struct Station: Sendable, Hashable, Decodable {
        package var id: String
        /// The Unix socket of its kiosk.
        package var kiosk: String
        package var instruments: [Instrument]
    }

    package struct Instrument: Sendable, Hashable, Decodable {
        package var id: String
        /// A folder under `devices`.
        package var device: String
        /// The hut may start a measurement; false when absent: the resident presses the machine's own key.
        package var mayStart: Bool?
        /// The operator has read how little is known of this device; needed where its profile is `thin`.
        package var thin: Bool?
        package var line: Line
    }

    package struct Desk: Sendable, Hashable, Decodable {
        package var id: String
        package var kiosk: String
        /// Home monitors that are read out here; nil: none.
        package var instruments: [Instrument]?
    }

    package struct Radio: Sendable, Hashable, Decodable {
        package var id: String
        package var device: String
        package var line: Line
    }

    /// `serial` or `socket`, never both; what is absent comes from the device's profile.
    package struct Line: Sendable, Hashable, Decodable {
        package var serial: String?
        package var socket: String?
        package var baud: Int?
        package var data: Int?
        package var parity: String?
        package var stop: Int?
        package var flow: String?
        /// Raise the line on opening; true when absent. Some boards reset when it is raised.
        package var dtr: Bool?
        package var rts: Bool?
    }

    package struct Upload: Sendable, Hashable, Decodable {
        /// The district's FHIR base; nil: nothing is uploaded.
        package var fhir: String?
        /// A file holding a bearer token.
        package var tokenFile: String?
    }

    package var hut: Hut
    package var ledger: String
    package var identityKeyFile: String
    package var devices: String
    package var policies: String
    package var policy: String
    package var sockets: Sockets
    package var stations: [Station]
    package var desks: [Desk]
    package var radios: [Radio]
    package var upload: Upload
}
