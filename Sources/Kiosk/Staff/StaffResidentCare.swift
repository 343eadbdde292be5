// What is to be done for a resident and why, and what was done: flags with their evidence, follow-ups, requests, promises,
// and what the district has.

import TextScreen
import Vitals

/// The lines under the plot.
enum StaffResidentCare {
    /// Open flags, each with its evidence; what does not fit is counted, never dropped in silence.
    static func flags(_ card: ResidentCard, _ room: StaffRoom) -> [StaffLine] {
        guard !card.openFlags.isEmpty else { return [StaffLine(CareWords.nothingOpen[room.language])] }
        let most = room.isWide ? 4 : 3
        let shown = card.openFlags.count > most ? most - 1 : card.openFlags.count
        var lines = card.openFlags.prefix(shown).flatMap { flag($0, room) }
        if card.openFlags.count > shown {
            lines.append(StaffLine(CareWords.moreOpen(card.openFlags.count - shown)[room.language], .bold))
        }
        if let tries = StaffWords.tries(card.tries) { lines.append(StaffLine("     " + tries[room.language])) }
        return lines
    }

    /// `要办  o FU-01 ...`; a long sentence goes on in the next line.
    private static func flag(_ flag: ResidentCard.FlagLine, _ room: StaffRoom) -> [StaffLine] {
        let said = StaffWords.due(flag.due, flag.severity, today: room.desk.today)[room.language]
        // `90天到今天` says it already.
        let isSaid = flag.due == room.desk.today && flag.sentence[room.language].contains(said)
        let due = isSaid ? "" : said
        let taken = flag.takenBy.map { "[\($0)]" } ?? ""
        let head = room.isWide ? " \(flag.rule.rawValue)" : ""
        let mark = StaffText.fit(StaffWords.mark(flag.severity), 2)
        let start = "\(CareWords.open[room.language]) \(mark)\(head) "
        let cells = room.columns - cellWidth(start) - cellWidth(due) - 1
        let parts = StaffText.wrap(taken + flag.sentence[room.language], cells, lines: 2)
        return parts.enumerated().map { row, part in
            row == 0
                ? StaffLine(StaffText.spread(start + part, due, room.columns))
                : StaffLine(String(repeating: " ", count: cellWidth(start)) + part)
        }
    }

    /// Follow-ups, ended flags, requests, promises, uploads.
    static func rest(_ card: ResidentCard, _ room: StaffRoom) -> [StaffLine] {
        let followUps = followUps(card, room)
        let ended = card.endedFlags.prefix(1).flatMap { endedFlag($0, room) }
        let requests = card.requests.prefix(2).flatMap { request($0, room) }
        let promises = card.promises.prefix(2).map { promise in
            CareWords.promised[room.language] + " \(StaffWords.day(promise.day)) "
                + StaffWords.promise(promise.kind)[room.language] + " " + promise.by
        }
        return (followUps + ended + requests + promises + uploads(card, room)).map {
            StaffLine(StaffText.cut($0, room.columns))
        }
    }

    /// `随访  8-23 门诊 136/80 满意 氨氯地平5mg 规律 王敏 | 5-30 ...`, two in a line at 80 columns.
    private static func followUps(_ card: ResidentCard, _ room: StaffRoom) -> [String] {
        let head = CareWords.followUps[room.language] + " "
        guard !card.followUps.isEmpty else { return [head + CareWords.noFollowUp[room.language]] }
        let words = card.followUps.prefix(2).map { followUp($0, room.language) }
        let joined = head + words.joined(separator: " | ")
        if room.isWide, cellWidth(joined) <= room.columns { return [joined] }
        return words.enumerated().map { row, text in
            (row == 0 ? head : String(repeating: " ", count: cellWidth(head))) + text
        }
    }

