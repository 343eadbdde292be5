// `healthhut devices show`: what an operator wants to know of one device while the cable is in the hand: the settings
// to paste, the line, every error code in both languages, and what nobody knows.

import DeviceLink
import Settings
import Vitals

let devicesShowShape = CommandShape(
    "healthhut devices show", "Tells what an operator needs to know to connect a device.", arguments: ["NAME"],
    options: devicesOptions,
    notes: "NAME is a folder under the device profiles. The settings it prints have the line keys of the profile.")

/// Prints one device.
func runDevicesShow(_ arguments: Arguments) throws(CommandError) {
    let device = arguments.positional[0]
    let profile = try profile(device, arguments)
    let folder = wholePath("\(try devicesFolder(arguments))/\(device)")
    let notes = (try? readFile("\(folder)/PROTOCOL.md")).map { String(decoding: $0, as: UTF8.self) } ?? ""
    var text = [
        profile.name, "\(profile.kind.rawValue), grade \(profile.grade.rawValue): \(profile.grade.meaning)", folder, "",
    ]
    text += ["Settings, \(profile.settingsPlace):", profile.settings(device: device), ""]
    text += ["Line"] + profile.lineNotes.map { "  \($0)" } + [""]
    text += [profile.vital == nil ? "What it is for" : "Measuring"] + profile.measuringNotes.map { "  \($0)" } + [""]
    if !profile.errors.isEmpty { text += ["Error codes (what the resident hears about: arm, movement, machine)"] }
    text += columns(profile.errorRows).map { "  \($0)" } + (profile.errors.isEmpty ? [] : [""])
    for heading in ["On the wire", "Never sent", "Not known"] {
        let section = section(heading, of: notes)
        if !section.isEmpty { text += [heading] + section.map { $0.isEmpty ? "" : "  \($0)" } + [""] }
    }
    printLine(text.dropLast().joined(separator: "\n"))
}

/// The lines below a heading of a PROTOCOL.md; empty when it has none. *On the wire* only up to its first table or
/// code: the cable stands there, the frames are for who reads the file.
private func section(_ heading: String, of notes: String) -> [String] {
    let lines = notes.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let start = lines.firstIndex(of: "## \(heading)") else { return [] }
    var body = lines[(start + 1)...].prefix { !$0.hasPrefix("## ") }
    if heading == "On the wire" { body = body.prefix { !$0.hasPrefix("```") && !$0.hasPrefix("|") } }
    while body.first?.isEmpty == true { body.removeFirst() }
    while body.last?.isEmpty == true { body.removeLast() }
    return Array(body)
}

extension EvidenceGrade {
    /// What the letter stands for (Devices/README.md).
    fileprivate var meaning: String {
        switch self {
        case .A: "two independent sources and a real frame"
        case .B: "two sources, or one that quotes the maker"
        case .C: "one source"
        case .D: "fragments"
        }
    }
}

extension DeviceProfile {
    /// The place of the settings where such a device stands.
    fileprivate var settingsPlace: String {
        switch kind {
        case .wristbandRadio, .watchBridge: "under radios"
        case .modem: "as duty.modem"
        case .homeMonitor: "under desks[…].instruments, where it is lent and read out; or a station's"
        default: "under stations[…].instruments"
        }
    }

    /// One entry of the settings file, as JSON5.
    func settings(device: String) -> String {
        var keys = ["id: '\(device)-1',", "device: '\(device)',"]
        if isThin { keys.append("thin: true,  // you have read below how little is known") }
        if canBeStarted { keys.append("mayStart: false,  // true: the hut starts it when the resident says *ready*") }
        if let print { keys.append("paper: \(print.paper.rawValue),  // 58 or 80, the width in millimetres") }
        var line =
            "serial: '/dev/serial/by-path/…', baud: \(self.line.baud), data: \(self.line.data), "
            + "parity: '\(self.line.parity.rawValue)', stop: \(self.line.stop)"
        if let dtr = self.line.dtr { line += ", dtr: \(dtr)" }
        if let rts = self.line.rts { line += ", rts: \(rts)" }
        keys.append("line: { \(line) },")
        return "  {\n" + keys.map { "    \($0)\n" }.joined() + "  },"
    }

    /// How to plug it in.
    fileprivate var lineNotes: [String] {
        var notes = ["\(line.baud) \(line.data)\(line.parity.rawValue.prefix(1).uppercased())\(line.stop)"]
        if let other = line.alsoSeen, !other.isEmpty {
            notes.append("also met: \(other.map(String.init).joined(separator: ", ")) baud")
        }
        if line.dtr != nil || line.rts != nil {
            func word(_ raised: Bool?) -> String { raised.map { $0 ? "raised" : "low" } ?? "either" }
            notes.append("DTR \(word(line.dtr)), RTS \(word(line.rts))")
        }
        if let cables = line.cables, !cables.isEmpty {
            notes.append("cables seen: \(cables.joined(separator: ", ")): the chip of the cable, never the instrument")
        }
        notes.append("the port by its place: ls -l /dev/serial/by-path, before and after plugging it in")
        return notes
    }

    /// How a measurement begins and how long it takes.
    fileprivate var measuringNotes: [String] {
        guard let vital else { return [useNote] }
        guard kind != .homeMonitor else {
            return [
                "measures \(vital.rawValue) at home, and keeps it",
                "a nurse lends it, and says whose it is or which slot is whose",
                "it is read out when it comes back; what it measures in the hut is nobody's",
            ]
        }
        var notes = ["measures \(vital.rawValue)"]
        switch (canBeStarted, shows) {
        case (true, _): notes.append("the hut may start it, where the settings say mayStart; else its own key does")
        case (false, .start): notes.append("its own key starts it, and the hut hears it start")
        case (false, .result):
            notes.append(
                "its own key starts it, and nothing is heard before the result: the resident is asked *was it you?*")
        }
        if measureWithin > .zero {
            notes.append(
                "takes \(measureAtLeast.components.seconds) to \(measureWithin.components.seconds) seconds")
        }
        if startUpWindow > .zero {
            notes.append(
                "a result within \(startUpWindow.components.seconds) s of plugging in may be an older visitor's")
        }
        return notes
    }

    /// What somebody does with a device that measures nothing itself.
    private var useNote: String {
        switch kind {
        case .wristbandRadio, .watchBridge: "speaks for many wristbands; pair each: healthhut bands pair --help"
        case .cardReader:
            "a resident's card opens a visit, or offers enrolment; link one: healthhut residents card --help"
        case .tagReader: "a resident's tag opens a visit; link one: healthhut residents card --help"
        case .codeScanner: "the hut's own code on a slip opens a visit; make one: healthhut residents code --help"
        case .printer: "prints the slip of key 4, for whoever asks for one"
        case .modem: "sends a text to duty.number while nobody takes a critical alert or a wristband's call"
        default: "measures nothing by itself"
        }
    }

    fileprivate var errorRows: [[String]] {
        errors.sorted { $0.key < $1.key }.compactMap { code, fault in
            guard case .deviceError(_, let meaning, let kind) = fault else { return nil }
            return [code, kind.rawValue, "\(meaning?.chinese ?? "??") · \(meaning?.english ?? "??")"]
        }
    }
}
