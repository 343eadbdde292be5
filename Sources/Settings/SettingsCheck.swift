// What the shape of the settings cannot say: names stand once, a line has one end, a hut can be found and called.

import Vitals

extension Settings {
    /// Reads and examines a settings file; `file` is for messages.
    ///
    /// - Throws: `StrictJSON5Error` with file, line, path and hint, for the first thing that is wrong.
    package static func load(_ bytes: [UInt8], file: String) throws(StrictJSON5Error) -> Settings {
        let json = StrictJSON5(bytes, file: file)
        let settings = try json.decode(Settings.self)
        if let mistake = settings.mistakes.first {
            throw json.error(at: mistake.path, mistake.problem, hint: mistake.hint)
        }
        return settings
    }

    /// The hut's distance from UTC; load has checked it.
    package var offset: UTCOffset { UTCOffset(hut.utcOffset) ?? UTCOffset(seconds: 0) }

    /// When staff is in the room; load has checked it.
    package var staffedHours: StaffedHours? { StaffedHours(hut.staffed) }

    /// Every instrument line with the path of its settings: the instruments of stations and desks, the radios, the modem.
    package var lines: [(path: String, id: String, device: String, line: Line)] {
        let places =
            stations.enumerated().map { ("stations[\($0)]", $1.instruments) }
            + desks.enumerated().map { ("desks[\($0)]", $1.instruments ?? []) }
        let instruments = places.flatMap { path, instruments in
            instruments.enumerated().map { place, instrument in
                ("\(path).instruments[\(place)]", instrument.id, instrument.device, instrument.line)
            }
        }
        return instruments
            + radios.enumerated().map { number, radio in ("radios[\(number)]", radio.id, radio.device, radio.line) }
            + (duty.map { [("duty.modem", $0.modem.id, $0.modem.device, $0.modem.line)] } ?? [])
    }

    private struct Mistake {
        var path: String
        var problem: String
        var hint: String
    }

    private var mistakes: [Mistake] {
        var found: [Mistake] = []
        func require(_ holds: Bool, _ path: String, _ problem: String, _ hint: String) {
            if !holds { found.append(Mistake(path: path, problem: problem, hint: hint)) }
        }
        require(!hut.id.isEmpty, "hut.id", "is empty", "give every hut of the district its own, such as 'hut-0001'")
        require(
            !hut.address.trimmedIsEmpty, "hut.address", "a hut without an address is refused",
            "in an emergency the screen shows it to whoever calls 120")
        require(
            !hut.phones.isEmpty, "hut.phones", "a hut without a telephone number is refused",
            "outside staffed hours the screen shows whom to call")
        for (number, phone) in hut.phones.enumerated() {
            require(
                phone.number.contains(where: \.isNumber) && !phone.who.trimmedIsEmpty, "hut.phones[\(number)]",
                "who or number is empty", "write { who: '王护士', number: '0374-555 0101' }")
        }
        require(UTCOffset(hut.utcOffset) != nil, "hut.utcOffset", "is not an offset", "write it like '+08:00'")
        require(!hut.languages.isEmpty, "hut.languages", "is empty", "name at least one of 'zh-Hans', 'en'")
        require(
            StaffedHours(hut.staffed) != nil, "hut.staffed", "cannot be read",
            "write it like 'Mo-Fr 08:30-11:30; Sa 09:00-10:00', or '' for never")
        for (number, phone) in hut.phones.enumerated() {
            require(
                phone.hours.map { StaffedHours($0) != nil } ?? true, "hut.phones[\(number)].hours", "cannot be read",
                "write them like 'Mo-Fr 08:00-17:30', or leave them out")
        }
        require(
            upload.fhir.map { $0.hasPrefix("https://") || $0.hasPrefix("http://") } ?? true, "upload.fhir",
            "is not an address", "write it like 'https://district.example/fhir', or null")
        for (path, file) in [("ledger", ledger), ("identityKeyFile", identityKeyFile)] {
            require(file.hasPrefix("/"), path, "is not a whole path", "begin it with /")
        }
        require(
            duty.map { $0.dialled.count >= 3 && $0.dialled.count <= 21 } ?? true, "duty.number",
            "is no telephone number", "write it like '13800000000' or '+8613800000000'")
        require(
            alarm.map { ["rts", "dtr"].contains($0.line) } ?? true, "alarm.line", "is no modem line",
            "'rts' or 'dtr', whichever the lamp hangs on")
        require(
            alarm.map { $0.serial.hasPrefix("/") } ?? true, "alarm.serial", "is not a device node",
            "serial: '/dev/serial/by-path/…'")
        if let alarm, lines.contains(where: { $0.line.serial == alarm.serial && $0.line.owns(alarm.line) }) {
            require(
                false, "alarm.line", "belongs to the flow control of the instrument on that port",
                "take the other line, or another port")
        }
        found += nameMistakes + lineMistakes
        return found
    }