    private static func followUp(_ line: ResidentCard.FollowUpLine, _ language: Language) -> String {
        let parts = [
            StaffWords.day(line.day), StaffWords.method(line.method)[language],
            line.pressure, line.visitClass.map { StaffWords.visitClass($0)[language] }, line.drugs,
            line.adherence.map { StaffWords.adherence($0)[language] }, line.by,
            line.countersignedBy.map { CareWords.countersigned[language] + $0 },
        ]
        return parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func endedFlag(_ flag: ResidentCard.FlagLine, _ room: StaffRoom) -> [String] {
        let day = StaffWords.day(room.desk.place.offset.day(of: flag.raisedAt))
        let text = "\(CareWords.ended[room.language]) \(day) \(flag.sentence[room.language])"
        let end = flag.end?[room.language] ?? ""
        return beside(text, end, room)
    }

    private static func request(_ line: RequestLine, _ room: StaffRoom) -> [String] {
        let text = "\(CareWords.request[room.language]) " + StaffWords.request(line, room)
        let answer =
            line.answer.map {
                CareWords.answered[room.language] + $0 + (line.isSeen ? "" : CareWords.notSeen[room.language])
            } ?? CareWords.unanswered[room.language]
        return beside(text, answer, room)
    }

    /// Both on one line where they fit; else how it ended stands below, to the right.
    private static func beside(_ text: String, _ end: String, _ room: StaffRoom) -> [String] {
        if end.isEmpty || cellWidth(text) + 1 + cellWidth(end) <= room.columns {
            return [StaffText.spread(text, end, room.columns)]
        }
        return [text, StaffText.fitRight(end, room.columns)]
    }

    /// `上传  最近收到 11-14  等着发 1`.
    private static func uploads(_ card: ResidentCard, _ room: StaffRoom) -> [String] {
        let year = CareWords.faceToFace(card.faceToFace)[room.language]
        guard let uploads = card.uploads else { return [StaffText.spread("", year, room.columns)] }
        let received =
            uploads.received.map { CareWords.received[room.language] + StaffWords.day($0) }
            ?? CareWords.nothingReceived[room.language]
        var text = "\(CareWords.uploads[room.language]) \(received)"
        if uploads.waiting > 0 { text += "  \(CareWords.waiting[room.language])\(uploads.waiting)" }
        if uploads.refused > 0 {
            text += "  \(CareWords.refused[room.language])\(uploads.refused) \(uploads.whyRefused ?? "")"
        }
        return beside(text, year, room)
    }
}

private enum CareWords {
    static let open = LocalizedText("要办 ", en: "do   ")
    static let ended = LocalizedText("办过 ", en: "done ")
    static let followUps = LocalizedText("随访 ", en: "visits")
    static let countersigned = LocalizedText("复核", en: "signed ")
    static let noFollowUp = LocalizedText("还没有随访过", en: "none yet")
    static let request = LocalizedText("请求 ", en: "asked")
    static let answered = LocalizedText("答复：", en: "answer: ")
    static let notSeen = LocalizedText("(还没看)", en: " (not read)")
    static let unanswered = LocalizedText("没答复", en: "no answer yet")
    static let promised = LocalizedText("约好 ", en: "promised")
    static let uploads = LocalizedText("上传 ", en: "sent ")
    static let received = LocalizedText("最近收到 ", en: "received up to ")
    static let nothingReceived = LocalizedText("还没收到过", en: "nothing received yet")
    static let waiting = LocalizedText("等着发 ", en: "waiting ")
    static let refused = LocalizedText("退回 ", en: "refused ")
    static let nothingOpen = LocalizedText("没有要办的", en: "Nothing to do")

    /// The norm asks for four a year, face to face.
    static func faceToFace(_ count: Int) -> LocalizedText {
        LocalizedText("今年面对面\(count)/4", en: "face to face \(count)/4")
    }

    static func moreOpen(_ count: Int) -> LocalizedText {
        LocalizedText("     还有 \(count) 件要办，c=看", en: "     \(count) more to do; c shows them")
    }
}
