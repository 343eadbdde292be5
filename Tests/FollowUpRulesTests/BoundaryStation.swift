// The rows of the boundary table for pulse, oxygen, temperature and sugar. Units are the policy's: hundredths of a
// degree, micromoles in a litre. Read beside clinical-rules 5.3 and 5.4.
import FollowUpRules
import Testing
import Vitals

private func on(_ days: Int, _ clock: String = "09:14") -> String { Scene.on(days, clock) }
private let diabetic = Scene.with(.diabetes)
private let copd = Scene.with(.copd)

let pulseRows: [Boundary] = [
    Boundary("HR-01", "pulse.veryHigh", .atLeast, "urgent 0") { $0.pulses($1, 0) },
    Boundary("HR-01", "pulse.veryLow", .atMost, "urgent 0") { $0.pulses($1, 0) },
    Boundary("HR-01", "pulse.apart", .atLeast, "urgent 0") { $0.pulses(140, 0, apart: $1) },
    Boundary("HR-01", "ages.adult", .atLeast, "urgent") { book, years in
        book.age(years, limit: try book.policy.value("ages.adult"))
        book.pulses(140, 0)
    },
    Boundary("HR-02", "pulse.high", .above, "urgent 0", diabetic) { $0.pulses($1, 0, apart: 6) },
    Boundary("HR-02", "pulse.highApart", .atLeast, "urgent 0", diabetic) { $0.pulses(110, 0, apart: $1) },
    Boundary("HR-03", "pulse.low", .atMost, "soon pulse.due") {
        $0.pulses($1, -3)
        $0.pulses($1, 0)
    },
    Boundary("HR-03", "pulse.lowUnwell", .atMost, "soon pulse.due") { book, pulse in
        for (visit, place) in [-3, 0].enumerated() {
            book.pulses(pulse, place, visit: Int64(visit + 1))
            book.answer(.mild, on(place, "09:20"), visit: Int64(visit + 1))
        }
    },
    Boundary("HR-03", "pulse.high", .above, "soon pulse.due") {
        $0.pulses($1, -3, rested: true)
        $0.pulses($1, 0, rested: true)
    },
    Boundary("HR-03", "pulse.days", .atLeast, "soon") { book, count in
        for place in 0..<count { book.pulses(44, -place) }
    },
    Boundary("HR-03", "pulse.window", .atMost, "soon") {
        $0.pulses(44, -$1)
        $0.pulses(44, 0)
    },
    Boundary("HR-03", "ages.adult", .atLeast, "soon") { book, years in
        let limit = try book.policy.value("ages.adult")
        book.age(years, limit: limit)
        book.pulses(44, -3)
        book.pulses(44, 0)
    },
]

let oxygenRows: [Boundary] = [
    Boundary("OX-01", "oxygen.low", .atMost, "urgent 0") {
        $0.spO2($1, on(0))
        $0.spO2($1, on(0, "09:16"))
    },
    Boundary("OX-01", "oxygen.apart", .atLeast, "urgent 0") {
        $0.spO2(90, on(0))
        $0.spO2(90, Scene.minute(14 + $1))
    },
    // One value, and one better after it does not end it.
    Boundary("OX-01", "oxygen.veryLow", .atMost, "urgent 0") {
        $0.spO2($1, on(0))
        $0.spO2(96, on(0, "09:16"))
    },
    Boundary("OX-01", "oxygen.veryLow", .atMost, "critical 0", else: "urgent 0") {
        $0.spO2($1, on(0))
        $0.spO2($1, on(0, "09:16"))
    },
    Boundary("OX-01", "oxygen.clear", .below, "urgent") {
        for minute in ["09:14", "09:16"] { $0.spO2(90, on(0, minute)) }
        for minute in ["11:14", "11:16"] { $0.spO2($1, on(0, minute)) }
    },
    Boundary("OX-02", "ages.adult", .atLeast, "soon oxygen.reducedDue") { book, years in
        book.age(years, limit: try book.policy.value("ages.adult"))
        for minute in ["09:14", "09:16"] { book.spO2(92, on(0, minute)) }
    },
    Boundary("OX-02", "oxygen.clear", .below, "soon oxygen.reducedDue") {
        for minute in ["09:14", "09:16"] { $0.spO2($1, on(0, minute)) }
    },
    Boundary("OX-02", "oxygen.low", .above, "soon oxygen.reducedDue") {
        for minute in ["09:14", "09:16"] { $0.spO2($1, on(0, minute)) }
    },
    Boundary("OX-03", "oxygen.veryLow", .atMost, "urgent 0", copd) {
        for minute in ["09:14", "09:16"] { $0.spO2($1, on(0, minute)) }
    },
    Boundary("OX-03", "oxygen.drop", .atLeast, "urgent 0", copd) { book, drop in
        for place in [-20, -12, -5] { book.spO2(95, on(place)) }
        book.spO2(95 - drop, on(0))
    },
    Boundary("OX-03", "oxygen.dropDays", .atMost, "urgent 0", copd) {
        $0.spO2(96, on(-$1))
        $0.spO2(89, on(0))
    },
]

