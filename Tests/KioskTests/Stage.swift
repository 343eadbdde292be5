// A kiosk on a stage: keys are pressed a second apart, time passes only when told, and a small hut in the wings answers
// what a real one would. After every event the screen must fit and the deadline must lie ahead.

import TextScreen
import Vitals

@testable import Kiosk

struct Stage {
    var kiosk: Kiosk
    var now: Now
    private(set) var effects: [KioskEffect] = []
    /// Everything that was seen to be wrong after an event, for the test to expect empty.
    private(set) var complaints: [String] = []
    /// What the hut answers to number and PIN.
    var identity = ResidentEvent.identified(Stage.zhang)
    /// What the hut answers to K3 and K4.
    var view = VisitView(visit: VisitID(rawValue: 7), visitor: Stage.zhang, last: Stage.lastTime, lastArm: .right)
    /// Whether every screen is drawn and examined.
    var draws = true
    /// Whether the hut in the wings answers at all.
    var answers = true

    static let zhang = Visitor(maskedName: "张*芳", sex: .female, number: "047")
    static let newcomer = Visitor(maskedName: "李*梅", sex: .female, number: nil)
    static let zhao = Visitor(maskedName: "赵*华", sex: .female, number: "023")
    static let lastTime = RecordLine(
        day: LocalDay(daysSince1970: 20_771), value: value(142, 80), word: ValueWord.inRange)
    static let start = Now(
        // 2026-11-21 09:14:00 +08:00
        hut: HutTime(milliseconds: 1_795_223_640_000), monotonic: MonotonicTime(nanoseconds: 5_000_000_000_000))

    init(
        _ size: ScreenSize = .narrow, cuff: CuffManner = .startIsHeard, languages: [Language] = [.chinese, .english],
        kind: KioskKind = .station(StationID(rawValue: "booth-1"))
    ) {
        now = Stage.start
        let place = KioskPlace(
            kind: kind, hutName: "方泰东社区健康小屋", address: "方泰东路 8 号",
            phones: [Phone(who: "王护士", number: "0374-555 0102", hours: "Mo-Fr 08:00-17:30")],
            languages: languages, offset: UTCOffset(seconds: 28_800), cuff: cuff, repeatDifference: 10)
        kiosk = Kiosk(place: place, size: size, now: now)
        tell(.hall(.ordinary))
        pass(1)
    }

    // MARK: What happens

    /// Presses keys, a second before each. `E` is Enter, `B` Backspace.
    mutating func press(_ keys: String) {
        for character in keys {
            pass(1)
            switch character {
            case "E": send(.key(.enter))
            case "B": send(.key(.backspace))
            default: send(.key(.character(character)))
            }
        }
    }

    mutating func tell(_ events: ResidentEvent...) { for event in events { send(.resident(event)) } }

    /// Lets whole seconds pass, telling the kiosk of every deadline it asked for, when it comes.
    mutating func pass(_ seconds: Int) { pass(.seconds(seconds)) }

    mutating func pass(_ span: Duration) {
        let end = now.monotonic + span
        while let deadline = kiosk.deadline, deadline <= end {
            advance(to: deadline)
            send(.deadline)
        }
        advance(to: end)
    }

    mutating func send(_ event: KioskEvent) {
        let asked = kiosk.update(event, now: now)
        effects += asked
        examine(after: event)
        guard answers else { return }
        for case .resident(let effect) in asked {
            if let answer = answer(to: effect) { send(.resident(answer)) }
        }
    }

    private mutating func advance(to instant: MonotonicTime) {
        now.hut = now.hut + (instant - now.monotonic)
        now.monotonic = instant
    }

    private func answer(to effect: ResidentEffect) -> ResidentEvent? {
        switch effect {
        case .identify: identity
        case .openVisit, .openHelpedVisit, .enrol: .visit(view)
        case .openGuestVisit:
            .visit(
                VisitView(
                    visit: VisitID(rawValue: 8), visitor: Visitor(maskedName: "", sex: nil, number: nil, isGuest: true))
            )
        case .request: .requestSaved
        default: nil
        }
    }

    private mutating func examine(after event: KioskEvent) {
        if draws, !kiosk.drawn(now: now).isWhole {
            complaints.append("\(kiosk.screenName): cut off after \(event)")
        }
        if let deadline = kiosk.deadline, deadline <= now.monotonic {
            complaints.append("\(kiosk.screenName): deadline not ahead after \(event)")
        }
    }

