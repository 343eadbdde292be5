// The hut's side of a line, with time as a parameter: nothing here sleeps.
import Testing
import Vitals

@testable import DeviceLink

private let connect = "CC 80 03 03 01 01 00 00"
private let connected = "AA 80 03 03 01 01 00 00"
private let start = "CC 80 03 03 01 02 00 03"
private let started = "AA 80 03 03 01 02 00 03"
private let stop = "CC 80 03 03 01 03 00 02"
private let stopped = "AA 80 03 03 01 03 00 02"
private let pressure = "AA 80 03 04 01 05 00 9E 9D"
private let result = "AA 80 03 0F 01 06 01 13 07 02 0F 0B 1C 00 8B 00 66 00 48 A1"
private let error = "AA 80 03 03 01 07 0F 09"

extension Conversation {
    fileprivate mutating func hear(_ frame: String, at seconds: Double) throws -> [Step] {
        receive(try hex(frame), at: DeviceLinkTests.at(seconds))
    }
}

private let reading =
    #"{"vital":"bloodPressure","systolic":139,"diastolic":102,"pulse":72,"deviceTime":"2019-07-02T15:11:28"}"#
private let leak = #"{"fault":"deviceError","code":"0F","meaning":"system leak"}"#

struct CuffConversationTests {
    /// A cuff that has been greeted and has answered.
    private func greeted() throws -> Conversation {
        var conversation = Conversation(profile: try profile("maibobo"))
        #expect(sent(conversation.opened(at: at(0))) == [connect])
        #expect(try conversation.hear(connected, at: 0.1) == [])
        #expect(conversation.health == .talking)
        #expect(conversation.deadline == nil)
        return conversation
    }

    @Test func `a measurement the hut starts begins with the echo and ends with the result`() throws {
        var cuff = try greeted()
        #expect(sent(cuff.startMeasurement(at: at(1))) == [start])
        #expect(!cuff.isMeasuring)
        #expect(try told(cuff.hear(started, at: 1.1)) == ["started"])
        #expect(cuff.isMeasuring)
        #expect(try told(cuff.hear(pressure, at: 2)) == [#"{"cuffPressure":158}"#])
        #expect(try told(cuff.hear(result, at: 36)) == [reading])
        #expect(!cuff.isMeasuring)
        #expect(cuff.deadline == nil)
    }

    @Test func `live pressure without a start of ours is a start at the machine`() throws {
        var cuff = try greeted()
        #expect(try told(cuff.hear(pressure, at: 5)) == ["started", #"{"cuffPressure":158}"#])
        #expect(try told(cuff.hear(pressure, at: 5.2)) == [#"{"cuffPressure":158}"#])
        #expect(try told(cuff.hear(result, at: 40)) == [reading])
    }

    @Test func `an error code ends the measurement and is told once`() throws {
        var cuff = try greeted()
        _ = cuff.startMeasurement(at: at(1))
        _ = try cuff.hear(started, at: 1.1)
        #expect(try told(cuff.hear(error, at: 20)) == [leak])
        #expect(!cuff.isMeasuring)
        #expect(cuff.tally.faults == 1)
    }

    @Test func `a cuff that lets go is not a new measurement`() throws {
        var cuff = try greeted()
        _ = try cuff.hear(pressure, at: 5)
        _ = try cuff.hear(result, at: 40)
        #expect(try told(cuff.hear(pressure, at: 41)) == [#"{"cuffPressure":158}"#])
        #expect(!cuff.isMeasuring)
        #expect(try told(cuff.hear(pressure, at: 44)) == ["started", #"{"cuffPressure":158}"#])
    }

    @Test func `without a result after 120 seconds the measurement has failed`() throws {
        var cuff = try greeted()
        _ = cuff.startMeasurement(at: at(1))
        _ = try cuff.hear(started, at: 2)
        #expect(cuff.deadline == at(122))
        #expect(cuff.deadlineReached(at: at(121.9)) == [])
        #expect(told(cuff.deadlineReached(at: at(122))) == ["failed: silent"])
        #expect(cuff.health == .silent)
    }

