// The slip with the next date: asked for with the signature, printed when the follow-up is on disk, and never instead of it.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `The slip of a follow-up` {
    /// Thirteen keys of the commonest case, the last of them left to the test.
    private static let toSignature = "5f11\n\n=11=1\n"

    private func rig(size: ScreenSize = wideScreen, _ change: (inout StaffRig) -> Void = { _ in }) -> StaffRig {
        var rig = StaffRig.withPrinter(size: size)
        change(&rig)
        rig.type(Self.toSignature)
        rig.forget()
        return rig
    }

    private func slips(_ rig: StaffRig) -> [Slip] {
        rig.acts.compactMap { if case .desk(.printSlip(let slip)) = $0 { slip } else { nil } }
    }

    @Test func `p signs, and the slip says the next date with its weekday under a masked name`() throws {
        var rig = rig()
        rig.type("p")
        guard case .saveFollowUp? = rig.acts.first else { return #expect(Bool(false), "\(rig.acts)") }
        let slip = try #require(slips(rig).first)
        try expectGolden([slip].asPaper, "paper-follow-up-zh.txt")
        let text = slip.lines.map(\.text)
        #expect(text.contains("2027年2月19日 周五") && text.contains("138/82"))
        #expect(text.contains { $0.hasPrefix("张*芳 女士") } && !text.contains { $0.contains("张桂芳") })
        #expect(slip.code == nil && slip.invitation.isEmpty)
        #expect(rig.bottomLine == " 存好了")
    }

    @Test func `Enter signs without a slip`() {
        var rig = rig()
        rig.type("\n")
        #expect(rig.acts.count == 1 && slips(rig).isEmpty)
    }

    @Test func `a follow-up that is not saved prints nothing, and prints nothing when it is saved later by Enter`() {
        var rig = rig { $0.hut.isFailing = true }
        rig.type("p")
        #expect(slips(rig).isEmpty)
        rig.hut.isFailing = false
        rig.forget()
        rig.type("\n")
        #expect(rig.acts.count == 1 && slips(rig).isEmpty)
    }

    @Test func `a hut without a printer does not speak of slips, and p does nothing there`() {
        var rig = StaffRig.loggedIn()
        rig.type(Self.toSignature)
        rig.forget()
        #expect(!rig.text().contains("条子"))
        rig.type("p")
        #expect(rig.acts.isEmpty)
    }

    @Test(arguments: [wideScreen, narrowScreen], Language.allCases)
    func `the signature names the key`(size: ScreenSize, language: Language) throws {
        let name = "form-sign-slip-\(size.columns)x\(size.rows)-\(language == .chinese ? "zh" : "en").txt"
        try expectGolden(rig(size: size).text(language), name)
    }
}
