// The IW family of watches (Thinkrace): IWAP, two letters, fields, `#`. Only the login names the watch; everything
// behind it is that watch's until the line opens anew. So a line carries one watch: with two, nobody could say whose a
// value is, and then none is given.
import Vitals

/// The dialect of `decoder: 'watch-iw'`.
struct WatchIW: WatchFamily {
    static let prefix = "iw"
    let sampleBand = BandID(rawValue: "iw:353456789012345")

    func listener(_ profile: DeviceProfile) -> any DialectListener { WatchIWListener() }

    func frame(_ word: WatchWord, of number: [UInt8]) -> [UInt8]? {
        switch word {
        case .login: return Array("IWAP00".utf8) + number + Array("#".utf8)
        case .alive(let percent): return frame("03,\(state(percent ?? 80)),0,0")
        case .heartRate(let rate): return frame("49,\(rate)")
        case .pressure(let systolic, let diastolic): return frame("HP,,\(systolic),\(diastolic),,,,,,,,,,")
        case .oxygen(let percent): return frame("HP,,,,\(percent),,,,,,,,,")
        case .temperature(let celsius): return frame("HP,,,,,,\(JSONLine.decimal(celsius, places: 2)),,,,,,,")
        case .place(let position, let percent): return frame("01\(place(position, percent)),460,0,9520,3671")
        case .call(let position, let percent):
            return frame("10\(place(position, percent)),460,0,9520,3671,01,zh-cn,00")
        }
    }

    func answered(_ frame: ArraySlice<UInt8>) -> WatchAnswer? {
        switch frame.dropFirst(4).prefix(2) {
        case let kind where kind.elementsEqual("00".utf8): .login
        case let kind where kind.elementsEqual("03".utf8): .alive
        case let kind where kind.elementsEqual("10".utf8): .call
        default: nil
        }
    }

    private func frame(_ content: String) -> [UInt8] { Array("IWAP\(content)#".utf8) }

    /// `060 009 080 0 01 02`: GSM, satellites, battery, and three the hut does not read.
    private func state(_ percent: Int) -> String { "060009\(percent.padded(3))00102" }

    private func place(_ position: Position?, _ percent: Int) -> String {
        let latitude = minutes(position?.latitudeE7 ?? 0, width: 2) + ((position?.latitudeE7 ?? 0) < 0 ? "S" : "N")
        let longitude = minutes(position?.longitudeE7 ?? 0, width: 3) + ((position?.longitudeE7 ?? 0) < 0 ? "W" : "E")
        return "260101\(position == nil ? "V" : "A")\(latitude)\(longitude)000.0083000000.00" + state(percent)
    }

    /// Degrees and minutes to four decimals, `2232.9806`.
    private func minutes(_ degreesE7: Int, width: Int) -> String {
        let tenThousandths = (abs(degreesE7) * 60 + 500) / 1_000
        let (degrees, minutes) = tenThousandths.quotientAndRemainder(dividingBy: 600_000)
        return degrees.padded(width) + (minutes / 10_000).padded(2) + "." + (minutes % 10_000).padded(4)
    }
}

/// Understands the messages of one line.
struct WatchIWListener: DialectListener {
    /// The watch that logged in since the line opened.
    private var watch: BandID?
    /// By which it did: kept before each of its messages, which do not say whose they are.
    private var loginFrame: [UInt8] = []
    /// A second one did, too.
    private var isShared = false

    mutating func forget() { self = WatchIWListener() }

    mutating func beginWithoutContext() { watch = WatchName.unknown(WatchIW.prefix) }

    mutating func hear(_ frame: ArraySlice<UInt8>, _ heard: inout [Heard]) -> Understanding {
        guard let (kind, body) = parts(of: frame) else { return .noFrame }
        if kind == "00" { return login(body, frame, &heard) }
        // Unnamed or one of two: its call is heard as nobody's, and nothing else. It is not answered, so that a watch
        // that logged in before the hut was there does so again.
        guard let watch, !isShared else {
            guard kind == "10" else { return .unknown }
            return speak(WatchName.unknown(WatchIW.prefix), kind, body, frame, &heard)
        }
        return speak(watch, kind, body, frame, &heard)
    }

    private mutating func login(
        _ body: ArraySlice<UInt8>, _ frame: ArraySlice<UInt8>, _ heard: inout [Heard]
    ) -> Understanding {
        guard let band = WatchName.band(WatchIW.prefix, body) else { return .unknown }
        var events: [DeviceEvent] = []
        if let watch, watch != band, !isShared {
            isShared = true
            let what =
                "two watches on one line, and their messages do not say whose they are; give each a line of its own"
            events = [.fault(.wrongFormat(what: what), raw: loginFrame + frame)]
        }
        (watch, loginFrame) = (band, isShared ? [] : Array(frame))
        WatchSaid.append(events, answer: .withTime(Array("IWBP00".utf8)), to: &heard)
        return .message
    }

