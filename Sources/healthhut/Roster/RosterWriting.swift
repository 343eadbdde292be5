// The ledger's side of an import: what it knows of a file's numbers and cards, and the facts that a plan comes to. They
// are one transaction, residents and cards: nobody is on the roster without the card that the preview showed.

import FoundationEssentials
import Ledger
import Vitals

extension Ledger {
    /// What an import of a file would do now.
    func plan(_ roster: RosterFile.Roster, _ key: IdentityKey?) async throws(LedgerError) -> RosterPlan {
        var known: [Resident] = []
        for resident in try allResidents(after: nil, limit: .max) {
            if let entry = try self.roster(resident) { known.append(entry.resident) }
        }
        var identities = RosterPlan.Known()
        for line in roster.lines {
            let number = line.resident.number
            if let entry = try self.line(number: number), entry.mergedInto != nil {
                identities.merged[number] = try self.roster(number: number)?.resident.number
            }
            guard let key, let card = line.card else { continue }
            identities.owners[card] = try resident(of: key.link(card).digest)?.resident.number
            // A spreadsheet may have taken the zeros: whoever the number means, her cards are hers.
            for whole in (1...8).map({ (Int(number) ?? 0).padded($0) }) {
                guard identities.ends[whole] == nil, let entry = try self.roster(number: whole) else { continue }
                identities.ends[whole] = try self.identities(of: entry.key).filter { $0.kind == .card }.map(\.ends)
            }
        }
        return RosterPlan(roster, known: known, variants: CharacterVariants(), identities: identities)
    }

    /// Writes a plan, all or nothing.
    ///
    /// - Throws: `.refused` where somebody took one of its numbers or cards meanwhile.
    func write(_ plan: RosterPlan, _ key: IdentityKey?, at now: HutTime) async throws(LedgerError) {
        for attempt in 1... {
            let facts = try facts(of: plan, key)
            do throws(LedgerError) {
                try await append(facts, at: now)
                return
            } catch {
                // A newcomer enrolled at a kiosk between our look and our writing, and has the key we counted on.
                guard error == .refused(.numberTaken), attempt < 5 else { throw error }
            }
        }
    }

    private func facts(of plan: RosterPlan, _ key: IdentityKey?) throws(LedgerError) -> [Fact] {
        var (facts, keys): ([Fact], [String: ResidentKey]) = ([], [:])
        // Keys are given in the order of adding, to merged lines too.
        var next = ((try allResidents(after: nil, limit: .max).last?.rawValue ?? 0) + 1)
        while try roster(ResidentKey(rawValue: next)) != nil { next += 1 }
        for line in plan.new {
            facts.append(.residentAdded(line.resident, id: UUID().uuidString.lowercased()))
            keys[line.resident.number] = ResidentKey(rawValue: next)
            next += 1
        }
        for change in plan.changed {
            guard let entry = try roster(number: change.before.number) else { throw .refused(.unknownResident) }
            keys[change.after.number] = entry.key
            if change.before != change.after { facts.append(.residentChanged(entry.key, change.after)) }
        }
        // Had another program added somebody first, the counted keys would be of other people. Then this says one
        // newcomer's number of somebody else's line, which is refused, and everything with it.
        let newcomers = plan.new.filter { plan.link(of: $0.line) != nil }
        if let first = newcomers.first, let counted = keys[first.resident.number] {
            facts.append(.residentChanged(counted, first.resident))
        }
        guard let key else { return facts }
        for link in plan.links {
            guard let resident = keys[link.number] else { throw .refused(.unknownResident) }
            facts.append(.identityLinked(resident, key.link(link.card), by: nil))
        }
        return facts
    }
}

extension IdentityKey {
    fileprivate func link(_ card: CardNumber) -> IdentityLink {
        link(.residentCard(IdentityCard(number: card, name: "")))
    }
}
