// `messages` of a profile, judged and flattened. Parts tile a message: each begins where the one before it ended, and a
// part that says its own offset (`at`) is held to it, so an overlap or a gap in a copied table is refused at load.
import Vitals

extension MessageTable {
    static func load(
        _ written: ProfileFile, framing: Framing, refuse: Refusal
    ) throws(ProfileError) -> MessageTable {
        guard let shapes = written.messages, !shapes.isEmpty else {
            throw refuse("messages", "there are none", hint: "describe at least one message, or name a decoder")
        }
        var messages: [Message] = []
        for name in refuse.text.keys(under: "messages") {
            guard let shape = shapes[name] else { continue }
            // What a bare host says has no frame to fit into.
            let isBare = shape.from == .host && written.frames.isHostBare
            let lengths = isBare ? 1...4_096 : framing.messageLengths
            messages.append(try MessageLoading(name, refuse).message(shape, lengths: lengths))
        }
        var errors: [String: DeviceFault] = [:]
        for (code, error) in written.errors ?? [:] {
            let meaning = LocalizedText(error.zh, en: error.en)
            errors[code] = .deviceError(code: code, meaning: meaning, kind: error.kind)
        }
        let names = messages.map(\.name)
        let exchange = try Exchange(written.exchange, refuse: refuse) { name in names.firstIndex(of: name) }
        let table = MessageTable(
            messages: messages, limits: try Limits(written.limits ?? [:], refuse), errors: errors, exchange: exchange,
            framing: framing, isHostBare: written.frames.isHostBare)
        try table.refuseMixedSides(refuse)
        try table.refuseDeadCodes(written, refuse: refuse)
        if let simulate = written.simulate, simulate.lasts <= 0 || (simulate.every ?? 1) < 0.01 {
            throw refuse("simulate", "lasts or every cannot be", hint: "seconds: lasts above 0, every at least 0.01")
        }
        if let rising = written.simulate?.rising {
            guard messages.contains(where: { $0.name == rising && $0.gives.isCuffPressure }) else {
                throw refuse(
                    "simulate.rising", "`\(rising)` gives no cuff pressure", hint: "name the message that does")
            }
        }
        if let vital = written.vital, vital != .bloodPressure || table.message(where: \.isBloodPressure) == nil {
            throw refuse("messages", "none gives \(vital.rawValue)", hint: "add gives: '\(vital.rawValue)' to one")
        }
        return table
    }

    /// What the hut sends must be the host's, what it awaits the device's.
    private func refuseMixedSides(_ refuse: Refusal) throws(ProfileError) {
        let asks = exchange.open + exchange.start + exchange.stop
        for index in asks.map(\.send) where !messages[index].isFromHost {
            throw refuse(
                "exchange", "`\(messages[index].name)` is the device's and cannot be sent", hint: "add from: 'host'")
        }
        for index in asks.flatMap(\.expect) + exchange.during + exchange.until where messages[index].isFromHost {
            throw refuse(
                "exchange", "`\(messages[index].name)` is the host's and cannot be awaited", hint: "name an answer")
        }
    }

    /// A code in another notation than the message's would never be found.
    private func refuseDeadCodes(_ written: ProfileFile, refuse: Refusal) throws(ProfileError) {
        let index = message(where: \.isDeviceError)
        guard let index, case .deviceError(_, let asHex) = messages[index].gives else {
            guard errors.isEmpty else {
                throw refuse("errors", "no message gives a code", hint: "add gives: 'deviceError' to one")
            }
            return
        }
        for code in errors.keys.sorted() + [written.simulate?.error].compactMap(\.self) {
            let number = Int(code, radix: asHex ? 16 : 10)
            guard let number, Giving.code(number, asHex: asHex) == code else {
                throw refuse(
                    "errors.\(code)", "the device never sends it so",
                    hint: asHex ? "two upper-case hex digits" : "decimal, without zeros in front")
            }
        }
    }
}

