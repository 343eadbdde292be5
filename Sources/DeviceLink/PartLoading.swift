// `parts` of a message, judged and flattened. They tile the message: each begins where the one before it ended, and a
// part that says its own offset (`at`) is held to it, so an overlap or a gap in a copied table is refused at load.
import Vitals

extension MessageLoading {
    mutating func add(_ part: PartFile, at path: String) throws(ProfileError) {
        guard !layout.isOpenEnded else {
            throw refuse(path, "behind a rest", hint: "rest takes everything and stands last")
        }
        if let at = part.at, at != layout.length {
            throw refuse(
                path,
                "at \(at), but the part before ends at \(layout.length): \(at < layout.length ? "overlap" : "gap")",
                hint: "every byte belongs to exactly one part")
        }
        if let constant = part.constant {
            for byte in try refuse.bytes(constant, at: path) {
                layout.constants.append(Constant(at: layout.length, byte: byte))
                layout.length += 1
            }
            return
        }
        let binary: [(form: NumberForm, name: String?)] = [
            (.u8, part.u8), (.u16be, part.u16be), (.u16le, part.u16le), (.i16be, part.i16be), (.i16le, part.i16le),
            (.u32le, part.u32le),
        ]
        let named = binary.filter { $0.name != nil }
        let widths = [part.digits, part.decimal, part.bcd, part.text, part.unknown].count { $0 != nil }
        guard named.count + widths + (part.rest == nil ? 0 : 1) + (part.bits == nil ? 0 : 1) == 1 else {
            throw refuse(
                path, "a part is of exactly one kind",
                hint: "u8, u16be, …, digits, decimal, bcd, bits, text, unknown or rest")
        }
        guard part.of == nil && part.first == nil || part.bits != nil else {
            throw refuse(path, "of and first belong to bits", hint: "say it beside the part's kind")
        }
        if let (form, name) = named.first, let width = form.width {
            guard part.name == nil else {
                throw refuse("\(path).is", "a number is named by its kind", hint: "as in { u16be: 'systolic' }")
            }
            try number(name, form, width, part, at: path)
        } else if let width = part.bcd {
            try number(part.name, .bcd, try checked(width, upTo: 4, at: "\(path).bcd"), part, at: path)
        } else if let width = part.decimal {
            try written(.decimal, try checked(width, upTo: 18, at: "\(path).decimal"), part, at: path)
        } else if let width = part.digits {
            let width = try checked(width, upTo: 9, at: "\(path).digits")
            if part.number.pad == nil, part.number.missing == nil {
                try number(part.name, .digits, width, part, at: path)
            } else {
                try written(.padded, width, part, at: path)
            }
        } else if let bits = part.bits {
            try add(bits, part, at: path)
        } else {
            try bytes(part, at: path)
        }
    }

    /// A number whose bytes have one spelling.
    private mutating func number(
        _ name: String?, _ form: NumberForm, _ width: Int, _ part: PartFile, at path: String
    ) throws(ProfileError) {
        guard part.usually == nil, part.secret == nil else {
            throw refuse(path, "usually and secret belong to text and unknown", hint: "remove them")
        }
        var field = Field(kind: .number(form), at: layout.length, width: width)
        try describe(&field, name, part.number, range: form.range(width: width), at: path)
        layout.length += width
    }

    /// A number that may be written in more than one way.
    private mutating func written(
        _ form: WrittenForm, _ width: Int, _ part: PartFile, at path: String
    ) throws(ProfileError) {
        guard part.secret == nil else { throw refuse("\(path).secret", "a number is none", hint: "use text") }
        guard (part.number.pad ?? " ") == " ", form == .padded || part.number.pad == nil else {
            throw refuse("\(path).pad", "only digits are padded, and with blanks", hint: "pad: ' ', or leave it out")
        }
        let fillers = try self.fillers(part.number.missing, width: width, form, at: path)
        var usual = try part.usually.map { text throws(ProfileError) in try refuse.bytes(text, at: "\(path).usually") }
        if usual == nil, form == .padded {
            let front: UInt8 = part.number.pad == nil ? 0x30 : 0x20
            usual = [UInt8](repeating: front, count: width - 1) + [0x30]
        }
        guard let usual, usual.count == width, form.value(in: usual.span, 0..<width) != nil else {
            throw refuse(
                "\(path).usually", "must show how the number is written, \(width) characters",
                hint: "as in usually: \"'+0000000.0\"")
        }
        var field = Field(kind: .written(layout.written.count), at: layout.length, width: width)
        let most = NumberForm.tenTo(min(width, 15)) - 1
        try describe(&field, part.name, part.number, range: form == .decimal ? -most...most : 0...most, at: path)
        if let number = form.value(in: usual.span, 0..<width) {
            layout.usualNumbers[layout.usualNumbers.count - 1] = Number(
                number.count + field.plus, decimals: number.decimals)
        }
        layout.written.append(WrittenNumber(form: form, fillers: fillers))
        layout.usualText += usual
        layout.length += width
    }

