// `gives` of a message, judged: every number a vital needs must be there, every number that is there must mean
// something. Looked up by name once; afterwards only places are left.
import Vitals

/// Finds the places of what a message gives.
struct GivingLoading {
    let shape: MessageFile
    let layout: MessageLayout
    /// Names of the numbers written as hex, for error codes.
    let hexNumbers: Set<String>
    let path: String
    let refuse: Refusal

    func giving() throws(ProfileError) -> Giving {
        try refuseStrayKeys()
        switch shape.gives {
        case nil, .nothing: return .nothing
        case .wrongFormat: return .wrongFormat(shape.says ?? "")
        case .cuffPressure:
            try refuseStrangers(["pressure"])
            return .cuffPressure(try place("pressure"))
        case .deviceError:
            try refuseStrangers(["code"])
            if let text = layout.texts["code"] { return .deviceError(.text(text)) }
            return .deviceError(.number(try place("code"), asHex: hexNumbers.contains("code")))
        case .clock:
            try refuseStrangers(GivingLoading.clockFields)
            return .clock(try clock())
        case .recordCount:
            try refuseStrangers(["count"])
            return .recordCount(try place("count"))
        case .identity:
            try refuseStrangers(["number"])
            if let number = index("number") { return .identity(.tag(number)) }
            guard let text = layout.texts["value"] else {
                throw refuse("\(path).parts", "nothing to identify by", hint: "a number `number` or a text `value`")
            }
            return .identity(.code(text))
        case .bloodPressure, .wearableBloodPressure, .oxygenSaturation, .pulseRate, .temperature, .surfaceTemperature,
            .weight, .height, .glucose:
            return try reading()
        }
    }

    // MARK: Vitals

    private static let clockFields = ["year", "month", "day", "hour", "minute", "second"]
    private static let memoryFields = ["slot", "fromMemory", "userSlot"]

    private func reading() throws(ProfileError) -> Giving {
        let values = shape.missing == nil ? try vital() : .none(try kind())
        let places = ReadingPlaces(
            values: values, clock: GivingLoading.clockFields.contains { index($0) != nil } ? try clock() : nil,
            slot: index("slot"), fromMemory: index("fromMemory"), isAlwaysMemory: shape.memory == true,
            userSlot: index("userSlot"), missing: shape.missing,
            flags: StreamFlags(
                good: try holding(shape.good, "good"), bad: try bits(shape.bad, "bad"),
                best: try holding(shape.best, "best"), absent: try bits(shape.absent, "absent"),
                isDoubted: shape.doubted == true))
        guard shape.stream == true else { return .reading(places) }
        guard values.kind != .bloodPressure, values.kind != .wearableBloodPressure, values.kind != .glucose else {
            throw refuse("\(path).stream", "\(values.kind.rawValue) comes once", hint: "remove stream")
        }
        return .sample(places)
    }

    private func kind() throws(ProfileError) -> VitalKind {
        guard let kind = shape.gives.flatMap({ VitalKind(rawValue: $0.rawValue) }) else {
            throw refuse("\(path).missing", "belongs to a vital", hint: "name one under gives")
        }
        return kind
    }

    private func vital() throws(ProfileError) -> VitalPlaces {
        let kind = try kind()
        switch kind {
        case .bloodPressure:
            try refuseStrangers(["systolic", "diastolic", "mean", "pulse", "irregularPulse", "moved"], beside: true)
            return .bloodPressure(
                BloodPressurePlaces(
                    systolic: try place("systolic"), diastolic: try place("diastolic"), mean: index("mean"),
                    pulse: index("pulse"), irregularPulse: index("irregularPulse"), moved: index("moved")))
        case .wearableBloodPressure:
            try refuseStrangers(["systolic", "diastolic"], beside: true)
            return .wearableBloodPressure(systolic: try place("systolic"), diastolic: try place("diastolic"))
        case .oxygenSaturation:
            try refuseStrangers(["percent", "pulse", "perfusionIndex"], beside: true)
            return .oxygenSaturation(
                percent: try quantum([.percent]), pulse: quantum(.pulse), perfusionIndex: quantum(.perfusionIndex))
        case .pulseRate: return .single(kind, try only([.perMinute]))
        case .temperature, .surfaceTemperature: return .single(kind, try only([.celsius, .fahrenheit]))
        case .weight: return .single(kind, try only([.kilograms, .grams, .pounds]))
        case .height: return .single(kind, try only([.centimetres, .millimetres]))
        case .glucose:
            let units: [WireUnit] = [.millimolesPerLitre, .milligramsPerDecilitre]
            try refuseStrangers(units.map(\.rawValue) + ["meal"], beside: true)
            return .glucose(try quantum(units), meal: try meal())
        }
    }

    private func only(_ units: [WireUnit]) throws(ProfileError) -> Quantum {
        try refuseStrangers(units.map(\.rawValue), beside: true)
        return try quantum(units)
    }

