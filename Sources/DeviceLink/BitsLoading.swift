// `bits`, `pairs` and `check` of a message, judged and flattened.
import Vitals

extension MessageLoading {
    /// Names and constants of so many bits each, from the top bit of the first byte on. A name met again continues the
    /// same number, high part first, or the low one; `?` is each time a number of its own, kept and not understood.
    mutating func add(_ bits: [BitsFile], _ part: PartFile, at path: String) throws(ProfileError) {
        guard part.name == nil, part.usually == nil, part.secret == nil else {
            throw refuse(path, "bits have names of their own", hint: "remove is, usually and secret")
        }
        var names: [String] = []
        var pieces: [[BitRun]] = []
        var offset = 0
        for (index, one) in bits.enumerated() {
            let here = "\(path).bits[\(index)]"
            guard (1...32).contains(one.width) else {
                throw refuse(here, "\(one.width) bits cannot be", hint: "1 to 32")
            }
            let runs = self.runs(from: offset, width: one.width)
            offset += one.width
            if let constant = one.constant {
                guard constant >= 0, constant < 1 << one.width else {
                    throw refuse(
                        here, "\(constant) does not fit into \(one.width) bits", hint: "0 to \(1 << one.width - 1)")
                }
                try constrain(runs, to: constant)
            } else if let name = one.name, name != "?", let known = names.firstIndex(of: name) {
                pieces[known] = part.first == .low ? runs + pieces[known] : pieces[known] + runs
            } else {
                names.append(one.name ?? "?")
                pieces.append(runs)
            }
        }
        guard offset > 0, offset % 8 == 0 else {
            throw refuse("\(path).bits", "\(offset) bits are no whole bytes", hint: "name every bit of each byte")
        }
        if let stranger = (part.of ?? [:]).keys.sorted().first(where: { !names.contains($0) }) {
            throw refuse(
                "\(path).of.\(stranger)", "no bits have this name", hint: "one of \(names.joined(separator: ", "))")
        }
        for (name, runs) in zip(names, pieces) {
            let width = runs.reduce(0) { $0 + $1.width }
            guard width <= 32 else { throw refuse("\(path).bits", "`\(name)` is wider than 32 bits", hint: "split it") }
            var field = Field(kind: .bits(first: layout.runs.count, runs: runs.count), at: layout.length, width: 0)
            let file = part.of?[name] ?? NumberFile()
            guard file.pad == nil, file.missing == nil else {
                throw refuse("\(path).of.\(name)", "pad and missing belong to digits", hint: "missingWhen lists values")
            }
            try describe(&field, name, file, range: 0...(1 << width - 1), at: path)
            layout.runs += runs
        }
        layout.length += offset / 8
    }

    /// The runs of so many bits, cut where a byte ends.
    private func runs(from offset: Int, width: Int) -> [BitRun] {
        var (runs, place) = ([BitRun](), offset)
        while place < offset + width {
            let count = min(8 - place % 8, offset + width - place)
            runs.append(BitRun(at: layout.length + place / 8, shift: 8 - place % 8 - count, width: count))
            place += count
        }
        return runs
    }

    private mutating func constrain(_ runs: [BitRun], to constant: Int) throws(ProfileError) {
        var rest = constant
        for run in runs.reversed() {
            let ones = UInt8(1 << run.width - 1)
            layout.constants.append(
                Constant(at: run.at, mask: ones << run.shift, byte: (UInt8(rest & Int(ones))) << run.shift))
            rest >>= run.width
        }
    }

