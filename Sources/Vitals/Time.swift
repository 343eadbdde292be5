// Two clocks and a calendar, without Foundation.
//
// The hut's wall clock can be wrong or be set back; intervals must not notice. So an instant of the wall clock
// (`HutTime`) and an instant of the monotonic clock (`MonotonicTime`) are different types that cannot be compared.
// A device's own clock has no time zone at all: `CivilTime`. A day is local, by the hut's configured offset.

/// An instant of the hut's wall clock: whole milliseconds since 1970-01-01T00:00:00Z.
package struct HutTime: Hashable, Comparable, Sendable, Codable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    package init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    package static func < (left: HutTime, right: HutTime) -> Bool { left.milliseconds < right.milliseconds }

    package static func + (time: HutTime, span: Duration) -> HutTime {
        HutTime(milliseconds: time.milliseconds + span.milliseconds)
    }

    package static func - (later: HutTime, earlier: HutTime) -> Duration {
        .milliseconds(later.milliseconds - earlier.milliseconds)
    }
}

/// An instant of the monotonic clock: nanoseconds since an arbitrary start. Means nothing after a restart.
package struct MonotonicTime: Hashable, Comparable, Sendable {
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    package static func < (left: MonotonicTime, right: MonotonicTime) -> Bool { left.nanoseconds < right.nanoseconds }

    package static func + (time: MonotonicTime, span: Duration) -> MonotonicTime {
        MonotonicTime(nanoseconds: time.nanoseconds + span.nanoseconds)
    }

    package static func - (later: MonotonicTime, earlier: MonotonicTime) -> Duration {
        .nanoseconds(later.nanoseconds - earlier.nanoseconds)
    }
}

extension Duration {
    /// The span in whole milliseconds, towards zero.
    package var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
    /// The span in whole nanoseconds, towards zero.
    package var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}

/// Both clocks of the hut, read together.
package struct Now: Hashable, Sendable {
    package var hut: HutTime
    package var monotonic: MonotonicTime

    package init(hut: HutTime, monotonic: MonotonicTime) {
        self.hut = hut
        self.monotonic = monotonic
    }
}

