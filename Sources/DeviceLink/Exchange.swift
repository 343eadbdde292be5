// Who says what, when: the part of a profile that is a conversation. The hut reads it from one side, the simulator
// from the other.
import Vitals

/// One thing to say and what must come back.
struct Ask: Sendable {
    /// The place of the message in the table.
    var send: Int
    /// Any of these answers; none means that nothing is awaited.
    var expect: [Int]
    var within: Duration
    /// How often it is said before giving up.
    var tries: Int
}

/// The conversation with one device.
struct Exchange: Sendable {
    /// Said when the line opens.
    var open: [Ask] = []
    var start: [Ask] = []
    var stop: [Ask] = []
    /// Messages that mean: a measurement is running.
    var during: [Int] = []
    /// Messages that end it.
    var until: [Int] = []
    var within: Duration = .seconds(120)
    /// What is sent once a message is safe on disk, for devices that delete on acknowledgement.
    var saved: (after: Int, send: Int)?
}

extension Exchange {
    init(
        _ written: ExchangeFile?, refuse: Refusal, place: (String) -> Int?
    ) throws(ProfileError) {
        guard let written else { return }
        func message(_ name: String, at path: String) throws(ProfileError) -> Int {
            guard let index = place(name) else {
                throw refuse(path, "`\(name)` is no message", hint: "name one from messages")
            }
            return index
        }
        func asks(_ written: [ExchangeFile.AskFile]?, at path: String) throws(ProfileError) -> [Ask] {
            var asks: [Ask] = []
            for (index, ask) in (written ?? []).enumerated() {
                let here = "\(path)[\(index)]"
                var expect: [Int] = []
                for (number, name) in ask.expect.enumerated() {
                    expect.append(try message(name, at: "\(here).expect[\(number)]"))
                }
                guard ask.within > 0 || expect.isEmpty, (1...10).contains(ask.tries ?? 1) else {
                    throw refuse(here, "within or tries cannot be", hint: "seconds above 0, 1 to 10 tries")
                }
                asks.append(
                    Ask(
                        send: try message(ask.send, at: "\(here).send"), expect: expect,
                        within: .seconds(fraction: ask.within), tries: ask.tries ?? 1))
            }
            return asks
        }
        open = try asks(written.open, at: "exchange.open")
        start = try asks(written.start, at: "exchange.start")
        stop = try asks(written.stop, at: "exchange.stop")
        if let measure = written.measure {
            guard measure.within > measure.atLeast, measure.atLeast >= 0 else {
                throw refuse(
                    "exchange.measure", "atLeast must be below within",
                    hint: "seconds of the shortest and longest measurement")
            }
            for (index, name) in measure.while.enumerated() {
                during.append(try message(name, at: "exchange.measure.while[\(index)]"))
            }
            for (index, name) in measure.until.enumerated() {
                until.append(try message(name, at: "exchange.measure.until[\(index)]"))
            }
            within = .seconds(fraction: measure.within)
        }
        if let saved = written.saved {
            self.saved = (
                try message(saved.after, at: "exchange.saved.after"), try message(saved.send, at: "exchange.saved.send")
            )
        }
    }
}
