// A sheet comes back from the stairs of six houses: typed in by line number, dated to its day, nothing invented.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `A sheet that was carried out is typed back by its line numbers` {
    static let key = ResidentKey(rawValue: 212)
    static let day = FormSamples.day("2026-11-20")

    static func sheet(_ typed: String, _ change: (inout StaffHut) -> Void = { _ in }) -> StaffRig {
        var hut = StaffHut()
        change(&hut)
        var rig = StaffRig.loggedIn(hut: hut)
        rig.type("w")
        rig.forget()
        rig.type(typed)
        return rig
    }

    @Test func `a line is twelve keys and a follow-up of the sheet's day`() throws {
        let rig = Self.sheet("12w138 82\n1\n")
        #expect(rig.keysPressed == 12)
        // Symptoms, habits and drugs have no box on the sheet: nobody asked, and the record says so.
        #expect(
            rig.acts == [
                .saveFollowUp(
                    FollowUpRecord(
                        resident: Self.key, day: Self.day, method: .home,
                        pressure: Answer(FormPressure(systolic: 138, diastolic: 82), .measured),
                        hypertension: HypertensionPart(symptoms: nil, visitClass: .controlled), next: Self.day + 90))
            ])
        #expect(rig.bottomLine == " 存好了")
        #expect(rig.effects.contains(.staff(.loadSheet(12))))
    }

    @Test func `lines follow each other in one go`() {
        let rig = Self.sheet("1w138 82\n1\n2w156 84\n2\n3n4s")
        #expect(rig.records.map(\.resident.rawValue) == [201, 202])
        #expect(rig.records.map(\.next) == [Self.day + 90, Self.day + 14])
        #expect(rig.acts.count == 4)
    }

    @Test func `a value told by telephone is asked, not measured, and no face-to-face follow-up`() throws {
        let record = try #require(Self.sheet("1p156 84\n2\n").records.first)
        #expect(record.method == .phone)
        #expect(record.pressure?.source == .asked)
    }

    @Test func `class 1 with a value at the limit needs its reason here too`() throws {
        var rig = Self.sheet("1w150 84\n1")
        #expect(rig.text().contains("150/84不在150/90以下，算1类要写原因"))
        rig.type("1\n\n")
        let record = try #require(rig.records.first)
        #expect(record.keptBecause == "家里自测都在范围内")
        #expect(record.visitClass(.hypertension) == .controlled)
    }

    @Test func `a visit without a value is refused`() {
        let rig = Self.sheet("1w\n")
        #expect(rig.acts.isEmpty)
        #expect(rig.bottomLine == " 门诊、家庭随访要有当天的血压")
    }

    @Test func `of a sheet that is typed late a next date that would be over is tomorrow`() {
        let late: (inout StaffHut) -> Void = { $0.sheet?.day = FormSamples.day("2026-10-20") }
        let rig = Self.sheet("1w156 84\n2\n", late)
        #expect(rig.records.first?.next == FormSamples.day("2026-11-22"))
        var typing = Self.sheet("1w156 84\n220\n", late)
        #expect(typing.acts.isEmpty)
        #expect(typing.bottomLine == " 下次要在今天以后，请重打")
        typing.type("\u{8}\u{8}40\n")
        #expect(typing.records.first?.next == FormSamples.day("2026-11-29"))
    }

    @Test func `both diseases are two verdicts`() throws {
        let rig = Self.sheet("1w138 82\n12\n") { $0.sheet?.lines[0].diseases = [.hypertension, .diabetes] }
        let record = try #require(rig.records.first)
        #expect(record.visitClass(.hypertension) == .controlled)
        #expect(record.visitClass(.diabetes) == .notControlled)
        #expect(record.next == Self.day + 14)
    }

    @Test func `a slip in one box is put right there, and the line stays`() throws {
        var rig = Self.sheet("1w138 82\n12\u{8}\u{8}") { $0.sheet?.lines[0].diseases = [.hypertension, .diabetes] }
        #expect(rig.text().contains("[138/82]"))
        rig.type("21\n")
        let record = try #require(rig.records.first)
        #expect(record.pressure?.value == FormPressure(systolic: 138, diastolic: 82))
        #expect(record.visitClass(.hypertension) == .notControlled && record.visitClass(.diabetes) == .controlled)
    }

    @Test func `from the value Backspace leads to the list, and the value is typed anew after it is erased`() throws {
        var rig = Self.sheet("1w138 82\n\u{8}")
        rig.type("148 84\n1\n")
        #expect(try #require(rig.records.first).pressure?.value == FormPressure(systolic: 148, diastolic: 84))
        var left = Self.sheet("1w138 82\n\u{8}\u{8}")
        #expect(left.text().contains("12行 录了"))
        left.type("\u{8}")
        #expect(left.records.isEmpty && left.text().contains("名单"))
    }

    @Test func `of somebody on no list only the value is kept`() {
        let rig = Self.sheet("1w156 84 70\n") { $0.sheet?.lines[0].diseases = [] }
        #expect(
            rig.acts == [
                .typeEarlierReading(
                    ResidentKey(rawValue: 201), BloodPressure(systolic: 156, diastolic: 84, pulse: 70), on: Self.day,
                    place: "家里，护士上门量")
            ])
        #expect(rig.bottomLine == " 存好了")
    }

    @Test(arguments: SheetTick.allCases) func `a tick is the line and its letter`(tick: SheetTick) {
        let rig = Self.sheet("7\(tick.rawValue)")
        #expect(rig.keysPressed == 2)
        let line = CallSheetLine(number: 7, resident: ResidentKey(rawValue: 207))
        #expect(rig.acts == [.tick(sheet: 12, line, tick)])
    }

    @Test func `what was typed of a line once is not typed twice in silence`() {
        let rig = Self.sheet("1w") { $0.sheet?.lines[0].done = LocalizedText("138/82 分类1", en: "138/82 class 1") }
        #expect(rig.acts.isEmpty)
        #expect(rig.bottomLine == " 录过了：138/82 分类1")
    }

    @Test func `a number that is not on the sheet is nobody`() {
        #expect(Self.sheet("13w").bottomLine == " 没有这个序号")
        #expect(Self.sheet("w").bottomLine == " 请先按序号")
    }

    @Test func `a line that could not be saved stands there again`() {
        var rig = Self.sheet("") { $0.isFailing = true }
        rig.type("1w138 82\n1\n")
        #expect(rig.bottomLine == " 没存上，请再试")
        rig.hut.isFailing = false
        rig.type("\n")
        #expect(rig.records.count == 2)
        #expect(rig.records.first == rig.records.last)
    }

    @Test func `another sheet is asked for by the number printed on it`() {
        let rig = Self.sheet("/11\n")
        #expect(rig.effects.contains(.staff(.loadSheet(11))))
    }

    @Test func `the answer to an earlier question does not stand under another number`() {
        var rig = Self.sheet("")
        rig.hut.isSilent = true
        rig.type("/11\n")
        rig.tell(.sheet(ExamSamples.sheet))
        #expect(!rig.text().contains("单子 12号"))
    }

    @Test func `a sheet of a day that has not come is not typed in`() {
        let rig = Self.sheet("1w") { $0.sheet?.day = FormSamples.today + 1 }
        #expect(rig.bottomLine == " 这张单子是以后的，还不能录")
    }

    @Test func `a sheet that does not exist says so`() {
        #expect(Self.sheet("") { $0.sheet = nil }.text().contains("没有这张单子"))
    }
}
