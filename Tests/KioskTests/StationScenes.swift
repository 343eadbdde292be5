// How the screens of the instruments beside the cuff are reached, and what stands on them.

import Vitals

@testable import Kiosk

extension Scene {
    static let beside = [
        Scene("K0-full", is: "K0") { $0.tell(.hall(.full)) },
        Scene("K5-full", is: "K5") { $0.comeInToAll() },
        Scene("S1") { stage in
            stage.comeInToAll()
            stage.press("4")
        },
        Scene("S2") { stage in
            stage.comeIn()
            stage.press("4")
        },
        Scene("S2-weight", is: "S2") { $0.goTo(2) },
        Scene("S2-height", is: "S2") { $0.goTo(3) },
        Scene("S2-glucose", is: "S2") { $0.goTo(4) },
        Scene("S2-temperature", is: "S2") { $0.goTo(5) },
        Scene("S3") { stage in
            stage.comeIn()
            stage.press("41")
        },
        Scene("S3-working", is: "S3") { stage in
            stage.comeIn()
            stage.press("41")
            stage.tell(.station(.began(.oxygenSaturation)))
        },
        Scene("S3-again", is: "S3") { stage in
            stage.comeIn()
            stage.press("41")
            stage.tell(.station(.began(.oxygenSaturation)), .station(.again(.oxygenSaturation)))
        },
        Scene("S3-weight", is: "S3") { stage in
            stage.goTo(2)
            stage.press("1")
        },
        Scene("S3-glucose", is: "S3") { stage in
            stage.goTo(4)
            stage.press("1")
        },
        Scene("S3-skin", is: "S3") { stage in
            stage.tell(.hall(.with { $0.instruments[1].vital = .surfaceTemperature }))
            stage.comeIn()
            stage.press("41")
        },
        Scene("S4") { $0.result(.oxygen(97)) },
        Scene("S4-weight", is: "S4") { $0.result(.weight) },
        Scene("S4-glucose", is: "S4") { stage in
            stage.result(.glucose(5_600))
            stage.press("2")
        },
        Scene("S4-skin", is: "S4") { $0.result(StationResult(.surfaceTemperature(centiCelsius: 3_420))) },
        Scene("S4-guest", is: "S4") { stage in
            stage.tell(.hall(.full))
            stage.press("2114")
            stage.startCuff()
            stage.finish(.second)
            stage.press("111")
            stage.tell(.station(.result(.oxygen(97))))
        },
        Scene("S5") { $0.result(.oxygen(88, .warmTheHand)) },
        Scene("S6") { $0.result(.oxygen(88, .lowOxygen)) },
        Scene("S7") { $0.result(.glucose(5_600)) },
        Scene("S8") { $0.result(.missing(.oxygenSaturation, .noSignal)) },
        Scene("S8-high", is: "S8") { stage in
            stage.result(.missing(.glucose, .aboveRange, .seeDoctor))
            stage.press("1")
        },
        Scene("S9") { stage in
            stage.comeIn()
            stage.press("41")
            stage.tell(.station(.silent(.oxygenSaturation)))
        },
        Scene("K12-weight", is: "K12") { stage in
            stage.goTo(2)
            stage.press("1")
            stage.tell(.station(.askWhose(FactSequence(rawValue: 201), .weight)))
        },
        Scene("K21-oxygen", is: "K21") { stage in
            stage.result(.oxygen(97))
            stage.press("2")
        },
        Scene("C7") { $0.result(.glucose(3_600, .lowSugar)) },
        Scene("C7-range", is: "C7") { $0.result(.missing(.glucose, .belowRange, .lowSugar)) },
        Scene("C8") { $0.result(.glucose(18_200, .seeDoctor)) },
        Scene("C8-staffed", is: "C8") { stage in
            stage.tell(.hall(.with { $0.staffListening = true }))
            stage.result(.missing(.glucose, .aboveRange, .seeDoctor))
        },
    ]
}

extension Stage {
    mutating func comeInToAll() {
        tell(.hall(.full))
        comeIn()
    }

    /// K0 → S2 of the instrument in that place of S1.
    mutating func goTo(_ place: Int) {
        comeInToAll()
        press("4\(place)")
    }

    /// K0 → the screen of this result, asked for.
    mutating func result(_ result: StationResult) {
        let place = VitalKind.besideTheCuff.firstIndex(of: result.kind) ?? 0
        if result.kind == .surfaceTemperature {
            tell(.hall(.with { $0.instruments[1].vital = .surfaceTemperature }))
            comeIn()
            press("41")
        } else {
            goTo(place + 1)
            press("1")
        }
        tell(.station(.began(result.kind)), .station(.result(result)))
    }
}

extension StationResult {
    init(_ vital: Vital, _ advice: StationAdvice = .none) {
        self.init(sequence: FactSequence(rawValue: 201), value: .vital(vital), advice: advice)
    }

    static let weight = StationResult(.weight(grams: 61_480))
    static func oxygen(_ percent: Int, _ advice: StationAdvice = .none) -> StationResult {
        StationResult(.oxygenSaturation(OxygenSaturation(percent: percent, pulse: 71)), advice)
    }
    static func glucose(_ micromoles: Int, _ advice: StationAdvice = .none) -> StationResult {
        StationResult(.glucose(Glucose(micromolesPerLitre: micromoles)), advice)
    }
    static func missing(_ kind: VitalKind, _ why: NoValueClass, _ advice: StationAdvice = .none) -> StationResult {
        StationResult(sequence: FactSequence(rawValue: 201), value: .missing(kind, why), advice: advice)
    }
}
