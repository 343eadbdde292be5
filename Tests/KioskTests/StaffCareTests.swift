// What is put on record about a person: the keys, the fact that comes of them, and what is refused.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `Care for the data is an act with a reason` {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let typed: String
        let act: StaffEffect
        var role = StaffRole.nurse
    }
    private static let zhang = ResidentKey(rawValue: 47)
    private static let today = StaffSamples.day("2026-11-21") ?? LocalDay(daysSince1970: 0)

    private static func marked(_ mark: ResidentMark, _ reason: String) -> StaffEffect {
        .desk(.mark(zhang, mark, on: today, reason: reason))
    }

    private static func corrected(_ change: (inout Resident) -> Void) -> StaffEffect {
        var resident = StaffSamples.card.resident
        change(&resident)
        return .desk(.correct(zhang, resident, reason: "换了"))
    }

    static let cases = [
        Case(
            testDescription: "enrol somebody",
            typed: "nn091\n冯国兴\n2\n1948-05-06\n13900000191\n2-1-101\n汪医生\n1\n",
            act: .desk(
                .enrol(
                    Resident(
                        number: "091", name: "冯国兴", sex: .male, birth: StaffSamples.day("1948-05-06"),
                        phone: "13900000191", building: "2-1-101", team: "汪医生"), reason: "搬来的"))),
        Case(
            testDescription: "enrol with what is known", typed: "nn091\n冯国兴\n\n\n\n\n\n3\n",
            act: .desk(.enrol(Resident(number: "091", name: "冯国兴"), reason: "来小屋量血压"))),
        Case(
            testDescription: "correct a telephone number", typed: "5\nm1513900000199\n2\n",
            act: corrected { $0.phone = "13900000199" }),
        Case(testDescription: "correct a sex", typed: "5\nm132\n2\n", act: corrected { $0.sex = .male }),
        Case(testDescription: "forget a building", typed: "5\nm16\n2\n", act: corrected { $0.building = nil }),
        Case(
            testDescription: "a condition since a year", typed: "5\nm222019\n1\n",
            act: marked(.condition(.diabetes, since: StaffSamples.day("2019-01-01"), until: nil), "看了病历")),
        Case(
            testDescription: "a pregnancy until a day", typed: "5\nm25\n2027-03-01\n2\n",
            act: marked(.condition(.pregnant, since: nil, until: StaffSamples.day("2027-03-01")), "本人说的")),
        Case(
            testDescription: "a condition that is over", typed: "5\nm211\n",
            act: marked(.conditionEnded(.hypertension), "看了病历")),
        Case(
            testDescription: "on the list of the team", typed: "5\nm451\n4\n",
            act: marked(.managed(.hypertension, since: today), "医生定的")),
        Case(
            testDescription: "a contact with consent", typed: "5\nm31李明\n2\n13900000458\n1\n2\n",
            act: marked(
                .contacts(
                    StaffSamples.card.marks.contacts + [
                        ContactPerson(name: "李明", relation: "儿子", phone: "13900000458", consented: today)
                    ]), "本人说的")),
        Case(testDescription: "a contact who goes", typed: "5\nm322\n", act: marked(.contacts([]), "本人说的")),
        Case(testDescription: "no longer alone", typed: "5\nm412\n", act: marked(.livesAlone(false), "本人说的")),
        Case(testDescription: "watched", typed: "5\nm422\n", act: marked(.watched(true), "本人说的")),
        Case(testDescription: "never the right arm", typed: "5\nm441\n", act: marked(.neverArm(.right, true), "看了病历")),
        Case(testDescription: "a risk factor", typed: "5\nm532\n", act: marked(.risk(.saltyFood, true), "本人说的")),
        Case(testDescription: "an allergy", typed: "5\nm56青霉素\n1\n", act: marked(.allergies("青霉素"), "看了病历")),
        Case(testDescription: "no allergy", typed: "5\nm56\n2\n", act: marked(.allergies(nil), "本人说的")),
        Case(
            testDescription: "pair a band", typed: "5\nm613g:4700186508\n1\n",
            act: .desk(.pair(BandID(rawValue: "3g:4700186508"), zhang, reason: "新发的"))),
        Case(
            testDescription: "take a band back", typed: "5\nm622\n",
            act: .desk(.unpair(BandID(rawValue: "!433d1f2a"), reason: "丢了"))),
        Case(
            testDescription: "a new PIN", typed: "5\nm72468\n2468\n1\n",
            act: .desk(.resetPIN(zhang, pin: "2468", reason: "本人忘了"))),
        Case(
            testDescription: "no PIN any more", typed: "5\nm7\n\n2\n",
            act: .desk(.resetPIN(zhang, pin: nil, reason: "别人知道了"))),
        Case(
            testDescription: "merge with somebody found", typed: "5\nm81zfh1y1\n",
            act: .desk(.merge(ResidentKey(rawValue: 21), into: zhang, reason: "看了身份证"))),
        Case(
            testDescription: "died on a day", typed: "5\nx2\n11-19\n1\n",
            act: .setStatus(zhang, .dead, on: StaffSamples.day("2026-11-19") ?? today, reason: "家里人说的")),
        Case(
            testDescription: "moved today", typed: "5\nx1\n1\n2\n",
            act: .setStatus(zhang, .moved, on: today, reason: "居委会说的")),
        Case(
            testDescription: "a limit by a doctor", typed: "5\nl140 90\n医生定\n",
            act: marked(.limit(PressureLimit(systolic: 140, diastolic: 90)), "医生定"), role: .doctor),
        Case(
            testDescription: "the policy's limit again", typed: "5\nl1\n医生定\n", act: marked(.limit(nil), "医生定"),
            role: .doctor),
        Case(
            testDescription: "a word for the resident", typed: "5\nn3\n", act: .desk(.leaveMessage(zhang, "药开好了，请来拿"))),
        Case(
            testDescription: "answer a request", typed: "r1a4\n",
            act: .desk(.answerRequest(StaffSamples.fact(701), answer: "请来小屋找护士"))),
        Case(
            testDescription: "answer the only request of a resident", typed: "5\na上门修\n",
            act: .desk(.answerRequest(StaffSamples.fact(701), answer: "上门修"))),
        Case(
            testDescription: "enter a request for somebody on the telephone", typed: "rnzgf13\n上午\n",
            act: .desk(.enterRequest(zhang, .nursing, note: "上午"))),
        Case(testDescription: "say that the day was looked at", typed: "e\n", act: .desk(.daySeen(today))),
        Case(
            testDescription: "print the calls", typed: "pp",
            act: .desk(.putOut(StaffSamples.sheet(.calls), export: false))),
        Case(
            testDescription: "export the visits", typed: "p2x",
            act: .desk(.putOut(StaffSamples.sheet(.visits), export: true))),
    ]

    @Test(arguments: cases) func `that reaches the hut once`(example: Case) {
        var rig = StaffRig.loggedIn(as: example.role)
        rig.type(example.typed)
        #expect(rig.acts == [example.act])
        #expect(rig.bottomLine.contains("存好了"))
    }

    @Test(arguments: cases) func `and is not lost when the hut could not save it`(example: Case) {
        var rig = StaffRig.loggedIn(as: example.role)
        rig.hut.isFailing = true
        rig.type(example.typed)
        #expect(rig.bottomLine.contains("没存上"))
        rig.hut.isFailing = false
        rig.type(String(example.typed.suffix(1)))
        #expect(rig.acts == [example.act, example.act])
    }

    @Test func `two lines that were merged can be taken apart`() {
        var rig = StaffRig.loggedIn()
        rig.hut.card.merged = [StaffSamples.people[0]]
        rig.type("5\nm821\n")
        #expect(rig.acts == [.desk(.unmerge(ResidentKey(rawValue: 21), from: Self.zhang, reason: "不是同一个人"))])
    }

    @Test func `a newcomer is confirmed by who has seen her`() {
        var rig = StaffRig.loggedIn()
        rig.hut.card.isNewcomer = true
        rig.type("5\n")
        #expect(rig.text().contains("等护士确认"))
        rig.type("m91\n")
        #expect(rig.acts == [.desk(.confirm(Self.zhang, reason: "看了身份证"))])
    }

    @Test func `who may be the same is said on her page, and merged only by y`() {
        var rig = StaffRig.loggedIn()
        rig.hut.card.maybeSame = [StaffSamples.people[0]]
        rig.type("5\n")
        #expect(rig.text().contains("可能是同一个人：赵凤华 女 67岁 021号"))
        rig.type("m81\n1\n")
        #expect(rig.acts.isEmpty)
        #expect(rig.text().contains("164/92") && rig.text().contains("138/82"))
    }

    @Test func `a merge says what the two lines say differently, and what one of them does not say, before y`() {
        var rig = StaffRig.loggedIn()
        var other = StaffSamples.people[0]
        (other.name, other.phone, other.building) = (rig.hut.card.resident.name, nil, rig.hut.card.resident.building)
        other.conditions = rig.hut.card.resident.conditions
        rig.hut.card.maybeSame = [other]
        rig.type("5\nm81")
        #expect(rig.text().contains("生日 1959-03-02"))
        #expect(rig.text().contains("不一样：生日；没写：电话"))
    }

    @Test(arguments: [
        ("nn09\n", "小屋号要 3 到 8 个数字"), ("nn091\n\n", "请先选一项"), ("nn091\n冯国兴\n\n1948\n", "生日要有年月日"),
        ("nn091\n冯国兴\n\n2030-01-01\n", "生日要有年月日"), ("5\nm1513\n", "电话要 5 到 15 个数字"),
        ("5\nm7123\n", "密码要 4 到 6 个数字"), ("5\nm71234567\n", "密码要 4 到 6 个数字"),
        ("5\nm61!12\n", "像 !433d1f2a"), ("5\nm222030\n", "请打已经过去的日期"), ("5\nm25\n2020-01-01\n", "请打今天以后的日期"),
        ("5\nx2\n2030-01-01\n", "请打已经过去的日期"), ("5\nm11047\n2\n", "和现在的一样"),
    ])
    func `what cannot be is refused with why`(typed: String, answer: String) {
        var rig = StaffRig.loggedIn()
        rig.type(typed)
        #expect(rig.acts.isEmpty)
        #expect(rig.bottomLine.contains(answer))
    }

    @Test func `a PIN is typed twice and never stands on the screen`() {
        var rig = StaffRig.loggedIn()
        rig.type("5\nm72468\n")
        #expect(!rig.text().contains("2468"))
        rig.type("2469\n1\n")
        #expect(rig.acts.isEmpty && !rig.text().contains("2469") && !rig.text().contains("2468"))
        #expect(rig.bottomLine.contains("两次不一样"))
    }

    @Test func `a limit is a doctor's word`() {
        var rig = StaffRig.loggedIn()
        rig.type("5\nl")
        #expect(rig.bottomLine.contains("范围由医生定"))
    }

    @Test(arguments: ["400 90\n", "140\n", "90 140\n", "\n"]) func `a limit that no cuff can say is none`(typed: String)
    {
        var rig = StaffRig.loggedIn(as: .doctor)
        rig.type("5\nl" + typed + "因为\n")
        #expect(rig.acts.isEmpty)
    }
}

