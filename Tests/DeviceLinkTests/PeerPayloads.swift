// Random Bluetooth payloads, and their fields in the words of the peer that reads them.
import Vitals

@testable import DeviceLink

/// One payload of so many kinds, its number in Bluetooth's list, and what the peer must say of it.
func payload(_ kind: Int, _ chance: inout SeededChance) throws -> (kind: String, bytes: [UInt8], meant: String) {
    let time = Bool.random(using: &chance) ? someTime(&chance) : nil
    switch kind {
    case 0:
        var sent = try BloodPressurePayload([0, 0, 0, 0, 0, 0, 0])
        sent.isKilopascal = Bool.random(using: &chance)
        (sent.systolic, sent.diastolic, sent.mean) = (number(&chance), number(&chance), number(&chance))
        (sent.time, sent.pulse) = (time, Bool.random(using: &chance) ? number(&chance) : nil)
        if Bool.random(using: &chance) { sent.user = UInt8.random(in: 0...255, using: &chance) }
        if Bool.random(using: &chance) { sent.status = UInt16.random(in: 0...0x3F, using: &chance) }
        let status = sent.status ?? 0
        let words = [
            sent.isKilopascal ? "kPa" : "mmHg", micro(sent.systolic), micro(sent.diastolic), micro(sent.mean),
            iso(time),
            micro(sent.pulse), sent.user.map { "\($0)" } ?? "-", "\(status & 1)", "\(status >> 2 & 1)",
        ]
        return ("2a35", sent.bytes, words.joined(separator: " "))
    case 1:
        let beats = (0..<Int.random(in: 0...4, using: &chance)).map { _ in UInt16.random(in: 0...2_048, using: &chance)
        }
        let feels = [nil, true, false].randomElement(using: &chance) ?? nil
        let sent = HeartRatePayload(
            rate: UInt16.random(in: 0...400, using: &chance), feelsSkin: feels,
            energy: Bool.random(using: &chance) ? UInt16.random(in: 0...999, using: &chance) : nil, intervals: beats)
        let listed = beats.isEmpty ? "-" : beats.map { "\($0)" }.joined(separator: ",")
        let words = [
            "\(sent.rate)", feels.map { $0 ? "1" : "0" } ?? "-", sent.energy.map { "\($0)" } ?? "-", listed,
        ]
        return ("2a37", sent.bytes, words.joined(separator: " "))
    case 2:
        var sent = try SpotCheckPayload([0, 0, 0, 0, 0])
        (sent.value, sent.time) = (OximeterValue(percent: number(&chance), pulse: number(&chance)), time)
        sent.strength = Bool.random(using: &chance) ? number(&chance) : nil
        sent.trust.measurement = Bool.random(using: &chance) ? UInt16.random(in: 0...0xFFFF, using: &chance) : nil
        sent.trust.sensor = Bool.random(using: &chance) ? UInt32.random(in: 0...0xFF_FFFF, using: &chance) : nil
        sent.isClockUnset = Bool.random(using: &chance)
        let words = [
            micro(sent.value.percent), micro(sent.value.pulse), iso(time), micro(sent.strength),
            sent.isClockUnset ? "1" : "0",
        ]
        return ("2a5e", sent.bytes, words.joined(separator: " "))
    case 3:
        var sent = ContinuousOximeterPayload(normal: OximeterValue(percent: number(&chance), pulse: number(&chance)))
        if Bool.random(using: &chance) { sent.fast = OximeterValue(percent: number(&chance), pulse: number(&chance)) }
        if Bool.random(using: &chance) { sent.slow = OximeterValue(percent: number(&chance), pulse: number(&chance)) }
        sent.trust.measurement = Bool.random(using: &chance) ? UInt16.random(in: 0...0xFFFF, using: &chance) : nil
        sent.strength = Bool.random(using: &chance) ? number(&chance) : nil
        let words = [sent.normal.percent, sent.normal.pulse, sent.fast?.percent, sent.slow?.percent, sent.strength]
        return ("2a5f", sent.bytes, words.map(micro).joined(separator: " "))
    case 4:
        var sent = try TemperaturePayload([0, 0, 0, 0, 0])
        (sent.isFahrenheit, sent.value, sent.time) = (Bool.random(using: &chance), number(&chance), time)
        sent.site = Bool.random(using: &chance) ? UInt8.random(in: 1...9, using: &chance) : nil
        return ("2a1c", sent.bytes, "\(sent.isFahrenheit ? "F" : "C") \(micro(sent.value)) \(iso(time))")
    default:
        var sent = try WeightPayload([0, 0, 0])
        (sent.isImperial, sent.weight) = (
            Bool.random(using: &chance), UInt16.random(in: 0...UInt16.max, using: &chance)
        )
        (sent.time, sent.user) = (time, Bool.random(using: &chance) ? UInt8.random(in: 0...255, using: &chance) : nil)
        if Bool.random(using: &chance) { sent.body = WeightPayload.Body(massIndex: 252, height: 1_700) }
        let weight = sent.weight == 0xFFFF ? "-" : "\(Int(sent.weight) * (sent.isImperial ? 10 : 5))"
        let user = sent.user.map { "\($0)" } ?? "-"
        return ("2a9d", sent.bytes, "\(sent.isImperial ? "lb" : "kg") \(weight) \(iso(time)) \(user)")
    }
}

private func number(_ chance: inout SeededChance) -> MedicalFloat {
    if Int.random(in: 0..<10, using: &chance) == 0 {
        return .special(MedicalFloat.Special.allCases.randomElement(using: &chance) ?? .notANumber)
    }
    return .number(
        mantissa: Int.random(in: -2_045...2_045, using: &chance), exponent: Int.random(in: -6...3, using: &chance))
}

private func someTime(_ chance: inout SeededChance) -> PayloadTime {
    PayloadTime(
        year: UInt16.random(in: 1_582...9_999, using: &chance), month: UInt8.random(in: 1...12, using: &chance),
        day: UInt8.random(in: 1...28, using: &chance), hour: UInt8.random(in: 0...23, using: &chance),
        minute: UInt8.random(in: 0...59, using: &chance), second: UInt8.random(in: 0...59, using: &chance))
}

/// In millionths, or what the peer calls a number that is none.
private func micro(_ value: MedicalFloat?) -> String {
    switch value {
    case nil: "-"
    case .special(.notANumber): "NaN"
    case .special(.notAtThisResolution): "NRes"
    case .special(.positiveInfinity): "+INF"
    case .special(.negativeInfinity): "-INF"
    case .special(.reserved): "reserved"
    case .number: value?.whole(times: (1_000_000, over: 1)).map { "\($0)" } ?? "?"
    }
}

private func iso(_ time: PayloadTime?) -> String { time?.civil?.iso ?? "-" }
