// Contour: the worked frames, records of all makes, what is skipped, what is beyond range, the two layers.
import Testing
import Vitals

@testable import DeviceLink

private func glucose(_ milligrams: Int, _ meal: Glucose.Meal? = nil) -> Vital {
    .glucose(Glucose(milligramsPerDecilitre: milligrams, meal: meal))
}

struct ContourTests {
    @Test(arguments: [
        (1, "H|\\^&|||Bayer7390|||||||P|1|20260101083000", false, "C7"), (2, "P|1", false, "53"),
        (3, "R|1|^^^Glucose|101|mg/dL^P||B||202601010830", false, "32"), (4, "L|1||N", true, "83"),
    ])
    func `a worked frame has its sum`(number: Int, text: String, isLast: Bool, sum: String) throws {
        let frame = ContourFrame(number: number, text: Array(text.utf8) + [0x0D], isLast: isLast)
        #expect(frame.bytes.dropLast(2).suffix(2).elementsEqual(sum.utf8))
        #expect(ContourFrame(frame.bytes[...]) == frame)
    }

    /// The records behind header, patient and average, and what they give.
    @Test(arguments: [
        ("R|1|^^^Glucose|101|mg/dL^P||B||202601010830", glucose(101, .before)),
        ("R|1|^^^Glucose|101|mg/dL^P||A/X||202601010830", glucose(101, .after)),
        ("R|1|^^^Glucose|101|mg/dL^P||M0/T1||20260101083015", glucose(101)),
        ("R|1|^^^Glucose|5.6|mmol/L^P||||202601010830", .glucose(Glucose(micromolesPerLitre: 5_600))),
        ("R|1|^^^Glucose|90|mg/dL^P|||B|||||202601010830", glucose(90, .before)),
    ])
    func `a result gives its value`(record: String, vital: Vital) throws {
        let events = try events([record])
        guard case .reading(let reading) = try #require(events.first), events.count == 1 else {
            Issue.record("no reading")
            return
        }
        #expect(reading.vital == vital && reading.memorySlot == 1)
        #expect(reading.deviceTime?.minute == 30)
    }

    @Test(arguments: [
        ("R|1|^^^Glucose|600|mg/dL^P||>||202601010830", NoValueClass.aboveRange),
        ("R|1|^^^Glucose|10|mg/dL^P||</B||202601010830", .belowRange),
    ])
    func `beyond what it measures the limit is no value`(record: String, why: NoValueClass) throws {
        guard case .noValue(.glucose, let said, _, _) = try #require(try events([record]).first) else {
            Issue.record("a value was made up")
            return
        }
        #expect(said == why)
    }

    @Test(arguments: [
        "R|1|^^^Glucose|118|mg/dL^P||C||202601010830", "R|1|^^^Glucose|118|mg/dL^P||||E||||202601010830",
    ])
    func `control solution is skipped`(record: String) throws { #expect(try events([record]).isEmpty) }

    @Test(arguments: [
        "R|1|^^^Glucose|3|mg/dL^P||||202601010830", "R|1|^^^Ketone|1.2|mmol/L^P||||202601010830",
        "R|1|^^^Glucose|101|g/L^P||||202601010830", "R|1|^^^Glucose|+101|mg/dL^P||||202601010830",
        "R|1|^^^Glucose|101|mg/dL^P||||2026",
    ])
    func `a result that cannot be is a fault`(record: String) throws {
        guard case .fault = try #require(try events([record]).first) else {
            Issue.record("no fault")
            return
        }
    }

    @Test func `the first result is the average and is nobody's`() throws {
        let frames = ContourFrame.transfer(of: [])
        #expect(frames.count == 3)
        let worked = try heard("contour-astm", session(["R|1|^^^Glucose|101|mg/dL^P||B||202601010830"], average: nil))
        #expect(worked.events.isEmpty && worked.tally.frames == 6)
    }

    @Test func `a header may choose its own delimiters`() throws {
        let records = [
            "H!~@&!!!Bayer7390", "P!1", "R!0!@@@Glucose!99!mg/dL@P!!!!202601010830",
            "R!1!@@@Glucose!101!mg/dL@P!!!!202601010830",
        ]
        let bytes = records.enumerated().flatMap {
            ContourFrame(number: ($0 + 1) & 7, text: Array($1.utf8) + [0x0D], isLast: false).bytes
        }
        #expect(try heard("contour-astm", bytes).events.count == 1)
    }

    @Test func `a record across two frames is one, a frame sent twice is one`() throws {
        let text = Array("R|1|^^^Glucose|101|mg/dL^P||B||202601010830\r".utf8)
        let head = session([], average: "R|0|^^^Glucose|99|mg/dL^P||||202601010830", isOver: false)
        let first = ContourFrame(number: 4, text: Array(text.prefix(20)), isLast: false).bytes
        let second = ContourFrame(number: 5, text: Array(text.dropFirst(20)), isLast: false).bytes
        #expect(try heard("contour-astm", head + first + second).events.count == 1)
        #expect(try heard("contour-astm", head + first + first + second + second).events.count == 1)
    }

    @Test func `the hut enters remote mode, leaves it, and acknowledges each frame once`() throws {
        var bench = try DialectBench("contour-astm")
        bench.run(until: 1)
        let controls = bench.sent.map { $0.count == 1 ? ContourControl(rawValue: $0[0]) : nil }
        let reading: [ContourControl?] = [.acknowledge] + [ContourControl?](repeating: .acknowledge, count: 7)
        // It is read when the line opens, and once more because the meter calls.
        #expect(controls == [.refuse, .enquiry, .end] + reading + [.refuse, .enquiry, .end] + reading)
        #expect(bench.readings.count == 3)
    }

    private func events(_ records: [String]) throws -> [DeviceEvent] {
        try heard("contour-astm", session(records, average: "R|0|^^^Glucose|99|mg/dL^P||||202601010830")).events
    }

    private func session(_ records: [String], average: String?, isOver: Bool = true) -> [UInt8] {
        let all = ["H|\\^&|||Bayer7390|||||||P|1|20260101083000", "P|1"] + (average.map { [$0] } ?? []) + records
        let frames = (all + (isOver ? ["L|1||N"] : [])).enumerated().flatMap {
            ContourFrame(number: ($0 + 1) & 7, text: Array($1.utf8) + [0x0D], isLast: false).bytes
        }
        return [0x05] + frames + (isOver ? [0x04] : [])
    }
}
