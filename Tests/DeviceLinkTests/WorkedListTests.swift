// The worked frames of the reference documents that stand in no capture, each with the reason in a word: so that a frame
// is left out on purpose, and makes no value when it comes all the same.
import Testing

@testable import DeviceLink

struct WorkedListTests {
    /// Why a worked frame is in no capture.
    enum Reason: String {
        /// Another data format, which this profile does not set.
        case otherFormat
        /// A device or module of another make with the same layout.
        case otherModel
        /// A command, or the answer to one, that the hut never says.
        case neverSaid
    }

    private static let rows: [(String, String, Reason)] = [
        ("nonin-df2", "81 80 00 00 01", .otherFormat), ("nonin-df2", "80 84 D2 48 1E", .otherFormat),
        ("nonin-df2", "02 F5 04 04 00 01 05 03", .neverSaid),
        ("par-nibp2020", "FD 30 31 3B 3B 44 37 FE 0D", .otherModel),
        ("suntech-advantage", "3E 07 01 8E 00 00 2C", .otherModel),
        ("suntech-advantage", "3A 79 11 00 3C", .neverSaid), ("suntech-advantage", "3A 17 A0 00 0F", .neverSaid),
        ("suntech-advantage", "3A 79 02 40 0B", .neverSaid), ("taidoc-td42xx", "51 50 00 00 00 00 A3 44", .neverSaid),
    ]

    @Test(arguments: rows)
    func `a worked frame that is left out stands in no capture and gives no value`(
        device: String, frame: String, reason: Reason
    ) throws {
        let bytes = try hex(frame)
        for pair in CapturePair.all where pair.device == device {
            let pieces = try CaptureFile(try text(of: pair.capture)).pieces
            #expect(!pieces.contains { $0.bytes == bytes }, "\(pair.testDescription) has it: take it off the list")
        }
        let lines = try lines(device, [bytes]).lines
        #expect(!lines.contains { $0.contains(#""vital""#) }, "\(reason.rawValue): \(lines)")
    }
}
