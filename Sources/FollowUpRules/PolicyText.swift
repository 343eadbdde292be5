// A policy explained to a clinician who has to say yes to it: every rule and every number in Chinese and English, with
// its source, how well it is supported, and whether it still waits to be confirmed; and what two policies do otherwise.
import Vitals

extension Confidence {
    /// What the letter stands for.
    fileprivate var words: LocalizedText {
        switch self {
        case .primary: LocalizedText("原文", en: "primary text")
        case .several: LocalizedText("两个以上来源", en: "two or more sources")
        case .one: LocalizedText("一个来源", en: "one source")
        case .memory: LocalizedText("凭记忆", en: "from memory")
        case .tried: LocalizedText("试过", en: "tried")
        case .ours: LocalizedText("自己定的", en: "our own choice")
        }
    }
}

extension Severity {
    /// In the words of a nurse's list.
    fileprivate var words: LocalizedText {
        switch self {
        case .info: LocalizedText("参考", en: "info")
        case .routine: LocalizedText("常规", en: "routine")
        case .soon: LocalizedText("尽快", en: "soon")
        case .urgent: LocalizedText("紧急", en: "urgent")
        case .critical: LocalizedText("危急", en: "critical")
        }
    }
}

extension Averaging {
    fileprivate var words: LocalizedText {
        switch self {
        case .lastTwo: LocalizedText("最后两遍的平均", en: "the mean of the last two readings")
        case .all: LocalizedText("全部几遍的平均", en: "the mean of all readings")
        }
    }
}

extension PolicyUnit {
    /// A number as a clinician reads it: `3.9 mmol/L`, `39 °C`, `14 days`.
    fileprivate func text(_ value: Int) -> String {
        switch self {
        case .mmHg, .perMinute, .minutes, .hours, .days, .years, .percent: "\(value) \(rawValue)"
        case .times: "\(value)"
        case .centiCelsius: "\(JSONLine.decimal(value, places: 2)) °C"
        case .micromolesPerLitre: "\(JSONLine.decimal(value, places: 3)) mmol/L"
        }
    }
}

/// One line of a policy: what stands at a path, and on what it rests.
struct PolicyLine: Hashable {
    var path: String
    var value: LocalizedText
    var source: PolicySources
    var confidence: Confidence
    var isToBeConfirmed: Bool

    /// `NORM3 FORMS · B 两个以上来源 two or more sources · 待确认 to be confirmed`.
    var standing: String {
        let letter = "\(confidence.rawValue) \(confidence.words.chinese) \(confidence.words.english)"
        return ([source.text, letter] + (isToBeConfirmed ? ["待确认 TO BE CONFIRMED"] : [])).joined(separator: " · ")
    }

    /// The meaning of the number, with the rules that ask for it.
    var meaning: String {
        guard let word = PolicyWord.byPath[path] ?? PolicyWord.choices[path] else { return path }
        return "\(word.words.chinese) · \(word.words.english) [\(word.rules)]"
    }
}

extension Policy {
    /// Every number, pair, switch and choice, in the order of the file.
    var lines: [PolicyLine] {
        var lines = [
            PolicyLine(
                path: "averaging", value: averaging.value.words, source: averaging.source,
                confidence: averaging.confidence, isToBeConfirmed: averaging.toBeConfirmed)
        ]
        for (path, choice) in [("switches.target", switches.target), ("switches.trend", switches.trend)] {
            lines.append(
                PolicyLine(
                    path: path, value: choice.isOn ? LocalizedText("开", en: "on") : LocalizedText("关", en: "off"),
                    source: choice.source, confidence: choice.confidence, isToBeConfirmed: choice.toBeConfirmed))
        }
        var found: [String: PolicyLine] = [:]
        for pair in pairs {
            let text = "\(pair.limit.text) mmHg"
            found[pair.path] = PolicyLine(
                path: pair.path, value: LocalizedText(text, en: text), source: pair.limit.source,
                confidence: pair.limit.confidence, isToBeConfirmed: pair.limit.toBeConfirmed)
        }
        for single in numbers {
            let text = single.unit.text(single.number.value)
            found[single.path] = PolicyLine(
                path: single.path, value: LocalizedText(text, en: text), source: single.number.source,
                confidence: single.number.confidence, isToBeConfirmed: single.number.toBeConfirmed)
        }
        return lines + PolicyWord.all.compactMap { found[$0.path] }
    }

