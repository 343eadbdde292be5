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
        let connection = Connection(descriptor, queue: queue) { [weak self] event in
            self?.assumeIsolated { $0.watcherEvent(event, descriptor) }
        }
        watchers[descriptor] = Watcher(connection: connection)
    }

    private func watcherEvent(_ event: Connection.Event, _ descriptor: Int32) {
        switch event {
        case .closed: watchers[descriptor] = nil
        case .drained: pump(descriptor)
        case .bytes(let bytes):
            guard watchers[descriptor]?.cursor == nil else { return }
            watchers[descriptor]?.request += bytes
            begin(descriptor)
        }
    }

    /// Reads the one line a watcher says: `now`, or `since SEQUENCE`.
    private func begin(_ descriptor: Int32) {
        guard let watcher = watchers[descriptor], let end = watcher.request.firstIndex(of: 10) else {
            if (watchers[descriptor]?.request.count ?? 0) > 64 { watchers[descriptor]?.connection.close() }
            return
        }
        let words = String(decoding: watcher.request[..<end], as: UTF8.self).split(separator: " ")
        if words.count == 2, words[0] == "since", let sequence = Int64(words[1]), sequence >= 0 {
            watchers[descriptor]?.cursor = FactSequence(rawValue: sequence)
            return pump(descriptor)
        }
        guard words == ["now"] else {
            watcher.connection.send(Array("{\"error\":\"say 'now' or 'since SEQUENCE'\"}\n".utf8))
            return watcher.connection.close()
        }
        watchers[descriptor]?.isBusy = true
        Task {
            let last = try? await ledger.last()
            watchers[descriptor]?.cursor = last ?? FactSequence(rawValue: 0)
            watchers[descriptor]?.isBusy = false
            pump(descriptor)
        }
    }

    /// Leads every watcher on to the newest fact.
    func pumpWatchers() { for descriptor in watchers.keys { pump(descriptor) } }

    /// Tells the watchers of facts that were recorded this moment. One that stands right before them hears them as they
    /// are; the ledger is asked only for those that lag.
    func tellWatchers(_ recorded: [RecordedFact]) {
        guard let first = recorded.first, let last = recorded.last else { return }
        let isSimple = recorded.allSatisfy { $0.fact.namedResident.map { residentIDs[$0] != nil } ?? true }
        for (descriptor, watcher) in watchers {
            guard isSimple, watcher.cursor?.rawValue == first.sequence.rawValue - 1, !watcher.isBusy,
                !watcher.connection.isBacklogged
            else {
                pump(descriptor)
                continue
            }
            for fact in recorded { tell(fact, to: descriptor) }
            watchers[descriptor]?.cursor = last.sequence
        }
    }

    private func pump(_ descriptor: Int32) {
        guard let watcher = watchers[descriptor], let cursor = watcher.cursor, !watcher.isBusy,
            !watcher.connection.isBacklogged
        else { return }
        watchers[descriptor]?.isBusy = true
        Task {
            let facts = (try? await ledger.facts(after: cursor, limit: 500)) ?? []
            for recorded in facts { await send(recorded, to: descriptor) }
            watchers[descriptor]?.isBusy = false
            if let last = facts.last {
                watchers[descriptor]?.cursor = last.sequence
                pump(descriptor)
            }
        }
    }

    private func send(_ recorded: RecordedFact, to descriptor: Int32) async {
        if let key = recorded.fact.namedResident, residentIDs[key] == nil {
            residentIDs[key] = try? await ledger.roster(key)?.id
        }
        tell(recorded, to: descriptor)
    }

    private func tell(_ recorded: RecordedFact, to descriptor: Int32) {
        let ids = residentIDs
        guard let line = watchLine(recorded, offset: offset, resident: { ids[$0] }) else { return }
        watchers[descriptor]?.connection.send(Array((line + "\n").utf8))
    }
}
