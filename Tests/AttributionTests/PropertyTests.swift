// The invariant of whose-reading.md, tried on a hundred thousand random days: a reading is under a person only through
// (asked ∧ began after asking ∧ same active visit ∧ not denied), or a pairing, or a named person's claim; and nothing
// that came is lost.

import Testing
import Vitals

@testable import Attribution

#if canImport(Glibc)
    import Glibc
#endif

/// 100,000 cases, divided by `HEALTHHUT_PROPERTY_DIVISOR` where a sanitizer makes each of them dear.
private let cases: Int = {
    let divisor = getenv("HEALTHHUT_PROPERTY_DIVISOR").flatMap { Int(String(cString: $0)) } ?? 1
    return 100_000 / max(1, divisor)
}()
private let shares = 8

@Suite struct PropertyTests {
    @Test(arguments: 0..<shares)
    func `no reading is ever under a person who did not ask for it, and none is lost`(share: Int) {
        var (owned, unowned) = (0, 0)
        for number in stride(from: share, to: cases, by: shares) {
            let seed = UInt64(number) &+ 20_261_121
            let world = World(seed: seed)
            world.live(steps: 24)
            if let violation = world.violation {
                Issue.record("seed \(seed): \(violation)")
                return
            }
            owned += world.owned
            unowned += world.unowned
        }
        // A world in which nothing is owned, or everything, would prove nothing.
        #expect(owned > unowned / 10 && unowned > owned / 10, "\(owned) owned, \(unowned) not")
    }
}
