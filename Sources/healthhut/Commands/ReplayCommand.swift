// `healthhut replay`: the stored bytes of the ledger, read with today's profiles, and every difference told, one a line.
// A decoder that was mended so reaches history: as a correction with a reason, never as an edit. Nobody is named: a line
// says which fact, when, which instrument, and what.

import DeviceLink
import FollowUpRules
import Ledger
import Settings
import Vitals

let replayShape = CommandShape(
    "healthhut replay", "Reads stored bytes with today's profiles and tells every difference.",
    options: [
        .init("--settings", "FILE", "the hut's settings", isRequired: true),
        .init("--instrument", "ID", "only this instrument of the settings"),
        .init("--since", "2026-11-21", "only what was recorded on this day or later"),
        .init("--correct", "REASON", "append a correction for every reading that differs, with this reason"),
    ],
    notes: """
        A correction is a fact of its own: the old one stays, the reading is read anew from then on, the district is
        sent a corrected record, and whom it concerns is reviewed again. Faults are told and never made readings: nobody
        was asked whose they were. A reading whose bytes are not understood at all today is told and left as it is: mend
        the profile first. Ends with status 0 when nothing differs, 65 when something differs and was not corrected.
        """)

/// Reads everything again.
func runReplay(_ arguments: Arguments) async throws(CommandError) {
    let configuration = try HutConfiguration.load(arguments["--settings"] ?? "")
    let settings = configuration.settings
    guard exists(settings.ledger) else {
        throw CommandError("ledger \(settings.ledger) is not there yet", hint: "nothing was recorded", status: 66)
    }
    let replay = try Replay(configuration, arguments)
    let reason = arguments["--correct"]
    if let reason, !(1...200).contains(reason.count) {
        throw .usage("--correct takes a reason of 1 to 200 letters", command: replayShape.name)
    }
    let found: Replay.Found
    do {
        found = try await replay.run(on: settings, correcting: reason, at: HutClock().now.hut)
    } catch {
        throw CommandError(error.message, hint: error.hint, status: error.status)
    }
    let corrected = reason == nil ? 0 : found.corrections.count
    complain("\(found.read) stored frames read, \(found.differences) differ, \(corrected) corrected")
    if corrected > 0 {
        sendDatagram("", to: settings.sockets.nudge)
        complain("whom they concern is reviewed again: at once by a running hut, else at its start")
    }
    guard found.differences == corrected else {
        throw CommandError(
            "\(found.differences - corrected) differ and stand as they were",
            hint: "--correct REASON corrects readings; what is not understood today needs its profile mended",
            status: 65)
    }
}

/// One walk through the ledger.
private struct Replay {
    /// What it found.
    struct Found {
        var read = 0
        var differences = 0
        /// nil: no reading any more.
        var corrections: [(reading: FactSequence, said: DeviceReading?)] = []
    }

    private let profiles: [InstrumentID: DeviceProfile]
    private let since: HutTime
    private let offset: UTCOffset

    init(_ configuration: HutConfiguration, _ arguments: Arguments) throws(CommandError) {
        var profiles: [InstrumentID: DeviceProfile] = [:]
        for instrument in configuration.instruments { profiles[instrument.manner.id] = instrument.profile }
        if let id = arguments["--instrument"] {
            let known = profiles.keys.map(\.rawValue).sorted().joined(separator: ", ")
            guard let profile = profiles[InstrumentID(rawValue: id)] else {
                throw CommandError("no instrument '\(id)' in the settings", hint: "known are \(known)", status: 64)
            }
            profiles = [InstrumentID(rawValue: id): profile]
        }
        self.profiles = profiles
        offset = configuration.settings.offset
        guard let text = arguments["--since"] else {
            since = HutTime(milliseconds: .min)
            return
        }
        guard let day = LocalDay(iso: text) else {
            throw .usage("--since takes a day such as 2026-11-21", command: replayShape.name)
        }
        since = offset.start(of: day)
    }

    /// Reads the whole ledger and, with a reason, corrects the readings that differ, all or none.
    func run(on settings: Settings, correcting reason: String?, at now: HutTime) async throws(LedgerError) -> Found {
        let ledger = try await Ledger.open(path: settings.ledger, at: now)
        let found = try await read(ledger)
        if let reason {
            try await ledger.append(
                found.corrections.map { reading, said in
                    .readingCorrected(
                        reading, said?.vital, deviceTime: said?.deviceTime, decoder: HealthHut.version, reason: reason)
                }, at: now)
        }
        await ledger.close()
        return found
    }

