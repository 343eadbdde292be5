// Every instrument, reader, printer and modem of the hut and how it stands: a nurse sees that the paper is out before a
// resident asks for a slip, and reads the words to say on the telephone to whoever looks after the machines.

import TextScreen
import Vitals

/// One device of the hut.
package struct DeviceRow: Hashable, Sendable {
    package var instrument: InstrumentID
    /// As its profile calls it.
    package var name: String
    /// nil for what belongs to the hut or to a desk.
    package var station: StationID?
    package var state: InstrumentStatus.State
    /// What a printer or modem complains of, in its profile's words.
    package var trouble: LocalizedText?
    /// The trouble still lets it work: paper nearly out, a weak signal.
    package var isWarning: Bool

    package init(
        instrument: InstrumentID, name: String, station: StationID?, state: InstrumentStatus.State,
        trouble: LocalizedText? = nil, isWarning: Bool = false
    ) {
        (self.instrument, self.name, self.station) = (instrument, name, station)
        (self.state, self.trouble, self.isWarning) = (state, trouble, isWarning)
    }

    /// Somebody must see to it.
    var isWrong: Bool { (state != .ready && state != .starting) || (trouble != nil && !isWarning) }
}

/// `i` on the worklist.
struct StaffDevices: StaffPage {
    private var scroll = StaffScroll()

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        (desk.devices.count > page(StaffRoom(desk)) ? [StaffHint.page] : []) + [.back, .logOut, .help]
    }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        scroll.press(key, count: desk.devices.count, page: page(StaffRoom(desk))) ? .nothing : .unused
    }

    /// How many devices stand on the page.
    private func page(_ room: StaffRoom) -> Int { max(1, (room.rows - (room.isWide ? 2 : 1)) / (room.isWide ? 1 : 2)) }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let devices = room.desk.devices.inOrderOfCare
        let title = Phrases.title(devices.count, wrong: devices.count(where: \.isWrong))[room.language]
        let head = [StaffLine(StaffText.cut(title, room.columns), .bold)] + (room.isWide ? [room.rule] : [])
        guard !devices.isEmpty else { return head + [StaffLine(Phrases.none[room.language])] }
        return head + devices[scroll.window(of: devices.count, page: page(room))].flatMap { lines($0, room) }
    }

    private static let idCells = 14
    private static let stationCells = 10
    private static let standingCells = 36

    private func lines(_ device: DeviceRow, _ room: StaffRoom) -> [StaffLine] {
        let emphasis = device.isWrong ? StaffLine.Emphasis.bold : .plain
        let mark = device.isWrong ? "! " : "  "
        let station = device.station.map { StaffWords.station($0, room.language) } ?? ""
        let standing = device.standing[room.language]
        if room.isWide {
            let left = mark + StaffText.fit(device.instrument.rawValue, Self.idCells)
            let text = left + StaffText.fit(station, Self.stationCells) + StaffText.fit(standing, Self.standingCells)
            return [StaffLine(StaffText.cut(text + device.name, room.columns), emphasis)]
        }
        return [
            StaffLine(StaffText.spread(mark + device.instrument.rawValue, station, room.columns), emphasis),
            StaffLine(StaffText.cut("    " + standing, room.columns), emphasis),
        ]
    }
}

extension [DeviceRow] {
    /// What must be seen to first, then by station and name.
    var inOrderOfCare: [DeviceRow] {
        func order(_ row: DeviceRow) -> (Int, String, String) {
            (row.isWrong ? 0 : row.isWarning ? 1 : 2, row.station?.rawValue ?? "~", row.instrument.rawValue)
        }
        return sorted { order($0) < order($1) }
    }
}

extension DeviceRow {
    fileprivate var standing: LocalizedText {
        switch state {
        case .unplugged, .refused, .stopped: StaffWords.state(state)
        // What a printer or modem says of itself tells more than its silence.
        case .ready, .starting, .silent, .babbling: trouble ?? StaffWords.state(state)
        }
    }
}

private enum Phrases {
    static let none = LocalizedText("这个小屋没有登记机器", en: "No device in the settings")

    static func title(_ count: Int, wrong: Int) -> LocalizedText {
        wrong == 0
            ? LocalizedText("机器 \(count)  都好", en: "Devices \(count)  all well")
            : LocalizedText("机器 \(count)  要看看 \(wrong)", en: "Devices \(count)  to see to: \(wrong)")
    }
}