@Suite struct `A history is read as far back as somebody wants` {
    @Test(arguments: [wideScreen, narrowScreen]) func `page by page, every line once`(size: ScreenSize) {
        var rig = StaffRig.loggedIn(size: size)
        rig.type("5\ng")
        #expect(rig.text().contains("电话改成 13900000106 (换了)") && rig.text().contains("王敏"))
        var seen: Set<Int> = []
        for _ in 0..<60 {
            seen.formUnion(rig.text().matches(of: /第(\d+)条/).compactMap { Int($0.1) })
            rig.press(.pageDown)
        }
        #expect(seen == Set(271...399))
        let loads = rig.effects.count { if case .staff(.desk(.loadHistory)) = $0 { true } else { false } }
        #expect(loads == 2)
    }

    @Test func `another resident's lines never stand in it`() {
        var rig = StaffRig.loggedIn()
        rig.hut.isSilent = true
        rig.tell(.resident(StaffSamples.card))
        rig.hut.isSilent = false
        rig.type("5\ng")
        let other = ChronicleLine(
            sequence: StaffSamples.fact(1), at: staffMorning, what: LocalizedText("别人", en: "other"))
        rig.tell(.desk(.chronicle(ResidentKey(rawValue: 21), before: nil, [other])))
        #expect(!rig.text().contains("别人"))
    }
}
