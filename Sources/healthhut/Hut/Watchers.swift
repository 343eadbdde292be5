// Programs that watch: each has a place in the ledger and is led from there to the newest fact, so that *from the
// ledger first* and *as it happens* are the same thing, without a gap and without a fact twice.

import Ledger
import Vitals

/// One watching program.
struct Watcher {
    var connection: Connection
    /// The last fact it was sent; nil until it has said where to begin.
    var cursor: FactSequence?
    var request: [UInt8] = []
    var isBusy = false
}

extension Hut {
    /// A program has connected to the watch socket.
    func watcherConnected(_ descriptor: Int32) {
        watchersSoFar += 1
        let number = watchersSoFar
        let connection = Connection(descriptor, queue: queue) { [weak self] event in
            self?.assumeIsolated { $0.watcherEvent(event, number) }
        }
        watchers[number] = Watcher(connection: connection)
    }

    private func watcherEvent(_ event: Connection.Event, _ number: Int) {
        switch event {
        case .closed: watchers[number] = nil
        case .drained: pump(number)
        case .bytes(let bytes):
            guard watchers[number]?.cursor == nil else { return }
            watchers[number]?.request += bytes
            begin(number)
        }
    }

    /// Reads the one line a watcher says: `now`, or `since SEQUENCE`.
    private func begin(_ number: Int) {
        guard let watcher = watchers[number], let end = watcher.request.firstIndex(of: 10) else {
            if (watchers[number]?.request.count ?? 0) > 64 { watchers[number]?.connection.close() }
            return
        }
        let words = String(decoding: watcher.request[..<end], as: UTF8.self).split(separator: " ")
        if words.count == 2, words[0] == "since", let sequence = Int64(words[1]), sequence >= 0 {
            watchers[number]?.cursor = FactSequence(rawValue: sequence)
            return pump(number)
        }
        guard words == ["now"] else {
            watcher.connection.send(Array("{\"error\":\"say 'now' or 'since SEQUENCE'\"}\n".utf8))
            return watcher.connection.close()
        }
        watchers[number]?.isBusy = true
        begin { hut in
            let last = try? await hut.ledger.last()
            hut.watchers[number]?.cursor = last ?? FactSequence(rawValue: 0)
            hut.watchers[number]?.isBusy = false
            hut.pump(number)
        }
    }

    /// The opaque id of every resident.
    func opaqueIDs() async -> [ResidentKey: String] {
        var ids: [ResidentKey: String] = [:]
        for key in (try? await ledger.allResidents(after: nil, limit: 1_000)) ?? [] {
            ids[key] = try? await ledger.roster(key)?.id
        }
        return ids
    }

    /// Leads every watcher on to the newest fact.
    func pumpWatchers() { for number in watchers.keys { pump(number) } }

    /// Tells the watchers of facts that were recorded this moment. One that stands right before them hears them as they
    /// are; the ledger is asked only for those that lag.
    func tellWatchers(_ recorded: [RecordedFact]) {
        guard let first = recorded.first, let last = recorded.last else { return }
        let isSimple = recorded.allSatisfy { $0.fact.namedResident.map { residentIDs[$0] != nil } ?? true }
        for (number, watcher) in watchers {
            guard isSimple, watcher.cursor?.rawValue == first.sequence.rawValue - 1, !watcher.isBusy,
                !watcher.connection.isBacklogged
            else {
                pump(number)
                continue
            }
            for fact in recorded { tell(fact, to: number) }
            watchers[number]?.cursor = last.sequence
        }
    }

    private func pump(_ number: Int) {
        guard let watcher = watchers[number], let cursor = watcher.cursor, !watcher.isBusy,
            !watcher.connection.isBacklogged
        else { return }
        watchers[number]?.isBusy = true
        begin { hut in
            let facts = (try? await hut.ledger.facts(after: cursor, limit: 500)) ?? []
            for recorded in facts { await hut.send(recorded, to: number) }
            hut.watchers[number]?.isBusy = false
            if let last = facts.last {
                hut.watchers[number]?.cursor = last.sequence
                hut.pump(number)
            }
        }
    }

    private func send(_ recorded: RecordedFact, to number: Int) async {
        if let key = recorded.fact.namedResident, residentIDs[key] == nil {
            residentIDs[key] = try? await ledger.roster(key)?.id
        }
        tell(recorded, to: number)
    }

    private func tell(_ recorded: RecordedFact, to number: Int) {
        let ids = residentIDs
        guard let line = watchLine(recorded, offset: offset, resident: { ids[$0] }) else { return }
        watchers[number]?.connection.send(Array((line + "\n").utf8))
    }
}