    /// The whole policy in words, a line each: rules first, then the numbers that they ask for.
    package var explanation: [String] {
        let waiting = lines.count { $0.isToBeConfirmed }
        var text = [
            mark, title.chinese, title.english, "",
            "\(lines.count) 个数，\(waiting) 个待医生确认 · \(lines.count) numbers, \(waiting) to be confirmed by a clinician",
            "",
            "规则 · Rules", "",
        ]
        for rule in Rule.all.sorted(by: { $0.id < $1.id }) { text += explanation(of: rule) }
        text += ["", "小屋自己的 · The hut's own", ""]
        for word in RuleWord.ofTheHut {
            text.append("\(word.rule.rawValue)  \(word.condition.chinese) · \(word.condition.english)")
            text.append("    结束 ends: \(word.ends.chinese) · \(word.ends.english)")
        }
        text += ["", "依据 · Sources", ""]
        let cited = lines.reduce(PolicySources()) { $0.union($1.source) }.text.split(separator: " ").map(String.init)
        for document in PolicyDocument.all where cited.contains(document.key) {
            text.append("\(document.key)  \(document.words.chinese) · \(document.words.english)")
        }
        text += ["", "数 · Numbers", ""]
        for line in lines {
            let value =
                line.value.chinese == line.value.english
                ? line.value.english : "\(line.value.chinese) · \(line.value.english)"
            text += ["\(line.path)  \(value)", "    \(line.meaning)", "    \(line.standing)"]
        }
        return text
    }

    /// A rule: when it speaks, what ends it, on what it rests, and the numbers it asks for.
    private func explanation(of rule: Rule) -> [String] {
        let (low, high) = (rule.severities.lowerBound.words, rule.severities.upperBound.words)
        let severity =
            low == high
            ? "\(low.chinese) \(low.english)" : "\(low.chinese)–\(high.chinese) \(low.english)–\(high.english)"
        let state =
            (rule.isOn(self) ? "" : " · 关 OFF")
            + (RuleWord.toBeConfirmed.contains(rule.id) ? " · 待确认 TO BE CONFIRMED" : "")
        var text = ["\(rule.id.rawValue)  \(rule.title.chinese) · \(rule.title.english) · \(severity)\(state)"]
        if let word = RuleWord.byRule[rule.id] {
            text.append("    何时 when: \(word.condition.chinese) · \(word.condition.english)")
            text.append("    结束 ends: \(word.ends.chinese) · \(word.ends.english)")
        }
        text.append("    依据 source: \(rule.source)")
        let asked = lines.filter { line in
            (PolicyWord.byPath[line.path] ?? PolicyWord.choices[line.path]).map {
                $0.rules.split(separator: " ").contains(Substring(rule.id.rawValue))
            } ?? false
        }
        if !asked.isEmpty {
            text.append("    数 numbers: " + asked.map { "\($0.path) \($0.value.english)" }.joined(separator: ", "))
        }
        return text
    }

    /// What another policy does otherwise, in words; empty when nothing differs but the name.
    package func differences(from other: Policy) -> [String] {
        zip(lines, other.lines).flatMap { mine, theirs -> [String] in
            guard mine != theirs else { return [] }
            var text = [mine.path, "    \(mine.meaning)"]
            if mine.value == theirs.value {
                text.append("    同一个数，依据不同 · the same number on other grounds: \(mine.value.english)")
            } else {
                text.append("    \(other.name): \(theirs.value.chinese)\(theirs.value.secondTongue)")
                text.append("    \(name): \(mine.value.chinese)\(mine.value.secondTongue)")
            }
            if mine.standing != theirs.standing {
                text += ["    \(other.name): \(theirs.standing)", "    \(name): \(mine.standing)"]
            }
            return text
        }
    }
}

extension LocalizedText {
    /// ` · on` after `开`; nothing where both tongues say the same.
    fileprivate var secondTongue: String { chinese == english ? "" : " · \(english)" }
}
