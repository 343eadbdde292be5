// Every folder's profile loads; what is wrong in one is said with its path, not by the tests that need it.
import Testing

@testable import DeviceLink

struct FolderTests {
    @Test(arguments: CapturePair.devices)
    func `the profile of a folder loads`(device: String) throws {
        let file = devicesFolder.appending(path: "\(device)/profile.json5")
        _ = try DeviceProfile.load(json5: try bytes(of: file), file: "\(device)/profile.json5")
    }
}
