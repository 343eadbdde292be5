// Pulse oximeters: one settled value (2A5E), and a value a second for as long as the finger is in (2A5F). Both carry
// the same words on how far the device trusts itself.
import Vitals

/// How far an oximeter trusts its value; bits of the two status fields.
struct OximeterTrust: Hashable, Sendable {
    /// Nil where the device does not send it.
    var measurement: UInt16?
    /// 24 bits; nil where the device does not send it.
    var sensor: UInt32?

    /// From its own memory, not of now.
    var isFromMemory: Bool { has(9) }
    /// Still settling, or doubted by the device itself; such a value is kept and never preferred.
    var isDoubtful: Bool { has(5) || has(6) || has(14) }
    /// The device stands behind its value, or has no word for it.
    var isBest: Bool { measurement.map { $0.has(bit: 8) } ?? true && !isDoubtful }

    /// Why the value is no measurement of anybody: a show, a test, a calibration, none to be had, or wrong.
    var refused: NoValueClass? {
        if has(13) { return .noSignal }
        return has(10) || has(11) || has(12) || has(15) ? .fault : nil
    }

    /// The sensor is on a finger, as far as it says.
    var isOnFinger: Bool { sensor.map { !$0.has(bit: 11) && !$0.has(bit: 15) } ?? true }

    private func has(_ bit: Int) -> Bool { measurement?.has(bit: bit) ?? false }
}

/// Oxygen saturation in per cent and pulse, as the oximeters of both kinds write them.
struct OximeterValue: Hashable, Sendable {
    var percent, pulse: MedicalFloat

    init(percent: MedicalFloat, pulse: MedicalFloat) { (self.percent, self.pulse) = (percent, pulse) }

    fileprivate init(_ reader: inout PayloadReader) throws(GATTPayloadError) {
        percent = try reader.sfloat("oxygen saturation")
        pulse = try reader.sfloat("pulse")
    }

    /// nil without a saturation; the strength of the pulse in hundredths of a percent.
    fileprivate func vital(strength: MedicalFloat?) -> Vital? {
        percent.whole().map { percent in
            .oxygenSaturation(
                OxygenSaturation(
                    percent: percent, pulse: pulse.whole().map { PerMinute($0) },
                    perfusionIndex: strength?.whole(times: (100, over: 1))))
        }
    }
}

extension PayloadWriter {
    fileprivate mutating func put(_ value: OximeterValue?) {
        put(sfloat: value?.percent)
        put(sfloat: value?.pulse)
    }
}

/// One settled value of an oximeter.
struct SpotCheckPayload: GATTPayload {
    var value: OximeterValue
    var time: PayloadTime?
    var trust = OximeterTrust()
    /// Pulse amplitude index, per cent.
    var strength: MedicalFloat?
    /// Its clock was never set: its time says nothing.
    var isClockUnset = false
    var tail = UnknownTail()

    init(_ bytes: [UInt8]) throws(GATTPayloadError) {
        var reader = PayloadReader(bytes)
        let flags = try reader.u8("flags")
        value = try OximeterValue(&reader)
        if flags.has(bit: 0) { time = try reader.time() }
        if flags.has(bit: 1) { trust.measurement = try reader.u16("measurement status") }
        if flags.has(bit: 2) { trust.sensor = try reader.u24("sensor status") }
        if flags.has(bit: 3) { strength = try reader.sfloat("pulse amplitude index") }
        isClockUnset = flags.has(bit: 4)
        tail = try reader.tail(of: flags, known: 0x1F)
    }

    /// The value by which an oximeter would give this reading; nil when it is no oximeter's or has no place in one.
    init?(_ reading: DeviceReading) {
        guard case .oxygenSaturation(let oxygen) = reading.vital else { return nil }
        value = OximeterValue(
            percent: .number(mantissa: oxygen.percent, exponent: 0),
            pulse: oxygen.pulse.map { .number(mantissa: $0.value, exponent: 0) } ?? .special(.notANumber))
        time = reading.deviceTime.flatMap(PayloadTime.init)
        strength = oxygen.perfusionIndex.map { .number(mantissa: $0, exponent: -2) }
        trust.measurement = reading.memorySlot == nil ? 1 << 8 : 1 << 8 | 1 << 9
    }

    var bytes: [UInt8] {
        let flags = UInt8(flags: [
            time != nil, trust.measurement != nil, trust.sensor != nil, strength != nil, isClockUnset,
        ])
        var writer = PayloadWriter(flags: flags | tail.flags)
        writer.put(value)
        writer.put(time)
        writer.put(trust.measurement)
        writer.put(u24: trust.sensor)
        writer.put(sfloat: strength)
        writer.put(tail)
        return writer.bytes
    }

    /// One reading. The memory has no record numbers, so a value out of it is told by its time and stands in place 0.
    var events: [DeviceEvent] {
        if let why = trust.refused { return [noValue(.oxygenSaturation, why)] }
        guard let vital = value.vital(strength: strength) else {
            return [noValue(.oxygenSaturation, value.percent.missing ?? .fault)]
        }
        return [event(vital, at: isClockUnset ? nil : time?.civil, memorySlot: trust.isFromMemory ? 0 : nil)]
    }
}

/// One of a running oximeter's values.
struct ContinuousOximeterPayload: GATTPayload {
    var normal: OximeterValue
    /// Averaged over a shorter and over a longer time than the normal one.
    var fast, slow: OximeterValue?
    var trust = OximeterTrust()
    /// Pulse amplitude index, per cent.
    var strength: MedicalFloat?
    var tail = UnknownTail()

    init(normal: OximeterValue) { self.normal = normal }

    init(_ bytes: [UInt8]) throws(GATTPayloadError) {
        var reader = PayloadReader(bytes)
        let flags = try reader.u8("flags")
        normal = try OximeterValue(&reader)
        if flags.has(bit: 0) { fast = try OximeterValue(&reader) }
        if flags.has(bit: 1) { slow = try OximeterValue(&reader) }
        if flags.has(bit: 2) { trust.measurement = try reader.u16("measurement status") }
        if flags.has(bit: 3) { trust.sensor = try reader.u24("sensor status") }
        if flags.has(bit: 4) { strength = try reader.sfloat("pulse amplitude index") }
        tail = try reader.tail(of: flags, known: 0x1F)
    }

    var bytes: [UInt8] {
        let flags = UInt8(flags: [
            fast != nil, slow != nil, trust.measurement != nil, trust.sensor != nil, strength != nil,
        ])
        var writer = PayloadWriter(flags: flags | tail.flags)
        for value in [normal, fast, slow] { writer.put(value) }
        writer.put(trust.measurement)
        writer.put(u24: trust.sensor)
        writer.put(sfloat: strength)
        writer.put(tail)
        return writer.bytes
    }

    var sample: Sample? {
        var sample = Sample(kind: .oxygenSaturation, raw: bytes)
        sample.isPresent = trust.isOnFinger
        (sample.isUsable, sample.isBest) = (!trust.isDoubtful, trust.isBest)
        sample.vital = trust.refused == nil ? normal.vital(strength: strength) : nil
        if let vital = sample.vital {
            sample.isUsable = sample.isUsable && vital.implausibleField == nil
        } else {
            sample.missing = trust.refused ?? normal.percent.missing ?? .fault
        }
        return sample
    }
}
