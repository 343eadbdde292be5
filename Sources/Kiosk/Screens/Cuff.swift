// K9 to K11: the key that asks the cuff for this person, the key on the machine, and the cuff at work. Only here is the
// cuff asked; leaving for any other screen takes the asking back. While the cuff works nothing closes (H-23, H-32).

import TextScreen
import Vitals

/// K9.
struct ArmIn: Screen {
    var name: String { "K9" }
    func previous(_ room: Room) -> (any Screen)? {
        // Measuring again right after a very high reading is no place to wander off from.
        if room.visit?.crisisOpen == true { return nil }
        return room.visit?.view.visitor.isGuest == true ? HowAreYou() : Home()
    }
    func patience(_ room: Room) -> Patience { .asks(.seconds(180)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")):
            guard let visit = room.visit else { return .close(.left) }
            guard room.cuffWorks else { return .go(CuffOut()) }
            room.visit?.beginAsking()
            room.send(.ask(visit.arm))
            return .go(room.place.cuff == .hutStarts ? CuffWorking() : PressStart())
        case .key(.character("2")):
            return .go(room.visit?.results.isEmpty == false ? NotMine(back: self) : SomeoneElse())
        case .key(.character("3")):
            guard let visit = room.visit, visit.mayChangeArm else { return .unused }
            room.visit?.arm = visit.arm.other
            return .stay
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        let visit = look.room.visit
        let arm = visit?.arm ?? .left
        var blocks: [Block] = [look.title(look.isWide ? .k9WhoWide : .k9Who, ["who": look.who(look.visitor)])]
        if look.room.place.cuff == .resultOnly { blocks.append(look.text(.k9Nobody)) }
        if look.isWide {
            blocks += [look.text(.k9Sleeve), look.text(.k9AllIn), look.text(.k9Elbow), look.text(.k9Palm)]
        } else {
            blocks += [.gap, look.text(.k9SleeveAllIn), look.text(.k9Elbow), look.text(.k9Palm)]
        }
        blocks += [look.text(whichArm(visit, arm)), .gap, look.choice("1", .k9Ready), look.choice("2", .k9Other)]
        if visit?.mayChangeArm != false { blocks.append(look.choice("3", arm == .left ? .k9UseRight : .k9UseLeft)) }
        return Page(picture: cuff(look), blocks)
    }

    private func whichArm(_ visit: Sitting?, _ arm: Arm) -> Phrase {
        if visit?.mayChangeArm == false { return arm == .left ? .k9NeverRight : .k9NeverLeft }
        if visit?.comparesArms == true, visit?.crisisOpen == false {
            switch visit?.results.count {
            case 0 where arm == .left: return .k9FirstLeft
            case 1 where arm == .right: return .k9ThenRight
            default: break
            }
        }
        if visit?.view.lastArm == arm { return arm == .left ? .k9LeftAgain : .k9RightAgain }
        return arm == .left ? .k9Left : .k9Right
    }

    private func cuff(_ look: Look) -> Picture {
        Picture(
            lines: [
                " ___________",
                "/           \\",
                "|   ======>   |   " + look.say(.k9PictureArm),
                "\\___________/",
                "     ^",
                "  " + look.say(.k9PictureElbow),
            ].enumerated().map { $0 == 2 ? $1 : " " + $1 }, row: 4, column: 44)
    }
}

/// K10: where the hut may not start the cuff.
struct PressStart: Screen {
    /// A result-only cuff says nothing while it works: after a while the screen speaks as if it did.
    private var isProbablyWorking = false

    init() {}

    var name: String { "K10" }
    var isAsking: Bool { true }
    func previous(_ room: Room) -> (any Screen)? { room.beforeMeasuring() }
    func patience(_ room: Room) -> Patience {
        room.place.cuff == .resultOnly && !isProbablyWorking ? .ends(.seconds(20)) : .asks(.seconds(180))
    }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .told(.cuffStarted): return .go(CuffWorking())
        case .told(.cuffPressure(let pressure)): return .go(CuffWorking(pressure: pressure))
        case .timeUp:
            isProbablyWorking = true
            return .stay
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        var blocks = [look.title(.k10Press), .gap, look.text(.k10Green, indent: look.isWide ? 8 : 7), .gap]
        if isProbablyWorking { blocks.append(look.text(.k10Measuring)) }
        return Page(blocks + [look.text(.k10Quiet), look.text(.stopLine)])
    }
}

/// K11.
struct CuffWorking: Screen {
    var pressure: MmHg?

    var name: String { "K11" }
    var isAsking: Bool { true }
    var standsWhenClosed: Bool { true }
    func keys(_ room: Room) -> [CommonKey] { [] }
    /// The hut gives up after 120 s and says so; this is for a hut that does not.
    func patience(_ room: Room) -> Patience { .ends(.seconds(150)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .told(.cuffStarted): return .stay
        case .told(.cuffPressure(let pressure)):
            self.pressure = pressure
            return .stay
        // The result, the error or the silence is still to come, and is this visit's: nothing leaves before it.
        case .told(.cuffIdle): return .stay
        case .key(.character("0")):
            room.visit?.wantsToLeave = true
            return waits(.k11LeaveSoon, &room)
        case .key(.character("9")):
            // Called at once; the screen changes when the arm is free.
            room.send(.callHelp)
            room.visit?.wantsHelp = true
            return waits(.k11HelpSoon, &room)
        case .timeUp:
            room.send(.stopCuff)
            return .go(CuffSilent())
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        let value = pressure.map { String($0.value) } ?? ""
        var blocks = [look.title(.k11Measuring), .gap]
        if look.isWide {
            blocks += [.digits(value.isEmpty ? " " : value, indent: 6), .text(bar(52))]
        } else {
            let spaces = String(repeating: " ", count: max(0, 3 - value.count))
            blocks.append(.text("\(spaces)\(value)  \(bar(26))", indent: 2))
        }
        return Page(blocks + [.gap, look.text(.k11Tight), look.text(.stopLine)])
    }

    /// The hut's own stop, where it started the cuff: who wants to leave or calls wants his arm back.
    private func waits(_ phrase: Phrase, _ room: inout Room) -> Turn {
        if room.place.cuff == .hutStarts { room.send(.stopCuff) }
        room.say(phrase)
        return .stay
    }

    /// Filled in proportion to 220 mmHg, beyond which cuffs rarely pump.
    private func bar(_ cells: Int) -> String {
        let filled = min(cells, max(0, pressure?.value ?? 0) * cells / 220)
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: cells - filled) + "]"
    }
}
