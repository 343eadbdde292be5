// Claiming one reading: the reading on one side, the person with the last three values on the other, then `y` and Enter.

import TextScreen
import Vitals

/// Whose a reading is, said by a person.
struct StaffClaim: StaffSavingPage {
    private let row: UnclaimedRow
    private let candidate: Candidate
    /// `y` was pressed: Enter files it.
    private var isSaid: Bool
    var isSaving = false
    private let byHint: Bool

    init(_ row: UnclaimedRow, _ candidate: Candidate, isSaid: Bool = false) {
        (self.row, self.candidate, self.isSaid, byHint) = (row, candidate, isSaid, isSaid)
    }

    var prompt: LocalizedText? { isSaving ? StaffPhrases.saving : nil }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        isSaid
            ? [StaffHint(.enter, Phrases.file, short: Phrases.file), .back]
            : [StaffHint(.character("y"), Phrases.say, short: Phrases.say), .back]
    }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        if isSaving { return key == .escape ? .unused : .nothing }
        switch key {
        case .character("y"):
            isSaid = true
            return .nothing
        case .enter where isSaid:
            isSaving = true
            let reason = (byHint ? Phrases.byHint : Phrases.bySearch)[desk.recordLanguage]
            return .ask(.claim(row.reading.sequence, candidate.key, reason: reason))
        default: return .unused
        }
    }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let question = isSaid ? Phrases.filed(candidate.name) : Phrases.asked(candidate.name)
        return [StaffLine(StaffText.cut(Phrases.title[room.language], room.columns), .bold), StaffLine()]
            + StaffSides.lines(row, candidate, room)
            + [StaffLine(), StaffLine(StaffText.cut(" " + question[room.language], room.columns), .bold)]
    }
}

/// A reading and a person side by side.
enum StaffSides {
    /// At 80 columns in two halves, at 40 one above the other.
    static func lines(_ row: UnclaimedRow, _ candidate: Candidate?, _ room: StaffRoom) -> [StaffLine] {
        let left = reading(row, room)
        let right = person(candidate, room)
        guard room.isWide else { return (left + right).map { StaffLine(StaffText.cut(" " + $0, room.columns)) } }
        let half = room.columns / 2
        return (0..<max(left.count, right.count)).map { line in
            let first = left.indices.contains(line) ? left[line] : ""
            let second = right.indices.contains(line) ? right[line] : ""
            return StaffLine(StaffText.fit(" " + first, half) + StaffText.cut(second, room.columns - half))
        }
    }

    private static func reading(_ row: UnclaimedRow, _ room: StaffRoom) -> [String] {
        let value = StaffWords.value(row.reading.vital)[room.language]
        let place = row.station.map { StaffWords.station($0, room.language) }
        let origin = [
            StaffWords.moment(row.reading.at, room.desk), place, row.band?.rawValue ?? row.reading.instrument.rawValue,
        ]
        return [value, origin.compactMap { $0 }.joined(separator: " "), StaffWords.reason(row.reason)[room.language]]
    }

    private static func person(_ candidate: Candidate?, _ room: StaffRoom) -> [String] {
        guard let candidate else { return [Phrases.noHint[room.language]] }
        let values = candidate.lastValues.isEmpty ? "-" : candidate.lastValues.joined(separator: "  ")
        let apart = StaffWords.apart(candidate)
        return [StaffWords.person(candidate, room.language)] + (apart.isEmpty ? [] : [apart])
            + [Phrases.last[room.language] + values]
    }
}

private enum Phrases {
    static let title = LocalizedText("认领：数和人对得上吗？", en: "Claim: do reading and person fit?")
    static let last = LocalizedText("最近 ", en: "last ")
    static let noHint = LocalizedText("没有提示", en: "no hint")
    static let say = LocalizedText("y=是这位", en: "y=yes")
    static let file = LocalizedText("回车=记上", en: "Enter=file it")
    static let byHint = LocalizedText("按提示认领", en: "claimed by the hint")
    static let bySearch = LocalizedText("护士找人认领", en: "claimed by search")

    static func asked(_ name: String) -> LocalizedText {
        LocalizedText("是 \(name) 的吗？是的按 y", en: "Is it \(name)'s? If so press y")
    }

    static func filed(_ name: String) -> LocalizedText {
        LocalizedText("回车就记到 \(name) 名下", en: "Enter files it under \(name)")
    }
}
