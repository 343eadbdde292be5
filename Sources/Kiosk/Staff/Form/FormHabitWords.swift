// How somebody lives and what drugs are taken, as the form writes them: what was answered, else what stood there last
// time, so that `=` is pressed on what can be read.

import Vitals

extension FormWords {
    private var context: FormContext { sheet.context }
    private var answers: FormAnswers { sheet.answers }

    /// As it stands: what was typed, else what was last time.
    private var habits: FormHabits {
        var shown = sheet.lastLifestyle.map(FormHabits.init) ?? FormHabits()
        shown.smokingDrinking = answers.habits.smokingDrinking ?? shown.smokingDrinking
        shown.exercise = answers.habits.exercise ?? shown.exercise
        shown.diet = answers.habits.diet ?? shown.diet
        shown.mind = answers.habits.mind ?? shown.mind
        return shown
    }

    /// The lines of question 5 at 80 columns.
    var lifestyle: [String] {
        let diet = HabitGroup.diet
        let keys =
            sheet.lastLifestyle == nil
            ? say("没有上次：回车，从6到9一项一项问", "nothing from last time: Enter asks 6 to 9 in turn")
            : say(
                "= 问过都没变    6-9 只改一项(6烟酒 7动 8\(FormPhrases.group(diet, context.diseases).chinese) 9心理遵医)",
                "= asked, all as before    6-9 one (6 smoke 7 move 8 diet 9 mind)")
        return StaffText.packed(FormPhrases.habits(habits, context.diseases, language), Self.cells) + [keys]
    }

    /// `烟0酒0动5x30盐中主食300`: all that `=` says is unchanged.
    var habitsShort: String {
        guard let exercise = habits.exercise, let smoking = habits.smokingDrinking else {
            return say("6-9逐项", "6-9 each")
        }
        let salt = context.diseases.contains(.hypertension) ? habits.diet?.salt : nil
        let staple = context.diseases.contains(.diabetes) ? habits.diet?.stapleGrams?.present : nil
        let diet = [
            salt.map { say("盐\(FormPhrases.salt($0).chinese)", "salt\($0.rawValue)") },
            staple.map { say("主食\($0)", "carb\($0)") },
        ].compactMap { $0 }.joined(separator: say("", " "))
        let (times, minutes) = (exercise.times.present, exercise.minutes.present)
        let drinks = JSONLine.decimal(smoking.spiritsTenths.present, places: 1).replacing(".0", with: "")
        return say(
            "烟\(smoking.cigarettes.present)酒\(drinks)动\(times)x\(minutes)\(diet)",
            "cig\(smoking.cigarettes.present) \(times)x\(minutes) \(diet)")
    }

    /// Every drug on one line.
    var drugs: String {
        guard let drugs = answers.drugs?.value ?? sheet.lastDrugs else { return say("没有上次", "nothing from last time") }
        if drugs.isEmpty { return say("不用药", "no drugs") }
        return drugs.map { FormWords.drug($0, language) }.joined(separator: "；")
    }

    /// The keys of question 9.
    var drugKeys: String {
        sheet.lastDrugs == nil ? say("e=填", "e=write") : say("=没变 e=改", "= unchanged e=edit")
    }

    /// `氨氯地平 每日1次 每次5mg`.
    static func drug(_ drug: Drug, _ language: Language) -> String {
        LocalizedText(
            "\(drug.name) 每日\(drug.timesEachDay)次 每次\(drug.amount)",
            en: "\(drug.name) \(drug.timesEachDay)x a day \(drug.amount)")[language]
    }
}
