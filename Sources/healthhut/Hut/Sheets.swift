// Lists on paper: made from today's list, kept as a fact before they leave the hut, and typed back by line number the next
// morning. A printed number means one resident of that sheet for ever.

import FollowUpRules
import Kiosk
import Ledger
import Settings
import Vitals

extension Hut {
    /// A tick *will come* or *wants a visit* is a promise for so many days later (our own choice).
    private static let tickedFor = 7

    /// Today's list as it would leave the hut now.
    func sendCallSheet(_ kind: SheetKind, by session: StaffSession, at id: String) async {
        do {
            tellStaff(at: id, .desk(.callSheet(try await callSheet(kind, by: session))))
        } catch {
            cannotRead("a list for paper", error, at: id)
        }
    }

    private func callSheet(_ kind: SheetKind, by session: StaffSession) async throws(LedgerError) -> CallSheet {
        // Whoever asked for this kind of help herself stands on its sheet, whatever the rules say of her.
        let asked = try await askedFor(kind == .calls ? .call : .homeVisit)
        var visited = kind == .visits ? Set(asked.keys) : []
        if kind == .visits {
            for (key, promise) in try await ledger.promises(until: today) where promise.kind == .homeVisit {
                visited.insert(key)
            }
        }
        var rows: [CallSheetRow] = []
        for row in try await worklist().rows {
            guard case .resident(let key) = row.subject, kind == .calls || visited.remove(key) != nil,
                let entry = try await ledger.roster(key)
            else { continue }
            rows.append(try await sheetRow(entry, why: asked[key].map { $0.before(row.why) } ?? row.why, due: row.due))
        }
        // Promised or asked for, and nothing else is owed.
        let listed = Set(rows.map(\.line.resident))
        for key in visited.union(asked.keys).subtracting(listed).sorted() {
            guard let entry = try await ledger.roster(key) else { continue }
            rows.append(try await sheetRow(entry, why: asked[key] ?? HutPhrase.visitPromised, due: today))
        }
        return CallSheet(
            number: try await ledger.sheetCount() + 1, kind: kind, day: today, hutName: configuration.settings.hut.name,
            by: session.name, rows: CallSheet.numbered(rows, for: kind))
    }

    /// Who has asked for this and was not answered, with since when; the oldest request of each.
    private func askedFor(_ wanted: ResidentRequest) async throws(LedgerError) -> [ResidentKey: LocalizedText] {
        var asked: [ResidentKey: LocalizedText] = [:]
        for request in try await ledger.requests() where request.request == wanted && asked[request.resident] == nil {
            guard let entry = try await ledger.roster(request.resident), entry.status == .here else { continue }
            let (_, month, day) = offset.day(of: request.at).date
            asked[entry.key] = HutPhrase.asked(wanted, on: "\(month)-\(day)", byHerself: request.enteredBy == nil)
        }
        return asked
    }

    private func sheetRow(_ entry: RosterEntry, why: LocalizedText, due: LocalDay?) async throws(LedgerError)
        -> CallSheetRow
    {
        let latest = try await ledger.latestReadings(of: entry.key, limit: 20)
        let readings = latest.compactMap { recorded in
            recorded.cuffText.map { text in
                let (_, month, day) = offset.day(of: recorded.reading.measuredAt).date
                return "\(month.padded(2))-\(day.padded(2)) \(text)"
            }
        }
        return CallSheetRow(
            line: CallSheetLine(number: 0, resident: entry.key), hutNumber: entry.resident.number,
            name: entry.resident.name, sex: entry.resident.sex, age: entry.resident.age(on: today),
            phone: entry.resident.phone, building: entry.resident.building, why: why, due: due,
            lastReadings: Array(readings.prefix(3)))
    }

    /// The newest sheet that left the hut, under its number and in its order, with what is known today: paper jams, and a
    /// sheet gets wet.
    func sendLastSheet(_ kind: SheetKind, by session: StaffSession, at id: String) async {
        do {
            guard let printed = try await ledger.sheet(nil) else {
                return tellStaff(at: id, .failed(HutPhrase.noSheetYet))
            }
            var why: [ResidentKey: WorklistRow] = [:]
            for row in try await worklist().rows {
                if case .resident(let key) = row.subject { why[key] = row }
            }
            var rows: [CallSheetRow] = []
            for (place, key) in printed.residents.enumerated() {
                guard let entry = try await ledger.roster(key) else { continue }
                var row = try await sheetRow(entry, why: why[key]?.why ?? HutPhrase.nothingOpen, due: why[key]?.due)
                row.line.number = place + 1
                rows.append(row)
            }
            let sheet = CallSheet(
                number: printed.number, kind: kind, day: printed.day, hutName: configuration.settings.hut.name,
                by: session.name, rows: rows)
            tellStaff(at: id, .desk(.callSheet(sheet)))
        } catch {
            cannotRead("a printed list", error, at: id)
        }
    }

    // MARK: out of the hut

