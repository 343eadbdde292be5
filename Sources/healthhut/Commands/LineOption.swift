// A line as the commands that need no hut open it: from `--line`, with the settings of a profile, for as long as the
// operator wants it.

import DeviceLink
import Dispatch
import Glibc
import SerialLine
import Settings
import Vitals

/// `--line serial:PATH|unix:PATH|tcp:HOST:PORT`.
let lineOption = CommandShape.Option(
    "--line", "serial:PATH|unix:PATH|tcp:HOST:PORT", "the line to open", isRequired: true)

/// `--baud N`.
let baudOption = CommandShape.Option("--baud", "N", "bits a second of a serial line")

/// The line that `--line` and `--baud` name, with the settings of a profile where there is one.
func line(_ arguments: Arguments, of profile: DeviceProfile? = nil, command: String) throws(CommandError)
    -> LineDescription
{
    var settings = profile.map { SerialSettings($0.line) } ?? SerialSettings(path: "")
    if let text = arguments["--baud"] {
        guard let baud = Int(text), (50...4_000_000).contains(baud) else {
            throw .usage("--baud takes bits a second, such as 9600", command: command)
        }
        settings.baud = baud
    }
    do {
        return try LineDescription(arguments["--line"] ?? "", settings: settings)
    } catch {
        throw CommandError("--line: \(error)", hint: error.hint, status: 64)
    }
}

extension SerialSettings {
    /// What the maker ships, as the profile says it; the path is still to come.
    init(_ usual: LineDefaults) {
        self.init(
            path: "", baud: usual.baud, dataBits: usual.data, parity: Parity(rawValue: usual.parity.rawValue) ?? .none,
            stopBits: usual.stop, dtr: usual.dtr ?? true ? .raise : .lower, rts: usual.rts ?? true ? .raise : .lower)
    }
}

/// What a command that holds a line open waits for.
enum LineNews: Sendable {
    case line(LineEvent)
    /// The instant of `wake(at:)` has come.
    case due
    /// Ctrl-C, or SIGTERM.
    case asked
}

/// A line that one command holds open, and the ways it can be woken; used from the command's task alone.
final class HeldLine {
    /// Everything that happens, in order; ends with `close`.
    let news: AsyncStream<LineNews>
    private let happened: AsyncStream<LineNews>.Continuation
    private let keeper: LineKeeper
    private let timer: HutTimer

    /// Begins to open the line. Ctrl-C no longer ends the program by itself.
    init(_ line: LineDescription, clock: HutClock) {
        let (news, happened) = AsyncStream.makeStream(of: LineNews.self)
        (self.news, self.happened) = (news, happened)
        keeper = LineKeeper(line, queue: commandQueue) { happened.yield(.line($0)) }
        timer = HutTimer(queue: commandQueue, clock: clock)
        timer.start { happened.yield(.due) }
        for number in [SIGINT, SIGTERM] { Signals.listen(number) { happened.yield(.asked) } }
        keeper.start()
    }

    func send(_ bytes: [UInt8]) { keeper.send(bytes) }

    /// Asks for `.due` at an instant, in place of the one that was asked for; nil: not at all.
    func wake(at instant: MonotonicTime?) { timer.move(to: instant) }

    /// Lets the line go.
    func close() {
        keeper.stop()
        timer.stop()
        happened.finish()
    }
}
