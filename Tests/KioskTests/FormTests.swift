// What the form refuses, keeps and says: nothing stands in it that nobody pressed, and nothing leaves it that cannot be.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `A follow-up form holds what was asked and nothing else` {
    /// Everything up to the class, in range.
    static let upToClass = "11\n\n=11="

    @Test func `nothing is filled before the nurse presses`() {
        let rig = StaffRig.filling()
        let marks = rig.text().split(separator: "\n").compactMap { $0.split(separator: "[").dropFirst().last }
        #expect(marks.count == 11)
        #expect(marks.allSatisfy { $0.hasPrefix(" ]") || $0.hasPrefix("_]") })
    }

    @Test func `with nothing pressed there is nothing to save`() {
        var rig = StaffRig.filling()
        for _ in 0..<40 { rig.press(.enter) }
        #expect(rig.acts.isEmpty)
        #expect(rig.bottomLine == " 方式还没填")
    }

    @Test func `a draft that stands on the signature with nothing in it is refused`() {
        var context = FormSamples.context
        context.draft =
            #"{"answers":{"day":"2026-11-21","habits":{"isRestUnchanged":false},"passed":[],"secondsSpent":0,"tests":[]},"field":"sign"}"#
        var rig = StaffRig.filling(context)
        #expect(rig.bottomLine == " 接着上次的草稿")
        rig.press(.enter)
        #expect(rig.records.isEmpty)
        #expect(rig.bottomLine == " 方式还没填")
    }

    @Test func `class 1 with a value at the limit is refused in one line and kept with a reason`() throws {
        var context = FormSamples.context
        context.measured[0].pressure = FormSamples.pressure(150, 82)
        var rig = StaffRig.filling(context)
        rig.type(Self.upToClass)
        #expect(rig.text().contains("建议2:150/82到了或超过150/90"))
        rig.type("1")
        #expect(rig.text().contains("150/82不在150/90以下，算1类要写原因"))
        rig.type("\u{8}")
        #expect(rig.text().contains("A 分类     1控制满意 2不满意 3不良反应 4并发症"))
        rig.type("12\n\n\n")
        let record = try #require(rig.records.first)
        #expect(record.visitClass(.hypertension) == .controlled)
        #expect(record.keptBecause == "刚活动过，歇过再量就不高了")
    }

    @Test func `one below the limit on both sides needs no reason`() throws {
        var context = FormSamples.context
        context.measured[0].pressure = FormSamples.pressure(149, 89)
        var rig = StaffRig.filling(context)
        rig.type(Self.upToClass + "1\n\n")
        #expect(try #require(rig.records.first).keptBecause == nil)
    }

    @Test func `a reaction speaks against class 1 and is proposed as class 3`() {
        var rig = StaffRig.filling()
        rig.type("11\n\n=12干咳\n=")
        #expect(rig.text().contains("建议3:有不良反应：干咳"))
        rig.type("1")
        #expect(rig.text().contains("有不良反应，算1类要写原因"))
    }

    @Test func `a value that changes behind a kept class 1 asks for the reason again`() {
        var rig = StaffRig.filling()
        rig.type(Self.upToClass + "1\n")
        for _ in 0..<8 { rig.press(.up) }
        rig.type("152 84\n")
        for _ in 0..<7 { rig.press(.down) }
        rig.press(.enter)
        #expect(rig.records.isEmpty)
        #expect(rig.bottomLine == " 152/84不在150/90以下，算1类要写原因")
    }

    @Test func `a new complication is proposed as class 4 before everything else`() {
        var context = FormSamples.context
        context.complication = LocalizedText("11-02 新发脑卒中", en: "stroke on 11-02")
        var rig = StaffRig.filling(context)
        rig.type(Self.upToClass)
        #expect(rig.text().contains("建议4:11-02 新发脑卒中"))
    }

    @Test(arguments: ["1", "2"]) func `face to face needs that day's value`(method: String) {
        var context = FormSamples.context
        context.measured.removeFirst()
        var rig = StaffRig.filling(context)
        rig.type(method + "1\n")
        #expect(rig.bottomLine == " 门诊、家庭随访要有当天的血压")
        // Passed by telephone, then called face to face.
        rig.type("\u{8}\u{8}31\n")
        for _ in 0..<3 { rig.press(.up) }
        rig.type(method + "1\n")
        #expect(rig.bottomLine == " 门诊、家庭随访要有当天的血压")
    }

    @Test func `a telephone call without a value is saved without one, and without a proposal`() throws {
        var rig = StaffRig.filling(`A follow-up takes the keys that were counted`.called)
        rig.type("31\n\n=11=")
        #expect(rig.text().contains("没有数，不建议"))
        rig.type("1\n\n")
        #expect(try #require(rig.records.first).pressure == nil)
    }

    @Test(arguments: ["0", "400", "2025-12-01", "x"]) func `the next date lies ahead, within a year`(typed: String) {
        var rig = StaffRig.filling()
        rig.type(Self.upToClass + "1" + typed + "\n\n")
        #expect(rig.records.isEmpty)
    }

    @Test func `the next date is counted in days, or written`() throws {
        for (typed, day) in [("14", "2026-12-05"), ("12-30", "2026-12-30"), ("2-1", "2027-02-01")] {
            var rig = StaffRig.filling()
            rig.type(Self.upToClass + "1" + typed + "\n\n")
            #expect(try #require(rig.records.first).next == LocalDay(iso: day))
        }
    }

    @Test func `another class is another date`() {
        var rig = StaffRig.filling()
        rig.type(Self.upToClass + "1\n")
        rig.press(.up)
        rig.press(.up)
        rig.type("2")
        #expect(rig.text().contains("2026-12-05 周六(14天)"))
        #expect(!rig.text().contains("[02-19]"))
    }

    @Test func `back-dating is marked, takes that day's value, and forgets the other day's`() throws {
        var rig = StaffRig.filling()
        rig.type("11\n\nd11-14\n")
        #expect(rig.text().contains("补记 2026-11-14"))
        #expect(rig.text().contains("142/80 11-14 09:14 小屋袖带"))
        rig.press(.up)
        rig.press(.up)
        rig.type("\n\n=11=1\n\n")
        let record = try #require(rig.records.first)
        #expect(record.day == FormSamples.day("2026-11-14"))
        #expect(record.pressure?.value.systolic == 142)
        #expect(record.next == FormSamples.day("2027-02-12"))
    }

    @Test(arguments: ["11-22", "2026-12-01", "2-30", "8"]) func `no follow-up is of a day that cannot be`(typed: String)
    {
        var rig = StaffRig.filling()
        rig.type("d" + typed + "\n")
        let year = typed.hasPrefix("11-22") ? "还没到；去年的请打 2025-11-22" : "请打 11-18，今天或以前"
        #expect(rig.text().contains(year))
    }

    @Test func `a date that has passed already is refused after back-dating`() {
        var rig = StaffRig.filling()
        rig.type("d10-01\n11142 80\n\n=11=2\n")
        #expect(rig.bottomLine == " 下次要在今天以后，请重打")
    }

    @Test(arguments: ["138", "300 20", "90 85", "138 82 400", "a"]) func `a typed value that cannot be is not taken`(
        typed: String
    ) {
        var rig = StaffRig.filling()
        rig.type("11" + typed + "\n")
        #expect(!rig.text().contains("手打"))
    }

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
        rig.type(Self.upToClass + "1\n\n")
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

    @Test(arguments: [("1", ResidentStatus.lost), ("2", .dead), ("3", .moved)])
    func `lost, died and moved take a date and a reason instead of a follow-up`(
        digit: String, status: ResidentStatus
    ) {
        var rig = StaffRig.filling()
        rig.type("x\(digit)\n11-03\n女儿电话说的\n")
        #expect(
            rig.acts == [
                .setStatus(
                    ResidentKey(rawValue: 47), status, on: FormSamples.day("2026-11-03"), reason: "女儿电话说的")
            ])
        #expect(rig.text().contains("名单"))
    }

    @Test func `what could not be saved stays on the screen and is saved once`() {
        var rig = StaffRig.filling()
        rig.hut.isFailing = true
        rig.type(Self.upToClass + "1\n\n")
        #expect(rig.bottomLine == " 没存上，请再试")
        rig.hut.isFailing = false
        rig.type("\n")
        #expect(rig.records.count == 2)
        #expect(rig.records.first == rig.records.last)
        #expect(rig.text().contains("名单"))
    }

    @Test func `what could not be saved is said although the form was left`() {
        var rig = StaffRig.filling()
        rig.hut.isMute = true
        rig.type(Self.upToClass + "1\n\n")
        rig.press(.escape)
        #expect(rig.text().contains("名单"))
        rig.tell(.followUpFailed(ResidentKey(rawValue: 47), LocalizedText("没存上，请再试", en: "Not saved")))
        #expect(rig.bottomLine == " 没存上，请再试")
    }

    @Test func `the word to another act is not the word that the form is on disk`() {
        var rig = StaffRig.filling()
        rig.hut.isMute = true
        rig.type(Self.upToClass + "1\n\n")
        rig.tell(.saved(LocalizedText("记上了", en: "noted")))
        #expect(rig.text().contains("D 签名"))
        rig.type("\n\n")
        #expect(rig.records.count == 1)
    }

    @Test func `what is measured meanwhile is said and offered, and replaces only on Enter`() throws {
        var rig = StaffRig.filling()
        rig.type("11\n")
        var fresh = FormSamples.context
        fresh.measured[0].pressure = MeasuredPressure(
            value: SessionValue(systolic: 152, diastolic: 84, pulse: 80, count: 2, isComplete: true), at: staffMorning,
            arm: .right, rested: .byClock(seconds: 300), source: .cuffStation,
            readings: [FormSamples.fact(810), FormSamples.fact(811)])
        rig.tell(.form(fresh))
        #expect(rig.bottomLine == " 刚才又量了：152/84")
        #expect(rig.text().contains("[138/82]"))
        rig.press(.up)
        #expect(rig.text().contains("138/82 后来又量了 152/84   回车=换"))
        rig.type("\n\n=11=2\n\n")
        let record = try #require(rig.records.first)
        #expect(record.pressure?.value.readings == [FormSamples.fact(810), FormSamples.fact(811)])
        #expect(record.pulse?.value == 80)
    }

    @Test func `a draft with a value that cannot be is refused at the signature`() throws {
        var rig = StaffRig.filling()
        rig.type(Self.upToClass + "1\ns")
        let draft = try #require(rig.hut.form.draft)
        var context = FormSamples.context
        context.draft = draft.replacing("\"systolic\":138", with: "\"systolic\":13")
        #expect(context.draft != draft)
        var broken = StaffRig.filling(context)
        broken.press(.enter)
        #expect(broken.records.isEmpty)
        #expect(broken.bottomLine == " 高压不对：要在 50 到 300")
    }

    @Test func `a doctor's signature is named where the policy asks for it`() {
        var rig = StaffRig.filling()
        #expect(rig.text().contains("医生复核：不需要 / 需要(2类以上)"))
        rig.type(Self.upToClass + "2")
        #expect(rig.text().contains("医生复核：需要(2类以上)"))
    }

    @Test func `somebody on no list gets no form`() {
        var context = FormSamples.context
        context.diseases = []
        let rig = StaffRig.filling(context)
        #expect(rig.text().contains("不在管理名单上，先登记管理"))
    }
}
