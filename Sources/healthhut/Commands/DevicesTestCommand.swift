// `healthhut devices test`: a device's folder, anywhere on the disk, held against what the suite holds every folder
// against; so that an operator can add a device with a manual and an afternoon, and without Swift.

import DeviceLink
import Settings

let devicesTestShape = CommandShape(
    "healthhut devices test", "Examines a device's folder as the suite does, and says what is missing.",
    arguments: ["FOLDER"],
    notes: """
        The folder is complete when it has its profile, its PROTOCOL.md, and a good, an error and a torn capture with
        their readings: a value, a fault, torn bytes. Every capture is played as it is cut, byte by byte and all at once; every frame cut at each
        length, behind noise, with each bit flipped, doubled; every frame written again; 10,000 readings sent and heard.
        Ends with status 0 when nothing is wrong, 65 otherwise. Devices/README.md walks through adding a device.
        """)

/// Examines one folder.
func runDevicesTest(_ arguments: Arguments) throws(CommandError) {
    let path = wholePath(arguments.positional[0])
    guard isFolder(path) else {
        throw CommandError(
            exists(path) ? "\(path) is a file" : "there is no \(path)",
            hint: "name the folder of one device; a capture alone: healthhut decode NAME FILE", status: 66)
    }
    let names = namesInFolder(path)
    let devices = names.filter { exists("\(path)/\($0)/profile.json5") }
    guard devices.isEmpty || names.contains("profile.json5") else {
        throw CommandError(
            "\(path) is a folder of devices, and no device itself",
            hint: "name one of them: healthhut devices test \(path)/\(devices[0])", status: 66)
    }
    guard !names.isEmpty else {
        throw CommandError(
            "\(path) holds nothing", hint: "name the folder of one device: PROTOCOL.md and profile.json5 come first",
            status: 66)
    }
    var files: [String: [UInt8]] = [:]
    let regular = names.filter { isRegularFile("\(path)/\($0)") }
    for name in regular { files[name] = try readFile("\(path)/\(name)") }
    let device = path.split(separator: "/").last.map(String.init) ?? path
    let report = FolderCheck.run(
        DeviceFolder(name: device, files: files, others: names.filter { !regular.contains($0) }))
    for finding in report.findings { printLine("wrong  \(finding)\n       hint: \(finding.hint)") }
    guard report.findings.isEmpty else {
        let count = report.findings.count
        throw CommandError(
            "\(device): \(count) thing\(count == 1 ? " is" : "s are") missing or wrong",
            hint: "mend the first one first",
            status: 65)
    }
    printLine(
        "\(device) is complete: \(report.captures) captures played, \(report.damaged) damaged streams, "
            + "\(report.roundTrips) frames and readings there and back")
}
