// How fast every device of a folder is framed and decoded, and what noise costs. The bytes are the device's own good
// capture, over and over, in pieces as large as a read of the line; what is measured ends where the hut begins.

import DeviceLink
import Glibc

/// Bytes of one push: what the hut reads from a line at most.
private let piece = 4 << 10

/// Prints one line a device: megabytes a second of its good capture, best of three.
func decodeAll(_ folder: String, megabytes: Int) throws {
    var slowest = Double.infinity
    for device in try devices(in: folder) {
        let profile = try profile(device, in: folder)
        let speeds = try (0..<3).map { _ in try speed(of: device, profile, in: folder, megabytes: megabytes) }
        let best = speeds.max() ?? 0
        slowest = min(slowest, best)
        say(device, best)
    }
    say("slowest", slowest)
}

/// Prints megabytes a second of noise for one profile, over so many mebibytes; fails when more than a frame is kept.
func noise(profile path: String, mebibytes: Int) throws {
    var report = DecodeReport(profile: try DeviceProfile.load(json5: try contents(path), file: path), settle: true)
    var noise = [UInt8](repeating: 0, count: 1 << 20)
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    var spent = 0.0
    for _ in 0..<mebibytes {
        for index in noise.indices {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            noise[index] = UInt8(truncatingIfNeeded: state >> 24)
        }
        let began = secondsWorked()
        _ = report.count(noise)
        spent += secondsWorked() - began
        guard report.keptBytes <= 8_192 else { HutBench.fail("\(report.keptBytes) bytes are kept", hint: "a bug") }
    }
    say("noise", Double(mebibytes << 20) / 1_000_000 / spent)
}

private func speed(of device: String, _ profile: DeviceProfile, in folder: String, megabytes: Int) throws -> Double {
    let text = String(decoding: try contents("\(folder)/\(device)/good.capture"), as: UTF8.self)
    let sent = try CaptureFile(text).deviceBytes
    guard !sent.isEmpty else { throw Usage() }
    let copies = max(1, piece / sent.count)
    let bytes = Array(repeatElement(sent, count: copies).joined())
    // As the hut hears it: of a stream what has settled, not every sample.
    var report = DecodeReport(profile: profile, settle: true)
    let rounds = max(1, megabytes * 1_000_000 / bytes.count)
    let began = secondsWorked()
    for _ in 0..<rounds { _ = report.count(bytes) }
    let seconds = secondsWorked() - began
    guard report.tally.frames >= rounds * copies else {
        HutBench.fail("\(device): \(report.summary)", hint: "its good capture is not understood")
    }
    return Double(rounds * bytes.count) / 1_000_000 / seconds
}

/// Seconds this process has worked on a core: what others do on it meanwhile does not count.
private func secondsWorked() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

private func devices(in folder: String) throws -> [String] {
    guard let handle = opendir(folder) else { throw Usage() }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if !name.hasPrefix("."), access("\(folder)/\(name)/profile.json5", R_OK) == 0 { names.append(name) }
    }
    return names.sorted()
}

private func profile(_ device: String, in folder: String) throws -> DeviceProfile {
    let file = "\(folder)/\(device)/profile.json5"
    return try DeviceProfile.load(json5: try contents(file), file: file)
}

func contents(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else { throw Usage() }
    defer { fclose(file) }
    var text = [UInt8](repeating: 0, count: 1 << 20)
    text.removeLast(text.count - fread(&text, 1, text.count, file))
    return text
}
