// `m` on a resident's page: everything that is put on record about her, by number. What is done too seldom for a key.

import Vitals

/// The menus of care for the data.
enum StaffCareMenu {
    /// The first of them.
    static func of(_ card: ResidentCard) -> StaffMenu {
        StaffMenu(Words.title(card.resident.name), of: card) { card in
            [
                item(Words.correct) { _ in .open(correct(card)) },
                item(Words.conditions) { _ in .open(conditions(card)) },
                item(Words.contacts) { _ in .open(contacts(card)) },
                item(Words.marks) { _ in .open(marks(card)) },
                item(Words.risks) { _ in .open(risks(card)) },
                item(Words.bands) { _ in .open(bands(card)) },
                item(Words.pin) { _ in .open(StaffActs.resetPIN(card)) },
                item(Words.same) { _ in .open(same(card)) },
            ] + (card.isNewcomer ? [item(Words.confirm) { _ in .open(StaffActs.confirm(card)) }] : [])
        }
    }

    private static func correct(_ card: ResidentCard) -> StaffMenu {
        StaffMenu(StaffWords.of(card, Words.correct), of: card) { card in
            RosterField.allCases.map { field in
                let words = LocalizedText(
                    "\(field.words.chinese)  \(field.text(card.resident, .chinese))",
                    en: "\(field.words.english)  \(field.text(card.resident, .english))")
                return item(words) { _ in .open(StaffActs.correct(card, field)) }
            }
        }
    }

    /// What is on record can be ended, what is not can be added.
    private static func conditions(_ card: ResidentCard) -> StaffMenu {
        StaffMenu(StaffWords.of(card, Words.conditions), of: card) { card in
            let marked = card.resident.conditions.subtracting(card.marks.endedConditions)
                .union(card.marks.conditions.keys)
            return Condition.allCases.map { condition in
                let (words, isTrue) = (StaffWords.condition(condition), marked.contains(condition))
                return item(state(words, isTrue)) { _ in
                    .open(
                        isTrue
                            ? StaffActs.plain(card, ended(words), .conditionEnded(condition))
                            : StaffActs.condition(card, condition))
                }
            }
        }
    }

    private static func contacts(_ card: ResidentCard) -> StaffMenu {
        StaffMenu(StaffWords.of(card, Words.contacts), of: card) { card in
            let gone = card.marks.contacts.enumerated().map { row, contact in
                let words = LocalizedText(
                    "去掉 \(contact.relation) \(contact.name)", en: "remove \(contact.relation) \(contact.name)")
                var rest = card.marks.contacts
                rest.remove(at: row)
                let left = rest
                return item(words) { _ in .open(StaffActs.plain(card, words, .contacts(left))) }
            }
            return [item(Words.add) { _ in .open(StaffActs.contact(card)) }] + gone
        }
    }

    /// Living alone, watched, arms, and the lists of the team. The key turns what stands there.
    private static func marks(_ card: ResidentCard) -> StaffMenu {
        StaffMenu(StaffWords.of(card, Words.marks), of: card) { card in
            let marks = card.marks
            let diseases = ManagedDisease.allCases.map { disease in
                let (words, isTrue) = (StaffWords.managed(disease), marks.managed[disease] != nil)
                return item(state(words, isTrue)) { _ in
                    .open(
                        isTrue
                            ? StaffActs.plain(card, ended(words), .managementEnded(disease))
                            : StaffActs.manage(card, disease))
                }
            }
            return [
                turned(card, Words.alone, marks.livesAlone) { .livesAlone($0) },
                turned(card, Words.watched, marks.isWatched) { .watched($0) },
                turned(card, Words.neverLeft, marks.neverArms.contains(.left)) { .neverArm(.left, $0) },
                turned(card, Words.neverRight, marks.neverArms.contains(.right)) { .neverArm(.right, $0) },
            ] + diseases
        }
    }

    private static func risks(_ card: ResidentCard) -> StaffMenu {
        StaffMenu(StaffWords.of(card, Words.risks), of: card) { card in
            RiskFactor.allCases.map { risk in
                turned(card, StaffWords.risk(risk), card.marks.risks.contains(risk)) { .risk(risk, $0) }
            } + [item(Words.allergies) { _ in .open(StaffActs.allergies(card)) }]
        }
    }

