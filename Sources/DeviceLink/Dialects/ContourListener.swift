// What a Contour says, frame by frame: records are put together across frames, repeated frames are known by their
// number, and of the results the first is left out.
import Vitals

/// Understands the link and the records of one meter.
struct ContourListener: DialectListener {
    private let limits: Limits
    private var delimiters = ContourDelimiters()
    /// The last frame of this transfer: the same again is a repetition.
    private var last: ContourFrame?
    /// The beginning of a record whose end is in the next frame.
    private var begun: [UInt8] = []
    /// The first result of a transfer is the average (public driver code).
    private var hasAverage = false

    /// A record longer than this is none (ours).
    private static let longestRecord = 1_024

    init(limits: Limits) { self.limits = limits }

    mutating func hear(_ frame: ArraySlice<UInt8>, _ heard: inout [Heard]) -> Understanding {
        guard let read = ContourFrame(frame) else {
            if frame.first == ContourControl.enquiry.rawValue || frame.first == ContourControl.end.rawValue { forget() }
            heard.append(Heard(what: .said(Int(frame.first ?? 0), [])))
            return .message
        }
        // Behind what it gives: a frame is one message of the conversation, acknowledged once and last.
        defer { heard.append(Heard(what: .said(ContourScript.aFrame, []))) }
        guard read != last else { return .message }
        last = read
        begun += read.text
        let records = begun.split(separator: 0x0D, omittingEmptySubsequences: false)
        begun = Array(records.last ?? [])
        if begun.count > ContourListener.longestRecord { begun = [] }
        for record in records.dropLast() {
            guard let event = event(record, raw: frame) else { continue }
            heard.append(Heard(what: .said(ContourScript.aRecord, []), event: event))
        }
        return .message
    }

    mutating func forget() { self = ContourListener(limits: limits) }

    private mutating func event(_ record: ArraySlice<UInt8>, raw: ArraySlice<UInt8>) -> DeviceEvent? {
        switch record.first {
        case 0x48:
            let declared = Array(record.dropFirst().prefix(3))
            if declared.count == 3 {
                delimiters = ContourDelimiters(field: declared[0], repetition: declared[1], component: declared[2])
            }
            hasAverage = false
            return nil
        case 0x52:
            guard hasAverage else {
                hasAverage = true
                return nil
            }
            return result(record, raw: Array(raw))
        default: return nil
        }
    }

    private func result(_ record: ArraySlice<UInt8>, raw: [UInt8]) -> DeviceEvent? {
        guard let result = ContourResult(record, delimiters: delimiters) else {
            return .fault(.wrongFormat(what: "a result that is not glucose in mg/dL or mmol/L"), raw: raw)
        }
        if result.isControl { return nil }
        if let beyond = result.beyond { return .noValue(.glucose, beyond, band: nil, raw: raw) }
        let vital = Vital.glucose(result.glucose)
        if let field = limits.impossible(in: vital) { return .fault(.implausible(field: field), raw: raw) }
        return .reading(DeviceReading(vital: vital, deviceTime: result.time, memorySlot: result.sequence, raw: raw))
    }
}
