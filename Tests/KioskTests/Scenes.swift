// How every screen of the script is reached; also the nodes of the graph test.
//
// Longer than a sitting: it is one table, and half of it elsewhere would hide which screen has no row.

import Vitals

@testable import Kiosk

extension Scene {
    static let all = coming + measuring + results + ending + danger + beside

    private static let coming = [
        Scene("K0") { _ in },
        Scene("K0-bench", is: "K0") { stage in
            let now = stage.now.hut
            stage.tell(
                .hall(
                    .with {
                        $0.bench = [
                            Resting(number: "031", readyAt: now + .seconds(170)),
                            Resting(number: "047", readyAt: now),
                        ]
                    }))
        },
        Scene("K0-unowned", is: "K0") { stage in
            stage.tell(.hall(.with { $0.unownedResult = FactSequence(rawValue: 90) }))
        },
        Scene("K0-cuff-out", is: "K0") { $0.tell(.hall(.cuffOut)) },
        Scene("K0-help", is: "K0") { $0.tell(.hall(.with { $0.helpWanted = true })) },
        Scene("K0-printer-out", is: "K0") { $0.tell(.hall(.with { $0.printer = .noPaper })) },
        Scene("K0n") { stage in
            stage.tell(.hall(.with { $0.unownedResult = FactSequence(rawValue: 90) }))
            stage.press("20")
        },
        Scene("K0k") { stage in
            stage.tell(.hall(.with { $0.unownedResult = FactSequence(rawValue: 90) }))
            stage.press("2E")
        },
        Scene("X") { $0.tell(.hall(.with { $0.closed = LocalizedText("硬盘满了", en: "disk full") })) },
        Scene("K1") { $0.press("1047") },
        Scene("K1-long", is: "K1") { $0.press("10470123") },
        Scene("K2") { $0.press("1047E123") },
        Scene("K2w") { stage in
            stage.identity = .identityRefused
            stage.press("1047E1234E")
        },
        Scene("K2L") { stage in
            stage.identity = .numberLocked
            stage.press("1047E1234E")
        },
        Scene("K3") { $0.press("1047E1234E") },
        Scene("K0-readers", is: "K0") { $0.tell(.hall(.withReaders)) },
        Scene("K0-readers-bench", is: "K0") { stage in
            let now = stage.now.hut
            var hall = Hall.withReaders
            hall.bench = [Resting(number: "031", readyAt: now + .seconds(170)), Resting(number: "047", readyAt: now)]
            stage.tell(.hall(hall))
        },
        Scene("K3-card", is: "K3") { $0.tell(.presented(.resident(Stage.zhang, by: .card))) },
        Scene("K3-code", is: "K3") { $0.tell(.presented(.resident(Stage.zhang, by: .code))) },
        Scene("K3h") { $0.press("1047E1234E3") },
        Scene("K3h-unknown", is: "K3h") { stage in
            stage.press("1047E1234E3")
            stage.tell(.presented(.newCard(Stage.newcomer)))
        },
        Scene("K3i") { stage in
            stage.press("1047E1234E3")
            stage.tell(.presented(.resident(Stage.zhao, by: .card)))
        },
        Scene("K5-helped", is: "K5") { stage in
            stage.beHelped()
            stage.press("1")
        },
        Scene("K5w") { stage in
            stage.view.words = NurseWord.samples
            stage.comeIn()
        },
        Scene("K5w-message", is: "K5w") { stage in
            stage.view.words = NurseWord.samples
            stage.comeIn()
            stage.press("1")
        },
        Scene("K5r-better", is: "K5r") { stage in
            stage.comeIn()
            stage.press("2")
            stage.tell(.record(Array(repeating: Stage.lastTime, count: 4)))
            stage.tell(
                .improvement(
                    LocalizedText(
                        "比上月好：本月5次里4次在范围内，上月6次里3次在范围内",
                        en: "better than last month: 4 of 5 in range this month, 3 of 6 in range last month")))
        },
        Scene("K3n") { $0.tell(.presented(.newCard(Stage.newcomer))) },
        Scene("K3m") { stage in
            stage.tell(.presented(.newCard(Stage.newcomer)))
            stage.press("1")
        },
        Scene("K4-unknown", is: "K4") { $0.tell(.presented(.unknown)) },
        Scene("K24") { stage in
            stage.comeIn()
            stage.tell(.presented(.resident(Stage.lin, by: .card)))
        },
        Scene("K24-guest", is: "K24") { stage in
            stage.press("21")
            stage.tell(.presented(.newCard(Stage.newcomer)))
        },
        Scene("K5-must-wait", is: "K5") { stage in
            stage.comeIn()
            stage.tell(.mustWait(number: "031"))
        },
        Scene("K5p") { stage in
            stage.comeInByCard()
            stage.press("2123")
        },
        Scene("K3b") { stage in
            stage.answers = false
            stage.press("1047E1234E")
            stage.tell(.identified(Stage.zhang))
            stage.press("1")
            stage.tell(.stationBusy)
        },
        Scene("K4") { $0.press("2") },
        Scene("K4n") { $0.press("22") },
        Scene("K5") { $0.comeIn() },
        Scene("K5-first", is: "K5") { stage in
            stage.view.last = nil
            stage.view.doctor = Phone(who: "汪医生", number: "0374-555 0101")
            stage.comeIn()
        },
        Scene("K5r") { stage in
            stage.comeIn()
            stage.press("2")
            stage.tell(.record(Array(repeating: Stage.lastTime, count: 4)))
        },
        Scene("K5a") { stage in
            stage.comeIn()
            stage.press("3")
        },
        Scene("K5a-saved", is: "K5a") { stage in
            stage.comeIn()
            stage.press("31")
        },
        Scene("K6") { stage in
            stage.comeIn()
            stage.press("1")
        },
        Scene("K6-guest", is: "K6") { $0.press("21") },
        Scene("K6c") { stage in
            stage.comeIn()
            stage.press("13")
        },
    ]

