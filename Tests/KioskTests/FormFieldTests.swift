// What is typed into the form's longer fields: values with their targets, habits, drugs, tests, and the fields of diabetes.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `A field of the form keeps what was typed into it` {
    @Test func `weight is typed with its target and the height, or with the target of last time`() throws {
        for (typed, target, height) in [("62/58 160", 58_000, 1_600), ("62/=", 60_000, 1_580), ("62.4", nil, 1_580)] {
            var rig = StaffRig.filling()
            rig.type("11\n\(typed)\n=11=1\n\n")
            let record = try #require(rig.records.first)
            #expect(record.weightGrams?.value.target == target)
            #expect(record.weightGrams?.source == .measured)
            #expect(record.heightMillimetres == height)
        }
    }

    /// Typed and not entered: each way of leaving the question says so, and nothing is lost.
    @Test(arguments: [Key.up, .down, .character("s")], [wideScreen, narrowScreen])
    func `a number that was not entered is not left behind in silence`(key: Key, size: ScreenSize) throws {
        var rig = StaffRig.filling(size: size)
        rig.type("11\n")
        rig.press(.up)
        rig.type("150 92")
        rig.forget()
        rig.press(key)
        #expect(rig.bottomLine == " 打的数先按回车，或用退格擦掉")
        #expect(rig.text(.english).contains("Press Enter first, or erase the number") && rig.acts.isEmpty)
        rig.type("\n")
        #expect(rig.text().contains("[150/92]"))
    }

    @Test func `nor is it missing in a draft that is kept on leaving`() {
        var rig = StaffRig.filling()
        rig.type("11150 92")
        rig.press(.escape)
        rig.forget()
        rig.type("2")
        #expect(rig.bottomLine == " 打的数先按回车，或用退格擦掉" && rig.acts.isEmpty)
        rig.type("\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}s")
        #expect(rig.drafts.count == 1 && rig.text().contains("名单"))
    }

    @Test func `symptoms go on and off, and only 1 says none`() throws {
        var rig = StaffRig.filling()
        rig.type("122\n")
        #expect(rig.bottomLine == " 症状(没有=1)还没填")
        rig.type("260看东西发黄\n\n\n\n=11=1\n\n")
        let part = try #require(rig.records.first?.hypertension)
        #expect(part.symptoms == Answer([.headacheDizziness, .palpitationsChestTightness], .asked))
        #expect(part.otherSymptom == "看东西发黄")
    }

    @Test func `one habit changes and the rest is unchanged only with the key for it`() throws {
        var rig = StaffRig.filling()
        rig.type("11\n\n75/7 40/=\n\n")
        #expect(rig.bottomLine == " =没变，6-9改一项")
        rig.type("=11=1\n\n")
        let lifestyle = try #require(rig.records.first?.lifestyle)
        #expect(lifestyle.source == .asked)
        #expect(lifestyle.value.exerciseEachWeek == PresentAndTarget(5, target: 7))
        #expect(lifestyle.value.exerciseMinutes == PresentAndTarget(40, target: 30))
        #expect(lifestyle.value.salt == .medium)
    }

    @Test func `without a last time every habit is asked in turn and nothing can be unchanged`() throws {
        var rig = StaffRig.filling(FormSamples.first)
        rig.type("11150 84 70\n61.5/60 158\n=")
        #expect(rig.bottomLine == " 没有上次的，请按回车逐项填")
        rig.type("\n10/0 1.5/0\n3/5 20/30\n3/1\n2 1\n11=")
        #expect(rig.bottomLine == " 没有上次的用药，e=填")
        rig.type("ealdp115mg\n\n2\n\n")
        let record = try #require(rig.records.first)
        #expect(
            record.lifestyle
                == Answer(
                    Lifestyle(
                        cigarettesEachDay: PresentAndTarget(10, target: 0),
                        spiritsTenthsEachDay: PresentAndTarget(15, target: 0),
                        exerciseEachWeek: PresentAndTarget(3, target: 5),
                        exerciseMinutes: PresentAndTarget(20, target: 30), salt: .heavy, saltTarget: .light,
                        mood: .fair, followsAdvice: .good), .asked))
        #expect(record.drugs == Answer([Drug(name: "氨氯地平", timesEachDay: 1, amount: "5mg")], .asked))
        #expect(record.pulse == Answer(70, .measured))
    }

    @Test func `drugs are changed, stopped and added by initials`() throws {
        var rig = StaffRig.filling()
        rig.type("11\n\n=11e110*2+aejsg130.5g\n10\n1\n\n")
        let drugs = try #require(rig.records.first?.drugs)
        #expect(drugs == Answer([Drug(name: "二甲双胍", timesEachDay: 3, amount: "0.5g")], .asked))
    }

    @Test func `tests, referral and other signs are called by a letter and stand in the record`() throws {
        var rig = StaffRig.filling()
        rig.type("k血钾4.1\n11-02\n区医院\nz血压控制不好\n2\ng下肢轻度水肿\n")
        rig.type(`A follow-up form holds what was asked and nothing else`.upToClass + "1\n\n")
        let record = try #require(rig.records.first)
        #expect(record.tests == [AuxiliaryTest(text: "血钾4.1", day: LocalDay(iso: "2026-11-02"), place: "区医院")])
        #expect(record.referral == Referral(reason: "血压控制不好", place: "区县医院 心内科"))
        #expect(record.otherSigns == "下肢轻度水肿")
    }

    @Test func `diabetes keeps HbA1c with its day, and insulin`() throws {
        var rig = StaffRig.filling(FormSamples.diabetes)
        rig.type("b7.2\n11-01\ni甘精 12单位 睡前\n11\n\n=1\n111=1\n\n")
        let part = try #require(rig.records.first?.diabetes)
        #expect(part.hba1cTenths == 72)
        #expect(part.hba1cDay == LocalDay(iso: "2026-11-01"))
        #expect(part.insulin == "甘精 12单位 睡前")
    }

    @Test func `fasting glucose at its limit speaks against class 1 of diabetes alone`() {
        var context = FormSamples.both
        context.measured[0].glucose?.micromolesPerLitre = 7_000
        var rig = StaffRig.filling(context)
        rig.type("111\n\n=1\n111=1")
        #expect(rig.text().contains("建议2:7.0到了或超过7.0"))
    }
}
