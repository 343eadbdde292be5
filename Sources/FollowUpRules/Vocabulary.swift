// A vital and a reason in the words of a nurse's list.
import Vitals

extension Vital {
    /// `血压186/96 mmHg` and `blood pressure 186/96 mmHg`.
    package var words: LocalizedText {
        switch self {
        case .bloodPressure(let pressure):
            let value = "\(pressure.systolic.value)/\(pressure.diastolic.value) mmHg"
            return LocalizedText("血压\(value)", en: "blood pressure \(value)")
        case .wearableBloodPressure(let pressure):
            let value = "\(pressure.systolic.value)/\(pressure.diastolic.value) mmHg"
            return LocalizedText("手环估的血压\(value)", en: "wristband estimate \(value)")
        case .pulseRate(let rate):
            return LocalizedText("脉搏\(rate.value)次/分", en: "pulse \(rate.value) /min")
        case .oxygenSaturation(let oxygen):
            return LocalizedText("血氧\(oxygen.percent)%", en: "oxygen \(oxygen.percent) %")
        case .temperature(let celsius):
            let value = JSONLine.decimal(celsius, places: 2)
            return LocalizedText("体温\(value)℃", en: "temperature \(value) °C")
        case .surfaceTemperature(let celsius):
            let value = JSONLine.decimal(celsius, places: 2)
            return LocalizedText("皮肤温度\(value)℃(不是体温)", en: "skin temperature \(value) °C (not body)")
        case .weight(let grams):
            let value = JSONLine.decimal(grams, places: 3)
            return LocalizedText("体重\(value) kg", en: "weight \(value) kg")
        case .height(let millimetres):
            let value = JSONLine.decimal(millimetres, places: 1)
            return LocalizedText("身高\(value) cm", en: "height \(value) cm")
        case .glucose(let glucose):
            let value = JSONLine.decimal(glucose.micromolesPerLitre, places: 3)
            let meal = glucose.meal?.words ?? LocalizedText("", en: "")
            return LocalizedText("\(meal.chinese)血糖\(value) mmol/L", en: "\(meal.english)glucose \(value) mmol/L")
        }
    }
}

extension Glucose.Meal {
    /// Before the word *glucose*.
    fileprivate var words: LocalizedText {
        switch self {
        case .before: LocalizedText("饭前", en: "before-meal ")
        case .after: LocalizedText("饭后", en: "after-meal ")
        }
    }
}

extension UnclaimedReason {
    /// Why nobody owns it, in a few words (whose-reading.md).
    package var words: LocalizedText {
        switch self {
        case .noVisit: LocalizedText("没人登记就量了", en: "no visit")
        case .notAsked: LocalizedText("没请这台机器量", en: "not asked")
        case .beganBefore: LocalizedText("按键以前就开始量了", en: "began before")
        case .visitChanged: LocalizedText("量的时候换了人", en: "visit changed")
        case .visitEnded: LocalizedText("人已经走了", en: "visit ended")
        case .tooLate: LocalizedText("来得太晚", en: "too late")
        case .denied: LocalizedText("本人说不是", en: "denied by the resident")
        case .lineBroke: LocalizedText("线断过", en: "line broke")
        case .restart: LocalizedText("小屋重新开过机", en: "restart")
        case .pending: LocalizedText("开机时机器里就有", en: "pending at start-up")
        case .memory: LocalizedText("机器里存的", en: "from a memory")
        case .notConfirmed: LocalizedText("问了没有回答是谁量的", en: "not confirmed")
        case .guest: LocalizedText("客人", en: "guest")
        case .notPairedThen: LocalizedText("那时手环没配人", en: "not paired then")
        case .wearerNotConfirmed: LocalizedText("不知道谁戴着", en: "wearer not confirmed")
        case .residentNotHere: LocalizedText("记录上已去世或搬走", en: "recorded dead or moved")
        }
    }
}
