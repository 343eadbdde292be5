// K13 to K18: numbers, and what happens next. One reading is not a result and gets no word; a word never is a
// diagnosis, and beside every value stands that feeling ill counts more than the number (H-27).

import TextScreen
import Vitals

/// K13; also the second or third reading where one more is wanted.
struct OnceMore: Screen {
    var name: String { "K13" }
    func patience(_ room: Room) -> Patience { .ends(.seconds(12)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .timeUp where room.visit?.wantsToLeave == true: return .leave
        case .timeUp, .key(.enter): return .go(Pause(now: now.monotonic))
        case .key(.character("2")): return .go(NotMine(back: self))
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        let count = look.room.visit?.results.count ?? 1
        let titles: [Phrase] = [.k13First, .k13Second, .k13Third]
        var blocks = [look.title(titles[min(max(count, 1), 3) - 1])]
        if let last = look.room.visit?.last { blocks += numbers(last.pressure.text, last.pressure.pulse, look) }
        return Page(blocks + [.gap, look.text(.k13Again), .gap, look.choice("2", .k13NotMine)])
    }
}

/// After the second reading of a first visit, taken on the other arm.
struct OtherArmDone: Screen {
    var name: String { "K13b" }
    func patience(_ room: Room) -> Patience { .ends(.seconds(12)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .timeUp where room.visit?.wantsToLeave == true: .leave
        case .timeUp, .key(.enter): .go(Pause(now: now.monotonic))
        case .key(.character("2")): .go(NotMine(back: self))
        default: .unused
        }
    }

    /// Which arm comes next: the higher one, as the room has chosen it.
    private func again(_ visit: Sitting?) -> Phrase {
        let systolics = visit?.results.suffix(2).map(\.result.pressure.systolic) ?? []
        guard let visit, systolics.first != systolics.last else { return .k13Same }
        return visit.arm == .left ? .k13LeftHigher : .k13RightHigher
    }

    func page(_ look: Look) -> Page {
        var blocks = [look.title(.k13BothArms), .gap]
        for taken in look.room.visit?.results.suffix(2) ?? [] {
            let phrase: Phrase = taken.arm == .left ? .k13Left : .k13Right
            blocks.append(look.text(phrase, ["value": taken.result.pressure.text], indent: 2))
        }
        return Page(blocks + [.gap, look.text(again(look.room.visit)), .gap, look.choice("2", .k13NotMine)])
    }
}

/// K14: counts by itself.
struct Pause: Screen {
    private let countDown: CountDown

    init(now: MonotonicTime) { countDown = CountDown(.seconds(60), from: now) }

    var name: String { "K14" }
    func patience(_ room: Room) -> Patience { .until(countDown.end) }
    func nextChange(after now: MonotonicTime) -> MonotonicTime? { countDown.nextChange(after: now) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .timeUp: return .go(room.beforeMeasuring())
        case .key(.enter):
            let left = countDown.seconds(at: now.monotonic)
            room.say(.k14Left, ["time": clock(left)])
            return .stay
        // After a very high reading there is no shortcut past the second one.
        case .key(.character("6")) where room.visit?.crisisOpen == false: return .go(Today())
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        let left = countDown.seconds(at: look.now.monotonic)
        let digits = Block.digits(clock(left), indent: 8)
        if look.room.visit?.crisisOpen == true {
            return Page([look.title(.k14Pause), digits, .gap, look.text(.c1NoPills)])
        }
        return Page([look.title(.k14Pause), digits, .gap, look.choice("6", .k14Enough)])
    }

    private func clock(_ seconds: Int) -> String { "\(seconds / 60):\((seconds % 60).padded(2))" }
}

/// K16.
struct Differ: Screen {
    var name: String { "K16" }
    func patience(_ room: Room) -> Patience { .ends(.seconds(12)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .timeUp where room.visit?.wantsToLeave == true: .leave
        case .timeUp, .key(.enter): .go(Pause(now: now.monotonic))
        case .key(.character("6")): .go(Today())
        default: .unused
        }
    }