/// A calendar day of the hut's place, as days since 1970-01-01 (proleptic Gregorian).
package struct LocalDay: Hashable, Comparable, Sendable, Codable {
    package let daysSince1970: Int

    package init(daysSince1970: Int) { self.daysSince1970 = daysSince1970 }

    /// The day of a calendar date; nil when there is no such date (30 February).
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= LocalDay.days(inMonth: month, of: year)
        else { return nil }
        // Days from civil, after H. Hinnant: the year begins in March, so that the leap day comes last.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSince1970 = era * 146_097 + dayOfEra - 719_468
    }

    /// The day written as `2026-11-21`; nil for anything else.
    package init?(iso text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = LocalDay(iso: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date like 2026-11-21")
        }
        self = day
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(iso)
    }

    /// Year, month (1…12) and day of the month (1…31).
    package var date: (year: Int, month: Int, day: Int) {
        let shifted = daysSince1970 + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let year = yearOfEra + era * 400
        return (month < 10 ? year : year + 1, month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
    }

    /// `2026-11-21`.
    package var iso: String {
        let (year, month, day) = date
        return "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))"
    }

    /// 1 Monday … 7 Sunday (ISO 8601).
    package var weekday: Int { ((daysSince1970 + 3) % 7 + 7) % 7 + 1 }

    package static func < (left: LocalDay, right: LocalDay) -> Bool { left.daysSince1970 < right.daysSince1970 }
    package static func + (day: LocalDay, days: Int) -> LocalDay { LocalDay(daysSince1970: day.daysSince1970 + days) }
    package static func - (later: LocalDay, earlier: LocalDay) -> Int { later.daysSince1970 - earlier.daysSince1970 }

    /// Full years from a birth date to this day; a birthday of 29 February is kept on 1 March of common years.
    package func fullYears(since birth: LocalDay) -> Int {
        let (year, month, day) = date
        let born = birth.date
        return year - born.year - ((month, day) < (born.month, born.day) ? 1 : 0)
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// A date and time without a zone, as a device's own clock gives it.
///
/// Seconds run to 63, because some monitors send them so (omblepy, hem-7322t); the day may not exist at all. Evidence,
/// never the time of a live reading.
package struct CivilTime: Hashable, Sendable, Codable {
    package var year, month, day, hour, minute, second: Int

    package init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int = 0) {
        (self.year, self.month, self.day) = (year, month, day)
        (self.hour, self.minute, self.second) = (hour, minute, second)
    }

    /// Whether such a time can be: an existing date, hour below 24, minute below 60, second at most 63.
    package var isReal: Bool {
        LocalDay(year: year, month: month, day: day) != nil && (0..<24).contains(hour) && (0..<60).contains(minute)
            && (0...63).contains(second)
    }

    /// `2026-01-01T08:30:00`, no zone.
    package var iso: String {
        "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))T\(hour.padded(2)):\(minute.padded(2)):\(second.padded(2))"
    }
}

/// The hut's distance from UTC, in seconds; the only time zone the hut knows.
package struct UTCOffset: Hashable, Sendable {
    package let seconds: Int

    package init(seconds: Int) { self.seconds = seconds }

    /// Reads `+08:00` or `-03:30`; nil for anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[0] == 43 || bytes[0] == 45, bytes[3] == 58,
            [1, 2, 4, 5].allSatisfy({ (48...57).contains(bytes[$0]) })
        else { return nil }
        let hours = Int(bytes[1] - 48) * 10 + Int(bytes[2] - 48)
        let minutes = Int(bytes[4] - 48) * 10 + Int(bytes[5] - 48)
        guard hours <= 14, minutes < 60 else { return nil }
        seconds = (hours * 60 + minutes) * 60 * (bytes[0] == 45 ? -1 : 1)
    }

    /// `+08:00`, with the colon that FHIR asks for.
    package var text: String {
        let minutes = abs(seconds) / 60
        return "\(seconds < 0 ? "-" : "+")\((minutes / 60).padded(2)):\((minutes % 60).padded(2))"
    }

    /// The local day of an instant.
    package func day(of time: HutTime) -> LocalDay {
        LocalDay(daysSince1970: Int(local(time).dividedDown(by: 86_400_000)))
    }

    /// The local date and time of an instant.
    package func civil(of time: HutTime) -> CivilTime {
        let (year, month, day) = self.day(of: time).date
        let second = Int(local(time).dividedDown(by: 1_000)) - self.day(of: time).daysSince1970 * 86_400
        return CivilTime(
            year: year, month: month, day: day, hour: second / 3_600, minute: second / 60 % 60, second: second % 60)
    }

    /// The instant at which a local day begins.
    package func start(of day: LocalDay) -> HutTime {
        HutTime(milliseconds: (Int64(day.daysSince1970) * 86_400 - Int64(seconds)) * 1_000)
    }

    /// The instant of a local time; nil when there is no such date.
    package func instant(of time: CivilTime) -> HutTime? {
        guard time.isReal, let day = LocalDay(year: time.year, month: time.month, day: time.day) else { return nil }
        return start(of: day) + .seconds(time.hour * 3_600 + time.minute * 60 + time.second)
    }

    /// `2026-11-21T09:14:00.000+08:00`.
    package func iso(_ time: HutTime) -> String {
        let fraction = Int(time.milliseconds - time.milliseconds.dividedDown(by: 1_000) * 1_000)
        return "\(civil(of: time).iso).\(fraction.padded(3))\(text)"
    }

    private func local(_ time: HutTime) -> Int64 { time.milliseconds + Int64(seconds) * 1_000 }
}

extension Int {
    /// The number with leading zeros, at least `width` digits.
    package func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}

extension Int64 {
    fileprivate func dividedDown(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