    private var nameMistakes: [Mistake] {
        var found: [Mistake] = []
        var names: [String: String] = [:]
        var places: [String: String] = [:]
        func claim(_ value: String, _ path: String, in taken: inout [String: String], what: String) {
            if let first = taken[value] {
                found.append(
                    Mistake(path: path, problem: "'\(value)' is \(first)'s already", hint: "give each its own \(what)"))
            }
            if value.isEmpty { found.append(Mistake(path: path, problem: "is empty", hint: "give it a \(what)")) }
            if what == "socket", !value.hasPrefix("/") {
                found.append(Mistake(path: path, problem: "is not a whole path", hint: "begin it with /"))
            }
            taken[value] = path
        }
        for (number, station) in stations.enumerated() {
            claim(station.id, "stations[\(number)].id", in: &names, what: "name")
            claim(station.kiosk, "stations[\(number)].kiosk", in: &places, what: "socket")
        }
        for (number, desk) in desks.enumerated() {
            claim(desk.id, "desks[\(number)].id", in: &names, what: "name")
            claim(desk.kiosk, "desks[\(number)].kiosk", in: &places, what: "socket")
        }
        for line in lines { claim(line.id, "\(line.path).id", in: &names, what: "name") }
        claim(sockets.watch, "sockets.watch", in: &places, what: "socket")
        claim(sockets.nudge, "sockets.nudge", in: &places, what: "socket")
        return found
    }

    private var lineMistakes: [Mistake] {
        var found: [Mistake] = []
        var ends: [String: String] = [:]
        for entry in lines {
            if entry.device.isEmpty || entry.device.contains("/") {
                found.append(
                    Mistake(
                        path: "\(entry.path).device", problem: "is not the name of a folder",
                        hint: "name a folder under devices, such as 'maibobo'"))
            }
            if let baud = entry.line.baud, !(50...4_000_000).contains(baud) {
                found.append(
                    Mistake(
                        path: "\(entry.path).line.baud", problem: "is no speed of a serial line",
                        hint: "the instrument's manual names it, often 9600"))
            }
            guard (entry.line.serial == nil) != (entry.line.socket == nil),
                let end = entry.line.serial ?? entry.line.socket
            else {
                found.append(
                    Mistake(
                        path: "\(entry.path).line", problem: "needs either serial or socket",
                        hint: "serial: '/dev/serial/by-path/…' or socket: 'unix:/path'"))
                continue
            }
            if let first = ends.updateValue(entry.path, forKey: end) {
                found.append(
                    Mistake(
                        path: "\(entry.path).line", problem: "is the line of \(first) too",
                        hint: "one line belongs to one instrument"))
            }
        }
        return found
    }
}

extension Settings.Duty {
    /// The number as a modem dials it; empty when it is none.
    package var dialled: String {
        let kept = number.filter { $0 != " " && $0 != "-" }
        let digits = kept.first == "+" ? kept.dropFirst() : kept[...]
        return digits.allSatisfy { $0.isASCII && $0.isNumber } ? kept : ""
    }
}

extension Settings.Line {
    /// Whether flow control moves this modem line.
    fileprivate func owns(_ line: String) -> Bool {
        flow == "rtsCts" && line == "rts" || flow == "dtrDsr" && line == "dtr"
    }
}

extension String {
    fileprivate var trimmedIsEmpty: Bool { !contains { !$0.isWhitespace } }
}
