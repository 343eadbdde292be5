// Understands what a terminal sends: keys, and reports of its size. The bytes come in pieces of any length from a
// socket anybody in the room may have opened, so nothing is trusted: sequences are bounded, the rest is dropped.
//
// Escape is a key and the beginning of a sequence. Only time tells: after `push`, when `isWaiting`, call `timeUp`
// once `escapeWait` has passed without a byte.

/// What a terminal said.
package enum TerminalInput: Hashable, Sendable {
    case key(Key)
    /// Columns 1…500, rows 1…200, whatever was reported.
    case size(ScreenSize)
}

/// Bytes of a terminal → keys and sizes.
///
///     parser.push(Array("1\u{1B}[48;24;80t".utf8))  // [.key(.character("1")), .size(80×24)]
package struct KeyParser: Sendable {
    private enum State: Sendable {
        case ground
        case escape
        /// After `ESC [`: the parameters so far.
        case sequence([UInt8])
        /// After `ESC O`: one letter, the numeric keypad in its application mode.
        case keypad
        /// A string for the terminal (`ESC ]` and its kin), or a sequence too long: dropped until it ends.
        case dropped(Int, isString: Bool)
        /// Inside a UTF-8 character: bytes missing, value so far, smallest value of this length.
        case character(missing: Int, value: UInt32, least: UInt32)
    }
    private var state = State.ground
    private var afterReturn = false
    /// Between `CSI 200 ~` and `CSI 201 ~` (mode 2004): text from a clipboard, in which nothing is a key that acts.
    private var isPasting = false

    package init() {}

    /// How long a lone escape waits for the rest of a sequence.
    package static let escapeWait: Duration = .milliseconds(50)

    /// An escape may be a key or the beginning of more.
    package var isWaiting: Bool {
        if case .ground = state { isPasting } else { true }
    }

    /// Nothing followed in time: a lone escape was the key, anything else was rubbish. A paste whose end never came must
    /// not keep the keyboard.
    package mutating func timeUp() -> [TerminalInput] {
        defer { (state, isPasting) = (.ground, false) }
        if case .escape = state, !isPasting { return [.key(.escape)] }
        return []
    }

    package mutating func push(_ bytes: some Sequence<UInt8>) -> [TerminalInput] {
        var found: [TerminalInput] = []
        for byte in bytes { push(byte, &found) }
        return found
    }

    private mutating func push(_ byte: UInt8, _ found: inout [TerminalInput]) {
        switch state {
        case .ground: ground(byte, &found)
        case .escape: escape(byte, &found)
        case .sequence(let parameters): sequence(byte, parameters, &found)
        case .keypad: keypad(byte, &found)
        case .dropped(let count, let isString): drop(byte, count, isString)
        case .character(let missing, let value, let least): character(byte, missing, value, least, &found)
        }
    }

    private mutating func ground(_ byte: UInt8, _ found: inout [TerminalInput]) {
        defer { afterReturn = byte == 0x0D }
        if isPasting, byte < 0x20 || byte == 0x7F, byte != 0x1B { return pasted(byte, &found) }
        switch byte {
        case 0x0D: found.append(.key(.enter))
        case 0x0A: if !afterReturn { found.append(.key(.enter)) }
        case 0x09: found.append(.key(.tab))
        case 0x08, 0x7F: found.append(.key(.backspace))
        case 0x1B: state = .escape
        case 0x20..<0x7F: found.append(.key(.character(Character(Unicode.Scalar(byte)))))
        case 0xC2..<0xE0: state = .character(missing: 1, value: UInt32(byte & 0x1F), least: 0x80)
        case 0xE0..<0xF0: state = .character(missing: 2, value: UInt32(byte & 0x0F), least: 0x800)
        case 0xF0..<0xF5: state = .character(missing: 3, value: UInt32(byte & 0x07), least: 0x10000)
        default: break
        }
    }

    /// A control character of a clipboard: an end of line or a tab is a blank, whatever else it says is not text.
    private func pasted(_ byte: UInt8, _ found: inout [TerminalInput]) {
        guard byte == 0x0D || byte == 0x09 || byte == 0x0A && !afterReturn else { return }
        found.append(.key(.character(" ")))
    }

    private mutating func escape(_ byte: UInt8, _ found: inout [TerminalInput]) {
        // No key of a clipboard acts; the sequence that ends the paste still does.
        if isPasting, byte != 0x5B {
            if byte != 0x1B { state = .ground }
            return
        }
        switch byte {
        case 0x5B: state = .sequence([])
        case 0x4F: state = .keypad
        case 0x5D, 0x50, 0x58, 0x5E, 0x5F: state = .dropped(0, isString: true)
        // The end of a string that was dropped.
        case 0x5C: state = .ground
        case 0x1B: found.append(.key(.escape))
        default:
            found.append(.key(.escape))
            state = .ground
            ground(byte, &found)
        }
    }

    private mutating func sequence(_ byte: UInt8, _ parameters: [UInt8], _ found: inout [TerminalInput]) {
        switch byte {
        case 0x20..<0x40: state = parameters.count < 32 ? .sequence(parameters + [byte]) : .dropped(0, isString: false)
        case 0x40..<0x7F:
            state = .ground
            let given = numbers(parameters)
            if byte == 0x7E, let first = given?.first, first == 200 || first == 201 {
                isPasting = first == 200
            } else if !isPasting, let input = meaning(of: byte, given) {
                found.append(input)
            }
        case 0x1B: state = .escape
        default: state = .ground
        }
    }

    private mutating func keypad(_ byte: UInt8, _ found: inout [TerminalInput]) {
        state = .ground
        switch byte {
        case 0x70...0x79: found.append(.key(.character(Character(Unicode.Scalar(byte - 0x40)))))
        case 0x6A...0x6F: found.append(.key(.character(Character(Unicode.Scalar(byte - 0x40)))))
        case 0x4D: found.append(.key(.enter))
        case 0x41...0x44: if let key = arrow(byte) { found.append(.key(key)) }
        case 0x1B: state = .escape
        default: break
        }
    }

    /// A string ends with BEL or `ESC \`, a sequence with its letter; nobody sends a kiosk more than 4096 bytes of one.
    private mutating func drop(_ byte: UInt8, _ count: Int, _ isString: Bool) {
        switch byte {
        case 0x07, 0x18, 0x1A: state = .ground
        case 0x1B: state = .escape
        case 0x40..<0x7F where !isString: state = .ground
        default: state = count < 4096 ? .dropped(count + 1, isString: isString) : .ground
        }
    }

    private mutating func character(
        _ byte: UInt8, _ missing: Int, _ value: UInt32, _ least: UInt32, _ found: inout [TerminalInput]
    ) {
        guard (0x80..<0xC0).contains(byte) else {
            state = .ground
            return ground(byte, &found)
        }
        let value = value << 6 | UInt32(byte & 0x3F)
        guard missing == 1 else { return state = .character(missing: missing - 1, value: value, least: least) }
        state = .ground
        if value >= least, let scalar = Unicode.Scalar(value), cellWidth(Character(scalar)) > 0 {
            found.append(.key(.character(Character(narrowDigit(scalar)))))
        }
    }
}