    // MARK: What stands

    var screen: String { kiosk.screenName }
    var text: String { kiosk.view(now: now).text }
    var bottom: String { kiosk.view(now: now).line(kiosk.size.rows == 16 ? 15 : 23) }
    var asked: [ResidentEffect] {
        effects.compactMap { if case .resident(let effect) = $0 { effect } else { nil } }
    }

    mutating func forgetEffects() { effects = [] }

    // MARK: Short ways

    /// K0 → K5, by number and PIN.
    mutating func comeIn() { press("1047E1234E1") }

    /// K5 → K9 without rest.
    mutating func sitDown() { press("114") }

    /// K9 → the cuff works.
    mutating func startCuff(_ pressure: MmHg = 158) {
        press("1")
        tell(.cuffStarted, .cuffPressure(pressure))
    }

    /// The cuff works → its result stands.
    mutating func finish(_ result: VisitResult) { tell(.cuffIdle, .result(result)) }
}

extension ScreenSize {
    static let narrow = ScreenSize(columns: 40, rows: 16)
    static let wide = ScreenSize(columns: 80, rows: 24)
}

extension Hall {
    /// Everything a station can measure.
    static let full = Hall(
        instruments: ([.bloodPressure, .oxygenSaturation, .weight, .height, .glucose, .temperature] as [VitalKind])
            .map { vital in
                InstrumentStatus(instrument: InstrumentID(rawValue: "\(vital)-1"), vital: vital, state: .ready)
            })

    static let ordinary = Hall(instruments: [
        InstrumentStatus(instrument: InstrumentID(rawValue: "cuff-1"), vital: .bloodPressure, state: .ready),
        InstrumentStatus(instrument: InstrumentID(rawValue: "oximeter-1"), vital: .oxygenSaturation, state: .ready),
    ])

    static func with(_ change: (inout Hall) -> Void) -> Hall {
        var hall = Hall.ordinary
        change(&hall)
        return hall
    }
}

extension ValueWord {
    static let inRange = ValueWord(
        shape: "O", text: LocalizedText("在您的范围里(150/90 以下)", en: "within your range (below 150/90)"))
    static let veryHigh = ValueWord(
        shape: "^^", text: LocalizedText("很高，今天要看医生", en: "very high: doctor today"))
    /// The longest the rules say, in either language.
    static let longest = ValueWord(
        shape: "?",
        text: LocalizedText(
            "超过您的范围，一周内护士联系您，只量了一遍，只作参考",
            en: "above your range, the nurse contacts you within a week; once only, a hint"))
    static let once = ValueWord(
        shape: "?", text: LocalizedText("在您的范围里，只量了一遍，只作参考", en: "within your range; once only, a hint"))
}

func value(_ systolic: MmHg, _ diastolic: MmHg, count: Int = 2, isComplete: Bool = true) -> SessionValue {
    SessionValue(systolic: systolic, diastolic: diastolic, pulse: 71, count: count, isComplete: isComplete)
}

/// A reading as the hut hands it to the screen; `change` sets what the rules found.
func reading(
    _ sequence: Int64, _ systolic: MmHg, _ diastolic: MmHg, session: SessionValue, word: ValueWord = .inRange,
    _ change: (inout VisitResult) -> Void = { _ in }
) -> VisitResult {
    var result = VisitResult(
        sequence: FactSequence(rawValue: sequence),
        pressure: BloodPressure(systolic: systolic, diastolic: diastolic, pulse: 72), session: session, word: word,
        nextDay: LocalDay(year: 2026, month: 11, day: 28))
    change(&result)
    return result
}

extension VisitResult {
    static let first = reading(101, 138, 82, session: value(138, 82, count: 1, isComplete: false), word: .once)
    static let second = reading(102, 134, 80, session: value(136, 81))
    static let far = reading(102, 152, 84, session: value(145, 83, isComplete: false), word: .once)
    static let crisis = reading(
        101, 198, 112, session: value(198, 112, count: 1, isComplete: false), word: .veryHigh
    ) { $0.isCrisis = true }
    static let crisisAgain = reading(102, 196, 110, session: value(197, 111), word: .veryHigh) {
        ($0.isCrisis, $0.crisisConfirmed) = (true, true)
    }
    static let lower = reading(102, 158, 88, session: value(178, 100), word: .veryHigh) { $0.crisisNotConfirmed = true }
    static let low = reading(102, 86, 52, session: value(86, 52)) { $0.isLow = true }
}
