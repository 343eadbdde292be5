// Profiles, policies and settings are JSON5 written by people, and the platform's decoder forgives them too much:
// a misspelt key is ignored in silence, and of two equal keys one is dropped. A limit that is silently not there is a
// hazard, so this file refuses both, with the path, the line, and what would have been right.
//
// `JSONDecoder` does the parsing. Around it stands a decoder that remembers every key a type asks for; beside it, a
// scan of the same text lists every key that is written, and where. Written but never asked for is unknown.
import FoundationEssentials

/// What is wrong in a JSON5 file, and where.
package struct StrictJSON5Error: Error, Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// 1 for the first line; nil where it is not known.
    package var line: Int?
    /// `instruments[0].line.baud`; empty for the file as a whole.
    package var path: String
    package var problem: String
    package var hint: String

    package init(file: String, line: Int? = nil, path: String, problem: String, hint: String) {
        (self.file, self.line, self.path, self.problem, self.hint) = (file, line, path, problem, hint)
    }

    /// `hut.json5:7: instruments[0].line.buad: unknown key`, without the hint.
    package var description: String {
        [file + (line.map { ":\($0)" } ?? ""), path, problem].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}

/// JSON5 in which every key is known and stands once.
package struct StrictJSON5: Sendable {
    package let file: String
    private let bytes: [UInt8]
    private let written: [WrittenKey]
    private let troubleLine: Int?

    /// `file` is for messages only.
    package init(_ bytes: [UInt8], file: String) {
        (self.file, self.bytes) = (file, bytes)
        var scan = KeyScan(bytes: bytes)
        scan.text()
        (written, troubleLine) = (scan.keys, scan.troubleLine)
    }

    /// Reads a value of `type`; refuses bad syntax, a missing, unknown or repeated key, and a value of another kind.
    package func decode<T: Decodable>(_ type: T.Type) throws(StrictJSON5Error) -> T {
        let asked = AskedKeys()
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        let value: T
        do {
            value = try decoder.decode(Remembering<T>.self, from: Data(bytes), configuration: asked).value
        } catch let error as DecodingError {
            throw refusal(error)
        } catch {
            throw StrictJSON5Error(file: file, path: "", problem: "\(error)", hint: "see the documented example")
        }
        try refuseRepeated()
        for key in written where !asked.paths.contains(key.path) {
            let known = asked.keys(under: key.parent)
            throw StrictJSON5Error(
                file: file, line: key.line, path: key.path, problem: "unknown key",
                hint: known.isEmpty ? "remove it" : "known here: \(known.joined(separator: ", "))")
        }
        return value
    }

    /// An error at a path, for what only the caller can judge: `profile.error(at: "line.baud", …)`.
    package func error(at path: String, _ problem: String, hint: String) -> StrictJSON5Error {
        StrictJSON5Error(file: file, line: line(of: path), path: path, problem: problem, hint: hint)
    }

    /// The keys written under a path, in the order of the text, which a decoded dictionary forgets.
    package func keys(under path: String) -> [String] { written.filter { $0.parent == path }.map(\.name) }

    private func refuseRepeated() throws(StrictJSON5Error) {
        var seen: Set<String> = []
        for key in written where !seen.insert(key.path).inserted {
            throw StrictJSON5Error(
                file: file, line: key.line, path: key.path, problem: "this key is written twice",
                hint: "keep one of the two")
        }
    }

    private func refusal(_ error: DecodingError) -> StrictJSON5Error {
        switch error {
        case .keyNotFound(let key, let context):
            let parent = pathText(context.codingPath)
            let there = keys(under: parent)
            return StrictJSON5Error(
                file: file, line: line(of: parent), path: pathText(context.codingPath + [key]),
                problem: "this key is missing",
                hint: "add it" + (there.isEmpty ? "" : "; written there: \(there.joined(separator: ", "))"))
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            return self.error(
                at: pathText(context.codingPath), "\(wanted(type)) is wanted here", hint: "see the documented example")
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            return StrictJSON5Error(
                file: file, line: troubleLine, path: "", problem: "this is no JSON5",
                hint: "a comma, colon, quote or bracket is missing or one too many, at this line or just before it")
        case .dataCorrupted(let context):
            let cause = context.underlyingError.map { " (\($0))" } ?? ""
            return self.error(
                at: pathText(context.codingPath), context.debugDescription + cause, hint: "see the documented example")
        @unknown default:
            return self.error(at: "", "\(error)", hint: "see the documented example")
        }
    }

    /// The line of a key, or of the nearest key around it.
    private func line(of path: String) -> Int? {
        if let key = written.first(where: { $0.path == path }) { return key.line }
        guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
        return line(of: String(path[..<cut]))
    }
}

/// `instruments[0].line.baud`.
private func pathText(_ path: [any CodingKey]) -> String {
    path.reduce("") { text, key in
        // The platform names the elements of a list "Index 0"; a dictionary key '01' has an `intValue` too.
        if let index = key.intValue, key.stringValue == "Index \(index)" { return "\(text)[\(index)]" }
        return text.isEmpty ? key.stringValue : "\(text).\(key.stringValue)"
    }
}

/// Every key path a type asked for.
private final class AskedKeys {
    var paths: Set<String> = []

