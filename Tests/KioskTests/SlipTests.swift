// What stands on a slip, when one is offered, and what the screen says of it.

import Testing
import Vitals

@testable import Kiosk

@Suite struct `The slip` {
    private func stage(
        _ printer: PrinterStanding? = .ready, _ language: Language = .chinese, readsCodes: Bool = true,
        _ play: (inout Stage) -> Void
    ) -> Stage {
        var stage = Stage()
        stage.tell(.hall(.with { ($0.printer, $0.readsCodes) = (printer, readsCodes) }))
        if language == .english { stage.press("7") }
        play(&stage)
        stage.forgetEffects()
        stage.press("4")
        return stage
    }

    private func slips(_ stage: Stage) -> [Slip] {
        stage.asked.compactMap { if case .printSlip(let slip) = $0 { slip } else { nil } }
    }

    @Test func `a resident's slip says what K17 says, with the masked name and no other`() throws {
        let slip = try #require(slips(stage { $0.measureTwice(.second) }).first)
        #expect(
            slip.lines.map(\.text) == [
                "方泰东社区健康小屋", "2026-11-21 09:15", "", "张*芳 女士  047号", "今天的血压(两遍合起来)", "136/81", "脉搏 71",
                "O  在您的范围里(150/90 以下)", "第1遍 138/82", "第2遍 134/80", "", "药照常吃，别自己停、别自己加",
                "哪里难受，数字再好也要说", "下次请来：11月28日 周六前后", "胸口疼、说话不清、一边手脚没劲：马上打 120",
                "王护士 0374-555 0102",
            ])
        #expect(slip.readings.map(\.rawValue) == [101, 102])
        #expect(slip.lines.first { $0.style == .big }?.text == "136/81" && slip.code == nil)
    }

    @Test(arguments: [
        (Language.chinese, ["", "下次来扫这个码，不用带卡", "请收好，丢了告诉护士"]),
        (.english, ["", "Next time scan this, no card needed", "Keep it safe; if lost, tell the nurse"]),
    ])
    func `a resident's slip asks for a code where the hut has a scanner`(language: Language, words: [String]) throws {
        let slip = try #require(slips(stage(.ready, language) { $0.measureTwice(.second) }).first)
        #expect(slip.invitation.map(\.text) == words)
        let without = stage(.ready, language, readsCodes: false) { $0.measureTwice(.second) }
        #expect(try #require(slips(without).first).invitation.isEmpty)
    }

    @Test func `a helper's slip asks for none: the next visit is not hers to open`() throws {
        let stage = stage { stage in
            stage.view.isHelped = true
            stage.measureTwice(.second)
        }
        #expect(try #require(slips(stage).first).invitation.isEmpty)
    }

    @Test func `a guest's slip asks for none: a code stands for a resident`() throws {
        let stage = stage { stage in
            stage.press("22E14")
            stage.startCuff()
            stage.finish(.second)
        }
        #expect(try #require(slips(stage).first).invitation.isEmpty)
    }

    @Test func `an English slip is English`() throws {
        let slip = try #require(slips(stage(.ready, .english) { $0.measureTwice(.second) }).first)
        let text = slip.lines.map(\.text).joined(separator: "\n")
        #expect(
            text.contains("Ms 张*芳") && text.contains("1: 138/82") && text.contains("Next time: about Sat 28 November"))
        #expect(!text.contains("血压"))
    }

    @Test func `every line of a slip has its words`() throws {
        for language in Language.allCases {
            let slip = try #require(slips(stage(.ready, language) { $0.measureTwice(.second) }).first)
            #expect(!slip.lines.contains { $0.text.contains("{") || $0.text.contains("}") })
        }
    }

    @Test func `a guest who keeps nothing is offered none, one who keeps it is`() {
        for (keys, offered) in [("2114", false), ("22E14", true)] {
            let stage = stage { stage in
                stage.press(keys)
                stage.startCuff()
                stage.finish(.second)
            }
            #expect(stage.screen == "K17", "\(keys)")
            #expect(slips(stage).count == (offered ? 1 : 0), "\(keys)")
            #expect(stage.text.contains("打条子") == offered, "\(keys)")
        }
    }

    @Test(arguments: [
        (PrinterStanding.noPaper, "打印机没纸了"), (.off, "打印机没开"),
    ])
    func `without paper or power no slip is promised; whoever asks is told why, and the visit goes on`(
        printer: PrinterStanding, words: String
    ) {
        var stage = stage(printer) { $0.measureTwice(.second) }
        #expect(!stage.text.contains("4 打条子"))
        #expect(slips(stage).isEmpty && stage.bottom.contains(words) && stage.screen == "K17")
        stage.press("0")
        #expect(stage.screen == "K23")
    }

    @Test func `a station without a printer does not speak of slips`() {
        let stage = stage(nil) { $0.measureTwice(.second) }
        #expect(slips(stage).isEmpty && !stage.text.contains("条子"))
    }

    @Test func `a second key while it prints is not a second slip; afterwards it is`() {
        var stage = stage { $0.measureTwice(.second) }
        #expect(slips(stage).count == 1)
        stage.press("44")
        #expect(slips(stage).count == 1 && stage.bottom.contains("正在打条子"))
        stage.tell(.slip(.printed))
        #expect(stage.bottom.contains("请拿走"))
        stage.press("4")
        #expect(slips(stage).count == 2)
    }

    @Test func `news of a slip reaches only the visit that asked for it`() {
        var stage = stage { $0.measureTwice(.second) }
        stage.press("0")
        stage.pass(10)
        #expect(stage.screen == "K0")
        stage.tell(.slip(.noPaper))
        #expect(!stage.bottom.contains("没纸"))
        stage.comeIn()
        stage.tell(.slip(.noPaper))
        #expect(!stage.bottom.contains("没纸"))
    }

    @Test func `values beside the cuff stand on the slip, one that gave no number does not`() throws {
        let stage = stage { stage in
            stage.measureTwice(.second)
            let others: [StationResult] = [.oxygen(97), .missing(.height, .fault), .weight]
            for (place, other) in others.enumerated() {
                var result = other
                result.sequence = FactSequence(rawValue: Int64(301 + place))
                stage.tell(.station(.result(result)))
            }
        }
        #expect(stage.screen == "S4")
        let slip = try #require(slips(stage).first)
        let text = slip.lines.map(\.text)
        #expect(text.contains { $0.contains("97%") } && text.contains { $0.contains("61.5 kg") })
        #expect(!text.contains { $0.contains("身高") })
        #expect(slip.readings.map(\.rawValue) == [101, 102, 301, 303])
    }
}
