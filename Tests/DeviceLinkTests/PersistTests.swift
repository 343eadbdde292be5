// Persist before acknowledge: the hut is killed at every moment of every exchange that could make a device forget, and
// started again; each record is on disk, once, and nothing was acknowledged that was not.
import Testing
import Vitals

@testable import DeviceLink

struct PersistTests {
    /// Every moment of an undisturbed run.
    private func moments(_ device: String, until end: Double, press: Bool) throws -> (Int, [DeviceReading]) {
        var hut = try MortalHut(device)
        if press { hut.press() }
        hut.run(until: end)
        return (hut.deeds, hut.disk)
    }

    @Test(arguments: ["beurer-bm58", "taidoc-td42xx", "onetouch-ultra2"])
    func `a memory read out by a hut that dies at any moment is on disk once`(device: String) throws {
        let (moments, undisturbed) = try moments(device, until: 60, press: false)
        #expect(undisturbed.count == 3 && undisturbed.allSatisfy { $0.memorySlot != nil })
        #expect(moments > 8)
        for moment in 1...moments {
            var hut = try MortalHut(device, dies: moment)
            hut.run(until: 90)
            #expect(hut.disk.map(\.vital) == undisturbed.map(\.vital), "killed at \(moment)")
            #expect(hut.disk.map(\.deviceTime) == undisturbed.map(\.deviceTime), "killed at \(moment)")
        }
    }

    @Test(arguments: [
        ("beurer-bm58", ["AA", "A2", "A3 "]), ("onetouch-ultra2", ["11 0D 44 4D 40 0D", "11 0D 44 4D 50 0D"]),
        ("taidoc-td42xx", ["51 22", "51 2B", "51 25", "51 26"]), ("nonin-df13", []),
    ])
    func `nothing is ever sent that could make a device forget`(device: String, allowed: [String]) throws {
        var hut = try MortalHut(device)
        hut.press()
        hut.run(until: 300)
        for (bytes, _) in hut.sent {
            let text = HexText.text(of: bytes)
            #expect(allowed.contains { text.hasPrefix($0) }, "\(text)")
        }
    }

    @Test func `a result is acknowledged once it is on disk, whenever the hut dies, and is there once`() throws {
        let device = "accuniq-bp500"
        let (moments, undisturbed) = try moments(device, until: 120, press: true)
        #expect(undisturbed.count == 1 && moments > 3)
        let table = try table(device)
        let acknowledgement = try #require(table.exchange.saved.flatMap { table.frame(of: table.blank($0.send)) })
        for moment in 1...moments {
            var hut = try MortalHut(device, dies: moment)
            hut.press()
            hut.run(until: 240)
            #expect(hut.disk.map(\.vital) == undisturbed.map(\.vital), "killed at \(moment)")
            let acknowledged = hut.sent.filter { $0.bytes == acknowledgement }
            #expect(!acknowledged.isEmpty && acknowledged.allSatisfy { $0.onDisk == 1 }, "killed at \(moment)")
        }
    }

    /// A result of the polled monitor.
    private func result() throws -> [UInt8] {
        var pressure = SimulationPlan().pressure
        pressure.mean = 103
        let reading = DeviceReading(vital: .bloodPressure(pressure), deviceTime: SimulationPlan().clock)
        return try #require(try table("accuniq-bp500").frame(of: reading))
    }

    private func token(_ steps: [Step]) throws -> Int {
        let tokens = steps.compactMap { if case .event(_, let token) = $0 { token } else { nil } }
        return try #require(tokens.first)
    }

    @Test func `a token from before the line broke acknowledges nothing`() throws {
        var conversation = Conversation(profile: try profile("accuniq-bp500"))
        _ = conversation.opened(at: at(0))
        let token = try token(conversation.receive(try result(), at: at(1)))
        _ = conversation.lost(at: at(2))
        _ = conversation.opened(at: at(3))
        #expect(conversation.saved(token, at: at(4)).isEmpty)
    }

    @Test func `a result given twice because the disk was slow is acknowledged once`() throws {
        var conversation = Conversation(profile: try profile("accuniq-bp500"))
        _ = conversation.opened(at: at(0))
        let first = try token(conversation.receive(try result(), at: at(1)))
        #expect(conversation.deadline == at(61), "it is not asked again while the disk writes")
        #expect(conversation.deadlineReached(at: at(61)).count == 1)
        let second = try token(conversation.receive(try result(), at: at(61.2)))
        #expect(conversation.saved(first, at: at(62)).count == 1)
        #expect(conversation.saved(second, at: at(63)).isEmpty, "the next one would be deleted")
    }

    @Test func `a result given again after its acknowledgement was lost is acknowledged again`() throws {
        var conversation = Conversation(profile: try profile("accuniq-bp500"))
        _ = conversation.opened(at: at(0))
        let first = try token(conversation.receive(try result(), at: at(1)))
        #expect(conversation.saved(first, at: at(1.1)).count == 1)
        let again = try token(conversation.receive(try result(), at: at(4.5)))
        #expect(conversation.saved(again, isRepeat: true, at: at(4.5)).count == 1)
    }

    @Test func `a result that crosses its acknowledgement on the line is not acknowledged twice`() throws {
        var conversation = Conversation(profile: try profile("accuniq-bp500"))
        _ = conversation.opened(at: at(0))
        let first = try token(conversation.receive(try result(), at: at(1)))
        #expect(conversation.saved(first, at: at(1.1)).count == 1)
        let crossing = try token(conversation.receive(try result(), at: at(1.2)))
        #expect(
            conversation.saved(crossing, isRepeat: true, at: at(1.2)).isEmpty, "the next one would be deleted unread")
        // It is asked again as soon as ever, not after the patience of a slow disk.
        #expect(try #require(conversation.deadline) <= at(4.2))
        // A new one of the same moment is another thing.
        let next = try token(conversation.receive(try result(), at: at(1.5)))
        #expect(conversation.saved(next, at: at(1.6)).count == 1)
    }

    @Test func `a forwarded spot check is lost only by a hut that dies with it in hand`() throws {
        // The 9560 erases what it has sent, and no acknowledgement is known: PROTOCOL.md. Everything it has not sent yet
        // comes to the hut that is started again.
        let (moments, undisturbed) = try moments("nonin-df13", until: 30, press: false)
        #expect(undisturbed.count == 3 && undisturbed.allSatisfy { $0.memorySlot != nil })
        for moment in 1...moments {
            var hut = try MortalHut("nonin-df13", dies: moment)
            hut.run(until: 60)
            let kept = undisturbed.filter { one in !hut.inHand.contains { $0.deviceTime == one.deviceTime } }
            #expect(hut.disk.map(\.deviceTime) == kept.map(\.deviceTime), "killed at \(moment)")
            #expect(hut.inHand.count <= 1)
        }
    }
}
