// What the hut puts out: jobs for printers and the modem, and what became of them. A job is handed to the conversation
// of its instrument and forgotten by whoever asked; the outcome comes as a step, whenever it comes.

import DeviceLink
import Dispatch
import Kiosk
import SerialLine
import Vitals

/// What the hut remembers of slips, texts and the lamp.
struct OutputState: Sendable {
    /// Jobs without an outcome, by number.
    var jobs: [Int: OutputPurpose] = [:]
    var jobsSoFar = 0
    /// The texts about alerts that nobody has taken.
    var calls: [FlagID: DutyCall] = [:]
    /// Call sheets that are being printed, by the place that asked.
    var sheets: [String: SheetOnPaper] = [:]
    /// The port the lamp hangs on.
    var lamp: LineKeeper?
    /// Where slips are made into bytes: fonts and character sets are read there, not on the hut's queue.
    let press = DispatchQueue(label: "slips", qos: .utility)
}

/// Whom an outcome is for.
enum OutputPurpose: Hashable, Sendable {
    case slip(VisitID, StationID)
    case text(FlagID, try: FactSequence)
    case sheet(place: String)
    case staffSlip(place: String, InstrumentID)
}

extension Hut {
    /// Hands a job to an instrument.
    func put(_ job: OutputJob, on id: InstrumentID, for purpose: OutputPurpose) {
        let now = self.now
        output.jobsSoFar += 1
        let number = output.jobsSoFar
        output.jobs[number] = purpose
        guard var line = instruments[id] else { return outputEnded(number, .failed(.lineDown)) }
        let steps = line.conversation.put(job, number: number, at: now.monotonic)
        instruments[id] = line
        perform(steps, on: id, at: now)
        noticeTrouble(of: id)
        arm()
    }

    /// Something became of a job.
    func outputEnded(_ number: Int, _ result: OutputResult) {
        switch output.jobs.removeValue(forKey: number) {
        case .slip(let visit, let station): slipEnded(result, of: visit, at: station)
        case .text(let flag, let attempt): textEnded(result, flag, attempt)
        case .sheet(let place): sheetEnded(result, at: place)
        case .staffSlip(let place, let printer): staffSlipEnded(result, from: printer, at: place)
        case nil: break
        }
    }

    /// Keeps a new trouble of a printer or modem as a fact, and puts it on the screen and into the log; once.
    func noticeTrouble(of id: InstrumentID) {
        guard let line = instruments[id], line.conversation.trouble != line.trouble else { return }
        let trouble = line.conversation.trouble
        instruments[id]?.trouble = trouble
        if let trouble {
            let words = line.profile.words(for: trouble)
            log(.warning, "\(id.rawValue): \(words?.english ?? trouble.rawValue)")
            let fault = DeviceFault.deviceError(code: trouble.rawValue, meaning: words, kind: .machine)
            note([.fault(fault, id, line.manner.station, nil, raw: [])])
        }
        if let station = line.manner.station { pushHall(station) }
        tellDevices()
    }
}
