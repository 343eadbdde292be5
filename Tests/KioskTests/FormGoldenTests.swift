// Every state of the form, the exam day and the typed-back sheet at both sizes and in both languages.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `The follow-up form, the exam day and the sheet look as they should` {
    typealias Scene = `The staff screens look as they should`.Scene

    private static func form(
        _ name: String, _ context: FormContext = FormSamples.context, _ typed: String = "", up: Int = 0
    ) -> Scene {
        Scene(
            name: name,
            reach: { rig in
                rig.hut.form = context
                rig.type("5f" + typed)
                for _ in 0..<up { rig.press(.up) }
            })
    }

    private static let upToClass = "11\n\n=11="

    static let scenes: [Scene] = [
        form("form"),
        form("form-symptoms", FormSamples.context, "126"),
        form("form-pressure", FormSamples.context, "11"),
        form("form-typed", FormSamples.context, "11156 8"),
        form("form-life", FormSamples.context, "11\n\n"),
        form("form-habit", FormSamples.context, "11\n\n7"),
        form("form-class", FormSamples.context, upToClass),
        form("form-keep", FormSamples.context, "11152 84\n\n=11=1"),
        form("form-sign", FormSamples.context, upToClass + "1\n"),
        form("form-reaction", FormSamples.context, "11\n\n=12"),
        form("form-drugs", FormSamples.context, "11\n\n=11e"),
        form("form-drug-names", FormSamples.context, "11\n\n=11eax"),
        form("form-tests", FormSamples.context, "k血钾4.1\n"),
        form("form-referral", FormSamples.context, "z血压控制不好\n"),
        form("form-day", FormSamples.context, "d"),
        form("form-back-dated", FormSamples.context, "d11-14\n11"),
        form("form-status", FormSamples.context, "x"),
        form("form-phone", FormSamples.context, "31"),
        form("form-first", FormSamples.first, "1"),
        form("form-first-life", FormSamples.first, "11150 84\n\n\n"),
        form("form-diabetes", FormSamples.diabetes),
        form("form-diabetes-sign", FormSamples.diabetes, "11\n\n=1\n111=1\n"),
        form("form-both", FormSamples.both),
        form("form-both-glucose", FormSamples.both, "111\n\n=1"),
        form("form-both-sign", FormSamples.both, "111\n\n=1\n111=11\n"),
        Scene(
            name: "form-leaving",
            reach: { rig in
                rig.type("5f1")
                rig.press(.escape)
            }),
        Scene(
            name: "form-alert",
            reach: { rig in
                rig.type("5f11\n\n=11=")
                rig.tell(.alerts([StaffSamples.alert(1, "李国强 男 78岁 052号")]))
            }),
        Scene(name: "form-keys", reach: { $0.type("5f?") }),
        Scene(name: "exams", reach: { $0.type("j") }),
        Scene(
            name: "exams-thirty",
            reach: { rig in
                rig.hut.exams = ExamSamples.thirty
                rig.type("j12")
            }),
        Scene(name: "exams-missing", reach: { $0.type("jm") }),
        Scene(
            name: "exams-nobody",
            reach: { rig in
                rig.hut.exams = []
                rig.type("j")
            }),
        Scene(name: "exam", reach: { $0.type("j2\n") }),
        Scene(name: "exam-complete", reach: { $0.type("j1\n") }),
        Scene(name: "exam-number", reach: { $0.type("j2\n36150") }),
        Scene(name: "exam-glucose", reach: { $0.type("j2\n25.6\n") }),
        Scene(name: "exam-report", reach: { $0.type("j2\n7") }),
        Scene(name: "exam-laboratory", reach: { $0.type("j2\n93\n7") }),
        Scene(
            name: "exam-signer",
            reach: { rig in
                rig.hut.exams[1] = ExamSamples.row(21, "赵凤华", ExamSamples.everything, signedBy: [1])
                rig.type("j2\ns")
            }),
        Scene(
            name: "exam-pin",
            reach: { rig in
                rig.hut.exams[1] = ExamSamples.row(21, "赵凤华", ExamSamples.everything, signedBy: [1])
                rig.type("j2\ns1258")
            }),
        Scene(name: "sheet", reach: { $0.type("w3") }),
        Scene(
            name: "sheet-none",
            reach: { rig in
                rig.hut.sheet = nil
                rig.type("w")
            }),
        Scene(
            name: "form-not-managed",
            reach: { rig in
                rig.hut.form.diseases = []
                rig.type("5f")
            }),
        Scene(name: "sheet-value", reach: { $0.type("w3w156 8") }),
        Scene(name: "sheet-class", reach: { $0.type("w3w156 84\n") }),
        Scene(name: "sheet-next", reach: { $0.type("w3w156 84\n2") }),
        Scene(name: "sheet-keep", reach: { $0.type("w3w156 84\n1") }),
        Scene(name: "sheet-another", reach: { $0.type("w/1") }),
        Scene(
            name: "sheet-done",
            reach: { rig in
                rig.hut.sheet?.lines[0].done = LocalizedText("138/82 分类1", en: "138/82 class 1")
                rig.hut.sheet?.lines[1].done = LocalizedText("没接", en: "no answer")
                rig.type("w")
            }),
    ]

    @Test(arguments: scenes, [wideScreen, narrowScreen])
    func `a page as text`(scene: Scene, size: ScreenSize) throws {
        var rig = StaffRig.loggedIn(scene.kind, size: size, lends: scene.lends)
        scene.reach(&rig)
        for language in Language.allCases {
            let name = "\(scene.name)-\(size.columns)x\(size.rows)-\(language == .chinese ? "zh" : "en").txt"
            try expectGolden(rig.text(language), name)
        }
    }

    @Test(arguments: scenes, [wideScreen, narrowScreen])
    func `no sentence of ours is cut`(scene: Scene, size: ScreenSize) {
        var rig = StaffRig.loggedIn(scene.kind, size: size, lends: scene.lends)
        scene.reach(&rig)
        // What the alert's rule says is not ours.
        for language in Language.allCases where scene.name != "form-alert" {
            #expect(!rig.text(language).contains("…"), "\(language)")
        }
    }

    @Test func `resizing in the middle keeps the question and what is typed`() {
        var rig = StaffRig.filling()
        rig.type("11156 8")
        for size in [narrowScreen, ScreenSize(columns: 20, rows: 6), ScreenSize(columns: 1, rows: 1), wideScreen] {
            rig.size = size
            rig.tell(.resized(size))
            #expect(rig.text().split(separator: "\n", omittingEmptySubsequences: false).dropLast().count == size.rows)
        }
        #expect(rig.text().contains("[156 8_]"))
        rig.type("4\n")
        #expect(rig.text().contains("[156/84]"))
    }

    @Test(arguments: [FormSamples.context, FormSamples.both, FormSamples.diabetes], [wideScreen, narrowScreen])
    func `the question that is asked is always on the screen`(context: FormContext, size: ScreenSize) {
        var hut = StaffHut()
        (hut.form, hut.alerts) = (context, (1...3).map { StaffSamples.alert($0, "李国强") })
        var rig = StaffRig.loggedIn(size: size, hut: hut)
        rig.tell(.alerts(hut.alerts))
        rig.type("5f")
        for key in context.diseases.count == 2
            ? "111\n\n=1\n111=11\n" : context.diseases == [.diabetes] ? "11\n\n=1\n111=1\n" : "11\n\n=11=1\n"
        {
            #expect(rig.text().contains("_]") || rig.text().contains("[_"), "before \(key)")
            rig.type(String(key))
        }
        #expect(rig.text().contains("回车=保存"))
    }
}
