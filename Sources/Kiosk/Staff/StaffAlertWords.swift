// What a nurse must know before she gets up: whether somebody still sits there, where a band was heard last and how old
// that is, what she takes, whom to call (nurse-screens 6).

import Vitals

extension StaffAlert {
    /// There is a second line to say.
    var hasDetails: Bool {
        sittingSince != nil || contact != nil || isCallForHelp || !(medicines ?? "").isEmpty
            || arm.map { $0 != .notSaid } ?? false || rested.map { $0 != .notSaid } ?? false
    }
}

/// What stands under the head of an alert.
enum StaffAlertWords {
    /// One line at 80 columns, two at 40; whom to call is never the part that is cut.
    static func lines(_ alert: StaffAlert, _ room: StaffRoom) -> [String] {
        let standing = place(alert, room)
        let contact = alert.contact.map { [call($0, room.language)] } ?? []
        guard room.isWide else {
            let second = contact.isEmpty ? body(alert, room) : contact
            return [
                (standing + (contact.isEmpty ? [] : body(alert, room))).joined(separator: " "),
                second.joined(separator: " "),
            ]
        }
        return [(standing + contact + body(alert, room)).joined(separator: "  ")]
    }

    /// Where she is, and since when.
    private static func place(_ alert: StaffAlert, _ room: StaffRoom) -> [String] {
        var parts = alert.isCallForHelp ? (room.isWide ? [since(alert, room)] : []) + [position(alert, room)] : []
        if let since = alert.sittingSince { parts.append(Words.sitting(minutes(room.now - since))[room.language]) }
        return parts
    }

    /// How it was measured and what she takes; how full the band is, where there is room for it.
    private static func body(_ alert: StaffAlert, _ room: StaffRoom) -> [String] {
        var parts: [String] = []
        if room.isWide, let percent = alert.batteryPercent {
            parts.append(Words.battery[room.language] + "\(percent)%")
        }
        if let arm = alert.arm, arm != .notSaid {
            parts.append((arm == .left ? Words.left : Words.right)[room.language])
        }
        if let rested = alert.rested, rested != .notSaid { parts.append(StaffWords.rested(rested)[room.language]) }
        if let medicines = alert.medicines, !medicines.isEmpty {
            parts.append(Words.medicines[room.language] + medicines)
        }
        return parts
    }

    private static func call(_ contact: ContactPerson, _ language: Language) -> String {
        Words.contact[language] + "\(contact.relation) \(contact.name) \(contact.phone)"
    }

    /// `14 分钟了`.
    private static func since(_ alert: StaffAlert, _ room: StaffRoom) -> String {
        Words.since(minutes(room.now - alert.at))[room.language]
    }

    /// `呼救 位置 34.1234,113.1234(19 分钟前)`: a call among other alerts.
    static func call(_ alert: StaffAlert, _ room: StaffRoom) -> String {
        Words.call[room.language] + position(alert, room)
    }

    /// Degrees with four decimals (eleven metres) and how old they are; or that nobody knows where.
    private static func position(_ alert: StaffAlert, _ room: StaffRoom) -> String {
        guard let position = alert.position else { return Words.noPosition[room.language] }
        let degrees = [position.latitudeE7, position.longitudeE7]
            .map { JSONLine.decimal($0 / 1_000, places: 4) }.joined(separator: ",")
        let age = alert.positionAt.map { "(\(StaffWords.age(room.now - $0)[room.language]))" }
        return Words.position[room.language] + degrees + (age ?? Words.noAge[room.language])
    }

    private static func minutes(_ span: Duration) -> Int { max(0, Int(span.milliseconds / 60_000)) }
}

private enum Words {
    static let left = LocalizedText("左胳膊", en: "left arm")
    static let right = LocalizedText("右胳膊", en: "right arm")
    static let medicines = LocalizedText("用药：", en: "medicine: ")
    static let contact = LocalizedText("联系人：", en: "contact: ")
    static let call = LocalizedText("呼救 ", en: "SOS ")
    static let battery = LocalizedText("电", en: "bat ")
    static let position = LocalizedText("位置 ", en: "at ")
    static let noPosition = LocalizedText("不知道在哪里", en: "place not known")
    static let noAge = LocalizedText("(不知道多久了)", en: "(age not known)")

    static func sitting(_ minutes: Int) -> LocalizedText {
        LocalizedText("还在座位上 \(minutes) 分钟", en: "still seated \(minutes) min")
    }

    static func since(_ minutes: Int) -> LocalizedText {
        LocalizedText("\(minutes)分钟了", en: "\(minutes) min")
    }
}
