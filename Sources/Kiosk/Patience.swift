// How long the hut waits for a person. Idle means that it waits for a key: while it waits for a machine, a rest or a
// pause the clock does not count (H-23), and on a danger screen silence is an answer, never a way out.

import Vitals

/// How long a screen waits, and for what.
enum Patience: Sendable {
    /// Waits for a machine or a person: the clock does not count.
    case endless
    /// Waits for a key so long, then asks *are you still there* (K22).
    case asks(Duration)
    /// Told `timeUp` so long after it appeared.
    case ends(Duration)
    /// Told `timeUp` so long after the last key: what that key asked for, the hut answers.
    case answers(Duration)
    /// Told `timeUp` at an instant, however often it was covered.
    case until(MonotonicTime)
}

/// A count-down: whole seconds left, rounded up, and when the number changes next.
struct CountDown: Sendable {
    var end: MonotonicTime

    init(_ span: Duration, from now: MonotonicTime) { end = now + span }

    func seconds(at now: MonotonicTime) -> Int {
        max(0, Int(((end - now).nanoseconds + 999_999_999) / 1_000_000_000))
    }

    func nextChange(after now: MonotonicTime) -> MonotonicTime? {
        let left = (end - now).nanoseconds
        guard left > 0 else { return nil }
        let part = left % 1_000_000_000
        return now + .nanoseconds(part == 0 ? 1_000_000_000 : part)
    }
}

// MARK: - The kiosk's clock

extension Kiosk {
    /// How long a word in the bottom line stands.
    private static let noteStands = Duration.seconds(12)
    /// A foreign language nobody uses gives way to the hut's first.
    private static let languageStands = Duration.seconds(60)

    private var patienceEnds: MonotonicTime? {
        switch screen.patience(room) {
        case .endless: nil
        case .asks(let span): touchedAt + span
        case .ends(let span): shownAt + span
        case .answers(let span): touchedAt + span
        case .until(let instant): instant
        }
    }

    /// Carries out what was due before an event is heard, however late the event is.
    mutating func passTime(_ now: Now) {
        if let noteEnds, noteEnds <= now.monotonic {
            room.clearNote()
            leavingAsked = false
        }
        if languageEnds.map({ $0 <= now.monotonic }) == true { room.language = room.place.languages.first ?? .chinese }
        // A screen that comes because time passed begins now: at most one K22 and one K0 follow each other.
        for _ in 0..<4 {
            guard let patienceEnds, patienceEnds <= now.monotonic else { return }
            if case .asks = screen.patience(room) {
                show(StillThere(back: afterIdle, now: now.monotonic), now)
            } else {
                follow(screen.update(.timeUp, &room, now: now), now)
            }
        }
    }

    /// Where K22 goes back to: an asking that was taken back has to be made anew.
    private var afterIdle: any Screen { screen.isAsking ? room.beforeMeasuring() : screen }

    private var languageEnds: MonotonicTime? {
        guard screen is Attract, room.language != room.place.languages.first else { return nil }
        return touchedAt + Self.languageStands
    }

    /// Asks for the next deadline: when patience ends, or when the screen looks different by itself.
    mutating func schedule(_ now: Now) {
        if room.takeNewNote() { noteEnds = now.monotonic + Self.noteStands }
        if room.note == nil { noteEnds = nil }
        let nextMinute = now.monotonic + .milliseconds(60_000 - now.hut.millisecondsIntoMinute)
        let benchChanges = screen is Attract ? room.hall.bench.compactMap { $0.nextChange(after: now) }.min() : nil
        let wanted = [
            patienceEnds, screen.nextChange(after: now.monotonic), noteEnds, languageEnds, benchChanges, nextMinute,
        ]
        let due = staff == nil ? wanted.compactMap { $0 }.min() : staff?.deadline
        deadline = due.map { max($0, now.monotonic + .milliseconds(1)) }
    }
}

extension HutTime {
    fileprivate var millisecondsIntoMinute: Int64 { ((milliseconds % 60_000) + 60_000) % 60_000 }
}

extension Resting {
    /// When the minutes left become fewer.
    fileprivate func nextChange(after now: Now) -> MonotonicTime? {
        let left = (readyAt - now.hut).milliseconds
        guard left > 0 else { return nil }
        return now.monotonic + .milliseconds(left % 60_000 == 0 ? 60_000 : left % 60_000)
    }
}
