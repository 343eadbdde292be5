// A hut before a simulated reader, for the tests of card readers, tag readers and scanners.

import Testing
import Vitals

@testable import DeviceLink

/// What the hut hears of a reader, and how often it asks.
struct ReaderBench: JoinedLine {
    var hut: Conversation
    var device: Simulator
    var now = at(0)
    var told: [DeviceEvent] = []
    var sent = 0

    init(_ name: String, _ token: IdentityToken? = nil, fault: SimulatedFault? = nil) throws {
        var plan = SimulationPlan()
        (plan.token, plan.fault) = (token, fault)
        let profile = try profile(name)
        (hut, device) = (Conversation(profile: profile), try Simulator(profile: profile, plan: plan))
        open()
    }

    mutating func carry(_ steps: [Step]) {
        for step in steps {
            switch step {
            case .send(let bytes):
                sent += 1
                toHut(device.receive(bytes, at: now))
            case .event(let event, _): told.append(event)
            case .measurementStarted, .measurementFailed, .released, .output: break
            }
        }
    }
}

func readerCard(_ name: String = "王测试", _ number: String = "11010519491231002X") throws -> IdentityToken {
    let number = try #require(CardNumber(number))
    return .residentCard(IdentityCard(number: number, name: name, sex: number.sex, birth: number.birth))
}

/// An invented number with the right check character.
func anyNumber(_ chance: inout SeededChance) -> CardNumber? {
    let birth = LocalDay(daysSince1970: Int.random(in: -14_000...20_000, using: &chance)).date
    let body =
        "\(Int.random(in: 110_000...659_999, using: &chance))\(birth.year)\(birth.month.padded(2))\(birth.day.padded(2))"
        + Int.random(in: 0...999, using: &chance).padded(3)
    return "0123456789X".lazy.compactMap { CardNumber(body + String($0)) }.first
}
