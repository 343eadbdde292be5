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
            messages.append(try MessageLoading(name, refuse).message(shape, lengths: framing.messageLengths))
        }
        let names = messages.map(\.name)
        let exchange = try Exchange(written.exchange, refuse: refuse) { name in names.firstIndex(of: name) }
        let table = MessageTable(
            messages: messages, limits: try Limits(written.limits ?? [:], refuse), errors: written.faults,
            exchange: exchange,
            framing: framing)
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
    init(_ written: [String: [Int]], _ refuse: Refusal) throws(ProfileError) {
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
private struct MessageLoading {
    let path: String
    let name: String
    let refuse: Refusal
    var constants: [(at: Int, byte: UInt8)] = []
    var fields: [Field] = []
    /// Names of the numbers, in their order.
    var numbers: [String] = []
    var hexNumbers: Set<String> = []
    var secrets: [Range<Int>] = []
    var usual: [UInt8] = []
    var offset = 0
    var hasRest = false

    init(_ name: String, _ refuse: Refusal) { (path, self.name, self.refuse) = ("messages.\(name)", name, refuse) }

    mutating func add(_ part: PartFile, at path: String) throws(ProfileError) {
        guard !hasRest else { throw refuse(path, "behind a rest", hint: "rest takes everything and stands last") }
        if let at = part.at, at != offset {
            throw refuse(
                path, "at \(at), but the part before ends at \(offset): \(at < offset ? "overlap" : "gap")",
                hint: "every byte belongs to exactly one part")
        }
        if let constant = part.constant { return append(try refuse.bytes(constant, at: path)) }
        let written: [(form: NumberForm, name: String?)] = [
            (.u8, part.u8), (.u16be, part.u16be), (.u16le, part.u16le), (.i16be, part.i16be), (.i16le, part.i16le),
            (.u32le, part.u32le),
        ]
        let named = written.filter { $0.name != nil }
        let kinds =
            named.count + [part.digits, part.text, part.unknown].count { $0 != nil } + (part.rest == nil ? 0 : 1)
        guard kinds == 1 else {
            throw refuse(path, "a part is of exactly one kind", hint: "u8, u16be, …, digits, text, unknown or rest")
        }
        if let (form, name) = named.first, let width = form.width {
            guard part.name == nil else {
                throw refuse("\(path).is", "a number is named by its kind", hint: "as in { u16be: 'systolic' }")
            }
            try number(name, form, width, part, at: path)
        } else if let width = part.digits {
            try number(part.name, .digits, try checked(width, upTo: 9, at: "\(path).digits"), part, at: path)
        } else {
            try bytes(part, at: path)
        }
    }

    private mutating func append(_ constant: [UInt8]) {
        for (index, byte) in constant.enumerated() { constants.append((offset + index, byte)) }
        offset += constant.count
    }

    private mutating func number(
        _ name: String?, _ form: NumberForm, _ width: Int, _ part: PartFile, at path: String
    ) throws(ProfileError) {
        guard let name, !numbers.contains(name) else {
            throw refuse(
                path, "a number needs a name of its own", hint: "as in { u8: 'month' } or { digits: 2, is: 'month' }")
        }
        guard part.usually == nil, part.secret == nil else {
            throw refuse(path, "usually and secret belong to text and unknown", hint: "remove them")
        }
        let least = part.atLeast ?? Int.min
        fields.append(Field(kind: .number(form), at: offset, width: width, plus: part.plus ?? 0, atLeast: least))
        numbers.append(name)
        if part.as == .hex { hexNumbers.insert(name) }
        offset += width
    }

    private mutating func bytes(_ part: PartFile, at path: String) throws(ProfileError) {
        guard part.plus == nil, part.atLeast == nil, part.as == nil else {
            throw refuse(path, "plus, atLeast and as belong to numbers", hint: "remove them")
        }
        let usually = try part.usually.map { text throws(ProfileError) in try refuse.bytes(text, at: "\(path).usually")
        }
        if part.rest != nil {
            if part.secret == true { secrets.append(offset..<offset) }
            fields.append(Field(kind: .rest, at: offset, width: 0))
            usual += usually ?? []
            hasRest = true
            return
        }
        let width = try checked(part.text ?? part.unknown ?? 0, upTo: 4_096, at: path)
        let filler: UInt8 = part.text == nil ? 0 : 0x20
        let content = (usually ?? []) + [UInt8](repeating: filler, count: max(0, width - (usually?.count ?? 0)))
        guard content.count == width else {
            throw refuse("\(path).usually", "longer than the part", hint: "at most \(width) bytes")
        }
        if part.secret == true { secrets.append(offset..<offset + width) }
        fields.append(Field(kind: part.text == nil ? .unknown : .text, at: offset, width: width))
        usual += content
        offset += width
    }

    private func checked(_ width: Int, upTo most: Int, at path: String) throws(ProfileError) -> Int {
        guard (1...most).contains(width) else {
            throw refuse(path, "\(width) bytes cannot be", hint: "1 to \(most)")
        }
        return width
    }

    func message(_ shape: MessageFile, lengths: ClosedRange<Int>) throws(ProfileError) -> Message {
        var loading = self
        for (index, part) in shape.parts.enumerated() { try loading.add(part, at: "\(path).parts[\(index)]") }
        guard lengths.contains(loading.offset) || loading.hasRest && loading.offset <= lengths.upperBound else {
            throw refuse(
                "\(path).parts",
                "\(loading.offset) bytes do not fit into a frame (\(lengths.lowerBound) to \(lengths.upperBound))",
                hint: "a byte is missing, or frames is wrong")
        }
        return Message(
            name: name, isFromHost: shape.from == .host, constants: loading.constants, fields: loading.fields,
            length: loading.offset,
            hasRest: loading.hasRest, numbers: loading.numbers.count, gives: try loading.giving(shape),
            secrets: loading.secrets, usualText: loading.usual)
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
        guard let stranger = numbers.first(where: { !known.contains($0) }) else { return }
        throw refuse(
            "\(path).parts", "`\(stranger)` means nothing here",
            hint: "known: \(known.joined(separator: ", ")); what is not understood is { unknown: n }")
    }
}
