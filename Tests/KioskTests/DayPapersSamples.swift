// Sheets, slips and follow-ups that wait for a doctor, of the invented people of nurse-screens 1.

import Kiosk
import TextScreen
import Vitals

extension StaffSamples {
    /// The sheet before the one that is to come.
    static func lastSheet(_ kind: SheetKind) -> CallSheet {
        var sheet = sheet(kind)
        sheet.number = 6
        return sheet
    }

    static let countersigns = [
        CountersignLine(
            followUp: fact(611), resident: ResidentKey(rawValue: 21), number: "021", name: "赵凤华", sex: .female, age: 67,
            line: ResidentCard.FollowUpLine(
                day: FormSamples.day("2026-11-20"), method: .phone, pressure: "164/92", visitClass: .notControlled,
                drugs: "氨氯地平5mg", adherence: .irregular, by: "王敏"), next: day("2026-12-04")),
        CountersignLine(
            followUp: fact(612), resident: ResidentKey(rawValue: 34), number: "034", name: "周建平", sex: .male, age: 59,
            line: ResidentCard.FollowUpLine(
                day: FormSamples.day("2026-11-21"), method: .clinic, pressure: "152/94", visitClass: .reaction,
                adherence: .regular, by: "王敏"), reaction: "脚肿", referral: "市医院心内科",
            next: day("2026-12-05")),
    ]
}

extension StaffRig {
    /// Logged in at a hut that prints.
    static func withPrinter(size: ScreenSize = wideScreen, as who: StaffRole = .nurse) -> StaffRig {
        var rig = StaffRig(size: size)
        var place = staffPlace(.desk("nurse"))
        place.hasPrinter = true
        rig.screen = StaffScreen(place: place, now: rig.now, size: size)
        rig.tell(.deadline)
        let number = StaffSamples.staff.firstIndex { $0.staff.role == who } ?? 0
        rig.type("\(number + 1)2580\n")
        rig.forget()
        return rig
    }
}

extension [Slip] {
    /// As it comes out, pieces parted by a cut.
    var asPaper: String {
        map { $0.lines.map { ($0.style == .plain ? "  " : "b ") + $0.text }.joined(separator: "\n") }
            .joined(separator: "\n-- cut --\n") + "\n"
    }
}
