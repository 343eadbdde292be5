// The second half of a hut's life at random: what happens to people, cards, bands, flags and uploads.

import Vitals

@testable import Ledger

extension Script {
    mutating func people() -> [Fact] {
        let number = 100 + count
        switch Int.random(in: 0..<7, using: &random) {
        case 6:
            return [
                .residentEnrolled(.invented("\(number)"), id: "id-\(number)", link(.card), consent: 1, booth),
                .identityLinked(founder(), link(.code), by: nurse),
            ]
        case 0: return [.residentAdded(.invented("\(number)"), id: "id-\(number)")]
        case 1: return [.residentChanged(someone(), .invented("\(number)"))]
        case 2: return [.residentStatus(someone(), pick(ResidentStatus.allCases), by: nurse, reason: "told")]
        case 3: return [.residentPIN(someone(), hash: "$y$invented$\(count)")]
        case 4 where staff > 0:
            return [.staffPIN(StaffKey(rawValue: 1), hash: "$y$x"), .staffLoggedIn(nurse, place: "desk")]
        default: return [.staffAdded(Staff(name: "王护士", role: .nurse))]
        }
    }

    /// A card, tag or code that was never seen before.
    func link(_ kind: IdentityKind) -> IdentityLink {
        let bytes = (0..<32).map {
            UInt8(truncatingIfNeeded: count >> ($0 % 4 * 8)) ^ UInt8(IdentityKind.allCases.firstIndex(of: kind) ?? 0)
        }
        return IdentityLink(kind: kind, digest: IdentityDigest(bytes: bytes), ends: "002X")
    }

    mutating func identities() -> [Fact] {
        if let key = waiting.first, Bool.random(using: &random) { return [.residentConfirmed(key, by: nurse)] }
        let revocable = linked.flatMap { key, kinds in kinds.map { (key, $0) } }
            .sorted { ($0.0, $0.1.rawValue) < ($1.0, $1.1.rawValue) }
        if let (key, kind) = revocable.first, Bool.random(using: &random) {
            return [.identitiesRevoked(key, kind, by: nil)]
        }
        return [.identityLinked(founder(), link(.tag), by: nil)]
    }

    mutating func bands() -> [Fact] {
        let band = BandID(rawValue: pick(["!433d1f2a", "!00000001"]))
        guard wearers[band] != nil else {
            let wearer = someone()
            wearers[band] = wearer
            return [.bandPaired(band, wearer, by: nurse)]
        }
        if Bool.random(using: &random) { return [.bandDoubted(band, Bool.random(using: &random), by: nurse)] }
        wearers[band] = nil
        return [.bandUnpaired(band, by: nil)]
    }

    mutating func raise() -> [Fact] {
        let rule: RuleID = pick(["BP-01", "BP-02", "BP-07", "W-03"])
        let subject: FlagSubject = pick([
            .resident(founder()), .station(booth), .band(band), .reading(sent.randomElement(using: &random) ?? 1),
        ])
        if let open = flags.first(where: { $0.rule == rule && $0.subject == subject }) {
            let evidence = Evidence(readings: [5], sentence: LocalizedText("又一次", en: "again"))
            return [
                .flag(
                    .append(
                        open.rule, open.subject, evidence, severity: .urgent, ringsAgain: Bool.random(using: &random)))
            ]
        }
        return [.flag(.raise(.invented(rule, subject, pick(Severity.allCases))))]
    }

    mutating func settleFlag() -> [Fact] {
        guard let index = flags.indices.randomElement(using: &random) else { return raise() }
        let flag = flags[index]
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return [.flagTaken(flag.id, by: nurse)]
        case 1:
            let result: OutputResult = pick([.done, .unknown, .failed(.noNetwork)])
            return [.textTried(flag.id, round: 1), .textEnded(flag.id, try: flag.id, result)]
        default: break
        }
        flags.remove(at: index)
        if Bool.random(using: &random) {
            return [.flag(.clear(flag.rule, flag.subject, because: LocalizedText("已恢复", en: "back to normal")))]
        }
        return [
            .flagClosed(
                flag.id, by: nurse, pick(ClosingAction.allCases), note: "seen",
                quietUntil: LocalDay(daysSince1970: 20_900))
        ]
    }

    mutating func upload() -> [Fact] {
        let some = sent.prefix(12).filter { _ in Bool.random(using: &random) }
        guard let parked = some.first else { return [.helpCalled(booth)] }
        if Int.random(in: 0..<5, using: &random) == 0 { return [.uploadParked(parked, outcome: "structure")] }
        sent.removeAll { some.contains($0) }
        return [.uploaded(some.map { UploadReceipt(fact: $0, location: "Observation/\($0.rawValue)/_history/1") })]
    }
}
