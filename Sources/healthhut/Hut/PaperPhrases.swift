// What the hut says of paper: what came out where, what did not, and what to do about it.

import Kiosk
import Vitals

extension HutPhrase {
    static let noPrinter = LocalizedText("这里没有打印机，请用 x 存成表格", en: "no printer here: x saves it as CSV")
    static let stillPrinting = LocalizedText("上一张还在打", en: "the one before is still being printed")
    static let slipMayBePrinted = LocalizedText("打印机没有回应，请看看条子出来没有", en: "no word from the printer: is the slip out?")

    /// `7号单打好了，在1号台，请马上去拿`: names and telephone numbers do not lie about at a station.
    static func printed(_ sheet: Int, at station: StationID?) -> LocalizedText {
        let place = station.map { ("，在\($0.words.chinese)，请马上去拿", " at \($0.words.english): fetch it now") } ?? ("", "")
        return LocalizedText("\(sheet)号单打好了\(place.0)", en: "sheet \(sheet) printed\(place.1)")
    }

    static func slipPrinted(at station: StationID?) -> LocalizedText {
        let place = station.map { ("，在\($0.words.chinese)", " at \($0.words.english)") } ?? ("", "")
        return LocalizedText("条子打好了\(place.0)", en: "slip printed\(place.1)")
    }

    /// - Parameter left: from which piece on nothing came out; nil: nothing at all did.
    static func notPrinted(_ standing: PrinterStanding, sheet: Int, left: Int?) -> LocalizedText {
        let why = trouble(standing)
        let from = left.map { ("第\($0)段起没打，", "nothing from piece \($0) on, ") } ?? ("", "")
        return LocalizedText(
            "\(why.chinese)，\(from.0)弄好再按 p 打\(sheet)号单",
            en: "\(why.english); \(from.1)see to it and press p for sheet \(sheet)")
    }

    static func mayBePrinted(_ sheet: Int) -> LocalizedText {
        LocalizedText(
            "打印机没有回应，请看纸打全没有，p=再打\(sheet)号单",
            en: "no word from the printer: is all there? p prints sheet \(sheet) again"
        )
    }

    static func slipNotPrinted(_ standing: PrinterStanding) -> LocalizedText {
        let why = trouble(standing)
        return LocalizedText("\(why.chinese)，没打条子；随访存好了", en: "\(why.english), no slip; the follow-up is saved")
    }

    private static func trouble(_ standing: PrinterStanding) -> LocalizedText {
        standing == .noPaper
            ? LocalizedText("打印机没纸了", en: "the printer is out of paper")
            : LocalizedText("打印机没开或坏了", en: "the printer is off or broken")
    }
}
