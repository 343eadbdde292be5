// A call sheet on the paper that a hut has: the roll of the slip printer, 32 or 48 columns wide. It comes out in pieces of
// a few residents, each with the number of the sheet and the meaning of its boxes: a piece can be cut off, carried and
// typed back by itself, and a printer without much memory is never sent more than it holds.

import Vitals

extension CallSheet {
    /// Residents on one piece: some 60 lines of paper (ours).
    package static let rowsOnPiece = 8

    /// The pieces of the sheet as slips, in the order of printing; none for a sheet without rows.
    ///
    /// - Parameter columns: of Latin letters that the paper holds.
    package func slips(columns: Int, _ language: Language) -> [Slip] {
        let pieces = stride(from: 0, to: rows.count, by: Self.rowsOnPiece).map { start in
            start..<min(start + Self.rowsOnPiece, rows.count)
        }
        return pieces.enumerated().map { place, piece in
            let head = slipHead(place + 1, of: pieces.count, columns, language)
            let body = piece.flatMap { index in
                // A building is named again on each piece: the one before may be in other hands.
                heading(of: index, isFirst: index == piece.lowerBound, language)
                    + slipBlock(rows[index], columns, language)
            }
            let foot = Slip.Line(SlipWords.foot[language], isCentred: true)
            return Slip(lines: head + body + [foot], readings: [])
        }
    }

    private func slipHead(_ piece: Int, of count: Int, _ columns: Int, _ language: Language) -> [Slip.Line] {
        let printed = StaffText.packed([by, "\(piece)/\(count)"], columns)
        return [Slip.Line(title(language), .bold), Slip.Line(hutName)] + printed.map { Slip.Line($0) }
            + StaffText.packed(SheetTick.allCases.map { $0.legend(language) }, columns).map { Slip.Line($0) }
            + [Slip.Line(String(repeating: "-", count: columns))]
    }

    private func heading(of index: Int, isFirst: Bool, _ language: Language) -> [Slip.Line] {
        let here = rows[index].buildingName
        guard kind == .visits, isFirst || rows[index - 1].buildingName != here else { return [] }
        return [Slip.Line("== " + SheetWords.building(here)[language], .bold)]
    }

    /// Who and where, why, the last readings, the boxes, and room to write.
    private func slipBlock(_ row: CallSheetRow, _ columns: Int, _ language: Language) -> [Slip.Line] {
        let who = StaffWords.person(
            row.name, row.sex, row.age, number: row.hutNumber, language, cells: columns - Self.indent)
        let place = StaffText.packed(
            [row.building, row.phone ?? SheetWords.noPhone[language]].compactMap { $0 }, columns - Self.indent)
        let due = StaffWords.due(row.due, .soon, today: day)[language]
        let why = StaffText.wrap("\(due) \(row.why[language])", columns - Self.indent, lines: 3)
        let readings = StaffText.packed(row.lastReadings, columns - Self.indent)
        let boxes = StaffText.packed(SheetTick.allCases.map { "\($0.rawValue)[ ]" }, columns - Self.indent)
        let blanks = StaffText.packed(SlipWords.blanks.map { $0[language] }, columns - Self.indent)
        let margin = String(repeating: " ", count: Self.indent)
        return [Slip.Line(StaffText.fitRight(String(row.line.number), Self.indent - 1) + " " + who, .bold)]
            + (place + why + readings + boxes + blanks).map { Slip.Line(margin + $0) } + [Slip.Line("")]
    }

    /// Behind the number of a line.
    private static let indent = 4
}

private enum SlipWords {
    static let foot = LocalizedText("录入后请销毁", en: "Shred it once typed in")

    static let blanks = [
        LocalizedText("血压____/____", en: "BP____/____"), LocalizedText("脉搏____", en: "pulse____"),
        LocalizedText("分类1 2 3 4", en: "class 1 2 3 4"), LocalizedText("下次____-____", en: "next____-____"),
    ]
}
