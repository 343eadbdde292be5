// One JSON object on one line, keys in the order given: what `decode` and `watch` print and other programs read.
//
// Written by hand because key order is part of the contract, absent values must have no key at all, and 36.5 must
// not become 36.500000000000004.

/// Builds one line of JSON, key by key.
package struct JSONLine: Sendable {
    private var body = ""

    package init() {}

    /// The finished object, without a line end.
    package var text: String { "{\(body)}" }

    package mutating func add(_ key: String, _ value: String?) {
        if let value { append(key, JSONLine.quoted(value)) }
    }

    package mutating func add(_ key: String, _ value: Int?) {
        if let value { append(key, String(value)) }
    }

    package mutating func add<Unit>(_ key: String, _ value: Quantity<Unit>?) { add(key, value?.value) }

    package mutating func add(_ key: String, _ value: Bool?) {
        if let value { append(key, value ? "true" : "false") }
    }

    /// A number of `places` decimals held as a whole number: `3650` with two places is `36.5`; at least one decimal.
    package mutating func add(_ key: String, scaled value: Int, places: Int) {
        append(key, JSONLine.decimal(value, places: places))
    }

    package mutating func add(_ key: String, _ object: JSONLine) { append(key, object.text) }

    /// `3650`, two places → `36.5`; `3600` → `36.0`; `-5`, one place → `-0.5`.
    package static func decimal(_ value: Int, places: Int) -> String {
        let digits = abs(value).padded(places + 1)
        var fraction = digits.suffix(places)
        while fraction.count > 1, fraction.last == "0" { fraction.removeLast() }
        return "\(value < 0 ? "-" : "")\(digits.dropLast(places)).\(fraction)"
    }

    /// A JSON string, escaped, with its quotes.
    package static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }

    private mutating func append(_ key: String, _ json: String) {
        if !body.isEmpty { body += "," }
        body += "\(JSONLine.quoted(key)):\(json)"
    }
}

extension JSONLine {
    /// Adds `vital` and its values under the keys of the `decode` and `watch` contract.
    package mutating func add(_ vital: Vital) {
        add("vital", vital.kind.rawValue)
        addValues(of: vital)
    }

    /// Adds the values of a vital only.
    package mutating func addValues(of vital: Vital) {
        switch vital {
        case .bloodPressure(let pressure):
            add("systolic", pressure.systolic)
            add("diastolic", pressure.diastolic)
            add("mean", pressure.mean)
            add("pulse", pressure.pulse)
        case .wearableBloodPressure(let pressure):
            add("systolic", pressure.systolic)
            add("diastolic", pressure.diastolic)
        case .pulseRate(let rate): add("perMinute", rate)
        case .oxygenSaturation(let oxygen):
            add("percent", oxygen.percent)
            add("pulse", oxygen.pulse)
            if let index = oxygen.perfusionIndex { add("perfusionIndex", scaled: index, places: 2) }
        case .temperature(let celsius), .surfaceTemperature(let celsius): add("celsius", scaled: celsius, places: 2)
        case .weight(let grams): add("kilograms", scaled: grams, places: 3)
        case .height(let millimetres): add("centimetres", scaled: millimetres, places: 1)
        case .glucose(let glucose):
            add("millimolesPerLitre", scaled: glucose.micromolesPerLitre, places: 3)
            add("meal", glucose.meal?.rawValue)
        }
    }

    /// Adds what a device said, as `decode` prints it.
    package mutating func add(_ event: DeviceEvent) {
        switch event {
        case .reading(let reading):
            add(reading.vital)
            add("deviceTime", reading.deviceTime?.iso)
            if case .bloodPressure(let pressure) = reading.vital {
                add("irregularPulse", pressure.irregularPulse)
                add("moved", pressure.moved)
            }
            add("memorySlot", reading.memorySlot)
            add("userSlot", reading.userSlot)
            add("from", reading.band?.rawValue)
        case .cuffPressure(let pressure): add("cuffPressure", pressure)
        case .noValue(let vital, let why, let band, _):
            add("noValue", why.rawValue)
            add("vital", vital.rawValue)
            add("from", band?.rawValue)
        case .signal(let signal, let band, _, _):
            add("signal", signal.rawValue)
            add("from", band.rawValue)
        case .position(let position, let band):
            var place = JSONLine()
            place.add("latitude", scaled: position.latitudeE7, places: 7)
            place.add("longitude", scaled: position.longitudeE7, places: 7)
            add("position", place)
            add("from", band.rawValue)
        case .battery(let percent, let band):
            add("batteryPercent", percent)
            add("from", band.rawValue)
        case .identity(let token):
            add("identity", token.kind.rawValue)
            add("ends", token.ends)
        case .identityLifted: add("identity", "lifted")
        case .fault(let fault, _): add(fault)
        }
    }

    /// Adds `fault` and what is known of it.
    package mutating func add(_ fault: DeviceFault) {
        switch fault {
        case .deviceError(let code, let meaning, _):
            add("fault", "deviceError")
            add("code", code)
            add("meaning", meaning?.english)
        case .implausible(let field):
            add("fault", "implausible")
            add("field", field)
        case .wrongFormat(let what):
            add("fault", "wrongFormat")
            add("meaning", what)
        }
    }
}
