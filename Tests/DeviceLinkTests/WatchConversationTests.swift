// What the hut sends to a watch, and when.
import Testing
import Vitals

@testable import DeviceLink

private let login = "IWAP00353456789012345#"

/// What a conversation with a watch sends and waits for.
struct WatchConversationTests {
    private func opened(_ device: String) throws -> Conversation {
        var hut = Conversation(profile: try profile(device))
        hut.told(HutTime(milliseconds: 1_767_256_200_000))
        #expect(hut.opened(at: at(0)).isEmpty, "a watch is never asked")
        return hut
    }

    private func sent(_ steps: [Step]) -> [String] {
        steps.compactMap { if case .send(let bytes) = $0 { String(decoding: bytes, as: UTF8.self) } else { nil } }
    }

    @Test(arguments: [
        ("[SG*8800000015*0002*LK]", "[SG*8800000015*0002*LK]"),
        ("[3G*4700186508*000B*LK,0,10,100]", "[3G*4700186508*0002*LK]"),
        ("[ZJ*5678901234*0007*0002*LK]", "[ZJ*5678901234*0007*0002*LK]"),
        ("[3G*4700186508*0003*TKQ]", "[3G*4700186508*0003*TKQ]"),
        ("[3G*4700186508*0006*INIT,1]", "[3G*4700186508*0006*INIT,1]"),
        ("[3G*4700186508*0009*LK,0,10,100]", "[3G*4700186508*0002*LK]"),
    ])
    func `a watch gets the answer it waits for, in its own envelope`(message: String, answer: String) throws {
        var hut = try opened("watch-3g")
        #expect(sent(hut.receive(Array(message.utf8), at: at(1))) == [answer])
        #expect(hut.health == .talking)
    }

    @Test func `values are not answered by the one family, and all by the other`() throws {
        var first = try opened("watch-3g")
        #expect(sent(first.receive(Array("[3G*6005412902*0008*heart,71]".utf8), at: at(1))).isEmpty)
        var second = try opened("watch-iw")
        #expect(sent(second.receive(Array("IWAP49,68#".utf8), at: at(1))).isEmpty, "nobody has logged in")
        let steps = second.receive(Array((login + "IWAP49,68#IWAPHP,60,130,85,95,90,36.5,,,,,,,#").utf8), at: at(2))
        #expect(sent(steps) == ["IWBP00,20260101083000,0#", "IWBP49#", "IWBPHP#"])
    }

    @Test(arguments: [
        (
            "watch-3g", "[3G*6907919734*003e*AL_LTE,170525,214118,V,0,N,0,E,0,0,0,0,0,22,0,0,00010000,0,0,0]",
            "[3G*6907919734*0002*AL]"
        ),
        (
            "watch-iw",
            login + "IWAP10080524V0000.0000N00000.0000E000.0061830000.0006000009000502,460,0,9520,3671,01,zhcn,00#",
            "IWBP10#"
        ),
    ])
    func `a call for help is answered once it is on disk, and once`(device: String, call: String, answer: String) throws
    {
        var hut = try opened(device)
        let steps = hut.receive(Array(call.utf8), at: at(1))
        #expect(!sent(steps).contains(answer))
        let token = try #require(
            steps.compactMap { if case .event(.signal(.sos, _, _, _), let token) = $0 { token } else { nil } }.first)
        #expect(sent(hut.saved(token, at: at(2))) == [answer])
        #expect(hut.saved(token, at: at(3)).isEmpty)
    }

    @Test func `an answer of an older line is not sent on a new one`() throws {
        var hut = try opened("watch-3g")
        let steps = hut.receive(Array("[3G*4700186508*0002*AL]".utf8), at: at(1))
        let token = try #require(steps.compactMap { if case .event(_, let token) = $0 { token } else { nil } }.first)
        _ = hut.lost(at: at(2))
        _ = hut.opened(at: at(3))
        #expect(hut.saved(token, at: at(4)).isEmpty)
        let again = hut.receive(Array("[3G*4700186508*0002*AL]".utf8), at: at(5))
        #expect(!again.contains { if case .event(_, token) = $0 { true } else { false } }, "a token is given once")
    }

    @Test func `a watch that has fallen silent is said to be`() throws {
        var hut = try opened("watch-3g")
        #expect(hut.health == .quiet && hut.deadline == nil)
        _ = hut.receive(Array("[SG*8800000015*0002*LK]".utf8), at: at(0))
        #expect(hut.deadline == at(1_200))
        _ = hut.deadlineReached(at: at(1_200))
        #expect(hut.health == .silent)
        _ = hut.receive(Array("[SG*8800000015*0002*LK]".utf8), at: at(1_300))
        #expect(hut.health == .talking)
    }
}
