// The ledger's place on the disk: a folder of its own, 0700, and a file, 0600, whatever the umask says; SQLite gives
// its log the permissions of the file. Anything another user could read or swap is refused, never mended silently:
// somebody must find out who has read it.

import Glibc

enum LedgerFile {
    /// Makes the folder and the file where there is none; refuses one that others can reach.
    static func prepare(_ path: String) throws(LedgerError) {
        try prepareFolder(of: path)
        guard try !check(path) else { return }
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        // Another process may have made it since; then it is its file that is checked.
        guard file >= 0 else {
            if errno == EEXIST, try check(path) { return }
            throw failure(path, "make this file")
        }
        defer { Glibc.close(file) }
        guard fchmod(file, 0o600) == 0 else { throw failure(path, "set the permissions of this file") }
        sync(folder: folder(of: path))
    }

    /// Makes the folder of a file where there is none; refuses one that others can reach.
    static func prepareFolder(of path: String) throws(LedgerError) {
        let folder = folder(of: path)
        var state = stat()
        if stat(folder, &state) != 0 {
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure(folder, "make this folder") }
            guard stat(folder, &state) == 0 else { throw failure(folder, "read this folder") }
        }
        guard state.st_mode & 0o077 == 0 else { throw .unsafe(path: folder, .folderOpenToOthers) }
    }

    /// Whether there is a file; throws for one that is not ours alone.
    static func check(_ path: String) throws(LedgerError) -> Bool {
        var state = stat()
        guard lstat(path, &state) == 0 else {
            if errno == ENOENT { return false }
            throw failure(path, "look at this file")
        }
        if state.st_mode & S_IFMT == S_IFLNK { throw .unsafe(path: path, .symbolicLink) }
        guard state.st_mode & S_IFMT == S_IFREG else { throw .unsafe(path: path, .notAFile) }
        guard state.st_mode & 0o077 == 0 else { throw .unsafe(path: path, .readableByOthers) }
        return true
    }

    /// Everything in a small file; nil where there is none.
    static func read(_ path: String, limit: Int) throws(LedgerError) -> [UInt8]? {
        try prepareFolder(of: path)
        guard try check(path) else { return nil }
        let file = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { throw failure(path, "open this file") }
        defer { Glibc.close(file) }
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = Glibc.read(file, &bytes, limit)
        guard count >= 0 else { throw failure(path, "read this file") }
        return Array(bytes[..<count])
    }

    /// Writes a small file whole or not at all, 0600; false when there is one already.
    static func create(_ path: String, _ bytes: [UInt8]) throws(LedgerError) -> Bool {
        let draft = "\(path).\(getpid())"
        let file = Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure(draft, "make this file") }
        defer {
            Glibc.close(file)
            unlink(draft)
        }
        guard fchmod(file, 0o600) == 0, Glibc.write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
            throw failure(draft, "write this file")
        }
        // A link, not a rename: it never replaces a key that another process has just made.
        guard link(draft, path) == 0 else {
            if errno == EEXIST { return false }
            throw failure(path, "make this file")
        }
        sync(folder: folder(of: path))
        return true
    }

    /// The system's last error as ours.
    static func failure(_ path: String, _ doing: String) -> LedgerError {
        let code = errno
        if [ENOSPC, EDQUOT, EFBIG].contains(code) { return .full }
        return .unreachable(path: path, doing: doing, reason: String(cString: strerror(code)))
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// A new name is durable only when its folder is.
    private static func sync(folder: String) {
        let handle = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { return }
        fsync(handle)
        Glibc.close(handle)
    }
}

/// The lock of the one `serve` of a ledger: held while this value lives, and freed by the system when the process
/// ends in any way.
package struct LedgerLock: ~Copyable, Sendable {
    private let file: Int32

    /// Takes `<ledger>.lock`; throws `.locked` when another process has it.
    package init(ledger path: String) throws(LedgerError) { file = try LedgerLock.take(path) }

    deinit { Glibc.close(file) }

    private static func take(_ path: String) throws(LedgerError) -> Int32 {
        try LedgerFile.prepareFolder(of: path)
        let lock = path + ".lock"
        // Not inherited: a child that outlives the hut must not keep it locked.
        let file = Glibc.open(lock, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw LedgerFile.failure(lock, "make this lock") }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let failure = errno == EWOULDBLOCK ? .locked(path: path) : LedgerFile.failure(lock, "take this lock")
            Glibc.close(file)
            throw failure
        }
        return file
    }
}
