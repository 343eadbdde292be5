// Body temperature (2A1C) and weight (2A9D).
import Vitals

/// One result of a thermometer.
struct TemperaturePayload: GATTPayload {
    var isFahrenheit = false
    var value: MedicalFloat
    var time: PayloadTime?
    /// Where it was taken; nil where the device says it elsewhere or not at all.
    var site: UInt8?
    var tail = UnknownTail()

    /// Finger and toe are skin; armpit, body, ear, mouth and the others stand for the body.
    private static let skin: Set<UInt8> = [4, 8]

    init(_ bytes: [UInt8]) throws(GATTPayloadError) {
        var reader = PayloadReader(bytes)
        let flags = try reader.u8("flags")
        isFahrenheit = flags.has(bit: 0)
        value = try reader.float("temperature")
        if flags.has(bit: 1) { time = try reader.time() }
        if flags.has(bit: 2) { site = try reader.u8("site") }
        tail = try reader.tail(of: flags, known: 0x07)
    }

    /// The value by which a thermometer would give this reading; nil when it is no thermometer's.
    init?(_ reading: DeviceReading) {
        switch reading.vital {
        case .temperature(let celsius): value = .number(mantissa: celsius, exponent: -2)
        case .surfaceTemperature(let celsius): (value, site) = (.number(mantissa: celsius, exponent: -2), 4)
        default: return nil
        }
        time = reading.deviceTime.flatMap(PayloadTime.init)
    }

    var bytes: [UInt8] {
        var writer = PayloadWriter(flags: UInt8(flags: [isFahrenheit, time != nil, site != nil]) | tail.flags)
        writer.put(float: value)
        writer.put(time)
        writer.put(site)
        writer.put(tail)
        return writer.bytes
    }

    var events: [DeviceEvent] {
        let isSkin = site.map { TemperaturePayload.skin.contains($0) } ?? false
        guard let celsius = centiCelsius else {
            return [noValue(isSkin ? .surfaceTemperature : .temperature, value.missing ?? .fault)]
        }
        let vital = isSkin ? Vital.surfaceTemperature(centiCelsius: celsius) : .temperature(centiCelsius: celsius)
        return [event(vital, at: time?.civil)]
    }

    private var centiCelsius: Int? {
        isFahrenheit ? value.whole(times: (500, over: 9), adding: -32) : value.whole(times: (100, over: 1))
    }
}

/// One result of a scale.
struct WeightPayload: GATTPayload {
    var isImperial = false
    /// 5 g each, or hundredths of a pound; FFFF when the measurement failed.
    var weight: UInt16
    var time: PayloadTime?
    /// 255 for a user the scale does not know.
    var user: UInt8?
    var body: Body?
    var tail = UnknownTail()

    /// What the scale reckoned from a height somebody typed into it once; so neither is a measurement of today.
    struct Body: Hashable, Sendable {
        /// Tenths of a kilogram a square metre.
        var massIndex: UInt16
        /// Millimetres, or tenths of an inch.
        var height: UInt16
    }

    private static let failed: UInt16 = 0xFFFF
    /// A pound is 453.59237 g, a step is a hundredth of it.
    private static let gramsEachStep = (metric: (5, over: 1), imperial: (45_359_237, over: 10_000_000))

    init(_ bytes: [UInt8]) throws(GATTPayloadError) {
        var reader = PayloadReader(bytes)
        let flags = try reader.u8("flags")
        isImperial = flags.has(bit: 0)
        weight = try reader.u16("weight")
        if flags.has(bit: 1) { time = try reader.time() }
        if flags.has(bit: 2) { user = try reader.u8("user") }
        if flags.has(bit: 3) {
            body = Body(massIndex: try reader.u16("body mass index"), height: try reader.u16("height"))
        }
        tail = try reader.tail(of: flags, known: 0x0F)
    }

    /// The value by which a scale would give this reading; nil when it is no scale's or between two steps of 5 g.
    init?(_ reading: DeviceReading) {
        guard case .weight(let grams) = reading.vital, grams.isMultiple(of: 5),
            let steps = UInt16(exactly: grams / 5), steps != WeightPayload.failed
        else { return nil }
        weight = steps
        time = reading.deviceTime.flatMap(PayloadTime.init)
        user = reading.userSlot.flatMap(UInt8.init(exactly:))
    }

    var bytes: [UInt8] {
        let flags = UInt8(flags: [isImperial, time != nil, user != nil, body != nil]) | tail.flags
        var writer = PayloadWriter(flags: flags)
        writer.put(weight)
        writer.put(time)
        writer.put(user)
        writer.put(body?.massIndex)
        writer.put(body?.height)
        writer.put(tail)
        return writer.bytes
    }

    var events: [DeviceEvent] {
        guard weight != WeightPayload.failed else { return [noValue(.weight, .fault)] }
        let factor = isImperial ? WeightPayload.gramsEachStep.imperial : WeightPayload.gramsEachStep.metric
        guard let grams = MedicalFloat.number(mantissa: Int(weight), exponent: 0).whole(times: factor) else {
            return []
        }
        return [event(.weight(grams: grams), at: time?.civil, user: user)]
    }
}
