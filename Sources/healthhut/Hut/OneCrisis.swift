// One very high reading of somebody the hut knows raises two flags: the station's, which waits for no owner, and his own. On
// the list they are one row under his name (one row a resident), and who deals with one of them deals with both: an
// emergency must not ask twice.

import FollowUpRules
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// What of a resident's flags may be about the very reading that a station's alert is about.
    private static let ofOneReading: [RuleID] = ["BP-01", "BP-02", "BP-04"]

    /// Whose reading a station's alert is about; nil for any other flag, while one of its readings is nobody's, and where
    /// they are two people's.
    func owner(of alert: Flag) async throws(LedgerError) -> ResidentKey? {
        guard alert.draft.rule == .station, let whole = try await ledger.flag(alert.id) else { return nil }
        var owners: Set<ResidentKey> = []
        for sequence in whole.evidence.flatMap(\.readings) {
            guard let owner = try await ledger.reading(sequence)?.owner.resident else { return nil }
            owners.insert(try await ledger.holder(of: owner))
        }
        return owners.count == 1 ? owners.first : nil
    }

    /// The open station's alerts that are about readings of this resident alone.
    func stationAlerts(of key: ResidentKey) async throws(LedgerError) -> [Flag] {
        var flags: [Flag] = []
        for flag in try await ledger.openFlags(where: { $1 == .station }) where try await owner(of: flag) == key {
            flags.append(flag)
        }
        return flags
    }

    /// The other open flags about the very high readings of this one.
    private func others(about flag: Flag) async throws(LedgerError) -> [Flag] {
        if let owner = try await owner(of: flag) {
            var flags: [Flag] = []
            for rule in Hut.ofOneReading {
                guard let other = try await ledger.openFlag(rule, .resident(owner)), other.shares(with: flag) else {
                    continue
                }
                flags.append(other)
            }
            return flags
        }
        guard case .resident(let key) = flag.draft.subject, Hut.ofOneReading.contains(flag.draft.rule) else {
            return []
        }
        return try await stationAlerts(of: try await ledger.holder(of: key)).filter { $0.shares(with: flag) }
    }

    /// The rows with every station's alert of a known resident in that resident's row, which stands where the more severe of
    /// the two stood.
    func joined(_ rows: [WorklistRow], _ lines: [WorklistLine]) async throws(LedgerError) -> [WorklistRow] {
        var owners: [FlagID: ResidentKey] = [:]
        for line in lines { if let owner = try await owner(of: line.flag) { owners[line.flag.id] = owner } }
        guard !owners.isEmpty else { return rows }
        var joined: [WorklistRow] = []
        var places: [ResidentKey: Int] = [:]
        for var row in rows {
            let owner = owners[row.flag]
            if let owner { row = try await row.of(owner, ledger.roster(owner), on: today) }
            guard case .resident(let key) = row.subject, owners.values.contains(key) else {
                joined.append(row)
                continue
            }
            guard let place = places[key] else {
                places[key] = joined.count
                joined.append(row)
                continue
            }
            // His own emergency says more than the station's; his other flags say less.
            let (first, isOwn) = (joined[place], owner == nil)
            joined[place] = isOwn && row.severity >= first.severity ? row : first
            joined[place].tries = max(first.tries, row.tries)
        }
        return joined
    }

    // MARK: what a person does

    /// Somebody deals with a flag, and with the other about the same reading unless somebody has that already.
    func take(_ id: FlagID, by session: StaffSession, at place: String) {
        change(id, at: place, saying: HutPhrase.taken, telling: .alertTaken(by: session.name)) { flag, others in
            [flag] + others.filter { $0.takenBy == nil }
        } as: {
            .flagTaken($0, by: session.key)
        }
    }

    /// A flag ends, and what ends with it: an emergency ends in one of seven ways, and a lesser flag about the same reading
    /// ends the same way. What ends a lesser flag ends no emergency. A value that was another person's, or a machine's
    /// fault, goes back to the unclaimed: it may not stand under the name, and whoever erred can claim it again.
    func close(
        _ id: FlagID, _ action: ClosingAction, _ text: String, by session: StaffSession, at place: String
    ) {
        let isNotHis = action == .notThisPerson || action == .deviceFault
        change(
            id, at: place, saying: HutPhrase.closed(action), telling: .alertClosed,
            givingBack: isNotHis ? (session.key, HutPhrase.words(for: action).chinese) : nil
        ) { flag, others in
            [flag] + (flag.draft.severity == .critical ? others : [])
        } as: {
            .flagClosed($0, by: session.key, action, note: text, quietUntil: nil)
        }
    }

    /// Does one thing to the flags that are chosen, in one transaction; then the stations that rang for them are told.
    /// `givingBack`: by whom and why the readings they rest on are nobody's from now on.
    private func change(
        _ id: FlagID, at place: String, saying text: LocalizedText, telling event: ResidentEvent,
        givingBack back: (by: StaffKey, why: String)? = nil,
        choosing: @escaping @Sendable (_ flag: Flag, _ others: [Flag]) -> [Flag],
        as fact: @escaping @Sendable (FlagID) -> Fact
    ) {
        work { hut in
            // In turn: a review between the look and the act could end one of them.
            let (changed, returned) = await hut.inTurn { hut -> ([Flag], [FactSequence]) in
                do throws(LedgerError) {
                    guard let flag = try await hut.ledger.flag(id) else { return ([], []) }
                    let chosen = choosing(flag, try await hut.others(about: flag))
                    let returned = back == nil ? [] : try await hut.ownedReadings(of: chosen)
                    let facts =
                        chosen.map { fact($0.id) }
                        + returned.compactMap { sequence in
                            back.map { .readingReturned(sequence, by: $0.by, reason: $0.why) }
                        }
                    return await hut.append(facts) == nil ? ([], []) : (chosen, returned)
                } catch {
                    log(.error, "a flag cannot be read: \(error.message); hint: \(error.hint)")
                    return ([], [])
                }
            }
            guard !changed.isEmpty else { return hut.tellStaff(at: place, .failed(HutPhrase.goneAlready)) }
            await hut.followAlerts()
            for station in Set(changed.filter(\.isAlert).compactMap(hut.station(of:))) { hut.tell(station, event) }
            for sequence in returned { await hut.settleUnclaimed(sequence) }
            for flag in changed { if case .resident(let key) = flag.draft.subject { await hut.review(key) } }
            await hut.refreshStaff()
            hut.tellStaff(at: place, .saved(text))
        }
    }

    /// The readings that flags rest on and that somebody owns.
    private func ownedReadings(of flags: [Flag]) async throws(LedgerError) -> [FactSequence] {
        var owned: [FactSequence] = []
        for sequence in Set(flags.flatMap(\.facts)).sorted() {
            if try await ledger.reading(sequence)?.owner.resident != nil { owned.append(sequence) }
        }
        return owned
    }

    /// The station that a flag speaks of: its own, or the one where its resident sits.
    func station(of flag: Flag) -> StationID? {
        switch flag.draft.subject {
        case .station(let station): station
        case .resident(let key): places.values.first { $0.visit?.resident == key }?.station
        case .reading, .band: nil
        }
    }
}

extension Flag {
    /// Whether a reading stands in the evidence of both.
    func shares(with other: Flag) -> Bool { !facts.isDisjoint(with: other.facts) }
}

extension WorklistRow {
    /// A station's row as the row of the resident whose readings it is about.
    fileprivate func of(_ key: ResidentKey, _ entry: RosterEntry?, on today: LocalDay) -> WorklistRow {
        var row = self
        row.subject = .resident(key)
        guard let resident = entry?.resident else { return row }
        (row.name, row.sex, row.age) = (resident.name, resident.sex, resident.age(on: today))
        (row.phone, row.team) = (resident.phone, resident.team)
        return row
    }
}
