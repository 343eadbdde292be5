// Where a number comes from, as a set of the keys of clinical-rules section 6: a key that is not among them is a slip of
// the pen and is refused. A set of bits and not a text, because rules take numbers in hand for every reading.
import Vitals

/// The documents behind one number.
package struct PolicySources: OptionSet, Hashable, Sendable, Decodable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The keys, in the order in which they are written. HUT is our own choice, ADA the American levels of
    /// hypoglycaemia, CLINICIAN a limit that somebody set for one person.
    package static let keys = [
        "NORM3", "NORM3b", "NORM3-DM", "ELD", "G24", "G25", "NETEASE25", "EVID71", "P19", "WST872", "NHC2022", "FORMS",
        "DMG", "NEWS2", "SPO2", "ADA", "WHO21", "ESC24", "AHA25", "CHEP17", "ESH-CUFFLESS", "ESH-CUFFLESS23", "CN-WEAR",
        "HZ-BAND", "BIHS-AF", "AF-META", "STRIDE", "SIMPLE-S", "SIMPLE-A", "HUT", "CLINICIAN",
    ]

    /// `NORM3 FORMS`.
    package var text: String {
        PolicySources.keys.indices.filter { rawValue & (1 << UInt64($0)) != 0 }.map { PolicySources.keys[$0] }
            .joined(separator: " ")
    }

    /// The set written as keys with spaces between; nil where one is not known, or none is written.
    package init?(text: String) {
        let words = text.split(separator: " ")
        let places = words.compactMap { word in PolicySources.keys.firstIndex { $0 == word } }
        guard !words.isEmpty, places.count == words.count else { return nil }
        self.init(rawValue: places.reduce(0) { $0 | (1 << UInt64($1)) })
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let known = PolicySources(text: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription:
                    "a source that is not known; the keys are \(PolicySources.keys.joined(separator: ", "))")
        }
        self = known
    }
}

/// What stands behind a key of the policies that ship, for `healthhut policy show`.
struct PolicyDocument: Sendable {
    let key: String
    let words: LocalizedText

    private init(_ key: String, _ chinese: String, _ english: String) {
        (self.key, words) = (key, LocalizedText(chinese, en: english))
    }

    static let all: [PolicyDocument] = [
        PolicyDocument(
            "NORM3", "国家基本公共卫生服务规范(第三版) 2017，高血压",
            "National Basic Public Health Service Norm, 3rd ed. 2017, hypertension"),
        PolicyDocument(
            "NORM3b", "同上，老年人的目标，一个转载", "the same, the target of the elderly, through one copy"),
        PolicyDocument(
            "NORM3-DM", "同上，2型糖尿病", "the same, type-2 diabetes"),
        PolicyDocument(
            "ELD", "同上，老年人健康管理", "the same, the elderly"),
        PolicyDocument(
            "FORMS", "规范的随访表：转诊原因、症状、分类", "the norm's follow-up form: referral reasons, symptoms, classes"),
        PolicyDocument(
            "G24", "中国高血压防治指南 2024", "Chinese Guidelines for the Prevention and Treatment of Hypertension, 2024"),
        PolicyDocument(
            "G25", "国家基层高血压防治管理指南 2025", "National Primary-care Hypertension Guideline, 2025"),
        PolicyDocument(
            "NETEASE25", "2025 基层指南的报道", "a report of the 2025 primary-care guideline"),
        PolicyDocument(
            "EVID71", "2025 基层指南与 NICE 的逐章比较", "the 2025 primary-care guideline compared with NICE, chapter by chapter"),
        PolicyDocument(
            "WST872", "WS/T 872-2025 基层高血压管理", "WS/T 872-2025, primary-care hypertension management"),
        PolicyDocument(
            "DMG", "国家基层糖尿病防治管理指南 2022/2025", "national primary-care diabetes guides 2022/2025"),
        PolicyDocument(
            "NEWS2", "英国国家早期预警评分 2", "National Early Warning Score 2"),
        PolicyDocument(
            "SPO2", "老年人血氧的科普", "lay-medical guidance for elderly oxygen"),
        PolicyDocument(
            "ADA", "美国糖尿病学会的低血糖分级", "American levels of hypoglycaemia"),
        PolicyDocument(
            "BIHS-AF", "自动血压计筛查脉搏不齐", "pulse-irregularity screening with automatic monitors"),
        PolicyDocument(
            "SIMPLE-A", "一个公开产品的低血压线", "a public product's low limit"),
        PolicyDocument(
            "HUT", "小屋自己定的，没有临床来源", "our own choice, no clinical source claims it"),
    ]
}
