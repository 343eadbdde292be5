// A misspelt key or a doubled one must not pass as an omitted one: what the reader of settings and profiles refuses,
// and where it says the mistake is.

import Testing
import Vitals

private struct Settings: Decodable, Equatable {
    var name: String
    var size: Int?
    var parts: [Part]
    var meaning: [String: Text]
    var mode: Mode?

    struct Part: Decodable, Equatable { var baud: Int, ratio: Double? = nil }
    struct Text: Decodable, Equatable { var zh: String }
    enum Mode: String, Decodable, CaseIterable { case quick, slow }
}

struct StrictJSON5Tests {
    private func refusal(_ text: String) throws -> StrictJSON5Error {
        try #require(throws: StrictJSON5Error.self) {
            try StrictJSON5(Array(text.utf8), file: "hut.json5").decode(Settings.self)
        }
    }

    @Test func `a correct file with comments, bare keys and trailing commas is read whole`() throws {
        let text = """
            // name: 'not this'
            { name: 'a \\'} // b', /* { size: 3 } */ parts: [{ baud: 9600, ratio: 0.5, }, { 'baud': 1 }],
              meaning: { '0F': { zh: '漏气' } }, mode: 'slow', size: null }
            """
        let settings = try StrictJSON5(Array(text.utf8), file: "hut.json5").decode(Settings.self)
        #expect(
            settings
                == Settings(
                    name: "a '} // b", size: nil, parts: [.init(baud: 9600, ratio: 0.5), .init(baud: 1)],
                    meaning: ["0F": .init(zh: "漏气")], mode: .slow))
    }

    @Test(arguments: [
        (
            "{ name: 'a',\n parts: [{ baud: 1 }, { baud: 2,\n buad: 3 }], meaning: {} }", 3, "parts[1].buad",
            "unknown key"
        ),
        ("{ name: 'a', parts: [], meaning: {}, sise: null }", 1, "sise", "unknown key"),
        ("{ name: 'a', parts: [], meaning: { '01': { zh: 'b', fr: 'c' } } }", 1, "meaning.01.fr", "unknown key"),
        ("{ name: 'a',\n name: 'b', parts: [], meaning: {} }", 2, "name", "this key is written twice"),
        ("{ name: 'a',\n parts: [{ }], meaning: {} }", 2, "parts[0].baud", "this key is missing"),
    ])
    func `a wrong key is refused with its line and path`(
        text: String, line: Int, path: String, problem: String
    ) throws {
        let error = try refusal(text)
        #expect(error.line == line)
        #expect(error.path == path)
        #expect(error.problem == problem)
        #expect(error.description == "hut.json5:\(line): \(path): \(problem)")
        #expect(!error.hint.isEmpty)
    }

    @Test func `a word that is none of a list is answered with the list`() throws {
        let error = try refusal("{ name: 'a', parts: [], meaning: {},\n mode: 'fast' }")
        #expect(error.description == "hut.json5:2: mode: `fast` is none of quick, slow")
    }

    @Test func `an unknown key is answered with the keys that are known there`() throws {
        let error = try refusal("{ name: 'a', parts: [{ baud: 1, buad: 2 }], meaning: {} }")
        #expect(error.hint == "known here: baud, ratio")
    }

    @Test(arguments: [
        ("{ name: 'a', parts: [{\n baud: '9600' }], meaning: {} }", "parts[0].baud", 2),
        ("{ name: 'a', parts: [], meaning: {},\n mode: 'fast' }", "mode", 2),
        ("{ name: 7, parts: [], meaning: {} }", "name", 1),
    ])
    func `a value of another kind is refused with its line and path`(text: String, path: String, line: Int) throws {
        let error = try refusal(text)
        #expect(error.path == path)
        #expect(error.line == line)
    }

    @Test(arguments: [
        ("", 1), ("{", 1), ("{ name: 'a',\n size: 1\n", 3), ("[1,\n 2", 2), ("{ parts: [],\n name: }", 2),
        ("{ size: 1\n name: 'a' }", 2), ("{ size 1 }", 1), ("{\n name: 'a,\n size: 1 }", 2),
        ("{ name: 'a', parts: [1 2] }", 1), ("{ name: 'a' }\n}", 2), ("\u{FF}", 1), ("/*", 1), ("'", 1),
    ])
    func `what is not JSON5 is refused with the line where it stops being it`(text: String, line: Int) throws {
        let error = try refusal(text)
        #expect(error.problem == "this is no JSON5")
        #expect(error.line == line)
    }

    @Test func `deep nesting is refused, not overflowed`() throws {
        #expect(try refusal(String(repeating: "[", count: 100_000)).file == "hut.json5")
    }
}
