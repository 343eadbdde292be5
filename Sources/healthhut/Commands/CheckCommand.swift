// `healthhut check`: what an operator asks on the telephone first. Every setting, profile, port, ledger and policy is
// examined; each finding says what is wrong, where, and what to do. Nothing is started and no instrument is written to.

import Ledger
import SerialLine
import Settings
import Vitals

let checkShape = CommandShape(
    "healthhut check", "Examines every setting, profile, port, ledger and policy of a hut.",
    options: [
        .init("--settings", "FILE", "the hut's settings", isRequired: true),
        .init("--rebuild", nil, "rebuild the projections of the ledger from its facts; stop the hut first"),
        .init(
            "--trust-clock", nil,
            "note that this machine's clock is right although the ledger has facts of a later time; stop the hut first"),
    ],
    notes: """
        Prints one line for each thing examined; stops at the first setting, profile or policy that cannot be read. Ends with
        status 0 when nothing is wrong, 66 when the settings file cannot be read, 78 otherwise.
        """)

/// Examines everything and says what is wrong.
func runCheck(_ arguments: Arguments) async throws(CommandError) {
    let path = arguments["--settings"] ?? ""
    var report = CheckReport()
    let configuration = try HutConfiguration.load(path)
    report.fine("settings \(path)")
    report.fine("policy \(configuration.policy.mark)")
    for instrument in configuration.instruments {
        report.fine("profile of \(instrument.manner.id.rawValue): \(instrument.profile.name)")
        examine(instrument, &report)
    }
    if configuration.instruments.contains(where: { $0.profile.kind == .printer }) { examineTables(report) }
    examineFiles(configuration.settings, &report)
    try await examineLedger(
        configuration.settings, rebuild: arguments.has("--rebuild"), trustsClock: arguments.has("--trust-clock"),
        &report)
    if configuration.settings.upload.fhir == nil { report.fine("upload: none is set, nothing leaves this hut") }
    guard report.faults == 0 else {
        throw CommandError(
            "\(report.faults) thing\(report.faults == 1 ? " is" : "s are") wrong", hint: "see the lines above",
            status: 78)
    }
    printLine("everything is in order")
}

/// Counts what was found and prints it.
private struct CheckReport {
    var faults = 0

    func fine(_ what: String) { printLine("ok     \(what)") }

    func remark(_ what: String, hint: String) { printLine("note   \(what)\n       hint: \(hint)") }

    mutating func fault(_ what: String, hint: String) {
        faults += 1
        printLine("wrong  \(what)\n       hint: \(hint)")
    }
}

/// The folders of what the hut will make, and the files it only reads.
private func examineFiles(_ settings: Settings, _ report: inout CheckReport) {
    let sockets =
        [settings.sockets.watch, settings.sockets.nudge]
        + (settings.stations.map(\.kiosk) + settings.desks.map(\.kiosk))
    for folder in Set((sockets + [settings.ledger, settings.identityKeyFile]).map(folder(of:))).sorted() {
        if exists(folder) {
            report.fine("folder \(folder)")
        } else if sockets.map(folder(of:)).contains(folder) {
            report.fault(
                "folder \(folder) is not there", hint: "mkdir -p \(folder)")
        }
    }
    if let token = settings.upload.tokenFile, !isReadable(token) {
        report.fault(
            "upload.tokenFile \(token) cannot be read", hint: "put the district's token there, mode 0600, or null")
    }
}

/// What a slip can say of a character its printer lacks.
private func examineTables(_ report: CheckReport) {
    let tables = [
        (CharacterTable.pictures, "are not drawn", "apt install unifont"),
        (CharacterTable.pinyin, "have no pinyin", "apt install unicode-data, then Provisioning/pinyin, as root"),
    ]
    for (path, missed, hint) in tables {
        if CharacterTable(path) == nil {
            report.remark("\(path) is not there: characters that a printer lacks \(missed)", hint: hint)
        } else {
            report.fine("table \(path)")
        }
    }
}

private func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
}

private func examine(_ instrument: HutConfiguration.Instrument, _ report: inout CheckReport) {
    let id = instrument.manner.id.rawValue
    switch instrument.line {
    case .serial(let settings) where !exists(settings.path):
        report.fault("\(id): \(settings.path): no such port", hint: "is the cable in? ls -l /dev/serial/by-path")
    case .serial(let settings) where !isReadable(settings.path):
        report.fault(
            "\(id): \(settings.path): no permission",
            hint: "add the hut's user to the group of the device, often dialout")
    case .serial(let settings): report.fine("\(id): \(settings)")
    case .socket(.unix(let path)) where !exists(path):
        report.fault("\(id): \(path): no such socket", hint: "is the serial server's proxy running?")
    case .socket(.tcp(let host, let port)):
        report.remark(
            "\(id): tcp:\(host):\(port) reaches over the network",
            hint: "better a socket proxy and unix:; tcp: is for the demo and tools")
    case .socket(let address): report.fine("\(id): \(address)")
    }
}

/// A clock before the newest fact makes no due dates: it is wrong now, or it was when that fact was written.
private func examineClock(
    of ledger: Ledger, isTrusted: Bool, _ offset: UTCOffset, _ report: inout CheckReport
) async throws(LedgerError) {
    // Read first: beside a running hut a fact may come meanwhile.
    let known = try await ledger.newestTime()
    let now = HutClock().now.hut
    guard let newest = known, newest > now else {
        if isTrusted { report.remark("the clock is not before the newest fact", hint: "there was nothing to confirm") }
        return
    }
    let times = "the clock says \(offset.iso(now)), the newest fact \(offset.iso(newest))"
    guard isTrusted else {
        return report.fault(
            times, hint: "set the clock; where the clock is right, say so: healthhut check --trust-clock")
    }
    try await ledger.append([.clockConfirmed], at: now)
    report.fine("\(times): the clock is right from now on")
}

private func examineLedger(
    _ settings: Settings, rebuild: Bool, trustsClock: Bool, _ report: inout CheckReport
) async throws(CommandError) {
    guard exists(settings.ledger) else {
        return report.remark("ledger \(settings.ledger) is not there yet", hint: "the first serve makes it")
    }
    do {
        // Held until the end: beside a running hut neither is done.
        let lock = rebuild || trustsClock ? try LedgerLock(ledger: settings.ledger) : nil
        defer { withExtendedLifetime(lock) {} }
        let ledger = try await Ledger.open(path: settings.ledger, at: HutClock().now.hut)
        // Either would destroy the only trace of it.
        if rebuild || trustsClock, let cutOff = try await ledger.cutOffEnd() {
            report.fault("ledger: \(cutOff.what)", hint: cutOff.hint)
            return await ledger.close()
        }
        if rebuild {
            try await ledger.rebuild()
            report.fine("projections rebuilt from the facts")
        }
        try await examineClock(of: ledger, isTrusted: trustsClock, settings.offset, &report)
        let findings = try await ledger.check()
        for finding in findings { report.fault("ledger: \(finding.what)", hint: finding.hint) }
        if findings.isEmpty { report.fine("ledger \(settings.ledger): \(try await ledger.last().rawValue) facts") }
        for parked in try await ledger.parkedUploads(limit: 20) {
            report.remark(
                "fact \(parked.fact.rawValue) was refused by the district: \(parked.outcome)",
                hint: "correct it or speak with the district; the others go on")
        }
        await ledger.close()
    } catch {
        report.fault(error.message, hint: error.hint)
    }
}
