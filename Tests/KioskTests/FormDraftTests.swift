// A form is interrupted by whoever comes in: what was answered is there again, on whatever screen, on the same question.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `A half-filled form survives what interrupts it` {
    @Test func `kept with s, it opens again where it was left`() throws {
        var rig = StaffRig.filling()
        rig.type("11\n")
        rig.forget()
        rig.type("s")
        #expect(rig.drafts.count == 1)
        #expect(rig.bottomLine == " 草稿存了，下次按f接着填")
        rig.type("5f")
        #expect(rig.bottomLine == " 接着上次的草稿")
        rig.type("\n=11=1\n\n")
        #expect(try #require(rig.records.first).pressure?.value.systolic == 138)
        #expect(rig.hut.form.draft == nil)
    }

    @Test(arguments: ["q", "lock", "card"]) func `it is kept when the session ends`(how: String) throws {
        var rig = StaffRig.filling(FormSamples.context, booth)
        // One symptom of several: the question is still open.
        rig.type("12")
        rig.forget()
        switch how {
        case "q": rig.type("q")
        case "lock": rig.wait(.seconds(61))
        default: rig.tell(.cardRead)
        }
        let order = rig.effects.compactMap { effect -> String? in
            switch effect {
            case .staff(.saveDraft): "draft"
            case .staff(.logOut): "out"
            default: nil
            }
        }
        #expect(order == ["draft", "out"])
        let draft = try #require(rig.hut.form.draft)
        var context = FormSamples.context
        context.draft = draft
        #expect(StaffRig.filling(context).text().contains("[2]"))
    }

    @Test func `it is kept from under the page of keys too`() {
        var rig = StaffRig.filling()
        rig.type("12?")
        rig.forget()
        rig.type("q")
        #expect(rig.drafts.count == 1)
    }

    @Test func `a form nobody touched leaves no draft`() {
        var rig = StaffRig.filling()
        rig.type("q")
        #expect(rig.drafts.isEmpty)
    }

    @Test func `it is kept with every answer and with no other key, so that a power cut or a pause takes nothing`() {
        var rig = StaffRig.filling()
        rig.type("1")
        #expect(rig.drafts.count == 1)
        rig.type("23")
        #expect(rig.drafts.count == 1)
        rig.type("\n")
        #expect(rig.drafts.count == 2)
        rig.type("151/8")
        #expect(rig.drafts.count == 2)
        rig.type("1\n60\n")
        #expect(rig.drafts.count == 4)
        rig.press(.up)
        rig.press(.down)
        #expect(rig.drafts.count == 4)
        var context = FormSamples.context
        context.draft = rig.drafts.last
        let again = StaffRig.filling(context).text()
        #expect(again.contains("[151/81]") && again.contains("[60.0") && again.contains("[23]"))
    }

    @Test func `what was chosen beside the form is kept too`() {
        var rig = StaffRig.filling()
        rig.type("12")
        rig.forget()
        rig.type("z头晕\n1\n")
        #expect(rig.drafts.count == 1)
        #expect(rig.drafts.last?.contains("头晕") == true)
    }

    @Test func `a screen that is gone says what it has not kept`() {
        var rig = StaffRig.filling()
        rig.type("12")
        let unsaved = rig.screen.unsaved(now: rig.now)
        #expect(unsaved.count == 1)
        if case .saveDraft(let key, let text?) = unsaved.first {
            #expect(key == ResidentKey(rawValue: 47) && text.contains("symptoms"))
        } else {
            Issue.record("no draft")
        }
    }

    @Test func `the time on all screens counts`() throws {
        var rig = StaffRig.filling()
        rig.type("11")
        rig.wait(.seconds(20))
        rig.type("s5f")
        rig.wait(.seconds(12))
        rig.type("\n\n=11=1\n\n")
        #expect(try #require(rig.records.first).secondsSpent == 32)
    }

    @Test func `Esc asks before it throws away`() {
        var rig = StaffRig.filling()
        rig.type("11")
        rig.forget()
        rig.press(.escape)
        #expect(rig.acts.isEmpty)
        #expect(rig.text().contains("这张表还没保存"))
        rig.press(.escape)
        #expect(rig.text().contains("1门诊 2家庭"))
        rig.press(.escape)
        rig.type("1")
        #expect(rig.acts == [.saveDraft(ResidentKey(rawValue: 47), nil)])
        #expect(rig.text().contains("名单"))
    }

    @Test func `Esc asks although the answers were kept a moment ago`() {
        var rig = StaffRig.filling()
        rig.type("1")
        #expect(rig.drafts.count == 1)
        rig.press(.escape)
        #expect(rig.text().contains("这张表还没保存"))
    }

    @Test func `untouched, Esc leaves at once`() {
        var rig = StaffRig.filling()
        rig.press(.escape)
        #expect(rig.text().contains("名单"))
        #expect(rig.acts.isEmpty)
    }

    @Test func `a draft of yesterday stays of yesterday, and says so`() throws {
        var rig = StaffRig.filling()
        rig.type("11\ns")
        let draft = try #require(rig.hut.form.draft)
        var context = FormSamples.context
        context.draft = draft
        var later = StaffRig.filling(context)
        later.type("q")
        later.wait(.seconds(86_400))
        later.type("12580\n5f")
        #expect(later.bottomLine == " 草稿是11-21的，d=改日期")
        #expect(later.text().contains("补记 2026-11-21"))
    }

    @Test func `a draft of an older program is said to be unreadable, and a new form stands there`() {
        var context = FormSamples.context
        context.draft = #"{"version":0}"#
        let rig = StaffRig.filling(context)
        #expect(rig.bottomLine == " 有旧草稿，读不了，请重填")
        #expect(rig.text().contains("[_]"))
    }

    @Test func `a draft that could not be kept keeps the form on the screen`() {
        var rig = StaffRig.filling()
        rig.type("11")
        rig.hut.isFailing = true
        rig.type("s")
        #expect(rig.bottomLine == " 没存上，请再试")
        #expect(rig.text().contains("1门诊 2家庭"))
    }
}

@Suite struct `A narrow form` {
    @Test func `names its resident with her number`() {
        let rig = StaffRig.filling(FormSamples.context, size: narrowScreen)
        #expect(rig.text().split(separator: "\n").first?.contains(" 047号 ") == true)
    }

    @Test func `says of a typed value that it was typed`() {
        var rig = StaffRig.filling(FormSamples.context, size: narrowScreen)
        rig.type("11140/80\n")
        #expect(rig.text().contains("3血压 手打"))
        rig.press(.up)
        #expect(!rig.text().contains("3血压 量的"))
    }
}
