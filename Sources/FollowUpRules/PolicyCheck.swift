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
        for line in policy.lines {
            guard let doubt = line.doubt else { continue }
            found.append(text.error(at: "\(line.path).\(doubt.key)", doubt.problem, hint: doubt.hint))
        }
        if policy.target.limit.systolic > policy.limits.elder.systolic {
            found.append(
                text.error(
                    at: "target.limit", "\(policy.target.limit.text) is above limits.elder",
                    hint: "who is above a target that lies above L stands on the list already"))
        }
        return (policy, found)
    }
}

extension PolicyLine {
    /// The key that is at fault and why; nil where the number rests on what it says.
    fileprivate var doubt: (key: String, problem: String, hint: String)? {
        if confidence == .ours, !isToBeConfirmed {
            return (
                "toBeConfirmed", "false, of a number of our own choice (D)",
                "a clinician has to confirm it: toBeConfirmed: true"
            )
        }
        if source.text == "HUT", confidence == .primary || confidence == .several {
            return (
                "confidence", "is \(confidence.rawValue), of our own choice (HUT)", "name the documents, or write 'D'"
            )
        }
        return nil
    }
}
