// A resident as the rules and the screens see one: readings along the cluster, reports, flags.

import Vitals

extension Ledger {
    /// Everything about a resident that a rule may look back at; nil where there is no such resident. Readings come
    /// without raw bytes, and without what a wristband sends all day: no rule looks at single samples. For a line that
    /// was merged, the history of the line that goes on. `offset` says when a wristband's days begin.
    package func history(
        of resident: ResidentKey, now: HutTime, offset: UTCOffset = .china, lookBackDays: Int = 400
    ) throws(LedgerError) -> ResidentHistory? {
        let since = HutTime(milliseconds: now.milliseconds - Int64(lookBackDays) * 86_400_000)
        return try books.database.snapshot { () throws(LedgerError) in
            let holder = try books.holder(of: resident)
            guard let entry = try roster(holder) else { return nil }
            let keys = try books.keys(of: holder)
            var history = ResidentHistory(
                key: holder, resident: entry.resident, status: entry.status, addedAt: entry.addedAt,
                readings: try readings(under: keys, since: since),
                symptoms: try symptoms(under: keys, since: since),
                failedAttempts: try failedAttempts(under: keys, since: since),
                signals: try signals(under: keys, since: since), noValues: try noValues(under: keys, since: since),
                flags: try flags(under: keys, endedSince: since))
            for key in keys.dropFirst() {
                if let line = try roster(key)?.resident { history.resident.add(healthOf: line) }
            }
            try care(for: &history, under: keys, since: offset.day(of: since), now: now, offset)
            return history
        }
    }

    /// What people did and what is worn.
    private func care(
        for history: inout ResidentHistory, under keys: [ResidentKey], since day: LocalDay, now: HutTime,
        _ offset: UTCOffset
    ) throws(LedgerError) {
        history.fasting = try fasting(of: history.readings)
        history.marks = try marks(under: keys)
        history.followUps = try followUps(under: keys, since: day)
        try noteTypedFasting(in: &history, offset)
        history.promises = try promises(under: keys)
        history.exams = try completeExams(under: keys, since: day)
        history.wearableDays = try wearableDays(under: keys, now: now, offset)
        history.bands = try wornBands(under: keys)
        history.lastHeard = try lastHeard(under: keys)
        history.lastSpoken = try lastSpoken(under: keys)
    }

    /// A glucose that was typed says where it stands whether it was fasting: the follow-up's always is, an exam's item says.
    private func noteTypedFasting(in history: inout ResidentHistory, _ offset: UTCOffset) throws(LedgerError) {
        // By place, not by element: a reading has a dozen references, and hardly any was typed.
        for place in history.readings.indices where history.readings[place].reading.source == .manual {
            let recorded = history.readings[place]
            guard case .glucose(let glucose) = recorded.reading.vital, history.fasting[recorded.sequence] == nil else {
                continue
            }
            let day = offset.day(of: recorded.reading.measuredAt)
            let isOfFollowUp = history.followUps.contains {
                $0.record.day == day && $0.record.diabetes?.fastingGlucose?.value == glucose.micromolesPerLitre
            }
            let items = isOfFollowUp ? [] : try exam(of: history.key, on: day)?.items ?? []
            let isOfExam = items.contains(.glucose(micromolesPerLitre: glucose.micromolesPerLitre, isFasting: true))
            if isOfFollowUp || isOfExam { history.fasting[recorded.sequence] = .fasting }
        }
    }

    /// A history and the mark that says how far it knows, taken in one look: a fact that comes while the rules think is
    /// not in the history, and must not count as reviewed.
    package func historyToReview(of resident: ResidentKey, now: HutTime, offset: UTCOffset = .china)
        throws(LedgerError) -> (history: ResidentHistory, mark: ReviewMark)?
    {
        try books.database.snapshot { () throws(LedgerError) in
            guard let history = try history(of: resident, now: now, offset: offset) else { return nil }
            return (history, ReviewMark(resident: history.key, upTo: try last()))
        }
    }

    /// A resident's newest readings, newest first, without raw bytes; a wristband's samples only where `worn`.
    package func latestReadings(of resident: ResidentKey, limit: Int, worn: Bool = false) throws(LedgerError)
        -> [RecordedReading]
    {
        let keys = try books.keys(of: try books.holder(of: resident))
        let readings = try gather(keys, newestFirst: true) { key throws(LedgerError) in
            let select = try prepare(
                """
                SELECT \(Ledger.readingColumns) FROM reading WHERE resident = ? AND worn = ?
                ORDER BY measured_at DESC, sequence DESC LIMIT ?
                """)
            select.bind(1, key)
            select.bind(2, worn ? 1 : 0)
            select.bind(3, limit)
            return try clustered(select, of: keys[0])
        }
        return Array(readings.prefix(limit))
    }

    /// A resident's readings measured from one time up to but not including another, oldest first, without raw bytes.
    package func readings(of resident: ResidentKey, from: HutTime, to: HutTime, worn: Bool = false)
        throws(LedgerError) -> [RecordedReading]
    {
        try readings(under: try books.keys(of: try books.holder(of: resident)), from: from, to: to, worn: worn)
    }

    /// A resident's readings since a time; of the few who are reviewed again and again, only what is new is read.
    private func readings(under keys: [ResidentKey], since: HutTime) throws(LedgerError) -> [RecordedReading] {
        let end = HutTime(milliseconds: .max)
        guard keys.count == 1 else { return try readings(under: keys, from: since, to: end) }
        let recent = try books.recent
        let version = try books.database.integer("PRAGMA data_version")
        guard let known = recent.readings(of: keys[0], since: since, version: version),
            let newest = known.last?.reading.measuredAt
        else {
            let readings = try readings(under: keys, from: since, to: end)
            recent.keep(readings, of: keys[0], since: since)
            return readings
        }
        let newer = try readings(under: keys, from: newest + .milliseconds(1), to: end)
        guard !newer.isEmpty else { return known }
        recent.keep(known + newer, of: keys[0], since: since)
        return known + newer
    }

