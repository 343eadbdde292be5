// A text message as a modem takes it in PDU mode (3GPP TS 23.040, SMS-SUBMIT; 27.005 for the modem): the one form that
// every GSM modem knows and that carries Chinese whatever its character set is set to.
import Vitals

/// One outgoing text.
struct SMSSubmit: Hashable, Sendable {
    /// Digits, with a leading + for an international number.
    var number: String
    /// Longer ones are cut: one message holds 70 units of UTF-16.
    var text: String

    static let longest = 70

    /// Without the number of the service centre, which stands in the SIM card; its length is what `+CMGS` wants.
    var tpdu: [UInt8] {
        let digits = number.utf8.filter { (0x30...0x39).contains($0) }.prefix(20).map { $0 - 0x30 }
        let swapped = stride(from: 0, to: digits.count, by: 2).map { place in
            digits[place] | (place + 1 < digits.count ? digits[place + 1] : 0x0F) << 4
        }
        let isInternational = number.first == "+"
        let body = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        // 11: SMS-SUBMIT with a relative validity; 00: the modem counts messages; 08: UCS2; A7: valid for 24 hours.
        return [0x11, 0x00, UInt8(digits.count), isInternational ? 0x91 : 0x81] + swapped
            + [0x00, 0x08, 0xA7, UInt8(body.count)] + body
    }

    /// What follows the prompt: an empty service centre, the message, in hex.
    var pdu: String { HexText.text(of: [0x00] + tpdu).filter { $0 != " " } }

    /// As many whole characters as fit: half a surrogate pair is no text.
    private var units: [UInt16] {
        var units: [UInt16] = []
        for character in text {
            let more = Array(character.utf16)
            guard units.count + more.count <= Self.longest else { break }
            units += more
        }
        return units
    }
}
