// Every staff page at both sizes and in both languages, as text a nurse could read. Recording one fails the run, so
// that a changed screen is looked at before it is believed.

import Foundation
import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `The staff screens look as they should` {
    /// One golden screen: how to get there from the worklist.
    struct Scene: Sendable, CustomTestStringConvertible {
        let name: String
        let reach: @Sendable (inout StaffRig) -> Void
        var kind = KioskKind.desk("nurse")
        var loggedIn = true
        /// The hut has home monitors.
        var lends = false
        var role = StaffRole.nurse
        var testDescription: String { name }
    }

    static let scenes: [Scene] = [
        Scene(name: "login", reach: { _ in }, loggedIn: false),
        Scene(
            name: "login-station", reach: { $0.tell(.alerts([StaffSamples.alert(1, "李国强 男 78岁 052号")])) }, kind: booth,
            loggedIn: false),
        Scene(name: "login-pin", reach: { $0.type("1258") }, loggedIn: false),
        Scene(name: "login-refused", reach: { $0.type("11111\n") }, loggedIn: false),
        Scene(name: "login-locked", reach: { $0.type("1locked\n") }, loggedIn: false),
        Scene(name: "worklist", reach: { _ in }),
        Scene(
            name: "worklist-empty",
            reach: { rig in
                rig.hut.worklist = Worklist(dataUpTo: StaffSamples.minutesAgo(7))
                rig.tell(.worklist(rig.hut.worklist))
            }),
        Scene(
            name: "worklist-long",
            reach: { rig in
                rig.hut.worklist = StaffSamples.longWorklist(120)
                rig.tell(.worklist(rig.hut.worklist))
                rig.type("+")
            }),
        Scene(
            name: "worklist-moved",
            reach: { rig in
                rig.wait(.seconds(5))
                rig.hut.worklist.rows.removeFirst()
                rig.tell(.worklist(rig.hut.worklist))
                rig.type("3f")
            }),
        Scene(name: "worklist-station", reach: { $0.type("3") }, kind: booth),
        Scene(name: "worklist-alert", reach: { $0.tell(.alerts([StaffSamples.alert(1, "李国强 男 78岁 052号")])) }),
        Scene(
            name: "worklist-four-alerts",
            reach: { rig in rig.tell(.alerts((1...4).map { StaffSamples.alert($0, "李国强 男 78岁 052号") })) }),
        Scene(name: "resident", reach: { $0.type("5\n") }),
        Scene(name: "resident-second-page", reach: { $0.type("5\n+") }),
        Scene(name: "readings", reach: { $0.type("5\nr2") }),
        Scene(name: "worklist-due", reach: { $0.type("d") }),
        Scene(name: "worklist-critical", reach: { $0.type("c") }),
        Scene(name: "worklist-mine", reach: { $0.type("m") }),
        Scene(name: "worklist-hidden", reach: { $0.type("h3") }),
        Scene(name: "call", reach: { $0.type("7t1") }),
        Scene(name: "home-visit", reach: { $0.type("5\nv") }),
        Scene(name: "message", reach: { $0.type("5\nn") }),
        Scene(name: "alert-seated", reach: { $0.tell(.alerts([StaffSamples.seated])) }),
        Scene(name: "alert-sos", reach: { $0.tell(.alerts([StaffSamples.sos])) }),
        Scene(
            name: "closing-seated",
            reach: { rig in
                rig.hut.alerts = [StaffSamples.seated]
                rig.tell(.alerts([StaffSamples.seated]))
                rig.type("t1c")
            }),
        Scene(name: "closing-critical", reach: { $0.type("1c") }),
        Scene(name: "closing-referred", reach: { $0.type("1c21") }),
        Scene(name: "closing-minutes", reach: { $0.type("1c315") }),
        Scene(name: "closing-soon", reach: { $0.type("5c2") }),
        Scene(name: "unclaimed", reach: { $0.type("u") }),
        Scene(name: "unclaimed-hint", reach: { $0.type("u1") }),
        Scene(
            name: "unclaimed-none",
            reach: { rig in
                rig.hut.unclaimed = []
                rig.type("u")
            }),
        Scene(name: "claim", reach: { $0.type("u1y") }),
        Scene(name: "discard", reach: { $0.type("u2x3") }),
        Scene(name: "find", reach: { $0.type("/") }),
        Scene(name: "found", reach: { $0.type("/赵凤") }),
        Scene(name: "find-owner", reach: { $0.type("u2/张") }),
        Scene(name: "move", reach: { $0.type("5\nr1m赵12") }),
        Scene(name: "give-back", reach: { $0.type("5\nr1g") }),
        Scene(name: "typed-value", reach: { $0.type("5\nk156 84 72") }),
        Scene(name: "typed-place", reach: { $0.type("5\nk156 84 72\n3") }),
        Scene(name: "measuring", reach: { $0.type("5\nb2") }, kind: booth),
        Scene(name: "measuring-waits", reach: { $0.type("5\nb2\n") }, kind: booth),
        Scene(name: "keys", reach: { $0.type("?") }),
        Scene(
            name: "worklist-newcomers",
            reach: { rig in
                rig.hut.worklist.newcomers = 2
                rig.tell(.devices(StaffSamples.devices))
                rig.tell(.worklist(rig.hut.worklist))
            }),
        Scene(name: "newcomers", reach: { $0.type("n") }),
        Scene(name: "newcomers-namesake", reach: { $0.type("n1") }),
        Scene(name: "newcomers-alone", reach: { $0.type("n2") }),
        Scene(
            name: "devices",
            reach: { rig in
                rig.tell(.devices(StaffSamples.devices))
                rig.type("i")
            }),
        Scene(
            name: "devices-well",
            reach: { rig in
                rig.tell(.devices([StaffSamples.devices[0]]))
                rig.type("i")
            }),
        Scene(name: "keys-resident", reach: { $0.type("5\n?") }),
        Scene(name: "requests", reach: { $0.type("r2") }),
        Scene(
            name: "requests-none",
            reach: { rig in
                rig.hut.requests = []
                rig.type("r")
            }),
        Scene(name: "answer", reach: { $0.type("r1a") }),
        Scene(name: "request-for-whom", reach: { $0.type("rnz") }),
        Scene(name: "request-entered", reach: { $0.type("rnzgf12\n") }),
        Scene(name: "enrol", reach: { $0.type("nn091\n冯国兴\n2\n") }),
        Scene(name: "care", reach: { $0.type("5\nm") }),
        Scene(name: "care-roster", reach: { $0.type("5\nm1") }),
        Scene(name: "care-correct", reach: { $0.type("5\nm1513900000199\n") }),
        Scene(name: "care-conditions", reach: { $0.type("5\nm2") }),
        Scene(name: "care-condition", reach: { $0.type("5\nm25\n2027-03-01\n") }),
        Scene(name: "care-managed", reach: { $0.type("5\nm451\n") }),
        Scene(name: "care-contact", reach: { $0.type("5\nm31李明\n2\n13900000458\n") }),
        Scene(name: "care-marks", reach: { $0.type("5\nm4") }),
        Scene(name: "care-risks", reach: { $0.type("5\nm5") }),
        Scene(name: "care-alone", reach: { $0.type("5\nm41") }),
        Scene(name: "care-allergies", reach: { $0.type("5\nm56青霉素\n") }),
        Scene(name: "care-bands", reach: { $0.type("5\nm6") }),
        Scene(name: "care-pair", reach: { $0.type("5\nm61!433d\n") }),
        Scene(name: "care-pin", reach: { $0.type("5\nm72468\n2468\n") }),
        Scene(
            name: "care-same",
            reach: { rig in
                rig.hut.card.maybeSame = [StaffSamples.people[0]]; rig.type("5\nm8")
            }),
        Scene(
            name: "merge-compare",
            reach: { rig in
                rig.hut.card.maybeSame = [StaffSamples.people[0]]; rig.type("5\nm81")
            }),
        Scene(
            name: "merge",
            reach: { rig in
                rig.hut.card.maybeSame = [StaffSamples.people[0]]; rig.type("5\nm81y")
            }),
        Scene(
            name: "confirm",
            reach: { rig in
                rig.hut.card.isNewcomer = true; rig.type("5\nm9")
            }),
        Scene(
            name: "resident-newcomer",
            reach: { rig in
                (rig.hut.card.isNewcomer, rig.hut.card.maybeSame) = (true, [StaffSamples.people[0]])
                rig.type("5\n")
            }),
        Scene(
            name: "resident-nothing",
            reach: { rig in
                rig.hut.card = StaffSamples.bare; rig.type("5\n")
            }),
        Scene(name: "status", reach: { $0.type("5\nx1\n1\n") }),
        Scene(name: "limit", reach: { $0.type("5\nl140 90\n") }, role: .doctor),
        Scene(name: "countersign", reach: { $0.type("k") }, role: .doctor),
        Scene(
            name: "countersign-none",
            reach: { rig in
                rig.hut.countersigns = []
                rig.type("k")
            }, role: .doctor),
        Scene(name: "history", reach: { $0.type("5\ng") }),
        Scene(name: "day", reach: { $0.type("e") }),
        Scene(name: "day-second-page", reach: { $0.type("e+") }),
        Scene(name: "sheet-calls", reach: { $0.type("p") }),
        Scene(name: "sheet-visits", reach: { $0.type("p2") }),
        Scene(name: "operator", reach: { _ in }, role: .operator),
        Scene(name: "operator-alert", reach: { $0.tell(.alerts([StaffSamples.sos])) }, role: .operator),
        Scene(name: "audit", reach: { $0.type("g") }, role: .operator),
        Scene(name: "volunteer", reach: { _ in }, kind: booth, role: .volunteer),
        Scene(name: "volunteer-finds", reach: { $0.type("1zgf") }, role: .volunteer),
        Scene(name: "monitors", reach: { $0.type("5\nj") }, lends: true),
        Scene(name: "lending", reach: { $0.type("5\nj1\n") }, lends: true),
        Scene(name: "lending-second", reach: { $0.type("5\nj2\n") }, lends: true),
        Scene(
            name: "return",
            reach: { rig in
                rig.hut.monitors = StaffSamples.monitors(of: rig.hut.worklist)
                rig.type("5\nj2\n")
            }, lends: true),
        Scene(
            name: "return-waits",
            reach: { rig in
                rig.hut.monitors = StaffSamples.monitors(of: rig.hut.worklist)
                rig.hut.monitors[1].records = []
                rig.type("5\nj2\n")
            }, lends: true),
    ]

    @Test(arguments: scenes, [wideScreen, narrowScreen])
    func `a page as text`(scene: Scene, size: ScreenSize) throws {
        var rig =
            scene.loggedIn
            ? StaffRig.loggedIn(scene.kind, size: size, lends: scene.lends, as: scene.role)
            : StaffRig(scene.kind, size: size)
        scene.reach(&rig)
        for language in Language.allCases {
            let name = "\(scene.name)-\(size.columns)x\(size.rows)-\(language == .chinese ? "zh" : "en").txt"
            try expectGolden(rig.text(language), name)
        }
    }

    /// Sentences of rules and other people's words may be cut with `…`; ours may not.
    private static let showsData = [
        "worklist", "resident", "unclaimed", "readings", "alert", "closing-seated", "requests", "history", "day",
        "sheet", "operator", "audit",
    ]

    @Test(arguments: scenes.filter { scene in !showsData.contains { scene.name.hasPrefix($0) } }, Language.allCases)
    func `no sentence of ours is cut at 40 columns`(scene: Scene, language: Language) {
        var rig =
            scene.loggedIn
            ? StaffRig.loggedIn(scene.kind, size: narrowScreen, lends: scene.lends, as: scene.role)
            : StaffRig(scene.kind, size: narrowScreen)
        scene.reach(&rig)
        #expect(!rig.text(language).contains("…"))
    }
}

/// The screen is as it was looked at and believed.
func expectGolden(_ screen: String, _ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/staff")
    let file = folder.appending(path: name)
    guard let golden = try? String(contentsOf: file, encoding: .utf8) else {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try screen.write(to: file, atomically: true, encoding: .utf8)
        Issue.record("recorded \(name): look at it, then run again")
        return
    }
    #expect(screen == golden, "\(name) differs; delete it to record it anew")
}
