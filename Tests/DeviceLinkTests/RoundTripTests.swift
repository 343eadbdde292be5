// Both ways, for every folder there is: what a device would send for a reading gives the reading, and every record of
// every message survives being written and read. Extremes stand among the random values.
import Testing
import Vitals

@testable import DeviceLink

struct RoundTripTests {
    /// Every device whose messages are a table and that gives a vital.
    static let giving = CapturePair.devices.filter { device in
        guard let profile = try? profile(device), case .table(let table) = profile.language else { return false }
        return table.messages.contains { !$0.isFromHost && $0.gives.vital != nil }
    }

    static let tables = CapturePair.devices.filter { (try? table($0)) != nil }

    @Test func `most devices are tables`() {
        #expect(RoundTripTests.tables.count >= 20)
        #expect(RoundTripTests.giving.count >= 20)
    }

    @Test(arguments: giving)
    func `ten thousand readings come back as they went`(device: String) throws {
        let profile = try profile(device)
        let table = try table(device)
        let kind = try #require(profile.vital ?? table.messages.compactMap(\.gives.vital).first)
        let source = ReadingSource(kind: kind, table: table, limits: profile.limits)
        var unsayable = 0
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let reading = source.reading(&chance)
            // The last frame holds the value; a time of its own may stand in front.
            guard let bytes = table.frame(of: reading) else {
                unsayable += 1
                continue
            }
            let said = try #require(source.said(in: bytes), "\(device), seed \(seed): \(HexText.text(of: bytes))")
            #expect(said == reading, "\(device), seed \(seed): \(HexText.text(of: bytes))")
        }
        // Rounding to the device's own unit may lose a value; it is then not sent, never sent wrong.
        #expect(unsayable <= cases(10_000).count / 100, "\(device): \(unsayable) readings cannot be said")
    }

    @Test(arguments: tables)
    func `ten thousand records of every message survive being written and read`(device: String) throws {
        let table = try table(device)
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let index = Int.random(in: 0..<table.messages.count, using: &chance)
            let message = table.messages[index]
            let record = message.randomRecord(table.blank(index), &chance)
            let bytes = try #require(message.bytes(of: record), "\(device).\(message.name), seed \(seed)")
            var back = Record(message: 0)
            #expect(message.read(bytes.span, as: index, into: &back), "\(device).\(message.name), seed \(seed)")
            #expect(message.bytes(of: back) == bytes, "\(device).\(message.name), seed \(seed)")
            #expect(back.numbers.map(\.count) == record.numbers.map(\.count), "\(device).\(message.name), seed \(seed)")
        }
    }

    @Test func `a value that does not fit into its frame is not sent cut`() throws {
        let table = try table("omron-hbp-9030")
        let pressure = BloodPressure(systolic: 1_200, diastolic: 80, pulse: 70)
        #expect(table.frame(of: DeviceReading(vital: .bloodPressure(pressure))) == nil)
    }

    @Test func `ten thousand packets of bands come back as they went`() throws {
        var decoder = StreamDecoder(try profile("meshtastic"))
        for seed in cases(10_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let node = UInt32.random(in: 1...UInt32.max, using: &chance)
            let band = BandID(rawValue: MeshtasticDecoder.name(of: node))
            let time = seed % 7 == 0 ? 0 : UInt32.random(in: 1...UInt32.max, using: &chance)
            let (rate, percent) = (Int.random(in: 20...250, using: &chance), Int.random(in: 50...100, using: &chance))
            let celsius = Int.random(in: 3_000...4_500, using: &chance)
            let packet = BandPacket(
                band: node, id: UInt32.random(in: 1...UInt32.max, using: &chance), time: time,
                content: .health(heartRate: rate, oxygen: percent, centiCelsius: celsius))
            let vitals: [Vital] = [
                .pulseRate(PerMinute(rate)), .oxygenSaturation(OxygenSaturation(percent: percent)),
                .temperature(centiCelsius: celsius),
            ]
            let utc = UTCOffset(seconds: 0)
            let deviceTime = time == 0 ? nil : utc.civil(of: HutTime(milliseconds: Int64(time) * 1_000))
            let expected = vitals.map { vital in
                DeviceEvent.reading(DeviceReading(vital: vital, deviceTime: deviceTime, band: band, raw: packet.frame))
            }
            #expect(decoder.push(packet.frame).compactMap(\.event) == expected, "seed \(seed)")
        }
    }
}

