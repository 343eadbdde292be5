// Cards, tags and codes of residents from the command line. A number is read from standard input, never from the command
// line: what stands there is in the shell's history and in the list of processes. What is printed of one is its end.

import Glibc
import Ledger
import Settings
import Vitals

private let settingsOption = CommandShape.Option("--settings", "FILE", "the hut's settings", isRequired: true)

let residentsCardShape = CommandShape(
    "healthhut residents card", "Links an identity card or a tag to a resident.", arguments: ["NUMBER"],
    options: [settingsOption],
    notes: """
        What is linked is the first line of standard input: the eighteen characters of a resident's card number (fifteen of a
        foreigner's permit of 2017), or the ten digits printed on a tag. It never stands on a command line; the ledger keeps a
        keyed digest and the last four characters.
        """)

let residentsUncardShape = CommandShape(
    "healthhut residents uncard", "Takes every card and tag of a resident back.", arguments: ["NUMBER"],
    options: [settingsOption])

let residentsCodeShape = CommandShape(
    "healthhut residents code", "Gives a resident a new code of the hut and prints it, this once.",
    arguments: ["NUMBER"], options: [settingsOption],
    notes: """
        Print it as a QR code on a slip. Codes given before stay valid until healthhut residents uncode takes all of them back.
        The ledger keeps a keyed digest: nobody can print the same code again.
        """)

let residentsUncodeShape = CommandShape(
    "healthhut residents uncode", "Takes every code of a resident back.", arguments: ["NUMBER"],
    options: [settingsOption])

let residentsWaitingShape = CommandShape(
    "healthhut residents waiting", "Lists the hut numbers of residents who enrolled themselves and wait for a nurse.",
    options: [settingsOption])

let residentsConfirmShape = CommandShape(
    "healthhut residents confirm", "Says that a nurse has seen who enrolled under this number.", arguments: ["NUMBER"],
    options: [settingsOption])

func runResidentsCard(_ arguments: Arguments) async throws(CommandError) {
    let token = try readToken()
    let key = try identityKey(arguments)
    try await withResident(arguments) { ledger, resident, at throws(LedgerError) in
        _ = try await ledger.append([.identityLinked(resident, key.link(token), by: nil)], at: at)
    }
    printLine("linked \(token) ending in \(token.ends)")
}

func runResidentsUncard(_ arguments: Arguments) async throws(CommandError) {
    let kinds = try await withResident(arguments) { ledger, resident, at throws(LedgerError) in
        let kinds = Set(try await ledger.identities(of: resident).map(\.kind)).subtracting([.code])
        guard !kinds.isEmpty else { throw .refused(.nothingLinked) }
        try await ledger.append(
            IdentityKind.allCases.filter(kinds.contains).map { .identitiesRevoked(resident, $0, by: nil) }, at: at)
        return kinds
    }
    printLine(
        "took back every \(IdentityKind.allCases.filter(kinds.contains).map(\.rawValue).joined(separator: " and "))")
}

func runResidentsCode(_ arguments: Arguments) async throws(CommandError) {
    let key = try identityKey(arguments)
    let code = try await withResident(arguments) { ledger, resident, at throws(LedgerError) in
        try await ledger.giveCode(to: resident, under: key, by: nil, at: at)
    }
    printLine(code.text)
}

func runResidentsUncode(_ arguments: Arguments) async throws(CommandError) {
    try await withResident(arguments) { ledger, resident, at throws(LedgerError) in
        _ = try await ledger.append([.identitiesRevoked(resident, .code, by: nil)], at: at)
    }
    printLine("took back every code")
}

func runResidentsWaiting(_ arguments: Arguments) async throws(CommandError) {
    let waiting = try await withLedger(arguments) { ledger, _ throws(LedgerError) in
        try await ledger.waitingForConfirmation()
    }
    for entry in waiting { printLine(entry.resident.number) }
    if waiting.isEmpty { complain("nobody waits") }
}

func runResidentsConfirm(_ arguments: Arguments) async throws(CommandError) {
    try await withResident(arguments) { ledger, resident, at throws(LedgerError) in
        _ = try await ledger.append([.residentConfirmed(resident, by: nil)], at: at)
    }
    printLine("confirmed")
}

/// Does something for the resident with the hut number of the first argument.
private func withResident<Result: Sendable>(
    _ arguments: Arguments,
    _ body: (Ledger, ResidentKey, HutTime) async throws(LedgerError) -> Result
) async throws(CommandError) -> Result {
    let number = arguments.positional[0]
    let result = try await withLedger(arguments) { ledger, at throws(LedgerError) -> Result? in
        guard let entry = try await ledger.roster(number: number) else { return nil }
        return try await body(ledger, entry.key, at)
    }
    guard let result else { throw unknownNumber(number) }
    return result
}

/// The key under which this hut's cards are looked up.
func identityKey(_ arguments: Arguments) throws(CommandError) -> IdentityKey {
    let settings = try HutConfiguration.loadSettings(arguments["--settings"] ?? "")
    do {
        return try IdentityKey.open(path: settings.identityKeyFile)
    } catch {
        throw CommandError(error.message, hint: error.hint, status: error.status)
    }
}

/// The first line of standard input: a card's number or a tag's ten digits. A mistake is told without what was typed.
private func readToken() throws(CommandError) -> IdentityToken {
    if isatty(STDIN_FILENO) == 1 { complain("number of the card, or the ten digits on the tag, then Enter:") }
    let line = (readLine(strippingNewline: true) ?? "").trimmedBlanks
    if line.utf8.count == 10, UInt32(line) != nil, line.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
        return .tag(line)
    }
    guard let number = CardNumber(line) ?? CardNumber(foreigner: line) else {
        throw CommandError(
            "that is neither the number of a card nor of a tag",
            hint: "eighteen characters whose last one checks the others, or the ten digits printed on a tag", status: 65
        )
    }
    return .residentCard(IdentityCard(number: number, name: ""))
}
