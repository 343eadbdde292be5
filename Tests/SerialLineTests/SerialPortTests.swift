// What can be told without a port; a real one stands in the virtual hut.

import Glibc
import SerialLine
import Testing

@Suite struct `serial ports` {
    private let folder: Folder

    init() throws { folder = try Folder() }

    @Test func `a port that is not there is no such port`() {
        #expect(throws: LineFailure.noSuchPort) { try SerialPort(SerialSettings(path: folder.path + "/ttyUSB0")) }
    }

    @Test func `a link to a port that is not there is no such port`() {
        let link = folder.path + "/cuff"
        #expect(symlink("ttyUSB0", link) == 0)
        #expect(throws: LineFailure.noSuchPort) { try SerialPort(SerialSettings(path: link)) }
    }

    @Test(arguments: ["/dev/null", "file"])
    func `what is no serial port is said to be none`(name: String) throws {
        let path = name.hasPrefix("/") ? name : folder.path + "/" + name
        let made = open(path, O_CREAT | O_RDWR, 0o600)
        #expect(made >= 0)
        close(made)
        #expect(throws: LineFailure.notAPort) {
            try SerialPort(SerialSettings(path: path))
        }
    }

    @Test func `a port that another program has locked is in use, and is not touched`() throws {
        let path = folder.path + "/ttyUSB0"
        let other = open(path, O_CREAT | O_RDWR, 0o600)
        defer { close(other) }
        #expect(flock(other, LOCK_EX) == 0)
        #expect(throws: LineFailure.busy) { try SerialPort(SerialSettings(path: path)) }
    }

    @Test(arguments: [
        LineFailure.unplugged, .refused, .noSuchPort, .noPermission, .busy, .closedByPeer, .nameNotFound("x"),
        .noAnswer,
        .notTaking, .notAPort, .badSettings("x"), .other("x"),
    ])
    func `every failure says what to do`(failure: LineFailure) {
        #expect(!failure.description.isEmpty && !failure.hint.isEmpty)
    }
}