    /// Keys and values at the end.
    mutating func add(_ file: PairsFile, at path: String) throws(ProfileError) {
        guard !layout.isOpenEnded else { throw refuse(path, "behind a rest", hint: "remove the rest") }
        let between = try separator(file.between, at: "\(path).between")
        let equals = try separator(file.equals, at: "\(path).equals")
        let written = refuse.text.keys(under: "\(path).keys").filter { file.keys[$0] != nil }
        guard !written.isEmpty, written.count <= 60 else {
            throw refuse("\(path).keys", "1 to 60 keys", hint: "name the keys whose values mean something")
        }
        for need in file.needs ?? [] where file.keys[need] == nil {
            throw refuse("\(path).needs", "`\(need)` is none of the keys", hint: "name it under keys")
        }
        var (numbers, texts, usual) = ([PairKey](), [PairKey](), [UInt8]())
        for key in written {
            guard let one = file.keys[key] else { continue }
            let isNeeded = file.needs?.contains(key) == true
            let pair = try self.pair(key, one, isNeeded: isNeeded, at: "\(path).keys.\(key)")
            if pair.number == nil { texts.append(pair) } else { numbers.append(pair) }
            let form = one.form == "text" ? "" : one.form == "hex" ? "0" : one.form
            usual += (usual.isEmpty ? [] : [between]) + Array(key.utf8) + [equals] + Array(form.utf8) + pair.suffix
        }
        if let usually = file.usually { usual = try refuse.bytes(usually, at: "\(path).usually") }
        let list = PairList(between: between, equals: equals, keys: numbers + texts)
        var record = Record(message: 0)
        guard list.read(usual.span, from: 0, into: &record) else {
            throw refuse("\(path).usually", "does not fit the keys", hint: "every needed key with a value of its form")
        }
        layout.fields.append(Field(kind: .pairs, at: layout.length, width: 0))
        layout.usualText += usual
        layout.usualNumbers += record.numbers
        layout.pairs = list
        layout.isOpenEnded = true
    }

    private func separator(_ text: String, at path: String) throws(ProfileError) -> UInt8 {
        guard text.utf8.count == 1, let byte = text.utf8.first else {
            throw refuse(path, "`\(text)` is not one character", hint: "as in between: ' '")
        }
        return byte
    }

    private mutating func pair(
        _ key: String, _ file: PairKeyFile, isNeeded: Bool, at path: String
    ) throws(ProfileError) -> PairKey {
        let suffix = Array((file.suffix ?? "").utf8)
        let isSecret = file.secret == true
        guard file.form != "text" else {
            return PairKey(
                key: Array(key.utf8), number: nil, suffix: suffix, isNeeded: isNeeded, isSecret: isSecret)
        }
        guard file.name == "?" || !numbers.contains(file.name) else {
            throw refuse("\(path).is", "a number needs a name of its own", hint: "another key has it")
        }
        let form = WrittenForm.decimal
        guard file.form == "hex" || form.value(in: Array(file.form.utf8).span, 0..<file.form.utf8.count) != nil else {
            throw refuse("\(path).form", "`\(file.form)` is no form", hint: "000, 00.00, hex or text")
        }
        guard file.number.pad == nil, file.number.atLeast == nil else {
            throw refuse(path, "pad and atLeast belong to parts", hint: "the form says how the value is written")
        }
        let kind = file.form == "hex" ? WrittenForm.hex : form
        let most = NumberForm.tenTo(15) - 1
        let missing = try fillers(file.number.missing, width: nil, kind, at: path)
        // Dashes are "no value" wherever keys and values are used.
        let dashes = missing.isEmpty ? [Filler(text: [0x2D], why: .noSignal)] : missing
        layout.names.append(file.name)
        layout.units.append(try unit(file.number.unit, at: "\(path).unit"))
        if file.number.as == .hex { hexNumbers.insert(file.name) }
        return PairKey(
            key: Array(key.utf8), number: WrittenNumber(form: kind, fillers: dashes), suffix: suffix,
            plus: file.number.plus ?? 0,
            sentinels: try sentinels(file.number.missingWhen, range: -most...most, at: "\(path).missingWhen"),
            isNeeded: isNeeded, isSecret: isSecret)
    }

    /// A check inside the message, behind everything else.
    mutating func add(_ file: CheckFile, at path: String) throws(ProfileError) {
        guard !layout.isOpenEnded else {
            throw refuse(path, "behind a rest", hint: "a message with a check has a fixed length")
        }
        let width = file.as == .hex ? 2 * file.kind.width : file.kind.width
        let check = try Check(file, shortest: layout.length + width, at: path, refuse: refuse)
        guard check.at == -width else {
            throw refuse("\(path).at", "the check stands behind the parts", hint: "at: \(-width)")
        }
        layout.check = check
        layout.length += width
    }
}
