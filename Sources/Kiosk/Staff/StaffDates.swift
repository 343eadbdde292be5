// A day as somebody types it: `11-25`, `2026-11-25`, or `3` for so many days from now. Nothing is guessed beyond that.

import Vitals

/// Days being typed.
enum StaffDates {
    /// A day to come, today among them; nil for what is no day, or past, or more than two years away.
    static func coming(_ text: String, today: LocalDay) -> LocalDay? {
        if let days = number(text), days < 1_000 { return days <= furthest ? today + days : nil }
        guard let day = day(text, today: today) else { return nil }
        return (0...furthest).contains(day - today) ? day : nil
    }

    /// A day that has been; without a year it is of this one. A date that lies ahead is nobody's word for last year's:
    /// see `notYet`.
    static func past(_ text: String, today: LocalDay) -> LocalDay? {
        ofThisYear(text, today: today).flatMap { $0 <= today ? $0 : nil }
    }

    /// Why a month and a day are refused that this year has not come to, with what to type for last year's.
    static func notYet(_ text: String, today: LocalDay) -> LocalizedText? {
        guard numbers(text)?.count == 2, let day = ofThisYear(text, today: today), day > today,
            let before = LocalDay(year: day.date.year - 1, month: day.date.month, day: day.date.day)
        else { return nil }
        return LocalizedText("还没到；去年的请打 \(before.iso)", en: "Not yet; for last year's \(before.iso)")
    }

    /// `2026-11-25`, ahead or past; nil for anything else.
    static func whole(_ text: String) -> LocalDay? {
        guard let numbers = numbers(text), numbers.count == 3 else { return nil }
        return LocalDay(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    private static func ofThisYear(_ text: String, today: LocalDay) -> LocalDay? {
        guard let numbers = numbers(text), numbers.count == 2 else { return whole(text) }
        return LocalDay(year: today.date.year, month: numbers[0], day: numbers[1])
    }

    /// A promise further away than this is no promise. Our own choice.
    private static let furthest = 730

    private static func day(_ text: String, today: LocalDay) -> LocalDay? {
        guard let numbers = numbers(text) else { return nil }
        guard numbers.count == 2 else { return whole(text) }
        return [today.date.year, today.date.year + 1].lazy
            .compactMap { LocalDay(year: $0, month: numbers[0], day: numbers[1]) }.first { $0 >= today }
    }

    private static func numbers(_ text: String) -> [Int]? {
        let parts = text.split(whereSeparator: { "-/. ".contains($0) })
        let numbers = parts.compactMap { number(String($0)) }
        return numbers.count == parts.count ? numbers : nil
    }

    private static func number(_ text: String) -> Int? {
        text.count <= 4 && !text.isEmpty && text.allSatisfy(\.isRowDigit) ? Int(text) : nil
    }
}
