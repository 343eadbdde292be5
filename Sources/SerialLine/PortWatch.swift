// Sees a device node come back the moment the kernel makes it, so that a cable pushed home is used at once and nobody
// looks for it meanwhile.
//
// inotify watches folders that exist, and /dev/serial/by-path exists only while an adapter is plugged in. So the
// deepest folder of the path that exists is watched, and the watch moves as folders come and go. What the events say
// is not read: they only mean *look again*, and what is then found is compared with what was there before. udev makes
// a node first and gives it to its group later, so a change of owner or permission counts as well.

import Glibc

/// Watches one path. Passive: wait until `descriptor` is readable, then ask `changed`.
struct PortWatch: ~Copyable {
    /// Readable when something happened in the watched folder.
    let descriptor: Int32
    private let path: String
    /// `/dev/serial/by-path`, `/dev/serial`, `/dev`, `/`.
    private let folders: [String]
    /// inotify's name for the folder that is watched; -1 while none is.
    private var watch: Int32 = -1
    private var seen: Node?

    private static let events =
        UInt32(IN_CREATE) | UInt32(IN_MOVED_TO) | UInt32(IN_DELETE) | UInt32(IN_MOVED_FROM) | UInt32(IN_ATTRIB)
        | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF) | UInt32(IN_ONLYDIR)

    /// nil where the system has no watch to give; the line's growing pause must do then.
    init?(_ path: String) {
        let parts = path.split(separator: "/")
        guard path.hasPrefix("/"), !parts.isEmpty else { return nil }
        let opened = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard opened >= 0 else { return nil }
        descriptor = opened
        self.path = path
        folders = parts.indices.reversed().map { "/" + parts[..<$0].joined(separator: "/") }
        arm()
        seen = Node(path)
    }

    deinit { close(descriptor) }

    /// Whether there was a node when last looked.
    var isThere: Bool { seen != nil }

    /// Whether the node has come, gone, or changed hands since the last call.
    mutating func changed() -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
            while read(descriptor, buffer.baseAddress, buffer.count) > 0 {}
        }
        arm()
        let before = seen
        seen = Node(path)
        return seen != before
    }

    /// Moves the watch to the deepest folder there is. Looks twice: a deeper one may have come between failing to watch
    /// it and watching its parent.
    private mutating func arm() {
        var found = watchDeepest()
        repeat {
            if watch >= 0, watch != found { inotify_rm_watch(descriptor, watch) }
            watch = found
            found = watchDeepest()
        } while found != watch
    }

    /// Watching a folder that is watched already gives the same name again.
    private func watchDeepest() -> Int32 {
        for folder in folders {
            let found = inotify_add_watch(descriptor, folder, Self.events)
            if found >= 0 { return found }
        }
        return -1
    }
}

/// What tells one node at a path from the next.
private struct Node: Equatable {
    let device: dev_t
    let number: ino_t
    let mode: mode_t
    let owner: uid_t
    let group: gid_t
    /// Moves with every change of permission.
    let changed: [Int]

    init?(_ path: String) {
        var found = stat()
        guard stat(path, &found) == 0 else { return nil }
        (device, number, mode, owner, group) = (found.st_dev, found.st_ino, found.st_mode, found.st_uid, found.st_gid)
        changed = [found.st_ctim.tv_sec, found.st_ctim.tv_nsec]
    }
}