    private func speak(
        _ band: BandID, _ kind: String, _ body: ArraySlice<UInt8>, _ frame: ArraySlice<UInt8>, _ heard: inout [Heard]
    ) -> Understanding {
        var events = WatchEvents(band, (isShared ? [] : loginFrame) + frame)
        var understanding: Understanding = .message
        do {
            try read(kind, body, into: &events)
        } catch {
            understanding = .unknown
            // An alarm that cannot be read may be a call for help, and is taken for one.
            if kind == "10" { events.add(.sos) }
        }
        let reply = Array("IWBP\(kind)#".utf8)
        WatchSaid.append(events.all, answer: kind == "10" ? .onceSaved(reply) : .now(reply), to: &heard)
        return understanding
    }

    /// Kind and body of `IWAP49,68#`; nil where a second beginning stands inside: the first message was torn.
    private func parts(of frame: ArraySlice<UInt8>) -> (kind: String, body: ArraySlice<UInt8>)? {
        let content = frame.dropFirst(4).dropLast()
        guard frame.count >= 7, frame.prefix(4).elementsEqual("IWAP".utf8), frame.last == UInt8(ascii: "#"),
            content.prefix(2).allSatisfy(WatchNumber.isLetterOrDigit), !hasBeginning(content)
        else { return nil }
        return (String(decoding: content.prefix(2), as: UTF8.self), content.dropFirst(2))
    }

    private func hasBeginning(_ text: ArraySlice<UInt8>) -> Bool {
        text.indices.contains { text[$0] == UInt8(ascii: "I") && text[$0...].starts(with: "IWAP".utf8) }
    }

    /// Messages of any other kind are none of ours. The rate stands first here, before the pressure.
    private func read(_ kind: String, _ body: ArraySlice<UInt8>, into events: inout WatchEvents) throws(NotText) {
        var fields = WatchFields(body)
        if kind == "01" || kind == "10" { return try readPlace(kind, &fields, into: &events) }
        guard fields.next()?.isEmpty != false else { throw NotText() }
        switch kind {
        case "03":
            guard let state = fields.next() else { throw NotText() }
            events.addBattery(try battery(of: state))
        case "49": events.add(.pulseRate, try fields.whole()) { .pulseRate(PerMinute($0)) }
        case "50":
            events.add(.temperature, try fields.decimal(places: 2)) { .temperature(centiCelsius: $0) }
            events.addBattery(try fields.whole())
        case "HT", "HP":
            events.add(.pulseRate, try fields.whole()) { .pulseRate(PerMinute($0)) }
            events.addPressure(try fields.whole(), try fields.whole())
            guard kind == "HP" else { return }
            events.add(.oxygenSaturation, try fields.whole()) { .oxygenSaturation(OxygenSaturation(percent: $0)) }
            // A blood sugar of an unknown unit, by a watch: no measurement of anything.
            fields.skip(1)
            events.add(.temperature, try fields.decimal(places: 2)) { .temperature(centiCelsius: $0) }
        default: break
        }
    }

    /// `yymmdd A|V ddmm.mmmm N|S dddmm.mmmm E|W km/h hhmmss course state, four of the network`, an alarm's code behind.
    /// Its clock is set by its owner and not used.
    private func readPlace(_ kind: String, _ fields: inout WatchFields, into events: inout WatchEvents) throws(NotText)
    {
        guard var rest = fields.next(), rest.count > 7 else { throw NotText() }
        let hasFix = rest[rest.startIndex + 6] == UInt8(ascii: "A")
        rest = rest.dropFirst(7)
        let latitude = try degrees(&rest, width: 2, ends: (UInt8(ascii: "N"), UInt8(ascii: "S")))
        let longitude = try degrees(&rest, width: 3, ends: (UInt8(ascii: "E"), UInt8(ascii: "W")))
        let percent = try battery(of: rest.dropFirst(17))
        if hasFix { events.add(Position(latitudeE7: latitude, longitudeE7: longitude)) }
        events.addBattery(percent)
        guard kind == "10" else { return }
        fields.skip(4)
        guard let code = fields.next() else { throw NotText() }
        switch try WatchNumber.decimal(code, places: 0) {
        case 1: events.add(.sos)
        case 5, 6: events.add(.fall)
        default: break
        }
    }

    /// `060 009 080 …`: the third number.
    private func battery(of state: ArraySlice<UInt8>) throws(NotText) -> Int {
        guard state.count >= 9 else { throw NotText() }
        return try WatchNumber.whole(state.dropFirst(6).prefix(3))
    }

    /// Degrees and minutes up to the letter of the hemisphere, in ten-millionths of a degree.
    private func degrees(
        _ rest: inout ArraySlice<UInt8>, width: Int, ends: (positive: UInt8, negative: UInt8)
    ) throws(NotText) -> Int {
        guard let place = rest.prefix(16).firstIndex(where: { $0 == ends.positive || $0 == ends.negative }),
            place - rest.startIndex > width
        else { throw NotText() }
        let whole = try WatchNumber.whole(rest.prefix(width))
        let minutes = try WatchNumber.decimal(rest[..<place].dropFirst(width), places: 7)
        guard minutes < 600_000_000 else { throw NotText() }
        let value = whole * 10_000_000 + (minutes + 30) / 60
        defer { rest = rest[(place + 1)...] }
        return rest[place] == ends.negative ? -value : value
    }
}
