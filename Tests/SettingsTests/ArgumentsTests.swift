// Words behind a command are understood one way only, and a wrong one is answered before anything is done.

import Testing

@testable import Settings

private let shape = CommandShape(
    "healthhut try", "Tries.", arguments: ["DEVICE", "FILE?"],
    options: [.init("--settings", "FILE", "the settings", isRequired: true), .init("--hex", nil, "hex text")])

@Suite struct ArgumentsTests {
    @Test func `values, switches and positional words are told apart`() throws {
        let arguments = try Arguments(["maibobo", "--settings=/a b", "--hex", "x.capture"], shape: shape)
        #expect(arguments.positional == ["maibobo", "x.capture"])
        #expect(arguments["--settings"] == "/a b")
        #expect(arguments.has("--hex"))
    }

    @Test(arguments: [
        (["d", "--settings", "s", "--nope"], "unknown option --nope"), (["d", "--settings"], "--settings needs FILE"),
        (["d"], "--settings is missing"), (["--settings", "s"], "DEVICE is missing"),
        (["d", "f", "g", "--settings", "s"], "g is one too many"),
        (["d", "--settings", "s", "--settings", "t"], "--settings stands twice"),
        (["d", "--settings", "s", "--hex=1"], "--hex takes no value"),
    ])
    func `a command line that does not fit is refused with its reason`(words: [String], message: String) {
        #expect(throws: CommandError(message, hint: "healthhut try --help lists what it takes", status: 64)) {
            try Arguments(words, shape: shape)
        }
    }

    @Test func `help is given whatever else is wrong`() throws {
        #expect(try Arguments(["--nope", "--help"], shape: shape).wantsHelp)
        #expect(shape.help.hasPrefix("usage: healthhut try DEVICE [FILE] --settings FILE [--hex]\n\nTries.\n"))
    }
}
