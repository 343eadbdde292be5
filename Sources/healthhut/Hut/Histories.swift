// Everything about one resident in the order it happened, for whoever asks later what was done: with time, name, reason.

import Kiosk
import Ledger
import Vitals

extension Hut {
    /// A history is a look at the record, also where her page was not opened before it.
    func lookBack(at key: ResidentKey, before: FactSequence?, by session: StaffSession, at id: String) {
        let isNew = session.resident != key && session.form != key
        if isNew { places[id]?.staff?.opened(key) }
        work { hut in
            if isNew { await hut.append([.recordSeen(key, by: session.key, place: id)]) }
            await hut.sendChronicle(of: key, before: before, at: id)
        }
    }

    /// One page of a resident's history, the newest first.
    private func sendChronicle(of key: ResidentKey, before: FactSequence?, at id: String) async {
        do {
            var lines: [ChronicleLine] = []
            for entry in try await ledger.chronicle(of: key, before: before, limit: ChronicleLine.perPage) {
                lines.append(try await line(of: entry))
            }
            tellStaff(at: id, .desk(.chronicle(key, before: before, lines)))
        } catch {
            cannotRead("a history", error, at: id)
        }
    }

    private func line(of entry: ChronicleEntry) async throws(LedgerError) -> ChronicleLine {
        var what = FactWords.words(for: entry.fact)
        var reason = entry.reason
        // One of five reasons, which stands among the details in both languages.
        if case .readingDiscarded(_, _, _, let note) = entry.fact, note.isEmpty { reason = nil }
        if let details = try await details(of: entry) { what = FactWords.with(what, details) }
        return ChronicleLine(
            sequence: entry.sequence, at: entry.at, about: entry.fact.day(besides: offset.day(of: entry.at)),
            what: what, by: entry.by.map(name(of:)), reason: reason)
    }

    /// What a fact says only by a key: the value that changed hands, the other line, what of a line was changed.
    private func details(of entry: ChronicleEntry) async throws(LedgerError) -> LocalizedText? {
        switch entry.fact {
        case .residentChanged(_, let resident):
            return entry.before.map { FactWords.change(from: $0, to: resident) }
        case .residentsMerged(let first, let second, _, _), .residentsUnmerged(let first, let second, _, _):
            let (first, second) = (try await numbered(first), try await numbered(second))
            return LocalizedText("\(first) / \(second)", en: "\(first) / \(second)")
        case .readingMoved(let reading, let from, let to, _, _):
            let (from, to) = (try await numbered(from), try await numbered(to))
            let value = try await value(reading)
            return LocalizedText("\(value.chinese) \(from) > \(to)", en: "\(value.english) \(from) > \(to)")
        case .readingClaimed(let reading, _, _, _), .readingReturned(let reading, _, _),
            .readingConfirmed(let reading, _), .readingDenied(let reading, _):
            return try await value(reading)
        case .readingDiscarded(let reading, let reason, _, _):
            let (value, why) = (try await value(reading), StaffWords.reason(reason))
            return LocalizedText("\(value.chinese) \(why.chinese)", en: "\(value.english) \(why.english)")
        default: return nil
        }
    }

    /// `047 张桂芳`: the line itself, also one that was merged since.
    private func numbered(_ key: ResidentKey) async throws(LedgerError) -> String {
        guard let resident = try await ledger.roster(key)?.resident else { return "?" }
        return "\(resident.number) \(resident.name)"
    }

    private func value(_ reading: FactSequence) async throws(LedgerError) -> LocalizedText {
        let fact = try await ledger.facts(after: FactSequence(rawValue: reading.rawValue - 1), limit: 1).first?.fact
        guard case .reading(let reading, _)? = fact else { return LocalizedText("?", en: "?") }
        return StaffWords.value(reading.vital)
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
