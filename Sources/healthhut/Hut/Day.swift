// The end of a day on one page, the machines for who looks after them, and who looked at what.

import FollowUpRules
import Glibc
import Kiosk
import Ledger
import Vitals

// The ledger has lines of this name too; these are the screen's.
import struct Kiosk.AuditLine

extension Hut {
    /// How far back an audit page looks for its next line (our own choice).
    private static let auditDays = 400

    func sendDay(_ day: LocalDay, at id: String) async {
        do {
            tellStaff(at: id, .desk(.day(try await dayPage(day))))
        } catch {
            cannotRead("a day", error, at: id)
        }
    }

    private func dayPage(_ day: LocalDay) async throws(LedgerError) -> DayPage {
        let report = try await ledger.report(of: day, offset: offset)
        var page = DayPage(
            day: day, measured: report.measured,
            stored: report.stored.values.reduce(0, +) + report.samples + report.followUps, sent: report.sent,
            // At the end of a day everything that waits is of interest, from whichever day.
            unclaimed: day == today ? try await ledger.unclaimedCount() : report.unclaimed)
        page.refused = report.refused.map { DayPage.Item(who: HutPhrase.times($1), why: $0.words) }
            .sorted { $0.why.chinese < $1.why.chinese }
        if report.parked > 0 {
            page.refused.append(DayPage.Item(who: HutPhrase.times(report.parked), why: HutPhrase.refusedByDistrict))
        }
        page.didNotCome = try await didNotCome(report.missed)
        page.examMissing = try await examMissing(on: day)
        page.seenBy = report.lookers.map { look in
            let time = offset.civil(of: look.first)
            return "\(name(of: look.staff)) \(time.hour.padded(2)):\(time.minute.padded(2))"
        }
        return page
    }

    /// Once a person, with everything that was due or promised; a promise and the flag that recalls it are one thing.
    private func didNotCome(_ missed: [DayReport.Missed]) async throws(LedgerError) -> [DayPage.Item] {
        var items: [(key: ResidentKey, item: DayPage.Item)] = []
        for one in missed {
            guard let entry = try await ledger.roster(one.resident) else { continue }
            var why = one.promise.map { HutPhrase.promised($0.kind) } ?? HutPhrase.wasDue
            let place = items.lastIndex { $0.key == entry.key }
            if let id = one.flag, let flag = try await ledger.flag(id) {
                // The promises of a resident come before her flags.
                let isPromised = missed.contains { $0.resident == one.resident && $0.promise != nil }
                if isPromised, flag.draft.rule == Hut.promisedDay { continue }
                why = flag.sentence
            }
            guard let place else {
                items.append((entry.key, DayPage.Item(who: words(for: entry), why: why)))
                continue
            }
            let before = items[place].item.why
            guard !before.chinese.contains(why.chinese) else { continue }
            items[place].item.why = LocalizedText(
                "\(before.chinese)；\(why.chinese)", en: "\(before.english); \(why.english)")
        }
        return items.map(\.item)
    }

    /// The rule that brings a promised day to the list.
    private static let promisedDay: RuleID = "FU-06"

    // MARK: the machines

    func sendStatus(at id: String) async {
        do {
            tellStaff(at: id, .desk(.hutStatus(try await hutStatus())))
        } catch {
            cannotRead("the state of the hut", error, at: id)
        }
    }

    private func hutStatus() async throws(LedgerError) -> HutStatus {
        let statuses = instruments.values.map {
            InstrumentStatus(
                instrument: $0.manner.id, vital: $0.manner.vital, reads: $0.profile.kind.reads, state: $0.state)
        }
        let troubles = deviceRows().compactMap { row in
            row.trouble.map {
                LocalizedText(
                    "\(row.instrument.rawValue) \($0.chinese)", en: "\(row.instrument.rawValue): \($0.english)")
            }
        }
        // Of clocks, calibrations and silences: about machines, never about a resident.
        let doubts = try await ledger.openFlags { [.clock, .instrument, .silence].contains($1) }.map(\.sentence)
        return HutStatus(
            version: HealthHut.version,
            instruments: statuses.sorted { $0.instrument.rawValue < $1.instrument.rawValue },
            unsent: try await unsent(), parked: try await ledger.parkedUploads(limit: 999).count,
            freeMegabytes: freeMegabytes(beside: configuration.settings.ledger),
            newestFact: try await ledger.newestTime(),
            warnings: (pending.closed == nil ? [] : [HutPhrase.closed])
                + (clockIsTrusted ? [] : [HutPhrase.clockIsWrong]) + troubles + doubts)
    }

    private func freeMegabytes(beside path: String) -> Int? {
        var space = statvfs()
        guard statvfs(path, &space) == 0 else { return nil }
        return Int(UInt64(space.f_bavail) * UInt64(space.f_frsize) / 1_048_576)
    }

    // MARK: the audit

    /// One page of looks and changes, the newest first: who, when, what kind, never a value.
    func sendAudit(before: FactSequence?, at id: String) async {
        do {
            let lines = try await auditLines(before: before)
            tellStaff(at: id, .desk(.audit(before: before, lines)))
        } catch {
            cannotRead("the audit", error, at: id)
        }
    }

    /// The ledger reads an audit forwards; so it is read day by day, each turned round.
    private func auditLines(before: FactSequence?) async throws(LedgerError) -> [AuditLine] {
        var newest = today
        if let before,
            let fact = try await ledger.facts(after: FactSequence(rawValue: before.rawValue - 1), limit: 1).first
        {
            newest = offset.day(of: fact.recordedAt)
        }
        var lines: [AuditLine] = []
        for back in 0..<Hut.auditDays where lines.count < AuditLine.perPage {
            let day = newest + (-back)
            let all = try await ledger.auditTrail(
                from: offset.start(of: day), to: offset.start(of: day + 1), limit: .max)
            for line in all.reversed() where before.map({ line.sequence < $0 }) ?? true {
                lines.append(
                    AuditLine(
                        sequence: line.sequence, at: line.at, by: line.by.map(name(of:)) ?? HutPhrase.command.chinese,
                        what: FactWords.kind(line.kind)))
            }
        }
        return Array(lines.prefix(AuditLine.perPage))
    }
}

extension DayReport.Refusal {
    /// Why nothing stands, for the end of the day.
    fileprivate var words: LocalizedText {
        switch self {
        case .noValue: LocalizedText("机器没给出数", en: "no value from the instrument")
        case .fault: LocalizedText("没量成", en: "the measurement failed")
        case .implausible: LocalizedText("数不可能，没收", en: "an impossible value")
        case .wrongFormat: LocalizedText("机器设成了别的格式", en: "the instrument is set to another format")
        case .discarded: LocalizedText("护士作废", en: "discarded by a nurse")
        case .corrected: LocalizedText("重新解读后不是数", en: "no reading after all")
        case .withoutRecord: LocalizedText("访客不留记录", en: "a guest who keeps nothing")
        }
    }
}
