// A settings file with everything it names, read and examined: profiles, policy, and what they mean together. A hut
// that starts has been through here; `check` goes through here and stops.

import Attribution
import DeviceLink
import FollowUpRules
import Kiosk
import SerialLine
import Settings
import Vitals

/// Settings, profiles and policy that fit together.
struct HutConfiguration: Sendable {
    /// One instrument or radio with its profile and its line.
    struct Instrument: Sendable {
        var manner: InstrumentManner
        var profile: DeviceProfile
        var line: LineDescription
        /// What the settings say of a printer's paper.
        var paper: PaperWidth?
        /// The desk of a printer that stands at one.
        var desk: String?
    }

    var settings: Settings
    var instruments: [Instrument]
    var policy: Policy

    /// Reads everything that `path` names.
    ///
    /// - Throws: `CommandError` (status 78) for the first thing that is wrong, with file, path and hint.
    static func load(_ path: String) throws(CommandError) -> HutConfiguration {
        let settings = try loadSettings(path)
        let policyFile = "\(settings.policies)/\(settings.policy).json5"
        let bytes = try readNamed(policyFile, by: "policy", in: path)
        let policy: Policy
        do {
            policy = try Policy.load(json5: bytes, file: policyFile)
        } catch {
            throw CommandError(error.description, hint: error.hint, status: 78)
        }
        let instruments = try loadInstruments(settings, path: path)
        try refuseTwoForOneVital(instruments, path: path)
        return HutConfiguration(settings: settings, instruments: instruments, policy: policy)
    }

    /// Reads a settings file alone.
    static func loadSettings(_ path: String) throws(CommandError) -> Settings {
        let bytes = try readFile(path)
        do {
            return try Settings.load(bytes, file: path)
        } catch {
            throw CommandError(error.description, hint: error.hint, status: 78)
        }
    }

    /// The profile in a device folder.
    static func loadProfile(_ device: String, devices: String) throws(CommandError) -> DeviceProfile {
        guard !device.contains("/"), !device.hasPrefix(".") else {
            throw CommandError(
                "'\(device)' is a path, not the name of a device",
                hint: "name its folder alone; --devices, or `devices` in the settings, says where the folders lie",
                status: 64)
        }
        let file = "\(devices)/\(device)/profile.json5"
        guard exists(file) else {
            let known = namesInFolder(devices).filter { exists("\(devices)/\($0)/profile.json5") }
            throw CommandError(
                "no device '\(device)' in \(devices)",
                hint: known.isEmpty
                    ? "--devices FOLDER names the folder of the device profiles; in the settings it is `devices`"
                    : "known are \(known.joined(separator: ", "))",
                status: 66)
        }
        let bytes = try readFile(file)
        do {
            return try DeviceProfile.load(json5: bytes, file: file)
        } catch {
            throw CommandError(error.description, hint: error.hint, status: 78)
        }
    }

    private static func loadInstruments(_ settings: Settings, path: String) throws(CommandError) -> [Instrument] {
        var instruments: [Instrument] = []
        // Read once, however many instruments are of one model: a profile takes a millisecond of the start.
        var profiles: [String: DeviceProfile] = [:]
        func profile(_ device: String) throws(CommandError) -> DeviceProfile {
            if let known = profiles[device] { return known }
            let profile = try loadProfile(device, devices: settings.devices)
            profiles[device] = profile
            return profile
        }
        /// The profile of an instrument whose operator knows how little of it is known.
        func admitted(_ instrument: Settings.Instrument) throws(CommandError) -> DeviceProfile {
            let profile = try profile(instrument.device)
            guard !profile.isThin || instrument.thin == true else {
                throw CommandError(
                    "\(path): \(instrument.id): little is known of how a \(profile.name) speaks",
                    hint: "read its PROTOCOL.md, then say `thin: true` beside its id", status: 78)
            }
            return profile
        }
        for station in settings.stations {
            for instrument in station.instruments {
                let profile = try admitted(instrument)
                var made = try make(
                    id: instrument.id, station: station.id, profile, instrument.line,
                    mayStart: instrument.mayStart ?? false, path: path)
                made.paper = try paper(instrument, profile, path: path)
                instruments.append(made)
            }
        }
        for desk in settings.desks {
            for instrument in desk.instruments ?? [] {
                let profile = try admitted(instrument)
                guard profile.kind == .homeMonitor || profile.kind == .printer else {
                    throw CommandError(
                        "\(path): \(instrument.id): a \(profile.name) measures people, and nobody measures at a desk",
                        hint: "put it under a station's instruments; a desk has home monitors and a printer only",
                        status: 78)
                }
                var made = try make(
                    id: instrument.id, station: nil, isAtDesk: true, profile, instrument.line, mayStart: false,
                    path: path)
                (made.paper, made.desk) = (try paper(instrument, profile, path: path), desk.id)
                instruments.append(made)
            }
        }
        for radio in settings.radios {
            let profile = try profile(radio.device)
            instruments.append(try make(id: radio.id, station: nil, profile, radio.line, mayStart: false, path: path))
        }
        if let modem = settings.duty?.modem {
            let profile = try profile(modem.device)
            guard profile.kind == .modem else {
                throw CommandError(
                    "\(path): \(modem.id): a \(profile.name) sends no texts",
                    hint: "name a modem under duty.modem, such as 'gsm-modem'", status: 78)
            }
            instruments.append(try make(id: modem.id, station: nil, profile, modem.line, mayStart: false, path: path))
        }
        return instruments
    }

