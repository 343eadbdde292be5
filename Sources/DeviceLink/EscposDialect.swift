// A receipt printer as a dialect. Its answers are single bytes that only the question explains, so the listener passes
// them on, and the conversation, which knows what it asked, reads them.
import Vitals

/// The dialect of `decoder: 'escpos-printer'`.
struct EscposDialect: Dialect {
    var framing: Framing? { .own(StatusByteFraming()) }

    func listener(_ profile: DeviceProfile) -> any DialectListener { StatusListener(profile) }

    func talk(_ profile: DeviceProfile) -> any Talk { PrinterTalk(baud: profile.line.baud) }

    func player(_ profile: DeviceProfile, _ plan: SimulationPlan) throws(SimulationError) -> any Player {
        PrinterPlayer(plan)
    }

    func frames(of reading: DeviceReading) -> [UInt8]? { nil }

    var faults: Set<SimulatedFault> {
        [.noiseBefore, .duplicate, .wrongBaud, .silent, .paperOut, .paperNearEnd, .coverOpen, .offline, .oldFirmware]
    }
}

/// One byte, one message: what is an answer only the question tells.
struct StatusByteFraming: OwnFraming {
    var longest: Int { 1 }

    func look(at place: Int, in buffer: Span<UInt8>) -> Look { .frame(1) }
}

/// Hears bytes. Two answers say the same whatever was asked: no paper.
private struct StatusListener: DialectListener {
    private let noPaper: DeviceFault?

    init(_ profile: DeviceProfile) { noPaper = profile.errors[OutputTrouble.paperOut.rawValue] }

    mutating func hear(_ frame: ArraySlice<UInt8>, _ heard: inout [Heard]) -> Understanding {
        guard let byte = frame.first else { return .noFrame }
        // The older answer has two sensors of two equal bits each.
        let isOld = [0x00, 0x03, 0x0C, 0x0F].contains(byte)
        let isNew = PrinterQuestion.paper.isAnswer(byte)
        let isOut = isOld ? byte & 0x0C != 0 : isNew && byte & 0x60 == 0x60
        let fault = isOut ? noPaper : nil
        heard.append(Heard(what: .said(Int(byte), []), event: fault.map { .fault($0, raw: [byte]) }))
        return isOld || isNew ? .message : .unknown
    }

    mutating func forget() {}
}
