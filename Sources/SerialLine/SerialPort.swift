// A serial port over libserialport: the one file that imports it, and the one that knows its traps.
//
// - It refuses symbolic links, so the real path is resolved at each opening; a by-path link may have moved meanwhile.
// - After an unplug its reads return 0 for ever, as if the line were quiet, so an empty read asks `poll` for a hang-up.
// - Opening sets the port raw before anybody can object. A port in use must not be disturbed (`healthhut check` beside
//   a running `serve`), so it is locked first, through a descriptor of our own.
// - Closing waits for what was not yet sent, up to 30 s on some drivers, so the rest is thrown away first.

import CSerialPort
import Glibc
import Synchronization

/// A serial port, set as asked and held by this program alone.
package final class SerialPort: ByteLine {
    package let descriptor: Int32
    /// Empty once closed. libserialport keeps buffers in its port, hence the lock; nobody ever waits for it long.
    private let held: Mutex<Held?>

    /// Opens, locks and sets the port. Blocks as long as the driver does.
    package init(_ settings: SerialSettings) throws(LineFailure) {
        let path = try Self.realPath(of: settings.path)
        let lock = try PortLock(path)
        let port = try Port(path)
        descriptor = try port.makeExclusive()
        try port.set(settings)
        held = Mutex(Held(port: port, lock: lock))
    }

    package func read(upTo limit: Int) throws(LineFailure) -> [UInt8] {
        var outcome = SP_OK
        let bytes = held.withLock { held in
            guard let port = held?.port.pointer else { return [UInt8]() }
            return [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
                outcome = sp_nonblocking_read(port, buffer.baseAddress, buffer.count)
                count = max(0, Int(outcome.rawValue))
            }
        }
        if outcome.rawValue < 0 { throw Self.failureWhileOpen() }
        if bytes.isEmpty, hasHungUp { throw .unplugged }
        return bytes
    }

    package func write(_ bytes: ArraySlice<UInt8>) throws(LineFailure) -> Int {
        let outcome = held.withLock { held in
            guard let port = held?.port.pointer else { return SP_OK }
            return bytes.withUnsafeBytes { sp_nonblocking_write(port, $0.baseAddress, $0.count) }
        }
        guard outcome.rawValue >= 0 else { throw Self.failureWhileOpen() }
        return Int(outcome.rawValue)
    }

    package func hold(_ line: ControlLine, raised: Bool) throws(LineFailure) {
        let outcome = held.withLock { held in
            guard let port = held?.port.pointer else { return SP_OK }
            return switch line {
            case .dtr: sp_set_dtr(port, raised ? SP_DTR_ON : SP_DTR_OFF)
            case .rts: sp_set_rts(port, raised ? SP_RTS_ON : SP_RTS_OFF)
            }
        }
        guard outcome == SP_OK else { throw Self.failureWhileOpen() }
    }

    package func close() { held.withLock { $0 = nil } }

    /// What an error of an open port means: a port that cannot be talked to any more is not there.
    private static func failureWhileOpen() -> LineFailure {
        let code = sp_last_error_code()
        return [EIO, ENODEV, ENXIO, EBADF].contains(code) ? .unplugged : LineFailure(errno: code)
    }

    private static func realPath(of path: String) throws(LineFailure) -> String {
        guard let real = realpath(path, nil) else { throw LineFailure(errno: errno) }
        defer { free(real) }
        return String(cString: real)
    }
}

/// What goes when the port is closed: the port, then its lock.
private struct Held: ~Copyable {
    let port: Port
    let lock: PortLock
}

/// An advisory lock on a device node, taken before anything touches the port; pyserial takes the same one.
private struct PortLock: ~Copyable {
    let descriptor: Int32

    init(_ path: String) throws(LineFailure) {
        let opened = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard opened >= 0 else { throw LineFailure(errno: errno) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let failure: LineFailure = errno == EWOULDBLOCK ? .busy : LineFailure(errno: errno)
            Glibc.close(opened)
            throw failure
        }
        descriptor = opened
    }

    deinit { Glibc.close(descriptor) }
}

