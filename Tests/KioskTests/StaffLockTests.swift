// A staff session left open at a resident's kiosk shows nothing after a minute (H-36).

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `A staff session does not stay open by itself` {
    @Test(arguments: ["", "5\n", "1c2", "u1y", "/赵", "5\nv156", "5\nb1"])
    func `at a station sixty seconds without a key end it, whatever page is open`(way: String) {
        var rig = StaffRig.loggedIn(booth)
        rig.type(way)
        rig.forget()
        rig.wait(.milliseconds(59_999))
        #expect(!rig.screen.isFinished)
        rig.wait(.milliseconds(1))
        #expect(rig.screen.isFinished)
        #expect(rig.acts == [.logOut])
        #expect(rig.effects.last == .wipe)
        #expect(rig.screen.deadline == nil)
    }

    @Test func `after the lock nothing of a resident is drawn`() {
        var rig = StaffRig.loggedIn(booth)
        rig.type("5\n")
        rig.wait(.seconds(60))
        for word in ["张桂芳", "138/82", "13900000106", "王敏"] { #expect(!rig.text().contains(word)) }
    }

    @Test func `a key that comes after the lock was due is not obeyed`() {
        var rig = StaffRig.loggedIn(booth)
        rig.type("1c1")
        rig.forget()
        rig.advance(to: rig.now.monotonic + .seconds(61))
        rig.press(.enter)
        #expect(rig.acts == [.logOut])
        #expect(rig.screen.isFinished)
    }

    @Test func `each key begins the minute anew`() {
        var rig = StaffRig.loggedIn(booth)
        for _ in 1...10 {
            rig.wait(.seconds(50))
            rig.press(.pageDown)
        }
        #expect(!rig.screen.isFinished)
    }

    @Test func `alerts and lists that arrive do not keep it open`() {
        var rig = StaffRig.loggedIn(booth)
        rig.wait(.seconds(40))
        rig.tell(.alerts([StaffSamples.alert(1, "李国强")]))
        rig.tell(.worklist(StaffSamples.worklist))
        rig.wait(.seconds(20))
        #expect(rig.screen.isFinished)
    }

    @Test func `a desk keeps it for ten minutes and then shows its login`() {
        var rig = StaffRig.loggedIn()
        rig.type("5\n")
        rig.forget()
        rig.wait(.seconds(599))
        #expect(rig.acts.isEmpty)
        rig.wait(.seconds(1))
        #expect(rig.acts == [.logOut])
        #expect(!rig.screen.isFinished)
        #expect(rig.text().contains("1 王敏 护士"))
        #expect(!rig.text().contains("张桂芳"))
    }

    @Test func `while the cuff works the session waits for it, and the result can be read`() {
        var rig = StaffRig.loggedIn(booth)
        rig.type("5\nb2\n")
        rig.wait(.seconds(100))
        #expect(!rig.screen.isFinished)
        rig.tell(.measured(StaffSamples.reading(950, StaffSamples.pressure(136, 81, 70), minutesAgo: 0)))
        #expect(rig.text().contains("136/81"))
        rig.wait(.seconds(59))
        #expect(!rig.screen.isFinished)
        rig.wait(.seconds(1))
        #expect(rig.screen.isFinished)
    }

    @Test func `a cuff that never answers does not hold it open for ever, and is told to stop`() {
        var rig = StaffRig.loggedIn(booth)
        rig.type("5\nb2\n")
        rig.forget()
        rig.wait(.seconds(300))
        #expect(rig.screen.isFinished)
        #expect(rig.acts == [.stopMeasuring, .logOut])
    }

    @Test func `logging out while the cuff works stops it`() {
        var rig = StaffRig.loggedIn(booth)
        rig.type("5\nb2\n")
        rig.forget()
        rig.type("q")
        #expect(rig.acts == [.stopMeasuring, .logOut])
    }

    @Test func `a login left half typed is forgotten`() {
        var rig = StaffRig()
        rig.type("1258")
        rig.wait(.seconds(60))
        #expect(!rig.text().contains("***"))
        #expect(rig.text().contains("1 王敏 护士"))
        var station = StaffRig(booth)
        station.type("1258")
        station.wait(.seconds(60))
        #expect(station.screen.isFinished)
    }

    @Test func `a login answered after its screen was left is logged out again`() throws {
        var rig = StaffRig(booth)
        rig.hut.isSilent = true
        rig.type("12580\n")
        rig.wait(.seconds(60))
        rig.forget()
        rig.tell(.loggedIn(try #require(StaffSamples.staff.first)))
        #expect(rig.acts == [.logOut])
        #expect(!rig.text().contains("名单"))
    }

    @Test func `a session the hut does not know ends at once`() {
        var rig = StaffRig.loggedIn(booth)
        rig.type("5\n")
        rig.tell(.loginRefused)
        #expect(rig.screen.isFinished)
        #expect(!rig.text().contains("张桂芳"))
    }

    @Test func `nobody can leave between a PIN and its answer`() throws {
        var rig = StaffRig(booth)
        rig.hut.isLoginSlow = true
        rig.type("12580\n")
        for key in [Key.escape, .backspace, .character("q"), .enter] { rig.press(key) }
        #expect(!rig.screen.isFinished)
        rig.tell(.loggedIn(try #require(StaffSamples.staff.first)))
        #expect(rig.text().contains("名单  王敏 护士"))
    }

    @Test func `a desk that nobody uses asks for nothing but its list`() {
        var rig = StaffRig()
        rig.forget()
        rig.wait(.seconds(3_600))
        #expect(rig.effects.isEmpty)
        var waiting = StaffRig(hut: StaffHut(isSilent: true))
        waiting.forget()
        waiting.wait(.seconds(12))
        #expect(waiting.effects == [.staff(.loadStaff), .staff(.loadStaff)])
    }

    @Test func `at a station telephone numbers are masked but for the row whose number is typed`() {
        var rig = StaffRig.loggedIn(booth)
        #expect(!rig.text().contains("13900000457"))
        #expect(rig.text().contains("139****0457"))
        rig.type("1")
        #expect(rig.text().contains("13900000457"))
        #expect(!rig.text().contains("13900000221"))
        let desk = StaffRig.loggedIn()
        #expect(desk.text().contains("13900000457"))
    }

    @Test(arguments: ["9999", "73310", "' or 1=1", "25800"])
    func `a wrong PIN says the same for everybody and shows no list`(pin: String) {
        var rig = StaffRig()
        rig.type("1" + pin + "\n")
        #expect(!rig.text().contains("名单"))
        #expect(!rig.text().contains(pin))
    }

    @Test func `a locked name says so and goes back to the names`() {
        var rig = StaffRig()
        rig.type("1locked\n")
        #expect(rig.text().contains("密码错多次，十分钟后再试"))
        #expect(rig.text().contains("2 汪志远 医生"))
    }
}
