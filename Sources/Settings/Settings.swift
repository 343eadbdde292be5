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
        /// What its plate and its papers say; absent: nobody has said.
        package var serialNumber: String?
        package var cuffSize: String?
        package var calibratedUntil: LocalDay?
        /// The list of validated models it stands on; `none` for one that stands on none.
        package var validatedOn: String?
        /// 58 or 80, the paper in a printer; the profile's when absent.
        package var paper: Int?
        /// The operator has read how little is known of this device; needed where its profile is `thin`.
        package var thin: Bool?
        package var line: Line
    }

    /// Who is told by a text that somebody is in danger and nobody has come.
    package struct Duty: Sendable, Hashable, Decodable {
        /// Digits, with or without a leading +; blanks and hyphens may stand between.
        package var number: String
        package var modem: Radio
    }

    /// A lamp or a bell on a modem line of a serial port, on while an alert waits for somebody.
    package struct Alarm: Sendable, Hashable, Decodable {
        /// `rts` or `dtr`.
        package var line: String
        /// The port; one that an instrument hangs on will do.
        package var serial: String
    }

    package struct Desk: Sendable, Hashable, Decodable {
        package var id: String
        package var kiosk: String
        /// Home monitors that are read out here, and the desk's printer; nil: none.
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
    /// nil: nobody is sent a text.
    package var duty: Duty?
    package var alarm: Alarm?
}
