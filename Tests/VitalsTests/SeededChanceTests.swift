// A seed written into a failure must give the same case on any machine and after any rewrite.
import Testing
import Vitals

struct SeededChanceTests {
    /// The published example of SplitMix64 (Rosetta Code, *Pseudo-random numbers/Splitmix64*).
    @Test func `seed 1234567 gives the published numbers`() {
        var chance = SeededChance(seed: 1_234_567)
        let numbers = (0..<5).map { _ in chance.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }
}
