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
    /// Quotation marks stood where RFC 4180 has none, and are left out of the text.
    var isBadlyQuoted = false
    /// What stood in the file, where the text is something else for the encoding or the quotation marks.
    var written: String?
    /// What its bytes are in GB18030 as well: nothing but common Chinese characters and ASCII.
    var older: String?
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
        let chinese = cut.rows.flatMap(\.cells).map(\.bytes).filter { $0.contains { $0 >= 0x80 } }
        let utf8 = chinese.count { String(validating: $0, as: UTF8.self) != nil }
        // Chinese in GB18030 is hardly ever valid UTF-8, while two characters of UTF-8 often pass for three of GB18030.
        let encoding = utf8 * 2 >= chinese.count ? Encoding.utf8 : .gb18030
        let gb18030 = CharacterConverter(from: "GB18030", to: "UTF-8")
        self.encoding = encoding
        unclosed = cut.unclosed
        rows = cut.rows.filter { $0.cells != [RawCell()] }.map { row in
            let cells = row.cells.map { raw in
                var cell = RosterRows.read(raw.bytes, encoding, gb18030)
                if let written = raw.written {
                    cell.isBadlyQuoted = true
                    cell.written = RosterRows.read(written, encoding, gb18030).text
                }
                return cell
            }
            return Row(line: row.line, cells: cells, raw: row.raw)
        }
    }

    private static func read(_ bytes: [UInt8], _ encoding: Encoding, _ gb18030: CharacterConverter?) -> RosterCell {
        let utf8 = String(validating: bytes, as: UTF8.self)
        let other = gb18030?.convert(bytes).map { String(decoding: $0, as: UTF8.self) }
        switch encoding {
        case .utf8:
            if let utf8 { return RosterCell(text: utf8, older: isCommonGB(bytes) ? other : nil) }
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

    /// Whether bytes are ASCII and characters of GB 2312, of which nearly every Chinese name is made. Greek and Cyrillic
    /// in UTF-8 are valid GB18030 too; there their capitals are of the rare ones.
    private static func isCommonGB(_ bytes: [UInt8]) -> Bool {
        var (rest, isChinese) = (bytes[...], false)
        while let byte = rest.popFirst() {
            if byte < 0x80 { continue }
            guard (0xB0...0xF7).contains(byte), let next = rest.popFirst(), (0xA1...0xFE).contains(next) else {
                return false
            }
            isChinese = true
        }
        return isChinese
    }

    // MARK: cutting

    private struct RawCell: Equatable {
        var bytes: [UInt8] = []
        /// As it stood, where its quotation marks are not those of RFC 4180.
        var written: [UInt8]?
    }

    private struct Cut {
        var rows: [(line: Int, cells: [RawCell], raw: [UInt8])] = []
        var unclosed: Int?
    }

    /// RFC 4180, with LF or CR LF.
    private static func cut(_ file: ArraySlice<UInt8>) -> Cut {
        var cut = Cut()
        var cells: [RawCell] = []
        var cell: [UInt8] = []
        var (isQuoted, wasQuoted, isBad) = (false, false, false)
        var (quoteLine, line, firstLine) = (1, 1, 1)
        var (bytes, rowStart, cellStart) = (file, file.startIndex, file.startIndex)
        func endCell(_ end: Int) {
            cells.append(RawCell(bytes: cell, written: isBad ? Array(file[cellStart..<end]) : nil))
            (cell, wasQuoted, isBad, cellStart) = ([], false, false, bytes.startIndex)
        }
        func endRow(_ end: Int) {
            endCell(end)
            cut.rows.append((firstLine, cells, Array(file[rowStart..<bytes.startIndex])))
            (cells, firstLine, rowStart) = ([], line, bytes.startIndex)
        }
        while let byte = bytes.popFirst() {
            let place = bytes.startIndex - 1
            if byte == 0x0A { line += 1 }
            switch byte {
            case 0x22 where isQuoted && bytes.first == 0x22:
                bytes.removeFirst()
                cell.append(byte)
            case 0x22 where isQuoted || (cell.isEmpty && !wasQuoted):
                isQuoted.toggle()
                wasQuoted = true
                quoteLine = line
            case 0x2C where !isQuoted: endCell(place)
            case 0x0D where !isQuoted && bytes.first == 0x0A:
                bytes.removeFirst()
                line += 1
                endRow(place)
            case 0x0A where !isQuoted: endRow(place)
            default:
                // Something behind the closing mark.
                if wasQuoted && !isQuoted { isBad = true }
                cell.append(byte)
            }
        }
        if wasQuoted || !cell.isEmpty || !cells.isEmpty { endRow(file.endIndex) }
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
