// Blood glucose (2A18): one record of a meter's memory, told apart by its sequence number.
import Vitals

/// One record of a glucose meter.
struct GlucosePayload: GATTPayload {
    /// Counts the records of the meter; the same one again is the same record.
    var sequence: UInt16
    var base: PayloadTime
    /// Minutes from `base` to the measurement: the meter's clock may have been set since.
    var offset: Int16?
    /// The unit stands in a flag of its own, with or without a concentration.
    var isMolar = false
    var concentration: Concentration?
    var status: UInt16?
    /// Another notification (2A34) tells of meals and medicine; it is not read.
    var hasContext = false
    var tail = UnknownTail()

    struct Concentration: Hashable, Sendable {
        /// Kilograms or moles in a litre.
        var value: MedicalFloat
        /// What was measured in the low four bits, where it came from in the high ones.
        var sample: UInt8
    }

    private enum Sample { static let interstitialFluid: UInt8 = 9, controlSolution: UInt8 = 10, controlSite: UInt8 = 4 }
    private enum Status {
        static let tooHigh = 5, tooLow = 6, wrongTime = 11
        /// Sensor, blood, strip, its temperature, pulled too soon, the device itself.
        static let spoilt = [1, 2, 3, 4, 7, 8, 9, 10]
    }
    /// The offsets that say *beyond what fits*.
    private static let noOffset: Set<Int16> = [Int16.max, Int16.min]

    init(_ bytes: [UInt8]) throws(GATTPayloadError) {
        var reader = PayloadReader(bytes)
        let flags = try reader.u8("flags")
        sequence = try reader.u16("sequence number")
        base = try reader.time()
        if flags.has(bit: 0) { offset = Int16(bitPattern: try reader.u16("time offset")) }
        if flags.has(bit: 1) {
            concentration = Concentration(
                value: try reader.sfloat("concentration"), sample: try reader.u8("kind of sample"))
        }
        isMolar = flags.has(bit: 2)
        if flags.has(bit: 3) { status = try reader.u16("status") }
        hasContext = flags.has(bit: 4)
        tail = try reader.tail(of: flags, known: 0x1F)
    }

    /// The record by which a meter would give this reading, as capillary blood of a finger; nil when it is no meter's,
    /// or has no record number, no time, or a value that has no place in one.
    init?(_ reading: DeviceReading) {
        guard case .glucose(let glucose) = reading.vital, glucose.meal == nil,
            let sequence = reading.memorySlot.flatMap({ UInt16(exactly: $0) }),
            let base = reading.deviceTime.flatMap(PayloadTime.init)
        else { return nil }
        // A record holds three and a half digits: tenths of a millimole, or whole micromoles where they fit.
        let micromoles = glucose.micromolesPerLitre
        let value = MedicalFloat.number(
            mantissa: micromoles.isMultiple(of: 100) ? micromoles / 100 : micromoles,
            exponent: micromoles.isMultiple(of: 100) ? -4 : -6)
        guard MedicalFloat(sfloat: value.sfloat) == value else { return nil }
        (self.sequence, self.base, isMolar) = (sequence, base, true)
        concentration = Concentration(value: value, sample: 0x11)
    }

    var bytes: [UInt8] {
        let flags =
            UInt8(flags: [offset != nil, concentration != nil, isMolar, status != nil, hasContext]) | tail.flags
        var writer = PayloadWriter(flags: flags)
        writer.put(sequence)
        writer.put(base)
        writer.put(offset.map { UInt16(bitPattern: $0) })
        writer.put(sfloat: concentration?.value)
        writer.put(concentration?.sample)
        writer.put(status)
        writer.put(tail)
        return writer.bytes
    }

    /// One reading out of the memory. Control solution is nobody's blood and gives nothing.
    var events: [DeviceEvent] {
        if let sample = concentration?.sample {
            if sample & 0xF == Sample.controlSolution || sample >> 4 == Sample.controlSite { return [] }
            if sample & 0xF == Sample.interstitialFluid {
                return [.fault(.wrongFormat(what: "the meter measures tissue fluid, not blood"), raw: bytes)]
            }
        }
        if let why = missing { return [noValue(.glucose, why)] }
        guard let micromoles = concentration?.value.whole(times: factor) else { return [noValue(.glucose, .fault)] }
        let glucose = Glucose(micromolesPerLitre: micromoles)
        return [event(.glucose(glucose), at: civil, memorySlot: Int(sequence))]
    }

    private var missing: NoValueClass? {
        if let status {
            if status.has(bit: Status.tooHigh) { return .aboveRange }
            if status.has(bit: Status.tooLow) { return .belowRange }
            if Status.spoilt.contains(where: { status.has(bit: $0) }) { return .fault }
        }
        return concentration?.value.missing
    }

    /// Micromoles in a litre: a kilogram a litre is 100 000 mg/dL, and 18.0182 mg/dL are 1 mmol/L (clinical-rules 1.7).
    private var factor: (Int, over: Int) { isMolar ? (1_000_000, over: 1) : (1_000_000_000_000, over: 180_182) }

    /// The meter's time of the measurement; nil when it does not know, or knows its time to be wrong.
    private var civil: CivilTime? {
        guard let base = base.civil, status?.has(bit: Status.wrongTime) != true else { return nil }
        guard let offset, offset != 0 else { return base }
        guard !GlucosePayload.noOffset.contains(offset), let instant = UTCOffset(seconds: 0).instant(of: base) else {
            return nil
        }
        return UTCOffset(seconds: 0).civil(of: instant + .seconds(60 * Int(offset)))
    }
}
