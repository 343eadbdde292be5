// ESC/POS, the language of nearly every receipt printer: the few commands a slip needs and the status bytes that come
// back. Sources of every byte: Devices/escpos-printer/PROTOCOL.md.
import Vitals

/// Bytes for a receipt printer.
enum Escpos {
    static let reset: [UInt8] = [0x1B, 0x40]
    /// From here on bytes above 80 are Chinese characters.
    static let chineseOn: [UInt8] = [0x1C, 0x26]
    static let lineFeed: UInt8 = 0x0A
    static let cut: [UInt8] = [0x1D, 0x56, 0x00]

    static func centred(_ isCentred: Bool) -> [UInt8] { [0x1B, 0x61, isCentred ? 1 : 0] }
    static func bold(_ isBold: Bool) -> [UInt8] { [0x1B, 0x45, isBold ? 1 : 0] }
    /// Twice as wide and twice as high.
    static func big(_ isBig: Bool) -> [UInt8] { [0x1D, 0x21, isBig ? 0x11 : 0] }
    static func feed(lines: UInt8) -> [UInt8] { [0x1B, 0x64, lines] }

    /// A QR code of up to 255 bytes: model 2, modules of six dots, correction M; stored, then printed.
    static func qr(_ text: String) -> [UInt8] {
        let data = Array(text.utf8.prefix(255))
        func function(_ parameters: [UInt8]) -> [UInt8] {
            [0x1D, 0x28, 0x6B, UInt8(parameters.count & 0xFF), UInt8(parameters.count >> 8)] + parameters
        }
        return function([0x31, 0x41, 0x32, 0x00]) + function([0x31, 0x43, 0x06]) + function([0x31, 0x45, 0x31])
            + function([0x31, 0x50, 0x30] + data) + function([0x31, 0x51, 0x30])
    }

    /// A picture of so many bytes a row, the highest bit leftmost, 1 is black.
    static func raster(_ rows: [[UInt8]]) -> [UInt8] {
        let width = rows.first?.count ?? 0
        return [0x1D, 0x76, 0x30, 0x00, UInt8(width & 0xFF), UInt8(width >> 8), UInt8(rows.count & 0xFF)]
            + [UInt8(rows.count >> 8)] + rows.joined()
    }
}

/// What a printer is asked, one at a time: all answers look alike.
enum PrinterQuestion: CaseIterable, Sendable {
    case printer, offline, paper
    /// The older question of the Chinese firmwares that do not know the others.
    case sensor

    var bytes: [UInt8] {
        switch self {
        case .printer: [0x10, 0x04, 0x01]
        case .offline: [0x10, 0x04, 0x02]
        case .paper: [0x10, 0x04, 0x04]
        case .sensor: [0x1B, 0x76]
        }
    }

    /// Whether a byte can be the answer to it.
    func isAnswer(_ byte: UInt8) -> Bool {
        switch self {
        // Bits 7, 4, 1 and 0 are fixed in every real-time answer.
        case .printer, .offline, .paper: byte & 0x93 == 0x12
        // Two sensors with two bits each; the others are off or undefined.
        case .sensor: byte & 0x90 == 0
        }
    }

    /// What an answer complains about; nil for nothing.
    func trouble(in answer: UInt8) -> OutputTrouble? {
        switch self {
        case .printer: return answer & 0x08 != 0 ? .offline : nil
        case .offline:
            if answer & 0x04 != 0 { return .coverOpen }
            if answer & 0x20 != 0 { return .paperOut }
            return answer & 0x40 != 0 ? .printerError : nil
        case .paper:
            if answer & 0x60 != 0 { return .paperOut }
            return answer & 0x0C != 0 ? .paperNearEnd : nil
        case .sensor:
            if answer & 0x0C != 0 { return .paperOut }
            return answer & 0x03 != 0 ? .paperNearEnd : nil
        }
    }
}

extension OutputTrouble {
    /// The worse of two troubles of a printer, in the order in which somebody must see to them.
    func orWorse(_ other: OutputTrouble?) -> OutputTrouble {
        let order: [OutputTrouble] = [.coverOpen, .paperOut, .printerError, .offline, .paperNearEnd]
        return order.first { $0 == self || $0 == other } ?? self
    }
}
