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

    @Test(arguments: ["0", "400", "2025-12-01", "13-40"]) func `the next date lies ahead, within a year`(typed: String)
    {
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

    @Test func `after back-dating the next date is tomorrow where it would be over, and none before that is taken`() {
        var rig = StaffRig.filling()
        rig.type("d10-01\n11142 80\n\n=11=2")
        #expect(rig.text().contains("2026-11-22 周日"))
        rig.type("20\n")
        #expect(rig.bottomLine == " 下次要在今天以后，请重打")
    }

    @Test(arguments: ["138", "300 20", "90 85", "138 82 400", "a"]) func `a typed value that cannot be is not taken`(
        typed: String
    ) {
        var rig = StaffRig.filling()
        rig.type("11" + typed + "\n")
        #expect(!rig.text().contains("手打"))
    }

    @Test(arguments: [("1", ResidentStatus.moved), ("2", .dead), ("3", .lost), ("4", .ended)])
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

    @Test func `what became of somebody is chosen, and what could not be saved is sent again`() {
        var rig = StaffRig.filling()
        rig.type("1x搬走\n")
        #expect(rig.text().contains("1 搬走了") && !rig.text().contains("哪天起"))
        rig.hut.isFailing = true
        rig.forget()
        rig.type("1\n11-03\n女儿电话说的\n")
        #expect(rig.bottomLine == " 没存上，请再试")
        rig.hut.isFailing = false
        rig.type("\n")
        #expect(rig.acts.count == 2 && rig.acts.first == rig.acts.last && rig.text().contains("名单"))
    }

    @Test(arguments: ["x\u{8}", "x1\n\u{8}\u{8}\u{8}"]) func `and the form stands there again when she goes back`(
        typed: String
    ) {
        var rig = StaffRig.filling()
        rig.type("1" + typed)
        #expect(rig.text().contains("A 分类") && rig.records.isEmpty)
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
