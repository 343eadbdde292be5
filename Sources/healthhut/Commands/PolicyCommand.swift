// `healthhut policy`: what the rules hold somebody to, for the clinician who answers for it. Shows one policy in words,
// compares two, and checks all of them: that they load, that nothing in them is inconsistent, and how many rows a year
// of them would put on a nurse's list.

import FollowUpRules
import Settings
import Vitals

private let policyOptions: [CommandShape.Option] = [
    .init("--policies", "DIR", "the folder of the policies"),
    .init("--settings", "FILE", "settings that name that folder, and the policy in force"),
]

private let policyPlace = """
    Without either option the folder is Provisioning/policies of the working folder, else /usr/share/healthhut/policies.
    """

let policyShowShape = CommandShape(
    "healthhut policy show", "Explains a policy: every rule and number, its source, what is to be confirmed.",
    arguments: ["NAME?"], options: policyOptions,
    notes: """
        NAME is a file of the folder without .json5; without it the policy of the settings, else cn-norm3-2017.
        TO BE CONFIRMED: a clinician has not yet said yes to this number.
        \(policyPlace)
        """)

let policyDiffShape = CommandShape(
    "healthhut policy diff", "Tells in words what one policy does otherwise than another.", arguments: ["A", "B"],
    options: policyOptions,
    notes: "Of each number: the value in A, the value in B, and on what each rests.\n\(policyPlace)")

let policyCheckShape = CommandShape(
    "healthhut policy check", "Loads every policy, and plays a seeded year of each against the alarm budget.",
    options: policyOptions + [
        .init("--seed", "NUMBER", "another neighbourhood; the default is the suite's"),
        .init("--days", "NUMBER", "days of the year that are played, 1 to 365; the default is all of them"),
    ],
    notes: """
        Prints file, line and path of whatever is inconsistent. Then, of each policy, the new rows a day that a neighbourhood
        of 1,100 elders would bring (500 with hypertension, half of them above their limit, 30 visits a day), and the flags
        of every rule. Ends with status 65 when something is inconsistent or the budget is broken. New rows are judged by
        a whole year only: the first three months after an import are denser, because everybody's first follow-up
        falls into them. Who is followed up every two weeks stays on the list and is a new row once only; *people on the list*
        and *people dealt with a day* say how much work that is.
        \(policyPlace)
        """)

/// Prints one policy.
func runPolicyShow(_ arguments: Arguments) throws(CommandError) {
    let folder = try PolicyFolder(arguments)
    let policy = try folder.load(arguments.positional.first ?? folder.inForce)
    for line in policy.explanation { printLine(line) }
}

/// Prints what the second policy does otherwise than the first.
func runPolicyDiff(_ arguments: Arguments) throws(CommandError) {
    let folder = try PolicyFolder(arguments)
    let (one, other) = (try folder.load(arguments.positional[0]), try folder.load(arguments.positional[1]))
    printLine("\(one.mark) → \(other.mark)")
    let lines = other.differences(from: one)
    for line in lines.isEmpty ? ["没有不同 · nothing differs"] : lines { printLine(line) }
}

/// Checks every policy of the folder.
func runPolicyCheck(_ arguments: Arguments) throws(CommandError) {
    let folder = try PolicyFolder(arguments)
    guard let seed = UInt64(arguments["--seed"] ?? "20261121") else {
        throw .usage("--seed is no whole number", command: policyCheckShape.name)
    }
    guard let days = Int(arguments["--days"] ?? "365"), (1...365).contains(days) else {
        throw .usage("--days is no number from 1 to 365", command: policyCheckShape.name)
    }
    var problems = 0
    for name in try folder.names() {
        let file = folder.file(name)
        let (policy, found) = Policy.findings(json5: try readFile(file), file: file, name: name)
        for finding in found {
            printLine(finding.description)
            printLine("  hint: \(finding.hint)")
        }
        problems += found.count
        guard let policy else { continue }
        let tally = AlarmBudget.play(Neighbourhood(seed: seed, days: days), policy: policy)
        for line in tally.report(of: policy) { printLine(line) }
        problems += tally.excesses.count
    }
    guard problems == 0 else {
        throw CommandError(
            problems == 1 ? "one thing is not as it should be" : "\(problems) things are not as they should be",
            hint: "each stands above, with its line where it has one", status: 65)
    }
}

/// Where the policies are, and which of them is in force.
private struct PolicyFolder {
    let path: String
    let inForce: String

    init(_ arguments: Arguments) throws(CommandError) {
        let settings: Settings?
        if let file = arguments["--settings"] {
            settings = try HutConfiguration.loadSettings(file)
        } else {
            settings = nil
        }
        let usual = ["Provisioning/policies", "/usr/share/healthhut/policies"]
        path = arguments["--policies"] ?? settings?.policies ?? usual.first(where: isFolder) ?? usual[1]
        inForce = settings?.policy ?? "cn-norm3-2017"
    }

    func file(_ name: String) -> String { "\(path)/\(name).json5" }

    /// Every policy of the folder, sorted.
    func names() throws(CommandError) -> [String] {
        let names = namesInFolder(path).filter { $0.hasSuffix(".json5") }.map { String($0.dropLast(6)) }
        guard !names.isEmpty else {
            throw CommandError(
                "no policies in \(path)", hint: "name their folder: --policies DIR, or --settings FILE", status: 66)
        }
        return names
    }

    func load(_ name: String) throws(CommandError) -> Policy {
        let known = try names()
        guard known.contains(name) else {
            throw CommandError(
                "no policy \(name) in \(path)", hint: "there are: \(known.joined(separator: ", "))", status: 66)
        }
        let bytes = try readFile(file(name))
        do {
            return try Policy.load(json5: bytes, file: file(name))
        } catch {
            throw CommandError(error.description, hint: error.hint, status: 78)
        }
    }
}
