// The keys of a resident's page, in the order of nurse-screens 1; those that are seldom needed stand on `?` only.

import TextScreen
import Vitals

/// What the foot of a resident's page says.
enum StaffResidentKeys {
    /// The keys that do something for this resident here.
    static func all(_ card: ResidentCard, _ desk: StaffDesk) -> [StaffHint] {
        var keys = [
            StaffHint(.character("f"), LocalizedText("f填随访", en: "f form"), short: LocalizedText("f随访", en: "f form")),
            StaffHint(
                .character("t"), LocalizedText("t打电话", en: "t call"), short: LocalizedText("t电话", en: "t call")),
            StaffHint(
                .character("v"), LocalizedText("v约上门", en: "v visit"), short: LocalizedText("v上门", en: "v visit")),
            StaffHint(.character("n"), LocalizedText("n留言给本人", en: "n message")),
            StaffHint(.character("a"), LocalizedText("a答复请求", en: "a answer")),
            StaffHint(.character("x"), LocalizedText("x停/搬/故", en: "x status")),
            StaffHint(.character("g"), LocalizedText("g历史", en: "g history")),
            StaffHint(.character("m"), LocalizedText("m档案", en: "m record")),
        ]
        // A limit is a doctor's word.
        if desk.isDoctor { keys.insert(StaffHint(.character("l"), LocalizedText("l改范围", en: "l limit")), at: 5) }
        if !card.openFlags.isEmpty {
            keys.append(
                StaffHint(
                    .character("c"), LocalizedText("c办完了", en: "c close"), short: LocalizedText("c结", en: "c end")))
        }
        if desk.mayMeasure {
            keys.append(
                StaffHint(
                    .character("b"), LocalizedText("b在这里量", en: "b measure here"), short: LocalizedText("b量", en: "b")))
        }
        keys.append(StaffHint(.character("e"), LocalizedText("e今天体检", en: "e exam")).quiet)
        keys.append(StaffHint(.character("k"), LocalizedText("k手输数值", en: "k type a value")).quiet)
        keys.append(StaffHint(.character("r"), LocalizedText("r历次读数", en: "r readings")))
        if desk.place.hasHomeMonitors {
            keys.append(StaffHint(.character("j"), LocalizedText("j借还血压计", en: "j lend a monitor")))
        }
        return keys
    }
}
