// Who a resident is, in three lines at 80 columns: name and number, conditions and limits, whom to call, what she wears.
// What must be known before somebody is touched (an arm that is never used, a drug that is not borne) is never cut: it
// goes on in another line.

import TextScreen
import Vitals

/// The head of a resident's page.
enum StaffResidentHead {
    /// Three lines at 80 columns where they hold it all, and one each for what a nurse must settle first; up to seven at 40.
    static func lines(_ card: ResidentCard, _ room: StaffRoom) -> [StaffLine] {
        let lines = room.isWide ? wide(card, room) : narrow(card, room)
        return [StaffLine(StaffText.cut(lines[0], room.columns), .bold)]
            + lines.dropFirst().filter { !$0.isEmpty }.map { StaffLine(StaffText.cut($0, room.columns)) }
            + warnings(card, room).map { StaffLine(StaffText.cut($0, room.columns), .bold) }
    }

    private static func wide(_ card: ResidentCard, _ room: StaffRoom) -> [String] {
        let language = room.language
        let left = [who(card, language), place(card, language)].filter { !$0.isEmpty }.joined(separator: "  ")
        let right = [team(card, language), phone(card, language)].filter { !$0.isEmpty }.joined(separator: "  ")
        let record = conditions(card, room) + [limit(card, language)] + arms(card, language)
        return [StaffText.spread(left, right, room.columns)]
            + StaffText.packed(
                record + [allergies(card, language), medicines(card, language)], room.columns, gap: "  ")
            + [(contacts(card, language) + [bands(card, room)]).filter { !$0.isEmpty }.joined(separator: "   ")]
    }

    private static func narrow(_ card: ResidentCard, _ room: StaffRoom) -> [String] {
        let language = room.language
        return [
            who(card, language),
            [phone(card, language), place(card, language)].filter { !$0.isEmpty }.joined(separator: " "),
        ] + StaffText.packed(conditions(card, room) + [limit(card, language)], room.columns)
            + StaffText.packed(arms(card, language) + [allergies(card, language)], room.columns) + [
                contacts(card, language).joined(separator: " "),
                [bands(card, room), team(card, language)].filter { !$0.isEmpty }.joined(separator: " "),
            ]
    }

    private static func who(_ card: ResidentCard, _ language: Language) -> String {
        let resident = card.resident
        let who = StaffWords.person(resident.name, resident.sex, card.age, number: resident.number, language)
        return who + (StaffWords.status(card.status).map { " (\($0[language]))" } ?? "")
    }

    private static func place(_ card: ResidentCard, _ language: Language) -> String {
        var words = card.marks.livesAlone ? [HeadWords.alone[language]] : []
        if card.marks.isWatched { words.append(HeadWords.watched[language]) }
        if let building = card.resident.building {
            // Many rosters write the word themselves.
            words.append(building.hasPrefix("楼") ? building : HeadWords.building[language] + building)
        }
        return words.joined(separator: " ")
    }

    private static func team(_ card: ResidentCard, _ language: Language) -> String {
        guard let team = card.resident.team, !team.isEmpty else { return "" }
        return HeadWords.team[language] + team
    }

    private static func phone(_ card: ResidentCard, _ language: Language) -> String {
        card.resident.phone.map { HeadWords.phone[language] + $0 } ?? HeadWords.noPhone[language]
    }

    /// `高血压(2016)`: the year since when, as somebody said; `怀孕(到3-01)`: until when it is taken for true.
    private static func conditions(_ card: ResidentCard, _ room: StaffRoom) -> [String] {
        let held = card.marks.conditions(of: card.resident, on: room.desk.today)
        guard !held.isEmpty else { return [HeadWords.noConditions[room.language]] }
        return Condition.allCases.filter(held.contains).map { condition in
            let time = card.marks.conditions[condition]
            let when: String? =
                switch condition {
                case .pregnant, .lactating:
                    HeadWords.until(time?.until.map { StaffWords.day($0, today: room.desk.today) })[room.language]
                default: time?.since.map { "\($0.date.year)" }
                }
            return StaffWords.condition(condition)[room.language] + (when.map { "(\($0))" } ?? "")
        }
    }

    private static func limit(_ card: ResidentCard, _ language: Language) -> String {
        HeadWords.limit[language] + card.limit + (card.limitSource.map { "(\($0[language]))" } ?? "")
    }

    private static func arms(_ card: ResidentCard, _ language: Language) -> [String] {
        var words: [String] = []
        switch card.usualArm {
        case .left: words.append(HeadWords.leftArm[language])
        case .right: words.append(HeadWords.rightArm[language])
        case .notSaid, nil: break
        }
        if card.marks.neverArms.contains(.left) { words.append(HeadWords.neverLeft[language]) }
        if card.marks.neverArms.contains(.right) { words.append(HeadWords.neverRight[language]) }
        return words
    }

