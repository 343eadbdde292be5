// What was done about an alert before anybody closed it: who took it, and which texts went to the duty number. Read at
// start for the few alerts that still stand, so that a hut that went down goes on where it stood.

import Vitals

extension Ledger {
    /// Takings of a flag and the texts about it since it was raised, oldest first.
    package func calls(about flag: FlagID) throws(LedgerError) -> [RecordedFact] {
        try books.facts.about(flag.rawValue, kinds: [.flagTaken, .textTried, .textEnded])
    }
}
