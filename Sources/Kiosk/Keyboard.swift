// Old hands tremble, rest on a key, and press again when nothing seems to happen. Which presses are meant?
//
// The same key within 400 ms is one key, however long it repeats; for 700 ms after a change of screen nothing is
// heard, because it was meant for the screen before. Digits inside a number are the exception: only the very key that
// opened the screen is a slip there.

import TextScreen
import Vitals

struct Keyboard: Sendable {
    static let bounce = Duration.milliseconds(400)
    static let deaf = Duration.milliseconds(700)

    /// The last key that counted or repeated one that did.
    private var last: (key: Key, at: MonotonicTime)?

    /// Whether a press is meant; remembers it for the next.
    mutating func means(_ key: Key, at now: MonotonicTime, screenAt: MonotonicTime, takesNumber: Bool) -> Bool {
        if let last, last.key == key, now < last.at + Self.bounce {
            self.last = (key, now)
            return false
        }
        if now < screenAt + Self.deaf, !(takesNumber && isDigit(key) && last?.key != key) { return false }
        last = (key, now)
        return true
    }

    private func isDigit(_ key: Key) -> Bool {
        if case .character(let character) = key { character.isASCII && character.isNumber } else { false }
    }
}
