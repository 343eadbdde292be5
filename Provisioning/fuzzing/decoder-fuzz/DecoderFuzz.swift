// The libFuzzer target over every profile and every named decoder: whatever bytes come, nothing crashes or hangs, memory
// stays bounded, and a frame that gives a reading can be written again. Built by Provisioning/fuzz alone.
//
// The first byte chooses the profile; the second how the rest is cut. The folder of the profiles is the environment's
// HEALTHHUT_DEVICES.
import DeviceLink
import FoundationEssentials
import Glibc

/// The shelf, loaded once. A profile that does not load ends the run: the suite has failed before.
private let shelf: [FuzzedDevice] = {
    let path = ProcessInfo.processInfo.environment["HEALTHHUT_DEVICES"] ?? "./Devices"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let devices = names.sorted().compactMap { name -> FuzzedDevice? in
        guard let data = FileManager.default.contents(atPath: "\(path)/\(name)/profile.json5") else { return nil }
        do throws(ProfileError) {
            return FuzzedDevice(name: name, profile: try DeviceProfile.load(json5: Array(data), file: name))
        } catch {
            complain("\(error): \(error.hint)")
            abort()
        }
    }
    if devices.isEmpty {
        complain("no profile in \(path); HEALTHHUT_DEVICES names their folder")
        abort()
    }
    return devices
}()

/// libFuzzer's own loop. Its `main` cannot be had: the package manager gives every program one of its own.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@main struct DecoderFuzz {
    static func main() {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(runFuzzer(&count, &arguments) { fuzzOne($0, $1) })
    }
}

/// The name by which libFuzzer looks for it.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard bytes.count >= 2 else { return 0 }
    let device = shelf[Int(bytes[0]) % shelf.count]
    if let failure = device.failure(of: Array(bytes[2...]), cut: Int(bytes[1])) {
        complain("\(device.name): \(failure)")
        abort()
    }
    return 0
}

private func complain(_ line: String) {
    let bytes = Array("\(line)\n".utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}
