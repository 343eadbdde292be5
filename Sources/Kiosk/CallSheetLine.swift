// A sheet of paper is ticked on the way and typed back the next morning, by somebody else, after the list has changed.
// So a printed number means one resident of that sheet for ever, whatever the worklist says by then.

import Vitals

/// What one numbered line of a printed sheet stands for.
package struct CallSheetLine: Hashable, Sendable {
    /// As printed, from 1.
    package var number: Int
    package var resident: ResidentKey

    package init(number: Int, resident: ResidentKey) { (self.number, self.resident) = (number, resident) }
}
