// One resident on one staff screen: who she is, whose limit holds, how the pressure went, what is to be done, what was
// done, what she asked for. Read anew each time it is shown; nothing of it is kept.

import FollowUpRules
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// How many follow-ups and ended flags the page has room for (our own choice).
    private static let pageFollowUps = 4
    private static let pageEndedFlags = 10
    /// How far the page looks back, as the rules do.
    private static let pageDays = 400

    /// Everything about one resident that her page shows; nil where there is no such resident.
    func residentCard(_ key: ResidentKey) async throws(LedgerError) -> ResidentCard? {
        let now = self.now.hut
        guard let history = try await ledger.history(of: key, now: now, offset: offset) else { return nil }
        let resident = history.resident
        let (systolic, diastolic) = FollowUpRules.limit(
            of: resident, marks: history.marks, on: today, policy: policy)
        let flags = try await ledger.flags(of: history.key, endedLimit: Hut.pageEndedFlags)
        var card = ResidentCard(
            key: key, resident: resident, status: history.status, age: resident.age(on: today),
            limit: "\(systolic.value)/\(diastolic.value)",
            openFlags: (flags.filter { $0.ended == nil } + (try await stationAlerts(of: history.key))).map(line(of:)),
            endedFlags: flags.filter { $0.ended != nil }.map(line(of:)),
            readings: try await rows(of: try await ledger.latestReadings(of: history.key, limit: 30)),
            bands: history.bands.map(\.band))
        card.marks = history.marks
        card.pressureLimit = PressureLimit(systolic: systolic, diastolic: diastolic)
        if history.marks.isKnownHypertensive(resident, on: today) {
            let target = policy.target(of: resident, on: today)
            card.guidelineTarget = PressureLimit(
                systolic: MmHg(target.systolic), diastolic: MmHg(target.diastolic))
        }
        card.limitSource = try await limitSource(of: history)
        card.pressures = pressures(of: history)
        card.usualArm = history.usualArm
        addCare(of: history, to: &card)
        try await addSent(of: history, to: &card)
        card.followUps = try await ledger.followUps(of: history.key, limit: Hut.pageFollowUps).map(line(of:))
        card.requests = try await requestLines(onPageOf: history.key, resident)
        card.tries = try await ledger.unansweredCalls(to: history.key)
        try await addRoster(of: history, to: &card)
        return card
    }

    /// Sessions of 400 days, newest first.
    func pressures(of history: ResidentHistory) -> [ResidentCard.Pressure] {
        sessions(of: history.readings, policy: policy, offset: offset).reversed().compactMap { session in
            session.value.map { ResidentCard.Pressure(day: session.day, value: $0) }
        }
    }

    /// Whether it became better, as the resident reads it in her record; nil where her values get no word either.
    func improvement(of history: ResidentHistory) -> LocalizedText? {
        guard let limit = wordLimit(of: history) else { return nil }
        return Improvement.sentence(pressures(of: history), below: limit, today: today, for: .resident)
    }

    /// The same where it did become better.
    func praise(of history: ResidentHistory) -> LocalizedText? {
        guard let limit = wordLimit(of: history) else { return nil }
        return Improvement.praise(pressures(of: history), below: limit, today: today)
    }

    private func wordLimit(of history: ResidentHistory) -> PressureLimit? {
        FollowUpRules.wordLimit(of: history.resident, marks: history.marks, on: today, policy: policy).map {
            PressureLimit(systolic: MmHg($0.systolic), diastolic: MmHg($0.diastolic))
        }
    }

    private func addCare(of history: ResidentHistory, to card: inout ResidentCard) {
        let year = today.date.year
        card.faceToFace = history.followUps.count {
            $0.record.method.isFaceToFace && $0.record.day.date.year == year
        }
        card.promises = history.promises.map {
            ResidentCard.PromiseLine(kind: $0.kind, day: $0.day, by: name(of: $0.by))
        }
    }

    /// The bands she wears, with what each said since she does; and what the district has of her.
    private func addSent(of history: ResidentHistory, to card: inout ResidentCard) async throws(LedgerError) {
        for worn in history.bands {
            let word = try await ledger.lastWord(of: worn.band, since: worn.since)
            card.worn.append(
                ResidentCard.Worn(
                    band: worn.band, batteryPercent: word.batteryPercent, lastHeard: worn.lastHeard))
        }
        let since = offset.start(of: today + -Hut.pageDays)
        let sent = try await ledger.uploads(of: history.key, since: since, offset: offset)
        card.uploads = ResidentCard.Uploads(
            received: sent.received, waiting: sent.waiting, refused: sent.refused, whyRefused: sent.outcome)
    }

    /// Doubts about the band, about who enrolled, and about who is the same person.
    private func addRoster(of history: ResidentHistory, to card: inout ResidentCard) async throws(LedgerError) {
        for pairing in try await ledger.pairings() where pairing.until == nil && pairing.doubtedSince != nil {
            for index in card.worn.indices where card.worn[index].band == pairing.band {
                card.worn[index].isDoubted = true
            }
        }
        card.isNewcomer = try await ledger.waitingForConfirmation().contains { $0.key == history.key }
        for entry in try await ledger.find(history.resident.name, limit: 50) where entry.key != history.key {
            guard entry.resident.name == history.resident.name,
                entry.resident.birth == nil || history.resident.birth == nil
                    || entry.resident.birth == history.resident.birth
            else { continue }
            card.maybeSame.append(await candidate(entry))
        }
        for key in try await ledger.mergedLines(of: history.key) {
            if let entry = try await ledger.roster(key) { card.merged.append(await candidate(entry)) }
        }
    }

    private func rows(of readings: [RecordedReading]) async throws(LedgerError) -> [ReadingRow] {
        var rows: [ReadingRow] = []
        for recorded in readings {
            var row = ReadingRow(recorded)
            switch recorded.reading.helper {
            case .nobody: break
            case .staff(let staff): row.helper = name(of: staff)
            case .resident(let key): row.helper = try await ledger.roster(key)?.resident.name
            case .unnamed: row.helper = HutPhrase.unnamedHelper.chinese
            }
            rows.append(row)
        }
        return rows
    }

    // MARK: whose limit

    private func limitSource(of history: ResidentHistory) async throws(LedgerError) -> LocalizedText? {
        guard history.marks.limit != nil else { return limitWords(of: history.resident, history.marks) }
        let entries = try await ledger.chronicle(of: history.key, limit: 1_000)
        for entry in entries {
            guard case .residentMarked(_, .limit, let staff, let day, _) = entry.fact else { continue }
            let who = staff.map(name(of:)) ?? ""
            return LocalizedText("\(who) \(day.iso)", en: "\(who) \(day.iso)")
        }
        return HutPhrase.ownLimit
    }

    /// `规范，65岁以上`: why the policy's limit is the one it is.
    func limitWords(of resident: Resident, _ marks: ResidentMarks) -> LocalizedText {
        if marks.limit != nil { return HutPhrase.ownLimit }
        if !marks.conditions(of: resident, on: today).isDisjoint(with: [.diabetes, .kidneyDisease]) {
            return LocalizedText("规范，糖尿病或肾病", en: "policy, diabetes or kidneys")
        }
        let elder = policy.ages.elder.value
        guard let age = resident.age(on: today) else {
            return LocalizedText("规范，年龄不清楚", en: "policy, age unknown")
        }
        return age >= elder
            ? LocalizedText("规范，\(elder)岁以上", en: "policy, \(elder) and older")
            : LocalizedText("规范，\(elder)岁以下", en: "policy, under \(elder)")
    }

    // MARK: lines

    /// One follow-up in one line.
    func line(of followUp: RecordedFollowUp) -> ResidentCard.FollowUpLine {
        let record = followUp.record
        var line = ResidentCard.FollowUpLine(
            day: record.day, method: record.method,
            pressure: record.pressure.map { "\($0.value.systolic.value)/\($0.value.diastolic.value)" },
            visitClass: record.visitClass(.hypertension) ?? record.visitClass(.diabetes),
            drugs: record.drugs.flatMap { drugs in
                drugs.value.isEmpty ? nil : drugs.value.map { $0.name + $0.amount }.joined(separator: " ")
            },
            adherence: record.adherence?.value, by: name(of: followUp.by))
        line.countersignedBy = followUp.countersignedBy.map(name(of:))
        return line
    }

    private func line(of flag: Flag) -> ResidentCard.FlagLine {
        ResidentCard.FlagLine(
            id: flag.id, rule: flag.draft.rule, severity: flag.draft.severity, sentence: flag.sentence,
            raisedAt: flag.raisedAt, due: flag.shownDue(offset: offset),
            takenBy: flag.takenBy.flatMap { staffNames[$0] },
            end: flag.ended.map(words(for:)))
    }

    private func words(for end: FlagEnd) -> LocalizedText {
        switch end {
        case .byRule(let why, _): why
        case .byPerson(let staff, let action, _, _, _): HutPhrase.ended(action, by: name(of: staff))
        }
    }
}

extension ResidentHistory {
    /// The arm that was measured last, where one was said; nil before that.
    var usualArm: Arm? { readings.last { $0.reading.arm != .notSaid }?.reading.arm }
}
