// What a device may forget, and when: it is told only after the disk has said that it holds what the device gave. A token
// stands for one thing given; none is ever given out twice, so an old one cannot acknowledge a new record.

/// The things a device has given that are not on disk yet.
struct Acknowledging: Sendable {
    /// The message that waits for the disk, and what is sent then; nil for a device that forgets nothing on our word.
    private let saved: (after: Int, send: Int)?
    /// A polled device gives the same thing again until it hears of it.
    private let isPolled: Bool
    private var tokens = 0
    private var unsaved: Set<Int> = []

    init(_ exchange: Exchange) { (saved, isPolled) = (exchange.saved, exchange.poll != nil) }

    /// Whether everything given is on disk.
    var isClear: Bool { unsaved.isEmpty }

    /// A token for a message that waits for the disk; nil for any other.
    mutating func token(for message: Int) -> Int? {
        guard let saved, saved.after == message else { return nil }
        tokens += 1
        unsaved.insert(tokens)
        return tokens
    }

    /// The message to send now that what this token stands for is on disk; nil when nobody waits for it any more.
    ///
    /// Asked again before the disk was ready, a polled device has given one thing under several tokens. It must hear of
    /// the first only: the second word would delete a thing that nobody has.
    mutating func release(_ token: Int) -> Int? {
        guard let saved, unsaved.remove(token) != nil else { return nil }
        if isPolled { unsaved = [] }
        return saved.send
    }

    /// The line broke or opened: what was given before waits for nothing, and no token comes again.
    mutating func forget() { unsaved = [] }
}
