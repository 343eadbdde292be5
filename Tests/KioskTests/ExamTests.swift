// An exam day: no item is left out in silence, no value that cannot be is taken, and two different people sign.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `An exam day leaves no item out` {
    static let key = ResidentKey(rawValue: 21)
    static let day = FormSamples.today

    /// Standing on the exam of the second person, who lacks ECG, ultrasound and laboratory.
    static func person(_ typed: String = "") -> StaffRig {
        var rig = StaffRig.loggedIn()
        rig.type("j2\n")
        rig.forget()
        rig.type(typed)
        return rig
    }

    @Test(arguments: [wideScreen, narrowScreen]) func `whose exam it is stands there before the hut has anything of it`(
        size: ScreenSize
    ) {
        var hut = StaffHut()
        hut.exams = []
        var rig = StaffRig.loggedIn(size: size, hut: hut)
        rig.type("j/zgf")
        let found = StaffSamples.people.filter { StaffSamples.initials[$0.name] == "zgf" }
        rig.type("1")
        let person = found[0]
        let age = person.age.map { " \($0)岁" } ?? ""
        #expect(rig.text().contains("体检 11-21  \(person.name) 女\(age) \(person.number)号"))
    }

    @Test func `a long name gives way to the number of its owner`() {
        let person = Candidate(
            key: Self.key, number: "076", name: "阿卜杜热合曼·买买提江", sex: .male, age: 76, lastValues: [])
        var rig = StaffRig.loggedIn(size: narrowScreen)
        rig.type("j/z")
        rig.tell(.found("z", [person]))
        rig.type("1")
        #expect(rig.text().contains("… 男 76岁 076号"))
    }

    @Test func `the day shows what is missing over everybody`() {
        var rig = StaffRig.loggedIn()
        rig.type("j")
        // 3 of the second person, 9 of the fourth.
        #expect(rig.text().contains("4人 缺12项(2人) 签满1"))
        #expect(rig.text().contains("缺 血压1  血糖1  体重1  身高1  腰围1  体温1  心电图2  B超2  化验2"))
    }

    @Test(arguments: [wideScreen, narrowScreen]) func `thirty people turn by pages, and the totals stay those of all`(
        size: ScreenSize
    ) {
        var hut = StaffHut()
        hut.exams = ExamSamples.thirty
        var rig = StaffRig.loggedIn(size: size, hut: hut)
        rig.type("j")
        let first = rig.text()
        rig.press(.pageDown)
        #expect(rig.text() != first)
        #expect(rig.text().contains("验27"))
        rig.type("30")
        #expect(rig.text().contains("居民30"))
    }

    @Test func `only those who lack something, or a signature, with one key`() {
        var rig = StaffRig.loggedIn()
        rig.type("jm")
        #expect(!rig.text().contains("张桂芳"))
        // Everything is there and one person has signed.
        #expect(rig.text().contains("孙有田"))
        rig.type("m")
        #expect(rig.text().contains("张桂芳"))
    }

    struct Item: Sendable {
        let typed: String
        let item: ExamItem
        init(_ typed: String, _ item: ExamItem) { (self.typed, self.item) = (typed, item) }
    }

    @Test(arguments: [
        Item("1138 82\n", .bloodPressure(systolic: 138, diastolic: 82)),
        Item("25.6\n1", .glucose(micromolesPerLitre: 5_600, isFasting: true)),
        Item("28.1\n2", .glucose(micromolesPerLitre: 8_100, isFasting: false)),
        Item("361.5\n", .weight(grams: 61_500)), Item("4158.5\n", .height(millimetres: 1_585)),
        Item("586\n", .waist(millimetres: 860)), Item("636.5\n", .temperature(centiCelsius: 3_650)),
        Item("71\n", .electrocardiogram("窦性心律，正常")), Item("7偶发早搏\n", .electrocardiogram("偶发早搏")),
        Item("82\n", .ultrasound("脂肪肝")),
        Item("93\n71\numol/L\n", .laboratory(name: "血肌酐", value: "71", unit: "umol/L")),
        Item("96\n阴性\n\n", .laboratory(name: "尿蛋白", value: "阴性", unit: "")),
    ]) func `an item is typed by its key, in its unit`(item: Item) {
        let rig = Self.person(item.typed)
        #expect(rig.acts == [.saveExamItem(Self.key, item.item, Self.day)])
        #expect(rig.bottomLine == " 存好了")
    }

    @Test(arguments: [
        ("1138\n", "高压 低压：138 82"), ("182 138\n", "低压不对：30到200，比高压低10以上"), ("2300\n", "血糖不对：0.6 到 50"),
        ("36150\n", "体重不对：2 到 300 公斤"), ("4400\n", "身高不对：40 到 230 厘米"), ("530\n", "腰围不对：40 到 200 厘米"),
        ("6365\n", "体温不对：30 到 45 度"), ("61.2.3\n", "摄氏度：36.5"), ("7\n", "请写几个字"),
    ]) func `a value that cannot be is refused with its unit, and nothing is saved`(typed: String, said: String) {
        let rig = Self.person(typed)
        #expect(rig.acts.isEmpty)
        #expect(rig.bottomLine == " " + said)
    }

    @Test func `what the hut measured is taken with Enter`() {
        var hut = StaffHut()
        hut.exams[1].exam.items = []
        hut.exams[1].offered = [.weight(grams: 58_200)]
        var rig = StaffRig.loggedIn(hut: hut)
        rig.type("j2\n3")
        #expect(rig.text().contains("小屋量的 58.2kg，回车=用"))
        rig.type("\n")
        #expect(rig.acts == [.saveExamItem(Self.key, .weight(grams: 58_200), Self.day)])
    }

    @Test func `n leads to the next item that is missing`() {
        let rig = Self.person("n1\n")
        #expect(rig.acts == [.saveExamItem(Self.key, .electrocardiogram("窦性心律，正常"), Self.day)])
    }

    @Test func `nobody signs while something is missing`() {
        let rig = Self.person("s")
        #expect(rig.acts.isEmpty)
        #expect(rig.bottomLine == " 还缺心电图、B超、化验，不能签")
    }

    /// Everything is there; signed by these.
    static func complete(_ signedBy: [Int64]) -> StaffRig {
        var hut = StaffHut()
        hut.exams[1] = ExamSamples.row(21, "赵凤华", ExamSamples.everything, signedBy: signedBy)
        var rig = StaffRig.loggedIn(hut: hut)
        rig.type("j2\n")
        rig.forget()
        return rig
    }

    @Test func `the first signature is one key`() {
        var rig = Self.complete([])
        rig.type("s")
        #expect(rig.acts == [.signExam(Self.key, Self.day, .me)])
    }

    @Test func `the second signs by PIN and the session stays the first one's`() {
        var rig = Self.complete([1])
        rig.type("s")
        #expect(rig.text().contains("1 汪志远 医生"))
        // Whoever has signed is not offered again.
        #expect(!rig.text().contains("2 王敏"))
        // Neither a volunteer nor who looks after the machines puts a name under an exam.
        #expect(!rig.text().contains("小李") && !rig.text().contains("周工"))
        rig.type("14711")
        #expect(rig.text().contains("> ****_"))
        #expect(!rig.text().contains("4711"))
        rig.type("\n")
        #expect(rig.acts == [.signExam(Self.key, Self.day, .other(StaffKey(rawValue: 2), pin: "4711"))])
        #expect(!rig.effects.contains(.staff(.logOut)))
    }

    @Test func `or at the second person's own login`() {
        var rig = Self.complete([2])
        rig.type("s")
        #expect(rig.acts == [.signExam(Self.key, Self.day, .me)])
    }

    @Test func `a PIN that did not fit is asked again from the beginning`() {
        var rig = Self.complete([1])
        rig.hut.isFailing = true
        rig.type("s14711\n")
        #expect(rig.bottomLine == " 没存上，请再试")
        #expect(rig.text().contains("签名：王敏，还要一个人"))
    }

    @Test func `two are enough`() {
        var rig = Self.complete([1, 2])
        rig.type("s")
        #expect(rig.acts.isEmpty)
        #expect(rig.bottomLine == " 已经有两个人签过了")
    }

    /// What was typed, what stands there after the hut has failed, and the key that sends it again.
    @Test(arguments: [
        ("361.5\n", "> 61.5_", "\n"), ("25.6\n1", "空腹", "1"),
        ("7窦性心律，偶发房性早搏，T波低平，建议复查\n", "> 窦性心律，偶发房性早搏，T波低平，建议复查", "\n"), ("82\n", "> 脂肪肝", "\n"),
        ("93\n71\numol/L\n", "> umol/L", "\n"),
    ]) func `an item that could not be saved stays to be sent again`(typed: String, stands: String, again: String) {
        var rig = Self.person()
        rig.hut.isFailing = true
        rig.type(typed)
        #expect(rig.bottomLine == " 没存上，请再试" && rig.text().contains(stands), "\(rig.text())")
        rig.hut.isFailing = false
        rig.type(again)
        #expect(rig.acts.count == 2 && rig.acts.first == rig.acts.last && rig.bottomLine == " 存好了")
    }

    @Test func `another day is a key away, and tomorrow has no exam`() {
        var rig = StaffRig.loggedIn()
        rig.type("j")
        rig.press(.left)
        #expect(rig.effects.contains(.staff(.loadExams(Self.day + -1))))
        rig.press(.right)
        rig.press(.right)
        #expect(rig.bottomLine == " 以后的日子还没有体检")
    }

    @Test func `somebody who was not on the list is found and examined`() {
        var rig = StaffRig.loggedIn()
        rig.hut.exams = []
        rig.type("j/赵凤华1")
        #expect(rig.text().contains("[缺]"))
        rig.type("361.5\n")
        #expect(rig.acts == [.saveExamItem(Self.key, .weight(grams: 61_500), Self.day)])
    }
}
