// Names are found by the letters people say; a table with a hole hides somebody from every search.

import Testing
import Vitals

@Suite struct `The initials of a name` {
    @Test(arguments: [
        ("张桂芳", "zgf"), ("李国强", "lgq"), ("欧阳秀英", "oyxy"), ("王敏", "wm"), ("赵凤华", "zfh"), ("孙有田", "syt"), ("吕布", "lb"),
        ("马德福", "mdf"), ("周建平", "zjp"), ("Maria 李", "marial"), ("张·A1", "za1"), ("郄喆", "qz"),
        ("趙鳳華", "zfh"), ("張桂芳", "zgf"), ("單樂", "sl"), ("龍門", "lm"),
    ])
    func `are what people say`(name: String, initials: String) {
        #expect(PinyinInitials.of(name)?.split(separator: " ").contains(Substring(initials)) == true)
    }

    @Test(arguments: [
        ("曾", ["c", "z"]), ("单", ["c", "d", "s"]), ("仇", ["c", "q"]), ("解", ["j", "x"]), ("朴", ["p"]),
    ])
    func `are several where a character is read in several ways`(name: String, all: [String]) {
        let found = Set((PinyinInitials.of(name) ?? "").split(separator: " ").map(String.init))
        #expect(found.isSuperset(of: all))
    }

    @Test func `exist for every character of a common surname`() {
        let surnames = """
            王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白\
            邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧阳上官皇甫令狐诸葛司徒司马申屠夏侯尉迟长孙慕容宇文
            """
        for character in surnames { #expect(PinyinInitials.of(String(character)) != nil, "\(character)") }
    }

    @Test func `exist for nearly every character of Unicode's basic block`() {
        let lacking = (UInt32(0x4E00)...0x9FA5).compactMap(Unicode.Scalar.init).filter {
            PinyinInitials.of(String($0)) == nil
        }
        // Those whose reading the Unihan database does not give either.
        #expect(lacking.count <= 20, "\(String(String.UnicodeScalarView(lacking)))")
    }

    @Test(arguments: ["", "·", "，。", "🏥", "\u{200B}"]) func `are none where nothing can be read`(name: String) {
        #expect(PinyinInitials.of(name) == nil)
    }

    @Test func `of a name of many readings stay few`() {
        let many = PinyinInitials.of(String(repeating: "单乐长曾解", count: 20)) ?? ""
        #expect(many.split(separator: " ").count <= PinyinInitials.most)
    }
}
