// A row number means the row she saw (H-01). The list is alive: readings come, colleagues close rows; so a number may be
// typed while the list moves, or just after it has.

import Kiosk
import Testing
import TextScreen
import Vitals

@Suite struct `A row number means the row that was seen` {
    /// A list that can move, how it is reached, and a number with the key that acts on it.
    struct Moving: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reach: String
        let typed: String
        /// The row that stood first is gone: everybody else has another number.
        let move: @Sendable (inout StaffRig) -> Void
        let acts: @Sendable (StaffRig) -> Bool
        var role = StaffRole.nurse
    }

    static let lists = [
        Moving(
            testDescription: "worklist", reach: "", typed: "3t",
            move: { rig in
                rig.hut.worklist.rows.removeFirst()
                rig.tell(.worklist(rig.hut.worklist))
            }, acts: { $0.acts == [.take(StaffSamples.fact(4))] }),
        Moving(
            testDescription: "unclaimed readings", reach: "u", typed: "1x1\n",
            move: { rig in
                rig.hut.unclaimed.removeFirst()
                rig.tell(.unclaimed(rig.hut.unclaimed))
            }, acts: { $0.acts == [.discard(StaffSamples.fact(902), .test, note: "")] }),
        Moving(
            testDescription: "requests", reach: "r", typed: "1a1\n",
            move: { rig in
                rig.hut.requests.removeFirst()
                rig.tell(.desk(.requests(rig.hut.requests)))
            },
            acts: { rig in
                guard case .desk(.answerRequest(let request, _))? = rig.acts.first else { return false }
                return request == StaffSamples.requests[1].request
            }),
        Moving(
            testDescription: "newcomers", reach: "n", typed: "1y",
            move: { rig in
                rig.hut.newcomers.removeFirst()
                rig.tell(.newcomers(rig.hut.newcomers))
            }, acts: { $0.acts == [.confirmResident(StaffSamples.newcomers[1].person.key)] }),
        Moving(
            testDescription: "follow-ups to countersign", reach: "k", typed: "1s",
            move: { rig in
                rig.hut.countersigns.removeFirst()
                rig.tell(.desk(.countersigns(rig.hut.countersigns)))
            },
            acts: { rig in
                let second = StaffSamples.countersigns[1]
                return rig.acts == [.desk(.countersign(second.followUp, second.resident))]
            }, role: .doctor),
        Moving(
            testDescription: "readings of a resident", reach: "5\nr", typed: "1g1\n",
            move: { rig in
                rig.hut.card.readings.removeFirst()
                rig.tell(.resident(rig.hut.card))
            },
            acts: { rig in
                guard case .giveBack(let reading, _)? = rig.acts.first else { return false }
                return reading == StaffSamples.card.readings[1].sequence
            }),
        Moving(
            testDescription: "who is hidden", reach: "h", typed: "1\n",
            move: { $0.tell(.desk(.hidden(Array(StaffSamples.hidden.dropFirst())))) },
            acts: { $0.effects.contains(.staff(.loadResident(StaffSamples.hidden[1].resident))) }),
        Moving(
            testDescription: "an exam day", reach: "j", typed: "1\n",
            move: { rig in
                rig.hut.exams.removeFirst()
                rig.tell(.exams(FormSamples.today, rig.hut.exams))
            },
            acts: { rig in
                rig.text().contains(ExamSamples.rows[1].name) && !rig.text().contains(ExamSamples.rows[2].name)
            }),
    ]

    /// She has had time to look at the list; then it moves.
    private func moved(_ list: Moving) -> StaffRig {
        var rig = StaffRig.loggedIn(as: list.role)
        rig.type(list.reach)
        rig.wait(.seconds(5))
        rig.forget()
        list.move(&rig)
        return rig
    }

    @Test(arguments: lists) func `a number that meant another row a moment ago is not obeyed once`(list: Moving) {
        var rig = moved(list)
        rig.forget()
        rig.type(String(list.typed.prefix(2)))
        #expect(rig.acts.isEmpty && rig.bottomLine.contains("名单刚变了"))
        #expect(!list.acts(rig))
        rig.forget()
        rig.type(list.typed)
        #expect(list.acts(rig), "whoever types it again has looked\n\(rig.text())")
    }

    @Test(arguments: lists) func `two seconds later the list has been seen as it is`(list: Moving) {
        var rig = moved(list)
        rig.wait(.seconds(2))
        rig.forget()
        rig.type(list.typed)
        #expect(list.acts(rig), "\(rig.text())")
    }

    @Test func `a row that kept its number is obeyed at once`() {
        var rig = StaffRig.loggedIn()
        rig.wait(.seconds(5))
        rig.hut.worklist.rows.removeLast()
        rig.tell(.worklist(rig.hut.worklist))
        rig.forget()
        rig.type("3t")
        #expect(rig.acts == [.take(StaffSamples.fact(3))])
    }

    @Test func `what she signed leaves the list, and the number after it is not the next one's`() {
        var hut = StaffHut()
        var third = StaffSamples.countersigns[1]
        (third.followUp, third.resident) = (StaffSamples.fact(613), ResidentKey(rawValue: 35))
        hut.countersigns.append(third)
        var rig = StaffRig.loggedIn(hut: hut, as: .doctor)
        rig.type("k")
        rig.wait(.seconds(5))
        rig.forget()
        rig.type("1")
        rig.hut.countersigns.removeFirst()
        rig.type("s2s")
        #expect(rig.acts == [.desk(.countersign(StaffSamples.fact(611), ResidentKey(rawValue: 21)))])
        #expect(rig.bottomLine.contains("名单刚变了"))
    }

    @Test func `what moved twice in a row is judged by the first look`() {
        var rig = StaffRig.loggedIn()
        rig.wait(.seconds(5))
        let first = rig.hut.worklist.rows.removeFirst()
        rig.tell(.worklist(rig.hut.worklist))
        rig.wait(.seconds(1))
        rig.hut.worklist.rows.append(first)
        rig.tell(.worklist(rig.hut.worklist))
        rig.wait(.seconds(1))
        rig.forget()
        rig.type("3t")
        #expect(rig.acts.isEmpty && rig.bottomLine.contains("名单刚变了"))
    }

    @Test func `what she closed herself is gone when she comes back, and the next number is hers`() {
        var rig = StaffRig.loggedIn()
        rig.wait(.seconds(5))
        rig.type("1c1\n")
        rig.hut.worklist.rows.removeFirst()
        rig.tell(.worklist(rig.hut.worklist))
        rig.forget()
        rig.type("2t")
        #expect(rig.acts == [.take(StaffSamples.fact(3))])
    }

    @Test func `the next sheet that is printed does not stand under the numbers of the one in her hand`() {
        var rig = StaffRig.loggedIn()
        rig.type("w")
        let name = ExamSamples.sheet.lines[2].name
        var other = ExamSamples.sheet
        other.number += 1
        other.lines.removeFirst()
        rig.hut.sheet = other
        rig.wait(.seconds(61))
        #expect(rig.effects.contains(.staff(.loadSheet(ExamSamples.sheet.number))))
        rig.type("3")
        #expect(rig.bottomLine.contains(name))
    }
}

