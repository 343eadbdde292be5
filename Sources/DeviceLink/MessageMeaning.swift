// From a record to what it says, and from a reading to the frames that say it. Limits of the device and of a living
// person are held here, so that no path around them exists.
import Vitals

/// What a record says to the rest of the hut.
enum Meaning {
    /// It belongs to the conversation only.
    case nothing
    /// Never a reading.
    case event(DeviceEvent)
    /// Beside `event`, because what earlier messages said is still to be added.
    case reading(DeviceReading)
    case sample(Sample)
    case clock(CivilTime?)
    case recordCount(Int)
}

extension MessageTable {
    /// What a record says.
    ///
    /// `raw` is the whole frame; it is kept without the bytes that name a person (blood-pressure-devices 5.4).
    @inline(__always)
    func meaning(of record: Record, raw: ArraySlice<UInt8>) -> Meaning {
        let index = record.message
        switch messages[index].gives {
        case .nothing: return .nothing
        case .cuffPressure(let place): return record[place].map { .event(.cuffPressure(MmHg($0))) } ?? .nothing
        case .deviceError(let place):
            guard let code = place.code(in: record) else { return .nothing }
            let fault = errors[code] ?? .deviceError(code: code, meaning: nil, kind: .machine)
            return .event(.fault(fault, raw: nameless(raw, index)))
        case .wrongFormat(let what): return .event(.fault(.wrongFormat(what: what), raw: nameless(raw, index)))
        case .clock(let places): return .clock(places.value(in: record))
        case .recordCount(let place): return record[place].map { .recordCount($0) } ?? .nothing
        case .identity(let place): return place.token(in: record).map { .event(.identity($0)) } ?? .nothing
        case .reading(let places): return reading(of: record, places, raw: raw)
        case .sample(let places): return .sample(sample(of: record, places))
        }
    }

    private func reading(of record: Record, _ places: ReadingPlaces, raw: ArraySlice<UInt8>) -> Meaning {
        let raw = nameless(raw, record.message)
        if case .glucose(_, let meal?) = places.values, let mark = meal.undescribed(in: record) {
            let what = "a result with the mark \(mark), which nobody has described: control solution, perhaps"
            return .event(.fault(.wrongFormat(what: what), raw: raw))
        }
        // Where no mark and no check make a frame, only what it says can: a date that is none is noise.
        if case .reply = framing, places.clock?.value(in: record)?.isReal == false {
            return .event(.fault(.implausible(field: "deviceTime"), raw: raw))
        }
        switch value(of: record, places) {
        case .failure(let missing): return .event(.noValue(places.values.kind, missing.why, band: nil, raw: raw))
        case .success(let vital):
            if let field = limits.impossible(in: vital) { return .event(.fault(.implausible(field: field), raw: raw)) }
            // A record that does not say its place has one all the same: the ear counts.
            let slot = places.isFromMemory(record) ? places.slot.flatMap { record[$0] } ?? 0 : nil
            return .reading(
                DeviceReading(
                    vital: vital, deviceTime: places.clock?.value(in: record), memorySlot: slot,
                    userSlot: places.userSlot.flatMap { record[$0] }, raw: raw))
        }
    }

    /// A value that cannot be is doubted, not reported: in a stream it is a bit gone wrong, or a finger going in.
    private func sample(of record: Record, _ places: ReadingPlaces) -> Sample {
        var sample = Sample(kind: places.values.kind)
        switch value(of: record, places) {
        case .failure(let missing): sample.missing = missing.why
        case .success(let vital): sample.vital = vital
        }
        sample.isUsable = places.flags.isUsable(record) && sample.vital.flatMap(limits.impossible) == nil
        (sample.isPresent, sample.isBest) = (places.flags.isPresent(record), places.flags.isBest(record))
        sample.deviceTime = places.clock?.value(in: record)
        return sample
    }

    private func value(of record: Record, _ places: ReadingPlaces) -> Result<Vital, Missing> {
        places.missing.map { .failure(Missing(why: $0)) } ?? places.values.value(in: record)
    }

    // MARK: The way out

    /// The frames by which the device would give this reading, one behind the other; nil when it has none for it.
    func frame(of reading: DeviceReading) -> [UInt8]? {
        let candidates = messages.indices.filter {
            !messages[$0].isFromHost && messages[$0].gives.places?.missing == nil
        }
        for index in candidates where messages[index].gives.vital == reading.vital.kind {
            guard let frame = frame(of: reading, as: index) else { continue }
            guard messages[index].gives.places?.clock == nil, reading.deviceTime != nil,
                let clock = message(where: \.isClock)
            else { return frame }
            return self.frame(of: reading, as: clock).map { $0 + frame }
        }
        return nil
    }

    /// The frame of one message for this reading: its value, or its time; nil when it cannot say it.
    func frame(of reading: DeviceReading, as index: Int, changing: [Int: Number] = [:]) -> [UInt8]? {
        var record = blank(index)
        for (place, number) in changing { record.numbers[place] = number }
        switch messages[index].gives {
        case .clock(let places):
            guard let time = reading.deviceTime else { return nil }
            places.write(time, to: &record)
        case .reading(let places), .sample(let places):
            guard places.write(reading, to: &record, of: messages[index]) else { return nil }
        default: return nil
        }
        guard let frame = frame(of: record) else { return nil }
        // Coarser than the reading: a scale of 100 g does not show 72.55 kg.
        let said = fit(framing.message(in: frame[...]))
        guard said?.record.message == index, let places = messages[index].gives.places else {
            return messages[index].gives.isClock ? frame : nil
        }
        guard case .success(let vital) = said.map({ value(of: $0.record, places) }) else { return nil }
        return vital.couldMean(reading.vital) ? frame : nil
    }

    /// The frame of a message in which the value is missing; nil when the device cannot say that.
    func frame(missing why: NoValueClass, as index: Int, changing: [Int: Number] = [:]) -> [UInt8]? {
        guard let places = messages[index].gives.places, let main = places.values.main,
            let missing = messages[index].missing(main, because: why)
        else { return nil }
        var record = blank(index)
        for (place, number) in changing { record.numbers[place] = number }
        record.numbers[main] = missing
        return frame(of: record)
    }
}

extension Vital {
    /// Whether a device that says this has said the other: what one of the two does not have is left out.
    fileprivate func couldMean(_ other: Vital) -> Bool {
        switch (self, other) {
        case (.bloodPressure(let said), .bloodPressure(let meant)):
            said.systolic == meant.systolic && said.diastolic == meant.diastolic
                && (said.mean ?? meant.mean) == (meant.mean ?? said.mean)
                && (said.pulse ?? meant.pulse) == (meant.pulse ?? said.pulse)
        case (.oxygenSaturation(let said), .oxygenSaturation(let meant)):
            said.percent == meant.percent && (said.pulse ?? meant.pulse) == (meant.pulse ?? said.pulse)
        case (.glucose(let said), .glucose(let meant)): said.micromolesPerLitre == meant.micromolesPerLitre
        default: self == other
        }
    }
}
