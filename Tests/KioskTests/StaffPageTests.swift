// What each page must not do: act on a row nobody saw, put one person's page under another's name, lose what was typed.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `A staff page acts on what stands on it` {
    @Test func `rows do not move under a number that is being typed`() {
        var rig = StaffRig.loggedIn()
        rig.type("3")
        var shorter = StaffSamples.worklist
        shorter.rows.removeFirst(2)
        rig.hut.worklist = shorter
        rig.tell(.worklist(shorter))
        rig.type("t")
        #expect(rig.acts == [.take(StaffSamples.fact(3))])
        #expect(rig.text().contains("赵凤华"))
        rig.type("\u{8}")
        #expect(rig.text().contains(" 1 !  [王敏]赵凤华") || rig.text().contains(" 1 !  赵凤华"))
    }

    @Test func `unclaimed rows do not move under a number either`() {
        var rig = StaffRig.loggedIn()
        rig.type("u2")
        rig.hut.unclaimed.removeFirst()
        rig.tell(.unclaimed(rig.hut.unclaimed))
        rig.type("x1\n")
        #expect(rig.acts == [.discard(StaffSamples.fact(902), .test, note: "")])
    }

    @Test func `a number the list does not have acts on nothing`() {
        for way in ["9t", "99\n", "12c", "t", "c", "\n", "u9y", "u4x", "ux", "5\nr9m", "5\nrg"] {
            var rig = StaffRig.loggedIn()
            rig.type(way)
            #expect(rig.acts.isEmpty, "\(way)")
        }
    }

    @Test func `a card of another resident never stands under this name`() {
        var rig = StaffRig.loggedIn()
        rig.type("5\n")
        var other = StaffSamples.card
        other.key = ResidentKey(rawValue: 21)
        other.resident.name = "赵凤华"
        rig.tell(.resident(other))
        #expect(rig.text().contains("张桂芳"))
        #expect(!rig.text().contains("赵凤华"))
    }

    @Test func `a claim without a hint needs a person, and y and Enter both`() {
        var rig = StaffRig.loggedIn()
        rig.type("u2y")
        #expect(rig.bottomLine.contains("没有提示"))
        rig.type("/赵1\n\n")
        #expect(rig.acts.isEmpty)
        rig.type("y\n")
        #expect(rig.acts.count == 1)
    }

    @Test func `a reading is not moved to the one who has it`() {
        var rig = StaffRig.loggedIn()
        rig.type("5\nr1m张1")
        #expect(rig.bottomLine.contains("本来就在这位名下"))
    }

    @Test func `a second Enter does not act twice`() {
        for way in ["1c1\n\n\n", "u1y\n\n", "u1x3\n\n", "5\nr1g1\n\n", "5\nk156 84\n1\n\n"] {
            var rig = StaffRig.loggedIn()
            rig.hut.isMute = true
            rig.type(way)
            #expect(rig.acts.count == 1, "\(way)")
        }
    }

    @Test func `what was not saved says so and can be tried again`() {
        var rig = StaffRig.loggedIn()
        rig.hut.isFailing = true
        rig.type("u1y\n")
        #expect(rig.bottomLine.contains("没存上"))
        rig.hut.isFailing = false
        rig.type("\n")
        #expect(rig.acts.count == 2)
        #expect(rig.bottomLine.contains("存好了"))
    }

    @Test(arguments: [
        ("400 90", "高压不对"), ("20 10", "高压不对"), ("120 20", "低压不对"), ("120 115", "低压不对"), ("120 80 300", "脉搏不对"),
        ("120", "请打两个或三个数"), ("", "请打两个或三个数"), ("1 2 3 4", "请打两个或三个数"),
    ])
    func `a value that cannot be is refused by name and stays for mending`(typed: String, answer: String) {
        var rig = StaffRig.loggedIn()
        rig.type("5\nk" + typed + "\n")
        #expect(rig.bottomLine.contains(answer))
        #expect(rig.acts.isEmpty)
        #expect(rig.text().contains("> \(typed)_"))
    }

    @Test func `measuring needs an arm and Enter, and files only what was asked for here`() {
        var rig = StaffRig.loggedIn(booth)
        rig.type("5\nb\n")
        #expect(rig.acts.isEmpty)
        rig.type("2\n")
        #expect(rig.acts == [.measure(ResidentKey(rawValue: 47), .right)])
        rig.tell(.measured(StaffSamples.reading(950, StaffSamples.pressure(136, 81, 70), minutesAgo: 0)))
        #expect(rig.text().contains("136/81"))
        rig.type("\u{8}")
        #expect(rig.effects.last == .staff(.loadResident(ResidentKey(rawValue: 47))))
    }

    @Test func `a result nobody asked for on the measuring page is said to be unclaimed`() {
        var rig = StaffRig.loggedIn(booth)
        rig.type("5\nb2")
        rig.tell(.unclaimedArrived)
        #expect(rig.bottomLine.contains("有个没人认领的结果"))
        rig.tell(.measured(StaffSamples.reading(950, StaffSamples.pressure(136, 81, 70), minutesAgo: 0)))
        #expect(!rig.text().contains("136/81"))
    }

    @Test func `a desk has no cuff, so it neither offers nor starts one`() {
        var rig = StaffRig.loggedIn()
        rig.type("5\n")
        #expect(!rig.text().contains("b在这里量"))
        rig.type("b")
        #expect(rig.bottomLine.contains("这里没有袖带"))
        #expect(rig.acts.isEmpty)
    }

    @Test func `stopping the cuff says that a result will be nobody's`() {
        var rig = StaffRig.loggedIn(booth)
        rig.type("5\nb2\n")
        rig.forget()
        rig.press(.escape)
        #expect(rig.acts == [.stopMeasuring])
        #expect(rig.bottomLine.contains("结果不记给谁"))
    }

    @Test func `several open flags are asked for one by one, the most severe first`() {
        var rig = StaffRig.loggedIn()
        var flag = StaffSamples.card.openFlags[0]
        (flag.id, flag.severity) = (StaffSamples.fact(77), .critical)
        rig.hut.card.openFlags.append(flag)
        rig.type("5\nc11\n")
        #expect(rig.acts == [.close(StaffSamples.fact(77), .ambulance, note: "")])
    }

    @Test(arguments: [wideScreen, narrowScreen])
    func `of more open flags than fit the most severe are shown and the others counted`(size: ScreenSize) {
        var rig = StaffRig.loggedIn(size: size)
        rig.hut.card.openFlags = (1...Int64(20)).map { number in
            var flag = StaffSamples.card.openFlags[0]
            (flag.id, flag.severity) = (StaffSamples.fact(number), number == 20 ? .critical : .soon)
            return flag
        }
        rig.type("5\n")
        let lines = rig.text().split(separator: "\n").filter { $0.hasPrefix("要办") }
        #expect(lines.first?.hasPrefix("要办  !!") == true)
        #expect(rig.text().contains("还有 \(20 - lines.count) 件要办"))
    }

    @Test(arguments: [wideScreen, narrowScreen]) func `paging shows every row once and says which`(size: ScreenSize)
        throws
    {
        var rig = StaffRig.loggedIn(size: size, hut: StaffHut(worklist: StaffSamples.longWorklist(40)))
        var seen: [Int] = []
        for _ in 1...40 where seen.last != 40 {
            let rows = rig.text().matches(of: /居民(\d+)/).compactMap { Int($0.1) }
            seen += rows
            let range = try #require(rig.text().firstMatch(of: /(?:显示 40\(|名单)(\d+)-(\d+)/))
            #expect(Int(range.1) == rows.first && Int(range.2) == rows.last)
            rig.press(.pageDown)
        }
        #expect(seen == Array(1...40))
    }

    @Test(arguments: [wideScreen, narrowScreen]) func `a number of four digits is not cut`(size: ScreenSize) {
        var rig = StaffRig.loggedIn(size: size, hut: StaffHut(worklist: StaffSamples.longWorklist(1_100)))
        rig.type("1099")
        #expect(rig.text().contains("1099 o") || rig.text().contains("1099o"))
        #expect(rig.text().contains("第1099行"))
        rig.type("t")
        #expect(rig.acts == [.take(StaffSamples.fact(1_099))])
    }

    @Test func `the page of a typed number is shown`() {
        var rig = StaffRig.loggedIn(hut: StaffHut(worklist: StaffSamples.longWorklist(40)))
        #expect(!rig.text().contains("居民33"))
        rig.type("33")
        #expect(rig.text().contains("居民33"))
    }

    @Test func `a worklist row of an unclaimed reading opens that reading`() {
        var list = StaffSamples.worklist
        list.rows[0].subject = .reading(StaffSamples.fact(902))
        var rig = StaffRig.loggedIn(hut: StaffHut(worklist: list))
        rig.type("1\n")
        #expect(rig.text().contains("2_"))
        rig.type("x5\n")
        #expect(rig.acts == [.discard(StaffSamples.fact(902), .ownerUnknown, note: "")])
    }

    @Test func `a digit on a reading that was opened from the worklist begins a new number`() {
        var list = StaffSamples.worklist
        list.rows[0].subject = .reading(StaffSamples.fact(902))
        var rig = StaffRig.loggedIn(hut: StaffHut(worklist: list))
        rig.type("1\n3x1\n")
        #expect(rig.acts == [.discard(StaffSamples.fact(903), .test, note: "")])
    }

    @Test func `a note survives an answer that says not saved`() {
        var rig = StaffRig.loggedIn()
        rig.hut.isFailing = true
        rig.type("1c4孙子小明\n")
        #expect(rig.text().contains("> 孙子小明_"))
    }

    @Test func `data that stopped coming shows its age`() {
        var rig = StaffRig.loggedIn()
        #expect(rig.text().contains("最新一条 7 分钟前"))
        rig.wait(.seconds(180))
        #expect(rig.text().contains("最新一条 10 分钟前"))
        rig.hut.worklist.dataUpTo = staffMorning + .seconds(-2 * 86_400)
        rig.tell(.worklist(rig.hut.worklist))
        #expect(rig.text().contains("数据到 11-19 09:28(最新一条 2 天前)"))
    }

    @Test func `every reason has its own sentence in both languages, and none is cut at 40 columns`() {
        var sentences: Set<String> = []
        for language in Language.allCases {
            for reason in UnclaimedReason.allCases {
                var hut = StaffHut()
                hut.unclaimed[0].reason = reason
                hut.unclaimed[0].hinted = nil
                var rig = StaffRig.loggedIn(size: narrowScreen, hut: hut)
                rig.type("u1")
                let lines = rig.text(language).split(separator: "\n")
                let sentence = lines[2].trimmingPrefix { $0 == " " }
                #expect(!sentence.isEmpty && !sentence.contains("…"), "\(reason)")
                sentences.insert(String(sentence))
            }
        }
        #expect(sentences.count == 2 * UnclaimedReason.allCases.count)
    }

    @Test func `a key that does nothing says so`() {
        var rig = StaffRig.loggedIn()
        rig.press(.left)
        #expect(rig.bottomLine.contains("这个键在这里没有用"))
    }
}
