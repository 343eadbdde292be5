// A hostile keyboard and a hut that says anything at any moment: 100,000 events, seeded. Nothing may crash, nothing may
// be cut off, every deadline lies ahead, and the promises of the safety core hold whatever comes.

import FoundationEssentials
import Testing
import TextScreen
import Vitals

@testable import Kiosk

@Suite struct `A hostile keyboard` {
    private static let divisor =
        ProcessInfo.processInfo.environment["HEALTHHUT_PROPERTY_DIVISOR"].flatMap { Int($0) } ?? 1

    @Test(arguments: [CuffManner.hutStarts, .startIsHeard, .resultOnly, .none], [UInt64(1), 2, 3, 4, 5])
    func `survives anything in any order`(cuff: CuffManner, seed: UInt64) {
        var random = SeededChance(seed: seed)
        var stage = Stage([.narrow, .wide].randomElement(using: &random) ?? .narrow, cuff: cuff)
        var isAsked = false
        for count in 0..<5_000 / Self.divisor {
            // Drawing is slow in a debug build; every seventh screen is examined whole.
            stage.draws = count % 7 == 0
            stage.pass(.milliseconds([0, 30, 500, 900, 1_500, 9_000, 70_000].randomElement(using: &random) ?? 0))
            stage.forgetEffects()
            stage.send(Self.event(&random))
            for effect in stage.asked {
                switch effect {
                case .ask, .measure: isAsked = true
                case .stopAsking: isAsked = false
                // A visit that was ended is forgotten, name and numbers.
                case .endVisit: #expect(stage.kiosk.room.visit == nil, "seed \(seed) event \(count)")
                default: break
                }
            }
            // No number stands before its owner has answered.
            if stage.draws, stage.screen == "K12" {
                #expect(!stage.text.contains("138") && !stage.text.contains("198"), "seed \(seed) event \(count)")
            }
            // K0 belongs to nobody.
            if stage.screen == "K0" { #expect(stage.kiosk.room.visit == nil, "seed \(seed) event \(count)") }
            // The cuff is asked only while its screens stand.
            if stage.kiosk.room.visit?.isAsked == true {
                #expect(["K10", "K11", "S3"].contains(stage.screen), "seed \(seed) event \(count): \(stage.screen)")
                #expect(isAsked, "seed \(seed) event \(count)")
            }
            if !stage.complaints.isEmpty { break }
        }
        #expect(stage.complaints == [], "seed \(seed)")
    }

    private static func event(_ random: inout SeededChance) -> KioskEvent {
        switch UInt8.random(in: 0..<10, using: &random) {
        case 0..<6:
            let keys: [Key] =
                "0123456789*?a汪 ".map { .character($0) }
                + [.enter, .enter, .backspace, .escape, .tab, .up, .pageDown, .character("1"), .character("1")]
            return .key(keys.randomElement(using: &random) ?? .enter)
        case 6: return .deadline
        default: return .resident(told.randomElement(using: &random) ?? .cuffIdle)
        }
    }

    private static let told: [ResidentEvent] = [
        .hall(.ordinary), .hall(.with { $0.closed = LocalizedText("硬盘满了", en: "disk full") }), .hall(.cuffOut),
        .hall(.with { $0.staffListening = true }), .hall(.with { $0.unownedResult = FactSequence(rawValue: 9) }),
        .identified(Stage.zhang), .identityRefused, .numberLocked, .stationBusy, .visitOver, .cuffStarted,
        .cuffPressure(158), .cuffPressure(-5), .cuffPressure(99_999), .cuffIdle,
        .attemptFailed(.arm, meaning: nil, attempt: 1), .attemptFailed(.machine, meaning: nil, attempt: 3),
        .cuffSilent, .askWhose(FactSequence(rawValue: 101)), .result(.first), .result(.second), .result(.far),
        .result(.crisis), .result(.crisisAgain), .result(.lower), .result(.low), .setAside, .notYours(crisis: false),
        .notYours(crisis: true), .otherInstrument(.weight), .record([]), .record([Stage.lastTime]), .requestSaved,
        .alertTaken(by: "王护士"), .alertClosed, .hall(.with { $0.printer = .ready }),
        .hall(.with { $0.printer = .off }), .slip(.printed), .slip(.noPaper), .slip(.off), .slip(.unknown),
        .hall(.full), .station(.began(.oxygenSaturation)),
        .station(.again(.weight)), .station(.silent(.oxygenSaturation)), .station(.failed(.glucose, .machine)),
        .station(.askWhose(FactSequence(rawValue: 201), .weight)), .station(.result(.weight)),
        .station(.result(.oxygen(97))), .station(.result(.oxygen(88, .warmTheHand))),
        .station(.result(.oxygen(84, .lowOxygen))), .station(.result(.glucose(3_600, .lowSugar))),
        .station(.result(.glucose(5_600))), .station(.result(.missing(.glucose, .aboveRange, .seeDoctor))),
        .station(.result(.missing(.height, .fault))), .presented(.resident(Stage.lin, by: .card)),
        .presented(.resident(Stage.zhang, by: .tag)), .presented(.newCard(Stage.newcomer)), .presented(.unknown),
        .mustWait(number: "031"),
        .visit(VisitView(visit: VisitID(rawValue: 9), visitor: Stage.zhang, restedSeconds: -5)),
    ]
}