    private static func medicines(_ card: ResidentCard, _ language: Language) -> String {
        // The last follow-up says what she takes now.
        guard let medicines = card.resident.medicines, !medicines.isEmpty, card.followUps.first?.drugs == nil else {
            return ""
        }
        return HeadWords.medicines[language] + medicines
    }

    private static func allergies(_ card: ResidentCard, _ language: Language) -> String {
        guard let known = card.marks.allergies else {
            return HeadWords.allergies[language] + HeadWords.notAsked[language]
        }
        return HeadWords.allergies[language] + (known.isEmpty ? HeadWords.none[language] : known)
    }

    /// `联系人：女儿 张丽 13900000107(本人同意 2026-03-02)`; without consent that is said.
    private static func contacts(_ card: ResidentCard, _ language: Language) -> [String] {
        card.marks.contacts.prefix(2).map { contact in
            let consent = contact.consented.map { "\(HeadWords.consented[language]) \($0.iso)" }
            return HeadWords.contact[language] + "\(contact.relation) \(contact.name) \(contact.phone)"
                + "(\(consent ?? HeadWords.emergencyOnly[language]))"
        }
    }

    /// `手环 3号 电71% 08:55`.
    private static func bands(_ card: ResidentCard, _ room: StaffRoom) -> String {
        guard !card.worn.isEmpty else {
            return card.bands.isEmpty
                ? "" : HeadWords.band[room.language] + card.bands.map(\.rawValue).joined(separator: " ")
        }
        return card.worn.map { worn in
            let battery = worn.batteryPercent.map { "\(HeadWords.battery[room.language])\($0)%" }
            let heard = worn.lastHeard.map { StaffWords.time($0, room.desk) }
            let doubt = worn.isDoubted ? HeadWords.doubted[room.language] : nil
            let parts = [worn.band.rawValue, battery, heard, doubt].compactMap { $0 }
            return HeadWords.band[room.language] + parts.joined(separator: " ")
        }.joined(separator: "  ")
    }

    /// What must be settled before anything else is believed.
    private static func warnings(_ card: ResidentCard, _ room: StaffRoom) -> [String] {
        var warnings = card.isNewcomer ? [HeadWords.newcomer[room.language]] : []
        if !card.maybeSame.isEmpty {
            let people = card.maybeSame.prefix(2).map { StaffWords.person($0, room.language) }
            warnings.append(HeadWords.maybeSame[room.language] + people.joined(separator: "、"))
        }
        return warnings
    }
}

extension StaffWords {
    /// Where a resident is; nil while she is here.
    package static func status(_ status: ResidentStatus) -> LocalizedText? {
        switch status {
        case .here: nil
        case .moved: LocalizedText("搬走了", en: "moved")
        case .dead: LocalizedText("去世了", en: "dead")
        case .lost: LocalizedText("找不到人", en: "lost")
        case .ended: LocalizedText("不归本队管了", en: "no longer looked after")
        }
    }
}

private enum HeadWords {
    static let alone = LocalizedText("独居", en: "alone")
    static let watched = LocalizedText("关注", en: "watched")
    static let building = LocalizedText("楼", en: "bldg ")
    static let team = LocalizedText("签约：", en: "team ")
    static let phone = LocalizedText("电话 ", en: "tel ")
    static let noPhone = LocalizedText("没有电话", en: "no phone")
    static let noConditions = LocalizedText("没有登记的病", en: "no condition on record")
    static let limit = LocalizedText("范围", en: "limit ")
    /// A roster does not say until when; a nurse has to.
    static func until(_ day: String?) -> LocalizedText {
        day.map { LocalizedText("到\($0)", en: "until \($0)") } ?? LocalizedText("到哪天没问", en: "until when?")
    }
    static let leftArm = LocalizedText("左胳膊", en: "left arm")
    static let rightArm = LocalizedText("右胳膊", en: "right arm")
    static let neverLeft = LocalizedText("左胳膊不能量", en: "never left")
    static let neverRight = LocalizedText("右胳膊不能量", en: "never right")
    static let medicines = LocalizedText("药：", en: "medicine: ")
    static let allergies = LocalizedText("药敏：", en: "allergies: ")
    static let none = LocalizedText("无", en: "none known")
    static let notAsked = LocalizedText("没问过", en: "not asked")
    static let contact = LocalizedText("联系人：", en: "contact: ")
    static let consented = LocalizedText("本人同意", en: "agreed")
    static let emergencyOnly = LocalizedText("没同意，只急用", en: "not agreed, emergencies only")
    static let band = LocalizedText("手环 ", en: "band ")
    static let battery = LocalizedText("电", en: "bat ")
    static let doubted = LocalizedText("可能别人戴着", en: "maybe somebody else's")
    static let newcomer = LocalizedText("自己登记的，等护士确认", en: "Enrolled by card; a nurse has to confirm")
    static let maybeSame = LocalizedText("可能是同一个人：", en: "Maybe the same: ")
}
