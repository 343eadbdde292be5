// A line that is too long is cut or broken where nothing else can be read into what is left of it.

import Testing
import TextScreen

@testable import Kiosk

@Suite struct `A line that does not fit` {
    @Test(arguments: [
        ("一天 162/94 超过范围", 10, "一天… "), ("氨氯地平5mg 规律", 12, "氨氯地平… "),
        ("氨氯地平5mg 规律", 13, "氨氯地平5mg… "), ("本月5次里4次", 6, "本月… "), ("two 198/112, no danger", 16, "two 198/112… "),
        ("198/112 再量", 6, "… "), ("height-gauge-1", 8, "height… "), ("张桂芳的女儿", 7, "张桂… "),
    ])
    func `is never cut inside a number, a dose or a Latin word`(text: String, cells: Int, cut: String) {
        #expect(StaffText.cut(text, cells) == cut)
    }

    @Test func `is never longer than its room, and whole where it fits`() {
        let texts = ["一天 162/94，氨氯地平5mg 规律", "two readings 198/112, no danger sign", "!433d1f2a-433d1f2a", "，，，"]
        for text in texts {
            for cells in 0...60 {
                let cut = StaffText.cut(text, cells)
                #expect(cellWidth(cut) <= cells)
                #expect(cellWidth(text) > cells || cut == text)
                for line in StaffText.wrap(text, max(2, cells), lines: 9) { #expect(cellWidth(line) <= max(2, cells)) }
            }
        }
    }

    @Test(arguments: [
        ("138/82在150/90以下，无反应，无并发症", 34, ["138/82在150/90以下，无反应，", "无并发症"]),
        ("每天吃氨氯地平5mg", 16, ["每天吃氨氯地平", "5mg"]), ("请来小屋，带着手环", 17, ["请来小屋，带着手", "环"]),
        ("in a few words", 9, ["in a few ", "words"]),
    ])
    func `goes on below, rather behind a comma than inside a word`(text: String, cells: Int, lines: [String]) {
        #expect(StaffText.wrap(text, cells, lines: 2) == lines)
    }

    @Test func `loses nothing for the sake of a comma`() {
        let text = "一二三四五六七八九，十一二三四五六七八九十一二三四五六七"
        #expect(StaffText.wrap(text, 28, lines: 2).joined() == text)
    }
}