    /// Reads every stored frame, a batch at a time.
    private func read(_ ledger: Ledger) async throws(LedgerError) -> Found {
        var found = Found()
        var last = FactSequence(rawValue: 0)
        while true {
            let facts = try await ledger.facts(after: last, limit: 1_000)
            guard let newest = facts.last else { return found }
            for fact in facts where fact.recordedAt >= since { try await look(at: fact, ledger, &found) }
            last = newest.sequence
        }
    }

    private func look(at recorded: RecordedFact, _ ledger: Ledger, _ found: inout Found) async throws(LedgerError) {
        switch recorded.fact {
        case .reading(let first, _):
            guard let profile = profiles[first.instrument], !first.raw.isEmpty else { return }
            found.read += 1
            // As it is read today: corrected before, or set aside by a nurse.
            guard let standing = try await ledger.reading(recorded.sequence)?.reading else { return }
            compare(standing, with: profile.says(stored: first.raw), recorded, &found)
        case .fault(let fault, let instrument, _, _, let raw):
            guard let profile = profiles[instrument], !raw.isEmpty else { return }
            found.read += 1
            let today = profile.says(stored: raw)
            if !today.contains(.fault(fault, raw: raw)), !today.contains(where: { $0.isFault(fault) }) {
                tell("\(fault.words) → \(words(today))", instrument, recorded, &found)
            }
        case .noValue(let kind, let why, let instrument, _, _, let raw):
            guard let profile = profiles[instrument], !raw.isEmpty else { return }
            found.read += 1
            let today = profile.says(stored: raw)
            if !today.contains(where: { $0.isNoValue(kind, why) }) {
                tell(
                    "\(kind.rawValue) without a value, \(why.rawValue) → \(words(today))", instrument, recorded, &found)
            }
        default: return
        }
    }

    private func compare(
        _ standing: Reading, with today: [DeviceEvent], _ recorded: RecordedFact, _ found: inout Found
    ) {
        let readings = today.compactMap { if case .reading(let reading) = $0 { reading } else { nil } }
        // A record whose time stood in a frame of its own has none here.
        let isSame = readings.contains {
            $0.vital == standing.vital && [nil, standing.deviceTime].contains($0.deviceTime)
        }
        if isSame { return }
        let was = words(standing.vital, standing.deviceTime)
        if let said = readings.first(where: { $0.vital.kind == standing.vital.kind })
            ?? (readings.count == 1 ? readings.first : nil)
        {
            tell("\(was) → \(words(said.vital, said.deviceTime))", standing.instrument, recorded, &found)
            var said = said
            said.deviceTime = said.deviceTime ?? standing.deviceTime
            found.corrections.append((recorded.sequence, said))
        } else {
            tell("\(was) → \(words(today))", standing.instrument, recorded, &found)
            if !today.isEmpty { found.corrections.append((recorded.sequence, nil)) }
        }
    }

    private func tell(_ what: String, _ instrument: InstrumentID, _ recorded: RecordedFact, _ found: inout Found) {
        found.differences += 1
        let when = String(offset.iso(recorded.recordedAt).prefix(16)).replacing("T", with: " ")
        printLine("fact \(recorded.sequence.rawValue)  \(when)  \(instrument.rawValue)  \(what)")
    }

    private func words(_ vital: Vital, _ time: CivilTime?) -> String {
        var line = JSONLine()
        line.add(.reading(DeviceReading(vital: vital, deviceTime: time)))
        return line.text
    }

    private func words(_ events: [DeviceEvent]) -> String {
        guard !events.isEmpty else { return "not understood" }
        return events.map { event in
            // What a card says is a person's.
            if case .identity = event { return "a card, tag or code" }
            var line = JSONLine()
            line.add(event)
            return line.text
        }.joined(separator: " ")
    }
}

extension DeviceEvent {
    /// The same fault, whatever it is called today.
    fileprivate func isFault(_ fault: DeviceFault) -> Bool {
        guard case .fault(let today, _) = self else { return false }
        switch (today, fault) {
        case (.deviceError(let now, _, _), .deviceError(let then, _, _)): return now == then
        default: return today == fault
        }
    }

    fileprivate func isNoValue(_ kind: VitalKind, _ why: NoValueClass) -> Bool {
        if case .noValue(kind, why, _, _) = self { true } else { false }
    }
}

extension DeviceFault {
    fileprivate var words: String {
        var line = JSONLine()
        line.add(self)
        return line.text
    }
}
