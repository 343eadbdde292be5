// S1 to S3: which one, is it you, and the instrument at work. As at the cuff, only the key that says *it is me* asks an
// instrument, and what is measured must begin after it: so the key comes first, then the finger or the foot.

import TextScreen
import Vitals

/// S1: K5 `4`, K17 `1`.
struct WhichOne: Screen {
    var name: String { "S1" }
    func previous(_ room: Room) -> (any Screen)? { room.besideMeasuring() }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character(let key)):
            guard let number = key.wholeNumberValue, room.otherVitals.indices.contains(number - 1) else {
                return .unused
            }
            return .go(ItIsMe(vital: room.otherVitals[number - 1]))
        case .told(.hall) where room.otherVitals.isEmpty: return .go(room.besideMeasuring())
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        let choices = look.room.otherVitals.enumerated().map { index, vital in
            look.choice(Character(String(index + 1)), vital.word)
        }
        return Page([look.title(.s1Which), .gap] + choices)
    }
}

/// S2: the key that asks this instrument for this person.
struct ItIsMe: Screen {
    let vital: VitalKind

    var name: String { "S2" }
    func previous(_ room: Room) -> (any Screen)? {
        room.otherVitals.count > 1 ? WhichOne() : room.besideMeasuring()
    }
    func patience(_ room: Room) -> Patience { .asks(.seconds(180)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")):
            guard room.otherVitals.contains(vital) else { return .go(InstrumentSilent(vital: vital)) }
            room.visit?.beginAsking(vital)
            room.send(.measure(vital))
            return .go(Measuring(vital: vital))
        case .key(.character("2")): return .go(SomeoneElse(back: self))
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        let words = vital.instructions
        return Page([
            look.title(look.isWide ? .k9WhoWide : .k9Who, ["who": look.who(look.visitor)]), .gap,
            look.text(words.keyFirst), look.text(words.posture), .gap, look.choice("1", .k3Yes),
            look.choice("2", .k9Other),
        ])
    }
}

/// S3: asked; the instrument waits for the finger, or works.
struct Measuring: Screen {
    let vital: VitalKind
    /// The finger is in.
    private var isWorking = false
    /// It was out, or another's is in: row 50.
    private var again = false

    init(vital: VitalKind) { self.vital = vital }

    var name: String { "S3" }
    var isAsking: Bool { true }
    func previous(_ room: Room) -> (any Screen)? { ItIsMe(vital: vital) }
    func patience(_ room: Room) -> Patience { .asks(.seconds(180)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .told(.station(.began(vital))):
            (isWorking, again) = (true, false)
            return .stay
        case .told(.station(.again(vital))):
            (isWorking, again) = (false, true)
            return .stay
        case .told(.station(.silent(vital))): return .go(InstrumentSilent(vital: vital))
        // The cuff's own line says nothing to somebody with a finger in the oximeter.
        case .told(.cuffSilent), .told(.cuffStarted), .told(.cuffPressure), .told(.cuffIdle): return .stay
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        let words = vital.instructions
        let title: Phrase = isWorking ? .k10Measuring : again ? words.again : words.now
        return Page([look.title(title), .gap, look.text(words.posture)])
    }
}

/// Nothing came of an instrument: once more, or back.
protocol NothingCame: Screen {
    var vital: VitalKind { get }
}

extension NothingCame {
    func previous(_ room: Room) -> (any Screen)? { room.besideMeasuring() }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")): .go(room.asking(for: vital))
        default: .unused
        }
    }
}

/// S9: K20 of an instrument that holds nobody's arm.
struct InstrumentSilent: NothingCame {
    let vital: VitalKind

    var name: String { "S9" }

    func page(_ look: Look) -> Page {
        var blocks = [look.title(.k20Silent), .text(look.say(vital.instrument)), .gap]
        if let phone = look.room.phone { blocks.append(look.text(.callNumber, ["number": phone.number])) }
        return Page(blocks + [look.choice("1", .tryAgain)])
    }
}

/// S8: the instrument measured and failed, or has no number to give.
struct NoNumber: NothingCame {
    let vital: VitalKind
    var missing: NoValueClass = .fault

    var name: String { "S8" }

    func page(_ look: Look) -> Page {
        if let why = missing.word {
            return Page([look.title(why, ["what": look.say(vital.word)]), .gap, look.choice("1", .k19Again)])
        }
        return Page([
            look.title(.k19NotYou), .gap,
            look.text(vital == .oxygenSaturation ? .s5Warm : vital.instructions.posture), .gap,
            look.choice("1", .k19Again),
        ])
    }
}

extension Room {
    /// What this station can measure beside blood pressure now, in the order of K5.
    var otherVitals: [VitalKind] {
        let there = hall.instruments.filter { $0.state == .ready || $0.state == .starting }.compactMap(\.vital)
        return VitalKind.besideTheCuff.filter { there.contains($0) }
    }

    /// Where Backspace leads from an instrument beside the cuff.
    func besideMeasuring() -> any Screen {
        guard let visit else { return Attract() }
        guard visit.view.visitor.isGuest else { return Home() }
        return visit.results.isEmpty ? HowAreYou() : Today()
    }

    /// S2, or home where the instrument has gone.
    func asking(for vital: VitalKind) -> any Screen {
        otherVitals.contains(vital) ? ItIsMe(vital: vital) : besideMeasuring()
    }

    /// K5 `4`, K17 `1`; nil where there is nothing else to measure.
    var measuringOther: (any Screen)? {
        switch otherVitals.count {
        case 0: nil
        case 1: ItIsMe(vital: otherVitals[0])
        default: WhichOne()
        }
    }
}

extension VitalKind {
    /// Its name on K5 and S1.
    var word: Phrase {
        switch self {
        case .oxygenSaturation: .sOxygen
        case .weight: .sWeight
        case .height: .sHeight
        case .glucose: .sGlucose
        case .temperature: .sTemperature
        case .surfaceTemperature: .sSkin
        case .bloodPressure, .wearableBloodPressure: .sPressure
        case .pulseRate: .sPulse
        }
    }

    /// What to do with finger or feet: before the key, after it, once more, and how to keep still.
    var instructions: (keyFirst: Phrase, now: Phrase, again: Phrase, posture: Phrase) {
        switch self {
        case .weight: (.s2StepOn, .s3StepOn, .s3StepAgain, .s2Shoes)
        case .height: (.s2StepOn, .s3StepOn, .s3StepAgain, .s2Straight)
        case .glucose: (.s2Drop, .s3Drop, .s3Drop, .s2Strip)
        case .temperature: (.s2Take, .s3Take, .s3Take, .s2Hold)
        case .surfaceTemperature: (.s2Take, .s3Forehead, .s3Forehead, .s2Hold)
        case .oxygenSaturation, .pulseRate, .bloodPressure, .wearableBloodPressure:
            (.s2Finger, .s3Finger, .s3FingerAgain, .s2Still)
        }
    }
}

extension NoValueClass {
    /// Why there is no number, in a resident's words; nil where `k19NotYou` says enough.
    var word: Phrase? {
        switch self {
        case .aboveRange: .s8TooHigh
        case .belowRange: .s8TooLow
        case .noSignal, .fault: nil
        }
    }
}
