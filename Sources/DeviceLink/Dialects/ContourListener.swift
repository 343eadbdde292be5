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
    /// The frames of the record at hand: more than one where it goes over the end of a frame.
    private var recordFrames: [[UInt8]] = []
    /// The frames of the header and of the average: a stored result is read again behind them.
    private var headFrames: [[UInt8]] = []
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
        recordFrames.append(Array(frame))
        let records = begun.split(separator: 0x0D, omittingEmptySubsequences: false)
        begun = Array(records.last ?? [])
        for record in records.dropLast() {
            defer { recordFrames = [Array(frame)] }
            guard let event = event(record) else { continue }
            heard.append(Heard(what: .said(ContourScript.aRecord, []), event: event))
        }
        if begun.count > ContourListener.longestRecord { begun = [] }
        if begun.isEmpty { recordFrames = [] }
        return .message
    }

    mutating func forget() { self = ContourListener(limits: limits) }

    mutating func beginWithoutContext() { hasAverage = true }

    private mutating func event(_ record: ArraySlice<UInt8>) -> DeviceEvent? {
        switch record.first {
        case 0x48:
            let declared = Array(record.dropFirst().prefix(3))
            if declared.count == 3 {
                delimiters = ContourDelimiters(field: declared[0], repetition: declared[1], component: declared[2])
            }
            (hasAverage, headFrames) = (false, recordFrames)
            return nil
        case 0x52:
            guard hasAverage else {
                hasAverage = true
                headFrames = behindHead
                return nil
            }
            return result(record, raw: behindHead.flatMap(\.self))
        default: return nil
        }
    }

    /// Header, average and the record at hand; a frame that holds more than one of them stands there once.
    private var behindHead: [[UInt8]] {
        headFrames + (headFrames.last == recordFrames.first ? recordFrames.dropFirst() : recordFrames[...])
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
