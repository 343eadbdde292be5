// The first date of somebody without history is the one on which FU-01 will fall due: the count of the list and the flag of
// the rule come from one number, and here they are compared.
import FollowUpRules
import Testing
import Vitals

@Suite struct FirstDateTests {
    private func first(_ history: ResidentHistory, _ policy: Policy, on today: String) -> LocalDay? {
        firstFollowUp(of: history, policy: policy, now: at("\(today) 08:00"), offset: shanghai)
    }

    @Test(arguments: [1, 2, 45, 89, 90, 91, 7_500])
    func `FU-01 is raised for the day that was counted, whatever place in the roster`(key: Int64) throws {
        let people = [People.knownElder, People.knownAdult, People.knownDiabetic]
        for resident in people {
            let policy = try shippedPolicy()
            let history = ResidentHistory(
                key: ResidentKey(rawValue: key), resident: resident, addedAt: at("2026-11-21 09:00"))
            let due = try #require(first(history, policy, on: "2026-11-21"))
            let raised = due + -policy.followUps.ahead.value
            #expect(raised > day("2026-11-21"), "nobody is owed anything on day one")
            for (today, isRaised) in [(raised + -1, false), (raised, true)] {
                let changes = review(
                    history, policy: policy, now: shanghai.start(of: today) + .seconds(3_600), offset: shanghai)
                let dues = changes.compactMap { change -> LocalDay? in
                    if case .raise(let draft) = change, draft.rule == "FU-01" { draft.due } else { nil }
                }
                #expect(dues == (isRaised ? [due] : []), "\(key) on \(today.iso)")
            }
        }
    }

    @Test func `who has no disease to be followed has no first date, and who has a follow-up on record neither`()
        throws
    {
        var book = try Book(People.adult)
        #expect(first(book.history, book.policy, on: "2026-11-21") == nil)
        book.mark(.managed(.hypertension, since: day("2026-11-20")))
        #expect(first(book.history, book.policy, on: "2026-11-21") != nil)
        book.mark(.managementEnded(.hypertension))
        #expect(first(book.history, book.policy, on: "2026-11-21") == nil)
        var known = try Book(People.knownElder)
        #expect(first(known.history, known.policy, on: "2026-11-21") != nil)
        known.followUp("2026-08-23", .controlled)
        #expect(first(known.history, known.policy, on: "2026-11-21") == nil)
    }
}