    private func readings(under keys: [ResidentKey], from: HutTime, to: HutTime, worn: Bool = false)
        throws(LedgerError) -> [RecordedReading]
    {
        try gather(keys) { key throws(LedgerError) in
            let select = try prepare(
                """
                SELECT \(Ledger.readingColumns) FROM reading
                WHERE resident = ? AND worn = ? AND measured_at >= ? AND measured_at < ?
                ORDER BY measured_at, sequence
                """)
            select.bind(1, key)
            select.bind(2, worn ? 1 : 0)
            select.bind(3, from)
            select.bind(4, to)
            return try clustered(select, of: keys[0])
        }
    }

    /// One reading with its raw bytes and its owner as it stands; nil where there is none or it was set aside.
    package func reading(_ sequence: FactSequence) throws(LedgerError) -> RecordedReading? {
        guard case .reading(let reading, _) = try books.facts.read(sequence.rawValue)?.fact,
            let owner = try Readings.standing(of: sequence, books).owner?.held(books)
        else { return nil }
        return RecordedReading(
            sequence: sequence, reading: try Corrections.corrected(reading, sequence, books), owner: owner)
    }

    /// The same, and one that was set aside as it first came.
    func recordedReading(_ sequence: FactSequence) throws(LedgerError) -> RecordedReading? {
        guard case .reading(let reading, let first) = try books.facts.read(sequence.rawValue)?.fact else { return nil }
        let owner = try (Readings.standing(of: sequence, books).owner ?? first).held(books)
        return RecordedReading(sequence: sequence, reading: reading, owner: owner)
    }

    /// The newest readings that nobody owns, newest first.
    package func unclaimed(limit: Int) throws(LedgerError) -> [RecordedReading] {
        let select = try prepare("SELECT sequence FROM unclaimed ORDER BY sequence DESC LIMIT ?")
        select.bind(1, limit)
        let sequences = try select.rows { row throws(LedgerError) in row.sequence(0) }
        var readings: [RecordedReading] = []
        for sequence in sequences { if let reading = try reading(sequence) { readings.append(reading) } }
        return readings
    }

    /// Readings nobody owns that never had a flag of this rule, oldest first, after a sequence. Those of wristbands are
    /// left out: theirs is the band's.
    package func unclaimed(neverFlagged rule: RuleID, after: FactSequence, limit: Int) throws(LedgerError)
        -> [RecordedReading]
    {
        let select = try prepare(
            """
            SELECT sequence FROM unclaimed WHERE sequence > ?
            AND NOT EXISTS (SELECT 1 FROM flag WHERE subject_kind = \(Flags.readingKind)
                AND flag.subject = unclaimed.sequence AND rule = ?)
            AND (SELECT band FROM fact WHERE fact.sequence = unclaimed.sequence) IS NULL
            ORDER BY sequence LIMIT ?
            """)
        select.bind(1, after)
        select.bind(2, rule.rawValue)
        select.bind(3, limit)
        let sequences = try select.rows { row throws(LedgerError) in row.sequence(0) }
        var readings: [RecordedReading] = []
        for sequence in sequences { if let reading = try reading(sequence) { readings.append(reading) } }
        return readings
    }

    /// How many readings nobody owns.
    package func unclaimedCount() throws(LedgerError) -> Int { Int(try Marks.value(.unclaimed, books.database)) }

    private static let readingColumns =
        "sequence, visit, instrument, station, band, measured_at, \(ReadingColumns.names)"

    private func clustered(_ select: Statement, of resident: ResidentKey) throws(LedgerError) -> [RecordedReading] {
        try select.rows { row throws(LedgerError) in
            let columns = ReadingColumns(row, measuredAt: 5, first: 6)
            let station: String? = if let key = row.integerIfAny(3) { try books.names.text(key) } else { nil }
            let band: String? = if let key = row.integerIfAny(4) { try books.names.text(key) } else { nil }
            return RecordedReading(
                sequence: row.sequence(0),
                reading: try columns.reading(
                    instrument: try books.names.text(row.integer(2)), station: station, band: band, raw: []),
                owner: .resident(resident, visit: row.visitIfAny(1)))
        }
    }
}

extension Owner {
    /// The same with the line that goes on, where the owner's line was merged.
    fileprivate func held(_ books: Books) throws(LedgerError) -> Owner {
        guard case .resident(let resident, let visit) = self else { return self }
        return .resident(try books.holder(of: resident), visit: visit)
    }
}

extension UTCOffset {
    /// The one time zone of China, for whoever does not say another.
    package static let china = UTCOffset(seconds: 8 * 3_600)
}

extension Resident {
    /// What another line of the roster knows of the same person's health: a diagnosis that stands in either is his. Who he
    /// is stays as this line has it.
    fileprivate mutating func add(healthOf line: Resident) {
        conditions.formUnion(line.conditions)
        // A correction writes what was joined into the line that goes on: nothing is joined twice.
        let known = (medicines ?? "").split(separator: "；").map(String.init)
        let more = (line.medicines ?? "").split(separator: "；").map(String.init).filter { !known.contains($0) }
        if !more.isEmpty { medicines = (known + more).joined(separator: "；") }
    }
}
