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
    var tries = 1
    /// Where the index of a record stands among the numbers of what is sent.
    var index: Int?
}

/// How a memory is read out.
struct Download: Sendable {
    var count: Ask
    /// Said for each record; empty where the records follow the count by themselves.
    var record: [Ask]
    /// The index of the first record.
    var from: Int
    /// The answer that says: no such record.
    var none: Int?
}

/// The conversation with one device.
struct Exchange: Sendable {
    /// Said when the line opens.
    var open: [Ask] = []
    var start: [Ask] = []
    var stop: [Ask] = []
    /// Said to a quiet device, and how often.
    var poll: (every: Duration, ask: Ask)?
    /// It is said while a measurement runs, and never else.
    var pollsOnlyMeasuring = false
    /// Only a result answers it: a device that has none says nothing.
    var isSilenceUsual = false
    /// Said so long after a message that ends a measurement without its result.
    var fetch: (after: Int, wait: Duration, ask: Ask)?
    /// Messages that mean: a measurement is running.
    var during: [Int] = []
    /// Messages that end it.
    var until: [Int] = []
    var within: Duration = .seconds(120)
    /// What is sent once a message is safe on disk, for devices that delete on acknowledgement.
    var saved: (after: Int, send: Int)?
    var download: Download?

    /// Everything the hut may say that awaits an answer.
    var asks: [Ask] {
        open + start + stop + [poll?.ask, fetch?.ask, download?.count].compactMap(\.self) + (download?.record ?? [])
    }
}

extension Exchange {
    init(_ written: ExchangeFile?, messages: [Message], refuse: Refusal) throws(ProfileError) {
        guard let written else { return }
        let loading = ExchangeLoading(messages: messages, refuse: refuse)
        open = try loading.asks(written.open, at: "exchange.open")
        start = try loading.asks(written.start, at: "exchange.start")
        stop = try loading.asks(written.stop, at: "exchange.stop")
        if let every = written.every {
            guard every.seconds >= 0.2 else {
                throw refuse("exchange.every.seconds", "too often", hint: "0.2 seconds or more")
            }
            let ask = ExchangeFile.AskFile(send: every.send, expect: every.expect, within: every.within)
            poll = (.seconds(fraction: every.seconds), try loading.ask(ask, at: "exchange.every"))
            pollsOnlyMeasuring = every.whileMeasuring == true
            isSilenceUsual =
                poll?.ask.expect.allSatisfy { if case .reading = messages[$0].gives { true } else { false } } == true
        }
        if let measure = written.measure {
            guard measure.within > measure.atLeast, measure.atLeast >= 0 else {
                throw refuse(
                    "exchange.measure", "atLeast must be below within",
                    hint: "seconds of the shortest and longest measurement")
            }
            during = try loading.messages(measure.while, at: "exchange.measure.while")
            until = try loading.messages(measure.until, at: "exchange.measure.until")
            within = .seconds(fraction: measure.within)
            fetch = try measure.then.map { then throws(ProfileError) in try loading.fetch(then, until: until) }
        }
        if let saved = written.saved {
            let after = try loading.message(saved.after, at: "exchange.saved.after")
            self.saved = (after, try loading.message(saved.send, at: "exchange.saved.send"))
        }
        download = try written.download.map { download throws(ProfileError) in try loading.download(download) }
        try refuseMixedSides(messages, refuse)
    }

    /// What the hut sends must be the host's, what it awaits the device's.
    private func refuseMixedSides(_ messages: [Message], _ refuse: Refusal) throws(ProfileError) {
        let sent = asks.map(\.send) + [saved?.send].compactMap(\.self)
        for index in sent where !messages[index].isFromHost {
            throw refuse(
                "exchange", "`\(messages[index].name)` is the device's and cannot be sent", hint: "add from: 'host'")
        }
        let awaited = asks.flatMap(\.expect) + during + until + [saved?.after, fetch?.after].compactMap(\.self)
        for index in awaited where messages[index].isFromHost {
            throw refuse(
                "exchange", "`\(messages[index].name)` is the host's and cannot be awaited", hint: "name an answer")
        }
    }
}

/// Finds the messages an exchange names.
private struct ExchangeLoading {
    let messages: [Message]
    let refuse: Refusal

    func message(_ name: String, at path: String) throws(ProfileError) -> Int {
        guard let index = messages.firstIndex(where: { $0.name == name }) else {
            throw refuse(path, "`\(name)` is no message", hint: "name one from messages")
        }
        return index
    }

    func messages(_ names: [String], at path: String) throws(ProfileError) -> [Int] {
        var found: [Int] = []
        for (number, name) in names.enumerated() { found.append(try message(name, at: "\(path)[\(number)]")) }
        return found
    }

    func ask(_ ask: ExchangeFile.AskFile, at path: String) throws(ProfileError) -> Ask {
        guard ask.within > 0 || ask.expect.isEmpty, (1...10).contains(ask.tries ?? 1) else {
            throw refuse(path, "within or tries cannot be", hint: "seconds above 0, 1 to 10 tries")
        }
        let send = try message(ask.send, at: "\(path).send")
        return Ask(
            send: send, expect: try messages(ask.expect, at: "\(path).expect"),
            within: .seconds(fraction: ask.within), tries: ask.tries ?? 1,
            index: messages[send].layout.names.firstIndex(of: "index"))
    }

    func asks(_ written: [ExchangeFile.AskFile]?, at path: String) throws(ProfileError) -> [Ask] {
        var asks: [Ask] = []
        for (index, ask) in (written ?? []).enumerated() { asks.append(try self.ask(ask, at: "\(path)[\(index)]")) }
        return asks
    }

    func fetch(
        _ then: ExchangeFile.ThenFile, until: [Int]
    ) throws(ProfileError) -> (after: Int, wait: Duration, ask: Ask) {
        let path = "exchange.measure.then"
        let file = ExchangeFile.AskFile(send: then.send, expect: then.expect, within: then.within, tries: then.tries)
        let ask = try ask(file, at: path)
        guard (0...60).contains(then.wait ?? 0) else {
            throw refuse("\(path).wait", "\(then.wait ?? 0) seconds cannot be", hint: "0 to 60")
        }
        guard !ask.expect.isEmpty, ask.expect.allSatisfy(until.contains) else {
            throw refuse("\(path).expect", "an answer does not end the measurement", hint: "name it under until too")
        }
        return (try message(then.after, at: "\(path).after"), .seconds(fraction: then.wait ?? 0), ask)
    }

    func download(_ written: ExchangeFile.DownloadFile) throws(ProfileError) -> Download {
        let path = "exchange.download"
        let count = try ask(written.count, at: "\(path).count")
        guard !count.expect.isEmpty,
            count.expect.allSatisfy({ if case .recordCount = messages[$0].gives { true } else { false } })
        else {
            throw refuse("\(path).count.expect", "gives no count", hint: "a message with gives: 'recordCount'")
        }
        let record = try asks(written.record, at: "\(path).record")
        for (number, ask) in record.enumerated() where ask.index == nil || ask.expect.isEmpty {
            throw refuse(
                "\(path).record[\(number)]", "asks for no record of its own, or awaits none",
                hint: "send a message with a number named `index`, and expect its answer")
        }
        let none = try written.none.map { name throws(ProfileError) in try message(name, at: "\(path).none") }
        return Download(count: count, record: record, from: written.from ?? 0, none: none)
    }
}
