// The rows of the boundary table for what is owed by the calendar, for people who live alone and for wristbands; and
// the sayings, which have no number: a sign, a call, a verdict, a promise. Read beside clinical-rules 5.3 and 5.4.
import FollowUpRules
import Testing
import Vitals

private func on(_ days: Int, _ clock: String = "09:14") -> String { Scene.on(days, clock) }
private func date(_ days: Int) -> String { Scene.date(days) }

let careRows: [Boundary] = [
    Boundary("FU-01", "followUps.cadence", .atLeast, "routine", People.knownAdult) { book, days in
        book.followUp(date(try book.policy.value("followUps.ahead") - days), .controlled)
    },
    Boundary("FU-01", "followUps.ahead", .atMost, "routine", People.knownAdult) { book, days in
        book.followUp(date(days - (try book.policy.value("followUps.cadence"))), .controlled)
    },
    Boundary("FU-01", "followUps.soonAfter", .above, "soon", else: "routine", People.knownAdult) { book, days in
        book.followUp(date(-days - (try book.policy.value("followUps.cadence"))), .controlled)
    },
    Boundary("FU-01", "followUps.lostAfter", .above, "soon lost", else: "soon", People.knownAdult) { book, days in
        book.followUp(date(-days - (try book.policy.value("followUps.cadence"))), .controlled)
    },
    // By following the cadence none comes before the year is over; the resident's slot puts her early on the list.
    Boundary("FU-02", "followUps.aYear", .below, "routine", People.knownAdult) { book, count in
        book.history.key = ResidentKey(rawValue: 40)
        for place in 0..<count { book.followUp(date(-5 * place - 3), .controlled) }
    },
    Boundary("FU-03", "afterCritical.referral", .above, "urgent", else: "soon") { book, days in
        book.signal(.sos, on(-days))
        book.review(on(-days, "09:15"))
        try book.close("W-03", .referred, on(-days, "10:00"))
    },
    Boundary("FU-04", "followUps.exam", .atLeast, "routine", People.knownAdult) {
        $0.history.exams = [Scene.today + (-$1)]
    },
    Boundary("FU-04", "followUps.examAge", .atLeast, "routine") { book, years in
        book.age(years, limit: try book.policy.value("followUps.examAge"))
        book.history.exams = [Scene.today + (-400)]
    },
    Boundary("SC-01", "screening.age", .atLeast, "info") { book, years in
        book.age(years, limit: try book.policy.value("screening.age"))
    },
    Boundary("SC-02", "screening.riskAge", .atLeast, "info") { book, years in
        book.age(years, limit: try book.policy.value("screening.riskAge"))
    },
    Boundary("SC-02", "screening.riskDays", .above, "info", People.elder) { $0.session(124, 76, date(-$1)) },
    Boundary("LV-01", "alone.quiet", .atLeast, "routine", People.elder) { $0.alone(lastHeard: on(-$1)) },
    Boundary("LV-01", "alone.soon", .atLeast, "soon", else: "routine", People.elder) { $0.alone(lastHeard: on(-$1)) },
    Boundary("W-01", "bands.pulse", .above, "info") { book, pulse in
        book.wear(since: on(-60), heard: on(0))
        for place in [-2, -1, 0] { book.bandDay(date(place), pulse: pulse) }
    },
    Boundary("W-01", "bands.pulseDays", .atLeast, "info") { book, count in
        book.wear(since: on(-60), heard: on(0))
        for place in 0..<count { book.bandDay(date(-place), pulse: 110) }
    },
    Boundary("W-01", "bands.hintDays", .atLeast, "info") { book, count in
        book.wear(since: on(-60), heard: on(0))
        for place in 0..<count { book.bandDay(date(-place), pulse: 70, hints: 1) }
    },
    Boundary("W-01", "bands.window", .atMost, "info") { book, span in
        book.wear(since: on(-60), heard: on(0))
        for place in [1 - span, -1, 0] { book.bandDay(date(place), pulse: 110) }
    },
    Boundary("W-01", "bands.again", .atLeast, "info") { book, days in
        book.wear(since: on(-60), heard: on(0))
        for place in [-2, -1, 0] { book.bandDay(date(place - days), pulse: 110) }
        book.review(on(-days, "12:00"))
        try book.close("W-01", .followedUp, on(-days, "12:30"))
        for place in [-2, -1, 0] { book.bandDay(date(place), pulse: 110) }
    },
    Boundary("W-04", "bands.silent", .atLeast, "routine") { book, hours in
        book.mark(.watched(true))
        book.wear(since: on(-60), heard: on(-3))
        book.history.bands[0].lastHeard = at(Scene.now) + .seconds(-hours * 3_600)
    },
]

