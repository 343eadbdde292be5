// Numbers as they are typed into a form: blanks between them, a target behind `/` or `>`, `=` for the target of last
// time. Whole numbers of a small unit inside, so that 61.5 stays 61.5.

import Vitals

/// One typed number with its target.
struct FormNumber: Hashable, Sendable {
    enum Target: Hashable, Sendable {
        case none
        /// `=`: as it was agreed last time.
        case same
        case value(Int)
    }
    var present: Int
    var target: Target

    /// `5/0 1.5/=` with one place: 50 with target 0, 15 with the target of last time. nil when a word is no number.
    static func read(_ text: String, places: Int) -> [FormNumber]? {
        let words = text.split(separator: " ")
        let numbers = words.compactMap { FormNumber($0, places: places) }
        return numbers.count == words.count && !numbers.isEmpty ? numbers : nil
    }

    private init?(_ word: Substring, places: Int) {
        let parts = word.split(omittingEmptySubsequences: false) { "/>".contains($0) }
        guard parts.count <= 2, let present = Self.scaled(parts[0], places: places) else { return nil }
        self.present = present
        switch parts.dropFirst().first {
        case nil: target = .none
        case "=": target = .same
        case let text?:
            guard let value = Self.scaled(text, places: places) else { return nil }
            target = .value(value)
        }
    }

    /// `61.5` with three places is 61500; nil for anything but digits, one point, and at most so many decimals.
    static func scaled(_ text: Substring, places: Int) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isRowDigit) }),
            parts[0].count <= 5
        else { return nil }
        let decimals = parts.count == 2 ? parts[1] : ""
        guard decimals.count <= places else { return nil }
        return Int(parts[0] + decimals + String(repeating: "0", count: places - decimals.count))
    }

    /// With the target of last time where `=` asks for it; nil where there was none.
    func value(last: PresentAndTarget?) -> PresentAndTarget? {
        switch target {
        case .none: PresentAndTarget(present)
        case .same: last?.target.map { PresentAndTarget(present, target: $0) }
        case .value(let target): PresentAndTarget(present, target: target)
        }
    }
}
