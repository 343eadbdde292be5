// Everything about one resident in the order it happened, for whoever asks later what was done: with time, name, reason.

import Kiosk
import Ledger
import Vitals

extension Hut {
    /// One page of a resident's history, the newest first.
    func sendChronicle(of key: ResidentKey, before: FactSequence?, at id: String) async {
        do {
            let entries = try await ledger.chronicle(of: key, before: before, limit: ChronicleLine.perPage)
            tellStaff(at: id, .desk(.chronicle(key, before: before, entries.map(line(of:)))))
        } catch {
            cannotRead("a history", error, at: id)
        }
    }

    private func line(of entry: ChronicleEntry) -> ChronicleLine {
        ChronicleLine(
            sequence: entry.sequence, at: entry.at, about: entry.fact.day(besides: offset.day(of: entry.at)),
            what: FactWords.words(for: entry.fact), by: entry.by.map(name(of:)), reason: entry.reason)
    }
}

extension Fact {
    /// The day that it is about, where that is another than the one on which it was recorded.
    fileprivate func day(besides recorded: LocalDay) -> LocalDay? {
        let day: LocalDay? =
            switch self {
            case .followUpRecorded(let record, _): record.day
            case .residentMarked(_, _, _, let day, _): day
            case .examItem(_, _, let day, _), .examSigned(_, let day, _): day
            case .promised(_, _, let day, _): day
            case .sheetPrinted(let day, _, _): day
            default: nil
            }
        return day == recorded ? nil : day
    }
}
