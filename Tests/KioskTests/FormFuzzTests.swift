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

    /// The shortest way through each form; the random keys lead astray from it and back.
    private static let ways = [
        "11\n\n=11=1\n\n", "111\n\n=1\n111=11\n\n", "11\n\n=1\n111=1\n\n",
        "11150 84\n61\n\n1 2\n3 30\n2\n1 1\n11e\n2\n\n", "31\n\n=11=2\n\n",
    ]

    @Test(arguments: [UInt64(1), 2, 3, 4]) func `a hundred thousand random keys`(seed: UInt64) {
        var random = SeededChance(seed: seed)
        var (saved, pressed) = (0, 0)
        var draft: String?
        while pressed < Self.events / 4 {
            let form = random.next(Self.contexts.count)
            var context = Self.contexts[form]
            // Whatever was left of another form, which may ask other questions.
            context.draft = random.next(4) == 0 ? draft : nil
            var rig = StaffRig.filling(context, size: random.next(2) == 0 ? wideScreen : narrowScreen)
            rig.hut.isFailing = random.next(10) == 0
            let wildness = 1 + random.next(8)
            for key in Self.ways[form] {
                rig.type(String(key))
                while random.next(wildness + 1) == 0 { stray(&random, &rig) }
            }
            for _ in 0..<random.next(20) { stray(&random, &rig) }
            check(rig, seed, pressed)
            for record in rig.records { #expect(impossible(record, context) == nil, "seed \(seed), key \(pressed)") }
            (saved, pressed) = (saved + rig.records.count, pressed + rig.keysPressed)
            draft = rig.drafts.last.flatMap { $0.isEmpty ? nil : $0 } ?? draft
        }
        #expect(saved > pressed / 500, "seed \(seed) saved \(saved): the test has lost its way")
    }

    private func stray(_ random: inout SeededChance, _ rig: inout StaffRig) {
        rig.press(Self.keys[random.next(Self.keys.count)])
        switch random.next(60) {
        case 0:
            rig.size = ScreenSize(columns: 1 + random.next(120), rows: 1 + random.next(40))
            rig.tell(.resized(rig.size))
        case 1: rig.wait(.seconds(Int64(random.next(40))))
        case 2: rig.tell(.form(rig.hut.form))
        default: break
        }
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
