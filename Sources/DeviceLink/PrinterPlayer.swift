// A receipt printer: swallows text, answers what it is asked. It walks through the commands by their lengths, because
// a picture or a code may hold bytes that look like a question.
import Vitals

/// The printer's side of the conversation.
struct PrinterPlayer: Player {
    private var plan: SimulationPlan
    private var unread: [UInt8] = []
    /// What the printer was told to draw as a square, not yet drawn.
    private var stored: [UInt8] = []
    private(set) var printedCode: String?

    init(_ plan: SimulationPlan) { self.plan = plan }

    var deadline: MonotonicTime? { nil }

    mutating func show(_ plan: SimulationPlan) throws(SimulationError) { self.plan = plan }
    mutating func opened(at now: MonotonicTime, _ outbox: inout Outbox) { unread = [] }
    /// Its button feeds paper; nothing is said.
    mutating func press(at now: MonotonicTime, _ outbox: inout Outbox) {}
    mutating func deadlineReached(at now: MonotonicTime, _ outbox: inout Outbox) {}

    mutating func receive(_ bytes: [UInt8], at now: MonotonicTime, _ outbox: inout Outbox) {
        unread += bytes
        var place = 0
        while place < unread.count, let length = EscposCommand.length(at: place, in: unread),
            place + length <= unread.count
        {
            let command = unread[place..<place + length]
            draw(command)
            for question in PrinterQuestion.allCases where command.elementsEqual(question.bytes) {
                if let answer = answer(to: question) { outbox.put([answer], plan.fault, at: now) }
            }
            place += length
        }
        unread.removeFirst(place)
    }

    /// A square is stored by one command and drawn by the next; without paper it is drawn on nothing.
    private mutating func draw(_ command: ArraySlice<UInt8>) {
        guard command.starts(with: [0x1D, 0x28, 0x6B]) else { return }
        let parameters = command.dropFirst(5)
        if parameters.starts(with: [0x31, 0x50, 0x30]) { stored = Array(parameters.dropFirst(3)) }
        if parameters.starts(with: [0x31, 0x51, 0x30]), plan.fault != .paperOut {
            printedCode = String(decoding: stored, as: UTF8.self)
        }
    }

    private func answer(to question: PrinterQuestion) -> UInt8? {
        if plan.fault == .oldFirmware, question != .sensor { return nil }
        let fine: UInt8 = 0x12
        switch (question, plan.fault) {
        case (.printer, .offline), (.printer, .coverOpen), (.printer, .paperOut): return fine | 0x08
        case (.offline, .coverOpen): return fine | 0x04
        case (.offline, .paperOut): return fine | 0x20
        case (.paper, .paperOut): return 0x7E
        case (.paper, .paperNearEnd): return 0x1E
        case (.sensor, .paperOut): return 0x0F
        case (.sensor, .paperNearEnd): return 0x03
        case (.sensor, _): return 0x00
        default: return fine
        }
    }
}

/// How long the commands of a slip are.
enum EscposCommand {
    /// The length of what stands at `place`, one byte of text included; nil when more is needed to tell.
    static func length(at place: Int, in bytes: [UInt8]) -> Int? {
        func byte(_ offset: Int) -> Int? { place + offset < bytes.count ? Int(bytes[place + offset]) : nil }
        guard let first = byte(0) else { return nil }
        guard [0x10, 0x1B, 0x1C, 0x1D].contains(first) else { return first < 0x81 ? 1 : chinese(byte(1)) }
        guard let second = byte(1) else { return nil }
        switch (first, second) {
        case (0x10, 0x04), (0x1B, 0x61), (0x1B, 0x45), (0x1B, 0x64), (0x1D, 0x21), (0x1D, 0x56): return 3
        case (0x1D, 0x28):
            guard let low = byte(3), let high = byte(4) else { return nil }
            return 5 + low + high << 8
        case (0x1D, 0x76):
            guard let width = byte(4), let wide = byte(5), let height = byte(6), let high = byte(7) else { return nil }
            return 8 + (width + wide << 8) * (height + high << 8)
        default: return 2
        }
    }

    /// Two bytes, or the four of GB18030, whose second is a digit.
    private static func chinese(_ second: Int?) -> Int? {
        second.map { (0x30...0x39).contains($0) ? 4 : 2 }
    }
}
