// The hut's words to a Microlife BPA: what its clock says now, then its whole memory.
import Vitals

/// What an answer was.
enum MicrolifeSaid: Int {
    case other, record, memory, clock
}

/// The answer to 26, `MMDDYYYYhhmmss`.
struct MicrolifeClock: Hashable, Sendable {
    var time: CivilTime

    /// nil for any other answer.
    init?(_ text: some Collection<UInt8>) {
        let digits = Array(text)
        func number(_ range: Range<Int>) -> Int? { DecimalText.value(digits[range]) }
        guard digits.count == 14, let month = number(0..<2), let day = number(2..<4), let year = number(4..<8),
            let hour = number(8..<10), let minute = number(10..<12), let second = number(12..<14)
        else { return nil }
        time = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }
}

/// First the clock, then the memory. A monitor that does not tell its clock is read all the same.
struct MicrolifeScript: MemoryScript {
    private(set) var clock: CivilTime?

    /// 255 records are 8 kB: four seconds at 19200 baud.
    var patience: Duration { .seconds(6) }

    var reminder: [UInt8]? { MicrolifeCommand.readCycles }

    mutating func hello() -> [[UInt8]] {
        clock = nil
        return [MicrolifeCommand.readClock]
    }

    mutating func hear(_ said: Int, _ payload: [UInt8]) -> MemoryStep {
        switch MicrolifeSaid(rawValue: said) {
        case .clock where clock == nil:
            clock = MicrolifeClock(payload)?.time
            return .say([MicrolifeCommand.readCycles])
        case .memory: return .done([])
        default: return .wait
        }
    }
}
