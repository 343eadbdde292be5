// A frame that lies in the ledger, read with today's profile: how a mended decoder reaches history.
import Vitals

extension DeviceProfile {
    /// What stored bytes say by themselves; empty where they say nothing any more.
    ///
    /// One frame, or the frames of one record: a sample of a stream counts as its reading, because the settler has
    /// judged it once. Bytes that named a person are blank in what is stored, so a check over them is not asked again.
    package func says(stored raw: [UInt8]) -> [DeviceEvent] {
        let whole = events(in: raw, from: StreamDecoder(self))
        if !whole.isEmpty { return whole }
        var midway = StreamDecoder(self)
        midway.beginWithoutContext()
        let events = events(in: raw, from: midway)
        if !events.isEmpty { return events }
        guard case .table(let table) = language, !raw.isEmpty,
            let fit = table.fit(table.framing.message(in: raw[...])), fit.skipped == 0
        else { return [] }
        switch table.meaning(of: fit.record, raw: raw[...]) {
        case .event(let event): return [event]
        case .reading(let reading): return [.reading(reading.withPossibleTime)]
        case .sample(let sample): return sample.said(raw).map { [$0] } ?? []
        case .nothing, .clock, .recordCount: return []
        }
    }

    private func events(in raw: [UInt8], from decoder: StreamDecoder) -> [DeviceEvent] {
        var decoder = decoder
        return (decoder.push(raw) + decoder.lookPastStall()).compactMap { $0.event ?? $0.sample?.said(raw) }
    }
}

extension Sample {
    /// What it would be, had it settled.
    fileprivate func said(_ raw: [UInt8]) -> DeviceEvent? {
        if let vital { return .reading(DeviceReading(vital: vital, deviceTime: deviceTime, raw: raw).withPossibleTime) }
        return missing.map { .noValue(kind, $0, band: nil, raw: raw) }
    }
}
