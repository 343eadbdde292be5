// What the measured ledgers hold: invented residents who measure two or three times a day, and a nurse. Everything
// follows from the number of a reading, so that each run, and the C program beside it, meets the same rows.

import Vitals

/// An invented neighbourhood of some size.
struct Neighbourhood {
    /// The last reading's time: 2026-11-21T00:00:00Z.
    static let end = HutTime(milliseconds: 1_795_219_200_000)
    private static let day: Int64 = 86_400_000

    var residents: Int

    /// Time between two readings of anybody: two and a half a resident and day (PLATFORM: 2,200 a day by 1,100 elders).
    private var pace: Int64 { Neighbourhood.day * 2 / Int64(residents * 5) }

    /// Everybody, and the nurse.
    var people: [Fact] {
        [.staffAdded(Staff(name: "王护士", role: .nurse))]
            + (1...residents).map {
                .residentAdded(
                    Resident(number: String(10_000 + $0), name: "居民", sex: .female, conditions: [.hypertension]),
                    id: "resident-\($0)")
            }
    }

    /// The resident of a reading: everybody comes once a round, in another order each round.
    func resident(of index: Int) -> ResidentKey {
        let round = index / residents
        return ResidentKey(rawValue: Int64((index % residents &* 7_919 &+ round &* 104_729) % residents + 1))
    }

    /// Reading `index` of `count`, the last at `end`.
    func reading(_ index: Int, of count: Int) -> Reading {
        let time = HutTime(milliseconds: Neighbourhood.end.milliseconds - Int64(count - 1 - index) * pace)
        return Reading(
            vital: .bloodPressure(
                BloodPressure(
                    systolic: MmHg(110 + index % 40), diastolic: MmHg(70 + index % 20), mean: nil,
                    pulse: PerMinute(60 + index % 30), irregularPulse: nil, moved: false)),
            receivedAt: time,
            deviceTime: CivilTime(year: 2026, month: 1 + index % 12, day: 1 + index % 28, hour: index % 24, minute: 30),
            instrument: InstrumentID(rawValue: "cuff-\(1 + index % 8)"),
            station: StationID(rawValue: "booth-\(1 + index % 8)"), source: .cuffStation, arm: .left,
            rested: .byClock(seconds: 300), raw: Neighbourhood.frame)
    }

    /// Reading `index` of `count` as the fact that its resident measured it.
    func fact(_ index: Int, of count: Int) -> Fact {
        .reading(reading(index, of: count), .resident(resident(of: index), visit: nil))
    }

    /// The 55 bytes of a monitor's line.
    static let frame = Array("2026,07,11,09,05,                    ,0,138,086,072,0\r\n".utf8)
}
