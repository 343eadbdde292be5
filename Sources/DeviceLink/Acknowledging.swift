// What a device may forget, and when: it is told only after the disk has said that it holds what the device gave. A token
// stands for one thing given; none is ever given out twice, so an old one cannot acknowledge a new record.
import Vitals

/// The things a device has given that are not on disk yet.
struct Acknowledging: Sendable {
    /// The message that waits for the disk, and what is sent then; nil for a device that forgets nothing on our word.
    private let saved: (after: Int, send: Int)?
    /// A polled device gives the same thing again until it hears of it.
    private let isPolled: Bool
    private var tokens = 0
    private var unsaved: Set<Int> = []
    /// When the device was last told.
    private var toldAt: MonotonicTime?

    /// What comes again so soon was on its way when the device was told (ours; a frame takes less than 0.1 s).
    private static let crossing = Duration.seconds(1)

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
    /// the first only: the second word would delete a thing that nobody has. A repeat that crossed the first word on the
    /// line is answered by that word; one that comes later shows that the word was lost.
    mutating func release(_ token: Int, isRepeat: Bool, at now: MonotonicTime) -> Int? {
        guard let saved, unsaved.remove(token) != nil else { return nil }
        if isPolled { unsaved = [] }
        if isRepeat, let toldAt, now - toldAt < Acknowledging.crossing { return nil }
        toldAt = now
        return saved.send
    }

    /// The line broke or opened: what was given before waits for nothing, and no token comes again.
    mutating func forget() { (unsaved, toldAt) = ([], nil) }
}
