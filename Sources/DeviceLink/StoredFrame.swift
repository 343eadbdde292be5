// A frame that lies in the ledger, read with today's profile: how a mended decoder reaches history.
import Vitals

extension DeviceProfile {
    /// What stored bytes say by themselves; empty where they say nothing any more.
    ///
    /// One frame, or the frames of one record: a sample of a stream counts as its reading, because the settler has
    /// judged it once. Bytes that named a person are blank in what is stored, so a check over them is not asked again.
    package func says(stored raw: [UInt8]) -> [DeviceEvent] {
        var decoder = StreamDecoder(self)
        let events = (decoder.push(raw) + decoder.lookPastStall()).compactMap { $0.event ?? $0.sample?.event(raw) }
        if !events.isEmpty { return events }
        guard case .table(let table) = language, !raw.isEmpty,
            let fit = table.fit(table.framing.message(in: raw[...])), fit.skipped == 0
        else { return [] }
        return table.event(of: fit.record, raw: raw[...]).map { [$0] } ?? []
    }
}

extension Sample {
    fileprivate func event(_ raw: [UInt8]) -> DeviceEvent? {
        if let vital { return .reading(DeviceReading(vital: vital, deviceTime: deviceTime, raw: raw)) }
        return missing.map { .noValue(kind, $0, band: nil, raw: raw) }
    }
}
