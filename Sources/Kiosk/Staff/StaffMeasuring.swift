// A nurse measures the resident on her screen with this station's cuff (whose-reading row 43): only after she asked
// and confirmed on this page; a result that comes at any other time belongs to nobody (row 44).

import TextScreen
import Vitals

/// Measuring one resident from a staff session.
struct StaffMeasuring: StaffPage {
    private enum Phase: Sendable {
        case asking
        case waiting(until: MonotonicTime)
        case done(ReadingRow)
    }
    private let key: ResidentKey
    private let name: String
    /// Arms on which she must not be measured (H-31): what is on record is lifted there, with a reason, and not here.
    private let never: Set<Arm>
    private var arm = Arm.notSaid
    private var phase = Phase.asking

    /// As long as a resident has to press the cuff's key (visit-script K10) and the cuff to answer (K11).
    private static let patience = Duration.seconds(180 + 120)

    init(_ key: ResidentKey, name: String, never: Set<Arm>) {
        (self.key, self.name, self.never) = (key, name, never)
    }

    var busyUntil: MonotonicTime? {
        if case .waiting(let until) = phase { until } else { nil }
    }

    func keys(_ desk: StaffDesk) -> [StaffHint] {
        switch phase {
        case .asking:
            [
                StaffHint(.character("1"), Phrases.left, short: Phrases.leftShort),
                StaffHint(.character("2"), Phrases.right, short: Phrases.rightShort),
                StaffHint(.enter, Phrases.start, short: Phrases.start), .back,
            ]
        case .waiting: [StaffHint(.escape, Phrases.stop, short: Phrases.stop)]
        case .done: [StaffHint(.enter, Phrases.again, short: Phrases.again), .back]
        }
    }

    mutating func press(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        switch phase {
        case .asking: return pressAsking(key, desk)
        case .waiting:
            guard key == .escape || key == .backspace else { return .unused }
            phase = .asking
            return StaffStep(ask: [.stopMeasuring], say: Phrases.stopped)
        case .done:
            guard key == .enter else { return .unused }
            phase = .asking
            return .nothing
        }
    }

    private mutating func pressAsking(_ key: Key, _ desk: StaffDesk) -> StaffStep {
        switch key {
        case .character("1"): return choose(.left)
        case .character("2"): return choose(.right)
        case .enter:
            guard arm != .notSaid else { return .say(Phrases.armMissing) }
            phase = .waiting(until: desk.now.monotonic + Self.patience)
            return .ask(.measure(self.key, arm))
        default: return .unused
        }
    }

    private mutating func choose(_ chosen: Arm) -> StaffStep {
        guard !never.contains(chosen) else { return .say(Phrases.never(chosen)) }
        arm = chosen
        return .nothing
    }

    mutating func hear(_ event: StaffEvent, _ desk: StaffDesk) -> StaffStep {
        guard case .waiting = phase else { return .nothing }
        switch event {
        case .measured(let reading): phase = .done(reading)
        case .failed: phase = .asking
        default: break
        }
        return .nothing
    }

    func draw(_ room: StaffRoom) -> [StaffLine] {
        let margin = room.isWide ? "   " : " "
        let body: [LocalizedText]
        switch phase {
        case .asking: body = [Phrases.sit, Phrases.arm(arm)]
        case .waiting:
            let start = room.desk.place.cuff == .hutStarts ? Phrases.running : Phrases.pressStart
            body = [start, Phrases.arm(arm)]
        case .done(let reading): body = [StaffWords.value(reading.vital), Phrases.filed(name)]
        }
        let title = StaffText.cut(Phrases.title(name)[room.language], room.columns)
        return [StaffLine(title, .bold), StaffLine()]
            + body.map { StaffLine(StaffText.cut(margin + $0[room.language], room.columns)) }
    }
}

private enum Phrases {
    static let left = LocalizedText("1=左胳膊", en: "1=left arm")
    static let right = LocalizedText("2=右胳膊", en: "2=right arm")
    static let leftShort = LocalizedText("1左", en: "1 left")
    static let rightShort = LocalizedText("2右", en: "2 right")
    static let start = LocalizedText("回车=量", en: "Enter=measure")
    static let stop = LocalizedText("退格=停", en: "Backspace=stop")
    static let again = LocalizedText("回车=再量", en: "Enter=again")
    static let sit = LocalizedText("量的就是这位，坐好，脚放平", en: "It is this person, seated, feet flat")
    static let pressStart = LocalizedText("请按机器上的开始键", en: "Press the start key on the machine")
    static let running = LocalizedText("正在量，请别动、别说话", en: "Measuring, please do not move or talk")
    static let stopped = LocalizedText("停了，结果不记给谁", en: "Stopped; a result is filed under nobody")
    static let armMissing = LocalizedText("请先选哪只胳膊", en: "Choose the arm first")

    static func title(_ name: String) -> LocalizedText {
        LocalizedText("在这里给 \(name) 量血压", en: "Measure \(name) here")
    }

    static func arm(_ arm: Arm) -> LocalizedText {
        switch arm {
        case .left: LocalizedText("左胳膊", en: "left arm")
        case .right: LocalizedText("右胳膊", en: "right arm")
        case .notSaid: LocalizedText("哪只胳膊？1 左  2 右", en: "which arm? 1 left  2 right")
        }
    }

    static func never(_ arm: Arm) -> LocalizedText {
        arm == .left
            ? LocalizedText("左胳膊不能量(记录上写着)", en: "Not the left arm, it says on record")
            : LocalizedText("右胳膊不能量(记录上写着)", en: "Not the right arm, it says on record")
    }

    static func filed(_ name: String) -> LocalizedText {
        LocalizedText("记到 \(name) 名下了", en: "filed under \(name)")
    }
}