    func page(_ look: Look) -> Page {
        let last = look.room.visit?.results.suffix(2).map(\.result.pressure.text) ?? []
        var blocks = [look.title(.k16Differ), .gap]
        for (phrase, value) in zip([Phrase.k16First, .k16Second], last) {
            blocks.append(look.text(phrase, ["value": value], indent: 2))
        }
        return Page(blocks + [.gap, look.text(.k16NotYou), look.choice("6", .k16Enough)])
    }
}

/// K17.
struct Today: Screen {
    var name: String { "K17" }
    func previous(_ room: Room) -> (any Screen)? {
        room.visit?.view.visitor.isGuest == true ? HowAreYou() : Home()
    }
    func patience(_ room: Room) -> Patience {
        room.visit?.wantsToLeave == true ? .ends(.seconds(12)) : .asks(.seconds(60))
    }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("2")) where room.visit?.last != nil: return .go(NotMine(back: self))
        case .key(.character("1")): return room.measuringOther.map { .go($0) } ?? .unused
        case .key(.character("4")) where room.mayAskForSlip:
            room.askForSlip(now: now)
            return .stay
        case .key(.character("1")): return room.measuringOther.map { .go($0) } ?? .unused
        case .timeUp: return .leave
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        guard let visit = look.room.visit, let shown = visit.shown else { return Page([look.title(.k17Today)]) }
        let session = shown.session
        var title = look.say(look.isWide && session.count == 2 ? .k17TodayTogether : .k17Today)
        var word = "\(shown.word.shape)\(look.isWide ? "  " : " ")\(shown.word.text[look.language])"
        if !look.isWide, let pulse = session.pulse {
            // Beside the word where there is room, as the script paints it; else beside the title.
            let short = look.say(.pulseShort, ["pulse": String(pulse.value)])
            if cellWidth(word) + 1 + cellWidth(short) <= 38 { word += " " + short } else { title += "  " + short }
        }
        var blocks: [Block] = [
            .text(title, bold: true), .digits(session.text, indent: look.isWide ? 6 : 0), .gap,
        ]
        if look.isWide, let pulse = session.pulse { blocks.append(look.text(.pulse, ["pulse": String(pulse.value)])) }
        blocks += [.text(word, bold: true), .gap]
        let sentences = [look.say(.k17Medicine), look.say(look.isWide ? .k17FeelBadWide : .k17FeelBad)]
        // English is longer: run on where every row is needed.
        blocks.append(.text(sentences.joined(separator: look.isWide || look.language == .chinese ? "\n" : ". ")))
        return Page(blocks + [.gap, keys(look), look.text(Today.saved(visit))])
    }

    /// One line for all, as the script has it: no row is to spare.
    private func keys(_ look: Look) -> Block {
        let offersSlip = look.room.offersSlip
        var keys = ["2 \(look.say(.k17NotMine))"]
        if !look.room.otherVitals.isEmpty { keys.insert("1 \(look.say(offersSlip ? .k17More : .s4Other))", at: 0) }
        if offersSlip { keys.append("4 \(look.say(.k17Slip))") }
        guard keys.count > 1 else { return look.choice("2", .k17NotMine) }
        return .text(keys.joined(separator: look.isWide ? "      " : "  "))
    }

    static func saved(_ visit: Sitting) -> Phrase {
        if !visit.keeps { return .k17NotKept }
        return visit.view.visitor.isGuest ? .k17KeptForNurse : .k17Saved
    }
}

/// K18.
struct Low: Screen {
    let pressure: BloodPressure
    private var isSilent = false

    init(_ pressure: BloodPressure) { self.pressure = pressure }

    var name: String { "K18" }
    func patience(_ room: Room) -> Patience { isSilent ? .endless : .ends(.seconds(15)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")):
            room.send(.symptoms(.dizzy))
            return .go(VeryBadNow(back: self))
        case .key(.character("2")):
            room.send(.symptoms(.notDizzy))
            return .go(Today())
        case .key(.character("0")):
            // Getting up and going is what this screen is against: nobody answered, the nurse is told.
            if !isSilent { room.send(.symptoms(.dizzySilence)) }
            return .leave
        case .timeUp:
            isSilent = true
            room.send(.symptoms(.dizzySilence))
            return .stay
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        var blocks = [look.title(.k18Low, ["value": pressure.text]), look.text(.k18Stay), .gap]
        blocks += [look.text(.k18Dizzy), look.choice("1", .k18Yes), look.choice("2", .k18No)]
        if isSilent { blocks += [.gap, look.text(look.isStaffed ? .c1Staffed : .c1Unstaffed)] }
        return Page(blocks)
    }
}

/// Six rows of digits, the pulse under them.
private func numbers(_ value: String, _ pulse: PerMinute?, _ look: Look) -> [Block] {
    var blocks: [Block] = [.digits(value, indent: look.isWide ? 6 : 0)]
    if let pulse { blocks.append(look.text(.pulse, ["pulse": String(pulse.value)])) }
    return blocks
}
