// What a policy may be and still be inconsistent: it loads, but its name is not its file's, a number of our own choice
// passes for confirmed, a guess for a source. `healthhut policy check` finds them all, with the line.
import Vitals

extension Policy {
    /// Everything that is inconsistent in one file; a file that cannot be loaded has the one thing that keeps it out.
    ///
    /// - Parameter name: the file's name without its ending.
    package static func findings(json5 bytes: [UInt8], file: String, name: String) -> (Policy?, [PolicyError]) {
        let policy: Policy
        do {
            policy = try Policy.load(json5: bytes, file: file)
        } catch {
            return (nil, [error])
        }
        let text = StrictJSON5(bytes, file: file)
        var found: [PolicyError] = []
        if policy.name != name {
            found.append(
                text.error(at: "name", "is \(policy.name)", hint: "the settings find a policy by its file: \(name)"))
        }
        for standing in policy.standings {
            guard let (problem, hint) = standing.doubt else { continue }
            found.append(text.error(at: "\(standing.path).\(standing.key)", problem, hint: hint))
        }
        if policy.target.limit.systolic > policy.limits.elder.systolic {
            found.append(
                text.error(
                    at: "target.limit", "\(policy.target.limit.text) is above limits.elder",
                    hint: "who is above a target that lies above L stands on the list already"))
        }
        return (policy, found)
    }

    /// On what every number and pair rests.
    private var standings: [Standing] {
        pairs.map { Standing($0.path, $0.limit.source, $0.limit.confidence, $0.limit.toBeConfirmed) }
            + numbers.map { Standing($0.path, $0.number.source, $0.number.confidence, $0.number.toBeConfirmed) }
            + [
                Standing("averaging", averaging.source, averaging.confidence, averaging.toBeConfirmed),
                Standing(
                    "switches.target", switches.target.source, switches.target.confidence,
                    switches.target.toBeConfirmed),
                Standing(
                    "switches.trend", switches.trend.source, switches.trend.confidence, switches.trend.toBeConfirmed),
            ]
    }
}

private struct Standing {
    var path: String
    var source: PolicySources
    var confidence: Confidence
    var isToBeConfirmed: Bool

    init(_ path: String, _ source: PolicySources, _ confidence: Confidence, _ isToBeConfirmed: Bool) {
        (self.path, self.source, self.confidence) = (path, source, confidence)
        self.isToBeConfirmed = isToBeConfirmed
    }

    /// The key that is at fault.
    var key: String { isOursUnmarked ? "toBeConfirmed" : "confidence" }

    private var isOursUnmarked: Bool { confidence == .ours && !isToBeConfirmed }

    var doubt: (problem: String, hint: String)? {
        if isOursUnmarked {
            return ("false, of a number of our own choice (D)", "a clinician has to confirm it: toBeConfirmed: true")
        }
        if source.text == "HUT", confidence == .primary || confidence == .several {
            return ("is \(confidence.rawValue), of our own choice (HUT)", "name the documents, or write 'D'")
        }
        return nil
    }
}