    private static let measuring = [
        Scene("K7") { stage in
            stage.comeIn()
            stage.press("11")
        },
        Scene("K7-bench", is: "K7") { stage in
            let now = stage.now.hut
            stage.tell(
                .hall(.with { $0.bench = [Resting(number: "031", readyAt: now), Resting(number: "9", readyAt: now)] }))
            stage.comeIn()
            stage.press("11")
        },
        Scene("K8") { stage in
            stage.comeIn()
            stage.press("111")
            stage.pass(28)
        },
        Scene("K8-waiting", is: "K8") { stage in
            let now = stage.now.hut
            stage.tell(.hall(.with { $0.bench = [Resting(number: "031", readyAt: now)] }))
            stage.comeIn()
            stage.press("111")
            stage.pass(245)
        },
        Scene("K9") { stage in
            stage.comeIn()
            stage.sitDown()
        },
        Scene("K9-first", is: "K9", cuff: .resultOnly) { stage in
            (stage.view.last, stage.view.lastArm) = (nil, .notSaid)
            stage.comeIn()
            stage.sitDown()
        },
        Scene("K9-never-left", is: "K9") { stage in
            stage.view.neverArms = [.left]
            stage.comeIn()
            stage.sitDown()
        },
        Scene("K9-never-right", is: "K9", cuff: .resultOnly) { stage in
            stage.view.neverArms = [.right]
            stage.comeIn()
            stage.sitDown()
        },
        Scene("K9n") { stage in
            stage.view.neverArms = [.left, .right]
            stage.comeIn()
            stage.press("1")
        },
        Scene("K9x") { stage in
            stage.tell(.hall(.cuffOut))
            stage.comeIn()
            stage.press("1")
        },
        Scene("K10") { stage in
            stage.comeIn()
            stage.sitDown()
            stage.press("1")
        },
        Scene("K10-later", is: "K10", cuff: .resultOnly) { stage in
            stage.comeIn()
            stage.sitDown()
            stage.press("1")
            stage.pass(21)
        },
        Scene("K11") { stage in
            stage.comeIn()
            stage.sitDown()
            stage.startCuff()
        },
        Scene("K11-starting", is: "K11", cuff: .hutStarts) { stage in
            stage.comeIn()
            stage.sitDown()
            stage.press("1")
        },
        Scene("K12", cuff: .resultOnly) { stage in
            stage.comeIn()
            stage.sitDown()
            stage.press("1")
            stage.pass(40)
            stage.tell(.askWhose(FactSequence(rawValue: 101)))
        },
    ]

