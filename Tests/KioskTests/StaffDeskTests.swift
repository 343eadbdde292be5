// The worklist under her fingers: what each key lists, what a number means then, and what she is told of a row.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `One key lists what she asks for` {
    @Test(arguments: [
        ("d", "到期5/8", ["李国强", "1号台", "赵凤华", "孙有田", "张桂芳"]), ("c", "危急2/8", ["李国强", "1号台"]),
        ("da", "显示 8", ["李国强", "马德福"]),
    ])
    func `and says how many of how many`(keys: String, count: String, names: [String]) {
        var rig = StaffRig.loggedIn()
        rig.type(keys)
        let text = rig.text()
        #expect(text.contains(count))
        for name in names { #expect(text.contains(name)) }
        #expect(text.contains("马德福") == names.contains("马德福"))
    }

    @Test func `mine are those of my team and those in my hands`() {
        var list = StaffSamples.worklist
        list.rows[4].team = "汪医生 王敏"
        list.rows[6].takenBy = "王敏"
        list.rows[5].team = "李医生"
        var rig = StaffRig.loggedIn(hut: StaffHut(worklist: list))
        rig.type("m")
        #expect(rig.text().contains("我的2/8") && rig.text().contains("张桂芳") && rig.text().contains("欧阳秀英"))
        #expect(!rig.text().contains("周建平"))
        rig.type("2c12\n")
        #expect(rig.acts == [.close(StaffSamples.fact(7), .followedUp, note: "打过电话了")])
    }

    @Test(arguments: [
        ("王敏", true), ("汪医生，王敏", true), ("汪医生、王敏", true), ("王敏, 汪志远", true), ("王敏华", false), ("汪医生 王敏华", false),
        ("小王敏", false),
    ]) func `and a name that begins like mine is not mine`(team: String, isMine: Bool) {
        var list = StaffSamples.worklist
        list.rows[4].team = team
        var rig = StaffRig.loggedIn(hut: StaffHut(worklist: list))
        rig.type("m")
        #expect(rig.text().contains("张桂芳") == isMine)
    }

    @Test func `a number means the row beside it under every filter`() {
        var rig = StaffRig.loggedIn()
        rig.type("d5f")
        #expect(rig.effects.contains(.staff(.openForm(ResidentKey(rawValue: 47)))))
        rig = StaffRig.loggedIn()
        rig.type("c2\n")
        #expect(rig.text().contains("办完了：怎么办的？"))
        rig.forget()
        rig.type("\u{8}c3t")
        #expect(rig.acts.isEmpty)
    }

    @Test func `c closes the row of a number and lists the critical without one`() {
        var rig = StaffRig.loggedIn()
        rig.type("c")
        #expect(rig.text().contains("危急2/8"))
        rig.type("a1c")
        #expect(rig.text().contains("120接走"))
    }

    @Test func `a filter stands when the list comes anew`() {
        var rig = StaffRig.loggedIn()
        rig.type("c")
        rig.tell(.worklist(StaffSamples.worklist))
        #expect(rig.text().contains("危急2/8") && !rig.text().contains("张桂芳"))
    }

    @Test(arguments: [wideScreen, narrowScreen]) func `the hidden are named with why`(size: ScreenSize) {
        var rig = StaffRig.loggedIn(size: size)
        rig.type("h")
        for words in ["钱有德", "搬走了", "冯玉兰", "去世了", "12-04上名单", "2027-01-15"] {
            #expect(rig.text().contains(words))
        }
        rig.type("2\n")
        #expect(rig.effects.contains(.staff(.loadResident(ResidentKey(rawValue: 12)))))
    }

    @Test func `everybody hidden is counted, whatever the reason`() {
        var list = StaffSamples.worklist
        (list.hiddenLost, list.hiddenEnded, list.hiddenNew) = (2, 4, 120)
        let rig = StaffRig.loggedIn(hut: StaffHut(worklist: list))
        #expect(rig.text().contains("藏起 149(搬走9 去世3 找不到2 不归本队4 新来120 未到期11)"))
        // However much is hidden, what waits is never the part that is cut.
        #expect(rig.text().contains("认领 3  请求 2  呼救 0  没发 0"))
        #expect(rig.text(.english).contains("claim 3 ask 2 SOS 0 unsent 0"))
    }

    @Test(arguments: [wideScreen, narrowScreen], ["", "d", "c", "m"])
    func `the calls for help are never cut from the head, however long the list`(size: ScreenSize, filter: String) {
        var list = StaffSamples.longWorklist(2_000)
        (list.hiddenMoved, list.hiddenDead, list.hiddenNotYetListed) = (912, 345, 4_321)
        (list.unclaimed, list.requests, list.unsent) = (33, 12, 118)
        var rig = StaffRig.loggedIn(size: size, hut: StaffHut(worklist: list))
        rig.type(filter)
        #expect(rig.text().contains(size == wideScreen ? "认领 33  请求 12  呼救 0  没发 118" : "认领33 请求12 呼救0"))
        #expect(rig.text(.english).contains(size == wideScreen ? "SOS 0 unsent 118" : "SOS 0"))
    }

    @Test(arguments: [wideScreen, narrowScreen]) func `a visit that does not end stands above the rows`(
        size: ScreenSize
    ) {
        var list = StaffSamples.worklist
        list.sitting = [
            StillSitting(
                station: StationID(rawValue: "booth-1"), who: StaffSamples.person("张桂芳 女 81岁 047号"),
                since: StaffSamples.minutesAgo(34))
        ]
        let rig = StaffRig.loggedIn(size: size, hut: StaffHut(worklist: list))
        #expect(rig.text().contains("还坐在1号台 34分钟"))
        #expect(rig.text().contains("李国强"))
    }
}