    func keys(under parent: String) -> [String] {
        let prefix = parent.isEmpty ? "" : parent + "."
        return paths.filter { $0.hasPrefix(prefix) && !$0.dropFirst(prefix.count).contains { $0 == "." || $0 == "[" } }
            .map { String($0.dropFirst(prefix.count)) }.sorted()
    }
}

private struct Remembering<T: Decodable>: DecodableWithConfiguration {
    let value: T
    init(from decoder: any Decoder, configuration asked: AskedKeys) throws {
        value = try T(from: RememberingDecoder(base: decoder, asked: asked))
    }
}

/// Reads a value; a word that is none of a list is answered with the list, in an operator's words.
private func read<T: Decodable>(_ type: T.Type, from decoder: any Decoder) throws -> T {
    do {
        return try T(from: decoder)
    } catch DecodingError.dataCorrupted(let context) where type is any RawRepresentable.Type {
        let choices = (type as? any CaseIterable.Type).map { words(of: $0) } ?? []
        let word = (try? decoder.singleValueContainer().decode(String.self)).map { "`\($0)`" } ?? "this word"
        let problem =
            choices.isEmpty ? "\(word) is not known here" : "\(word) is none of \(choices.joined(separator: ", "))"
        throw DecodingError.dataCorrupted(.init(codingPath: context.codingPath, debugDescription: problem))
    } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty && type is any BinaryInteger.Type
    {
        // The platform forgets where a number stands that has no room, like 10.5 or one of thirty digits.
        throw DecodingError.dataCorrupted(
            .init(codingPath: decoder.codingPath, debugDescription: "a whole number is wanted here"))
    }
}

/// What a type is written as.
private func wanted(_ type: Any.Type) -> String {
    switch type {
    case is any BinaryInteger.Type: "a whole number"
    case is any BinaryFloatingPoint.Type: "a number"
    case is String.Type: "a text in quotes"
    case is Bool.Type: "true or false"
    case is [Any].Type: "a list, [ … ],"
    default: "an object, { … },"
    }
}

/// Every word of a list, as it is written.
private func words<List: CaseIterable>(of list: List.Type) -> [String] {
    list.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
}

/// Passes everything on to the platform's decoder, and notes the keys.
private struct RememberingDecoder: Decoder {
    let base: any Decoder
    let asked: AskedKeys
    var codingPath: [any CodingKey] { base.codingPath }
    var userInfo: [CodingUserInfoKey: Any] { base.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RememberingKeyed(base: try base.container(keyedBy: type), asked: asked))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        RememberingList(base: try base.unkeyedContainer(), asked: asked)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        RememberingSingle(base: try base.singleValueContainer(), decoder: self)
    }
}

private struct RememberingKeyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let base: KeyedDecodingContainer<Key>
    let asked: AskedKeys
    var codingPath: [any CodingKey] { base.codingPath }
    var allKeys: [Key] { base.allKeys }

    func contains(_ key: Key) -> Bool {
        note(key)
        return base.contains(key)
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        note(key)
        return try base.decodeNil(forKey: key)
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try read(type, from: nested(key))
    }

    func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Inner> { try nested(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try nested(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { RememberingDecoder(base: try base.superDecoder(), asked: asked) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try nested(key) }

    private func note(_ key: Key) { asked.paths.insert(pathText(codingPath + [key])) }

    private func nested(_ key: Key) throws -> RememberingDecoder {
        note(key)
        guard base.contains(key) else {
            throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "missing"))
        }
        return RememberingDecoder(base: try base.superDecoder(forKey: key), asked: asked)
    }
}

private struct RememberingList: UnkeyedDecodingContainer {
    var base: any UnkeyedDecodingContainer
    let asked: AskedKeys
    var codingPath: [any CodingKey] { base.codingPath }
    var count: Int? { base.count }
    var isAtEnd: Bool { base.isAtEnd }
    var currentIndex: Int { base.currentIndex }

    mutating func decodeNil() throws -> Bool { try base.decodeNil() }
    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try read(type, from: superDecoder())
    }

    mutating func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type
    ) throws -> KeyedDecodingContainer<Inner> { try superDecoder().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try superDecoder().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder {
        RememberingDecoder(base: try base.superDecoder(), asked: asked)
    }
}

/// The types that end the descent: only for these the platform's own container answers.
private protocol JSONScalar: Decodable {}
extension Bool: JSONScalar {}
extension String: JSONScalar {}
extension Double: JSONScalar {}
extension Float: JSONScalar {}
extension Int: JSONScalar {}
extension Int8: JSONScalar {}
extension Int16: JSONScalar {}
extension Int32: JSONScalar {}
extension Int64: JSONScalar {}
extension UInt: JSONScalar {}
extension UInt8: JSONScalar {}
extension UInt16: JSONScalar {}
extension UInt32: JSONScalar {}
extension UInt64: JSONScalar {}

private struct RememberingSingle: SingleValueDecodingContainer {
    let base: any SingleValueDecodingContainer
    let decoder: RememberingDecoder
    var codingPath: [any CodingKey] { base.codingPath }

    func decodeNil() -> Bool { base.decodeNil() }
    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        type is any JSONScalar.Type ? try base.decode(type) : try read(type, from: decoder)
    }
}
