// Residents, staff and wristbands from the command line, beside a running `serve` too: one transaction in the ledger,
// then a poke, and the hut reads what was written.

import Glibc
import Ledger
import Settings
import Vitals

private let settingsOption = CommandShape.Option("--settings", "FILE", "the hut's settings", isRequired: true)
private let pinNote =
    "The PIN is the first line of standard input: four to eight digits. It never stands on a command line."

let residentsAddShape = CommandShape(
    "healthhut residents add", "Adds one resident.",
    options: [
        .init("--number", "NUMBER", "the hut number", isRequired: true),
        .init("--name", "NAME", "the name", isRequired: true),
        .init("--sex", "female|male", "the sex"), .init("--birth", "DATE", "the birth date, 1944-03-02"),
        .init("--phone", "NUMBER", "the telephone number"), .init("--building", "TEXT", "where she lives"),
        .init("--conditions", "LIST", "such as hypertension;diabetes"), .init("--medicines", "TEXT", "on record"),
        .init("--team", "TEXT", "the family-doctor team"), settingsOption,
    ])

let residentsPINShape = CommandShape(
    "healthhut residents pin", "Sets the PIN of a resident.", arguments: ["NUMBER"], options: [settingsOption],
    notes: pinNote)

let staffAddShape = CommandShape(
    "healthhut staff add", "Adds a member of staff and sets the PIN.", arguments: ["NAME"],
    options: [.init("--role", "nurse|doctor|volunteer|operator", "what she may do", isRequired: true), settingsOption],
    notes: pinNote)

let bandsPairShape = CommandShape(
    "healthhut bands pair", "Gives a wristband to a resident from now on.", arguments: ["BAND", "NUMBER"],
    options: [settingsOption],
    notes: "BAND is a band of a radio, '!433d1f2a' (quote it: ! is special in shells), or a watch behind a bridge, "
        + "3g:4700186508 or iw:353456789012345.")

let bandsUnpairShape = CommandShape(
    "healthhut bands unpair", "Takes a wristband back from now on.", arguments: ["BAND"], options: [settingsOption])

func runResidentsAdd(_ arguments: Arguments) async throws(CommandError) {
    let cells: [String: String] = [
        "number": arguments["--number"], "name": arguments["--name"], "sex": arguments["--sex"],
        "birth_date": arguments["--birth"], "phone": arguments["--phone"], "building": arguments["--building"],
        "conditions": arguments["--conditions"]?.replacing(",", with: ";"), "medicines": arguments["--medicines"],
        "team": arguments["--team"],
    ].compactMapValues { $0 }
    switch RosterFile.resident(cells, today: try today(arguments)) {
    case .failure(let problem):
        throw .usage(problem.what.replacing("birth_date", with: "--birth"), command: residentsAddShape.name)
    case .success(let resident):
        let isNew = try await withLedger(arguments) { ledger, at throws(LedgerError) in
            // 47 beside 047 is one mistyped zero from the wrong person.
            for length in 1...8 {
                let alike = (Int(resident.number) ?? 0).padded(length)
                guard try await ledger.roster(number: alike) == nil else { return false }
            }
            _ = try await ledger.importResidents([resident], at: at)
            return true
        }
        guard isNew else {
            throw CommandError(
                "this hut number, with or without leading zeros, belongs to somebody already",
                hint: "choose another, or change the resident with residents import", status: 65)
        }
        printLine("added \(resident.number)")
    }
}

func runResidentsPIN(_ arguments: Arguments) async throws(CommandError) {
    let number = arguments.positional[0]
    let pin = try readPIN()
    let isKnown = try await withLedger(arguments) { ledger, at throws(LedgerError) in
        guard let entry = try await ledger.roster(number: number) else { return false }
        try await ledger.setPIN(entry.key, pin: pin, at: at)
        return true
    }
    guard isKnown else { throw unknownNumber(number) }
    printLine("PIN set")
}

