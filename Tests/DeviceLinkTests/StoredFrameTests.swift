// What lies in the ledger is enough: the bytes kept with a reading, a fault or a missing value say it again, alone.
import Testing
import Vitals

@testable import DeviceLink

struct StoredFrameTests {
    /// What a hut records of a capture, in its order.
    private func recorded(_ pair: CapturePair) throws -> [DeviceEvent] {
        var decoder = StreamDecoder(try profile(pair.device))
        let pieces = try CaptureFile(try text(of: pair.capture)).pieces
        let heard = pieces.filter { $0.direction == .fromDevice }.flatMap { decoder.push($0.bytes) }
        return (heard + decoder.lookPastStall()).compactMap(\.event)
    }

    @Test(arguments: CapturePair.all)
    func `what a capture gives is read again from its stored bytes alone`(pair: CapturePair) throws {
        let profile = try profile(pair.device)
        for event in try recorded(pair) {
            switch event {
            case .reading(let reading):
                let again = profile.says(stored: reading.raw).compactMap {
                    if case .reading(let reading) = $0 { Said(reading) } else { nil }
                }
                #expect(again.contains(Said(reading)), "\(HexText.text(of: reading.raw))")
            case .noValue(let kind, let why, let band, let raw):
                #expect(
                    profile.says(stored: raw).contains { $0.isNoValue(kind, why, band) }, "\(HexText.text(of: raw))")
            // What is set wrongly on a modem or a radio is said of a conversation, not of one frame.
            case .fault(let fault, let raw) where profile.vital != nil:
                #expect(
                    profile.says(stored: raw).contains { if case .fault(fault, _) = $0 { true } else { false } },
                    "\(HexText.text(of: raw))")
            default: break
            }
        }
    }

    /// A reading without its place in the memory, which some meters do not say and the hut counts.
    private struct Said: Equatable {
        var vital: Vital
        var time: CivilTime?
        var user: Int?
        var band: BandID?

        init(_ reading: DeviceReading) {
            (vital, time, user, band) = (reading.vital, reading.deviceTime, reading.userSlot, reading.band)
        }
    }

    @Test func `a ledger of a hut that kept a result without its head is read as well`() throws {
        let result = "R|1|^^^Glucose|101|mg/dL^P||B||202601010830\r"
        let frame = ContourFrame(number: 4, text: Array(result.utf8), isLast: false).bytes
        guard case .reading(let glucose)? = try profile("contour-astm").says(stored: frame).first else {
            Issue.record("the result is not understood")
            return
        }
        #expect(glucose.vital == .glucose(Glucose(milligramsPerDecilitre: 101, meal: .before)))
        guard case .reading(let rate)? = try profile("watch-iw").says(stored: Array("IWAP49,68#".utf8)).first else {
            Issue.record("the message is not understood")
            return
        }
        #expect(rate.vital == .pulseRate(PerMinute(68)) && rate.band == BandID(rawValue: "iw:unknown"))
    }
}

extension DeviceEvent {
    fileprivate func isNoValue(_ kind: VitalKind, _ why: NoValueClass, _ band: BandID?) -> Bool {
        if case .noValue(kind, why, band, _) = self { true } else { false }
    }
}
