// A cable is pulled and pushed back, under the same name or another: none of it may be missed, none of it seen twice.

import Glibc
import Testing

@testable import SerialLine

@Suite struct `watching a device node` {
    @Test func `its coming, going and changing hands are seen once each`() throws {
        let folder = try Folder()
        let node = folder.path + "/ttyUSB0"
        let watch = try Watched(node)
        #expect(watch.changed() == false)

        try write(node)
        #expect(watch.changed() == true)
        #expect(watch.isThere)
        #expect(watch.changed() == false)

        #expect(chmod(node, 0o600) == 0)
        #expect(watch.changed() == true)

        #expect(unlink(node) == 0)
        #expect(watch.changed() == true)
        #expect(!watch.isThere)
    }

    @Test func `a neighbour's coming wakes the watch and is not taken for the node's`() throws {
        let folder = try Folder()
        let watch = try Watched(folder.path + "/ttyUSB0")
        try write(folder.path + "/ttyUSB1")
        #expect(watch.isReadable)
        #expect(watch.changed() == false)
        #expect(!watch.isReadable)
    }

    @Test func `gone and back between two looks is a change`() throws {
        let folder = try Folder()
        let node = folder.path + "/ttyUSB0"
        try write(node)
        let watch = try Watched(node)
        #expect(unlink(node) == 0)
        try write(node)
        #expect(watch.changed() == true)
        #expect(watch.isThere)
    }

    @Test func `folders that come and go with the adapter are followed down and up`() throws {
        let folder = try Folder()
        let serial = folder.path + "/serial"
        let byPath = serial + "/by-path"
        let node = byPath + "/cuff"
        let watch = try Watched(node)
        for _ in 0..<2 {
            #expect(mkdir(serial, 0o755) == 0)
            #expect(watch.isReadable)
            #expect(watch.changed() == false)
            #expect(mkdir(byPath, 0o755) == 0)
            #expect(watch.isReadable)
            #expect(watch.changed() == false)
            try write(node)
            #expect(watch.isReadable)
            #expect(watch.changed() == true)

            #expect(unlink(node) == 0 && rmdir(byPath) == 0 && rmdir(serial) == 0)
            #expect(watch.isReadable)
            #expect(watch.changed() == true)
            // What is left to read is the watch's own moving about.
            #expect(watch.changed() == false)
        }
    }

    @Test func `a link whose port has gone is not there`() throws {
        let folder = try Folder()
        let link = folder.path + "/cuff"
        try write(folder.path + "/ttyUSB0")
        #expect(symlink("ttyUSB0", link) == 0)
        let watch = try Watched(link)
        #expect(watch.isThere)
        #expect(unlink(folder.path + "/ttyUSB0") == 0)
        let later = try Watched(link)
        #expect(!later.isThere)
    }

    @Test func `nothing to watch is no watch`() {
        for path in ["ttyUSB0", "/", ""] { #expect(PortWatch(path) == nil) }
    }

    private func write(_ path: String) throws(SystemError) {
        let made = open(path, O_CREAT | O_WRONLY, 0o644)
        guard made >= 0 else { throw SystemError(errno) }
        close(made)
    }
}

/// A watch with the descriptor that it needs.
private final class Watched {
    private var watch: PortWatch

    init(_ path: String) throws(SystemError) {
        guard let watch = PortWatch(path) else { throw SystemError(errno) }
        self.watch = watch
    }

    deinit { close(watch.descriptor) }

    var isThere: Bool { watch.isThere }

    var isReadable: Bool {
        var state = pollfd(fd: watch.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&state, 1, 0) == 1
    }

    func changed() -> Bool { watch.changed() }
}
