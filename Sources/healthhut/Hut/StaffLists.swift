// What the ledger knows, as the nurse's screens want it: the worklist, one resident, the unclaimed, the alerts.
// Derived when read; nothing leaves a list except by a rule or by a named person.

import FollowUpRules
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// One row a resident: severity, then due date, then name; with what is hidden and why.
    func worklist() async throws(LedgerError) -> Worklist {
        let today = self.today
        var list = Worklist(
            unclaimed: try await ledger.unclaimedCount(), requests: try await ledger.requests().count,
            unsent: try await ledger.unsentCount(upTo: 999),
            newcomers: try await ledger.waitingForConfirmation().count, dataUpTo: try await ledger.newestTime())
        var rows: [FlagSubject: WorklistRow] = [:]
        for flag in try await ledger.openFlags() where flag.draft.severity > .info {
            if let from = flag.draft.listedFrom, from > today {
                list.hiddenNotYetListed += 1
                continue
            }
            guard let row = try await row(of: flag) else { continue }
            guard let known = rows[flag.draft.subject] else {
                rows[flag.draft.subject] = row
                continue
            }
            if row.comes(before: known) { rows[flag.draft.subject] = row }
        }
        list.rows = rows.values.sorted { $0.comes(before: $1) }
        return list
    }

    private func row(of flag: Flag) async throws(LedgerError) -> WorklistRow? {
        let sentence = flag.evidence.last?.sentence ?? flag.draft.evidence.sentence
        let taker = flag.takenBy.flatMap { staffNames[$0] }
        var row = WorklistRow(
            subject: .reading(flag.id), flag: flag.id, severity: flag.draft.severity, name: nil, why: sentence,
            due: flag.draft.due, takenBy: taker)
        switch flag.draft.subject {
        case .resident(let key):
            guard let entry = try await ledger.roster(key) else { return nil }
            let latest = try await ledger.latestReadings(of: key, limit: 20)
            row.subject = .resident(key)
            (row.name, row.sex, row.phone) = (entry.resident.name, entry.resident.sex, entry.resident.phone)
            row.age = entry.resident.birth.map { today.fullYears(since: $0) }
            row.lastValue = latest.lazy.compactMap(\.cuffText).first
        case .reading(let sequence):
            row.subject = .reading(sequence)
            row.lastValue = try await ledger.reading(sequence)?.cuffText
        case .station(let station): row.subject = .station(station)
        case .band(let band): row.subject = .band(band)
        }
        return row
    }

    /// Everything about one resident that her screen shows.
    func residentCard(_ key: ResidentKey) async throws(LedgerError) -> ResidentCard? {
        guard let entry = try await ledger.roster(key) else { return nil }
        let flags = try await ledger.flags(of: key, endedLimit: 10)
        let latest = try await ledger.latestReadings(of: key, limit: 30)
        let (systolic, diastolic) = FollowUpRules.limit(of: entry.resident, on: today, policy: policy)
        let bands = try await ledger.pairings().filter { $0.resident == key && $0.until == nil }.map(\.band)
        return ResidentCard(
            key: key, resident: entry.resident, status: entry.status,
            age: entry.resident.birth.map { today.fullYears(since: $0) },
            limit: "\(systolic.value)/\(diastolic.value)",
            openFlags: flags.filter { $0.ended == nil }.map(line(of:)),
            endedFlags: flags.filter { $0.ended != nil }.map(line(of:)), readings: latest.map(ReadingRow.init),
            bands: bands)
    }

    private func line(of flag: Flag) -> ResidentCard.FlagLine {
        ResidentCard.FlagLine(
            id: flag.id, rule: flag.draft.rule, severity: flag.draft.severity,
            sentence: flag.evidence.last?.sentence ?? flag.draft.evidence.sentence, raisedAt: flag.raisedAt,
            due: flag.draft.due, takenBy: flag.takenBy.flatMap { staffNames[$0] }, end: flag.ended.map(words(for:)))
    }

    private func words(for end: FlagEnd) -> LocalizedText {
        switch end {
        case .byRule(let why, _): why
        case .byPerson(let staff, let action, _, _, _):
            HutPhrase.ended(action, by: staffNames[staff] ?? "?")
        }
    }

    /// The unclaimed readings with whom their hint points at.
    func unclaimedRows() async throws(LedgerError) -> [UnclaimedRow] {
        var rows: [UnclaimedRow] = []
        for recorded in try await ledger.unclaimed(limit: 200) {
            guard case .unclaimed(let reason, let hint) = recorded.owner else { continue }
            var hinted: Candidate?
            if let entry = try await entry(of: hint) { hinted = await candidate(entry) }
            rows.append(
                UnclaimedRow(
                    reading: ReadingRow(recorded), reason: reason, station: recorded.reading.station, hinted: hinted))
        }
        return rows
    }

    private func entry(of hint: Hint?) async throws(LedgerError) -> RosterEntry? {
        switch hint {
        case .number(let number): return try await ledger.roster(number: number)
        case .visit(let visit):
            let before = FactSequence(rawValue: visit.rawValue - 1)
            guard
                case .visitOpened(_, .resident(let key), _) = try await ledger.facts(after: before, limit: 1).first?
                    .fact
            else { return nil }
            return try await ledger.roster(key)
        case nil: return nil
        }
    }

    /// Somebody with the last three values beside the name.
    func candidate(_ entry: RosterEntry) async -> Candidate {
        let latest = (try? await ledger.latestReadings(of: entry.key, limit: 20)) ?? []
        return Candidate(
            key: entry.key, number: entry.resident.number, name: entry.resident.name, sex: entry.resident.sex,
            age: entry.resident.birth.map { today.fullYears(since: $0) },
            lastValues: Array(latest.compactMap(\.cuffText).prefix(3)))
    }

    /// What must be seen on every staff screen: critical flags, station alerts, calls for help, bands in distress.
    func staffAlerts() async throws(LedgerError) -> [StaffAlert] {
        var alerts: [StaffAlert] = []
        for flag in try await ledger.openFlags(where: isAlert) {
            var who: String?
            var subject = WorklistRow.Subject.reading(flag.id)
            var station: StationID?
            switch flag.draft.subject {
            case .resident(let key):
                subject = .resident(key)
                if let entry = try await ledger.roster(key) { who = words(for: entry) }
                station = places.values.first { $0.visit?.resident == key }?.station
            case .station(let place): (subject, station) = (.station(place), place)
            case .band(let band): subject = .band(band)
            case .reading(let sequence): subject = .reading(sequence)
            }
            alerts.append(
                StaffAlert(
                    flag: flag.id, subject: subject, rule: flag.draft.rule, severity: flag.draft.severity,
                    at: flag.raisedAt, station: station, who: who,
                    sentence: flag.evidence.last?.sentence ?? flag.draft.evidence.sentence,
                    takenBy: flag.takenBy.flatMap { staffNames[$0] }))
        }
        return alerts.sorted { ($0.severity, $1.at) > ($1.severity, $0.at) }
    }

    /// `李国强 男 78岁 052号`, for staff screens only.
    private func words(for entry: RosterEntry) -> String {
        let age = entry.resident.birth.map { " \(today.fullYears(since: $0))岁" } ?? ""
        let sex = entry.resident.sex.map { $0 == .male ? " 男" : " 女" } ?? ""
        return "\(entry.resident.name)\(sex)\(age) \(entry.resident.number)号"
    }
}

extension Flag {
    /// Rings on every staff screen until a named person takes it.
    var isAlert: Bool { draft.isAlert }
}

extension FlagDraft {
    /// Rings on every staff screen until a named person takes it.
    var isAlert: Bool { healthhut.isAlert(severity, rule) }
}

/// Whether a flag of this severity and rule rings on every staff screen.
@Sendable private func isAlert(_ severity: Severity, _ rule: RuleID) -> Bool {
    severity == .critical || [RuleID.station, RuleID.help, RuleID.bandSignal].contains(rule)
}

extension WorklistRow {
    /// The order of the worklist: severity, then due date, then name.
    fileprivate func comes(before other: WorklistRow) -> Bool {
        if severity != other.severity { return severity > other.severity }
        if due != other.due {
            return (due ?? LocalDay(daysSince1970: .max)) < (other.due ?? LocalDay(daysSince1970: .max))
        }
        return (name ?? "", flag) < (other.name ?? "", other.flag)
    }
}

extension RecordedReading {
    /// `138/82`; nil for anything but a cuff's.
    fileprivate var cuffText: String? {
        guard case .bloodPressure(let pressure) = reading.vital else { return nil }
        return "\(pressure.systolic.value)/\(pressure.diastolic.value)"
    }
}