/// A digit as an input method types it, full width, is the digit: nobody sees the difference on the screen.
private func narrowDigit(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard ("\u{FF10}"..."\u{FF19}").contains(scalar) else { return scalar }
    return Unicode.Scalar(UInt8(scalar.value - 0xFF10 + 0x30))
}

/// The numbers between `;`, each at most 99999; nil for anything else in their place.
private func numbers(_ parameters: [UInt8]) -> [Int]? {
    var numbers: [Int] = []
    for part in parameters.split(separator: 0x3B, omittingEmptySubsequences: false) {
        // A colon begins a sub-parameter (the kitty keyboard): not needed here.
        guard part.count <= 5, part.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        numbers.append(part.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
    return numbers
}

private func meaning(of final: UInt8, _ numbers: [Int]?) -> TerminalInput? {
    guard let numbers else { return nil }
    switch (final, numbers.count) {
    case (0x41...0x44, _): return arrow(final).map { .key($0) }
    case (0x7E, 1...) where numbers[0] == 5: return .key(.pageUp)
    case (0x7E, 1...) where numbers[0] == 6: return .key(.pageDown)
    case (0x7E, 1...) where numbers[0] == 3: return .key(.backspace)
    // Mode 2048: rows and columns, then, from some terminals, the same in pixels.
    case (0x74, 3), (0x74, 5): return numbers[0] == 48 ? size(rows: numbers[1], columns: numbers[2]) : nil
    case (0x52, 2): return size(rows: numbers[0], columns: numbers[1])
    default: return nil
    }
}

private func arrow(_ letter: UInt8) -> Key? {
    switch letter {
    case 0x41: .up
    case 0x42: .down
    case 0x43: .right
    case 0x44: .left
    default: nil
    }
}

/// A size as reported; nonsense is brought to the nearest that a canvas can have.
private func size(rows: Int, columns: Int) -> TerminalInput {
    .size(ScreenSize(columns: min(max(columns, 1), 500), rows: min(max(rows, 1), 200)))
}
