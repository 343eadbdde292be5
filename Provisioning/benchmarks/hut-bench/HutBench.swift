// Measures from inside the process what no socket can show: the ledger's own writing and reading, the rules, and the
// decoder.
// `Provisioning/bench` runs it; nothing of it is linked into the hut. Prints `key value` a line.

import DeviceLink
import Glibc
import Ledger
import Vitals

@main enum HutBench {
    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        do {
            try await run(words)
        } catch let error as LedgerError {
            fail(error.message, hint: error.hint)
        } catch {
            fail("\(error)", hint: "hut-bench MEASURE LEDGER NUMBER…; Provisioning/bench shows how")
        }
    }

    private static func run(_ words: [String]) async throws {
        guard words.count >= 2 else { throw Usage() }
        let (path, numbers) = (words[1], words.dropFirst(2).compactMap { Int($0) })
        func number(_ index: Int) throws -> Int {
            guard index < numbers.count else { throw Usage() }
            return numbers[index]
        }
        switch words[0] {
        case "fill": try await fill(path, residents: try number(0), count: try number(1))
        case "append":
            try await append(path, residents: try number(0), count: try number(1), together: try number(2))
        case "read": try await read(path, residents: try number(0), samples: try number(1))
        case "claim": try await claim(path, count: try number(0))
        case "rebuild": try await rebuild(path)
        case "check": try await check(path)
        case "review" where words.count > 2:
            // The second word after the measure is the policy, so the numbers begin one later.
            try await review(path, policy: words[2], residents: try number(0), samples: try number(1))
        case "rules": try await rules(path)
        case "care-fill": try await careFill(path, residents: try number(0), flags: try number(1))
        case "care" where words.count > 2: try await care(path, policy: words[2], residents: try number(0))
        case "decode": try decode(profile: path, megabytes: try number(0))
        case "decode-all": try decodeAll(path, megabytes: try number(0))
        case "noise": try noise(profile: path, mebibytes: try number(0))
        default: throw Usage()
        }
    }

    static func fail(_ message: String, hint: String) -> Never {
        put("hut-bench: \(message)\nhint: \(hint)\n", STDERR_FILENO)
        exit(1)
    }
}

struct Usage: Error {}

/// Prints one figure.
func say(_ key: String, _ value: Double) {
    put("\(key) \(value)\n", STDOUT_FILENO)
}

private func put(_ text: String, _ descriptor: Int32) {
    let bytes = Array(text.utf8)
    _ = write(descriptor, bytes, bytes.count)
}

/// A percentile of samples; 0 of none.
func percentile(_ samples: [Double], _ part: Double) -> Double {
    guard !samples.isEmpty else { return 0 }
    return samples.sorted()[min(samples.count - 1, Int(part * Double(samples.count)))]
}

/// Milliseconds that `body` takes.
func timed(_ body: () async throws -> Void) async rethrows -> Double {
    let clock = ContinuousClock()
    let began = clock.now
    try await body()
    return (clock.now - began) / .milliseconds(1)
}

/// Bytes that this process has caused to be written to a disk so far.
func bytesWritten() throws -> Int {
    guard let file = fopen("/proc/self/io", "r") else { throw Usage() }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 100)
    while fgets(&line, Int32(line.count), file) != nil {
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let words = text.split { $0 == " " || $0 == "\n" }
        if words.first == "write_bytes:", words.count == 2, let bytes = Int(words[1]) { return bytes }
    }
    throw Usage()
}

// MARK: the decoder

/// Megabytes a second of lines that give a reading each, with their raw bytes, as the hut hears them.
private func decode(profile path: String, megabytes: Int) throws {
    let profile = try DeviceProfile.load(json5: try contents(path), file: path)
    var conversation = Conversation(profile: profile)
    let start = MonotonicTime(nanoseconds: 0)
    _ = conversation.opened(at: start)
    let piece = Array(repeatElement(Neighbourhood.frame, count: 64).joined())
    let pieces = megabytes * 1_000_000 / piece.count
    var readings = 0
    let clock = ContinuousClock()
    let began = clock.now
    for _ in 0..<pieces { readings += conversation.receive(piece, at: start).count }
    let seconds = (clock.now - began) / .seconds(1)
    guard readings >= pieces * 64 else { HutBench.fail("\(readings) of \(pieces * 64) decoded", hint: "a bug") }
    say("decode", Double(pieces * piece.count) / 1_000_000 / seconds)
}
