// A date that is typed looks back: what has not come is refused with what to type, and never taken for last year's.

import Testing
import TextScreen
import Vitals

@testable import Kiosk

@Suite struct `A day that has been` {
    static let today = FormSamples.today

    @Test(arguments: [
        ("11-21", "2026-11-21"), ("1-2", "2026-01-02"), ("2025-11-25", "2025-11-25"), ("11.20", "2026-11-20"),
    ])
    func `is read`(text: String, day: String) {
        #expect(StaffDates.past(text, today: Self.today) == LocalDay(iso: day))
        #expect(StaffDates.notYet(text, today: Self.today) == nil)
    }

    @Test(arguments: ["11-22", "11-25", "12-31"]) func `is not one that lies ahead`(text: String) throws {
        #expect(StaffDates.past(text, today: Self.today) == nil)
        let refusal = try #require(StaffDates.notYet(text, today: Self.today))
        #expect(refusal.chinese == "还没到；去年的请打 2025-\(text)")
        #expect(Language.allCases.allSatisfy { cellWidth(refusal[$0]) < 40 })
    }

    @Test(arguments: ["", "11", "13-1", "2026-11-22", "2-29", "x-1"]) func `or nothing, without advice`(text: String) {
        #expect(StaffDates.past(text, today: Self.today) == nil)
        #expect(StaffDates.notYet(text, today: Self.today) == nil)
    }

    @Test(arguments: ["1-5", "1/5", "1.5", "1 5"]) func `begins like a choice and is none, however it is written`(
        text: String
    ) {
        var rig = StaffRig.loggedIn()
        rig.type("5\nx1\n\(text)\n1\n")
        #expect(
            rig.acts == [
                .setStatus(ResidentKey(rawValue: 47), .moved, on: FormSamples.day("2026-01-05"), reason: "家里人说的")
            ])
    }

    @Test func `the form is not moved to last year by a slip`() {
        var rig = StaffRig.filling()
        rig.type("1d11-25\n")
        #expect(rig.bottomLine == " 还没到；去年的请打 2025-11-25")
        rig.type("\u{8}\u{8}20\n")
        #expect(rig.text().contains("补记 2026-11-20"))
    }
}
