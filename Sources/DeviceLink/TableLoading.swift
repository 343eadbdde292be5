// `messages` of a profile, judged and flattened. Parts tile a message: each begins where the one before it ended, and a
// part that says its own offset (`at`) is held to it, so an overlap or a gap in a copied table is refused at load.
import Vitals

extension MessageTable {
    static func load(
        _ written: ProfileFile, framing: Framing, refuse: Refusal
    ) throws(ProfileError) -> MessageTable {
        guard let shapes = written.messages, !shapes.isEmpty else {
            throw refuse("messages", "there are none", hint: "describe at least one message, or name a decoder")
        }
        var messages: [Message] = []
        for name in refuse.text.keys(under: "messages") {
            guard let shape = shapes[name] else { continue }
            // What a bare host says has no frame to fit into.
            let isBare = shape.from == .host && written.frames?.isHostBare == true
            let lengths = isBare ? 1...4_096 : framing.messageLengths
            messages.append(try MessageLoading(name, refuse).message(shape, lengths: lengths))
        }
        let exchange = try Exchange(written.exchange, messages: messages, refuse: refuse)
        let table = MessageTable(
            messages: messages, limits: try Limits(written.limits ?? [:], refuse), errors: written.faults,
            exchange: exchange, framing: framing, isHostBare: written.frames?.isHostBare == true)
        try table.refuseDeadCodes(written, refuse: refuse)
        if let simulate = written.simulate, simulate.lasts <= 0 || (simulate.every ?? 1) < 0.01 {
            throw refuse("simulate", "lasts or every cannot be", hint: "seconds: lasts above 0, every at least 0.01")
        }
        if let rising = written.simulate?.rising {
            guard messages.contains(where: { $0.name == rising && $0.gives.isCuffPressure }) else {
                throw refuse(
                    "simulate.rising", "`\(rising)` gives no cuff pressure", hint: "name the message that does")
            }
        }
        if let vital = written.vital, table.message(where: { $0.vital == vital && $0.places?.missing == nil }) == nil {
            throw refuse("messages", "none gives \(vital.rawValue)", hint: "add gives: '\(vital.rawValue)' to one")
        }
        return table
    }

    /// A code in another notation than the message's would never be found.
    private func refuseDeadCodes(_ written: ProfileFile, refuse: Refusal) throws(ProfileError) {
        guard let index = message(where: \.isDeviceError), case .deviceError(let place) = messages[index].gives else {
            guard errors.isEmpty else {
                throw refuse("errors", "no message gives a code", hint: "add gives: 'deviceError' to one")
            }
            return
        }
        var record = blank(index)
        for code in errors.keys.sorted() + [written.simulate?.error].compactMap(\.self)
        where !place.write(code, to: &record) {
            throw refuse(
                "errors.\(code)", "the device never sends it so",
                hint: "a hex number has two upper-case digits, a decimal one no zeros in front, a text its width")
        }
    }
}

/// Flattens one message.
struct MessageLoading {
    let path: String
    let name: String
    let refuse: Refusal
    var layout = MessageLayout()
    /// Numbers that the profile writes in hex: error codes.
    var hexNumbers: Set<String> = []
    /// Names of the numbers, in their order.
    var numbers: [String] { layout.names }

    init(_ name: String, _ refuse: Refusal) { (path, self.name, self.refuse) = ("messages.\(name)", name, refuse) }

    /// The whole message: parts, pairs, check, and what it gives.
    func message(_ shape: MessageFile, lengths: ClosedRange<Int>) throws(ProfileError) -> Message {
        var loading = self
        for (index, part) in shape.parts.enumerated() { try loading.add(part, at: "\(path).parts[\(index)]") }
        if let pairs = shape.pairs { try loading.add(pairs, at: "\(path).pairs") }
        if let check = shape.check { try loading.add(check, at: "\(path).check") }
        let length = loading.layout.length
        guard lengths.contains(length) || loading.layout.isOpenEnded && length <= lengths.upperBound else {
            throw refuse(
                "\(path).parts",
                "\(length) bytes do not fit into a frame (\(lengths.lowerBound) to \(lengths.upperBound))",
                hint: "a byte is missing, or frames is wrong")
        }
        let giving = GivingLoading(
            shape: shape, layout: loading.layout, hexNumbers: loading.hexNumbers, path: path, refuse: refuse)
        return Message(
            name: name, isFromHost: shape.from == .host, layout: loading.layout, gives: try giving.giving())
    }
}
