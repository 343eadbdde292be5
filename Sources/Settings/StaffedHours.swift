// When somebody of the staff is in the room: `Mo-Fr 08:30-11:30; Sa 09:00-10:00`, the notation of OpenStreetMap's
// opening hours, of which a hut needs days, ranges of days and times.

import Vitals

/// The hours in which a hut is staffed, by local time.
package struct StaffedHours: Hashable, Sendable {
    private struct Span: Hashable, Sendable {
        /// 1 Monday … 7 Sunday.
        var weekdays: Set<Int>
        /// Minutes of the day, from ..< to.
        var minutes: Range<Int>
    }

    /// As written in the settings.
    package let text: String
    private let spans: [Span]

    /// Reads the notation; an empty text means never. nil when it cannot be read.
    package init?(_ text: String) {
        var spans: [Span] = []
        for rule in text.split(separator: ";") {
            let parts = rule.split(separator: " ")
            guard parts.count == 2, let days = StaffedHours.days(parts[0]) else { return nil }
            for hours in parts[1].split(separator: ",") {
                guard let minutes = StaffedHours.minutes(hours) else { return nil }
                spans.append(Span(weekdays: days, minutes: minutes))
            }
        }
        (self.text, self.spans) = (text, spans)
    }

    /// Whether the hut is staffed at an instant.
    package func contains(_ time: HutTime, offset: UTCOffset) -> Bool {
        let civil = offset.civil(of: time)
        let weekday = offset.day(of: time).weekday
        return spans.contains {
            $0.weekdays.contains(weekday) && $0.minutes.contains(civil.hour * 60 + civil.minute)
        }
    }

    private static func days(_ text: Substring) -> Set<Int>? {
        let names = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
        var days: Set<Int> = []
        for part in text.split(separator: ",") {
            let ends = part.split(separator: "-").map { name in names.firstIndex { $0 == name } }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last else {
                return nil
            }
            days.formUnion((first + 1)...(last + 1))
        }
        return days
    }

    private static func minutes(_ text: Substring) -> Range<Int>? {
        let ends = text.split(separator: "-").map { time -> Int? in
            let parts = time.split(separator: ":").map { Int($0) }
            guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...24).contains(hour),
                (0..<60).contains(minute), hour * 60 + minute <= 1_440
            else { return nil }
            return hour * 60 + minute
        }
        guard ends.count == 2, let from = ends[0], let to = ends[1], from < to else { return nil }
        return from..<to
    }
}
