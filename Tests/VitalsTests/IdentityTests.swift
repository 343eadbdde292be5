// Numbers that check themselves, codes, and tokens that cannot be printed. 11010519491231002X is the specimen that GB 11643
// prints; every other number here is invented.

import FoundationEssentials
import Testing

@testable import Vitals

@Suite struct IdentityTests {
    @Test(arguments: [
        ("11010519491231002X", "11010519491231002X"), ("11010519491231002x", "11010519491231002X"),
        ("４４０３０８１９９９０１１０１５１２", "440308199901101512"), ("11010119600101002X", "11010119600101002X"),
    ]) func `a number whose check fits is taken, however it was typed`(written: String, text: String) throws {
        #expect(try #require(CardNumber(written)).text == text)
    }

    @Test(arguments: [
        "", "110105194912310021", "11010519491231002", "11010519491231002XX", "1101051949123100X2",
        "11010519491331002X",
        "11010519491232002X", "ABCDEFGHIJKLMNOPQR", "110105491231002", "11010519491231002Ｙ", "110105 19491231002X",
    ]) func `a number that cannot be is none`(written: String) { #expect(CardNumber(written) == nil) }

    @Test func `every digit but the right one in the last place is refused`() {
        for check in "0123456789X" { #expect((CardNumber("44030819990110151\(check)") != nil) == (check == "2")) }
    }

    @Test func `birth and sex stand in the number`() throws {
        let specimen = try #require(CardNumber("11010519491231002X"))
        #expect(specimen.birth == LocalDay(year: 1949, month: 12, day: 31) && specimen.sex == .female)
        #expect(try #require(CardNumber("440308199901101512")).sex == .male)
        let permit = try #require(CardNumber(foreigner: "ABC110000000001"))
        #expect(permit.birth == nil && permit.sex == nil)
        for wrong in ["abc110000000001", "ABC11000000000", "ABC1100000000011", "AB1110000000001"] {
            #expect(CardNumber(foreigner: wrong) == nil)
        }
    }

    @Test func `a code of the hut is HH1 and 128 random bits, never twice the same`() throws {
        var random = SystemRandomNumberGenerator()
        let codes = (0..<200).map { _ in HutCode(using: &random) }
        #expect(Set(codes).count == 200)
        for code in codes {
            #expect(code.text.utf8.count == 36 && code.text.hasPrefix("HH1:"))
            #expect(HutCode(code.text) == code)
        }
        // Every bit is somebody's: none stands still over two hundred codes.
        let digits = codes.map { Array($0.text.dropFirst(4)).compactMap(\.hexDigitValue) }
        for place in 0..<32 {
            #expect(digits.reduce(0) { $0 | $1[place] } == 15 && digits.reduce(15) { $0 & $1[place] } == 0)
        }
    }

    @Test(arguments: [
        "HH1:", "HH1:0123456789abcdef0123456789abcdef", "HH1:0123456789ABCDEF0123456789ABCDE",
        "HH2:" + String(repeating: "0", count: 32),
        "HH1:0123456789ABCDEF0123456789ABCDEF0", "6901234567892",
    ]) func `anything else is no code of a hut`(text: String) { #expect(HutCode(text) == nil) }

    @Test func `no way of printing a token, a card or a code tells its content`() throws {
        let number = try #require(CardNumber("11010519491231002X"))
        let card = IdentityCard(number: number, name: "王测试", sex: .female, birth: number.birth)
        let code = try #require(HutCode("HH1:0123456789ABCDEF0123456789ABCDEF"))
        let things: [Any] = [
            number, card, code, IdentityToken.residentCard(card), IdentityToken.tag("0006547886"), code.token,
            DeviceEvent.identity(.residentCard(card)), [IdentityToken.tag("0006547886"): card],
            Optional(IdentityToken.residentCard(card)) as Any,
        ]
        for thing in things {
            var dumped = ""
            dump(thing, to: &dumped)
            for text in ["\(thing)", String(reflecting: thing), dumped] {
                for secret in ["1949", "002X", "王", "0006547886", "7886", "0123456789ABCDEF", "1231"] {
                    #expect(!text.contains(secret), "\(type(of: thing))")
                }
            }
        }
    }

    @Test func `the end of a token is four characters, or nothing where that were half of it`() throws {
        #expect(IdentityToken.tag("0006547886").ends == "7886")
        #expect(IdentityToken.code("6901234").ends == "")
        #expect(IdentityToken.code("69012345").ends == "2345")
    }

    @Test func `a digest is written as 64 hexadecimal digits and read back`() throws {
        let digest = IdentityDigest(bytes: (0..<32).map { $0 })
        let written = try JSONEncoder().encode([digest])
        #expect(String(decoding: written, as: UTF8.self).hasPrefix(#"["000102030405"#))
        #expect(try JSONDecoder().decode([IdentityDigest].self, from: written) == [digest])
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode([IdentityDigest].self, from: Data(#"["00"]"#.utf8))
        }
    }
}
