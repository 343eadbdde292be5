// Log in: choose a name, type a PIN. Shows nothing of any resident, and says the same for a wrong PIN and a wrong name.

import TextScreen
import Vitals

/// The login of a staff session.
struct StaffLogin: StaffPage {
    /// nil until the hut has sent the list.
    private var list: [StaffName]?
    private var number = ""
    private var chosen: StaffName?
    private var pin = ""
    /// Sent and not yet answered.
    private var isAsking = false
    private var refusal: LocalizedText?

    /// Longer than any PIN the hut sets; keeps a stuck key from filling memory.
    private static let longestPIN = 32

    var typesText: Bool { true }

    var isAtRest: Bool { chosen == nil && number.isEmpty }

    private var staff: [StaffName] { list ?? [] }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        chosen == nil
            ? [StaffHint(nil, Phrases.choose, short: Phrases.choose)] + (desk.isStation ? [.back] : [])
            : [
                StaffHint(.enter, Phrases.enter, short: Phrases.enter),
                StaffHint(.backspace, Phrases.other, short: Phrases.other),
            ]
    }

    /// Whether this is the person whose PIN was sent.
    func awaits(_ key: StaffKey) -> Bool { isAsking && chosen?.key == key }

    func appeared(_ desk: StaffDesk) -> [StaffEffect] { list == nil ? [.loadStaff] : [] }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        // The answer must find this page: a session the hut believes open would promise residents a nurse.
        if isAsking { return .nothing }
        refusal = nil
        return chosen == nil ? pressChoosing(key) : pressTyping(key)
    }

    private mutating func pressChoosing(_ key: Key) -> StaffStep {
        switch key {
        case .character(let digit) where digit.isRowDigit:
            if number.count < 3 { number.append(digit) }
            if staff.count < 10 { choose() }
        case .enter where !number.isEmpty: choose()
        case .backspace where !number.isEmpty: number.removeLast()
        default: return .unused
        }
        return .nothing
    }

    private mutating func choose() {
        if let row = Int(number), staff.indices.contains(row - 1) {
            chosen = staff[row - 1]
        } else {
            refusal = StaffPhrases.noSuchRow
        }
        number = ""
    }

    private mutating func pressTyping(_ key: Key) -> StaffStep {
        switch key {
        case .enter where !pin.isEmpty:
            guard let chosen else { return .nothing }
            isAsking = true
            defer { pin = "" }
            return .ask(.logIn(chosen.key, pin: pin))
        case .enter: return .say(Phrases.typePIN)
        case .backspace where !pin.isEmpty: pin.removeLast()
        case .backspace, .escape: (chosen, pin) = (nil, "")
        case .character(let character) where pin.count < Self.longestPIN && character.isASCII:
            pin.append(character)
        default: return .unused
        }
        return .nothing
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        switch event {
        case .staff(let names):
            // Row numbers must not change under a number half typed.
            if isAtRest || list == nil { list = names }
        case .loginRefused: (isAsking, refusal) = (false, Phrases.refused)
        case .loginLocked: (isAsking, refusal, chosen) = (false, Phrases.locked, nil)
        case .failed(let text): (isAsking, refusal) = (false, text)
        default: break
        }
        return .nothing
    }
}

// MARK: - View

extension StaffLogin {
    func draw(_ room: StaffRoom) -> [StaffLine] {
        let language = room.language
        let margin = room.isWide ? "        " : " "
        var lines = [StaffLine(StaffText.spread(room.desk.place.hutName, clock(room), room.columns)), StaffLine()]
        lines.append(StaffLine(margin + Phrases.title[language], .bold))
        lines.append(StaffLine())
        if let chosen {
            lines.append(StaffLine(margin + StaffWords.person(chosen.staff, language)))
            let typed = isAsking ? Phrases.looking[language] : String(repeating: "*", count: pin.count) + "_"
            lines.append(StaffLine(margin + Phrases.pin[language] + typed))
        } else if staff.isEmpty {
            let empty = list == nil ? StaffPhrases.loading : Phrases.nobody
            lines.append(StaffLine(margin + empty[language]))
        } else {
            lines += names(room, margin)
        }
        if let refusal { lines += [StaffLine(), StaffLine(margin + refusal[language], .bold)] }
        return lines
    }

    private func clock(_ room: StaffRoom) -> String {
        let offset = room.desk.place.offset
        let time = StaffWords.clock(room.now, offset)
        return room.isWide ? "\(room.desk.today.iso)  \(time)" : time
    }

    /// The names; where they are more than fit, those around the number being typed.
    private func names(_ room: StaffRoom, _ margin: String) -> [StaffLine] {
        let fit = max(1, room.rows - 8)
        let first = Int(number).map { max(0, min(($0 - 1) / fit * fit, staff.count - 1)) } ?? 0
        var lines = staff.indices.dropFirst(first).prefix(fit).map { row in
            StaffLine("\(margin)\(row + 1) \(StaffWords.person(staff[row].staff, room.language))")
        }
        if staff.count > fit {
            lines.append(StaffLine(margin + Phrases.more(staff.count)[room.language]))
        }
        if !number.isEmpty { lines.append(StaffLine("\(margin)\(number)_")) }
        return lines
    }
}

private enum Phrases {
    static let title = LocalizedText("护士、医生登录", en: "Staff log in")
    static let choose = LocalizedText("按序号选您的名字", en: "Choose your name by its number")
    static let pin = LocalizedText("密码：", en: "PIN: ")
    static let looking = LocalizedText("请稍等", en: "one moment")
    static let typePIN = LocalizedText("请先按密码", en: "Type the PIN first")
    static let enter = LocalizedText("回车=登录", en: "Enter=log in")
    static let other = LocalizedText("退格=换人", en: "Backspace=somebody else")
    static let nobody = LocalizedText("还没有登记工作人员", en: "No staff on record yet")
    static let refused = LocalizedText("密码对不上，请再试", en: "That PIN does not fit; try again")
    static let locked = LocalizedText("密码错多次，十分钟后再试", en: "Wrong PIN too often: wait ten minutes")
    static func more(_ count: Int) -> LocalizedText {
        LocalizedText("一共 \(count) 位，按序号再按回车", en: "\(count) in all: number, then Enter")
    }
}
