// Invented residents and readings, and the dice of the properties.

import DistrictUpload
import Foundation
import Ledger
import Vitals

/// 2026-11-22 09:14:00.000 at the hut.
let morning = HutTime(milliseconds: 1_795_310_040_000)
/// What the district said; a form's answers are called so too.
typealias Answer = DistrictUpload.Answer

let beijing = UTCOffset(seconds: 8 * 3_600)
let gateway = Gateway(hut: "hut-0001", offset: beijing, digest: { SHA256.digest($0) })

extension SeededChance {
    /// True `percent` times in a hundred.
    mutating func falls(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// How many cases a property runs; divided for the sanitizers.
func cases(_ count: Int) -> Int {
    let divisor = ProcessInfo.processInfo.environment["HEALTHHUT_PROPERTY_DIVISOR"].flatMap(Int.init) ?? 1
    return max(1, count / max(1, divisor))
}

/// A reading of an instrument at the first booth.
func reading(
    _ vital: Vital, source: SourceClass = .cuffStation, instrument: String = "cuff-1", band: String? = nil,
    minutes: Int = 0, arm: Arm = .notSaid, helper: Helper = .nobody, time: TimeConfidence = .ok
) -> Reading {
    Reading(
        vital: vital, receivedAt: morning + .seconds(60 * minutes), timeConfidence: time,
        instrument: InstrumentID(rawValue: instrument), station: StationID(rawValue: "booth-1"),
        band: band.map { BandID(rawValue: $0) }, source: source, arm: arm, helper: helper, raw: [1, 2, 3])
}

/// A cuff reading with pulse.
func cuff(_ systolic: Int, _ diastolic: Int, _ pulse: Int?, minutes: Int = 0, arm: Arm = .notSaid) -> Reading {
    reading(
        .bloodPressure(
            BloodPressure(systolic: MmHg(systolic), diastolic: MmHg(diastolic), pulse: pulse.map { PerMinute($0) })),
        minutes: minutes, arm: arm)
}

func outgoing(
    _ sequence: Int64, _ reading: Reading, of resident: String = "4d1c6f0e-8a53-4b7e-9d0c-3b1f6a2e7c55",
    owned: Int64? = nil
) -> OutgoingReading {
    let fact = FactSequence(rawValue: sequence)
    let giving = owned.map { FactSequence(rawValue: $0) } ?? fact
    return OutgoingReading(sequence: fact, owned: giving, receipt: giving, resident: resident, reading: reading)
}

/// One of each vital that is sent.
let oneOfEach: [Reading] = [
    cuff(138, 86, 72, arm: .left),
    reading(.pulseRate(71), source: .wearable, instrument: "bands", band: "!433d1f2a", minutes: 1),
    reading(
        .oxygenSaturation(OxygenSaturation(percent: 97, pulse: 70)), source: .oximeter, instrument: "oximeter-1",
        minutes: 2),
    reading(.temperature(centiCelsius: 3_650), source: .thermometer, instrument: "thermometer-1", minutes: 3),
    reading(.weight(grams: 73_000), source: .scale, instrument: "scale-1", minutes: 4),
    reading(.height(millimetres: 1_700), source: .scale, instrument: "scale-1", minutes: 5),
    reading(.surfaceTemperature(centiCelsius: 3_420), source: .thermometer, instrument: "thermometer-2", minutes: 7),
    reading(.glucose(Glucose(micromolesPerLitre: 5_600)), source: .glucometer, instrument: "glucose-1", minutes: 6),
]

/// What has no business at the district.
let keptAtTheHut: [Reading] = [
    reading(
        .wearableBloodPressure(WearableBloodPressure(systolic: 131, diastolic: 82)), source: .wearable,
        instrument: "bands", band: "!433d1f2a"),
    reading(.temperature(centiCelsius: 3_320), source: .wearable, instrument: "bands", band: "!433d1f2a"),
    reading(.weight(grams: 73_000), source: .scale, instrument: "scale-1", time: .clockUntrusted),
    reading(.weight(grams: 73_000), source: .scale, instrument: "scale-1", time: .timeFault),
]

/// Readings of 1 to 4 residents, some of them not for the district.
func someReadings(_ dice: inout SeededChance, most: Int) -> [OutgoingReading] {
    let residents = (0..<Int.random(in: 1...4, using: &dice)).map { "resident-\($0)" }
    return (1...Int.random(in: 1...most, using: &dice)).map { index in
        var one = (dice.falls(5) ? keptAtTheHut : oneOfEach).randomElement(using: &dice) ?? cuff(120, 80, nil)
        one.receivedAt = morning + .seconds(Int.random(in: 0..<86_400, using: &dice))
        one.measuredAt = one.receivedAt
        return outgoing(Int64(index * 3), one, of: residents.randomElement(using: &dice) ?? "resident-0")
    }
}
