// How long to wait before a line is tried again: short at first, because most losses are a cable pushed home in a
// second, longer after each failure, because a dead line must cost nothing.

/// The growing pause between two tries: 1 s, 2, 4, 8, 16, then 30 s for ever.
package struct Backoff: Sendable, Hashable {
    package static let first: Duration = .seconds(1)
    package static let longest: Duration = .seconds(30)

    private var next = first

    package init() {}

    /// The pause after one more failure.
    package mutating func pause() -> Duration {
        defer { next = min(next * 2, Self.longest) }
        return next
    }

    /// The line has shown that it works: the next failure is a first one.
    package mutating func reset() { next = Self.first }
}
