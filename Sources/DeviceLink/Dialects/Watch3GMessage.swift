// The envelope of the "3G*" family: [MF*ID*LEN*CONTENT], with a message number before LEN in some firmware. There is
// no check. LEN counts the bytes of the content, and not every watch counts right: more bytes than it says are its own
// mistake, fewer were lost on the way, and a number that has lost a digit still looks like a number.
import Vitals

/// One message of a watch, or an answer to it.
struct Watch3GMessage {
    /// Two letters or digits: 3G, SG, CS, ZJ.
    var maker: ArraySlice<UInt8>
    var number: ArraySlice<UInt8>
    /// Four hexadecimal digits where the firmware counts its messages; the answer carries the same.
    var index: ArraySlice<UInt8>?
    /// LEN as written, small or capital letters.
    var length: ArraySlice<UInt8>
    /// The same as a number: so many bytes of content, by the watch's own word.
    var announced: Int
    /// Fewer bytes than announced: some were lost on the way.
    var isTorn: Bool { content.count < announced }
    /// As on the wire: `7D` and one byte stand for `} [ ] , *` in binary content.
    var content: ArraySlice<UInt8>

    private static let star = UInt8(ascii: "*")

    /// A whole frame, with its brackets.
    init(_ frame: ArraySlice<UInt8>) throws(NotText) {
        guard frame.first == UInt8(ascii: "["), frame.last == UInt8(ascii: "]") else { throw NotText() }
        var rest = frame.dropFirst().dropLast()
        // A second beginning inside: the first message was torn.
        guard !rest.contains(UInt8(ascii: "[")) else { throw NotText() }
        maker = try Watch3GMessage.field(&rest)
        guard maker.count == 2, maker.allSatisfy(WatchNumber.isLetterOrDigit) else {
            throw NotText()
        }
        number = try Watch3GMessage.field(&rest)
        length = try Watch3GMessage.field(&rest)
        announced = try Watch3GMessage.hex(length)
        content = rest
        // A star in content is escaped, so four digits and a star before it are LEN, and the field before was a number.
        if rest.count >= 5, rest[rest.startIndex + 4] == Watch3GMessage.star,
            let second = try? Watch3GMessage.hex(rest.prefix(4))
        {
            (index, length, announced, content) = (length, rest.prefix(4), second, rest.dropFirst(5))
        }
        guard !content.isEmpty else { throw NotText() }
    }

    init(maker: [UInt8], number: [UInt8], index: [UInt8]? = nil, content: [UInt8]) {
        (self.maker, self.number, self.index) = (maker[...], number[...], index.map { $0[...] })
        (length, announced, self.content) = (Watch3GMessage.length(of: content.count), content.count, content[...])
    }

    /// The frame as it came, or with a right LEN where it was made here.
    var frame: [UInt8] {
        var frame = [UInt8(ascii: "[")] + maker + [Watch3GMessage.star] + number + [Watch3GMessage.star]
        if let index { frame += index + [Watch3GMessage.star] }
        return frame + length + [Watch3GMessage.star] + content + [UInt8(ascii: "]")]
    }

    /// The same envelope with another content.
    func answer(_ text: String) -> [UInt8] {
        var answer = self
        answer.content = Array(text.utf8)[...]
        answer.length = Watch3GMessage.length(of: answer.content.count)
        return answer.frame
    }

    private static func length(of count: Int) -> ArraySlice<UInt8> {
        let digits = Array(String(count, radix: 16).utf8)
        return ([UInt8](repeating: 0x30, count: max(0, 4 - digits.count)) + digits)[...]
    }

    private static func field(_ rest: inout ArraySlice<UInt8>) throws(NotText) -> ArraySlice<UInt8> {
        guard let place = rest.prefix(20).firstIndex(of: star) else { throw NotText() }
        defer { rest = rest[(place + 1)...] }
        return rest[..<place]
    }

    private static func hex(_ text: ArraySlice<UInt8>) throws(NotText) -> Int {
        guard text.count == 4 else { throw NotText() }
        return try WatchNumber.hex(text)
    }
}
