// The one place where a list or a resident's page leads to the follow-up form.

import Vitals

extension StaffStep {
    /// `f`: the follow-up form of this resident.
    static func followUp(_ resident: ResidentKey, name: String) -> StaffStep {
        .ask(.openForm(resident))
    }
}
