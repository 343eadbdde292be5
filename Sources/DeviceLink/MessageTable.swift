// All messages of a device, tried in the order of the profile: the first that fits is it. That order is the only "if"
// a table has. On the way in: message bytes → record → event. On the way out: reading → record → frame.
import Vitals

/// The messages, limits, error codes and exchange of one device.
///
/// A class, because it is read with every frame and never changed: a copy is one reference, not twenty.
final class MessageTable: Sendable {
    let messages: [Message]
    let limits: Limits
    let errors: [String: DeviceFault]
    let exchange: Exchange
    let framing: Framing
    /// The messages of the device, in their order.
    private let ofDevice: [Glance]
    private let ofHost: [Glance]

    /// How the host frames what it says; the simulator's side of `framing`.
    let hostFraming: Framing
    private let isHostBare: Bool

    init(
        messages: [Message], limits: Limits, errors: [String: DeviceFault], exchange: Exchange, framing: Framing,
        isHostBare: Bool
    ) {
        (self.messages, self.limits, self.errors) = (messages, limits, errors)
        (self.exchange, self.framing, self.isHostBare) = (exchange, framing, isHostBare)
        ofDevice = messages.indices.filter { !messages[$0].isFromHost }.map { Glance(messages[$0], at: $0) }
        ofHost = messages.indices.filter { messages[$0].isFromHost }.map { Glance(messages[$0], at: $0) }
        let outlines = messages.filter(\.isFromHost).map(\.outline)
        hostFraming =
            isHostBare
            ? .reply(ReplyFraming(longest: outlines.map(\.length).max() ?? 1, awaited: outlines))
            : framing.heardByDevice
    }

    /// What the device may have said, with the bytes in front that were not part of it.
    struct Fit {
        var record: Record
        /// Noise that stood directly before the message; only a line, which has no start mark, can have any.
        var skipped: Int
    }

    /// The first message that fits, from a device or, for a simulator, from the host.
    func fit(_ bytes: ArraySlice<UInt8>, fromHost: Bool = false) -> Fit? {
        var record = Record(message: 0)
        let skipped = read(bytes.span, among: fromHost ? ofHost : nil, into: &record)
        return skipped.map { Fit(record: record, skipped: $0) }
    }

    /// The same into a record whose memory is used again: how many bytes in front were skipped, nil when nothing fits.
    ///
    /// `awaited`: the only messages that can be meant; nil for all of the device's.
    func read(_ bytes: Span<UInt8>, among awaited: [Glance]?, into record: inout Record) -> Int? {
        let candidates = awaited ?? ofDevice
        for one in candidates where one.couldBe(bytes) {
            if messages[one.message].read(bytes, as: one.message, into: &record) { return 0 }
        }
        guard case .line(let line) = framing, line.check == nil else { return nil }
        for one in candidates where !one.isOpenEnded && bytes.count > one.length {
            let skipped = bytes.count - one.length
            let tail = bytes.extracting(skipped...)
            if messages[one.message].read(tail, as: one.message, into: &record) { return skipped }
        }
        return nil
    }

    /// What is seen of a message without touching it: most messages are not the one, and are passed by at a glance.
    struct Glance: Sendable {
        var message: Int
        var length: Int
        var isOpenEnded: Bool
        /// Its first constant.
        private var constant: Constant?

        init(_ message: Message, at index: Int) {
            (self.message, length, isOpenEnded) = (index, message.length, message.isOpenEnded)
            constant = message.layout.constants.first
        }

        @inline(__always)
        func couldBe(_ bytes: Span<UInt8>) -> Bool {
            guard bytes.count == length || isOpenEnded && bytes.count > length else { return false }
            guard let constant else { return true }
            return bytes[constant.at] & constant.mask == constant.byte
        }
    }

    /// The glances at these messages, in this order.
    func glances(at indices: [Int]) -> [Glance] { indices.map { Glance(messages[$0], at: $0) } }

    /// What messages of the device look like from outside; all of them for nil.
    func outlines(_ indices: [Int]?) -> [ReplyFraming.Outline] {
        (indices ?? messages.indices.filter { !messages[$0].isFromHost }).map { messages[$0].outline }
    }

    /// The frame without the bytes that name a person.
    func nameless(_ raw: ArraySlice<UInt8>, _ index: Int) -> [UInt8] {
        var bytes = Array(raw)
        guard messages[index].hasSecrets else { return bytes }
        let layout = messages[index].layout
        let before = framing.before
        let end = before + framing.message(in: raw).count
        for secret in layout.secrets {
            let last = secret.isEmpty ? end : before + secret.upperBound
            for place in before + secret.lowerBound..<last { bytes[place] = 0x20 }
        }
        for key in layout.pairs?.keys ?? [] where key.isSecret {
            let head = Array(bytes[..<end])
            let value = layout.pairs?.value(of: key.key, in: head.span, from: before + layout.length)
            for place in value ?? 0..<0 { bytes[place] = 0x20 }
        }
        return bytes
    }

    /// A record with nothing but what its message usually holds.
    func blank(_ index: Int) -> Record {
        Record(
            message: index, numbers: messages[index].layout.usualNumbers, text: messages[index].layout.usualText)
    }

    /// The whole frame of a record; nil when a number does not fit.
    func frame(of record: Record) -> [UInt8]? {
        let message = messages[record.message]
        guard let bytes = message.bytes(of: record) else { return nil }
        if message.isFromHost, isHostBare { return bytes }
        return framing.frame(around: bytes, fromHost: message.isFromHost, check: record.check)
    }

    /// The first message from the device for which `wanted` holds.
    func message(where wanted: (Giving) -> Bool) -> Int? {
        messages.firstIndex { !$0.isFromHost && wanted($0.gives) }
    }
}
