// `healthhut devices udev`: permission rules, so that the hut's user may open its cables and nobody else writes to them.
// A rule knows the chip in a cable or the socket it is plugged into, never the instrument behind it: which instrument
// hangs where is said in the settings, by the place of the port.

import DeviceLink
import Settings

let devicesUdevShape = CommandShape(
    "healthhut devices udev", "Prints permission rules for the cables, for /etc/udev/rules.d.",
    options: [
        .init("--devices", "DIR", "rules for the cables of every profile in this folder"),
        .init("--settings", "FILE", "rules for the ports that these settings name"),
        .init("--group", "NAME", "the group that may use them; healthhut when absent"),
    ],
    notes: """
        healthhut devices udev --settings FILE > /etc/udev/rules.d/70-healthhut.rules
        udevadm control --reload; udevadm trigger --subsystem-match=tty
        The number 70 matters: the place of a port is known after Debian's 60-serial.rules.
        """)

/// Prints the rules.
func runDevicesUdev(_ arguments: Arguments) throws(CommandError) {
    let group = arguments["--group"] ?? "healthhut"
    guard !group.isEmpty, group.allSatisfy({ $0.isLetter || $0.isNumber || "-_".contains($0) }) else {
        throw .usage("--group takes the name of a group", command: devicesUdevShape.name)
    }
    let rules = UdevRules(group: group)
    var text = UdevRules.head
    if let file = arguments["--settings"], arguments["--devices"] == nil {
        let settings = try HutConfiguration.loadSettings(file)
        for entry in settings.lines { text += rules.port(of: entry.id, entry.line.serial) }
        // The lamp may hang on an instrument's port, which has its rule then.
        if let lamp = settings.alarm?.serial, !settings.lines.contains(where: { $0.line.serial == lamp }) {
            text += rules.port(of: "alarm", lamp)
        }
    } else {
        let shelf = try Shelf(arguments)
        for wrong in shelf.wrong { complain("left out: \(wrong.message)") }
        text += rules.cables(shelf.profiles.map { ($0.device, $0.profile.line.cables ?? []) })
    }
    printLine(text.joined(separator: "\n"))
}

/// Rules of udev(7), as lines of a file.
struct UdevRules {
    var group: String

    /// What every file of rules begins with.
    static let head = [
        "# Who may use the hut's cables. Made by `healthhut devices udev`; put it at /etc/udev/rules.d/70-healthhut.rules.",
        "# No rule names an instrument after its cable: the same chip is in many. The settings name the port by its place:",
        "# ls -l /dev/serial/by-path",
        "# ModemManager would write to every new port to see whether it is a modem; an instrument must not be probed.",
    ]

    /// Rules for every cable, each once, with the devices it was seen with.
    func cables(_ devices: [(device: String, cables: [String])]) -> [String] {
        var users: [String: [String]] = [:]
        for (device, cables) in devices { for cable in Set(cables) { users[cable, default: []].append(device) } }
        return users.keys.sorted().flatMap { cable -> [String] in
            let parts = cable.lowercased().split(separator: ":").map(String.init)
            let isHex = parts.count == 2 && parts[0].isFourHex && (parts[1] == "*" || parts[1].isFourHex)
            guard isHex else { return ["", "# \(cable): not a USB id"] }
            let product = parts[1] == "*" ? "" : "ATTRS{idProduct}==\"\(parts[1])\", "
            return [
                "", "# seen with: \((users[cable] ?? []).sorted().joined(separator: ", "))",
                "SUBSYSTEM==\"tty\", SUBSYSTEMS==\"usb\", ATTRS{idVendor}==\"\(parts[0])\", \(product)\(permission)",
            ]
        }
    }

    /// The rule for the port of one line of the settings; a comment where there is none to make.
    func port(of id: String, _ serial: String?) -> [String] {
        guard let path = serial else {
            return ["", "# \(id): a socket, no port"]
        }
        let parts = path.split(separator: "/").map(String.init)
        guard let name = parts.last else { return ["", "# \(id): \(path) is no port"] }
        if path.hasPrefix("/dev/serial/by-path/") {
            return ["", "# \(id)", "SUBSYSTEM==\"tty\", ENV{ID_PATH}==\"\(UdevRules.place(name))\", \(permission)"]
        }
        return [
            "",
            "# \(id): \(path) is not a stable name: after a restart it may be another cable's. Use /dev/serial/by-path",
            "SUBSYSTEM==\"tty\", KERNEL==\"\(name)\", \(permission)",
        ]
    }

    /// `pci-0000:00:14.0-usb-0:1:1.0-port0` → the place without the port of the adapter, which udev keeps apart.
    private static func place(_ name: String) -> String {
        guard let port = name.firstRange(of: "-port"), name[port.upperBound...].allSatisfy(\.isNumber) else {
            return name
        }
        return String(name[..<port.lowerBound])
    }

    private var permission: String {
        "GROUP=\"\(group)\", MODE=\"0660\", ENV{ID_MM_DEVICE_IGNORE}=\"1\", ENV{ID_MM_PORT_IGNORE}=\"1\""
    }
}

extension String {
    fileprivate var isFourHex: Bool { count == 4 && allSatisfy(\.isHexDigit) }
}
