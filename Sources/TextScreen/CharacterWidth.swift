// How many cells a character takes in a Chinese terminal, and which characters may reach a terminal at all.
//
// Terminals and the Unicode tables disagree about *ambiguous* characters (box drawing, circles, curly quotes): they
// count as one here and our own screens avoid them. Text from outside (a name in a roster) may hold anything, so
// control, format and direction characters are cut out before they can move a cursor.

/// The cells one character takes: 0, 1 or 2.
package func cellWidth(_ character: Character) -> Int {
    for scalar in character.unicodeScalars {
        let width = cellWidth(scalar)
        if width > 0 { return width }
    }
    return 0
}

/// The cells a text takes on one line.
package func cellWidth(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + cellWidth($1) } }

/// The character as it may be painted: base and at most two marks; nil when nothing of it may.
func paintable(_ character: Character) -> Character? {
    if character.isASCII, character != "\r\n" { return cellWidth(character) > 0 ? character : nil }
    let scalars = character.unicodeScalars
    guard let base = scalars.first(where: { cellWidth($0) > 0 }) else { return nil }
    if scalars.count == 1 { return character }
    var kept = String(base)
    for mark in scalars.filter({ isMark($0) }).prefix(2) { kept.unicodeScalars.append(mark) }
    return kept.count == 1 ? Character(kept) : Character(base)
}

private func cellWidth(_ scalar: Unicode.Scalar) -> Int {
    // Nearly everything a hut ever shows, answered without the tables.
    if scalar.value < 0x7F { return scalar.value < 0x20 ? 0 : 1 }
    if (0x4E00...0x9FFF).contains(scalar.value) { return 2 }
    switch scalar.properties.generalCategory {
    case .control, .format, .nonspacingMark, .enclosingMark, .surrogate, .lineSeparator, .paragraphSeparator,
        .unassigned:
        return 0
    default: break
    }
    // The vowels and finals of Korean syllables join the letter before them.
    if (0x1160...0x11FF).contains(scalar.value) { return 0 }
    return wide.contains { $0.contains(scalar.value) } ? 2 : 1
}

private func isMark(_ scalar: Unicode.Scalar) -> Bool {
    // Variation selectors are marks too, and terminals disagree about the width they ask for.
    if (0xFE00...0xFE0F).contains(scalar.value) { return false }
    return scalar.properties.generalCategory == .nonspacingMark
}

/// East Asian Width *W* and *F*, Unicode 15 (EastAsianWidth.txt), joined where only unassigned code points lie between.
private let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0, 0x23F3...0x23F3,
    0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F, 0x2693...0x2693, 0x26A1...0x26A1,
    0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5, 0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA,
    0x26F2...0x26F3, 0x26F5...0x26F5, 0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B,
    0x2728...0x2728, 0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
    0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55, 0x2E80...0x303E,
    0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
    0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F004...0x1F004,
    0x1F0CF...0x1F0CF, 0x1F18E...0x1F18E, 0x1F191...0x1F19A, 0x1F200...0x1F320, 0x1F32D...0x1F335,
    0x1F337...0x1F37C, 0x1F37E...0x1F393, 0x1F3A0...0x1F3CA, 0x1F3CF...0x1F3D3, 0x1F3E0...0x1F3F0,
    0x1F3F4...0x1F3F4, 0x1F3F8...0x1F43E, 0x1F440...0x1F440, 0x1F442...0x1F4FC, 0x1F4FF...0x1F53D,
    0x1F54B...0x1F567, 0x1F57A...0x1F57A, 0x1F595...0x1F596, 0x1F5A4...0x1F5A4, 0x1F5FB...0x1F64F,
    0x1F680...0x1F6C5, 0x1F6CC...0x1F6CC, 0x1F6D0...0x1F6D2, 0x1F6D5...0x1F6DF, 0x1F6EB...0x1F6EC,
    0x1F6F4...0x1F6FC, 0x1F7E0...0x1F7F0, 0x1F90C...0x1F93A, 0x1F93C...0x1F945, 0x1F947...0x1F9FF,
    0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
]