let temperatureRows: [Boundary] = [
    Boundary("TP-01", "fever.high", .above, "urgent 0") { $0.body($1, on(0)) },
    Boundary("TP-01", "fever.high", .above, "critical 0", diabetic) { $0.body($1, on(0)) },
    Boundary("TP-01", "fever.clear", .atLeast, "urgent") {
        $0.body(3_950, on(0))
        $0.body($1, on(0, "11:14"))
    },
    Boundary("TP-02", "fever.mild", .atLeast, "soon fever.mildDue") { $0.body($1, on(0)) },
    Boundary("TP-02", "fever.high", .atMost, "soon fever.mildDue") { $0.body($1, on(0)) },
    Boundary("TP-02", "fever.mildClear", .atLeast, "soon") {
        $0.body(3_850, on(0))
        $0.body($1, on(0, "11:14"))
    },
    Boundary("TP-03", "fever.low", .atMost, "soon fever.lowDue") {
        $0.body($1, on(0))
        $0.body($1, on(0, "09:16"))
    },
    Boundary("TP-03", "fever.low", .atMost, "soon") {
        for minute in ["09:14", "09:16"] { $0.body(3_450, on(0, minute)) }
        $0.body($1, on(0, "11:14"))
    },
]

let sugarRows: [Boundary] = [
    Boundary("GL-01", "sugar.low", .atMost, "critical 0", diabetic) { $0.glucose($1, on(0)) },
    Boundary("GL-01", "sugar.low", .atMost, "critical 0", Scene.with(.glucoseDrugs)) { $0.glucose($1, on(0)) },
    Boundary("GL-01", "sugar.veryLow", .below, "critical 0") { $0.glucose($1, on(0)) },
    Boundary("GL-01n", "sugar.low", .atMost, "soon sugar.due") { $0.glucose($1, on(0)) },
    Boundary("GL-01n", "sugar.veryLow", .atLeast, "soon sugar.due") { $0.glucose($1, on(0)) },
    Boundary("GL-01n", "sugar.low", .atMost, "soon") {
        $0.glucose(3_500, on(0))
        $0.glucose($1, on(0, "11:14"))
    },
    Boundary("GL-02", "sugar.high", .atLeast, "critical 0") { $0.glucose($1, on(0)) },
    Boundary("GL-03", "fasting.raised", .atLeast, "soon sugar.suspectedDue") { $0.glucose($1, on(0), .fasting) },
    Boundary("GL-03", "sugar.random", .atLeast, "soon sugar.suspectedDue") { $0.glucose($1, on(0), .eaten) },
    Boundary("GL-03", "sugar.high", .below, "soon sugar.suspectedDue") { $0.glucose($1, on(0)) },
    Boundary("GL-04", "fasting.raised", .atLeast, "soon fasting.due", diabetic) {
        $0.glucose($1, on(-3), .fasting)
        $0.glucose($1, on(0), .fasting)
    },
    Boundary("GL-04", "fasting.days", .atLeast, "soon", diabetic) { book, count in
        for place in 0..<count { book.glucose(7_500, on(-place), .fasting) }
    },
    Boundary("GL-04", "fasting.window", .atMost, "soon", diabetic) {
        $0.glucose(7_500, on(-$1), .fasting)
        $0.glucose(7_500, on(0), .fasting)
    },
    Boundary("GL-04", "fasting.high", .atLeast, "soon fasting.due", diabetic) { $0.glucose($1, on(0), .fasting) },
    Boundary("GL-04", "fasting.clearDays", .below, "soon", diabetic) { book, count in
        for place in [-20, -19] { book.glucose(7_500, on(place), .fasting) }
        for place in 0..<count { book.glucose(6_000, on(-place), .fasting) }
    },
    Boundary("GL-05", "referralAdvice.inARow", .atLeast, "urgent", diabetic) { book, count in
        for place in 0..<count { book.followUp(Scene.date(-20 * place), .notControlled, .diabetes) }
    },
    Boundary("GL-06", "fasting.impaired", .atLeast, "info fasting.impairedDue") { $0.glucose($1, on(0), .fasting) },
    Boundary("GL-06", "fasting.raised", .below, "info fasting.impairedDue") { $0.glucose($1, on(0), .fasting) },
]
