// A day as somebody types it: `11-25`, `2026-11-25`, or `3` for so many days from now. Nothing is guessed beyond that.

import Vitals

/// Days being typed.
enum StaffDates {
    /// A day to come, today among them; nil for what is no day, or past, or more than two years away.
    static func coming(_ text: String, today: LocalDay) -> LocalDay? {
        if let days = whole(text), days < 1_000 { return days <= furthest ? today + days : nil }
        guard let day = day(text, today: today) else { return nil }
        return (0...furthest).contains(day - today) ? day : nil
    }

    /// A day that has been; without a year it is the last one of that date.
    static func past(_ text: String, today: LocalDay) -> LocalDay? {
        guard let numbers = numbers(text) else { return nil }
        if numbers.count == 2 {
            return [today.date.year, today.date.year - 1].lazy
                .compactMap { LocalDay(year: $0, month: numbers[0], day: numbers[1]) }.first { $0 <= today }
        }
        return day(text, today: today).flatMap { $0 <= today ? $0 : nil }
    }

    /// A promise further away than this is no promise. Our own choice.
    private static let furthest = 730

    private static func day(_ text: String, today: LocalDay) -> LocalDay? {
        guard let numbers = numbers(text) else { return nil }
        guard numbers.count == 2 else {
            return numbers.count == 3 ? LocalDay(year: numbers[0], month: numbers[1], day: numbers[2]) : nil
        }
        return [today.date.year, today.date.year + 1].lazy
            .compactMap { LocalDay(year: $0, month: numbers[0], day: numbers[1]) }.first { $0 >= today }
    }

    private static func numbers(_ text: String) -> [Int]? {
        let parts = text.split(whereSeparator: { "-/. ".contains($0) })
        let numbers = parts.compactMap { whole(String($0)) }
        return numbers.count == parts.count ? numbers : nil
    }

    private static func whole(_ text: String) -> Int? {
        text.count <= 4 && !text.isEmpty && text.allSatisfy(\.isRowDigit) ? Int(text) : nil
    }
}