/// Random readings of one device, and what its frames say of them.
private struct ReadingSource {
    let kind: VitalKind
    let table: MessageTable
    let limits: Limits
    /// The places of the message that says them.
    let places: ReadingPlaces

    init(kind: VitalKind, table: MessageTable, limits: Limits) {
        (self.kind, self.table, self.limits) = (kind, table, limits)
        let giving = table.messages.first {
            !$0.isFromHost && $0.gives.vital == kind && $0.gives.places?.missing == nil
        }
        places = giving?.gives.places ?? ReadingPlaces(values: .none(kind))
    }

    func reading(_ chance: inout SeededChance) -> DeviceReading {
        var reading = DeviceReading(vital: vital(&chance))
        let clock =
            places.clock
            ?? table.message(where: \.isClock).flatMap { index in
                if case .clock(let places) = table.messages[index].gives { places } else { nil }
            }
        if let clock { reading.deviceTime = time(clock, &chance) }
        return reading
    }

    /// What the frames of a reading give, without the bytes and the place in a memory.
    func said(in bytes: [UInt8]) -> DeviceReading? {
        var place = 0
        var time: CivilTime?
        while place < bytes.count, case .frame(let length) = framing(at: place, in: bytes) {
            let frame = bytes[place..<place + length]
            guard let fit = table.fit(table.framing.message(in: frame)) else { return nil }
            switch table.meaning(of: fit.record, raw: frame) {
            case .clock(let said): time = said
            case .reading(let said):
                return DeviceReading(vital: said.vital, deviceTime: said.deviceTime ?? time)
            case .sample(let sample):
                return sample.vital.map { DeviceReading(vital: $0, deviceTime: sample.deviceTime ?? time) }
            default: return nil
            }
            place += length
        }
        return nil
    }

    /// Frames without marks are as long as the messages of the device.
    private func framing(at place: Int, in bytes: [UInt8]) -> Look {
        guard case .reply(var reply) = table.framing else { return table.framing.look(at: place, in: bytes) }
        reply.awaited = table.outlines(nil)
        return reply.look(at: place, in: bytes.span)
    }

    private func time(_ clock: ClockPlaces, _ chance: inout SeededChance) -> CivilTime {
        CivilTime(
            year: Int.random(in: 2_000...2_099, using: &chance), month: Int.random(in: 1...12, using: &chance),
            day: Int.random(in: 1...28, using: &chance),
            hour: clock.hour == nil ? 0 : Int.random(in: 0...23, using: &chance),
            minute: clock.minute == nil ? 0 : Int.random(in: 0...59, using: &chance),
            second: clock.second == nil ? 0 : Int.random(in: 0...59, using: &chance))
    }

    /// Within the device's limits and what can be of a person; every tenth value stands at an end of its range.
    private func pick(_ field: Limits.Field, _ plausible: ClosedRange<Int>, _ chance: inout SeededChance) -> Int {
        let legal = limits.ranges.first { $0.field == field }?.range.clamped(to: plausible) ?? plausible
        switch Int.random(in: 0..<20, using: &chance) {
        case 0: return legal.lowerBound
        case 1: return legal.upperBound
        default: return Int.random(in: legal, using: &chance)
        }
    }

