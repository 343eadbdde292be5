// `healthhut audit`: who looked at whom and who changed what, and whether the ledger was edited behind our back. An
// operator runs it, so it prints kinds of facts, opaque ids and names of staff, never a resident's name or a value.

import Glibc
import Ledger
import Settings
import Vitals

private let settingsOption = CommandShape.Option("--settings", "FILE", "the hut's settings", isRequired: true)

let auditVerifyShape = CommandShape(
    "healthhut audit verify", "Checks that every fact of the ledger follows from those before it.",
    options: [
        .init("--link", "HEX", "a last link that was written down earlier; it must still be in the chain"),
        settingsOption,
    ],
    notes: """
        Prints how many facts there are and the last link: write it down elsewhere. Whoever can rewrite the whole file can
        make a new chain that fits together; only a link that was written down shows it. Ends with status 65 when the chain
        is broken, its end was cut off, or the link is not in it.
        """)

let auditShowShape = CommandShape(
    "healthhut audit show", "Prints looks at records and changes, one a line.",
    options: [
        .init("--from", "DATE", "the first day, 2026-11-01; the default is today"),
        .init("--to", "DATE", "the last day; the default is the first"),
        .init("--staff", "NAME", "only what this member of staff did"), settingsOption,
    ],
    notes: "A line: number of the fact, time, kind, who, and the opaque ids of the residents it is about.")

/// Walks the chain and prints the verdict.
func runAuditVerify(_ arguments: Arguments) async throws(CommandError) {
    let link = arguments["--link"]
    if let link, link.utf8.count != 64 || !link.allSatisfy(\.isHexDigit) {
        throw CommandError(
            "--link is not 64 hexadecimal digits", hint: "copy the last link as it was printed", status: 64)
    }
    let offset = try offsetOfLedger(arguments)
    let verdict = try await withLedger(arguments) { ledger, _ throws(LedgerError) in
        try await ledger.auditVerify(link: link)
    }
    printLine("facts      \(verdict.wholeUpTo.rawValue)")
    if let at = verdict.lastAt { printLine("recorded   \(offset.iso(at))") }
    printLine("last link  \(verdict.lastLink)")
    if let broken = verdict.firstBroken {
        throw CommandError(
            "fact \(broken.rawValue) does not follow from the facts before it: the ledger was edited by another program",
            hint: "stop the hut, keep this file, and compare it with the last backup", status: 65)
    }
    if let known = verdict.cutOff {
        throw CommandError(
            "the facts end before fact \(known.rawValue), which the tables know of: the end was cut off",
            hint: "stop the hut, keep this file as it is, and compare it with the last backup", status: 65)
    }
    guard link != nil else { return printLine("the chain is whole") }
    guard let found = verdict.found else {
        throw CommandError(
            "the chain fits together, but the link that was written down is not in it: it was made anew",
            hint: "stop the hut, keep this file, and compare it with the backup of that day", status: 65)
    }
    printLine("the chain is whole, and the link is that of fact \(found.rawValue)")
}

/// Prints the looks and changes of some days.
func runAuditShow(_ arguments: Arguments) async throws(CommandError) {
    let offset = try offsetOfLedger(arguments)
    let first = try day("--from", arguments) ?? offset.day(of: HutClock().now.hut)
    let last = try day("--to", arguments) ?? first
    guard first <= last else {
        throw CommandError(
            "--to \(last.iso) is before --from \(first.iso)", hint: "give the earlier day first", status: 64)
    }
    let name = arguments["--staff"]
    let isKnown = try await withLedger(arguments) { ledger, _ throws(LedgerError) in
        let staff = try await ledger.staff()
        let names = Dictionary(staff.map { ($0.key, $0.staff.name) }) { first, _ in first }
        let wanted = name.map { name in Set(staff.filter { $0.staff.name == name }.map(\.key)) }
        guard wanted?.isEmpty != true else { return false }
        var after: FactSequence?
        while true {
            let page = try await ledger.auditTrail(
                from: offset.start(of: first), to: offset.start(of: last + 1), staff: wanted, after: after, limit: 500)
            for line in page {
                // What nobody signed, a command of the operator did.
                let who = line.by.map { names[$0] ?? "?" } ?? "command"
                let whom = line.residents.isEmpty ? "-" : line.residents.joined(separator: ",")
                printLine("\(line.sequence.rawValue)  \(offset.iso(line.at))  \(line.kind)  \(who)  \(whom)")
            }
            guard page.count == 500, let newest = page.last else { return true }
            after = newest.sequence
        }
    }
    guard isKnown else {
        throw CommandError(
            "no member of staff has this name", hint: "names of staff stand on the log-in screen", status: 66)
    }
}

private func day(_ option: String, _ arguments: Arguments) throws(CommandError) -> LocalDay? {
    guard let text = arguments[option] else { return nil }
    guard let day = LocalDay(iso: text) else {
        throw CommandError("\(option) \(text) is not a day", hint: "write it as 2026-11-21", status: 64)
    }
    return day
}

/// The hut's offset; refuses a ledger that is not there, which to open would be to make.
private func offsetOfLedger(_ arguments: Arguments) throws(CommandError) -> UTCOffset {
    let settings = try HutConfiguration.loadSettings(arguments["--settings"] ?? "")
    guard exists(settings.ledger) else {
        let isHidden = errno == EACCES
        throw CommandError(
            "ledger \(settings.ledger) \(isHidden ? "may not be looked at by this user" : "is not there yet")",
            hint: isHidden ? "run this as the user of the hut: sudo -u healthhut" : "the first serve makes it",
            status: 66)
    }
    return settings.offset
}
