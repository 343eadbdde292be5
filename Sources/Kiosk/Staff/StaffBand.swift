// The alerts nobody has taken, on top of every page until a named person takes them (nurse-screens 6; H-24, H-26).
//
// With nobody logged in the band says that somebody asks for help and where, never who: residents may be looking.

import Vitals

/// The lines of the untaken alerts.
enum StaffBand {
    /// An alert that nobody has taken for so long: the duty number is shown beside it (nurse-screens 6).
    static let untilDutyNumber = Duration.seconds(120)

    /// How many lines the band takes; none when nothing rings.
    static func height(_ desk: StaffDesk) -> Int {
        guard !desk.untaken.isEmpty else { return 0 }
        guard desk.seesHealth else { return 1 }
        let alerts = desk.isWide ? min(most, desk.untaken.count) : min(most, desk.untaken.count) + 1
        let details = detailed(desk).map { StaffAlertWords.height($0, desk) } ?? 0
        return alerts + details + (duty(desk) == nil ? 0 : 1)
    }

    /// The band's lines.
    static func lines(_ room: StaffRoom, typesText: Bool) -> [StaffLine] {
        let alerts = room.desk.untaken
        guard let first = alerts.first else { return [] }
        let key = Phrases.take(typesText: typesText, short: !room.isWide)[room.language]
        var texts: [String]
        if !room.desk.seesHealth {
            texts = nameless(first, alerts.count, room)
        } else if room.isWide {
            texts = wide(alerts, key, room)
        } else {
            texts = narrow(alerts, key, room)
        }
        if let alert = detailed(room.desk) {
            let margin = String(repeating: " ", count: StaffAlertWords.indent)
            let details = StaffAlertWords.lines(alert, room.desk, room.language).map { margin + $0 }
            texts += details
            texts += Array(repeating: "", count: StaffAlertWords.height(alert, room.desk) - details.count)
        }
        if room.desk.seesHealth, let phone = duty(room.desk) {
            texts.append("   " + Phrases.duty(phone, short: !room.isWide)[room.language])
        }
        return texts.map { StaffLine(StaffText.fit($0, room.columns), .alarm) }
    }

    /// Whom to call when an alert has stood too long.
    private static func duty(_ desk: StaffDesk) -> Phone? {
        desk.untaken.contains { desk.now.hut - $0.at >= untilDutyNumber } ? desk.place.phones.first : nil
    }

    /// How many alerts are shown with who and where; the others are counted.
    private static let most = 3

    /// The only alert, where there is more to say about it: with several the names come first.
    private static func detailed(_ desk: StaffDesk) -> StaffAlert? {
        guard desk.seesHealth, desk.untaken.count == 1, let alert = desk.untaken.first else { return nil }
        return alert.hasDetails ? alert : nil
    }

    /// One line an alert, three at most; the others are counted.
    private static func wide(_ alerts: [StaffAlert], _ key: String, _ room: StaffRoom) -> [String] {
        let shown = alerts.count > most ? most - 1 : alerts.count
        var texts = alerts.prefix(shown).enumerated().map { row, alert in
            // With several there is no second line, and where somebody lies is more than how the rule says it.
            let why =
                alert.isCallForHelp && alerts.count > 1
                ? StaffAlertWords.call(alert, room) : alert.sentence[room.language]
            let text = "\(head(alert, room))  \(why)"
            return StaffText.spread(text, row == 0 ? key : "", room.columns)
        }
        if alerts.count > shown { texts.append("!! " + Phrases.others(alerts.count - shown)[room.language]) }
        return texts
    }

    /// Who and where of each, a line an alert; then why of the first, which the key takes. The others are counted.
    private static func narrow(_ alerts: [StaffAlert], _ key: String, _ room: StaffRoom) -> [String] {
        let shown = min(most, alerts.count)
        let others = alerts.count > shown ? Phrases.others(alerts.count - shown, short: true)[room.language] + " " : ""
        let why = alerts.first.map { alert in
            alert.isCallForHelp && alerts.count > 1
                ? StaffAlertWords.call(alert, room) : alert.sentence[room.language]
        }
        return alerts.prefix(shown).map { StaffText.cut(head($0, room), room.columns) }
            + [StaffText.spread("   " + (why ?? ""), others + key, room.columns)]
    }

    private static func nameless(_ alert: StaffAlert, _ count: Int, _ room: StaffRoom) -> [String] {
        let place = alert.station.map { StaffWords.station($0, room.language) + " " } ?? ""
        let others = count > 1 ? " " + Phrases.others(count - 1, short: true)[room.language] : ""
        let words = room.desk.me == nil ? Phrases.logIn : Phrases.fetch
        return [
            "\(StaffWords.mark(max(alert.severity, .urgent))) \(time(alert, room.desk)) \(place)"
                + words[room.language] + others
        ]
    }

    /// When it came, with its day where that is not today.
    private static func time(_ alert: StaffAlert, _ desk: StaffDesk) -> String {
        StaffWords.time(alert.at, desk)
    }

    /// `!! 09:14 1号台 李国强 男 78岁 052号`.
    private static func head(_ alert: StaffAlert, _ room: StaffRoom) -> String {
        let mark = StaffWords.mark(max(alert.severity, .urgent))
        return "\(mark) \(time(alert, room.desk)) \(alert.words[room.language])"
    }
}

extension StaffAlert {
    /// `1号台 李国强 男 78岁 052号`.
    var words: LocalizedText {
        func words(_ language: Language) -> String {
            let place = station.map { StaffWords.station($0, language) + " " } ?? ""
            return place + (who ?? Phrases.nobody)[language]
        }
        return LocalizedText(words(.chinese), en: words(.english))
    }
}

private enum Phrases {
    static let nobody = LocalizedText("无名", en: "no name")
    static let fetch = LocalizedText("有人求助，请帮忙叫护士", en: "help needed: fetch a nurse")
    static let logIn = LocalizedText("有人求助，请登录处理", en: "help needed: log in")

    static func duty(_ phone: Phone, short: Bool) -> LocalizedText {
        let call = "\(phone.number) \(phone.who)"
        return short
            ? LocalizedText("没人接，请打：\(call)", en: "2 min untaken: \(call)")
            : LocalizedText("满2分钟没人接，请打：\(call)", en: "untaken for 2 min, call: \(call)")
    }

    static func others(_ count: Int, short: Bool = false) -> LocalizedText {
        short
            ? LocalizedText("另\(count)个", en: "+\(count)")
            : LocalizedText("另外还有 \(count) 个没人接", en: "\(count) more that nobody has taken")
    }

    static func take(typesText: Bool, short: Bool) -> LocalizedText {
        let key = typesText ? LocalizedText("Tab两下", en: "Tab twice") : LocalizedText("t", en: "t")
        return short
            ? LocalizedText("\(key.chinese)=接", en: "\(key.english)=take")
            : LocalizedText("\(key.chinese)=我来处理", en: "\(key.english)=I take it")
    }
}