    private func vital(_ chance: inout SeededChance) -> Vital {
        switch (kind, places.values) {
        case (.bloodPressure, .bloodPressure(let places)):
            let high = pick(.systolic, 50...255, &chance)
            let low = min(pick(.diastolic, 30...200, &chance), high - 10)
            var pressure = BloodPressure(systolic: MmHg(high), diastolic: MmHg(low))
            if places.mean != nil { pressure.mean = MmHg(Int.random(in: low...high, using: &chance)) }
            if places.pulse != nil { pressure.pulse = PerMinute(pick(.pulse, 20...250, &chance)) }
            if places.moved != nil { pressure.moved = Bool.random(using: &chance) }
            if places.irregularPulse != nil { pressure.irregularPulse = Bool.random(using: &chance) }
            return .bloodPressure(pressure)
        case (.oxygenSaturation, .oxygenSaturation(_, let pulse, let perfusion)):
            let rate = pulse == nil ? nil : PerMinute(pick(.pulse, 20...250, &chance))
            let index = perfusion == nil ? nil : Int.random(in: 2...2_000, using: &chance)
            return .oxygenSaturation(
                OxygenSaturation(percent: pick(.percent, 50...100, &chance), pulse: rate, perfusionIndex: index))
        case (.weight, _): return .weight(grams: pick(.kilograms, 2_000...300_000, &chance) / 100 * 100)
        case (.height, _): return .height(millimetres: pick(.centimetres, 400...2_300, &chance))
        case (.temperature, _): return .temperature(centiCelsius: pick(.celsius, 3_000...4_500, &chance))
        case (.surfaceTemperature, _): return .surfaceTemperature(centiCelsius: pick(.celsius, 3_000...4_500, &chance))
        case (.pulseRate, _): return .pulseRate(PerMinute(pick(.perMinute, 20...250, &chance)))
        case (_, .glucose(let quantum, let meal)):
            // Whole mg/dL, as meters keep it.
            let sent = Number(Int.random(in: 11...600, using: &chance))
            let value = quantum.wire.value(of: sent, unit: quantum.unit) ?? 0
            let meals: [Glucose.Meal?] = meal == nil ? [nil] : [nil, .before, .after]
            return .glucose(Glucose(micromolesPerLitre: value, meal: meals.randomElement(using: &chance) ?? nil))
        default: return .pulseRate(72)
        }
    }
}

extension Message {
    /// A record of this message with random numbers and text of every length its parts hold.
    fileprivate func randomRecord(_ blank: Record, _ chance: inout SeededChance) -> Record {
        var record = blank
        var place = 0
        var texts = 0
        for field in layout.fields {
            switch field.kind {
            case .number(let form):
                record.numbers[place] = random(form.range(width: field.width), field, &chance)
                place += 1
            case .bits(let first, let runs):
                let width = layout.runs[first..<first + runs].reduce(0) { $0 + $1.width }
                record.numbers[place] = random(0...(1 << width - 1), field, &chance)
                place += 1
            case .written(let form):
                let most = NumberForm.tenTo(max(1, field.width - 3)) - 1
                let range = layout.written[form].form == .decimal ? 0...most : 0...(NumberForm.tenTo(field.width) - 1)
                let decimals = record.numbers[place].decimals
                record.numbers[place] = random(range, field, &chance)
                record.numbers[place].decimals = decimals
                place += 1
                texts += field.width
            case .text, .unknown:
                for index in texts..<texts + field.width {
                    record.text[index] = UInt8.random(in: 0x20...0x7E, using: &chance)
                }
                texts += field.width
            case .rest, .pairs: break
            }
        }
        return record
    }

    private func random(_ range: ClosedRange<Int>, _ field: Field, _ chance: inout SeededChance) -> Number {
        let legal = max(range.lowerBound, field.atLeast)...range.upperBound
        switch Int.random(in: 0..<10, using: &chance) {
        case 0: return Number(legal.lowerBound + field.plus)
        case 1: return Number(legal.upperBound + field.plus)
        default: return Number(Int.random(in: legal, using: &chance) + field.plus)
        }
    }
}
