// A roster comes from a spreadsheet that somebody else's program wrote: UTF-8 or GB18030, a byte lost here and there. It
// is cut into cells as bytes, because a comma, a quotation mark and a line end are the same in both; then each cell is
// read by itself, so that one bad byte spoils one cell and says where it stood.

/// One cell as it could be read.
struct RosterCell: Hashable, Sendable {
    /// The text; stray bytes are left out of it.
    var text: String
    /// Bytes that were no character.
    var strayBytes = 0
    /// It was written in the other of the two encodings.
    var isOtherEncoding = false
}

/// A file of comma-separated values, cut but not understood.
struct RosterRows: Hashable, Sendable {
    enum Encoding: String, Hashable, Sendable {
        case utf8 = "UTF-8"
        case gb18030 = "GB18030"
    }

    struct Row: Hashable, Sendable {
        /// The first line of it; a quoted cell may hold line ends.
        var line: Int
        var cells: [RosterCell]
        /// Byte for byte, with its line end.
        var raw: [UInt8]
    }

    var encoding: Encoding
    /// Rows that are not empty.
    var rows: [Row]
    /// The line of a quotation mark that is never closed.
    var unclosed: Int?

    init(_ file: [UInt8]) {
        let cut = RosterRows.cut(file.starts(with: [0xEF, 0xBB, 0xBF]) ? file.dropFirst(3) : file[...])
        let chinese = cut.rows.flatMap(\.cells).filter { $0.contains { $0 >= 0x80 } }
        let utf8 = chinese.count { String(validating: $0, as: UTF8.self) != nil }
        // Chinese in GB18030 is hardly ever valid UTF-8, while two characters of UTF-8 often pass for three of GB18030.
        let encoding = utf8 * 2 >= chinese.count ? Encoding.utf8 : .gb18030
        let gb18030 = CharacterConverter(from: "GB18030", to: "UTF-8")
        self.encoding = encoding
        unclosed = cut.unclosed
        rows = cut.rows.filter { $0.cells != [[]] }.map { row in
            Row(line: row.line, cells: row.cells.map { RosterRows.read($0, encoding, gb18030) }, raw: row.raw)
        }
    }

    private static func read(_ bytes: [UInt8], _ encoding: Encoding, _ gb18030: CharacterConverter?) -> RosterCell {
        let utf8 = String(validating: bytes, as: UTF8.self)
        let other = gb18030?.convert(bytes).map { String(decoding: $0, as: UTF8.self) }
        switch encoding {
        case .utf8:
            if let utf8 { return RosterCell(text: utf8) }
            // Mostly Chinese when read so: then a piece of an older file. Otherwise some bytes are stray.
            if let other, other.unicodeScalars.allSatisfy({ $0.isASCII || $0.isHan }) {
                return RosterCell(text: other, isOtherEncoding: true)
            }
            return salvaged(bytes, CharacterConverter(from: "UTF-8", to: "UTF-8"))
        case .gb18030:
            if let other { return RosterCell(text: other) }
            if let utf8 { return RosterCell(text: utf8, isOtherEncoding: true) }
            return salvaged(bytes, gb18030)
        }
    }

    private static func salvaged(_ bytes: [UInt8], _ converter: CharacterConverter?) -> RosterCell {
        guard let (text, stray) = converter?.salvage(bytes) else {
            let ascii = bytes.filter { $0 < 0x80 }
            return RosterCell(text: String(decoding: ascii, as: UTF8.self), strayBytes: bytes.count - ascii.count)
        }
        return RosterCell(text: String(decoding: text, as: UTF8.self), strayBytes: stray)
    }

    // MARK: cutting

    private struct Cut {
        var rows: [(line: Int, cells: [[UInt8]], raw: [UInt8])] = []
        var unclosed: Int?
    }

    /// RFC 4180, with LF or CR LF.
    private static func cut(_ file: ArraySlice<UInt8>) -> Cut {
        var cut = Cut()
        var cells: [[UInt8]] = []
        var cell: [UInt8] = []
        var (isQuoted, quoteLine, line, firstLine) = (false, 1, 1, 1)
        var (bytes, rowStart) = (file, file.startIndex)
        func endRow() {
            cut.rows.append((firstLine, cells + [cell], Array(file[rowStart..<bytes.startIndex])))
            (cells, cell, firstLine, rowStart) = ([], [], line, bytes.startIndex)
        }
        while let byte = bytes.popFirst() {
            if byte == 0x0A { line += 1 }
            switch byte {
            case 0x22 where isQuoted && bytes.first == 0x22:
                bytes.removeFirst()
                cell.append(byte)
            case 0x22 where isQuoted || cell.isEmpty:
                isQuoted.toggle()
                quoteLine = line
            case 0x2C where !isQuoted:
                cells.append(cell)
                cell = []
            case 0x0D where !isQuoted && bytes.first == 0x0A: continue
            case 0x0A where !isQuoted: endRow()
            default: cell.append(byte)
            }
        }
        if !cell.isEmpty || !cells.isEmpty { endRow() }
        cut.unclosed = isQuoted ? quoteLine : nil
        return cut
    }
}

extension Unicode.Scalar {
    /// A Chinese character, of the common blocks and the rare ones.
    var isHan: Bool {
        switch value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF, 0x3007: true
        default: false
        }
    }
}
