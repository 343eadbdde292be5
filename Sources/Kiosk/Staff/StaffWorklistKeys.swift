// The keys of the worklist, in the order of nurse-screens 1.

import TextScreen
import Vitals

/// What the foot of the worklist says.
enum StaffWorklistKeys {
    /// Newcomers who wait and devices that are wrong stand where she sees them; else these keys are on the page of keys.
    static func all(_ list: Worklist?, _ desk: StaffDesk) -> [StaffHint] {
        let (waiting, wrong) = (list?.newcomers ?? 0, desk.devices.count(where: \.isWrong))
        let newcomers = StaffHint(.character("n"), newcomers(waiting), short: newcomersShort)
        let machines = StaffHint(.character("i"), machines(wrong: wrong))
        let signs = desk.me?.staff.role == .doctor ? [countersigns(list?.countersigns ?? 0)] : []
        return signs + (waiting > 0 ? [newcomers] : []) + (wrong > 0 ? [machines] : []) + always
            + (waiting > 0 ? [] : [newcomers.quiet]) + (wrong > 0 ? [] : [machines.quiet])
    }

    private static let newcomersShort = LocalizedText("n新来", en: "n new")

    /// For a doctor: what waits for her signature.
    private static func countersigns(_ count: Int) -> StaffHint {
        StaffHint(
            .character("k"), LocalizedText("k=复核\(count)", en: "k=\(count) to sign"),
            short: LocalizedText("k复核\(count)", en: "k sign \(count)"))
    }

    private static func newcomers(_ count: Int) -> LocalizedText {
        count == 0
            ? LocalizedText("n=新来的，登记新人", en: "n=newcomers, new resident")
            : LocalizedText("n=新来的\(count)", en: "n=\(count) newcomers")
    }

    private static func machines(wrong: Int) -> LocalizedText {
        wrong == 0
            ? LocalizedText("i=机器", en: "i=devices")
            : LocalizedText("i=机器(要看\(wrong))", en: "i=devices(\(wrong) wrong)")
    }

    /// Whatever the list holds.
    private static let always: [StaffHint] = [
        StaffHint(
            .enter, LocalizedText("序号+回车=看人", en: "number+Enter=see"),
            short: LocalizedText("号+回车看", en: "n+Ent see")),
        StaffHint(
            .character("f"), LocalizedText("序号+f=填随访", en: "number+f=form"),
            short: LocalizedText("号+f随访", en: "n+f form")),
        StaffHint(
            .character("t"), LocalizedText("序号+t=我来处理", en: "number+t=I take it"),
            short: LocalizedText("号+t接", en: "n+t take")),
        StaffHint(.character("c"), LocalizedText("序号+c=办完了", en: "number+c=close")).quiet,
        StaffHint(.character("/"), LocalizedText("/=找人", en: "/=find"), short: LocalizedText("/找", en: "/")),
        StaffHint(.character("p"), LocalizedText("p=打印", en: "p=print")),
        StaffHint(.character("e"), LocalizedText("e=今天小结", en: "e=the day")),
        StaffHint(.character("d"), LocalizedText("d今天到期", en: "d due")),
        StaffHint(.character("c"), LocalizedText("c危急", en: "c critical")),
        StaffHint(.character("u"), LocalizedText("u没认领", en: "u to claim")),
        StaffHint(.character("r"), LocalizedText("r请求", en: "r requests")),
        StaffHint(.character("m"), LocalizedText("m我的人", en: "m mine")),
        StaffHint(.character("a"), LocalizedText("a全部", en: "a all")),
        StaffHint(.character("h"), LocalizedText("h看藏起的", en: "h hidden")),
        StaffHint(.character("j"), LocalizedText("j=体检", en: "j=exam day")).quiet,
        StaffHint(.character("w"), LocalizedText("w=录外出结果", en: "w=type a sheet")).quiet,
    ]
}

extension StaffHint {
    /// The same for the page of keys only.
    var quiet: StaffHint {
        var quiet = self
        (quiet.isQuiet, quiet.short) = (true, nil)
        return quiet
    }
}
