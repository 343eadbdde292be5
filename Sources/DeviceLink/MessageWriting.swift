// The way out: a record back into the bytes of its message. What does not fit is not sent cut; there is no message.

extension Message {
    /// The bytes of a record; nil when a number does not fit into its part.
    func bytes(of record: Record) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: layout.length)
        for constant in layout.constants { bytes[constant.at] |= constant.byte }
        var numbers = record.numbers[...]
        var text = record.text[...]
        for field in layout.fields {
            let range = field.at..<field.at + field.width
            switch field.kind {
            case .number(let form):
                guard let number = numbers.popFirst(),
                    let written = form.bytes(of: number.count - field.plus, width: field.width)
                else { return nil }
                bytes.replaceSubrange(range, with: written)
            case .bits(let first, let runs):
                guard let number = numbers.popFirst(),
                    put(number.count - field.plus, into: first..<first + runs, of: &bytes)
                else { return nil }
            case .written(let form):
                guard let number = numbers.popFirst(), text.count >= field.width,
                    let written = self.bytes(of: number, field, form, like: Array(text.prefix(field.width)))
                else { return nil }
                bytes.replaceSubrange(range, with: written)
                text.removeFirst(field.width)
            case .text, .unknown:
                guard text.count >= field.width else { return nil }
                bytes.replaceSubrange(range, with: text.prefix(field.width))
                text.removeFirst(field.width)
            case .rest:
                bytes += text
                text = []
            case .pairs:
                guard let pairs = layout.pairs, let written = pairs.bytes(of: numbers, like: Array(text)) else {
                    return nil
                }
                bytes += written
                (numbers, text) = ([], [])
            }
        }
        layout.check?.write(into: &bytes)
        return bytes
    }

    /// The text it was read from where it says this number, else one like it.
    private func bytes(of number: Number, _ field: Field, _ form: Int, like model: [UInt8]) -> [UInt8]? {
        let written = layout.written[form]
        if let there = written.value(in: model.span, 0..<model.count) {
            let read = there.missing == nil ? self.number(there.count, field, decimals: there.decimals) : there
            if read == number { return model }
        }
        var plain = number
        plain.count -= field.plus
        return written.bytes(of: plain, like: model)
    }

    /// Puts a number into its runs of bits; false when it is too large for them.
    private func put(_ value: Int, into runs: Range<Int>, of bytes: inout [UInt8]) -> Bool {
        var rest = value
        for index in runs.reversed() {
            let run = layout.runs[index]
            bytes[run.at] |= UInt8(rest & run.mask) << run.shift
            rest >>= run.width
        }
        return rest == 0
    }
}
