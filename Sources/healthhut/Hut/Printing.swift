// Slips: asked for by a resident's key, made on a queue of their own, printed when the printer says that it can. Nothing
// waits for them: the screen goes on at once and says later what became of it.

import DeviceLink
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// How the printer of a station stands; nil where there is none.
    func printer(at station: StationID) -> PrinterStanding? {
        printerLine(at: station).map(standing(of:))
    }

    /// How a printer stands.
    func standing(of line: InstrumentLine) -> PrinterStanding {
        guard line.isOpen, line.conversation.health != .silent, line.conversation.health != .babbling else {
            return .off
        }
        switch line.conversation.trouble {
        case nil: return .ready
        case .paperOut?: return .noPaper
        case let trouble?: return trouble.isWarning ? .ready : .off
        }
    }

    /// K17 `4`.
    func printSlip(_ slip: Slip, at station: StationID) {
        guard let visit = places[station.rawValue]?.visit, let printer = printerLine(at: station),
            let print = printer.profile.print
        else { return tell(station, .slip(.off)) }
        let id = printer.manner.id
        let paper = printer.paper ?? print.paper
        work { hut in
            // Paper cannot be taken back: what was denied meanwhile, or never reached the disk, is not printed.
            guard await hut.areKept(slip.readings, for: visit) else { return hut.tell(station, .slip(.off)) }
            var slip = slip
            if !slip.invitation.isEmpty, visit.helper == .nobody, let resident = visit.resident {
                slip.code = await hut.newCode(for: resident)
            }
            let bytes = await hut.bytes(of: slip, paper, print.characters)
            hut.put(.slip(bytes), on: id, for: .slip(visit.id, station))
        }
    }

    /// The printer has done it, or not; the visit may be over by now.
    func slipEnded(_ result: OutputResult, of visit: VisitID, at station: StationID) {
        guard places[station.rawValue]?.visit?.id == visit else { return }
        switch result {
        case .done: tell(station, .slip(.printed))
        case .unknown: tell(station, .slip(.unknown))
        case .failed(.paperOut): tell(station, .slip(.noPaper))
        case .failed: tell(station, .slip(.off))
        }
    }

    /// A code for the slip that is being printed, its digest on disk before its letters are on paper. A slip whose code
    /// cannot be kept goes without: what was measured stands on it all the same.
    private func newCode(for resident: ResidentKey) async -> HutCode? {
        do throws(LedgerError) {
            let code = try await ledger.giveCode(to: resident, under: identityKey, by: nil, at: now.hut)
            await readOthers()
            return code
        } catch {
            log(.error, "a slip goes without its code: \(error.message); hint: \(error.hint)")
            return nil
        }
    }

    private func printerLine(at station: StationID) -> InstrumentLine? {
        instruments.values.first { $0.manner.station == station && $0.profile.kind == .printer }
    }

    private func areKept(_ readings: [FactSequence], for visit: VisitAtStation) async -> Bool {
        guard !readings.isEmpty else { return false }
        for sequence in readings {
            guard let recorded = (try? await ledger.reading(sequence)) ?? nil else { return false }
            switch recorded.owner {
            case .resident(_, let owner): guard owner == visit.id else { return false }
            case .unclaimed: guard visit.resident == nil else { return false }
            }
        }
        return true
    }

    /// The slip as one printer has it, made beside the hut's queue.
    func bytes(of slip: Slip, _ paper: PaperWidth, _ characters: PrinterCharacters) async -> [UInt8] {
        await withCheckedContinuation { done in
            output.press.async {
                let encoding = PrinterEncoding(characters)
                let (pictures, pinyin) = (
                    CharacterTable(CharacterTable.pictures), CharacterTable(CharacterTable.pinyin)
                )
                let printing = SlipPrinting(
                    paper: paper, encode: { encoding.bytes(of: $0) },
                    glyph: { pictures?[$0].flatMap { Glyph(hex: $0) } }, pinyin: { pinyin?[$0] })
                done.resume(returning: printing.bytes(of: slip))
            }
        }
    }
}
