// `healthhut watch`: what is recorded, raised and cleared, one JSON object a line, for other local programs.

import Glibc
import Settings

let watchShape = CommandShape(
    "healthhut watch", "Prints what is recorded, raised and cleared, as JSON Lines.",
    options: [
        .init("--socket", "PATH", "the watch socket of a running hut", isRequired: true),
        .init("--since", "SEQUENCE", "first everything after this sequence number, from the ledger"),
    ],
    notes: "Ends with status 75 when the hut ends; start again with --since and the last sequence number seen.")

/// Pipes the watch socket to standard output until the hut or the reader ends.
func runWatch(_ arguments: Arguments) throws(CommandError) {
    var request = "now\n"
    if let since = arguments["--since"] {
        guard let sequence = Int64(since), sequence >= 0 else {
            throw .usage("--since takes a sequence number such as 0 or 1024", command: watchShape.name)
        }
        request = "since \(sequence)\n"
    }
    let descriptor = try connect(arguments["--socket"] ?? "")
    writeAll(descriptor, request)
    while true {
        switch readAvailable(descriptor) {
        case .bytes(let bytes): writeAll(STDOUT_FILENO, bytes: bytes)
        case .nothing: continue
        case .ended: throw CommandError("the hut ended the connection", hint: "start again with --since", status: 75)
        }
    }
}
