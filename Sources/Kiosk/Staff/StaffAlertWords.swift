// What a nurse must know before she gets up: whether somebody still sits there, where a band was heard last and how old
// that is, what she takes, whom to call (nurse-screens 6).

import TextScreen
import Vitals

extension StaffAlert {
    /// There is a second line to say.
    var hasDetails: Bool {
        sittingSince != nil || contact != nil || isCallForHelp || !(medicines ?? "").isEmpty
            || arm.map { $0 != .notSaid } ?? false || rested.map { $0 != .notSaid } ?? false
    }
}

/// What stands under the head of an alert.
enum StaffAlertWords {
    /// Whole items, on one line where they fit: whether somebody sits there and since when, whom to call, what she takes.
    /// How it was measured is left out at 40 columns where it would need a line of its own.
    static func lines(_ alert: StaffAlert, _ desk: StaffDesk, _ language: Language) -> [String] {
        let cells = desk.size.columns - indent
        let contact = alert.contact.map { [call($0, language)] } ?? []
        let medicines = alert.medicines.map { $0.isEmpty ? [] : [self.medicines($0, language, cells)] } ?? []
        let needed = place(alert, desk, language) + contact + medicines
        let measured = measured(alert, desk, language)
        guard desk.isWide else {
            let most = packed(needed, cells, most: needed.count, gap: " ").lines.count
            return packed(needed + measured, cells, most: max(1, most), gap: " ").lines
        }
        for (most, gap) in [(1, "  "), (1, " ")] {
            let packed = packed(needed + measured, cells, most: most, gap: gap)
            if packed.isWhole { return packed.lines }
        }
        return packed(needed + measured, cells, most: 2, gap: "  ").lines
    }

    /// How many lines stand there in any language: the room below must not depend on it.
    static func height(_ alert: StaffAlert, _ desk: StaffDesk) -> Int {
        Language.allCases.map { lines(alert, desk, $0).count }.max() ?? 0
    }

    /// Blanks before each line.
    static let indent = 3

    /// Each item in the first line that has room for it.
    private static func packed(
        _ items: [String], _ cells: Int, most: Int, gap: String
    ) -> (lines: [String], isWhole: Bool) {
        var lines: [String] = []
        var isWhole = true
        for item in items {
            if let row = lines.firstIndex(where: { cellWidth($0 + gap + item) <= cells }) {
                lines[row] += gap + item
            } else if lines.count < most {
                lines.append(item)
            } else {
                isWhole = false
            }
        }
        return (lines, isWhole)
    }

    /// Where she is, and since when.
    private static func place(_ alert: StaffAlert, _ desk: StaffDesk, _ language: Language) -> [String] {
        var parts = alert.isCallForHelp ? [since(alert, desk, language), position(alert, desk, language)] : []
        if let since = alert.sittingSince {
            parts.append(Words.sitting(minutes(desk.now.hut - since))[language])
        }
        return parts
    }

    /// How it was measured and, where there is room for it, how full the band is.
    private static func measured(_ alert: StaffAlert, _ desk: StaffDesk, _ language: Language) -> [String] {
        var parts: [String] = []
        if let arm = alert.arm, arm != .notSaid { parts.append((arm == .left ? Words.left : Words.right)[language]) }
        if let rested = alert.rested, rested != .notSaid { parts.append(StaffWords.rested(rested)[language]) }
        if desk.isWide, let percent = alert.batteryPercent { parts.append(Words.battery[language] + "\(percent)%") }
        return parts
    }

    /// The whole drugs that fit in one line, and how many they are in all.
    private static func medicines(_ text: String, _ language: Language, _ cells: Int) -> String {
        let label = Words.medicines[language]
        guard cellWidth(label + text) > cells else { return label + text }
        let drugs = text.split { "、，,；;".contains($0) }.map { String($0).trimmed }
        let ways = drugs.indices.dropFirst().reversed().map { count in
            label + drugs.prefix(count).joined(separator: language == .chinese ? "、" : ", ")
                + Words.ofSo(drugs.count)[language]
        }
        return ways.first { cellWidth($0) <= cells } ?? StaffText.cut(label + text, cells)
    }

    private static func call(_ contact: ContactPerson, _ language: Language) -> String {
        Words.contact[language] + "\(contact.relation) \(contact.name) \(contact.phone)"
    }

    /// `已响14分钟`; once somebody has taken it, how long ago it came.
    private static func since(_ alert: StaffAlert, _ desk: StaffDesk, _ language: Language) -> String {
        let span = desk.now.hut - alert.at
        return (alert.takenBy == nil ? Words.since(minutes(span)) : StaffWords.age(span))[language]
    }

    /// `呼救 位置 34.1234,113.1234(19 分钟前)`: a call among other alerts.
    static func call(_ alert: StaffAlert, _ room: StaffRoom) -> String {
        Words.call[room.language] + position(alert, room.desk, room.language)
    }

    /// Degrees with four decimals (eleven metres) and how old they are; or that nobody knows where.
    private static func position(_ alert: StaffAlert, _ desk: StaffDesk, _ language: Language) -> String {
        guard let position = alert.position else { return Words.noPosition[language] }
        let degrees = [position.latitudeE7, position.longitudeE7]
            .map { JSONLine.decimal($0 / 1_000, places: 4) }.joined(separator: ",")
        let age = alert.positionAt.map { "(\(StaffWords.age(desk.now.hut - $0)[language]))" }
        return Words.position[language] + degrees + (age ?? Words.noAge[language])
    }

    private static func minutes(_ span: Duration) -> Int { max(0, Int(span.milliseconds / 60_000)) }
}

private enum Words {
    static let left = LocalizedText("左胳膊", en: "left arm")
    static let right = LocalizedText("右胳膊", en: "right arm")
    static let medicines = LocalizedText("用药：", en: "medicine: ")
    static let contact = LocalizedText("联系人：", en: "contact: ")
    static let call = LocalizedText("呼救 ", en: "SOS ")
    static let battery = LocalizedText("电", en: "bat ")
    static let position = LocalizedText("位置 ", en: "at ")
    static let noPosition = LocalizedText("不知道在哪里", en: "place not known")
    static let noAge = LocalizedText("(不知道多久了)", en: "(age not known)")

    static func sitting(_ minutes: Int) -> LocalizedText {
        LocalizedText("还在座位上 \(minutes) 分钟", en: "still seated \(minutes) min")
    }

    static func ofSo(_ count: Int) -> LocalizedText { LocalizedText(" 等\(count)种", en: " (\(count) in all)") }

    static func since(_ minutes: Int) -> LocalizedText {
        LocalizedText("已响\(minutes)分钟", en: "rings \(minutes) min")
    }
}
