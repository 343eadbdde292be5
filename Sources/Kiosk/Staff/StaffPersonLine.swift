// Who somebody is in a line that may be too short for it: the hut number and the telephone are what a nurse acts by, so
// the name gives way first, and says so with `…`.

import TextScreen
import Vitals

extension StaffWords {
    /// What tells two people of one name apart: the day of birth, and where they live.
    static func apart(_ candidate: Candidate) -> String {
        [candidate.birth?.iso, candidate.building].compactMap { $0 }.joined(separator: " ")
    }

    /// `张桂芳 女 81岁 047号` in at most `cells`; only the name is ever cut.
    static func person(
        _ name: String, _ sex: Sex?, _ age: Int?, number: String, _ language: Language, cells: Int
    ) -> String {
        let whole = person(name, sex, age, number: number, language)
        let over = cellWidth(whole) - cells
        guard over > 0 else { return whole }
        // The blank that a cut leaves behind `…` is the one that stands there anyway.
        let short = StaffText.cut(name, max(0, cellWidth(name) - over)).trimmed
        return person(short, sex, age, number: number, language)
    }
}
