// K5 and what hangs on it: the last value, the record, and asking a nurse to call or to come.

import TextScreen
import Vitals

/// K5.
struct Home: Screen {
    var name: String { "K5" }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")): return .go(room.mayMeasure ? HowAreYou() : room.beforeMeasuring())
        case .key(.character("2")) where room.isHelped: return .goSaying(self, .k3hNoPast)
        case .key(.character("2")):
            if let visit = room.visit, visit.view.recordNeedsPIN, !visit.hasShownPIN { return .go(RecordPIN()) }
            room.send(.loadRecord)
            return .go(Record())
        case .key(.character("3")): return .go(AskNurse())
        case .key(.character("4")):
            guard let other = room.measuringOther else { return .unused }
            return .go(other)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        var blocks: [Block] = []
        if look.room.isHelped {
            blocks += [look.text(.k3hNoPast), .gap]
        } else if let last = look.room.visit?.view.last {
            blocks += [look.text(.k5Last, ["day": look.day(last.day), "value": last.value.text]), .gap]
        }
        if !look.room.cuffWorks { blocks.append(look.text(.k0CuffOut)) }
        blocks.append(look.choice("1", .k5Measure))
        if !look.room.isHelped { blocks.append(look.choice("2", .k5Record)) }
        blocks.append(look.choice("3", .k5Ask))
        let others = look.room.otherVitals.map { look.say($0.word) }
        if !others.isEmpty {
            blocks.append(.choice("4", others.joined(separator: look.language == .chinese ? " " : ", ")))
        }
        blocks.append(.gap)
        if let doctor = look.room.visit?.view.doctor {
            blocks.append(look.text(.k5Doctor, ["who": doctor.who, "number": doctor.number]))
        } else if let phone = look.room.phone {
            blocks.append(.text("\(phone.who) \(phone.number)"))
        }
        return Page(blocks)
    }
}

extension Room {
    /// Somebody else measures for the visitor.
    var isHelped: Bool { visit?.view.isHelped == true }

    /// K9 may still come in this visit.
    var mayMeasure: Bool { beforeMeasuring() is ArmIn }
}

/// *My record*, newest first.
struct Record: Screen {
    /// nil until the hut has answered.
    private var lines: [RecordLine]?
    /// Whether it became better, said before the numbers.
    private var words: LocalizedText?
    private var first = 0

    init() {}

    var name: String { "K5r" }
    func previous(_ room: Room) -> (any Screen)? { Home() }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .told(.record(let lines)):
            self.lines = lines
            return .stay
        case .told(.improvement(let words)):
            self.words = words
            return .stay
        case .key(.character("1")) where hasMore:
            first += perPage
            return .stay
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        guard let lines else { return Page([look.title(.pleaseWait)]) }
        if lines.isEmpty { return Page([look.title(.recordEmpty)]) }
        var blocks = [look.title(.recordTitle)] + (words.map { [.text($0[look.language])] } ?? []) + [.gap]
        blocks += lines[first...].prefix(perPage).map { line in
            // Day and value stand in one line, the word under it: a long word never pushes the value out of sight.
            .text("\(look.day(line.day))  \(line.value.text)  \(line.word.shape)\n\(line.word.text[look.language])")
        }
        if hasMore { blocks += [.gap, look.choice("1", .recordMore)] }
        return Page(blocks)
    }

    private var perPage: Int { words == nil ? 3 : 2 }
    private var hasMore: Bool { first + perPage < (lines?.count ?? 0) }
}

/// Asking for a call, a visit, nursing at home, or help with the band.
struct AskNurse: Screen {
    private var isSaved = false
    private var isWaiting = false

    init() {}

    var name: String { "K5a" }
    func previous(_ room: Room) -> (any Screen)? { Home() }
    func patience(_ room: Room) -> Patience { isSaved ? .answers(.seconds(8)) : .asks(.seconds(60)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character(let digit)) where !isWaiting && AskNurse.requests[digit] != nil:
            return AskNurse.requests[digit].map { ask($0, &room) } ?? .unused
        case .key(.enter) where isSaved: return .go(Home())
        case .told(.requestSaved):
            isSaved = true
            return .stay
        case .timeUp: return .go(Home())
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        if isSaved { return Page([look.title(.askSaved), .gap, look.text(.askSeen)]) }
        if isWaiting { return Page([look.title(.pleaseWait)]) }
        let choices = AskNurse.requests.sorted { $0.key < $1.key }.map { look.choice($0.key, $0.value.phrase) }
        return Page([look.title(.askWhat), .gap] + choices)
    }

    private static let requests: [Character: ResidentRequest] = [
        "1": .call, "2": .homeVisit, "3": .nursing, "4": .bandHelp,
    ]

    private mutating func ask(_ request: ResidentRequest, _ room: inout Room) -> Turn {
        isWaiting = true
        room.send(.request(request))
        return .stay
    }
}
