// How long to leave the district alone. It may say so in seconds or as a date (RFC 9110, 10.2.3); a slip of its own
// clock must not silence a hut for a year, so six hours are the most that is believed (contract, section 6).

import Vitals

/// The longest pause that is believed.
package let longestPause: Duration = .seconds(6 * 3_600)

/// The pause a `Retry-After` asks for: `120`, or `Sun, 22 Nov 2026 09:30:00 GMT`; nil for anything else.
package func retryPause(_ text: String, now: HutTime) -> Duration? {
    let trimmed = text.filter { $0 != " " }
    if !trimmed.isEmpty, trimmed.utf8.allSatisfy({ (48...57).contains($0) }) {
        // A number that Int has no room for is a long pause all the same.
        return Int(trimmed).map { min(.seconds(min($0, 1_000_000)), longestPause) } ?? longestPause
    }
    guard let date = httpDate(text) else { return nil }
    return min(max(date - now, .zero), longestPause)
}

/// How long to wait before try number `attempt` (0 first) when the district names no pause.
///
/// Random, so that forty huts that lost the district together do not come back together; `jitter` is 0 ..< 1.
package func backOff(attempt: Int, jitter: Double) -> Duration {
    // 5 s, doubled each time, at most 15 min (contract, section 6).
    let ceiling = min(900_000, 5_000 << min(max(attempt, 0), 8))
    return .milliseconds(Int(Double(ceiling) * jitter))
}

/// Reads the date form that RFC 9110 lets a server send: `Sun, 22 Nov 2026 09:30:00 GMT`.
private func httpDate(_ text: String) -> HutTime? {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT", let day = Int(parts[1]),
        let month = months.firstIndex(of: String(parts[2])), let year = Int(parts[3])
    else { return nil }
    let clock = parts[4].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3 else { return nil }
    return UTCOffset(seconds: 0).instant(
        of: CivilTime(year: year, month: month + 1, day: day, hour: clock[0], minute: clock[1], second: clock[2]))
}