    @Test func `a stop is said, echoed, and ends the measurement`() throws {
        var cuff = try greeted()
        _ = cuff.startMeasurement(at: at(1))
        _ = try cuff.hear(started, at: 1.1)
        #expect(sent(cuff.stopMeasurement(at: at(9))) == [stop])
        #expect(cuff.isMeasuring)
        #expect(try told(cuff.hear(stopped, at: 9.1)) == ["failed: stopped"])
        #expect(try told(cuff.hear(pressure, at: 9.5)) == [#"{"cuffPressure":158}"#])
        #expect(!cuff.isMeasuring)
    }

    @Test func `a stop nobody echoes is said three times`() throws {
        var cuff = try greeted()
        _ = try cuff.hear(pressure, at: 3)
        var said = sent(cuff.stopMeasurement(at: at(4))).count
        while let deadline = cuff.deadline, deadline < at(60) { said += sent(cuff.deadlineReached(at: deadline)).count }
        #expect(said == 3)
        #expect(cuff.isMeasuring, "the air may still be in the cuff")
    }

    @Test func `a device that does not answer is greeted three times, then ever more rarely`() throws {
        var cuff = Conversation(profile: try profile("maibobo"))
        _ = cuff.opened(at: at(0))
        var greetings: [Double] = []
        while let deadline = cuff.deadline, deadline < at(3_600) {
            if !sent(cuff.deadlineReached(at: deadline)).isEmpty {
                greetings.append(Double(deadline.nanoseconds) / 1e9)
            }
        }
        #expect(Array(greetings.prefix(5)) == [2, 4, 36, 38, 40])
        #expect(greetings.count < 40, "an idle hut must sleep")
        #expect(cuff.health == .silent)
        #expect(try cuff.hear(connected, at: 3_601) == [])
        #expect(cuff.health == .talking)
    }

    @Test func `a start that is not answered fails, and the device is greeted again`() throws {
        var cuff = try greeted()
        _ = cuff.startMeasurement(at: at(1))
        #expect(told(cuff.deadlineReached(at: at(3))) == ["failed: silent"])
        #expect(cuff.health == .silent)
        #expect(sent(cuff.startMeasurement(at: at(4))) == [connect])
        #expect(try sent(cuff.hear(connected, at: 4.1)) == [start])
    }

    @Test func `a start before the greeting is answered waits for it`() throws {
        var cuff = Conversation(profile: try profile("maibobo"))
        _ = cuff.opened(at: at(0))
        #expect(sent(cuff.startMeasurement(at: at(0.5))) == [])
        #expect(try sent(cuff.hear(connected, at: 1)) == [start])
    }

    @Test func `a start taken back before it was said is never said`() throws {
        var cuff = Conversation(profile: try profile("maibobo"))
        _ = cuff.opened(at: at(0))
        _ = cuff.startMeasurement(at: at(0.5))
        #expect(told(cuff.stopMeasurement(at: at(0.6))) == ["failed: stopped"])
        #expect(try sent(cuff.hear(connected, at: 1)) == [stop])
    }

    @Test func `two presses of the key are one start`() throws {
        var cuff = try greeted()
        #expect(sent(cuff.startMeasurement(at: at(1))) == [start])
        #expect(cuff.startMeasurement(at: at(1.05)) == [])
        _ = try cuff.hear(started, at: 1.1)
        #expect(cuff.startMeasurement(at: at(1.2)) == [])
    }

    @Test func `pressure in place of the echo is an answer, too`() throws {
        var cuff = try greeted()
        _ = cuff.startMeasurement(at: at(1))
        #expect(try told(cuff.hear(pressure, at: 1.5)) == ["started", #"{"cuffPressure":158}"#])
        #expect(told(cuff.deadlineReached(at: at(3))) == [])
        #expect(cuff.isMeasuring)
    }

    @Test func `a line that breaks while measuring says so, and a half frame is forgotten`() throws {
        var cuff = try greeted()
        _ = try cuff.hear(pressure, at: 3)
        _ = try cuff.hear("AA 80 03 0F 01 06", at: 4)
        #expect(told(cuff.lost(at: at(5))) == ["failed: lineLost"])
        #expect(cuff.openedAt == nil && cuff.deadline == nil)
        #expect(cuff.startMeasurement(at: at(6)).isEmpty == false)
        #expect(sent(cuff.opened(at: at(7))) == [connect])
        #expect(try told(cuff.hear(result, at: 8)) == [reading])
    }