    private static let results = [
        Scene("K13") { $0.measure(.first) },
        Scene("K13b") { stage in
            stage.view.lastArm = .notSaid
            stage.measure(.first)
            stage.pass(72)
            stage.startCuff()
            stage.finish(.far)
        },
        Scene("K14") { stage in
            stage.measure(.first)
            stage.pass(24)
        },
        Scene("K16") { stage in
            stage.measure(.first)
            stage.pass(72)
            stage.startCuff()
            stage.finish(.far)
        },
        Scene("K17") { $0.measureTwice(.second) },
        Scene("K17-once", is: "K17") { stage in
            stage.measure(.first)
            stage.pass(20)
            stage.press("6")
        },
        Scene("K17-high", is: "K17") { stage in
            stage.measureTwice(reading(102, 200, 110, session: value(200, 110), word: .veryHigh))
        },
        Scene("K17-long", is: "K17") {
            $0.measureTwice(reading(102, 164, 98, session: value(162, 97), word: .longest))
        },
        Scene("K17-guest", is: "K17") { stage in
            stage.press("2114")
            stage.startCuff()
            stage.finish(.second)
        },
        Scene("K17-slip", is: "K17") { stage in
            stage.tell(.hall(.with { $0.printer = .ready }))
            stage.measureTwice(.second)
        },
        Scene("K17-slip-long", is: "K17") { stage in
            stage.tell(.hall(.with { $0.printer = .ready }))
            stage.measureTwice(reading(102, 164, 98, session: value(162, 97), word: .longest))
        },
        Scene("K17-slip-printing", is: "K17") { stage in
            stage.tell(.hall(.with { $0.printer = .ready }))
            stage.measureTwice(.second)
            stage.press("4")
        },
        Scene("K17-slip-printed", is: "K17") { stage in
            stage.tell(.hall(.with { $0.printer = .ready }))
            stage.measureTwice(.second)
            stage.press("4")
            stage.tell(.slip(.printed))
        },
        Scene("K17-slip-no-paper", is: "K17") { stage in
            stage.tell(.hall(.with { $0.printer = .noPaper }))
            stage.measureTwice(.second)
            stage.press("4")
        },
        Scene("K17-slip-off", is: "K17") { stage in
            stage.tell(.hall(.with { $0.printer = .ready }))
            stage.measureTwice(.second)
            stage.press("4")
            stage.tell(.slip(.off))
        },
        Scene("S4-slip", is: "S4") { stage in
            stage.tell(.hall(.with { $0.printer = .ready }))
            stage.comeIn()
            stage.tell(.station(.result(.weight)))
        },
        Scene("K17e") { stage in
            stage.measure(.first)
            for sequence in Int64(110)..<113 {
                stage.pass(72)
                stage.startCuff()
                stage.finish(reading(sequence, 140, 80, session: value(139, 81, isComplete: false)))
            }
            stage.press("B1")
        },
        Scene("K18") { $0.measureTwice(.low) },
        Scene("K18-silent", is: "K18") { stage in
            stage.measureTwice(.low)
            stage.pass(16)
        },
        Scene("K19") { stage in
            stage.comeIn()
            stage.sitDown()
            stage.startCuff()
            stage.tell(.attemptFailed(.movement, meaning: nil, attempt: 1))
        },
        Scene("K19-arm", is: "K19") { stage in
            stage.comeIn()
            stage.sitDown()
            stage.startCuff()
            stage.tell(.attemptFailed(.arm, meaning: nil, attempt: 1))
        },
        Scene("K19b") { stage in
            stage.failThrice()
            stage.press("1")
        },
        Scene("K20") { stage in
            stage.comeIn()
            stage.sitDown()
            stage.startCuff()
            stage.tell(.cuffSilent)
        },
        Scene("K21") { stage in
            stage.measure(.first)
            stage.press("2")
        },
        Scene("K21s") { stage in
            stage.comeIn()
            stage.sitDown()
            stage.press("2")
        },
        Scene("O1") { $0.tell(.notYours(crisis: false)) },
        Scene("O1-crisis", is: "O1") { $0.tell(.notYours(crisis: true)) },
        Scene("O1-again", is: "O1") { stage in
            stage.comeIn()
            stage.sitDown()
            stage.press("1")
            stage.tell(.notYours(crisis: false))
        },
    ]

