// One kiosk: a value that is told what happens and says what to do. Pure: no clock, no file, no socket.

import TextScreen
import Vitals

/// What can happen to a kiosk.
package enum KioskEvent: Hashable, Sendable {
    case key(Key)
    case resized(ScreenSize)
    /// The deadline the kiosk asked for has come.
    case deadline
    case resident(ResidentEvent)
    case staff(StaffEvent)
}

/// What a kiosk asks of the hut.
package enum KioskEffect: Hashable, Sendable {
    case resident(ResidentEffect)
    case staff(StaffEffect)
    /// Ring the terminal's bell.
    case bell
    /// Forget what was on the screen: wipe it and the scrollback.
    case wipe
}
