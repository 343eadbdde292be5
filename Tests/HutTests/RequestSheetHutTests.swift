// Who asks for a visit or a call must be on the paper that somebody leaves the hut with, whatever the rules say of her.

import Ledger
import Testing
import Vitals

@testable import healthhut

@Suite(.serialized) struct `What residents asked for, on paper` {
    @Test func `a visit stands on the visits and a call on the calls, once, although no rule lists anybody`()
        async throws
    {
        try await onThread {
            let day = try DayHut { ledger, at in
                for (number, name) in [("021", "赵凤华"), ("047", "张桂芳")] {
                    let key = try await DayPeople.add(Resident(number: number, name: name), to: ledger, at: at)
                    let what = number == "047" ? ResidentRequest.homeVisit : .call
                    try await ledger.append([.request(key, what), .request(key, what)], at: at)
                }
            }
            try day.hut.up()
            let nurse = try day.hut.nurse()
            try day.hut.on("名单上没有要办的", type: "p", at: nurse)
            let calls = try nurse.until("电话单 1号")
            #expect(calls.contains("自己留言请打电话") && calls.contains("赵凤华") && !calls.contains("张桂芳"))
            try day.hut.on("电话单 1号", type: "2", at: nurse)
            let visits = try nurse.until("上门单 1号")
            #expect(visits.contains("自己留言请上门") && !visits.contains("赵凤华"))
            #expect(visits.split(separator: "\n").count { $0.contains("张桂芳") } == 1)
            day.hut.down()
        }
    }
}
