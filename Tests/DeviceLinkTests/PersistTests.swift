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

    @Test func `a token of a hut that died acknowledges nothing`() throws {
        let device = "accuniq-bp500"
        let table = try table(device)
        var conversation = Conversation(profile: try profile(device))
        _ = conversation.opened(at: at(0))
        let reading = DeviceReading(vital: SimulationPlan().vital(.bloodPressure), deviceTime: SimulationPlan().clock)
        var plain = SimulationPlan().pressure
        plain.mean = 103
        let frame = try #require(
            table.frame(of: reading) ?? table.frame(of: DeviceReading(vital: .bloodPressure(plain), deviceTime: reading.deviceTime)))
        let steps = conversation.receive(frame, at: at(1))
        let token = steps.lazy.compactMap { if case .event(_, let token) = $0 { token } else { nil } }.first
        _ = conversation.lost(at: at(2))
        _ = conversation.opened(at: at(3))
        #expect(conversation.saved(try #require(token), at: at(4)).isEmpty)
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
