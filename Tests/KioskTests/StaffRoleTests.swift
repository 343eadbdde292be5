// Who sees what: an operator and a volunteer reach no page with health data, whatever they press and whatever comes.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `A role sees what it needs` {
    private static let keys = "0123456789abcdefghijklmnopqrstuvwxyz/?*+-\n\u{8}\n12zgf1"

    @Test(arguments: [StaffRole.operator, .volunteer], [KioskKind.desk("nurse"), booth])
    func `whatever is pressed, an operator and a volunteer see no value and no flag`(role: StaffRole, kind: KioskKind) {
        var random = SeededChance(seed: role == .operator ? 7 : 8)
        var rig = StaffRig.loggedIn(kind, as: role)
        rig.tell(.alerts([StaffSamples.seated]))
        for _ in 0..<max(1, 400 / fuzzDivisor) {
            if rig.screen.isFinished || rig.text().contains("护士、医生登录") { rig = StaffRig.loggedIn(kind, as: role) }
            rig.tell(.worklist(StaffSamples.worklist))
            rig.tell(.resident(StaffSamples.card))
            rig.tell(.unclaimed(StaffSamples.unclaimed))
            rig.type(String(Array(Self.keys)[random.next(Self.keys.count)]))
            let text = rig.text()
            for secret in ["138/82", "164/92", "198/112", "186/96", "高血压", "氨氯地平", "李国强", "13900000"] {
                #expect(!text.contains(secret), "\(role) \(secret)")
            }
            for act in rig.acts {
                switch act {
                case .logOut, .logIn, .desk(.enterRequest), .desk(.helpNext): break
                default: Issue.record("\(role) did \(act)")
                }
            }
            rig.forget()
        }
    }

    @Test(arguments: [StaffRole.operator, .volunteer])
    func `an alert says that a nurse is to be fetched, never who it is about`(role: StaffRole) {
        var rig = StaffRig.loggedIn(as: role)
        rig.tell(.alerts([StaffSamples.seated]))
        #expect(rig.text().hasPrefix("!! 09:14 1号台 有人求助，请帮忙叫护士"))
        rig.press(.tab)
        #expect(rig.acts.isEmpty && rig.bottomLine.contains("只有护士和医生能办"))
    }

    @Test func `an operator sees the machines and who looked`() {
        var rig = StaffRig.loggedIn(as: .operator)
        #expect(rig.text().contains("scale-1") && rig.text().contains("线没插") && rig.text().contains("等着发 8"))
        rig.type("g")
        #expect(rig.text().contains("汪志远") && rig.text().contains("看了一位居民"))
    }

    @Test func `a volunteer at a station becomes the helper of whoever comes next, and the screen is free`() {
        var rig = StaffRig.loggedIn(booth, as: .volunteer)
        rig.type("2")
        #expect(rig.acts == [.desk(.helpNext), .logOut])
        #expect(rig.screen.isFinished)
    }

    @Test func `a limit is offered to the doctor who may set it, and to nobody else`() {
        for role in [StaffRole.nurse, .doctor] {
            var rig = StaffRig.loggedIn(as: role)
            rig.type("1\n?")
            #expect(rig.text().contains("l改范围") == (role == .doctor))
        }
    }

    @Test func `a sheet of names is not printed from the screen residents stand at`() {
        var rig = StaffRig.loggedIn(booth)
        rig.type("p")
        #expect(rig.bottomLine.contains("请到护士的桌子上打印") && rig.text().contains("名单  王敏 护士"))
    }
}
