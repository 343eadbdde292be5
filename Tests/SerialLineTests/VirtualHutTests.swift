import Testing

// The one place where SerialPort meets a port: Debian's own driver for a real adapter, in a virtual machine.
@Suite(.timeLimit(.minutes(2))) struct `VirtualHut: a real adapter` {
    /// A Maibobo's answer to *connect*, to *start*, and its result: 138 over 102, pulse 72.
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

    @Test func `a session is read, a pulled cable is said within a second, and pushed back it is read again`()
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
        let port = "serial:/dev/serial/by-path/cuff"
        let hut = try await VirtualHut(running: "line-probe", [port, "CC80030301010000"], in: folder)
        try await readSession(of: hut)

        try await hut.unplug()
        let removed = try await hut.line(with: "USB disconnect")
        let said = try await hut.line(with: "hut: lost")
        #expect(said.text.hasPrefix("hut: lost unplugged"))
        let (from, to) = (try #require(removed.stamp), try #require(said.stamp))
        #expect(to - from < 1, "unplugged was said \(to - from) s after the disconnect, by the guest's clock")

        try await hut.plug()
        try await readSession(of: hut)
        #expect(try await hut.powerOff())
    }

    /// The line opens, the hut's command reaches the instrument, and the instrument's session the hut.
    private func readSession(of hut: VirtualHut) async throws {
        _ = try await hut.line(with: "hut: opened")
        #expect(await hut.wire.bytes(8) == [0xCC, 0x80, 0x03, 0x03, 0x01, 0x01, 0x00, 0x00])
        for frame in session { hut.wire.keeper.send(frame) }
        #expect(try await hut.bytes(heard.split(separator: " ").count) == heard)
    }
}