    /// Name, modifiers and sentinels of a number.
    mutating func describe(
        _ field: inout Field, _ name: String?, _ file: NumberFile, range: ClosedRange<Int>, at path: String
    ) throws(ProfileError) {
        guard let name, name == "?" || !numbers.contains(name) else {
            throw refuse(
                path, "a number needs a name of its own", hint: "as in { u8: 'month' } or { digits: 2, is: 'month' }")
        }
        if case .number = field.kind, file.pad != nil || file.missing != nil {
            throw refuse(path, "pad and missing belong to digits and decimal", hint: "missingWhen lists values")
        }
        let sentinels = try self.sentinels(file.missingWhen, range: range, at: "\(path).missingWhen")
        if let least = file.atLeast, !range.contains(least) {
            throw refuse("\(path).atLeast", "\(least) does not fit into the part", hint: "\(range)")
        }
        field.plus = file.plus ?? 0
        field.atLeast = file.atLeast ?? Int.min
        field.sentinels = layout.sentinels.count..<layout.sentinels.count + sentinels.count
        layout.sentinels += sentinels
        layout.names.append(name)
        layout.usualNumbers.append(Number(max(0, file.atLeast ?? 0) + field.plus))
        layout.units.append(try unit(file.unit, at: "\(path).unit"))
        if file.as == .hex { hexNumbers.insert(name) }
        layout.fields.append(field)
    }

    /// Values that say *no value*; one that cannot stand in the part would never be seen.
    func sentinels(
        _ file: SentinelsFile?, range: ClosedRange<Int>, at path: String
    ) throws(ProfileError) -> [Sentinel] {
        var sentinels: [Sentinel] = []
        for (value, why) in (file?.classes ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let count = Int(value), range.contains(count) else {
                throw refuse(path, "\(value) cannot stand there", hint: "the part holds \(range), before plus")
            }
            sentinels.append(Sentinel(count: count, why: why))
        }
        return sentinels
    }

    /// Texts that say *no value*: one character that fills the part, or as many as it is wide.
    func fillers(
        _ file: FillersFile?, width: Int?, _ form: WrittenForm, at path: String
    ) throws(ProfileError) -> [Filler] {
        var fillers: [Filler] = []
        for (text, why) in (file?.classes ?? [:]).sorted(by: { $0.key < $1.key }) {
            let bytes = Array(text.utf8)
            guard bytes.count == 1 || bytes.count == width ?? bytes.count, !bytes.isEmpty else {
                throw refuse(
                    "\(path).missing", "`\(text)` does not fill the part",
                    hint: "one character, or as many as the part is wide")
            }
            guard form.value(in: bytes.span, 0..<bytes.count) == nil else {
                throw refuse("\(path).missing", "`\(text)` is a number", hint: "missingWhen lists numbers")
            }
            fillers.append(Filler(text: bytes, why: why))
        }
        return fillers
    }

    /// The exponent of a power of ten.
    func unit(_ value: Double?, at path: String) throws(ProfileError) -> Int {
        guard let value else { return 0 }
        var power = 1.0
        for exponent in 0...6 {
            // Written as decimal, so the comparison is exact for each of them.
            if value == power { return exponent }
            if value == 1 / power { return -exponent }
            power *= 10
        }
        throw refuse(path, "\(value) is no power of ten", hint: "0.000001 to 1000000")
    }

    private mutating func bytes(_ part: PartFile, at path: String) throws(ProfileError) {
        let modifiers = part.number
        guard modifiers.plus == nil, modifiers.atLeast == nil, modifiers.as == nil, modifiers.unit == nil,
            modifiers.missingWhen == nil, modifiers.pad == nil, modifiers.missing == nil
        else {
            throw refuse(
                path, "plus, atLeast, as, unit, pad and missing belong to numbers", hint: "remove them")
        }
        let usually = try part.usually.map { text throws(ProfileError) in try refuse.bytes(text, at: "\(path).usually")
        }
        let offset = layout.length
        if let name = part.rest {
            if part.secret == true { layout.secrets.append(offset..<offset) }
            layout.fields.append(Field(kind: .rest, at: offset, width: 0))
            layout.texts[name] = TextPlace(from: layout.usualText.count, width: nil)
            layout.usualText += usually ?? []
            layout.isOpenEnded = true
            return
        }
        let width = try checked(part.text ?? part.unknown ?? 0, upTo: 4_096, at: path)
        let filler: UInt8 = part.text == nil ? 0 : 0x20
        let content = (usually ?? []) + [UInt8](repeating: filler, count: max(0, width - (usually?.count ?? 0)))
        guard content.count == width else {
            throw refuse("\(path).usually", "longer than the part", hint: "at most \(width) bytes")
        }
        if part.secret == true { layout.secrets.append(offset..<offset + width) }
        layout.fields.append(Field(kind: part.text == nil ? .unknown : .text, at: offset, width: width))
        if let name = part.name { layout.texts[name] = TextPlace(from: layout.usualText.count, width: width) }
        layout.usualText += content
        layout.length += width
    }

    private func checked(_ width: Int, upTo most: Int, at path: String) throws(ProfileError) -> Int {
        guard (1...most).contains(width) else {
            throw refuse(path, "\(width) bytes cannot be", hint: "1 to \(most)")
        }
        return width
    }
}
