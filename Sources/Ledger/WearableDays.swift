// What a wristband's samples come to by day, computed when it is asked for and for eight days only: no rule looks back
// further (W-01: three of seven days), a median cannot be followed by a number or two, and a row kept for each day
// would cost every sample another page on the disk. The samples lie together already.

import Vitals

/// How far wearable days look back, today included.
private let lookBack = 8

extension Ledger {
    /// The last eight local days with samples, oldest first. The pulse is the median of the day's pulse samples, the
    /// lower of two in the middle: no band we know says whether its wearer rests. Estimates of pressure are counted as
    /// samples and say nothing else.
    func wearableDays(under keys: [ResidentKey], now: HutTime, _ offset: UTCOffset) throws(LedgerError)
        -> [WearableDay]
    {
        let first = offset.day(of: now) + (1 - lookBack)
        var histograms: [Int: Histogram] = [:]
        for key in keys { try count(under: key, since: first, offset, into: &histograms) }
        return histograms.sorted { $0.key < $1.key }.map { day, histogram in
            WearableDay(
                day: LocalDay(daysSince1970: day), restingPulse: histogram.median.map { PerMinute($0) },
                irregularHints: histogram.irregular, samples: histogram.samples)
        }
    }

    private func count(
        under key: ResidentKey, since first: LocalDay, _ offset: UTCOffset, into histograms: inout [Int: Histogram]
    ) throws(LedgerError) {
        let select = try prepare(
            """
            SELECT (measured_at + ?3) / 86400000, vital, value1, irregular FROM reading
            WHERE resident = ?1 AND worn = 1 AND measured_at >= ?2 ORDER BY measured_at
            """)
        select.bind(1, key)
        select.bind(2, offset.start(of: first))
        select.bind(3, Int64(offset.seconds) * 1_000)
        defer { select.reset() }
        var (day, histogram) = (Int64.min, Histogram())
        while try select.step() {
            if select.integer(0) != day {
                if histogram.samples > 0 { histograms[Int(day), default: Histogram()].add(histogram) }
                (day, histogram) = (select.integer(0), Histogram())
            }
            let isPulse = select.integer(1) == VitalKind.pulseRate.code
            histogram.add(pulse: isPulse ? Int(select.integer(2)) : nil, isIrregular: select.integer(3) != 0)
        }
        if histogram.samples > 0 { histograms[Int(day), default: Histogram()].add(histogram) }
    }
}

/// How often each pulse was seen on a day.
private struct Histogram {
    /// Pulses above it are counted with it: no heart beats faster.
    private static let highest = 300
    private var pulses: [Int] = []
    private(set) var samples = 0
    private(set) var irregular = 0

    mutating func add(pulse: Int?, isIrregular: Bool) {
        samples += 1
        if isIrregular { irregular += 1 }
        guard let pulse else { return }
        if pulses.isEmpty { pulses = Array(repeating: 0, count: Histogram.highest + 1) }
        pulses[min(max(pulse, 0), Histogram.highest)] += 1
    }

    mutating func add(_ other: Histogram) {
        samples += other.samples
        irregular += other.irregular
        guard !pulses.isEmpty, !other.pulses.isEmpty else {
            if pulses.isEmpty { pulses = other.pulses }
            return
        }
        for index in pulses.indices { pulses[index] += other.pulses[index] }
    }

    var median: Int? {
        let count = pulses.reduce(0, +)
        var left = (count + 1) / 2
        for (pulse, times) in pulses.enumerated() where times > 0 {
            left -= times
            if left <= 0 { return pulse }
        }
        return nil
    }
}
