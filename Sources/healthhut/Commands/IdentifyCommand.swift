// `healthhut identify`: what may be speaking on this line? It listens and never writes a byte, because probing writes to
// a medical device that nobody has named. Every profile is tried on what is heard; the operator is told how sure each
// match is, and what silence means.

import DeviceLink
import Glibc
import SerialLine
import Settings
import Vitals

let identifyShape = CommandShape(
    "healthhut identify", "Listens to a line, never writes to it, and says which devices it may be.",
    options: [
        lineOption, baudOption,
        .init("--every-baud", nil, "listen in the settings of every profile, one after the other"),
        .init("--seconds", "N", "listen so long in each setting; 30 when absent"),
    ] + devicesOptions,
    notes: """
        Measure once while it listens: most instruments say nothing before. Ctrl-C ends listening and tells what was
        heard. Opening a serial port raises its modem lines; no byte is ever sent.
        """)

/// Listens, then says what it heard.
func runIdentify(_ arguments: Arguments) async throws(CommandError) {
    let shelf = try Shelf(arguments)
    guard let seconds = Int(arguments["--seconds"] ?? "30"), (1...86_400).contains(seconds) else {
        throw .usage("--seconds takes 1 to 86400", command: identifyShape.name)
    }
    let first = try line(arguments, command: identifyShape.name)
    if arguments.has("--every-baud"), arguments["--baud"] != nil {
        throw .usage("--baud and --every-baud contradict each other", command: identifyShape.name)
    }
    var total = 0
    var hasMatch = false
    for line in lines(first, shelf, every: arguments.has("--every-baud")) {
        var ears = Identification(shelf.profiles)
        let isEnded = try await listen(to: line, &ears, for: .seconds(seconds))
        report(ears, on: line)
        total += ears.bytes
        hasMatch = hasMatch || !ears.matches.isEmpty
        if isEnded { break }
    }
    if total == 0 { explainSilence(shelf) }
    if total > 0, !hasMatch {
        printLine(
            "bytes, but no frame of any profile: another baud rate (--every-baud), another output format, or a device"
                + " that has no folder yet (healthhut record --help)")
    }
}

/// The line, or for every baud rate the same port in the settings of every profile, the commonest first.
private func lines(_ line: LineDescription, _ shelf: Shelf, every: Bool) -> [LineDescription] {
    guard every, case .serial(let port) = line else { return [line] }
    var users: [SerialSettings: Int] = [:]
    for (_, profile) in shelf.profiles {
        for baud in [profile.line.baud] + (profile.line.alsoSeen ?? []) {
            var settings = SerialSettings(profile.line)
            (settings.path, settings.baud) = (port.path, baud)
            users[settings, default: 0] += 1
        }
    }
    return users.sorted { ($1.value, $0.key.baud, "\($0.key)") < ($0.value, $1.key.baud, "\($1.key)") }
        .map { .serial($0.key) }
}

/// Hears a line for so long; true when the operator asked for the end.
private func listen(to line: LineDescription, _ ears: inout Identification, for span: Duration)
    async throws(CommandError) -> Bool
{
    let clock = HutClock()
    let held = HeldLine(line, clock: clock)
    defer { held.close() }
    var hasOpened = false
    for await news in held.news {
        switch news {
        case .line(.opened):
            if !hasOpened { held.wake(at: clock.now.monotonic + span) }
            hasOpened = true
            complain("listening to \(line) for \(span.components.seconds) s; measure once; Ctrl-C ends")
        case .line(.bytes(let bytes)): ears.hear(bytes)
        case .line(.lost(let failure, _)):
            guard hasOpened else { throw CommandError("\(line): \(failure)", hint: failure.hint, status: 69) }
            complain("\(line): \(failure); hint: \(failure.hint)")
        case .due: return false
        case .asked: return true
        }
    }
    return false
}

private func report(_ ears: Identification, on line: LineDescription) {
    let matches = ears.matches
    printLine("\(line): \(ears.bytes) byte\(ears.bytes == 1 ? "" : "s")")
    for row in columns(
        matches.map {
            [
                "  \($0.sureness)", $0.device, "\($0.frames) frame\($0.frames == 1 ? "" : "s")",
                "\($0.share) % understood",
            ]
                + ($0.complaint.map { ["it says: \($0)"] } ?? [])
        })
    {
        printLine(row)
    }
    if matches.count > 1, let best = matches.first {
        let equal = matches.filter {
            $0.sureness == best.sureness && $0.isTelling == best.isTelling && $0.share == best.share
        }
        if equal.count > 1 {
            printLine(
                "  these cannot be told apart by what was heard: \(equal.map(\.device).joined(separator: ", "));"
                    + " read the plate on the machine")
        }
    }
}

private func explainSilence(_ shelf: Shelf) {
    let asked = shelf.profiles.filter(\.profile.isAskedFirst).map(\.device)
    printLine(
        """
        silence. It can mean: no measurement was made while it listened; the instrument is off, or its output is not
        switched on in its menu; the cable wants its two data wires crossed; or it speaks only when it is asked, which
        this command never does.
        """)
    if !asked.isEmpty {
        printLine(
            "asked first: \(asked.joined(separator: ", ")); when the plate says it is one of these: healthhut record --device NAME"
        )
    }
}
