// What the ledger knows, as the nurse's screens want it: the worklist, one resident, the unclaimed, the alerts.
// Derived when read; nothing leaves a list except by a rule or by a named person.

import FollowUpRules
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// A visit that has been active for so long that somebody should look (nurse-screens, *Also*).
    private static let sitsLong: Duration = .seconds(1_800)

    /// One row a resident: severity, then due date, then name; with what is hidden and why.
    func worklist() async throws(LedgerError) -> Worklist {
        let lines = try await ledger.worklist(today: today)
        var list = Worklist(
            hiddenMoved: lines.gone[.moved] ?? 0, hiddenDead: lines.gone[.dead] ?? 0,
            hiddenNotYetListed: lines.notYetListed, unclaimed: try await ledger.unclaimedCount(),
            requests: try await ledger.requests().count, unsent: try await unsent(),
            newcomers: try await ledger.waitingForConfirmation().count, dataUpTo: newestReading)
        (list.hiddenLost, list.hiddenEnded) = (lines.gone[.lost] ?? 0, lines.gone[.ended] ?? 0)
        list.hiddenNew = try await waitingForFirstDate(besides: lines.subjects).count
        list.countersigns = try await ledger.countersignCount()
        list.sitting = try await stillSitting()
        list.rows.reserveCapacity(lines.lines.count)
        for line in lines.lines { list.rows.append(try await row(of: line)) }
        list.rows = try await joined(list.rows, lines.lines)
        return list
    }

    private func row(of line: WorklistLine) async throws(LedgerError) -> WorklistRow {
        let flag = line.flag
        var row = WorklistRow(
            subject: .reading(flag.id), flag: flag.id, severity: flag.draft.severity, name: nil,
            why: sentence(of: flag),
            due: flag.shownDue(offset: offset),
            takenBy: flag.takenBy.flatMap { staffNames[$0] })
        row.lastValue = line.pressure.map { "\($0.systolic.value)/\($0.diastolic.value)" }
        row.tries = line.tries
        switch flag.draft.subject {
        case .resident(let key): row.subject = .resident(key)
        case .reading(let sequence):
            row.subject = .reading(sequence)
            row.lastValue = try await ledger.reading(sequence)?.cuffText
        case .station(let station):
            row.subject = .station(station)
            if let reading = flag.evidence.last?.readings.last {
                row.lastValue = try await ledger.reading(reading)?.cuffText
            }
            // An instrument or the hut itself, whose number is not a booth's (DQ-02 to DQ-04).
            if places[station.rawValue] == nil { row.name = station.rawValue }
        case .band(let band): row.subject = .band(band)
        }
        if let resident = line.entry?.resident {
            (row.name, row.sex, row.phone, row.team) = (resident.name, resident.sex, resident.phone, resident.team)
            row.age = resident.age(on: today)
        }
        return row
    }

    /// What waits for the district, 999 at most; nothing waits where nothing is to be sent.
    func unsent() async throws(LedgerError) -> Int {
        configuration.settings.upload.fhir == nil ? 0 : try await ledger.unsentCount(upTo: 999)
    }

    /// The newest reason; a station by its words, never by its id, which a value that was typed there carries as its
    /// instrument.
    private func sentence(of flag: Flag) -> LocalizedText {
        guard case .station(let station) = flag.draft.subject, places[station.rawValue] != nil else {
            return flag.sentence
        }
        let (id, words) = (station.rawValue, station.words)
        func named(_ text: String, _ word: String) -> String {
            let ends = [", \(id)", " \(id)"].first { text.hasSuffix($0) }
            return String(text.dropLast(ends?.count ?? 0)).replacing(id, with: word)
        }
        return LocalizedText(
            named(flag.sentence.chinese, words.chinese), en: named(flag.sentence.english, words.english))
    }

    private func stillSitting() async throws(LedgerError) -> [StillSitting] {
        var sitting: [StillSitting] = []
        for visit in try await ledger.openVisits() where visit.restingSince == nil {
            guard now.hut - visit.openedAt >= Hut.sitsLong else { continue }
            var who: LocalizedText?
            if let key = visit.owner.resident, let entry = try await ledger.roster(key) { who = words(for: entry) }
            sitting.append(StillSitting(station: visit.station, who: who, since: visit.openedAt))
        }
        return sitting
    }

    /// The unclaimed readings with whom their hint points at.
    func unclaimedRows() async throws(LedgerError) -> [UnclaimedRow] {
        var rows: [UnclaimedRow] = []
        for recorded in try await ledger.unclaimed(limit: 200) {
            guard case .unclaimed(let reason, let hint) = recorded.owner else { continue }
            var hinted: Candidate?
            if let entry = try await entry(of: hint) { hinted = await candidate(entry) }
            var row = UnclaimedRow(
                reading: ReadingRow(recorded), reason: reason, station: recorded.reading.station, hinted: hinted)
            row.band = recorded.reading.band
            rows.append(row)
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
    func candidate(_ entry: RosterEntry, withValues: Bool = true) async -> Candidate {
        let latest = withValues ? (try? await ledger.latestReadings(of: entry.key, limit: 20)) ?? [] : []
        var candidate = Candidate(
            key: entry.key, number: entry.resident.number, name: entry.resident.name, sex: entry.resident.sex,
            age: entry.resident.birth.map { today.fullYears(since: $0) },
            lastValues: Array(latest.compactMap(\.cuffText).prefix(3)))
        candidate.birth = entry.resident.birth
        candidate.phone = entry.resident.phone
        candidate.building = entry.resident.building
        let marks = withValues ? (try? await ledger.marks(of: entry.key)) ?? ResidentMarks() : ResidentMarks()
        candidate.conditions = marks.conditions(of: entry.resident, on: today)
        return candidate
    }

    /// What must be seen on every staff screen: critical flags, station alerts, calls for help, bands in distress.
    func staffAlerts() async throws(LedgerError) -> [StaffAlert] {
        var alerts: [StaffAlert] = []
        let open = try await ledger.openFlags(where: isAlert)
        for flag in open {
            let owner = try await owner(of: flag)
            // His own emergency rings already, or nothing does.
            let speaksFor = open.contains { own in
                own.draft.subject == owner.map(FlagSubject.resident) && own.shares(with: flag)
                    && (own.takenBy == nil || flag.takenBy != nil)
            }
            if speaksFor { continue }
            var who: LocalizedText?
            var subject = WorklistRow.Subject.reading(flag.id)
            var person: PersonInAlert?
            switch flag.draft.subject {
            case .resident(let key):
                subject = .resident(key)
                if let entry = try await ledger.roster(key) { who = words(for: entry) }
                person = try await aboutPerson(key, flag)
            case .station(let place):
                subject = .station(place)
                if let owner, let entry = try await ledger.roster(owner) {
                    (subject, who) = (.resident(owner), words(for: entry))
                    person = try await aboutPerson(owner, flag)
                }
            case .band(let band):
                subject = .band(band)
                person = try await aboutBand(band)
            case .reading(let sequence): subject = .reading(sequence)
            }
            var alert = StaffAlert(
                flag: flag.id, subject: subject, rule: flag.draft.rule, severity: flag.draft.severity,
                at: try await lastHeard(of: flag), station: station(of: flag), who: who, sentence: sentence(of: flag),
                takenBy: flag.takenBy.flatMap { staffNames[$0] })
            alert.isCallForHelp = flag.draft.rule == .bandSignal
            person?.write(to: &alert)
            alerts.append(alert)
        }
        return alerts.sorted { ($0.severity, $1.at) > ($1.severity, $0.at) }
    }

    /// When what an alert is about happened: the newest reading it rests on, for it rings again with each.
    private func lastHeard(of flag: Flag) async throws(LedgerError) -> HutTime {
        guard let sequence = flag.evidence.last?.readings.last,
            let reading = try await ledger.reading(sequence)?.reading
        else { return flag.raisedAt }
        return max(flag.raisedAt, reading.receivedAt)
    }

    /// `李国强 男 78岁 052号`, for staff screens only.
    func words(for entry: RosterEntry) -> LocalizedText {
        let resident = entry.resident
        return StaffWords.person(resident.name, resident.sex, resident.age(on: today), number: resident.number)
    }
}

extension Flag {
    /// The newest reason.
    var sentence: LocalizedText { evidence.last?.sentence ?? draft.evidence.sentence }
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

extension RecordedReading {
    /// `138/82`; nil for anything but a cuff's.
    var cuffText: String? {
        guard case .bloodPressure(let pressure) = reading.vital else { return nil }
        return "\(pressure.systolic.value)/\(pressure.diastolic.value)"
    }
}