@Suite struct `What tells one person from another is never cut` {
    @Test(arguments: ["张桂芳", "欧阳秀英"], [8, 120]) func `a name stands whole at 40 columns, however long the list is`(
        name: String, count: Int
    ) {
        var hut = StaffHut(worklist: StaffSamples.longWorklist(count))
        hut.worklist.rows[count - 1].name = name
        var rig = StaffRig.loggedIn(size: narrowScreen, hut: hut)
        rig.type(String(count))
        for language in Language.allCases {
            let row = rig.text(language).split(separator: "\n").first { $0.contains("\(count)o") }
            #expect(row?.contains(name) == true, "\(row ?? "no row")")
        }
    }

    @Test(arguments: [wideScreen, narrowScreen]) func `what must be known before somebody is touched goes on in a line`(
        size: ScreenSize
    ) {
        var rig = StaffRig.loggedIn(size: size)
        rig.hut.card.resident.conditions = [.hypertension, .diabetes, .copd, .af]
        rig.hut.card.marks.neverArms = [.left]
        rig.hut.card.marks.allergies = "青霉素、磺胺、阿司匹林"
        rig.type("5\n")
        #expect(rig.text().contains("药敏：青霉素、磺胺、阿司匹林") && rig.text().contains("左胳膊不能量"))
        #expect(rig.text(.english).contains("青霉素、磺胺、阿司匹林") && rig.text(.english).contains("never left"))
    }

    @Test func `a pregnancy says until when, that nobody asked, and is gone when it is over`() {
        for (until, words) in [(nil, "怀孕(到哪天没问)"), ("2027-03-01", "怀孕(到2027-03-01)"), ("2026-11-20", nil)]
            as [(String?, String?)]
        {
            var rig = StaffRig.loggedIn()
            rig.hut.card.resident.conditions = [.pregnant]
            rig.hut.card.marks = ResidentMarks()
            if let until {
                rig.hut.card.marks.apply(.condition(.pregnant, since: nil, until: FormSamples.day(until)))
            }
            rig.type("5\n")
            #expect(words.map(rig.text().contains) ?? !rig.text().contains("怀孕"), "\(until ?? "-")")
        }
    }

    @Test func `every page of somebody's record says whose it is`() {
        for digit in 1...8 {
            var rig = StaffRig.loggedIn()
            rig.type("5\nm\(digit)")
            let title = rig.text().split(separator: "\n").first ?? ""
            #expect(title.contains("张桂芳"), "\(digit): \(title)")
        }
    }
}

@Suite struct `A list without a row` {
    /// Nobody on it, so many requests and unclaimed readings beside it.
    static func empty(requests: Int, unclaimed: Int, size: ScreenSize = wideScreen) -> StaffRig {
        var hut = StaffHut()
        (hut.worklist.rows, hut.worklist.requests, hut.worklist.unclaimed) = ([], requests, unclaimed)
        return StaffRig.loggedIn(size: size, hut: hut)
    }

    @Test func `says that nothing is to be done only when nothing waits elsewhere`() {
        #expect(Self.empty(requests: 0, unclaimed: 0).text().contains("现在没有要办的"))
        let asked = Self.empty(requests: 1, unclaimed: 0)
        #expect(asked.text().contains("名单上没有要办的；请求 1：按 r") && !asked.text().contains("现在没有"))
        #expect(asked.text(.english).contains("Nothing on the list; requests 1: r"))
    }

    @Test func `names both, on a narrow screen too`() {
        let lines = Self.empty(requests: 2, unclaimed: 3, size: narrowScreen).text()
        let whole = lines.filter { !$0.isWhitespace }
        #expect(whole.contains("名单上没有要办的；请求2：按r；没认领3：按u"))
    }
}
