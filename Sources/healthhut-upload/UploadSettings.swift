// The few keys of the hut's settings that a run needs. `healthhut check` examines the whole file and refuses what it
// does not know; here the other keys are not our business, so that a new key of the daemon never stops the upload.

import Foundation
import Vitals

/// What a run needs to know.
package struct UploadSettings: Hashable, Sendable {
    package var hut: String
    package var offset: UTCOffset
    package var ledger: String
    /// The base address of the district's FHIR server, without a slash at its end.
    package var base: URL
    /// A file whose first line is a bearer token, read for each request.
    package var tokenFile: String?
    /// Where `serve` listens for *there are new facts*.
    package var nudge: String?

    /// Reads the settings file.
    package init(file path: String) throws(UploadProblem) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw UploadProblem(
                "\(path): the settings cannot be read", hint: "check the path and that this user may read it",
                .configuration)
        }
        let keys: Keys
        do {
            let decoder = JSONDecoder()
            decoder.allowsJSON5 = true
            keys = try decoder.decode(Keys.self, from: data)
        } catch {
            throw UploadSettings.wrong(path, UploadSettings.explanation(of: error))
        }
        hut = keys.hut.id
        ledger = keys.ledger
        nudge = keys.sockets?.nudge
        guard !hut.isEmpty else { throw UploadSettings.wrong(path, "hut.id is empty") }
        guard let offset = UTCOffset(keys.hut.utcOffset) else {
            throw UploadSettings.wrong(path, "hut.utcOffset is not an offset like +08:00")
        }
        self.offset = offset
        guard let upload = keys.upload else {
            throw UploadProblem(
                "\(path): there is no upload.fhir: this hut has no district",
                hint: "add upload: { fhir: 'https://…' }, or do not start healthhut-upload", .configuration)
        }
        guard let fhir = upload.fhir else {
            throw UploadProblem(
                "\(path): upload.fhir is null: nothing leaves this hut", hint: "name the district's address to upload",
                .done)
        }
        base = try UploadSettings.base(fhir, path)
        tokenFile = upload.tokenFile
    }

    private struct Keys: Decodable {
        struct Hut: Decodable { var id, utcOffset: String }
        struct Upload: Decodable {
            var fhir: String?
            var tokenFile: String?
        }
        struct Sockets: Decodable { var nudge: String? }
        var hut: Hut
        var ledger: String
        var upload: Upload?
        var sockets: Sockets?
    }

    /// Readings travel encrypted; only this machine itself may be spoken to in the clear.
    private static func base(_ text: String, _ path: String) throws(UploadProblem) -> URL {
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let url = URL(string: trimmed), let host = url.host, !host.isEmpty, url.query == nil, url.fragment == nil,
            url.user == nil, let scheme = url.scheme, ["http", "https"].contains(scheme)
        else { throw wrong(path, "upload.fhir is not an address like https://host/fhir") }
        let isHere = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
        guard scheme == "https" || isHere else {
            throw UploadProblem(
                "\(path): upload.fhir would send readings unencrypted", hint: "use the district's https address",
                .configuration)
        }
        return url
    }

    private static func wrong(_ path: String, _ what: String) -> UploadProblem {
        UploadProblem("\(path): \(what)", hint: "healthhut check --settings FILE examines every key", .configuration)
    }

    /// Key path and complaint, without the value.
    private static func explanation(of error: any Error) -> String {
        func place(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
            (context.codingPath + (key.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
        }
        switch error {
        case DecodingError.keyNotFound(let key, let context): return "\(place(context, key)) is missing"
        case DecodingError.valueNotFound(_, let context): return "\(place(context)) has no value"
        case DecodingError.typeMismatch(_, let context): return "\(place(context)) is of the wrong kind"
        case DecodingError.dataCorrupted: return "not JSON5"
        default: return "cannot be understood"
        }
    }
}
