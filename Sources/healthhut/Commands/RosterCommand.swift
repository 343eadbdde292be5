// `healthhut residents import`: first what it would do, line by line, and nothing else; then, asked again with the code
// of exactly that preview, the writing.

import Glibc
import Ledger
import Settings
import Vitals

let residentsImportShape = CommandShape(
    "healthhut residents import", "Adds and changes residents from a CSV file, by hut number; shows it all first.",
    arguments: ["FILE.csv"],
    options: [
        .init("--apply", "CODE", "write what the preview with this code shows"),
        .init("--rest", "NEW.csv", "with --apply: where the lines go that stay out"),
        .init("--settings", "FILE", "the hut's settings", isRequired: true),
    ],
    notes: """
        The file is UTF-8 or GB18030. The header names the columns, in any order: \(RosterFile.columns.joined(separator: ",")),
        or in Chinese \(RosterFile.columns.compactMap(RosterFile.chinese).joined(separator: ","));
        number and name are needed. Conditions are separated by ; and are of \
        \(Condition.allCases.map(\.rawValue).joined(separator: ", ")).
        Without --apply nothing is written: every cell that is put right, every resident who is new or changes and every line
        that stays out is shown, and the code with which to write exactly that. Residents who are not in the file stay as they
        are, and so does what the file has no column for. Of id_number a keyed digest and the last four characters are kept.
        """)

func runResidentsImport(_ arguments: Arguments) async throws(CommandError) {
    let file = arguments.positional[0]
    let bytes = try readFile(file)
    if let rest = arguments["--rest"], exists(rest) {
        throw CommandError("\(rest) is there already", hint: "name a new file for the lines that stay out", status: 73)
    }
    let roster: RosterFile.Roster
    let today = try today(arguments)
    do throws(RosterMistake) {
        roster = try RosterFile.read(bytes, today: today)
    } catch {
        throw CommandError(
            "\(file):\(error.line): \(error.what); nothing was imported", hint: "mend the file and import again",
            status: 65)
    }
    let key = try identityKey(arguments, for: roster)
    let result = try await withLedger(arguments) { ledger, at throws(LedgerError) -> ImportResult in
        let plan = try await ledger.plan(roster, key)
        guard let wanted = arguments["--apply"] else { return .shown(plan) }
        guard wanted == plan.code else { return .other }
        let rest = arguments["--rest"]
        guard plan.mistakes.isEmpty || rest != nil else { return .needsRest(plan) }
        // Before the ledger: who is left out must stand somewhere once the others are in.
        do throws(CommandError) {
            if let rest { try writeRest(plan, of: bytes, to: rest) }
        } catch {
            return .noRest(error)
        }
        do throws(LedgerError) {
            try await ledger.write(plan, key, at: at)
        } catch {
            if let rest { unlink(rest) }
            throw error
        }
        return .written(plan)
    }
    switch result {
    case .shown(let plan): try show(plan, of: file)
    case .other:
        throw CommandError(
            "that is not the code of this preview: the file or the roster changed; nothing was written",
            hint: "look at the preview again: healthhut residents import \(file)", status: 65)
    case .needsRest(let plan):
        complainOf(plan, in: file)
        throw CommandError(
            "\(count(plan.mistakes.count, "line")) would stay out; nothing was written",
            hint: "mend them, or say with --rest where they go", status: 65)
    case .noRest(let error):
        throw CommandError(
            "\(error.message); nothing was imported", hint: "name a file of a folder that this user may write to",
            status: error.status)
    case .written(let plan):
        printLine("added \(plan.new.count), changed \(plan.changed.count), unchanged \(plan.unchanged)")
    }
}

private enum ImportResult: Sendable {
    case shown(RosterPlan), other, needsRest(RosterPlan), noRest(CommandError), written(RosterPlan)
}

private func show(_ plan: RosterPlan, of file: String) throws(CommandError) {
    for line in plan.preview { printLine(line) }
    if plan.residents.isEmpty {
        printLine("there is nothing to write")
    } else {
        printLine("nothing is written yet; to write what stands above:")
        let rest = plan.mistakes.isEmpty ? "" : " --rest LEFT-OUT.csv"
        printLine("  healthhut residents import \(file) --apply \(plan.code)\(rest) --settings …")
    }
    guard !plan.mistakes.isEmpty else { return }
    complainOf(plan, in: file)
    throw CommandError("\(count(plan.mistakes.count, "line")) would stay out", status: 65)
}

private func complainOf(_ plan: RosterPlan, in file: String) {
    for mistake in plan.mistakes.prefix(20) { complain("\(file):\(mistake.line): \(mistake.what)") }
    if plan.mistakes.count > 20 { complain("… and \(plan.mistakes.count - 20) more") }
}

/// The header and the lines that stayed out, byte for byte as they were.
private func writeRest(_ plan: RosterPlan, of file: [UInt8], to path: String) throws(CommandError) {
    let wanted = Set(plan.mistakes.map(\.line))
    let rows = RosterRows(file).rows
    try writeWhole(path, (rows.prefix(1) + rows.dropFirst().filter { wanted.contains($0.line) }).flatMap(\.raw))
}

private func identityKey(_ arguments: Arguments, for roster: RosterFile.Roster) throws(CommandError) -> IdentityKey? {
    roster.lines.contains { $0.card != nil } ? try identityKey(arguments) : nil
}

private func count(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }

/// The hut's day.
func today(_ arguments: Arguments) throws(CommandError) -> LocalDay {
    let settings = try HutConfiguration.loadSettings(arguments["--settings"] ?? "")
    return settings.offset.day(of: HutClock().now.hut)
}
