// Whatever is pressed on a form, no record comes out of it that cannot be.

import Foundation
import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `A form saves nothing that cannot be` {
    static let events =
        100_000 / (ProcessInfo.processInfo.environment["HEALTHHUT_PROPERTY_DIVISOR"].flatMap(Int.init) ?? 1)

    private static let contexts = [
        FormSamples.context, FormSamples.both, FormSamples.diabetes, FormSamples.first,
        `A follow-up takes the keys that were counted`.called,
    ]
    /// What leads on, often; what leads astray, sometimes.
    private static let keys: [Key] =
        "11112223456789012=====eakzgdxbiqs?tyl /.-+*张 138 82".map(Key.character) + [
            .enter, .enter, .enter, .enter, .enter, .enter, .enter, .enter, .backspace, .up, .down, .escape, .tab,
        ]

    @Test(arguments: [UInt64(1), 2, 3, 4]) func `a hundred thousand random keys`(seed: UInt64) {
        var random = StaffRandom(state: seed)
        var saved = 0
        var rig = StaffRig.filling(Self.contexts[0])
        for step in 0..<Self.events / 4 {
            if step % 400 == 0 || step % 20 == 0 && !rig.isFilling { rig = refill(&random, &saved, rig, seed) }
            if random.next(60) == 0 {
                rig.size = ScreenSize(columns: 1 + random.next(120), rows: 1 + random.next(40))
                rig.tell(.resized(rig.size))
            }
            if random.next(200) == 0 { rig.wait(.seconds(Int64(random.next(40)))) }
            rig.hut.isFailing = random.next(10) == 0
            // Towards the signature, so that records are reached at all.
            if random.next(30) == 0 { rig.type(Self.runs[random.next(Self.runs.count)]) }
            rig.press(Self.keys[random.next(Self.keys.count)])
            if step % 50 == 0 { check(rig, seed, step) }
        }
        _ = refill(&random, &saved, rig, seed)
        #expect(saved > 0, "seed \(seed) never saved anything: the test has lost its way")
    }

    private static let runs = [
        "11\n\n=11=1\n\n", "111\n\n=1\n111=11\n\n", "\n\n\n\n\n", "2\n\n", "140 84\n\n=11=2\n\n",
    ]

    /// Checks what was saved so far and opens another form.
    private func refill(
        _ random: inout StaffRandom, _ saved: inout Int, _ rig: StaffRig, _ seed: UInt64
    ) -> StaffRig {
        for record in rig.records {
            saved += 1
            #expect(impossible(record, rig.hut.form) == nil, "seed \(seed)")
        }
        var context = Self.contexts[random.next(Self.contexts.count)]
        // A draft of any shape that was left before.
        context.draft = random.next(3) == 0 ? rig.drafts.last.flatMap { $0.isEmpty ? nil : $0 } : nil
        return .filling(context, size: random.next(2) == 0 ? wideScreen : narrowScreen)
    }

    /// What cannot be about a record, by an oracle of its own.
    private func impossible(_ record: FollowUpRecord, _ context: FormContext) -> String? {
        if record.day > FormSamples.today { return "in the future" }
        let ofDay = context.measured.first { $0.day == record.day }
        if let pressure = record.pressure?.value {
            if !(50...300).contains(pressure.systolic) || !(30...200).contains(pressure.diastolic) { return "pressure" }
            if !pressure.readings.isEmpty, pressure.readings != ofDay?.pressure?.readings {
                return "another day's value"
            }
            if !pressure.readings.isEmpty, record.pressure?.source != .measured { return "measured and not said so" }
        } else if record.method.isFaceToFace {
            return "face to face without a value"
        }
        guard let next = record.next, next > record.day, next >= FormSamples.today else { return "next date" }
        let isHigh = record.pressure.map { $0.value.systolic >= 150 || $0.value.diastolic >= 90 } ?? false
        let isSweet = record.diabetes?.fastingGlucose.map { $0.value >= 7_000 } ?? false
        let reacts = record.reaction?.value != ""
        let is1 = (
            record.visitClass(.hypertension) == .controlled && (isHigh || reacts),
            record.visitClass(.diabetes) == .controlled && (isSweet || reacts)
        )
        if is1.0 || is1.1, record.keptBecause?.isEmpty != false { return "class 1 without a reason" }
        if (record.hypertension != nil) != context.diseases.contains(.hypertension) { return "the wrong form" }
        if (record.diabetes != nil) != context.diseases.contains(.diabetes) { return "the wrong form" }
        if record.lifestyle == nil || record.adherence == nil || record.drugs == nil { return "something is open" }
        if context.last.isEmpty, record.lifestyle?.source == .unchanged || record.drugs?.source == .unchanged {
            return "unchanged from nothing"
        }
        return nil
    }

    private func check(_ rig: StaffRig, _ seed: UInt64, _ step: Int) {
        for language in Language.allCases {
            let lines = rig.text(language).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            #expect(lines.count == rig.size.rows, "seed \(seed) step \(step)")
            #expect(lines.allSatisfy { cellWidth($0) <= rig.size.columns }, "seed \(seed) step \(step)")
        }
    }
}

extension StaffRig {
    /// The form is on the screen, or something it opened.
    var isFilling: Bool {
        let text = text()
        return size.columns < 8 || size.rows < 4 || text.contains("随访") && !text.contains("名单")
    }
}