    private static func paper(
        _ instrument: Settings.Instrument, _ profile: DeviceProfile, path: String
    ) throws(CommandError) -> PaperWidth? {
        guard let written = instrument.paper else { return nil }
        guard profile.kind == .printer, let paper = PaperWidth(rawValue: written) else {
            throw CommandError(
                "\(path): \(instrument.id): paper: \(written) cannot be",
                hint: "58 or 80, the width in millimetres, for a printer", status: 78)
        }
        return paper
    }

    private static func make(
        id: String, station: String?, isAtDesk: Bool = false, _ profile: DeviceProfile, _ line: Settings.Line,
        mayStart: Bool, path: String
    ) throws(CommandError) -> Instrument {
        if mayStart && !profile.canBeStarted {
            throw CommandError(
                "\(path): \(id): mayStart is true, but a \(profile.name) cannot be started by the hut",
                hint: "remove mayStart; the resident presses the machine's own key", status: 78)
        }
        guard isAtDesk || profile.kind == .homeMonitor || (station == nil) != profile.kind.isAtStation else {
            throw CommandError(
                "\(path): \(id): a \(profile.name) \(station == nil ? "stands at a station" : "stands at no station")",
                hint: station == nil
                    ? "put it under a station's instruments"
                    : profile.kind == .modem ? "put it under duty.modem" : "put it under radios", status: 78)
        }
        // What a lent monitor measures in the hut is nobody's: it is read out, never asked.
        let isHome = profile.kind == .homeMonitor
        let manner = InstrumentManner(
            id: InstrumentID(rawValue: id), station: station.map(StationID.init(rawValue:)),
            vital: isHome ? nil : profile.vital,
            shows: profile.showsPresence ? .presence : profile.shows == .start ? .start : .result,
            measureAtLeast: profile.measureAtLeast, resultWithin: profile.measureWithin,
            startUpWindow: profile.startUpWindow, mayStart: mayStart, isHomeMonitor: isHome)
        return Instrument(
            manner: manner, profile: profile, line: try lineDescription(line, id: id, profile, path: path))
    }

    private static func lineDescription(
        _ line: Settings.Line, id: String, _ profile: DeviceProfile, path: String
    ) throws(CommandError) -> LineDescription {
        if let socket = line.socket {
            do throws(AddressError) {
                return .socket(try SocketAddress(socket))
            } catch {
                throw CommandError("\(path): \(id): \(error)", hint: error.hint, status: 78)
            }
        }
        let usual = profile.line
        func refuse(_ key: String, _ hint: String) -> CommandError {
            CommandError("\(path): \(id): line.\(key) is not one that is known", hint: hint, status: 78)
        }
        guard let parity = SerialSettings.Parity(rawValue: line.parity ?? usual.parity.rawValue) else {
            throw refuse("parity", "one of \(SerialSettings.Parity.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard let flow = SerialSettings.FlowControl(rawValue: line.flow ?? "none") else {
            throw refuse(
                "flow", "one of \(SerialSettings.FlowControl.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return .serial(
            SerialSettings(
                path: line.serial ?? "", baud: line.baud ?? usual.baud, dataBits: line.data ?? usual.data,
                parity: parity,
                stopBits: line.stop ?? usual.stop, flow: flow, dtr: (line.dtr ?? usual.dtr ?? true) ? .raise : .lower,
                rts: (line.rts ?? usual.rts ?? true) ? .raise : .lower))
    }

    private static func refuseTwoForOneVital(_ instruments: [Instrument], path: String) throws(CommandError) {
        var first: [String: String] = [:]
        for instrument in instruments {
            guard let station = instrument.manner.station else { continue }
            let isPrinter = instrument.profile.kind == .printer
            guard let task = isPrinter ? "print slips" : instrument.manner.vital.map({ "measure \($0.rawValue)" })
            else {
                continue
            }
            let key = "\(station.rawValue) \(task)"
            if let other = first[key] {
                throw CommandError(
                    "\(path): \(other) and \(instrument.manner.id.rawValue) both \(task) at " + station.rawValue,
                    hint: "a station has one instrument for each: make a second station", status: 78)
            }
            first[key] = instrument.manner.id.rawValue
        }
    }

    private static func readNamed(_ file: String, by key: String, in path: String) throws(CommandError) -> [UInt8] {
        do {
            return try readFile(file)
        } catch {
            throw CommandError("\(path): \(key): \(error.message)", hint: error.hint, status: 78)
        }
    }
}

extension HutConfiguration {
    /// What a kiosk knows of its place.
    func place(_ kind: KioskKind) -> KioskPlace {
        KioskPlace(
            kind: kind, hutName: settings.hut.name, address: settings.hut.address,
            phones: settings.hut.phones.map { Phone(who: $0.who, number: $0.number, hours: $0.hours) },
            languages: settings.hut.languages, offset: settings.offset, cuff: cuffManner(kind),
            repeatDifference: MmHg(policy.session.agreement.value),
            hasHomeMonitors: instruments.contains { $0.manner.isHomeMonitor },
            hasPrinter: instruments.contains { $0.profile.kind == .printer })
    }

    private func cuffManner(_ kind: KioskKind) -> CuffManner {
        guard case .station(let station) = kind,
            let cuff = instruments.first(where: { $0.manner.station == station && $0.manner.vital == .bloodPressure })
        else { return .none }
        if cuff.manner.mayStart { return .hutStarts }
        return cuff.manner.shows == .start ? .startIsHeard : .resultOnly
    }

    /// Whom K5 names as the family doctor: the resident's own team with the hut's first telephone.
    func doctor(of resident: Resident) -> Phone? {
        guard let phone = settings.hut.phones.first else { return nil }
        return Phone(who: resident.team ?? phone.who, number: phone.number, hours: phone.hours)
    }
}
