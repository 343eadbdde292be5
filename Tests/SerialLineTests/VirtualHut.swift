// A guest with a real FTDI adapter, booted for a test by Provisioning/virtual-hut/boot: its log as lines, the far end
// of its cable, and the hand that pulls the plug.

import SerialLine

/// One booted guest. Powered off when let go.
final class VirtualHut {
    /// The far end of the cable.
    var wire: KeptLine
    private var monitor: KeptLine
    private var heard: [UInt8] = []
    private var log: AsyncStream<Machine.Line>.Iterator
    private let machine: Machine

    /// Why there is no guest, or none any more.
    enum Ended: Error {
        /// Something it needs cannot be had on this machine; the script's own words.
        case missing(String)
        case gone(lastWords: String)
    }

    /// A guest that runs a product of this build.
    init(running product: String, _ arguments: [String], in folder: Folder) async throws {
        machine = try Machine(product, arguments, in: folder.path)
        log = machine.lines.makeAsyncIterator()
        // QEMU's sockets are there before the guest's first word.
        guard await log.next() != nil else { throw machine.end() }
        wire = KeptLine(.unix(path: folder.path + "/line.sock"))
        monitor = KeptLine(.unix(path: folder.path + "/monitor.sock"))
        guard await wire.next() == .opened else { throw machine.end() }
        try await answer(#""QMP""#)
        try await ask(#"{"execute":"qmp_capabilities"}"#, until: #""return""#)
    }

    deinit { machine.powerOff() }

    /// The next line of the guest's log that holds the text; those before it are passed over.
    func line(with text: String) async throws -> Machine.Line {
        while let line = await log.next() { if line.text.contains(text) { return line } }
        throw machine.end()
    }

    /// The bytes the program says it got, as hex, until there are so many.
    func bytes(_ count: Int) async throws -> String {
        var all: [Substring] = []
        while all.count < count {
            let line = try await line(with: "hut: bytes ")
            all += line.text.split(separator: " ").drop { $0 != "bytes" }.dropFirst()
        }
        return all.joined(separator: " ")
    }

    /// Pulls the cable; back when the adapter is gone.
    func unplug() async throws {
        try await ask(#"{"execute":"device_del","arguments":{"id":"cuff"}}"#, until: #""DEVICE_DELETED""#)
    }

    /// Pushes the cable back into its port.
    func plug() async throws {
        let adapter = #""driver":"usb-serial","id":"cuff","chardev":"wire","always-plugged":true"#
        try await ask(#"{"execute":"device_add","arguments":{\#(adapter)}}"#, until: #""return""#)
    }

    /// Ends the guest as a power cut does; true if QEMU ended well.
    func powerOff() async throws -> Bool {
        monitor.keeper.send(Array("{\"execute\":\"quit\"}\n".utf8))
        while await log.next() != nil {}
        return machine.status == 0
    }

    private func ask(_ command: String, until awaited: String) async throws {
        heard = []
        monitor.keeper.send(Array((command + "\n").utf8))
        try await answer(awaited)
    }

    private func answer(_ awaited: String) async throws {
        while !String(decoding: heard, as: UTF8.self).contains(awaited) {
            switch await monitor.next() {
            case .opened: continue
            case .bytes(let bytes): heard += bytes
            case .lost, nil: throw machine.end()
            }
        }
    }
}
