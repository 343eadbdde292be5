// The one place where SerialPort meets a port: Debian's own driver for a real adapter, in a virtual machine.

import DeviceLink
import FoundationEssentials
import Testing

@Suite(.timeLimit(.minutes(4))) struct `VirtualHut: a real adapter` {
    /// A Maibobo's answer to *connect*, to *start*, and to live pressure, and its result: 139 over 102, pulse 72.
    private let session: [[UInt8]] = [
        [0xAA, 0x80, 0x03, 0x03, 0x01, 0x01, 0x00, 0x00],
        [0xAA, 0x80, 0x03, 0x04, 0x01, 0x05, 0x00, 0x9E, 0x9D],
        [
            0xAA, 0x80, 0x03, 0x0F, 0x01, 0x06, 0x01, 0x13, 0x07, 0x02, 0x0F, 0x0B, 0x1C, 0x00, 0x8B, 0x00, 0x66, 0x00,
            0x48, 0xA1,
        ],
    ]
    private let heard =
        "AA 80 03 03 01 01 00 00 AA 80 03 04 01 05 00 9E 9D "
        + "AA 80 03 0F 01 06 01 13 07 02 0F 0B 1C 00 8B 00 66 00 48 A1"

    @Test func `a session is read by one program alone, a pulled cable said within a second, pushed back read again`()
        async throws
    {
        let folder = try Folder()
        do {
            try await play(in: folder)
        } catch VirtualHut.Ended.missing(let what) {
            try Test.cancel("skipped: \(what)")
        }
    }

    private func play(in folder: Folder) async throws {
        // The same port by two names: two programs must not share it.
        let ports = ["serial:/dev/serial/by-path/cuff", "serial:/dev/ttyUSB0"]
        let hut = try await VirtualHut(running: "line-probe", ["--send", "CC80030301010000"] + ports, in: folder)
        _ = try await hut.lines(with: ["hut: opened", "in use by another program"])
        try await readSession(of: hut)

        try await hut.unplug()
        let lines = try await hut.lines(with: ["USB disconnect", "unplugged"])
        let (removed, said) = (try #require(lines[0].stamp), try #require(lines[1].stamp))
        #expect(said - removed < 1, "said \(said - removed) s after the disconnect, by the guest's clock")

        try await hut.plug()
        _ = try await hut.line(with: "hut: opened")
        try await readSession(of: hut)
        #expect(try await hut.powerOff())
    }

    private func maibobo() throws -> DeviceProfile {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let file = "/\(root)/Devices/maibobo/profile.json5"
        let bytes = try #require(FileManager.default.contents(atPath: file))
        return try DeviceProfile.load(json5: Array(bytes), file: file)
    }

    /// The hut's command reaches the instrument, and the instrument's session the hut.
    private func readSession(of hut: VirtualHut) async throws {
        #expect(await hut.wire.bytes(8) == [0xCC, 0x80, 0x03, 0x03, 0x01, 0x01, 0x00, 0x00])
        for frame in session { hut.wire.keeper.send(frame) }
        let text = try await hut.bytes(heard.split(separator: " ").count)
        #expect(text == heard)
        // What came through a real adapter and a real kernel is the instrument's session, decoded by its own profile.
        var report = DecodeReport(profile: try maibobo(), settle: true)
        let readings = report.feed(try #require(HexText.bytes(in: text))) + report.finish()
        #expect(readings.count == 1)
        #expect(readings.first?.contains(#""systolic":139,"diastolic":102,"pulse":72"#) == true)
    }
}
