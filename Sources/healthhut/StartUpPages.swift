// A start touches four times as much code as a running hut: JSON5, settings, the runtime's tables of types. Those pages
// stay mapped although nobody comes back to them, and count as this program's memory. They are clean copies of the
// program's file; the few that are needed again come back from the page cache by themselves.

import Glibc

/// Unmaps the pages of this program's own code; the next use of one brings it back.
func giveBackStartUpPages() {
    guard let maps = fopen("/proc/self/maps", "re"), let program = ownPath() else { return }
    defer { fclose(maps) }
    var line = [CChar](repeating: 0, count: 4_352)
    while fgets(&line, Int32(line.count), maps) != nil {
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // `55d0c0a00000-55d0c1900000 r-xp 00000000 fe:00 4711    /usr/bin/healthhut`
        let words = text.split { $0 == " " || $0 == "\n" }
        guard words.count == 6, words[1] == "r-xp", words[5] == program else { continue }
        let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        guard ends.count == 2, let start = UnsafeMutableRawPointer(bitPattern: ends[0]) else { continue }
        madvise(start, Int(ends[1] - ends[0]), MADV_DONTNEED)
    }
}

private func ownPath() -> String? {
    var path = [CChar](repeating: 0, count: 4_096)
    let length = readlink("/proc/self/exe", &path, path.count)
    return length > 0 ? String(decoding: path[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
}
