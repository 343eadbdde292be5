// All messages of a device, tried in the order of the profile: the first that fits is it. That order is the only "if"
// a table has. On the way in: message bytes → record → event. On the way out: reading → record → frame.
import Vitals

/// The messages, limits, error codes and exchange of one device.
struct MessageTable: Sendable {
    var messages: [Message]
    var limits: Limits
    var errors: [String: DeviceFault]
    var exchange: Exchange
    let framing: Framing

    /// What the device may have said, with the bytes in front that were not part of it.
    struct Fit {
        var record: Record
        /// Noise that stood directly before the message; only a line, which has no start mark, can have any.
        var skipped: Int
    }

    /// The first message that fits, from a device or, for a simulator, from the host.
    func fit(_ bytes: ArraySlice<UInt8>, fromHost: Bool = false) -> Fit? {
        if let record = record(in: bytes, fromHost: fromHost) { return Fit(record: record, skipped: 0) }
        guard case .line = framing else { return nil }
        for message in messages where message.isFromHost == fromHost && !message.hasRest && message.length < bytes.count
        {
            if let record = record(in: bytes.suffix(message.length), fromHost: fromHost) {
                return Fit(record: record, skipped: bytes.count - message.length)
            }
        }
        return nil
    }

    private func record(in bytes: ArraySlice<UInt8>, fromHost: Bool) -> Record? {
        for index in messages.indices where messages[index].isFromHost == fromHost {
            if let record = messages[index].record(in: bytes, as: index) { return record }
        }
        return nil
    }

    /// What a record says; nil for a message that belongs to the conversation only.
    ///
    /// `raw` is the whole frame; it is kept without the bytes that name a person (blood-pressure-devices 5.4).
    func event(of record: Record, raw: ArraySlice<UInt8>) -> DeviceEvent? {
        let message = messages[record.message]
        switch message.gives {
        case .nothing: return nil
        case .cuffPressure(let place): return .cuffPressure(MmHg(record.numbers[place]))
        case .deviceError(let place, let asHex):
            let code = Giving.code(record.numbers[place], asHex: asHex)
            let fault = errors[code] ?? .deviceError(code: code, meaning: nil, kind: .machine)
            return .fault(fault, raw: nameless(raw, message))
        case .wrongFormat(let what): return .fault(.wrongFormat(what: what), raw: nameless(raw, message))
        case .bloodPressure(let places):
            let pressure = places.value(in: record.numbers)
            let vital = Vital.bloodPressure(pressure)
            if let field = limits.broken(by: pressure) ?? vital.implausibleField {
                return .fault(.implausible(field: field), raw: nameless(raw, message))
            }
            return .reading(
                DeviceReading(
                    vital: vital, deviceTime: places.clock?.value(in: record.numbers), raw: nameless(raw, message)))
        }
    }

    private func nameless(_ raw: ArraySlice<UInt8>, _ message: Message) -> [UInt8] {
        var bytes = Array(raw)
        guard !message.secrets.isEmpty else { return bytes }
        let end = bytes.count - framing.message(in: raw).count - before
        for secret in message.secrets {
            let last = message.hasRest ? bytes.count - end : min(before + secret.upperBound, bytes.count)
            for index in before + secret.lowerBound..<last { bytes[index] = 0x20 }
        }
        return bytes
    }

    private var before: Int {
        if case .counted(let counted) = framing { counted.before } else { 0 }
    }

    /// A record with nothing but what its message usually holds.
    func blank(_ index: Int) -> Record {
        Record(
            message: index, numbers: [Int](repeating: 0, count: messages[index].numbers),
            text: messages[index].usualText)
    }

    /// The whole frame of a record; nil when a number does not fit.
    func frame(of record: Record) -> [UInt8]? {
        let message = messages[record.message]
        return message.bytes(of: record).map { framing.frame(around: $0, fromHost: message.isFromHost) }
    }

    /// The first message from the device for which `wanted` holds.
    func message(where wanted: (Giving) -> Bool) -> Int? {
        messages.firstIndex { !$0.isFromHost && wanted($0.gives) }
    }

    /// The frame by which the device would give this reading; nil when it has none for it.
    func frame(of reading: DeviceReading) -> [UInt8]? {
        guard case .bloodPressure(let pressure) = reading.vital,
            let index = message(where: \.isBloodPressure),
            case .bloodPressure(let places) = messages[index].gives
        else { return nil }
        var record = blank(index)
        places.write(pressure, at: reading.deviceTime, to: &record.numbers)
        return frame(of: record)
    }
}
