// Blood pressure (2A35) and heart rate (2A37).
import Vitals

/// One result of an arm cuff.
struct BloodPressurePayload: GATTPayload {
    var isKilopascal = false
    var systolic, diastolic, mean: MedicalFloat
    var time: PayloadTime?
    var pulse: MedicalFloat?
    /// 255 for a user the cuff does not know.
    var user: UInt8?
    var status: UInt16?
    var tail = UnknownTail()

    private enum Status { static let moved = 0, cuffLoose = 1, irregularPulse = 2, wrongPosition = 5 }
    /// 1 kPa is 7.50062 mmHg.
    private static let mmHgEachKilopascal = (750_062, over: 100_000)

    init(_ bytes: [UInt8]) throws(GATTPayloadError) {
        var reader = PayloadReader(bytes)
        let flags = try reader.u8("flags")
        isKilopascal = flags.has(bit: 0)
        systolic = try reader.sfloat("systolic pressure")
        diastolic = try reader.sfloat("diastolic pressure")
        mean = try reader.sfloat("mean pressure")
        if flags.has(bit: 1) { time = try reader.time() }
        if flags.has(bit: 2) { pulse = try reader.sfloat("pulse") }
        if flags.has(bit: 3) { user = try reader.u8("user") }
        if flags.has(bit: 4) { status = try reader.u16("status") }
        tail = try reader.tail(of: flags, known: 0x1F)
    }

    /// The value by which a cuff would give this reading; nil when it is no cuff's or has no place in one.
    init?(_ reading: DeviceReading) {
        guard case .bloodPressure(let pressure) = reading.vital,
            (pressure.irregularPulse == nil) == (pressure.moved == nil)
        else { return nil }
        systolic = .number(mantissa: pressure.systolic.value, exponent: 0)
        diastolic = .number(mantissa: pressure.diastolic.value, exponent: 0)
        mean = pressure.mean.map { .number(mantissa: $0.value, exponent: 0) } ?? .special(.notANumber)
        pulse = pressure.pulse.map { .number(mantissa: $0.value, exponent: 0) }
        time = reading.deviceTime.flatMap(PayloadTime.init)
        user = reading.userSlot.flatMap(UInt8.init(exactly:))
        if let moved = pressure.moved, let irregular = pressure.irregularPulse {
            status = (moved ? 1 << Status.moved : 0) | (irregular ? 1 << Status.irregularPulse : 0)
        }
    }

    var bytes: [UInt8] {
        let flags = UInt8(flags: [isKilopascal, time != nil, pulse != nil, user != nil, status != nil]) | tail.flags
        var writer = PayloadWriter(flags: flags)
        for value in [systolic, diastolic, mean] { writer.put(sfloat: value) }
        writer.put(time)
        writer.put(sfloat: pulse)
        writer.put(user)
        writer.put(status)
        writer.put(tail)
        return writer.bytes
    }

    /// One reading; without a systolic or diastolic number none, and why: a stopped measurement sends *not a number*.
    var events: [DeviceEvent] {
        guard let high = mmHg(systolic), let low = mmHg(diastolic) else {
            return [noValue(.bloodPressure, systolic.missing ?? diastolic.missing ?? .fault)]
        }
        // `moved` keeps a result out of averages; a loose cuff and a wrong position spoil one just so.
        let spoilt = status.map { status in
            [Status.moved, Status.cuffLoose, Status.wrongPosition].contains { status.has(bit: $0) }
        }
        let pressure = BloodPressure(
            systolic: high, diastolic: low, mean: mmHg(mean), pulse: pulse?.whole().map { PerMinute($0) },
            irregularPulse: status?.has(bit: Status.irregularPulse), moved: spoilt)
        return [event(.bloodPressure(pressure), at: time?.civil, user: user)]
    }

    private func mmHg(_ value: MedicalFloat) -> MmHg? {
        value.whole(times: isKilopascal ? BloodPressurePayload.mmHgEachKilopascal : (1, over: 1)).map { MmHg($0) }
    }
}

/// The rate of a chest strap or wristband, about once a second.
struct HeartRatePayload: GATTPayload {
    /// Beats a minute; 0 when the sensor has none.
    var rate: UInt16
    /// A small rate may be written in one byte or two.
    var isWide: Bool
    /// The two flags as they stand: the first says whether skin is felt, and counts only with the second.
    var feelsSkin, canFeelSkin: Bool
    /// Kilojoules since the last reset.
    var energy: UInt16?
    /// From beat to beat in 1/1024 s, oldest first; nil is another flag than none.
    var intervals: [UInt16]?
    var tail = UnknownTail()

    init(rate: UInt16, feelsSkin: Bool? = nil, energy: UInt16? = nil, intervals: [UInt16]? = nil) {
        (self.rate, isWide, self.energy, self.intervals) = (rate, rate > 0xFF, energy, intervals)
        (self.feelsSkin, canFeelSkin) = (feelsSkin ?? false, feelsSkin != nil)
    }

    init(_ bytes: [UInt8]) throws(GATTPayloadError) {
        var reader = PayloadReader(bytes)
        let flags = try reader.u8("flags")
        (isWide, feelsSkin, canFeelSkin) = (flags.has(bit: 0), flags.has(bit: 1), flags.has(bit: 2))
        rate = isWide ? try reader.u16("heart rate") : UInt16(try reader.u8("heart rate"))
        if flags.has(bit: 3) { energy = try reader.u16("energy") }
        if flags.has(bit: 4) {
            var found: [UInt16] = []
            // With an unknown flag nobody can say where the intervals end.
            while !reader.isEmpty, flags & 0xE0 == 0 { found.append(try reader.u16("last interval")) }
            intervals = found
        }
        tail = try reader.tail(of: flags, known: 0x1F)
    }

    var bytes: [UInt8] {
        let flags = UInt8(flags: [isWide, feelsSkin, canFeelSkin, energy != nil, intervals != nil]) | tail.flags
        var writer = PayloadWriter(flags: flags)
        if isWide { writer.put(rate) } else { writer.put(UInt8(truncatingIfNeeded: rate)) }
        writer.put(energy)
        for interval in intervals ?? [] { writer.put(interval) }
        writer.put(tail)
        return writer.bytes
    }

    var sample: Sample? {
        var sample = Sample(kind: .pulseRate, raw: bytes)
        sample.isPresent = feelsSkin || !canFeelSkin
        if rate == 0 {
            sample.missing = .noSignal
        } else {
            let vital = Vital.pulseRate(PerMinute(Int(rate)))
            (sample.vital, sample.isUsable) = (vital, vital.implausibleField == nil)
        }
        return sample
    }
}
