// A band calls for help in a whole hut: who, where, how old the place is and since when on every staff screen, a request to
// fetch help and nothing else on a resident's, and the names of who took it and what was done.

import DeviceLink
import Foundation
import Ledger
import Testing
import Vitals

@testable import healthhut

@Suite(.serialized) struct `A call for help in a whole hut` {
    private static let band = BandID(rawValue: "!433d1f2a")
    /// Within the community, by the worked frames' own numbers.
    private static let place = Position(latitudeE7: 348_123_456, longitudeE7: 1_138_765_432)

    private static func plan(sos: Bool) -> SimulationPlan {
        var plan = SimulationPlan()
        (plan.band, plan.sos) = (band, sos)
        if !sos { (plan.position, plan.batteryPercent) = (place, 71) }
        return plan
    }

    private func hut(paired: Bool = true) throws -> DayHut {
        try DayHut { ledger, at in
            let resident = Resident(
                number: "052", name: "李国强", sex: .male, birth: LocalDay(year: 1_948, month: 2, day: 1),
                phone: "13900000457")
            let key = try await DayPeople.add(resident, to: ledger, at: at)
            if paired { try await ledger.append([.bandPaired(Self.band, key, by: nil)], at: at) }
        }
    }

    /// The band tells where it is and how full, ninety minutes pass, and its button is pressed.
    private func call(_ day: DayHut, _ radio: LineSimulator) throws {
        try day.hut.up()
        let watcher = try day.hut.watcher()
        for _ in 1...3 { day.hut.pass(1) }
        _ = try watcher.line(containing: #""batteryPercent":71"#)
        day.hut.pass(5_400)
        day.hut.down()
        radio.become(Self.plan(sos: true))
        try day.hut.up()
    }

    @Test func `it rings on both desks with who, where and since when; one takes it, and what was done is on record`()
        async throws
    {
        try await onThread {
            let day = try hut()
            let radio = try LineSimulator(
                "meshtastic", at: "\(day.folder.path)/bands.line", plan: Self.plan(sos: false))
            try call(day, radio)
            let nurse = try day.hut.nurse()
            let doctor = try day.doctor()
            let booth = try TestTerminal("\(day.folder.path)/booth-1")
            try day.pass(until: "李国强", at: nurse)
            try doctor.until("李国强")
            // Minutes go by while nobody comes.
            day.hut.pass(60)
            for terminal in [nurse, doctor] {
                let text = terminal.text
                #expect(text.contains("!!") && text.contains("052号") && text.contains("手环呼救"))
                #expect(text.contains("位置 34.8123,113.8765(") && text.contains("电71%"), "\(text)")
                // The place is as old as it is, not as young as the call.
                #expect(text.contains("小时前") || text.contains("分钟前"), "\(text)")
                #expect(terminal.shows("已响", within: 0) && terminal.bells > 0, "\(text)")
            }
            let shown = try booth.until("有人求助，请帮忙叫护士")
            #expect(!shown.contains("李国强") && !shown.contains("34.8") && !shown.contains("052"))

            try day.hut.on("手环呼救", type: "t", at: doctor)
            try doctor.until("您来处理：李国强")
            let key = try day.key("052")
            let flag = try #require(try day.hut.ask { try await $0.openFlag("W-03", .resident(key)) })
            #expect(flag.takenBy?.rawValue == 2)
            // It rings nowhere any more, and the booth is a booth again.
            #expect(!nurse.settled.contains("电71%") && !booth.settled.contains("有人求助"))

            try day.hut.on("名单", type: "1c", at: doctor)
            try day.hut.on("电71%", type: "21\r", at: doctor)
            try doctor.until("关了：转诊")
            let ends = try day.facts().compactMap { fact -> String? in
                switch fact {
                case .flagTaken(flag.id, let by): "taken by \(by.rawValue)"
                case .flagClosed(flag.id, let by, let action, _, _): "closed by \(by.rawValue): \(action)"
                default: nil
                }
            }
            #expect(ends == ["taken by 2", "closed by 2: referred"])

            // Her page has the band with its battery and when it was heard.
            try day.hut.on("名单", type: "/052\r", at: nurse)
            try nurse.until("手环 ")
            let page = nurse.settled
            #expect(page.contains("手环 \(Self.band.rawValue) 电71% "), "\(page)")
            day.hut.down()
            radio.close()
        }
    }

    @Test
    func
        `a band that nobody wears calls with its place and without a name, and a place from before a wearer is not hers`()
        async throws
    {
        try await onThread {
            let day = try hut(paired: false)
            let radio = try LineSimulator(
                "meshtastic", at: "\(day.folder.path)/bands.line", plan: Self.plan(sos: false))
            try call(day, radio)
            let nurse = try day.hut.nurse()
            try day.pass(until: "位置 34.8123,113.8765(", at: nurse)
            #expect(nurse.text.contains("无名") && !nurse.text.contains("李国强"))
            // Paired after it said where it was, as another command does it: what it said before is another's place.
            let key = try day.key("052")
            try day.hut.ask { ledger in
                let now = try #require(try await ledger.newestTime())
                _ = try await ledger.append([.bandPaired(Self.band, key, by: nil)], at: now)
            }
            day.hut.down()
            try day.hut.up()
            let again = try day.hut.nurse()
            try day.pass(until: "李国强", at: again)
            let lines = again.settled.split(separator: "\n").prefix(2)
            #expect(lines.contains { $0.contains("无名") && $0.contains("34.8123,113.8765(") }, "\(lines)")
            #expect(lines.contains { $0.contains("李国强") && $0.contains("不知道在哪里") }, "\(lines)")
            day.hut.down()
            radio.close()
        }
    }
}