/// libserialport's port, open from birth to death.
private struct Port: ~Copyable {
    let pointer: OpaquePointer

    init(_ path: String) throws(LineFailure) {
        var found: OpaquePointer?
        guard sp_get_port_by_name(path, &found) == SP_OK, let found else {
            throw .notAPort
        }
        do {
            try check(sp_open(found, SP_MODE_READ_WRITE), "\(path) does not open as a serial port")
        } catch {
            sp_free_port(found)
            throw error
        }
        pointer = found
    }

    deinit {
        sp_flush(pointer, SP_BUF_OUTPUT)
        sp_close(pointer)
        sp_free_port(pointer)
    }

    /// Keeps out programs that know nothing of our lock; gives the descriptor.
    func makeExclusive() throws(LineFailure) -> Int32 {
        var descriptor: Int32 = -1
        try check(sp_get_port_handle(pointer, &descriptor), "no descriptor")
        guard ioctl(descriptor, UInt(TIOCEXCL)) == 0 else { throw LineFailure(errno: errno) }
        // libserialport 0.1.1 lets a child process inherit it.
        guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { throw LineFailure(errno: errno) }
        return descriptor
    }

    /// Applies all settings in one call, so that the port is never half-set.
    func set(_ settings: SerialSettings) throws(LineFailure) {
        var made: OpaquePointer?
        try check(sp_new_config(&made), "no memory")
        guard let config = made else { throw .other("no memory") }
        defer { sp_free_config(config) }
        try check(sp_set_config_baudrate(config, CInt(clamping: settings.baud)), "\(settings.baud) baud")
        try check(sp_set_config_bits(config, CInt(clamping: settings.dataBits)), "\(settings.dataBits) data bits")
        try check(sp_set_config_parity(config, settings.parity.native), "parity \(settings.parity.rawValue)")
        try check(sp_set_config_stopbits(config, CInt(clamping: settings.stopBits)), "\(settings.stopBits) stop bits")
        if let dtr = settings.dtr.dtr { try check(sp_set_config_dtr(config, dtr), "DTR") }
        if let rts = settings.rts.rts { try check(sp_set_config_rts(config, rts), "RTS") }
        try check(sp_set_config_flowcontrol(config, settings.flow.native), "flow control \(settings.flow.rawValue)")
        try check(sp_set_config(pointer, config), settings.description)
    }
}

/// Turns libserialport's answer into a failure; `what` names the setting that it would not take.
private func check(_ answer: sp_return, _ what: @autoclosure () -> String) throws(LineFailure) {
    switch answer {
    case SP_OK: return
    case SP_ERR_ARG, SP_ERR_SUPP: throw .badSettings(what())
    case SP_ERR_MEM: throw .other("no memory")
    default:
        let code = sp_last_error_code()
        throw code == EINVAL || code == ENOTTY ? .badSettings(what()) : LineFailure(errno: code)
    }
}

extension SerialSettings.Parity {
    fileprivate var native: sp_parity {
        switch self {
        case .none: SP_PARITY_NONE
        case .odd: SP_PARITY_ODD
        case .even: SP_PARITY_EVEN
        case .mark: SP_PARITY_MARK
        case .space: SP_PARITY_SPACE
        }
    }
}

extension SerialSettings.FlowControl {
    fileprivate var native: sp_flowcontrol {
        switch self {
        case .none: SP_FLOWCONTROL_NONE
        case .xonXoff: SP_FLOWCONTROL_XONXOFF
        case .rtsCts: SP_FLOWCONTROL_RTSCTS
        case .dtrDsr: SP_FLOWCONTROL_DTRDSR
        }
    }
}

extension SerialSettings.ModemLine {
    fileprivate var dtr: sp_dtr? {
        switch self {
        case .raise: SP_DTR_ON
        case .lower: SP_DTR_OFF
        case .leave: nil
        }
    }

    fileprivate var rts: sp_rts? {
        switch self {
        case .raise: SP_RTS_ON
        case .lower: SP_RTS_OFF
        case .leave: nil
        }
    }
}
