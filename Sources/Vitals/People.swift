// Who a reading can belong to, who may act on it, and the names that stand for them.
//
// Inside, a resident is a small integer; outside, an opaque id. Name, hut number and telephone are for screens only
// and never appear in a log, an error or a file name.

/// A resident inside this ledger; means nothing outside it.
package struct ResidentKey: Hashable, Comparable, Sendable, Codable, RawRepresentable {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A member of staff inside this ledger.
package struct StaffKey: Hashable, Sendable, Codable, RawRepresentable {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A station of the hut: one kiosk and its instruments. `booth-1`.
package struct StationID: Hashable, Sendable, Codable, RawRepresentable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// `booth-1` → `1号台`; a station without a number keeps its id.
    package var words: LocalizedText {
        let digits = String(rawValue.reversed().prefix { $0.isNumber }.reversed())
        guard let number = Int(digits) else { return LocalizedText(rawValue, en: rawValue) }
        return LocalizedText("\(number)号台", en: "booth \(number)")
    }
}

/// An instrument by its name in the settings. `cuff-1`.
package struct InstrumentID: Hashable, Sendable, Codable, RawRepresentable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// A wristband by the name its radio or bridge gives it: `!433d1f2a`, `3g:4700186508`, `iw:353456789012345`.
package struct BandID: Hashable, Sendable, Codable, RawRepresentable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// A name as a person types it, large or small letters; nil for what no radio or bridge calls a band.
    package init?(written text: String) {
        var name = text.lowercased()
        // Whoever copies it from a band's screen leaves the mark out.
        if name.utf8.count == 8, name.allSatisfy(\.isHexDigit) { name = "!" + name }
        let (family, number) = (name.prefix(3), name.utf8.dropFirst(3))
        let isWatch = ["3g:", "iw:"].contains(family) && (10...15).contains(number.count)
        let isNode = name.first == "!" && name.utf8.count == 9 && name.dropFirst().allSatisfy(\.isHexDigit)
        guard isNode || isWatch && number.allSatisfy({ (48...57).contains($0) }) else { return nil }
        rawValue = name
    }
}

package enum Sex: String, Hashable, Sendable, Codable { case female, male }

/// A condition on record that changes limits or duties.
package enum Condition: String, Hashable, Sendable, Codable, CaseIterable {
    case hypertension, diabetes, copd, af, pregnant
    case kidneyDisease, lactating
    /// On insulin, or on tablets for sugar.
    case glucoseDrugs
}

/// `lost`: looked for and not found; `ended`: no longer looked after by this team.
package enum ResidentStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case here, moved, dead, lost, ended

    /// Nothing new can be this person's (whose-reading row 53). Who was not found, or is followed up no more, may come in.
    package var isGone: Bool { self == .moved || self == .dead }
}

/// One line of the roster.
package struct Resident: Hashable, Sendable, Codable {
    /// The hut number a resident types, three digits or more: `047`.
    package var number: String
    package var name: String
    package var sex: Sex?
    package var birth: LocalDay?
    package var phone: String?
    package var building: String?
    package var conditions: Set<Condition>
    /// Medicines on record, as text; not empty means *on drugs* where a rule asks.
    package var medicines: String?
    package var team: String?

    package init(
        number: String, name: String, sex: Sex? = nil, birth: LocalDay? = nil, phone: String? = nil,
        building: String? = nil, conditions: Set<Condition> = [], medicines: String? = nil, team: String? = nil
    ) {
        (self.number, self.name, self.sex, self.birth) = (number, name, sex, birth)
        (self.phone, self.building, self.conditions) = (phone, building, conditions)
        (self.medicines, self.team) = (medicines, team)
    }

    /// The name as a resident's screen shows it: the second character hidden, `张*芳`; a two-character name `张*`.
    package var maskedName: String {
        let characters = Array(name)
        guard characters.count > 1 else { return name }
        return String(characters[0]) + "*" + String(characters.dropFirst(2))
    }
}

package enum StaffRole: String, Hashable, Sendable, Codable { case nurse, doctor, volunteer, `operator` }

/// A named person who may act: log in, take an alert, claim, close.
package struct Staff: Hashable, Sendable, Codable {
    package var name: String
    package var role: StaffRole

    package init(name: String, role: StaffRole) { (self.name, self.role) = (name, role) }
}

/// The languages every sentence exists in.
package enum Language: String, Hashable, Sendable, Codable, CaseIterable {
    case chinese = "zh-Hans"
    case english = "en"
}

/// One sentence in every language of the hut.
package struct LocalizedText: Hashable, Sendable, Codable {
    package var chinese: String
    package var english: String

    package init(_ chinese: String, en english: String) { (self.chinese, self.english) = (chinese, english) }

    package subscript(language: Language) -> String {
        switch language {
        case .chinese: chinese
        case .english: english
        }
    }
}