    @Test func `a torn frame does not hide the short one behind it`() throws {
        var cuff = try greeted()
        _ = try cuff.hear(pressure, at: 3)
        #expect(try cuff.hear("AA 80 03 0F" + error, at: 4) == [])
        let deadline = try #require(cuff.deadline)
        #expect(deadline == at(5))
        #expect(told(cuff.deadlineReached(at: deadline)) == [leak])
    }

    @Test func `a pause in the middle of a frame costs nothing`() throws {
        var cuff = try greeted()
        let (first, second) = (result.prefix(29), result.dropFirst(29))
        _ = try cuff.hear(String(first), at: 4)
        #expect(told(cuff.deadlineReached(at: at(5))) == [])
        #expect(try told(cuff.hear(String(second), at: 7)) == [reading])
    }

    @Test func `a wrong baud rate is babble, never a reading, until a frame is heard`() throws {
        var cuff = try greeted()
        let garbage = SimulatedFault.garbled(Array(repeating: 0xAA, count: 80))
        #expect(told(cuff.receive(garbage, at: at(2))) == [])
        #expect(cuff.health == .babbling)
        #expect(cuff.tally.noiseBytes == 80)
        _ = try cuff.hear(connected, at: 3)
        #expect(cuff.health == .talking)
    }

    @Test func `a reading that deletes itself is acknowledged once, and only when it is saved`() throws {
        let text = try text(of: devicesFolder.appending(path: "maibobo/profile.json5"))
            .replacing("measure: {", with: "saved: { after: 'result', send: 'stop' }, measure: {")
        var cuff = Conversation(profile: try DeviceProfile.load(json5: Array(text.utf8), file: "test"))
        _ = cuff.opened(at: at(0))
        _ = try cuff.hear(connected, at: 0.1)
        let steps = try cuff.hear(result, at: 1)
        guard case .event(.reading, let token?) = steps.first else {
            Issue.record("no token in \(steps)")
            return
        }
        #expect(sent(steps) == [])
        #expect(sent(cuff.saved(token, at: at(2))) == [stop])
        #expect(cuff.saved(token, at: at(3)) == [])
        #expect(cuff.saved(token + 1, at: at(3)) == [])
    }
}

struct ListenerConversationTests {
    private let line = Array("2026,07,11,09,05,                    ,0,120,080,072,0\r\n".utf8)

    @Test func `a monitor that only pushes is neither asked nor started`() throws {
        var cuff = Conversation(profile: try profile("omron-hbp-9030"))
        #expect(cuff.opened(at: at(0)) == [])
        #expect(cuff.health == .quiet)
        #expect(cuff.deadline == nil)
        #expect(told(cuff.startMeasurement(at: at(1))) == ["failed: cannotStart"])
        let steps = cuff.receive(line, at: at(2))
        #expect(told(steps).count == 1)
        #expect(!told(steps).contains("started"))
    }

    @Test func `two halves of two people's lines never make one reading`() throws {
        var cuff = Conversation(profile: try profile("omron-hbp-9030"))
        _ = cuff.opened(at: at(0))
        let other = Array("2026,07,11,09,35,                    ,0,181,111,099,0\r\n".utf8)
        for cut in 1..<53 {
            var cuff = cuff
            _ = cuff.receive(Array(line.prefix(cut)), at: at(1))
            #expect(told(cuff.receive(Array(other.dropFirst(cut)), at: at(31))).isEmpty, "cut at \(cut)")
            #expect(cuff.tally.faults > 0)
        }
    }

    @Test func `the profile says what attribution must know`() throws {
        let omron = try profile("omron-hbp-9030")
        #expect(omron.shows == .result && !omron.canBeStarted && omron.vital == .bloodPressure)
        #expect(omron.measureAtLeast == .seconds(20) && omron.measureWithin == .seconds(120))
        #expect(omron.startUpWindow == .seconds(15) && omron.source == .cuffStation)
        let maibobo = try profile("maibobo")
        #expect(maibobo.shows == .start && maibobo.canBeStarted && maibobo.line.alsoSeen == [115_200])
        let radio = try profile("meshtastic")
        #expect(radio.kind == .wristbandRadio && radio.vital == nil && !radio.canBeStarted && radio.source == .wearable)
    }
}
