// How long a line that does not answer is left alone.

import SerialLine
import Testing

@Suite struct `the growing pause` {
    @Test func `doubles from one second and stays at thirty`() {
        var backoff = Backoff()
        let pauses = (0..<8).map { _ in backoff.pause() }
        #expect(pauses == [1, 2, 4, 8, 16, 30, 30, 30].map { Duration.seconds($0) })
    }

    @Test func `begins anew after a reset`() {
        var backoff = Backoff()
        for _ in 0..<6 { _ = backoff.pause() }
        backoff.reset()
        #expect(backoff.pause() == .seconds(1))
        #expect(backoff.pause() == .seconds(2))
    }
}
