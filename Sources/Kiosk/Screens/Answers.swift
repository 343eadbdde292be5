// What a nurse answered stands here at the next visit, after K3 and before K5: a request that is only done, and not said to
// be done, is asked again.

import TextScreen
import Vitals

/// A nurse's answer to a request, or a word she left.
package struct NurseWord: Hashable, Sendable {
    /// The request it answers, or the message itself: what the hut notes as read.
    package var fact: FactSequence
    /// nil: a message that nobody asked for.
    package var asked: ResidentRequest?
    package var askedOn: LocalDay
    package var text: String
    package var by: String

    package init(fact: FactSequence, asked: ResidentRequest?, askedOn: LocalDay, text: String, by: String) {
        (self.fact, self.asked, self.askedOn, self.text, self.by) = (fact, asked, askedOn, text, by)
    }
}

/// K5w: one word of a nurse at a time. Read when its key was pressed, not when it was shown.
struct NurseWords: Screen {
    private var words: [NurseWord]

    /// At least one.
    init(_ words: [NurseWord]) { self.words = words }

    var name: String { "K5w" }
    func keys(_ room: Room) -> [CommonKey] { [.help, .leave] }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")), .key(.enter):
            guard let read = words.first else { return .go(Home()) }
            room.send(.answerSeen(read.fact))
            words.removeFirst()
            return .go(words.isEmpty ? Home() : NurseWords(words))
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        guard let word = words.first else { return Page([]) }
        let day = look.day(word.askedOn)
        let head =
            word.asked.map { look.title(.k5wYouAsked, ["day": day, "what": look.say($0.phrase)]) }
            ?? look.title(.k5wMessage)
        // A message that nobody asked for says so in its head.
        let says = word.asked == nil ? [] : [look.text(.k5wSays)]
        let body: [Block] = [.text(word.text, bold: true), .text(word.by), .gap, look.choice("1", .k5wRead)]
        return Page([head, .gap] + says + body)
    }
}

extension ResidentRequest {
    /// As the resident chose it at K5a.
    var phrase: Phrase {
        switch self {
        case .call: .askCall
        case .homeVisit: .askVisit
        case .nursing: .askNursing
        case .bandHelp: .askBand
        }
    }
}
