// `healthhut record`: a line written down, both directions with times, as a capture that a folder of the shelf can hold.
// With a device named it plays the hut's side, so that an instrument that must be asked speaks; but it starts no
// measurement and acknowledges nothing: what a device deletes on acknowledgement must be on a ledger's disk first.

import DeviceLink
import Glibc
import SerialLine
import Settings
import Vitals

let recordShape = CommandShape(
    "healthhut record", "Records what a line says, both directions with times, as a capture.",
    options: [
        lineOption,
        .init("--out", "FILE.capture", "the capture to make; one that is there is never overwritten", isRequired: true),
        .init("--device", "NAME", "play the hut's side of this device; when absent, only listen"), baudOption,
    ] + devicesOptions,
    notes: """
        Runs until Ctrl-C; the file is whole then. Nothing starts a measurement and nothing is acknowledged: press the
        machine's own key. A capture holds what people measured: blank names and numbers before it leaves this box.
        """)

/// Records until it is asked to end.
func runRecord(_ arguments: Arguments) async throws(CommandError) {
    var profile: DeviceProfile?
    if let device = arguments["--device"] { profile = try healthhut.profile(device, arguments) }
    if let profile, profile.kind.reads == .card {
        throw CommandError(
            "what a \(profile.name) says is somebody's identity and is never written down",
            hint: "its folder's own captures hold an invented person", status: 65)
    }
    let line = try line(arguments, of: profile, command: recordShape.name)
    let clock = HutClock()
    let file = try CaptureOnDisk(arguments["--out"] ?? "")
    let held = HeldLine(line, clock: clock)
    var recording = Recording(file: file, conversation: profile.map { Conversation(profile: $0) }, start: clock.now)
    do throws(CommandError) {
        for await news in held.news {
            guard try recording.take(news, on: held, line: line, device: arguments["--device"], clock.now) else {
                break
            }
        }
        held.close()
        try recording.end()
    } catch {
        held.close()
        file.removeIfEmpty()
        throw error
    }
    complain(recording.summary)
}

/// One recording while it runs.
private struct Recording {
    private var file: CaptureOnDisk
    private var conversation: Conversation?
    private var writer: CaptureWriter
    private var hasOpened = false
    private var heard = 0, said = 0

    init(file: CaptureOnDisk, conversation: Conversation?, start: Now) {
        (self.file, self.conversation) = (file, conversation)
        writer = CaptureWriter(start: start.monotonic)
    }

    var summary: String {
        let understood = conversation.map { ", \($0.tally.frames) frames understood" } ?? ""
        return "\(file.path): \(heard) bytes from the device, \(said) to it\(understood)"
    }

    /// Writes down what happened; false when it was the end.
    mutating func take(_ news: LineNews, on held: HeldLine, line: LineDescription, device: String?, _ now: Now)
        throws(CommandError) -> Bool
    {
        switch news {
        case .asked: return false
        case .line(.opened):
            if !hasOpened {
                try file.append(header(line, device, now))
                complain("recording \(line); Ctrl-C ends")
            } else {
                try file.append(writer.remark("the line is back", at: now.monotonic))
            }
            hasOpened = true
            try perform(conversation?.opened(at: now.monotonic) ?? [], held, now)
        case .line(.bytes(let bytes)):
            heard += bytes.count
            try file.append(writer.add(bytes, .fromDevice, at: now.monotonic))
            try perform(conversation?.receive(bytes, at: now.monotonic) ?? [], held, now)
        case .line(.lost(let failure, _)):
            guard hasOpened else { throw CommandError("\(line): \(failure)", hint: failure.hint, status: 69) }
            complain("\(line): \(failure); hint: \(failure.hint)")
            _ = conversation?.lost(at: now.monotonic)
            try file.append(writer.remark("the line is lost: \(failure)", at: now.monotonic))
        case .due:
            try file.append(writer.due(at: now.monotonic))
            try perform(conversation?.deadlineReached(at: now.monotonic) ?? [], held, now)
        }
        held.wake(at: [writer.deadline, conversation?.deadline].compactMap(\.self).min())
        return true
    }

    /// The last line, and all of it on the disk.
    mutating func end() throws(CommandError) {
        try file.append(writer.finish())
        guard hasOpened else {
            throw CommandError("nothing was recorded", hint: "the line was not open yet", status: 69)
        }
        try file.close()
    }

    private mutating func perform(_ steps: [Step], _ held: HeldLine, _ now: Now) throws(CommandError) {
        for case .send(let bytes) in steps {
            said += bytes.count
            held.send(bytes)
            try file.append(writer.add(bytes, .fromHost, at: now.monotonic))
        }
    }

    private func header(_ line: LineDescription, _ device: String?, _ now: Now) -> String {
        var notes = [
            ("device", device ?? "unknown"),
            ("source", "recorded by healthhut \(HealthHut.version) at \(UTCOffset(seconds: 0).iso(now.hut))"),
            ("grade", "captured"),
            ("about", "?? the model and its firmware, and what was done while this was recorded"),
        ]
        // The port is this box's own business; its speed belongs to the capture.
        if case .serial = line {
            notes.append(("line", "\(line)".split(separator: " ").dropFirst().joined(separator: " ")))
        }
        return CaptureWriter.header(notes.map { .init(key: $0.0, value: $0.1) })
    }
}

/// The file of a recording: made new, written line by line, so that what was recorded so far is always whole.
private struct CaptureOnDisk {
    let path: String
    private let descriptor: Int32
    /// How many bytes of it are whole lines.
    private var whole = 0

    init(_ path: String) throws(CommandError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST
                ? CommandError(
                    "\(path) is there already", hint: "name another file; nothing was overwritten", status: 73)
                : CommandError("cannot make \(path): \(errorText(errno))", hint: "is the folder there?", status: 73)
        }
    }

    /// - Throws: when there is no room; the file then ends with the last line that is whole.
    mutating func append(_ text: String) throws(CommandError) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 { bytes = bytes.dropFirst(written) }
            if written <= 0, errno != EINTR {
                let failure = failure
                ftruncate(descriptor, whole)
                throw failure
            }
        }
        whole += text.utf8.count
    }

    func close() throws(CommandError) {
        guard fsync(descriptor) == 0, Glibc.close(descriptor) == 0 else { throw failure }
    }

    /// A recording that never began leaves no file.
    func removeIfEmpty() {
        var state = stat()
        if fstat(descriptor, &state) == 0, state.st_size == 0 { unlink(path) }
    }

    private var failure: CommandError {
        CommandError(
            "cannot write \(path): \(errorText(errno))", hint: "what stands in it so far is whole; make room",
            status: 74)
    }
}
