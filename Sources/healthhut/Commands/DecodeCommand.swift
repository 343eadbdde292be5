// `healthhut decode`: what a profile makes of bytes, without a hut. A capture file, hex text or raw bytes go in; JSON
// Lines come out; one line on standard error says how much was understood.

import DeviceLink
import Glibc
import Settings
import Vitals

let decodeShape = CommandShape(
    "healthhut decode", "Decodes what an instrument sent, into JSON Lines.", arguments: ["DEVICE", "FILE?"],
    options: [
        .init("--hex", nil, "standard input is hex text"),
        .init("--settle", nil, "only what the hut would record of the stream"),
        .init("--devices", "DIR", "the folder of the device profiles"),
        .init("--settings", "FILE", "settings that name that folder"),
    ],
    notes: """
        FILE is a capture (hex text with < and > lines); without it, raw bytes come from standard input.
        Profiles come from --devices, else the settings, else \(deviceFolders.joined(separator: ", else ")).
        Frames, noise bytes and faults are counted on standard error.
        """)

/// Where device folders lie when nobody says.
let deviceFolders = ["/usr/share/healthhut/devices", "./Devices"]

/// Decodes until the input ends.
func runDecode(_ arguments: Arguments) throws(CommandError) {
    let profile = try profile(arguments.positional[0], arguments)
    var report = DecodeReport(profile: profile, settle: arguments.has("--settle"))
    if arguments.positional.count == 2 {
        if arguments.has("--hex") {
            throw .usage("--hex is for standard input; a FILE is a capture", command: decodeShape.name)
        }
        emit(report.feed(try readCapture(arguments.positional[1]).deviceBytes))
    } else if arguments.has("--hex") {
        let text = String(decoding: try readAll(STDIN_FILENO, name: "standard input"), as: UTF8.self)
        guard let bytes = HexText.bytes(in: text) else {
            throw CommandError(
                "standard input is not hex text", hint: "two digits a byte, such as AA 80 03; blanks are free",
                status: 65)
        }
        emit(report.feed(bytes))
    } else {
        try decodeStream(&report)
    }
    emit(report.finish())
    complain(report.summary)
}

/// The profile of a device by its folder's name.
func profile(_ device: String, _ arguments: Arguments) throws(CommandError) -> DeviceProfile {
    try HutConfiguration.loadProfile(device, devices: try devicesFolder(arguments))
}

/// The folder of the device profiles: named, from the settings, or where it usually lies.
func devicesFolder(_ arguments: Arguments) throws(CommandError) -> String {
    if let folder = arguments["--devices"] { return folder }
    if let settings = arguments["--settings"] { return try HutConfiguration.loadSettings(settings).devices }
    return deviceFolders.first(where: exists) ?? "./Devices"
}

/// Raw bytes as they come, so that a live line can be piped in.
private func decodeStream(_ report: inout DecodeReport) throws(CommandError) {
    while true {
        switch readAvailable(STDIN_FILENO) {
        case .bytes(let bytes): emit(report.feed(bytes))
        case .nothing: continue
        case .ended: return
        }
    }
}

private func readCapture(_ file: String) throws(CommandError) -> CaptureFile {
    guard let text = String(validating: try readFile(file), as: UTF8.self) else {
        throw CommandError(
            "\(file) is not text", hint: "a capture is hex text; pipe raw bytes into standard input", status: 65)
    }
    do {
        return try CaptureFile(text)
    } catch {
        throw CommandError("\(file):\(error.line): \(error.problem)", hint: error.hint, status: 65)
    }
}

private func emit(_ lines: [String]) {
    if !lines.isEmpty { printLine(lines.joined(separator: "\n")) }
}
