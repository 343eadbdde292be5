// A frame that lies in the ledger, read with today's profile: how a mended decoder reaches history.
import Vitals

extension DeviceProfile {
    /// What stored bytes say by themselves; empty where they say nothing any more.
    ///
    /// One frame, or the frames of one record: a sample of a stream counts as its reading, because the settler has
    /// judged it once. Bytes that named a person are blank in what is stored, so a check over them is not asked again.
    package func says(stored raw: [UInt8]) -> [DeviceEvent] {
        var decoder = StreamDecoder(self)
        let events = (decoder.push(raw) + decoder.lookPastStall()).compactMap { $0.event ?? $0.sample?.said(raw) }
        if !events.isEmpty { return events }
        guard case .table(let table) = language, !raw.isEmpty,
            let fit = table.fit(table.framing.message(in: raw[...])), fit.skipped == 0
        else { return [] }
        switch table.meaning(of: fit.record, raw: raw[...]) {
        case .event(let event): return [event]
        case .reading(let reading): return [.reading(reading)]
        case .sample(let sample): return sample.said(raw).map { [$0] } ?? []
        case .nothing, .clock, .recordCount: return []
        }
    }
}

extension Sample {
    /// What it would be, had it settled.
    fileprivate func said(_ raw: [UInt8]) -> DeviceEvent? {
        if let vital { return .reading(DeviceReading(vital: vital, deviceTime: deviceTime, raw: raw)) }
        return missing.map { .noValue(kind, $0, band: nil, raw: raw) }
    }
}
