// S4 to S7 and C7: the value of an instrument beside the cuff, and what follows from it. What the script says of low
// oxygen and of low sugar (crisis wording, rules 9 and 10) comes before the number.

import TextScreen
import Vitals

/// S4: the value.
struct StationValue: Screen {
    let result: StationResult

    var name: String { "S4" }
    func previous(_ room: Room) -> (any Screen)? { room.besideMeasuring() }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")): return .go(room.measuringOther ?? room.besideMeasuring())
        case .key(.character("2")): return .go(NotMine(back: self, other: result))
        case .key(.character("4")) where room.mayAskForSlip:
            room.askForSlip(now: now)
            return .stay
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        guard case .vital(let vital) = result.value else { return Page([look.title(.k19NotYou)]) }
        let (value, unit) = vital.shown
        var blocks = [
            look.title(.s4Today, ["what": look.say(result.kind.word), "unit": unit]),
            .digits(value, indent: look.isWide ? 6 : 0),
        ]
        if case .oxygenSaturation(let oxygen) = vital, let pulse = oxygen.pulse {
            blocks.append(look.text(.pulse, ["pulse": String(pulse.value)]))
        }
        if case .surfaceTemperature = vital { blocks.append(look.text(.s4Skin)) }
        blocks += [.gap, look.text(look.isWide ? .k17FeelBadWide : .k17FeelBad), .gap]
        blocks += [look.choice("1", .s4Other), look.choice("2", .k17NotMine)]
        if look.room.offersSlip { blocks.append(look.choice("4", .k17Slip)) }
        return Page(blocks + [look.text(look.room.visit.map(Today.saved) ?? .k17Saved)])
    }
}

/// S5: low once. A cold finger is the common reason.
struct WarmTheHand: Screen {
    let result: StationResult

    var name: String { "S5" }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")): .go(room.asking(for: result.kind))
        case .key(.character("2")): .go(NotMine(back: self, other: result))
        default: .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page([
            look.title(.s5Warm), .gap, look.text(.s5Value, ["value": result.text]), .gap, look.choice("1", .k19Again),
            look.choice("2", .k17NotMine),
        ])
    }
}

/// S6: low twice. The keys are those of C2, so that a hand that knows one does not err on the other; silence is an
/// answer there and here.
struct ShortOfBreath: Screen {
    let result: StationResult
    private var silence = DangerSilence()

    init(result: StationResult) { self.result = result }

    var name: String { "S6" }
    var isDanger: Bool { true }
    func patience(_ room: Room) -> Patience { silence.patience }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")):
            room.send(.symptoms(.none))
            return .go(SeeDoctor(result: result))
        case .key(.character("2")): return room.danger()
        case .timeUp: return silence.goesOn(&room)
        default: return .unused
        }
    }

    func page(_ look: Look) -> Page {
        Page([
            look.title(.s6Ask), .gap, look.choice("1", .s6No),
            look.choice("2", .c2Yes),
        ])
    }
}

/// Advice of danger that stands until somebody has read it; then the value.
protocol DangerAdvice: Screen {
    var result: StationResult { get }
}

extension DangerAdvice {
    var isDanger: Bool { true }
    func patience(_ room: Room) -> Patience { .endless }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        switch event {
        case .key(.character("1")): .go(room.afterAdvice(result))
        default: .unused
        }
    }
}

/// C8: today to a doctor, with who can be called.
struct SeeDoctor: DangerAdvice {
    let result: StationResult

    var name: String { "C8" }

    func page(_ look: Look) -> Page {
        let blocks = [look.title(.c8Doctor), .text(result.sentence(look)), .gap] + look.whoComes
        return Page(blocks + [.gap, look.text(.warningSigns), look.text(.c3Call120), .gap, look.choice("1", .c7Done)])
    }
}

/// C7: low sugar. Food only for who is awake and can swallow (H-33).
struct LowSugar: DangerAdvice {
    let result: StationResult

    var name: String { "C7" }

    func page(_ look: Look) -> Page {
        Page([
            look.title(.c7Awake), look.text(.c7Sweets), look.text(.c7Again), .gap, look.text(.c7NotAwake),
            look.text(.c7Nothing), .gap, .text(result.sentence(look)),
            look.text(look.isStaffed ? .c1Staffed : .c1Unstaffed), look.choice("1", .c7Done),
        ])
    }
}

/// S7: fasting or not decides what a sugar means; not sure counts as not.
struct EatenSince: Screen {
    let result: StationResult

    var name: String { "S7" }
    func patience(_ room: Room) -> Patience { .ends(.seconds(30)) }

    mutating func update(_ event: Happening, _ room: inout Room, now: Now) -> Turn {
        let answer: FastingAnswer
        switch event {
        case .key(.character("1")): answer = .fasting
        case .key(.character("2")): answer = .eaten
        case .key(.character("3")), .timeUp: answer = .notSure
        default: return .unused
        }
        room.send(.fasting(result.sequence, answer))
        return .go(StationValue(result: result))
    }

    func page(_ look: Look) -> Page {
        Page([
            look.title(.s7Eaten), .gap, look.choice("1", .s7No), look.choice("2", .s7Yes), look.choice("3", .s7NotSure),
        ])
    }
}

extension Room {
    /// The first screen of such a result.
    func afterMeasuring(_ result: StationResult) -> any Screen {
        switch result.advice {
        case .warmTheHand: WarmTheHand(result: result)
        case .lowOxygen: ShortOfBreath(result: result)
        case .lowSugar: LowSugar(result: result)
        case .seeDoctor: SeeDoctor(result: result)
        case .none: afterAdvice(result)
        }
    }

    /// What follows the words.
    func afterAdvice(_ result: StationResult) -> any Screen {
        switch result.value {
        case .missing(let kind, let why): NoNumber(vital: kind, missing: why)
        // Who keeps nothing is asked nothing.
        case .vital(.glucose) where visit?.keeps == true: EatenSince(result: result)
        case .vital: StationValue(result: result)
        }
    }
}

extension StationResult {
    /// `88%`, `3.6`; nothing where there is no number.
    fileprivate var text: String {
        guard case .vital(let vital) = value else { return "" }
        let (number, unit) = vital.shown
        return unit == "%" ? "\(number)%" : "\(number) \(unit)"
    }

    /// The value, or why there is none, in one small line.
    func sentence(_ look: Look) -> String {
        switch value {
        case .vital: look.say(kind.word) + " " + text
        case .missing(_, let why): look.say(why.word ?? .k19NotYou, ["what": look.say(kind.word)])
        }
    }
}

extension Vital {
    /// The number as it is painted six rows high, and its unit.
    fileprivate var shown: (value: String, unit: String) {
        switch self {
        case .oxygenSaturation(let oxygen): (String(oxygen.percent), "%")
        case .weight(let grams): (JSONLine.decimal((grams + 50) / 100, places: 1), "kg")
        case .height(let millimetres): (JSONLine.decimal(millimetres, places: 1), "cm")
        case .temperature(let celsius), .surfaceTemperature(let celsius):
            (JSONLine.decimal((celsius + 5) / 10, places: 1), "°C")
        case .glucose(let glucose): (JSONLine.decimal((glucose.micromolesPerLitre + 50) / 100, places: 1), "mmol/L")
        case .pulseRate(let rate): (String(rate.value), "/min")
        case .bloodPressure(let pressure): (pressure.text, "mmHg")
        case .wearableBloodPressure(let pressure):
            ("\(pressure.systolic.value)/\(pressure.diastolic.value)", "mmHg")
        }
    }
}
