// What a person sees who types something wrong: one line, one hint, a status that says whose turn it is.

import Foundation
import Testing
import Vitals
import healthhut_upload

/// Hands `body` the path of a file with this text, and removes it.
private func withFile<Value>(_ text: String, _ body: (String) async throws -> Value) async throws -> Value {
    let url = FileManager.default.temporaryDirectory.appending(path: "upload-settings-\(UUID().uuidString).json5")
    try text.write(to: url, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: url) }
    return try await body(url.path)
}

private let good = """
    {
      hut: { id: 'hut-0001', utcOffset: '+08:00', phones: [] }, // other keys are not ours
      ledger: '/nowhere/ledger.sqlite',
      upload: { fhir: 'https://district.example/fhir/' },
    }
    """

@Suite struct `The settings of a run` {
    @Test func `are the few keys it needs`() async throws {
        let settings = try await withFile(good) { try UploadSettings(file: $0) }
        #expect(settings.hut == "hut-0001" && settings.offset.text == "+08:00")
        #expect(settings.base.absoluteString == "https://district.example/fhir")
        #expect(settings.tokenFile == nil && settings.nudge == nil)
    }

    @Test(arguments: [
        ("id: 'hut-0001', ", "", "hut.id is missing"),
        ("'hut-0001'", "''", "hut.id is empty"),
        ("'+08:00'", "'8'", "hut.utcOffset is not an offset like +08:00"),
        ("'+08:00'", "8", "hut.utcOffset is of the wrong kind"),
        ("'https://district.example/fhir/'", "7", "upload.fhir is of the wrong kind"),
        ("https://district", "ftp://district", "upload.fhir is not an address like https://host/fhir"),
        ("/fhir/'", "/fhir?x=1'", "upload.fhir is not an address like https://host/fhir"),
        ("https://district", "https://user:secret@district", "upload.fhir is not an address like https://host/fhir"),
        ("https://district", "http://district", "upload.fhir would send readings unencrypted"),
        ("upload:", "uploads:", "there is no upload.fhir: this hut has no district"),
        ("},\n}", "}}}", "not JSON5"),
    ]) func `that are wrong are refused with the key`(_ old: String, _ new: String, _ message: String) async throws {
        try await withFile(good.replacing(old, with: new)) { path in
            let problem = #expect(throws: UploadProblem.self) { try UploadSettings(file: path) }
            #expect(problem?.message == "\(path): \(message)")
            #expect(problem?.status == .configuration)
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost", "[::1]"]) func `may name this machine in the clear`(_ host: String)
        async throws
    {
        let here = good.replacing("https://district.example", with: "http://\(host):8000")
        _ = try await withFile(here) { try UploadSettings(file: $0) }
    }
}

@Suite struct `The command line` {
    @Test(arguments: [
        ([], 64, "--settings FILE is missing"), (["--settings"], 64, "--settings needs a file"),
        (["--setings", "x"], 64, "unknown argument: --setings"),
        (["--settings", "x", "y"], 64, "one argument too many: y"),
        (["--settings", "/nowhere.json5"], 78, "/nowhere.json5: the settings cannot be read"),
    ]) func `says in one line what is wrong, and a hint`(_ arguments: [String], _ status: Int32, _ message: String)
        async throws
    {
        let run = try Child(Place.uploader, arguments)
        #expect(await run.line() == nil)
        let (ended, said) = await run.end()
        #expect(ended == status)
        let lines = said.split(separator: "\n")
        #expect(lines.count == 2 && lines[0] == "healthhut-upload: \(message)")
        #expect(lines.last?.hasPrefix("healthhut-upload: hint: ") == true)
    }

    @Test func `explains itself, every status too`() async throws {
        let run = try Child(Place.uploader, ["--help"])
        var help: [String] = []
        while let line = await run.line() { help.append(line) }
        #expect(await run.end().status == 0)
        for status in [0, 64, 65, 74, 75, 76, 77, 78] {
            #expect(help.contains { $0.contains(" \(status)  ") }, "\(status)")
        }
    }

    @Test func `does not make a ledger where there is none`() async throws {
        let (status, said) = try await withFile(good) { try await Child(Place.uploader, ["--settings", $0]).end() }
        #expect(status == 78 && said.contains("/nowhere/ledger.sqlite: there is no ledger"))
    }
}
