// A real conversation with a simulated printer.

import Testing
import Vitals

@testable import DeviceLink

struct PrinterTests {
    private static let slip = printedSlip([Slip.Line("张三 128/80")], code: slipCode)

    @Test(arguments: [
        (SimulatedFault?.none, OutputResult.done), (.paperNearEnd, .done), (.oldFirmware, .done),
        (.paperOut, .failed(.paperOut)), (.coverOpen, .failed(.coverOpen)), (.offline, .failed(.offline)),
        (.silent, .failed(.noAnswer)), (.wrongBaud, .failed(.noAnswer)), (.noiseBefore, .failed(.noAnswer)),
    ])
    func `a slip is printed, or the reason is told`(fault: SimulatedFault?, result: OutputResult) throws {
        var rig = try OutputRig("escpos-printer", fault)
        rig.put(.slip(Self.slip))
        rig.run(until: 60)
        #expect(rig.results == [1: result])
        let isSent = rig.sent.contains(Self.slip)
        #expect(isSent == (result == .done))
    }

    @Test func `nothing is asked while a slip is on its way, and everything before and behind it`() throws {
        var rig = try OutputRig("escpos-printer")
        rig.run(until: 1)
        rig.sent = []
        rig.put(.slip(Self.slip))
        let questions = [PrinterQuestion.printer, .offline, .paper].map(\.bytes)
        // Each answer must stand alone for 0.1 s.
        rig.run(until: 1.35)
        #expect(rig.sent == questions + [Self.slip])
        // 10 bits a byte at 9600 baud, and 3 s.
        let onTheWay = 0.3 + Double(Self.slip.count) * 10 / 9_600 + 3
        rig.run(until: 1 + onTheWay - 0.05)
        #expect(rig.sent.count == 4 && rig.results.isEmpty)
        rig.run(until: 1 + onTheWay + 0.3)
        #expect(rig.sent.dropFirst(4).elementsEqual(questions.dropFirst()) && rig.results == [1: .done])
    }

    @Test func `paper that runs out under a slip is told behind it`() throws {
        var rig = try OutputRig("escpos-printer")
        rig.put(.slip(Self.slip))
        rig.run(until: 1)
        try rig.show(.paperOut)
        rig.run(until: 10)
        #expect(rig.results == [1: .failed(.paperOut)] && rig.hut.trouble == .paperOut)
        try rig.show(nil)
        rig.put(.slip(Self.slip))
        rig.run(until: 20)
        #expect(rig.results[2] == .done && rig.hut.trouble == nil)
    }

    @Test func `a slip the printer fell silent under may be printed or not`() throws {
        var rig = try OutputRig("escpos-printer")
        rig.put(.slip(Self.slip))
        rig.run(until: 1)
        try rig.show(.silent)
        rig.run(until: 10)
        #expect(rig.results == [1: .unknown] && rig.hut.health == .silent)
    }

    @Test func `a cable pulled under a slip leaves it unknown, and the waiting one certainly not printed`() throws {
        var rig = try OutputRig("escpos-printer")
        rig.put(.slip(Self.slip))
        rig.put(.slip(Self.slip))
        rig.run(until: 1)
        rig.carry(rig.hut.lost(at: rig.now))
        #expect(rig.results == [1: .unknown, 2: .failed(.lineDown)])
        rig.put(.slip(Self.slip))
        #expect(rig.results[3] == .failed(.lineDown))
    }

    @Test func `two slips are printed one after the other, a fifth is refused`() throws {
        var rig = try OutputRig("escpos-printer")
        for _ in 1...5 { rig.put(.slip(Self.slip)) }
        #expect(rig.results == [5: .failed(.busy)])
        rig.run(until: 60)
        #expect(rig.results.filter { $0.value == .done }.keys.sorted() == [1, 2, 3, 4])
        #expect(rig.sent.count { $0 == Self.slip } == 4)
    }

    @Test func `one burst of noise is asked through`() throws {
        var rig = try OutputRig("escpos-printer")
        rig.put(.slip(Self.slip))
        rig.carry(rig.hut.receive([0x5A, 0x7E, 0xFF], at: rig.now))
        rig.run(until: 10)
        #expect(rig.results == [1: .done])
    }

    @Test func `an idle printer is looked at every five minutes, a silent one ever more rarely`() throws {
        var rig = try OutputRig("escpos-printer")
        rig.run(until: 1)
        rig.sent = []
        rig.run(until: 601)
        #expect(rig.sent.count { $0 == PrinterQuestion.printer.bytes } == 2)
        try rig.show(.silent)
        rig.run(until: 1_000)
        rig.sent = []
        rig.run(until: 1_000 + 3_600)
        let asked = rig.sent.count { $0 == PrinterQuestion.printer.bytes }
        #expect((5...10).contains(asked), "\(asked)")
        #expect(rig.hut.trouble == .noAnswer)
        try rig.show(nil)
        rig.run(until: 1_000 + 3_600 + 700)
        #expect(rig.hut.trouble == nil)
    }

    @Test func `a warning is told and stops nothing`() throws {
        var rig = try OutputRig("escpos-printer", .paperNearEnd)
        rig.run(until: 5)
        #expect(rig.hut.trouble == .paperNearEnd)
        let profile = try profile("escpos-printer")
        #expect(profile.words(for: .paperNearEnd)?.chinese == "打印机快没纸了")
        #expect(profile.words(for: .paperOut)?.english == "the printer has no paper")
    }

    @Test func `what looks like a question inside a code is none`() throws {
        var rig = try OutputRig("escpos-printer")
        rig.run(until: 1)
        let code = Escpos.qr("\u{10}\u{04}\u{01}") + Escpos.raster([[0x10, 0x04], [0x04, 0x1B], [0x76, 0x1B]])
        #expect(rig.device.receive(code, at: rig.now) == [])
        #expect(rig.device.receive(PrinterQuestion.paper.bytes, at: rig.now) == [0x12])
    }

    @Test(arguments: [(SimulatedFault?.none, true), (.paperOut, false)])
    func `a scanner reads the square of the slip that came out`(fault: SimulatedFault?, isThere: Bool) throws {
        var rig = try OutputRig("escpos-printer", fault)
        #expect(rig.device.printedCode == nil)
        _ = rig.device.receive(Self.slip, at: rig.now)
        #expect(rig.device.printedCode == (isThere ? slipCode?.text : nil))
    }

    @Test func `a text is nothing for a printer, and a slip nothing for a cuff`() throws {
        var rig = try OutputRig("escpos-printer")
        rig.put(.text(to: "1", "x"))
        #expect(rig.results == [1: .failed(.notAble)])
        var cuff = try OutputRig("maibobo")
        cuff.put(.slip([0x0A]))
        #expect(cuff.results == [1: .failed(.notAble)])
    }
}