    private static let ending = [
        Scene("K22") { stage in
            stage.comeIn()
            stage.pass(62)
        },
        Scene("K23") { stage in
            stage.measureTwice(.second)
            stage.press("0")
        },
        Scene("K23-better", is: "K23") { stage in
            var second = VisitResult.second
            second.better = LocalizedText(
                "比上月好：本月5次里4次在范围内，上月6次里3次在范围内",
                en: "better than last month: 4 of 5 in range this month, 3 of 6 in range last month")
            stage.measureTwice(second)
            stage.press("0")
        },
        Scene("K23-nothing", is: "K23") { stage in
            stage.comeIn()
            stage.press("0")
        },
        Scene("K23-guest", is: "K23") { $0.press("210") },
        Scene("H") { $0.press("9") },
        Scene("H-staffed", is: "H") { stage in
            stage.tell(.hall(.with { $0.staffListening = true }))
            stage.press("9")
        },
    ]

    private static let danger = [
        Scene("C1") { $0.measure(.crisis) },
        Scene("C1-staffed", is: "C1") { stage in
            stage.tell(.hall(.with { $0.staffListening = true }))
            stage.measure(.crisis)
        },
        Scene("C2") { stage in
            stage.measure(.crisis)
            stage.pass(9)
        },
        Scene("C2-pause", is: "K14") { stage in
            stage.measure(.crisis)
            stage.press("E1")
        },
        Scene("C3") { $0.crisisTwice() },
        Scene("C3-staffed", is: "C3") { stage in
            stage.tell(.hall(.with { $0.staffListening = true }))
            stage.crisisTwice()
        },
        Scene("C3-later", is: "C3") { stage in
            stage.crisisTwice()
            stage.pass(601)
        },
        Scene("C4") { stage in
            stage.comeIn()
            stage.press("131")
        },
        Scene("C4-calling", is: "C4") { stage in
            stage.comeIn()
            stage.press("1311")
        },
        Scene("C5") { stage in
            stage.measure(.crisis)
            stage.press("E1")
            stage.pass(61)
            stage.startCuff()
            stage.finish(.lower)
        },
        Scene("C6") { stage in
            stage.crisisTwice()
            stage.tell(.alertTaken(by: "王护士"))
        },
    ]
}

extension Hall {
    static let withReaders = Hall.with {
        for (name, kind) in [("card-1", IdentityKind.card), ("scanner-1", .code), ("tag-1", .tag)] {
            $0.instruments.append(
                InstrumentStatus(instrument: InstrumentID(rawValue: name), vital: nil, reads: kind, state: .ready))
        }
    }
    static let cuffOut = Hall.with { $0.instruments[0].state = .unplugged }
}

extension Stage {
    static let lin = Visitor(maskedName: "林*", sex: .male, number: "031")

    /// K0 → K5 by card, of somebody who has a PIN.
    mutating func comeInByCard() {
        view.recordNeedsPIN = true
        tell(.presented(.resident(Stage.zhang, by: .card)))
        press("1")
    }

    /// K0 → the screen of a first reading.
    mutating func measure(_ result: VisitResult) {
        comeIn()
        sitDown()
        startCuff()
        finish(result)
    }

    /// K0 → the screen of a second reading after an ordinary first one.
    mutating func measureTwice(_ result: VisitResult) {
        measure(.first)
        pass(72)
        startCuff()
        finish(result)
    }

    /// K0 → C3.
    mutating func crisisTwice() {
        measure(.crisis)
        press("E1")
        pass(61)
        startCuff()
        finish(.crisisAgain)
    }

    /// K0 → K6 after the third failure.
    mutating func failThrice() {
        comeIn()
        sitDown()
        for attempt in 1...3 {
            startCuff()
            tell(.cuffIdle, .attemptFailed(.movement, meaning: nil, attempt: attempt))
            if attempt < 3 { press("1") }
        }
    }
}