@Suite struct `A call that nobody answers` {
    @Test func `takes the row, notes the call, and leaves the row where it was`() {
        var rig = StaffRig.loggedIn()
        rig.type("7t1\n")
        #expect(
            rig.acts == [.take(StaffSamples.fact(7)), .desk(.called(ResidentKey(rawValue: 18), .noAnswer))])
        #expect(rig.text().contains("名单  王敏 护士"))
    }

    @Test func `the answer to the taking does not close the page of the call`() {
        var rig = StaffRig.loggedIn()
        rig.type("7t")
        #expect(rig.text().contains("电话打得怎么样") && rig.text().contains("13900000318"))
        rig.hut.isFailing = true
        rig.type("1\n")
        #expect(rig.text().contains("电话打得怎么样") && rig.bottomLine.contains("没存上"))
    }

    @Test(arguments: [(1, "打过1次没人接"), (2, "打过2次没人接"), (3, "打过3次没人接，建议上门"), (5, "打过5次没人接，建议上门")])
    func `is counted on the row, and from the third on a visit is proposed`(tries: Int, words: String) {
        var list = StaffSamples.worklist
        list.rows[6].tries = tries
        var rig = StaffRig.loggedIn(hut: StaffHut(worklist: list))
        #expect(rig.text().contains(String(words.prefix(5))))
        rig.type("7t")
        #expect(rig.text().contains(words))
    }

    @Test func `a row that somebody else has is called without taking it from her`() {
        var list = StaffSamples.worklist
        list.rows[6].takenBy = "汪志远"
        var rig = StaffRig.loggedIn(hut: StaffHut(worklist: list))
        rig.type("7t2\n")
        #expect(rig.acts == [.desk(.called(ResidentKey(rawValue: 18), .spoken))])
    }

    @Test func `on a resident's kiosk the number is whole only on her own page`() {
        var rig = StaffRig.loggedIn(booth)
        #expect(!rig.text().contains("13900000318"))
        rig.type("7t")
        #expect(rig.text().contains("13900000318") && !rig.text().contains("13900000457"))
    }

    @Test(arguments: [("1", 0), ("2", 1), ("4", 7), ("11-25", 4), ("2027-01-02", 42), ("10", 10)])
    func `a visit is promised for a day to come`(typed: String, days: Int) throws {
        var rig = StaffRig.loggedIn()
        rig.type("5\nv" + typed + "\n")
        let today = try #require(StaffSamples.day("2026-11-21"))
        #expect(rig.acts == [.desk(.promise(ResidentKey(rawValue: 47), .homeVisit, today + days))])
    }

    @Test(arguments: ["2026-11-20", "13-40", "2031-01-01", "9999", "-", "3-3-3-3"])
    func `a day that has been, or is none, is refused and stays for mending`(typed: String) {
        var rig = StaffRig.loggedIn()
        rig.type("5\nv" + typed + "\n")
        #expect(rig.acts.isEmpty)
        #expect(rig.bottomLine.contains("请打今天以后的日期"))
    }
}

@Suite struct `A keypad is enough` {
    /// The digits of a keypad, its Enter, its Backspace and its star, which is `?`.
    @Test(arguments: [
        ("5\n*2", "电话打得怎么样"), ("5\n*9", "办完了"), ("*02", "没有没答复的请求"), ("*6", "电话单 7号"), ("*7", "今天小结"),
        ("5\n*8", "张桂芳 的档案"), ("*00", "这一页的每个键"), ("*8", "到期5/8"),
    ])
    func `to reach what has a letter of its own`(typed: String, words: String) {
        var rig = StaffRig.loggedIn()
        rig.hut.requests = []
        rig.type(typed)
        #expect(rig.text().contains(words), "\(typed)")
    }

    @Test func `the pages of keys go round, and every key stands on one of them`() {
        var rig = StaffRig.loggedIn()
        rig.type("5\n*")
        var seen = ""
        for _ in 0..<3 {
            seen += rig.text()
            rig.type("0")
        }
        for key in [
            "f填随访", "t打电话", "v约上门", "n留言给本人", "a答复请求", "x停/搬/故", "g历史", "m档案", "c办完了", "k手输数值", "r历次读数",
        ] {
            #expect(seen.contains(key), "\(key)")
        }
    }

    @Test func `telephone numbers of requests are masked on a resident's kiosk until a row is chosen`() {
        var rig = StaffRig.loggedIn(booth)
        rig.type("r")
        #expect(!rig.text().contains("13900000690") && rig.text().contains("139****0690"))
        rig.type("2")
        #expect(rig.text().contains("13900000690") && !rig.text().contains("13900000106"))
    }
}
