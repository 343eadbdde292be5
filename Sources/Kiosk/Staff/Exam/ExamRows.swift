// What the hut and the pages of an exam day tell each other: thirty people, nine items each, two names under each.

import Vitals

/// One person of an exam day.
package struct ExamRow: Hashable, Sendable {
    package var key: ResidentKey
    package var number: String
    package var name: String
    package var sex: Sex?
    package var age: Int?
    package var exam: Exam
    /// The names of `exam.signedBy`, in its order.
    package var signers: [String]
    /// What the hut measured of this person on that day and nobody has taken over: one key does.
    package var offered: [ExamItem]

    package init(
        key: ResidentKey, number: String, name: String, sex: Sex?, age: Int?, exam: Exam, signers: [String],
        offered: [ExamItem] = []
    ) {
        (self.key, self.number, self.name, self.sex, self.age) = (key, number, name, sex, age)
        (self.exam, self.signers, self.offered) = (exam, signers, offered)
    }
}

/// Who puts a name under an exam.
package enum ExamSigner: Hashable, Sendable {
    /// Who is logged in.
    case me
    /// Somebody else at the same screen, by PIN; the session stays whose it is.
    case other(StaffKey, pin: String)
}