extension Limits {
    fileprivate init(_ written: [String: [Int]], _ refuse: Refusal) throws(ProfileError) {
        let known = Field.allCases.map(\.rawValue)
        if let name = written.keys.sorted().first(where: { !known.contains($0) }) {
            throw refuse("limits.\(name)", "unknown field", hint: "known here: \(known.joined(separator: ", "))")
        }
        for field in Field.allCases {
            guard let range = written[field.rawValue] else { continue }
            guard range.count == 2, range[0] <= range[1] else {
                throw refuse("limits.\(field.rawValue)", "not a range", hint: "as in [60, 260], both allowed")
            }
            ranges.append((field, range[0]...range[1]))
        }
    }
}

/// Flattens one message.
struct MessageLoading {
    let path: String
    let name: String
    let refuse: Refusal
    var layout = MessageLayout()
    /// Numbers that the profile writes in hex: error codes.
    var hexNumbers: Set<String> = []
    /// Names of the numbers, in their order.
    var numbers: [String] { layout.names }

    init(_ name: String, _ refuse: Refusal) { (path, self.name, self.refuse) = ("messages.\(name)", name, refuse) }

    /// The whole message: parts, pairs, check, and what it gives.
    func message(_ shape: MessageFile, lengths: ClosedRange<Int>) throws(ProfileError) -> Message {
        var loading = self
        for (index, part) in shape.parts.enumerated() { try loading.add(part, at: "\(path).parts[\(index)]") }
        if let pairs = shape.pairs { try loading.add(pairs, at: "\(path).pairs") }
        if let check = shape.check { try loading.add(check, at: "\(path).check") }
        let length = loading.layout.length
        guard lengths.contains(length) || loading.layout.isOpenEnded && length <= lengths.upperBound else {
            throw refuse(
                "\(path).parts",
                "\(length) bytes do not fit into a frame (\(lengths.lowerBound) to \(lengths.upperBound))",
                hint: "a byte is missing, or frames is wrong")
        }
        return Message(
            name: name, isFromHost: shape.from == .host, layout: loading.layout, gives: try loading.giving(shape))
    }

    private func giving(_ shape: MessageFile) throws(ProfileError) -> Giving {
        guard (shape.says != nil) == (shape.gives == .wrongFormat) else {
            throw refuse(
                "\(path).says", "says and gives: 'wrongFormat' belong together", hint: "say what is set wrongly")
        }
        switch shape.gives {
        case nil: return .nothing
        case .wrongFormat: return .wrongFormat(shape.says ?? "")
        case .cuffPressure:
            try refuseStrangers(["pressure"])
            return .cuffPressure(try place("pressure"))
        case .deviceError:
            try refuseStrangers(["code"])
            return .deviceError(code: try place("code"), asHex: hexNumbers.contains("code"))
        case .bloodPressure:
            let values = ["systolic", "diastolic", "mean", "pulse", "irregularPulse", "moved"]
            let clock = ["year", "month", "day", "hour", "minute", "second"]
            try refuseStrangers(values + clock)
            return .bloodPressure(
                BloodPressurePlaces(
                    systolic: try place("systolic"), diastolic: try place("diastolic"), mean: index("mean"),
                    pulse: index("pulse"), irregularPulse: index("irregularPulse"), moved: index("moved"),
                    clock: clock.contains(where: numbers.contains) ? try self.clock() : nil))
        }
    }

    private func clock() throws(ProfileError) -> ClockPlaces {
        ClockPlaces(
            year: try place("year"), month: try place("month"), day: try place("day"), hour: try place("hour"),
            minute: try place("minute"), second: index("second"))
    }

    private func index(_ field: String) -> Int? { numbers.firstIndex(of: field) }

    private func place(_ field: String) throws(ProfileError) -> Int {
        guard let place = index(field) else {
            throw refuse("\(path).parts", "`\(field)` is missing", hint: "name the part that holds it")
        }
        return place
    }

    /// A misspelt `puls` would be a reading without its pulse.
    private func refuseStrangers(_ known: [String]) throws(ProfileError) {
        guard let stranger = numbers.first(where: { $0 != "?" && !known.contains($0) }) else { return }
        throw refuse(
            "\(path).parts", "`\(stranger)` means nothing here",
            hint: "known: \(known.joined(separator: ", ")); what is not understood is { unknown: n }")
    }
}