func runStaffAdd(_ arguments: Arguments) async throws(CommandError) {
    guard let role = StaffRole(rawValue: arguments["--role"] ?? "") else {
        throw .usage("--role must be nurse, doctor, volunteer or operator", command: staffAddShape.name)
    }
    let name = arguments.positional[0].trimmedBlanks
    guard !name.isEmpty, name.count <= 40 else {
        throw .usage("NAME is empty or too long", command: staffAddShape.name)
    }
    let pin = try readPIN()
    let isNew = try await withLedger(arguments) { ledger, at throws(LedgerError) in
        guard try await ledger.staff().allSatisfy({ $0.staff.name != name }) else { return false }
        try await ledger.addStaff(Staff(name: name, role: role), pin: pin, at: at)
        return true
    }
    guard isNew else {
        throw CommandError("somebody of this name is there already", hint: "names of staff stand once", status: 65)
    }
    printLine("added")
}

func runBandsPair(_ arguments: Arguments) async throws(CommandError) {
    let number = arguments.positional[1]
    let band = try band(arguments.positional[0], bandsPairShape)
    let isKnown = try await withLedger(arguments) { ledger, at throws(LedgerError) in
        guard let entry = try await ledger.roster(number: number) else { return false }
        try await ledger.append([.bandPaired(band, entry.key, by: nil)], at: at)
        return true
    }
    guard isKnown else { throw unknownNumber(number) }
    printLine("paired")
}

func runBandsUnpair(_ arguments: Arguments) async throws(CommandError) {
    let band = try band(arguments.positional[0], bandsUnpairShape)
    try await withLedger(arguments) { ledger, at throws(LedgerError) in
        _ = try await ledger.append([.bandUnpaired(band, by: nil)], at: at)
    }
    printLine("unpaired")
}

/// A wristband by its name.
private func band(_ text: String, _ shape: CommandShape) throws(CommandError) -> BandID {
    guard let band = BandID(written: text) else {
        throw .usage(
            "BAND must be ! and eight hexadecimal digits, or 3g: or iw: and ten to fifteen digits, such as '!433d1f2a'",
            command: shape.name)
    }
    return band
}

extension Ledger {
    /// Adds a member of staff who can log in at once.
    func addStaff(_ staff: Staff, pin: String, at: HutTime) async throws(LedgerError) {
        try await append([.staffAdded(staff)], at: at)
        guard let entry = try self.staff().last(where: { $0.staff == staff }) else { return }
        try await setPIN(entry.key, pin: pin, at: at)
    }
}

/// Opens the ledger the settings name, does one thing, and pokes a running hut.
func withLedger<Result: Sendable>(
    _ arguments: Arguments, _ body: (Ledger, HutTime) async throws(LedgerError) -> Result
) async throws(CommandError) -> Result {
    let settings = try HutConfiguration.loadSettings(arguments["--settings"] ?? "")
    let at = HutClock().now.hut
    do {
        let ledger = try await Ledger.open(path: settings.ledger, at: at)
        let result = try await body(ledger, at)
        await ledger.close()
        sendDatagram("", to: settings.sockets.nudge)
        return result
    } catch {
        throw CommandError(error.message, hint: error.hint, status: error.status)
    }
}

/// The first line of standard input, four to eight digits.
private func readPIN() throws(CommandError) -> String {
    if isatty(STDIN_FILENO) == 1 { complain("PIN, four to eight digits, then Enter:") }
    let pin = (readLine(strippingNewline: true) ?? "").trimmedBlanks
    guard (4...8).contains(pin.utf8.count), pin.utf8.allSatisfy({ (48...57).contains($0) }) else {
        throw CommandError(
            "the PIN must be four to eight digits", hint: "give it as the first line of standard input", status: 65)
    }
    return pin
}

func unknownNumber(_ number: String) -> CommandError {
    CommandError(
        "no resident has this hut number", hint: "see the roster file, or add her: healthhut residents add", status: 65)
}