    /// To the printer, or as a file for a spreadsheet.
    func putOut(_ sheet: CallSheet, export: Bool, by staff: StaffKey, at id: String) {
        guard export else { return putOnPaper(sheet, by: staff, at: id) }
        let folder = Hut.folder(of: configuration.settings.ledger)
        work { hut in
            if let refusal = await hut.keep(sheet, by: staff) { return hut.tellStaff(at: id, .failed(refusal)) }
            let path = "\(folder)/sheet-\(sheet.number)-\(sheet.day.iso).csv"
            do throws(CommandError) {
                try writeWhole(path, Array(sheet.csv(.chinese).utf8))
                hut.tellStaff(at: id, .saved(HutPhrase.written(path)))
            } catch {
                log(.error, "a list could not be written: \(error.message)")
                hut.tellStaff(at: id, .failed(HutPhrase.cannotWrite))
            }
        }
    }

    /// Paper cannot be taken back: the sheet is a fact before it leaves. One that left already keeps its number, as long as
    /// its lines mean whom they meant. nil: it may leave; else why not.
    func keep(_ sheet: CallSheet, by staff: StaffKey) async -> LocalizedText? {
        let residents = sheet.rows.map(\.line.resident)
        do throws(LedgerError) {
            if try await ledger.sheetCount() >= sheet.number {
                let printed = try await ledger.sheet(sheet.number)
                let isSame = printed?.day == sheet.day && printed?.residents == residents
                return isSame ? nil : HutPhrase.otherSheet
            }
        } catch {
            log(.error, "a list for paper cannot be read: \(error.message); hint: \(error.hint)")
            return HutPhrase.ledgerFailed
        }
        let isKept = await append([.sheetPrinted(sheet.day, residents, by: staff)]) != nil
        return isKept ? nil : HutPhrase.goneAlready
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    // MARK: typed back

    /// A printed sheet with what was typed of it already; nil: the newest.
    func sendSheet(_ number: Int?, at id: String) {
        work { hut in
            do throws(LedgerError) {
                hut.tellStaff(at: id, .sheet(try await hut.visitsOut(number)))
            } catch {
                hut.cannotRead("a printed list", error, at: id)
            }
        }
    }

    private func visitsOut(_ number: Int?) async throws(LedgerError) -> VisitsOutSheet? {
        guard let sheet = try await ledger.sheet(number) else { return nil }
        var lines: [VisitsOutLine] = []
        for (place, key) in sheet.residents.enumerated() {
            guard let history = try await ledger.history(of: key, now: now.hut, offset: offset) else { continue }
            let before = pressures(of: history).first { $0.day < sheet.day }?.value
            let resident = history.resident
            lines.append(
                VisitsOutLine(
                    line: CallSheetLine(number: place + 1, resident: key), name: resident.name, sex: resident.sex,
                    age: resident.age(on: today),
                    diseases: followedDiseases(of: history, policy: policy, now: now.hut, offset: offset),
                    policy: formPolicy(for: resident, history.marks),
                    lastValue: before.map { "\($0.systolic.value)/\($0.diastolic.value)" },
                    done: try await typed(history, since: sheet)))
        }
        return VisitsOutSheet(number: sheet.number, day: sheet.day, lines: lines)
    }

    /// What stands typed of a line: the follow-up of the sheet's day, else the first after it, or a call since it was
    /// printed.
    private func typed(_ history: ResidentHistory, since sheet: PrintedSheet) async throws(LedgerError)
        -> LocalizedText?
    {
        let since = history.followUps.filter { $0.recordedAt >= sheet.printedAt && $0.record.day >= sheet.day }
        if let followUp = since.first(where: { $0.record.day == sheet.day }) ?? since.first {
            return HutPhrase.typedBack(followUp.record)
        }
        guard let call = try await ledger.calls(to: history.key, limit: 1).first, call.at >= sheet.printedAt else {
            return nil
        }
        return HutPhrase.called(call.result)
    }

    /// A tick that was typed back: a call, and a promise where one was given.
    func tick(_ tick: SheetTick, _ line: CallSheetLine, of sheet: Int, by staff: StaffKey, at id: String) {
        let key = line.resident
        work { hut in
            do throws(LedgerError) {
                let why = Fact.careTaken(key, by: staff, reason: HutPhrase.fromSheet(sheet, line.number))
                let promised = tick.promises.map {
                    Fact.promised(key, $0, hut.today + Hut.tickedFor, by: staff)
                }
                let called = try await hut.call(key, tick.result, by: staff)
                hut.act([why] + called + (promised.map { [$0] } ?? []), about: [key], at: id)
            } catch {
                hut.cannotRead("what was promised", error, at: id)
            }
        }
    }
}

extension SheetTick {
    fileprivate var result: CallResult {
        switch self {
        case .noAnswer: .noAnswer
        case .wrongNumber: .wrongNumber
        case .spoken, .comes, .homeVisit: .spoken
        }
    }

    fileprivate var promises: PromiseKind? {
        switch self {
        case .comes: .comeBack
        case .homeVisit: .homeVisit
        case .noAnswer, .spoken, .wrongNumber: nil
        }
    }
}

extension LocalizedText {
    /// `自己留言请上门 11-21；随访到期`.
    fileprivate func before(_ other: LocalizedText) -> LocalizedText {
        LocalizedText("\(chinese)；\(other.chinese)", en: "\(english); \(other.english)")
    }
}
