// The "3G*" family of watches (3G, SG, CS, ZJ and other letters): text over a bridge that hands on what the watch would
// send to a server. Every message names its watch, so one line may carry many.
import Vitals

/// The dialect of `decoder: 'watch-3g'`.
struct Watch3G: WatchFamily {
    static let prefix = "3g"
    let sampleBand = BandID(rawValue: "3g:4700186508")

    func listener(_ profile: DeviceProfile) -> any DialectListener { Watch3GListener() }

    func frame(_ word: WatchWord, of number: [UInt8]) -> [UInt8]? {
        let content: String
        switch word {
        case .login: return nil
        case .alive(let percent): content = percent.map { "LK,0,0,\($0)" } ?? "LK"
        case .heartRate(let rate): content = "heart,\(rate)"
        case .pressure(let systolic, let diastolic): content = "BLOOD,\(systolic),\(diastolic)"
        case .oxygen(let percent): content = "oxygen,0,\(percent)"
        case .temperature(let celsius):
            content = "btemp2,\(celsius == 0 ? 0 : 1),\(JSONLine.decimal(celsius, places: 2))"
        case .place(let position, let percent): content = "UD,\(place(position, percent, status: 0))"
        case .call(let position, let percent): content = "AL,\(place(position, percent, status: 1 << 16))"
        }
        return Watch3GMessage(maker: Array("3G".utf8), number: number, content: Array(content.utf8)).frame
    }

    func answered(_ frame: ArraySlice<UInt8>) -> WatchAnswer? {
        guard let message = try? Watch3GMessage(frame) else { return nil }
        if message.content.elementsEqual("LK".utf8) { return .alive }
        return message.content.elementsEqual("AL".utf8) ? .call : nil
    }

    /// The body of a position: without a fix the place is 0 and marked so.
    private func place(_ position: Position?, _ percent: Int, status: Int) -> String {
        let (latitude, longitude) = (position?.latitudeE7 ?? 0, position?.longitudeE7 ?? 0)
        let flags = String(status, radix: 16)
        return [
            "010126,083000", position == nil ? "V" : "A",
            JSONLine.decimal(abs(latitude), places: 7), latitude < 0 ? "S" : "N",
            JSONLine.decimal(abs(longitude), places: 7), longitude < 0 ? "W" : "E",
            "0.0,0,0,9,60", String(percent), "0,0", String(repeating: "0", count: 8 - flags.count) + flags, "0,0,0",
        ].joined(separator: ",")
    }
}

/// Understands the messages of one line.
struct Watch3GListener: DialectListener {
    private(set) var tally = Tally()

    private enum Status {
        static let lowBattery = [0, 17], sos = 16, removed = 20, fall = [21, 22]
    }

    mutating func hear(_ frame: ArraySlice<UInt8>, _ heard: inout [Heard]) -> Understanding {
        guard let message = try? Watch3GMessage(frame), let band = WatchName.band(Watch3G.prefix, message.number) else {
            return .noFrame
        }
        // More bytes than it says: the watch counts wrongly, and has said what it has said.
        if message.announced < message.content.count { tally.faults += 1 }
        let command = command(of: message)
        var events = WatchEvents(band, frame)
        var understanding: Understanding = .message
        do {
            try read(message, command, into: &events)
        } catch {
            understanding = .unknown
            // An alarm that cannot be read may be a call for help, and is taken for one.
            if command.hasPrefix("al") { events.add(.sos) }
        }
        // Also a damaged message is answered: a watch without its answer starts anew, again and again.
        WatchSaid.append(events.all, answer: answer(to: command, message), to: &heard)
        return understanding
    }

    mutating func forget() {}

    /// The word before the first comma, in small letters: a watch writes `heart`, another `HEART`.
    private func command(of message: Watch3GMessage) -> String {
        let word = message.content.prefix { $0 != UInt8(ascii: ",") }
        return word.count <= 15 ? String(decoding: word, as: UTF8.self).lowercased() : ""
    }

    /// Messages of any other name are none of ours.
    private func read(_ message: Watch3GMessage, _ command: String, into events: inout WatchEvents) throws(NotText) {
        guard !message.isTorn else { throw NotText() }
        var fields = WatchFields(message.content)
        fields.skip(1)
        switch command {
        case "lk":
            fields.skip(2)
            events.addBattery(try fields.whole())
        case "heart", "pulse": events.add(.pulseRate, try fields.whole()) { .pulseRate(PerMinute($0)) }
        case "bphrt", "blood":
            events.addPressure(try fields.whole(), try fields.whole())
            if let rate = try fields.whole(), rate != 0 { events.add(.pulseRate(PerMinute(rate))) }
        case "oxygen":
            fields.skip(1)
            events.add(.oxygenSaturation, try fields.whole()) { .oxygenSaturation(OxygenSaturation(percent: $0)) }
        case "btemp2":
            // The first field is 0 when there is no value behind it.
            let isThere = try fields.whole() ?? 0 > 0
            events.add(.temperature, isThere ? try fields.decimal(places: 2) : 0) { .temperature(centiCelsius: $0) }
        case "temp":
            events.add(.temperature, try fields.decimal(places: 2)) { .temperature(centiCelsius: $0) }
        case _ where command.hasPrefix("ud") || command.hasPrefix("al") || command.hasPrefix("wt"):
            try readPlace(&fields, into: &events)
        default: break
        }
    }

    /// `ddmmyy,hhmmss,A|V,latitude,N|S,longitude,E|W,km/h,course,altitude,satellites,GSM,battery,steps,tumbles,status`.
    /// Its clock is set by its owner and not used.
    private func readPlace(_ fields: inout WatchFields, into events: inout WatchEvents) throws(NotText) {
        fields.skip(2)
        let hasFix = fields.next()?.elementsEqual("A".utf8) ?? false
        let latitude = try degrees(&fields, negative: UInt8(ascii: "S"))
        let longitude = try degrees(&fields, negative: UInt8(ascii: "W"))
        fields.skip(5)
        let battery = try fields.whole()
        fields.skip(2)
        guard let written = fields.next() else { throw NotText() }
        let status = try WatchNumber.hex(written)
        func isSet(_ bit: Int) -> Bool { status.has(bit: bit) }
        if hasFix { events.add(Position(latitudeE7: latitude, longitudeE7: longitude)) }
        events.addBattery(battery, isLow: Status.lowBattery.contains(where: isSet))
        if isSet(Status.removed) { events.add(.removed) }
        if Status.fall.contains(where: isSet) { events.add(.fall) }
        if isSet(Status.sos) { events.add(.sos) }
    }

    private func degrees(_ fields: inout WatchFields, negative: UInt8) throws(NotText) -> Int {
        let value = try fields.decimal(places: 7) ?? 0
        return fields.next()?.first == negative ? -value : value
    }

    /// What the watch waits for; nil for most messages.
    private func answer(to command: String, _ message: Watch3GMessage) -> WatchReply? {
        switch command {
        case "lk": .now(message.answer("LK"))
        case "init": .now(message.answer("INIT,1"))
        case "tkq": .now(message.answer("TKQ"))
        case _ where command.hasPrefix("al"): .onceSaved(message.answer("AL"))
        default: nil
        }
    }
}
