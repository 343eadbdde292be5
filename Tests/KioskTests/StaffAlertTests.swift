// A critical alert or an SOS stands on every page and rings until a named person takes it (H-24, H-26).

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `An alert stays until a named person takes it` {
    static let one = StaffSamples.alert(1, "李国强 男 78岁 052号")
    static let sos = StaffSamples.alert(7, "马德福 男 70岁 090号", rule: "W-03")

    /// How to reach every page of a session from its worklist.
    static let ways = [
        "", "5\n", "1c", "1c2", "5c1", "u", "u1", "u1y", "u2x", "/", "/赵", "u2/赵", "u2/赵1", "5\nr", "5\nr1m",
        "5\nr1m赵1",
        "5\nr1g", "5\nk", "5\nk156 84\n", "5\nt1", "5\nv", "5\nn", "7t", "h", "d", "5\nb", "5\nb1\n", "?",
    ]

    @Test(arguments: ways, [wideScreen, narrowScreen])
    func `it stands on top of every page, and Tab takes it there`(way: String, size: ScreenSize) {
        var rig = StaffRig.loggedIn(booth, size: size)
        rig.hut.alerts = [Self.one]
        rig.type(way)
        rig.tell(.alerts([Self.one]))
        for language in Language.allCases {
            #expect(rig.text(language).hasPrefix("!! 09:14 "))
            #expect(rig.text(language).contains(StaffSamples.person("李国强 男 78岁 052号")[language]))
        }
        rig.forget()
        rig.press(.tab)
        // Once may be the habit of somebody who fills a form.
        #expect(rig.acts.isEmpty && rig.bottomLine.contains("再按一下Tab=接：1号台 李国强"))
        rig.press(.tab)
        #expect(rig.acts.first == .take(Self.one.flag))
        #expect(!rig.text().hasPrefix("!!"))
    }

    @Test(arguments: [wideScreen, narrowScreen]) func `every one of many is shown or counted`(size: ScreenSize) {
        var rig = StaffRig.loggedIn(size: size)
        for count in 1...6 {
            rig.tell(.alerts((1...Int64(count)).map { StaffSamples.alert($0, "居民\($0)") }))
            let lines = rig.text().split(separator: "\n")
            let shown = lines.prefix(3).count { $0.hasPrefix("!! ") && $0.contains("居民") }
            let counted = lines.prefix(4).joined().firstMatch(of: /(?:另外还有 |另)(\d+) ?个/).flatMap { Int($0.1) } ?? 0
            #expect(shown + counted == count)
        }
    }

    @Test func `it rings at once, every ten seconds, and no more once it is taken`() {
        var rig = StaffRig.loggedIn()
        rig.tell(.alerts([Self.one]))
        #expect(rig.bells == 1)
        rig.wait(.seconds(35))
        #expect(rig.bells == 4)
        rig.tell(.alerts([StaffSamples.alert(1, "李国强", takenBy: "王敏")]))
        rig.wait(.seconds(60))
        #expect(rig.bells == 4)
    }

    @Test func `a second emergency rings although the first was taken`() {
        var rig = StaffRig.loggedIn()
        rig.tell(.alerts([StaffSamples.alert(1, "李国强", takenBy: "王敏")]))
        #expect(rig.bells == 0)
        rig.tell(.alerts([StaffSamples.alert(1, "李国强", takenBy: "王敏"), Self.sos]))
        #expect(rig.bells == 1)
        #expect(rig.text().hasPrefix("!! 09:14 1号台 马德福"))
    }

    @Test func `a later visit's crisis rings again for a flag that was taken`() {
        var rig = StaffRig.loggedIn()
        rig.tell(.alerts([StaffSamples.alert(1, "李国强", takenBy: "王敏")]))
        rig.tell(.alerts([Self.one]))
        #expect(rig.bells == 1)
        rig.wait(.seconds(10))
        #expect(rig.bells == 2)
    }

    @Test func `a double press takes one alert, not two`() {
        var rig = StaffRig.loggedIn()
        rig.tell(.alerts([Self.one, Self.sos]))
        rig.hut.isSilent = true
        rig.type("tt")
        #expect(rig.acts == [.take(Self.one.flag)])
    }

    @Test func `a letter in a name is a letter, and the band says which key takes`() {
        var rig = StaffRig.loggedIn()
        rig.tell(.alerts([Self.one]))
        rig.type("/t")
        #expect(rig.acts.isEmpty)
        #expect(rig.text().contains("Tab两下=我来处理"))
    }

    @Test(arguments: [KioskKind.desk("nurse"), booth])
    func `before the login it says that and where help is needed, never who`(kind: KioskKind) {
        var rig = StaffRig(kind)
        rig.tell(.alerts([Self.one]))
        #expect(rig.text().hasPrefix("!! 09:14 1号台 有人求助，请登录处理"))
        #expect(!rig.text().contains("李国强"))
        #expect(!rig.text().contains("198/112"))
        #expect(rig.bells == 1)
        rig.type("t")
        rig.press(.tab)
        #expect(rig.acts.isEmpty)
        rig.type("12580\n")
        #expect(rig.text().contains("李国强 男 78岁 052号"))
    }

    @Test func `after two minutes without anybody the duty number stands beside it`() {
        var rig = StaffRig.loggedIn()
        var alert = Self.one
        alert.at = staffMorning
        rig.tell(.alerts([alert]))
        #expect(!rig.text().contains("0374-555 0101"))
        rig.wait(.seconds(120))
        #expect(rig.text().contains("0374-555 0101 王护士"))
    }

    @Test(arguments: [wideScreen, narrowScreen])
    func `a call for help says where, how old that is, since when, and whom to call`(size: ScreenSize) {
        var rig = StaffRig.loggedIn(size: size)
        rig.tell(.alerts([StaffSamples.sos]))
        for words in ["!! 09:14 马德福 男 70岁 090号", "位置 34.1234,113.1234(19 分钟前)", "儿子 马强 13900000691"] {
            #expect(rig.text().contains(words))
        }
        var lost = StaffSamples.sos
        (lost.position, lost.positionAt) = (nil, nil)
        rig.tell(.alerts([lost]))
        #expect(rig.text().contains("不知道在哪里"))
        var undated = StaffSamples.sos
        undated.positionAt = nil
        rig.tell(.alerts([undated]))
        #expect(rig.text().contains("113.1234(不知道多久了)"))
    }

    @Test(arguments: [wideScreen, narrowScreen])
    func `an alert of somebody who sits there says so, and the number to call is never cut`(size: ScreenSize) {
        var rig = StaffRig.loggedIn(size: size)
        var alert = StaffSamples.seated
        alert.medicines = String(repeating: "氨氯地平", count: 10)
        rig.tell(.alerts([alert]))
        #expect(rig.text().contains("还在座位上 3 分钟") && rig.text().contains("儿子 李明 13900000458"))
        rig.wait(.seconds(120))
        #expect(rig.text().contains("还在座位上 5 分钟"))
        rig.type("1c")
        #expect(rig.text().contains("儿子 李明 13900000458"))
    }

    @Test(
        arguments: [
            ("氨氯地平、缬沙坦、二甲双胍", wideScreen, "用药：氨氯地平、缬沙坦、二甲双胍"),
            ("氨氯地平、缬沙坦、二甲双胍", narrowScreen, "用药：氨氯地平、缬沙坦、二甲双胍"),
            ("氨氯地平、缬沙坦、二甲双胍、阿司匹林", narrowScreen, "用药：氨氯地平、缬沙坦 等4种"), ("", narrowScreen, nil),
        ] as [(String, ScreenSize, String?)])
    func `a drug stands whole or is counted`(drugs: String, size: ScreenSize, words: String?) {
        var rig = StaffRig.loggedIn(size: size)
        var alert = StaffSamples.seated
        alert.medicines = drugs
        rig.tell(.alerts([alert]))
        let line = rig.text().split(separator: "\n").first { $0.contains("用药") }
        #expect(words.map { line?.contains($0) == true } ?? (line == nil), "\(line ?? "")")
        #expect(line?.contains("…") != true)
    }

    @Test func `the header counts the calls for help that are open`() {
        var rig = StaffRig.loggedIn()
        rig.tell(.alerts([Self.one, Self.sos]))
        #expect(rig.text().contains("呼救 1"))
    }

    @Test func `an ending that needs a note is not saved without one`() {
        for way in ["1c2\n", "1c3\n", "1c4\n", "5c1\n", "5c2\n", "5c2   \n"] {
            var rig = StaffRig.loggedIn()
            rig.type(way)
            #expect(rig.acts.isEmpty)
            #expect(rig.bottomLine.contains("请先选一项"))
        }
    }
}

extension StaffRig {
    var bells: Int { effects.count { $0 == .bell } }
}