    /// A yes-or-no mark with what it is now, and the act that turns it.
    private static func turned(
        _ card: ResidentCard, _ words: LocalizedText, _ isTrue: Bool, _ mark: (Bool) -> ResidentMark
    ) -> StaffMenu.Item {
        let (what, title) = (mark(!isTrue), isTrue ? ended(words) : words)
        return item(state(words, isTrue)) { _ in .open(StaffActs.plain(card, title, what)) }
    }

    private static func bands(_ card: ResidentCard) -> StaffMenu {
        StaffMenu(StaffWords.of(card, Words.bands), of: card) { card in
            let worn = Set(card.bands + card.worn.map(\.band)).sorted { $0.rawValue < $1.rawValue }
            return [item(Words.pair) { _ in .open(StaffActs.pair(card)) }]
                + worn.map { band in
                    let words = LocalizedText("收回 \(band.rawValue)", en: "take back \(band.rawValue)")
                    return item(words) { _ in .open(StaffActs.unpair(card, band)) }
                }
        }
    }

    /// Merging: whom the hut proposes, somebody else, or taking one apart again.
    private static func same(_ card: ResidentCard) -> StaffMenu {
        StaffMenu(StaffWords.of(card, Words.same), of: card) { card in
            let kept = Candidate(
                key: card.key, number: card.resident.number, name: card.resident.name, sex: card.resident.sex,
                age: card.age,
                lastValues: card.pressures.prefix(3).map {
                    "\($0.value.systolic.value)/\($0.value.diastolic.value)"
                })
            let proposed = card.maybeSame.map { other in
                let who = StaffWords.person(other, .chinese)
                let words = LocalizedText("可能是：\(who)", en: "maybe: \(StaffWords.person(other, .english))")
                return item(words) { _ in .open(StaffMerge(other, into: kept)) }
            }
            let apart = card.merged.map { other in
                let words = LocalizedText(
                    "拆开 \(other.name) \(other.number)", en: "apart: \(other.name) \(other.number)")
                return item(words) { _ in .open(StaffActs.unmerge(card, other)) }
            }
            return proposed + [item(Words.somebody) { _ in .open(StaffFind(.merge(kept))) }] + apart
        }
    }

    private static func item(
        _ words: LocalizedText, _ open: @escaping @Sendable (StaffDesk) -> StaffStep
    ) -> StaffMenu.Item {
        StaffMenu.Item(words: words, open: open)
    }

    private static func state(_ words: LocalizedText, _ isTrue: Bool) -> LocalizedText {
        LocalizedText(
            "\(words.chinese)  \(isTrue ? "有" : "-")", en: "\(words.english)  \(isTrue ? "yes" : "-")")
    }

    private static func ended(_ words: LocalizedText) -> LocalizedText {
        LocalizedText("\(words.chinese) 不再是了", en: "\(words.english): no longer")
    }
}

private enum Words {
    static let correct = LocalizedText("改名册", en: "correct the roster line")
    static let conditions = LocalizedText("病", en: "conditions")
    static let contacts = LocalizedText("联系人", en: "contacts")
    static let marks = LocalizedText("独居、胳膊、随访管理", en: "alone, arms, follow-up")
    static let risks = LocalizedText("危险因素、药敏", en: "risk factors, allergies")
    static let allergies = LocalizedText("药敏", en: "allergies")
    static let bands = LocalizedText("手环", en: "bands")
    static let pin = LocalizedText("换密码", en: "reset the PIN")
    static let same = LocalizedText("合并、拆开", en: "merge, take apart")
    static let confirm = LocalizedText("确认新来的", en: "confirm the newcomer")
    static let add = LocalizedText("添一个", en: "add one")
    static let pair = LocalizedText("戴一个", en: "put on a band")
    static let somebody = LocalizedText("找另一个", en: "find somebody")
    static let alone = LocalizedText("独居", en: "lives alone")
    static let watched = LocalizedText("同意关注", en: "agreed to be watched")
    static let neverLeft = LocalizedText("左胳膊不能量", en: "never the left arm")
    static let neverRight = LocalizedText("右胳膊不能量", en: "never the right arm")

    static func title(_ name: String) -> LocalizedText { LocalizedText("\(name) 的档案", en: "The record of \(name)") }
}
