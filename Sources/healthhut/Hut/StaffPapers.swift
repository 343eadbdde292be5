// What a staff screen prints: call sheets, a piece after the other, and the slip of a follow-up. A sheet is a fact before
// its first line is on paper; what the printer did is said to who asked, with the number under which it is printed again.

import DeviceLink
import Kiosk
import Ledger
import Vitals

/// A call sheet on its way to paper.
struct SheetOnPaper: Sendable {
    var number: Int
    var printer: InstrumentID
    /// The pieces that are not out yet, the next first; and how many there are in all.
    var left: [Slip]
    var count: Int
}

extension Hut {
    /// The printer whose paper a staff screen's nurse can reach: her desk's or her station's own; else the hut's first one
    /// that works, or the first.
    private func staffPrinter(at id: String) -> InstrumentLine? {
        let printers = instruments.values.filter { $0.profile.kind == .printer }
            .sorted { $0.manner.id.rawValue < $1.manner.id.rawValue }
        return printers.first { $0.desk == id || $0.manner.station?.rawValue == id }
            ?? printers.first { standing(of: $0) == .ready } ?? printers.first
    }

    /// Puts the sheet on paper. A printer that cannot is said before anything is recorded: no number is used up.
    func putOnPaper(_ sheet: CallSheet, by staff: StaffKey, at id: String) {
        guard let printer = staffPrinter(at: id), let paper = printer.paper ?? printer.profile.print?.paper else {
            return sheetStays(sheet.number, HutPhrase.noPrinter, at: id)
        }
        guard output.sheets[id] == nil else { return sheetStays(sheet.number, HutPhrase.stillPrinting, at: id) }
        let standing = standing(of: printer)
        guard standing == .ready else {
            return sheetStays(
                sheet.number, HutPhrase.notPrinted(standing, sheet: sheet.number, left: nil), at: id)
        }
        let slips = sheet.slips(columns: paper.columns, configuration.settings.hut.languages.first ?? .chinese)
        output.sheets[id] = SheetOnPaper(
            number: sheet.number, printer: printer.manner.id, left: slips, count: slips.count)
        work { hut in
            if let refusal = await hut.keep(sheet, by: staff) {
                hut.output.sheets[id] = nil
                return hut.sheetStays(sheet.number, refusal, at: id)
            }
            await hut.printNextPiece(at: id)
        }
    }

    private func sheetStays(_ number: Int, _ why: LocalizedText, at id: String) {
        tellStaff(at: id, .desk(.paper(.sheet(number, isOut: false), why)))
    }

    private func printNextPiece(at id: String) async {
        guard let sheet = output.sheets[id], let piece = sheet.left.first else { return }
        guard let printer = instruments[sheet.printer], let print = printer.profile.print else {
            return sheetEnded(.failed(.lineDown), at: id)
        }
        let bytes = await self.bytes(of: piece, printer.paper ?? print.paper, print.characters)
        put(.slip(bytes), on: sheet.printer, for: .sheet(place: id))
    }

    /// A piece of a sheet is out, or not.
    func sheetEnded(_ result: OutputResult, at id: String) {
        guard var sheet = output.sheets[id] else { return }
        if result == .done {
            sheet.left.removeFirst()
            output.sheets[id] = sheet
            guard sheet.left.isEmpty else { return work { await $0.printNextPiece(at: id) } }
        }
        output.sheets[id] = nil
        let text: LocalizedText
        switch result {
        case .done: text = HutPhrase.printed(sheet.number, at: instruments[sheet.printer]?.manner.station)
        case .unknown: text = HutPhrase.mayBePrinted(sheet.number)
        case .failed(let trouble):
            let standing: PrinterStanding = trouble == .paperOut ? .noPaper : .off
            let left = sheet.left.count < sheet.count ? sheet.count - sheet.left.count + 1 : nil
            text = HutPhrase.notPrinted(standing, sheet: sheet.number, left: left)
        }
        tellStaff(at: id, .desk(.paper(.sheet(sheet.number, isOut: result == .done), text)))
    }

    // MARK: the slip of a follow-up

    /// The follow-up it tells of is on disk: the form asks only then.
    func putOnPaper(_ slip: Slip, at id: String) {
        guard let printer = staffPrinter(at: id), let print = printer.profile.print else {
            return tellStaff(at: id, .desk(.paper(.slip, HutPhrase.noPrinter)))
        }
        work { hut in
            let bytes = await hut.bytes(of: slip, printer.paper ?? print.paper, print.characters)
            hut.put(.slip(bytes), on: printer.manner.id, for: .staffSlip(place: id, printer.manner.id))
        }
    }

    /// The slip of a follow-up is out, or not.
    func staffSlipEnded(_ result: OutputResult, from printer: InstrumentID, at id: String) {
        let text: LocalizedText
        switch result {
        case .done: text = HutPhrase.slipPrinted(at: instruments[printer]?.manner.station)
        case .unknown: text = HutPhrase.slipMayBePrinted
        case .failed(.paperOut): text = HutPhrase.slipNotPrinted(.noPaper)
        case .failed: text = HutPhrase.slipNotPrinted(.off)
        }
        tellStaff(at: id, .desk(.paper(.slip, text)))
    }
}