let sayings: [Saying] = [
    Saying("BP-03", "a danger sign", "critical 0") { $0.answer(.danger, on(0), visit: 1) },
    Saying("BP-03", "silence means yes", "critical 0") { $0.answer(.silence, on(0), visit: 1) },
    Saying("BP-03", "no sign", "-") { $0.answer(.none, on(0), visit: 1) },
    Saying("BP-03", "a little, as usual", "-") { $0.answer(.mild, on(0), visit: 1) },
    Saying("BP-03", "a slip withdrawn", "-") { $0.answer(.slip, on(0), visit: 1) },
    Saying("BP-02", "very high with a sign", "critical 0") {
        $0.cuff(190, 80, on(0), visit: 1)
        $0.answer(.danger, on(0, "09:16"), visit: 1)
    },
    Saying("BP-14", "three failures, slightly unwell", "urgent 0") { book in
        for minute in 0..<3 { book.failure(Scene.minute(minute), visit: 1) }
        book.answer(.mild, Scene.minute(4), visit: 1)
    },
    Saying("BP-08", "a complication, once", "urgent referralAdvice.due", People.knownAdult) {
        $0.followUp(date(0), .complication)
    },
    Saying("BP-08", "not controlled, then a reaction", "-", People.knownAdult) {
        $0.followUp(date(-20), .notControlled)
        $0.followUp(date(0), .reaction)
    },
    Saying("FU-05", "not controlled", "soon followUps.again", People.knownAdult) {
        $0.followUp(date(0), .notControlled)
    },
    Saying("FU-05", "a reaction", "soon followUps.again", People.knownAdult) { $0.followUp(date(0), .reaction) },
    Saying("FU-05", "controlled", "-", People.knownAdult) { $0.followUp(date(0), .controlled) },
    Saying("FU-03", "referred at a follow-up", "soon afterCritical.referral", People.knownAdult) {
        $0.followUp(date(0), .complication, referral: "市医院 心内科")
    },
    Saying("FU-06", "an emergency dealt with here", "soon afterCritical.call") {
        $0.signal(.sos, on(0))
        $0.review(on(0, "09:15"))
        try $0.close("W-03", .handledHere, on(0, "10:00"))
    },
    Saying("FU-06", "promised for today", "soon 0") { $0.promise(.call, for: date(0), made: on(-3)) },
    Saying("W-03", "SOS", "critical 0") { $0.signal(.sos, on(0)) },
    Saying("W-03", "a fall", "critical 0") { $0.signal(.fall, on(0)) },
    Saying("W-03", "taken off", "-") { $0.signal(.removed, on(0)) },
    Saying("PR-01", "irregular, known already", "-", Scene.with(.af)) { $0.marked([true, true]) },
    Saying("OX-02", "somewhat low, ordinary with COPD", "-", Scene.with(.copd)) { book in
        for minute in ["09:14", "09:16"] { book.spO2(93, on(0, minute)) }
    },
    Saying("GL-03", "not sure whether fasting", "-") { $0.glucose(7_500, on(0), .notSure) },
    Saying("HR-02", "fast without diabetes", "-") { $0.pulses(110, 0, apart: 6) },
]

extension Book {
    fileprivate mutating func alone(lastHeard: String) {
        mark(.livesAlone(true))
        mark(.watched(true))
        history.lastHeard = at(lastHeard)
    }
}