    private func quantum(_ wire: WireUnit) -> Quantum? {
        index(wire.rawValue).map { Quantum(place: $0, wire: wire, unit: layout.units[$0]) }
    }

    /// The number that is there, in one of these units.
    private func quantum(_ units: [WireUnit]) throws(ProfileError) -> Quantum {
        let found = units.compactMap(quantum)
        guard let first = found.first, found.count == 1 else {
            throw refuse(
                "\(path).parts", found.isEmpty ? "`\(units[0].rawValue)` is missing" : "the value stands there twice",
                hint: "one part named \(units.map(\.rawValue).joined(separator: " or "))")
        }
        return first
    }

    private func meal() throws(ProfileError) -> MealPlace? {
        guard let place = index("meal") else {
            guard shape.meal == nil else {
                throw refuse("\(path).meal", "no part is named `meal`", hint: "name the part that holds the mark")
            }
            return nil
        }
        guard let meal = shape.meal else {
            throw refuse("\(path).meal", "missing", hint: "which number is which: { before: 1, after: 2, none: 0 }")
        }
        return MealPlace(place: place, before: meal.before, after: meal.after, none: meal.none)
    }

    private func clock() throws(ProfileError) -> ClockPlaces {
        ClockPlaces(
            year: try place("year"), month: try place("month"), day: try place("day"), hour: index("hour"),
            minute: index("minute"), second: index("second"))
    }

    // MARK: Flags of a stream

    private func holding(_ written: [String: OneOrMany]?, _ key: String) throws(ProfileError) -> [StreamFlags.Values] {
        var flags: [StreamFlags.Values] = []
        for (name, values) in (written ?? [:]).sorted(by: { $0.key < $1.key }) {
            flags.append((try flag(name, key), values.numbers))
        }
        return flags
    }

    private func bits(_ written: [String: OneOrMany]?, _ key: String) throws(ProfileError) -> [StreamFlags.Bits] {
        var flags: [StreamFlags.Bits] = []
        for (name, values) in (written ?? [:]).sorted(by: { $0.key < $1.key }) {
            let bits = values.numbers.reduce(0, |)
            guard bits != 0 else {
                throw refuse("\(path).\(key).\(name)", "no bit is named", hint: "as in 1, or [0x01, 0x20]")
            }
            flags.append((try flag(name, key), bits))
        }
        return flags
    }

    private func flag(_ name: String, _ key: String) throws(ProfileError) -> Int {
        guard let place = index(name) else {
            throw refuse("\(path).\(key).\(name)", "no number is named so", hint: "name one from parts")
        }
        return place
    }

    /// Numbers that only say how far a sample can be trusted.
    private var flagNames: [String] {
        [shape.good, shape.bad, shape.best, shape.absent].flatMap { ($0 ?? [:]).keys }
    }

    // MARK: Refusals

    private func refuseStrayKeys() throws(ProfileError) {
        func belongs(_ key: String, _ isThere: Bool, _ belongs: Bool, to what: String) throws(ProfileError) {
            if isThere, !belongs { throw refuse("\(path).\(key)", "belongs to \(what)", hint: "remove it") }
        }
        let gives = shape.gives
        guard (shape.says != nil) == (gives == .wrongFormat) else {
            throw refuse(
                "\(path).says", "says and gives: 'wrongFormat' belong together", hint: "say what is set wrongly")
        }
        guard (shape.because != nil) == (gives == .nothing) else {
            throw refuse(
                "\(path).because", "because and gives: 'nothing' belong together", hint: "say why nothing is read")
        }
        let isVital = gives.flatMap { VitalKind(rawValue: $0.rawValue) } != nil
        try belongs("stream", shape.stream != nil, isVital, to: "a vital")
        try belongs("memory", shape.memory != nil, isVital, to: "a vital")
        try belongs("missing", shape.missing != nil, isVital, to: "a vital")
        try belongs("meal", shape.meal != nil, gives == .glucose, to: "glucose")
        let flags = !flagNames.isEmpty || shape.doubted != nil
        try belongs("good", flags, shape.stream == true, to: "a stream")
    }

    private func index(_ field: String) -> Int? { layout.names.firstIndex(of: field) }

    private func place(_ field: String) throws(ProfileError) -> Int {
        guard let place = index(field) else {
            throw refuse("\(path).parts", "`\(field)` is missing", hint: "name the part that holds it")
        }
        return place
    }

    /// A misspelt `puls` would be a reading without its pulse. `beside`: clock, memory and flags may stand there too.
    private func refuseStrangers(_ known: [String], beside: Bool = false) throws(ProfileError) {
        let all = known + (beside ? GivingLoading.clockFields + GivingLoading.memoryFields + flagNames : [])
        guard let stranger = layout.names.first(where: { $0 != "?" && !all.contains($0) }) else { return }
        throw refuse(
            "\(path).parts", "`\(stranger)` means nothing here",
            hint: "known: \(all.joined(separator: ", ")); what is not understood is { unknown: n } or `?`")
    }
}
