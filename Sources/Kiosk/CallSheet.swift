// Much of a nurse's work is done away from every screen: at a door, at a telephone. So the day's list leaves on paper with
// numbered lines and boxes to tick, or as CSV for a spreadsheet; both are plain text, made here and nowhere else.

import Vitals

/// What a sheet is for.
package enum SheetKind: String, Hashable, Sendable, CaseIterable {
    /// Everybody on today's list, to be called.
    case calls
    /// Home visits of the day, by building.
    case visits
}

/// One resident on a sheet.
package struct CallSheetRow: Hashable, Sendable {
    package var line: CallSheetLine
    /// The hut number.
    package var hutNumber: String
    package var name: String
    package var sex: Sex?
    package var age: Int?
    package var phone: String?
    package var building: String?
    package var why: LocalizedText
    package var due: LocalDay?
    /// Newest first, at most three: `11-21 138/82`.
    package var lastReadings: [String]

    package init(
        line: CallSheetLine, hutNumber: String, name: String, sex: Sex?, age: Int?, phone: String?,
        building: String?, why: LocalizedText, due: LocalDay?, lastReadings: [String]
    ) {
        (self.line, self.hutNumber, self.name, self.sex) = (line, hutNumber, name, sex)
        (self.age, self.phone, self.building, self.why) = (age, phone, building, why)
        (self.due, self.lastReadings) = (due, lastReadings)
    }
}

/// The sheet of one day, its lines numbered from 1 in the order of printing.
package struct CallSheet: Hashable, Sendable {
    /// As printed on it, from 1 and never again for another sheet.
    package var number: Int
    package var kind: SheetKind
    package var day: LocalDay
    package var hutName: String
    /// Who printed it.
    package var by: String
    package var rows: [CallSheetRow]

    package init(number: Int, kind: SheetKind, day: LocalDay, hutName: String, by: String, rows: [CallSheetRow]) {
        (self.number, self.kind, self.day) = (number, kind, day)
        (self.hutName, self.by, self.rows) = (hutName, by, rows)
    }
}
