// A capture as text that a person can read, diff and comment: a header that says where the bytes come from, then what
// the device said (`<`) and what the host said (`>`), in hex.

/// What is wrong in a capture file, and in which line.
package struct CaptureError: Error, Hashable, Sendable {
    package var line: Int
    package var problem: String
    package var hint: String
}

/// Bytes of one line, both ways, with their origin.
package struct CaptureFile: Hashable, Sendable {
    package enum Direction: Hashable, Sendable { case fromDevice, fromHost }

    /// `# source: synthesised from PROTOCOL.md`.
    package struct Note: Hashable, Sendable {
        package var key: String
        package var value: String

        package init(key: String, value: String) { (self.key, self.value) = (key, value) }
    }

    package struct Piece: Hashable, Sendable {
        package var direction: Direction
        package var bytes: [UInt8]
    }

    /// `device`, `source`, `grade` and whatever else the header says, in its order.
    package var header: [Note]
    package var pieces: [Piece]

    /// What every header must say.
    package static let required = ["device", "source", "grade"]

    /// Reads the text of a `.capture` file.
    package init(_ text: String) throws(CaptureError) {
        (header, pieces) = ([], [])
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            let content = CaptureFile.trimmed(line)
            if content.isEmpty { continue }
            if content.first == "#" {
                if pieces.isEmpty { note(CaptureFile.trimmed(content.dropFirst())) }
                continue
            }
            pieces.append(try CaptureFile.piece(content, line: index + 1))
        }
        for key in CaptureFile.required where !header.contains(where: { $0.key == key }) {
            throw CaptureError(
                line: 1, problem: "the header does not say its \(key)", hint: "add `# \(key): …` at the top")
        }
    }

    /// What the device said, in one piece.
    package var deviceBytes: [UInt8] { pieces.filter { $0.direction == .fromDevice }.flatMap(\.bytes) }

    /// `# source: …`; other comments are for people.
    private mutating func note(_ comment: Substring) {
        guard let colon = comment.firstIndex(of: ":") else { return }
        let value = CaptureFile.trimmed(comment[comment.index(after: colon)...])
        header.append(Note(key: String(comment[..<colon]), value: String(value)))
    }

    private static func piece(_ content: Substring, line: Int) throws(CaptureError) -> Piece {
        let direction: Direction
        switch content.first {
        case "<": direction = .fromDevice
        case ">": direction = .fromHost
        default:
            throw CaptureError(
                line: line, problem: "neither header nor bytes",
                hint: "`< AA 80` for the device, `> CC 80` for the host, `#` for a comment")
        }
        let hex = content.dropFirst().prefix { $0 != "#" }
        guard let bytes = HexText.bytes(in: hex) else {
            throw CaptureError(line: line, problem: "not hex", hint: "pairs of hex digits, blanks between them")
        }
        return Piece(direction: direction, bytes: bytes)
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
