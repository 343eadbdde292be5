// Reading whole files, with the reason when it cannot be done.

import Glibc
import Settings

/// The bytes of a regular file; of anything else the end might never come.
///
/// - Throws: `CommandError` (status 66) naming the file and the system's reason.
func readFile(_ path: String) throws(CommandError) -> [UInt8] {
    // Opening a pipe would wait for whoever writes it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
        throw CommandError(
            "cannot read \(path): it is no regular file", hint: "a folder, pipe or device; name a file", status: 66)
    }
    return try readAll(descriptor, name: path)
}

/// Everything until the end of a descriptor; `name` stands in the error.
func readAll(_ descriptor: Int32, name: String) throws(CommandError) -> [UInt8] {
    var whole: [UInt8] = []
    while true {
        var count = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, used in
            count = read(descriptor, buffer.baseAddress, buffer.count)
            used = max(0, count)
        }
        if count == 0 { return whole }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw unreadable(name, errno) }
        whole += chunk
    }
}

/// The names in a folder, sorted; empty when it cannot be read.
func namesInFolder(_ path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
}

/// Whether something is there, be it file or folder.
func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

private func unreadable(_ path: String, _ reason: Int32) -> CommandError {
    CommandError(
        "cannot read \(path): \(errorText(reason))",
        hint: reason == ENOENT ? "check the path" : "may this user read it?", status: 66)
}

/// Writes a new file that only this user can read.
func writeFile(_ path: String, _ text: String) throws(CommandError) { try writeFile(path, bytes: Array(text.utf8)) }

/// The same with bytes that need not be text.
func writeFile(_ path: String, bytes: [UInt8]) throws(CommandError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw CommandError("cannot write \(path): \(errorText(errno))", status: 73) }
    writeAll(descriptor, bytes: bytes)
    close(descriptor)
}

/// A new folder of this user's own, to be removed at the end.
func makeTemporaryFolder() throws(CommandError) -> String {
    var name = Array("\(environment("TMPDIR") ?? "/tmp")/healthhut-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else {
        throw CommandError(
            "cannot make a temporary folder: \(errorText(errno))", hint: "set TMPDIR to a folder with room", status: 73)
    }
    return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// Removes a folder and everything in it.
func removeFolder(_ path: String) {
    for name in namesInFolder(path) {
        if unlink("\(path)/\(name)") != 0 { removeFolder("\(path)/\(name)") }
    }
    rmdir(path)
}

/// Whether this user may read and write the file.
func isReadable(_ path: String) -> Bool { access(path, R_OK | W_OK) == 0 }

/// A path from the root, with symbolic links followed; as it was written where there is nothing.
func wholePath(_ path: String) -> String {
    guard let whole = realpath(path, nil) else { return path }
    defer { free(whole) }
    return String(cString: whole)
}

/// Whether a file is there that can be read to its end: neither a folder nor a pipe.
func isRegularFile(_ path: String) -> Bool {
    var state = stat()
    return stat(path, &state) == 0 && state.st_mode & S_IFMT == S_IFREG
}

/// Whether a folder is there.
func isFolder(_ path: String) -> Bool {
    var state = stat()
    return stat(path, &state) == 0 && state.st_mode & S_IFMT == S_IFDIR
}

/// Writes a file that only this user can read, in the place of one of that name. Under its name it is whole or it is not
/// there: it is written beside, brought to the disk, and then named.
///
/// - Throws: `CommandError` (status 73) with the system's reason; nothing is left behind.
func writeWhole(_ path: String, _ bytes: [UInt8]) throws(CommandError) {
    let draft = "\(path).part"
    // What a hut left that ended in the middle.
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unwritable(path, errno) }
    let reason = writeToDisk(descriptor, bytes)
    close(descriptor)
    if let reason {
        unlink(draft)
        throw unwritable(path, reason)
    }
    guard rename(draft, path) == 0 else {
        let reason = errno
        unlink(draft)
        throw unwritable(path, reason)
    }
}

/// The system's reason where it could not be done.
private func writeToDisk(_ descriptor: Int32, _ bytes: [UInt8]) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return errno }
        rest = rest.dropFirst(count)
    }
    return fsync(descriptor) == 0 ? nil : errno
}

private func unwritable(_ path: String, _ reason: Int32) -> CommandError {
    CommandError(
        "cannot write \(path): \(errorText(reason))", hint: "is there room, and may this user write there?", status: 73)
}
