// One row for each kind of part: the bytes, the numbers they are, and the same bytes again. And one for each way a
// profile can get its grammar wrong: refused, with path and hint.
import Testing
import Vitals

@testable import DeviceLink

struct PartTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var parts: String
        /// ASCII or hex.
        var message: [UInt8]
        /// `7`, `4.96` as `496e2`, `noSignal`.
        var numbers: [String]
        var testDescription: String { "\(parts) \(HexText.text(of: message))" }

        init(_ parts: String, text: String, _ numbers: String...) {
            (self.parts, message, self.numbers) = (parts, Array(text.utf8), numbers)
        }

        init(_ parts: String, _ message: [UInt8], _ numbers: String...) {
            (self.parts, self.message, self.numbers) = (parts, message, numbers)
        }
    }

    static let rows = [
        Row("{ u8: 'a', plus: 25 }", [0x57], "112"), Row("{ u16be: 'a' }", [0x01, 0x02], "258"),
        Row("{ u16le: 'a' }", [0x01, 0x02], "513"), Row("{ i16be: 'a' }", [0xFF, 0xFE], "-2"),
        Row("{ i16le: 'a', missingWhen: [-1] }", [0xFF, 0xFF], "noSignal"),
        Row("{ u32le: 'a' }", [1, 0, 0, 0x80], "2147483649"), Row("{ bcd: 2, is: 'a' }", [0x20, 0x26], "2026"),
        Row("{ digits: 3, is: 'a' }", text: "087", "87"), Row("{ digits: 3, is: 'a', pad: ' ' }", text: " 87", "87"),
        Row("{ digits: 3, is: 'a', pad: ' ' }", text: "087", "87"),
        Row("{ digits: 3, is: 'a', missing: '-' }", text: "---", "noSignal"),
        Row("{ digits: 3, is: 'a', missing: { 'HI ': 'aboveRange', 'LO ': 'belowRange' } }", text: "HI ", "aboveRange"),
        Row("{ digits: 3, is: 'a', missing: { 'HI ': 'aboveRange', 'LO ': 'belowRange' } }", text: "LO ", "belowRange"),
        Row("{ u16be: 'a', missingWhen: { '2047': 'fault', '511': 'noSignal' } }", [0x07, 0xFF], "fault"),
        Row("{ decimal: 10, is: 'a', usually: \"'+0000000.0\" }", text: "+0004775.7", "47757e1"),
        Row("{ decimal: 9, is: 'a', usually: \"'+   0.000\" }", text: "+ 123.456", "123456e3"),
        Row("{ decimal: 10, is: 'a', usually: \"'+0000000.0\" }", text: "-0000012.3", "-123e1"),
        Row(
            "{ bits: [[1, 1], ['pulse', 2], ['?', 5], [0, 1], ['pulse', 7]], of: { pulse: { missingWhen: [511] } } }",
            [0x80 | 0x60, 0x7F], "noSignal", "0"),
        Row("{ bits: [['?', 7], ['wide', 9]] }", [0xAB, 0x34], "85", "308"),
        Row("'41', { text: 2, is: 't' }, { unknown: 1, is: 'u' }, { rest: 'r' }", [0x41, 0x42, 0x43, 0xFF, 0x01]),
    ]

    private func table(_ parts: String, more: String = "") throws -> MessageTable {
        let profile = try profile(
            frames: "shape: 'line', end: ['0D'], longest: 200", messages: "any: { parts: [\(parts)]\(more) }")
        guard case .table(let table) = profile.language else { throw NoTable() }
        return table
    }

    private func said(_ number: Number) -> String {
        if let missing = number.missing { return missing.rawValue }
        return number.decimals == 0 ? String(number.count) : "\(number.count)e\(number.decimals)"
    }

    @Test(arguments: rows)
    func `a part of each kind is read, and written again`(row: Row) throws {
        let table = try table(row.parts)
        let record = try #require(table.fit(row.message[...])).record
        #expect(record.numbers.map(said) == row.numbers)
        #expect(table.messages[0].bytes(of: record) == row.message)
    }

    @Test(arguments: [
        ("{ digits: 3, is: 'a' }", " 87"), ("{ digits: 3, is: 'a', pad: ' ' }", "8 7"),
        ("{ digits: 3, is: 'a', missing: '-' }", "-8-"), ("{ digits: 2, is: 'a', atLeast: 1 }", "00"),
        ("{ decimal: 4, is: 'a', usually: \"'00.0\" }", "1.2."), ("{ text: 2, is: 't' }", "A\u{1}"),
        ("{ bits: [[1, 1], ['?', 7]] }", "A"), ("\"'RB\"", "RC"),
    ])
    func `what is no such part does not fit`(parts: String, message: String) throws {
        #expect(try table(parts).fit(Array(message.utf8)[...]) == nil)
    }

    static let masimo = """
        , pairs: { between: ' ', equals: '=', needs: ['SPO2'], keys: { SPO2: { is: 'percent', form: '000', suffix: '%' },
          PI: { is: 'perfusion', form: '00.00', suffix: '%', unit: 0.01 }, EXC: { is: 'exceptions', form: 'hex' },
          SN: { is: 'serial', form: 'text', secret: true } } }
        """

    @Test(arguments: [
        ("* SN=0000145838 SPO2=097% PI=04.96% DESAT=-- EXC=000800", ["97", "496e2", "2048"]),
        ("* EXC=800 SPO2=097%", ["97", "noSignal", "2048"]),
        ("* SPO2=---% PI=--.-% EXC=820", ["noSignal", "noSignal", "2080"]),
    ])
    func `pairs are read in any order, and unknown ones kept`(line: String, numbers: [String]) throws {
        let table = try table("\"'* \"", more: PartTests.masimo)
        let record = try #require(table.fit(Array(line.utf8)[...])).record
        #expect(record.numbers.map(said) == numbers)
        #expect(table.messages[0].bytes(of: record) == Array(line.utf8))
        var changed = record
        changed.numbers[0] = Number(100)
        let written = try #require(table.messages[0].bytes(of: changed))
        #expect(String(decoding: written, as: UTF8.self).contains("SPO2=100%"))
        #expect(!String(decoding: table.nameless(Array(line.utf8)[...], 0), as: UTF8.self).contains("0000145838"))
    }

    @Test func `keys and values may alternate, and a needed key must be there, once`() throws {
        let pairs = ", pairs: { between: ',', equals: ',', needs: ['Wk'], keys: { Wk: { is: 'kg', form: '0.0' } } }"
        let table = try table("'7B'", more: pairs)
        let line = Array("{0,16,MO,\"SC-240\",Wk,82.7,FW,18.6,CS,".utf8)
        let record = try #require(table.fit(line[...])).record
        #expect(record.numbers == [Number(827, decimals: 1)])
        #expect(table.messages[0].bytes(of: record) == line)
        var heavier = record
        heavier.numbers[0] = Number(1_827, decimals: 1)
        #expect(
            try String(decoding: #require(table.messages[0].bytes(of: heavier)), as: UTF8.self).contains("Wk,182.7,"))
        #expect(table.fit(Array("{0,16,FW,18.6".utf8)[...]) == nil)
        #expect(table.fit(Array("{Wk,82.7,Wk,80.0".utf8)[...]) == nil)
    }

    @Test(arguments: [
        (496, 2, -2, -2, 5), (496, 2, 0, -2, 496), (12, 0, 2, 0, 1_200), (725, 1, 3, 0, 72_500), (1_205, 1, 0, 0, 121),
        (-15, 1, 0, 0, -2), (0, 0, -3, -3, 0),
    ])
    func `a number is said in other units`(count: Int, decimals: Int, unit: Int, exponent: Int, value: Int) {
        let number = Number(count, decimals: UInt8(decimals))
        #expect(number.value(inTens: exponent, unit: unit) == value)
        #expect(Number(count, missing: .fault).value(inTens: exponent, unit: unit) == nil)
    }

    @Test(arguments: [
        ("{ u8: 'a', missingWhen: [256] }", "parts[0].missingWhen", "cannot stand there"),
        ("{ bits: [['a', 7], ['b', 1]], of: { a: { missingWhen: [128] } } }", "parts[0].missingWhen", "cannot stand"),
        ("{ bits: [['a', 7]] }", "parts[0].bits", "whole bytes"),
        ("{ bits: [[2, 1], ['a', 7]] }", "parts[0].bits[0]", "fit"),
        ("{ bits: [['a', 8]], of: { b: {} } }", "parts[0].of.b", "no bits"),
        ("{ bits: [['a', 40]] }", "parts[0].bits[0]", "40 bits"),
        ("{ digits: 3, is: 'a', pad: '*' }", "parts[0].pad", "blanks"),
        ("{ digits: 3, is: 'a', missing: '--' }", "parts[0].missing", "fill"),
        ("{ digits: 3, is: 'a', missing: '000' }", "parts[0].missing", "is a number"),
        ("{ decimal: 5, is: 'a' }", "parts[0].usually", "how the number"),
        ("{ u8: 'a', pad: ' ' }", "parts[0]", "belong to digits"),
        ("{ u8: 'a', unit: 0.3 }", "parts[0].unit", "power of ten"),
        ("{ u8: 'a', atLeast: 256 }", "parts[0].atLeast", "does not fit"),
        ("{ text: 2, pad: ' ' }", "parts[0]", "numbers"),
        ("{ u8: 'a' }, { u8: 'a' }", "parts[1]", "name of its own"),
        ("{ bcd: 5, is: 'a' }", "parts[0].bcd", "cannot be"),
        ("{ u8: 'a', digits: 2 }", "parts[0]", "exactly one kind"),
        ("{ rest: 'r' }, '00'", "parts[1]", "behind a rest"),
        ("'00', { at: 2, u8: 'a' }", "parts[1]", "gap"), ("'00 00', { at: 1, u8: 'a' }", "parts[1]", "overlap"),
    ])
    func `a wrong part is refused with its place`(parts: String, path: String, problem: String) throws {
        let error = try #require(throws: ProfileError.self, "\(parts) was accepted") { try table(parts) }
        #expect(error.path.hasPrefix("messages.any.\(path)"), "\(error)")
        #expect(error.problem.contains(problem) && !error.hint.isEmpty, "\(error)")
    }

    @Test(arguments: [
        ("shape: 'marked'", "frames", "needs `length`"),
        ("shape: 'marked', length: 4, longest: 9", "frames.longest", "none"),
        ("shape: 'block', start: '02', longest: 9", "frames.end", "end mark"),
        ("shape: 'block', start: '02', end: '03', after: 1, longest: 9", "frames.check", "check byte"),
        ("shape: 'block', start: '02', end: '03', after: 99, longest: 9", "frames.after", "cannot be"),
        ("shape: 'block', start: '02', end: '03', longest: 1", "frames.longest", "envelope"),
        ("shape: 'digitsBetween', mark: '31', lengths: [3]", "frames.mark", "no digit"),
        ("shape: 'digitsBetween', mark: '5E', lengths: []", "frames.lengths", "digits"),
        ("shape: 'fixed', start: '66', length: 4, trim: [2, 0]", "frames", "gap"),
        ("shape: 'fixed', start: '66', trim: [1, 0]", "frames", "needs `length`"),
        ("shape: 'reply'", "frames", "longest"),
        ("shape: 'square', longest: 3", "frames.shape", "square"),
        (
            "shape: 'fixed', start: '66', length: 4, trim: [1, 1], check: { kind: 'sum', from: 0, to: -1, at: -1, poly: '1021' }",
            "frames.check", "crc16"
        ),
        (
            "shape: 'fixed', start: '66', length: 4, trim: [1, 1], check: { kind: 'sum', from: 0, to: 0, at: -1 }",
            "frames.check", "covers the check"
        ),
        (
            "shape: 'fixed', start: '66', length: 4, trim: [1, 1], check: { kind: 'sum', from: 9, to: -1, at: -1 }",
            "frames.check", "leaves the frame"
        ),
        (
            "shape: 'fixed', start: '66', length: 4, trim: [1, 1], "
                + "check: { kind: 'sum', from: 0, to: -1, at: -1, or: [{ kind: 'sum16', from: 0, to: -2, at: -2 }] }",
            "frames.check.or[0]", "another place"
        ),
        (
            "shape: 'fixed', start: '66', length: 4, trim: [1, 1], check: { kind: 'sum', from: 0, to: -1, at: -1, first: 'low' }",
            "frames.check.first", "no halves"
        ),
    ])
    func `wrong frames are refused with their key`(frames: String, path: String, problem: String) throws {
        let error = try #require(throws: ProfileError.self, "\(frames) was accepted") {
            try profile(frames: frames, messages: "any: { parts: [{ unknown: 2, is: 'any' }] }")
        }
        #expect(error.path.hasPrefix(path), "\(error)")
        #expect(error.problem.contains(problem) && !error.hint.isEmpty, "\(error)")
    }

    @Test(arguments: [
        ("between: '  ', equals: '=', keys: { A: { is: 'a', form: '0' } }", "between", "one character"),
        ("between: ' ', equals: '=', needs: ['B'], keys: { A: { is: 'a', form: '0' } }", "needs", "none of the keys"),
        ("between: ' ', equals: '=', keys: { A: { is: 'a', form: 'x' } }", "keys.A.form", "no form"),
        ("between: ' ', equals: '=', keys: {}", "keys", "1 to 60"),
        (
            "between: ' ', equals: '=', keys: { A: { is: 'a', form: '0' }, B: { is: 'a', form: '0' } }", "keys.B.is",
            "own"
        ),
    ])
    func `wrong pairs are refused with their key`(pairs: String, path: String, problem: String) throws {
        let error = try #require(throws: ProfileError.self, "\(pairs) was accepted") {
            try table("'7B'", more: ", pairs: { \(pairs) }")
        }
        #expect(error.path.hasPrefix("messages.any.pairs.\(path)"), "\(error)")
        #expect(error.problem.contains(problem) && !error.hint.isEmpty, "\(error)")
    }
}
