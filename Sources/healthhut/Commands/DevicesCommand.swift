// `healthhut devices`: the shelf. What a hut can be plugged into, how well each protocol is known, and where its folder
// lies for whoever wants to read further.

import DeviceLink
import Glibc
import Settings
import Vitals

/// The two ways every command of the family is told where the profiles lie.
let devicesOptions: [CommandShape.Option] = [
    .init("--devices", "DIR", "the folder of the device profiles"),
    .init("--settings", "FILE", "settings that name that folder"),
]

let devicesShape = CommandShape(
    "healthhut devices", "Lists the shelf: every device this hut can be plugged into.", options: devicesOptions,
    notes: """
        devices show NAME    settings to paste, cable, error codes, what is not known
        devices test FOLDER  examines a device's folder as the suite does
        devices udev         permission rules for the cables
        devices health       how far each instrument of a hut can be trusted
        Grades: A two independent sources and a real frame, B two sources or the maker quoted, C one source, D fragments.
        """)

/// Prints one line a device.
func runDevices(_ arguments: Arguments) throws(CommandError) {
    let shelf = try Shelf(arguments)
    var rows = [["device", "grade", "kind", "measures", "name", "folder"]]
    for (device, profile) in shelf.profiles {
        rows.append([
            device, profile.grade.rawValue, profile.kind.rawValue, profile.vital?.rawValue ?? "-", profile.name,
            shelf.folder(device),
        ])
    }
    for row in columns(rows) { printLine(row) }
    for wrong in shelf.wrong { complain("wrong  \(wrong.message)\n       hint: \(wrong.hint ?? "")") }
    guard shelf.wrong.isEmpty else {
        throw CommandError(
            "\(shelf.wrong.count) of \(shelf.wrong.count + shelf.profiles.count) profiles cannot be read",
            hint: "healthhut devices test FOLDER tells more", status: 78)
    }
}

/// Every profile of a folder of devices.
struct Shelf {
    /// By the name of its folder, in order.
    private(set) var profiles: [(device: String, profile: DeviceProfile)] = []
    private(set) var wrong: [CommandError] = []
    private let path: String

    /// - Throws: `CommandError` when there is no device at all.
    init(_ arguments: Arguments) throws(CommandError) {
        path = try devicesFolder(arguments)
        for device in namesInFolder(path) where exists("\(path)/\(device)/profile.json5") {
            do {
                profiles.append((device, try HutConfiguration.loadProfile(device, devices: path)))
            } catch {
                wrong.append(error)
            }
        }
        guard !profiles.isEmpty || !wrong.isEmpty else {
            throw CommandError(
                "no device in \(path)", hint: "--devices names the folder of the device profiles", status: 66)
        }
    }

    /// Where a device's folder lies, from the root.
    func folder(_ device: String) -> String { wholePath("\(path)/\(device)") }
}

/// Rows as columns, each as wide as its widest cell; the last cell of a row has no room behind it.
func columns(_ rows: [[String]]) -> [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
    return rows.map { row in
        row.enumerated().map { column, cell in
            column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
        }.joined(separator: "  ")
    }
}
