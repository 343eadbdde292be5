// The only program of the house with a network: it takes what the ledger has for the district, sends it, marks what
// was acknowledged, and ends. A timer starts it; nothing waits inside it for longer than half a minute.

import DistrictUpload
import Foundation
import Ledger
import Vitals

@main struct HealthHutUpload {
    static func main() async {
        do throws(UploadProblem) {
            exit(try await command(Array(CommandLine.arguments.dropFirst())).rawValue)
        } catch {
            note(error.message)
            note("hint: \(error.hint)")
            exit(error.status.rawValue)
        }
    }

    /// Carries out the command line.
    private static func command(_ arguments: [String]) async throws(UploadProblem) -> ExitStatus {
        switch (arguments.first, arguments.dropFirst().first, arguments.count) {
        case ("--help", _, 1), ("-h", _, 1):
            put(help)
            return .done
        case ("--settings", let file?, 2): return try await upload(UploadSettings(file: file))
        case (nil, _, _): throw usage("--settings FILE is missing")
        case ("--settings", nil, _): throw usage("--settings needs a file")
        case ("--settings", _, _): throw usage("one argument too many: \(arguments[2])")
        case (let first?, _, _): throw usage("unknown argument: \(first)")
        }
    }

    private static func upload(_ settings: UploadSettings) async throws(UploadProblem) -> ExitStatus {
        guard FileManager.default.fileExists(atPath: settings.ledger) else {
            throw UploadProblem(
                "\(settings.ledger): there is no ledger", hint: "healthhut serve makes it at its first start",
                .configuration)
        }
        guard let lock = try RunLock.take(ledger: settings.ledger) else {
            note("another run is at work")
            return .done
        }
        if let time = lock.notBefore(now: now()) {
            note("the district asked for no upload before \(settings.offset.iso(time))")
            return .later
        }
        let ledger: Ledger
        do throws(LedgerError) {
            ledger = try await Ledger.open(path: settings.ledger, at: now())
        } catch { throw UploadProblem(error.message, hint: error.hint, .ledger) }
        let run = UploadRun(
            settings: settings, ledger: ledger,
            client: HTTPDistrict(base: settings.base, tokenFile: settings.tokenFile),
            say: note)
        let (ending, tally) = try await run.run()
        await ledger.close()
        put(tally.summary)
        if tally.duplicates > 0 { note("the district holds \(tally.duplicates) of them more than once, alike") }
        if case .later(let time) = ending { lock.remember(notBefore: time) } else { lock.remember(notBefore: nil) }
        return try conclude(ending, tally)
    }

    /// The status of a run that came to its end.
    private static func conclude(
        _ ending: Delivery.Ending, _ tally: Delivery.Tally
    ) throws(UploadProblem) -> ExitStatus {
        switch ending {
        case .done where tally.parked > 0:
            note("the district refused \(tally.parked) for their content; they are set aside for a person")
            return .parked
        case .done: return .done
        case .later:
            note("the district does not answer, or takes no more now; the rest waits for the next run")
            return .later
        case .standstill(let standstill): throw UploadProblem(standstill)
        }
    }

    private static func usage(_ message: String) -> UploadProblem {
        UploadProblem(message, hint: "healthhut-upload --help", .usage)
    }

    private static func put(_ text: String) { FileHandle.standardOutput.write(Data("\(text)\n".utf8)) }

    private static func note(_ text: String) {
        FileHandle.standardError.write(Data("healthhut-upload: \(text)\n".utf8))
    }

    private static let help = """
        healthhut-upload --settings FILE
        healthhut-upload --help

        Sends the readings that the district has not acknowledged yet, as FHIR R4 transactions, marks exactly
        those it acknowledges, and ends. It may be killed at any moment and started again: nothing is lost or
        stored twice. A second run beside a first one ends at once.

        From FILE it takes hut.id, hut.utcOffset, ledger, upload.fhir, upload.tokenFile and sockets.nudge.

        Standard output: one line of counts. Standard error: how far it is, and what is wrong.

        Status  0  everything was sent, or there was nothing to do
               64  wrong arguments
               65  the district refused some readings for their content; they are set aside
               74  the ledger cannot be read or written
               75  the district is not to be had now, or asked for patience; run again later
               76  the district's server would not store each reading exactly once
               77  the token is not accepted, or may not do this
               78  the settings or the address are wrong
        """
}

extension Delivery.Tally {
    /// `sent 12, withdrawn 0, parked 0, kept 1, waiting 0`.
    var summary: String {
        "sent \(sent), withdrawn \(withdrawn), parked \(parked), kept \(kept), waiting \(waiting)"
    }
}

extension UploadProblem {
    /// What a person must change before the next run can do anything.
    fileprivate init(_ standstill: Standstill) {
        switch standstill {
        case .token:
            self.init("the district does not accept the token", hint: "renew the file at upload.tokenFile", .permission)
        case .scope:
            self.init(
                "the district does not allow this token to store readings",
                hint: "ask it for the right to post transactions (system/*.cruds in SMART terms)", .permission)
        case .address(let status):
            self.init(
                "the district has no FHIR server at this address (HTTP \(status))", hint: "check upload.fhir",
                .configuration)
        case .redirected(let status):
            self.init(
                "the district points to another address (HTTP \(status)); readings do not follow",
                hint: "if the move is real, change upload.fhir", .configuration)
        case .refusesFrame(let codes):
            self.init(
                "the district refuses a resident or an instrument even without a reading: \(codes)",
                hint: "ask it to allow conditional create of Patient and Device", .unfit)
        case .ambiguous:
            self.init(
                "the district holds a resident, an instrument or a reading of this hut more than once",
                hint: "ask it to merge the copies; everything of theirs waits here", .unfit)
        case .unfit(let why):
            self.init(
                "the district's server is not fit: \(why)",
                hint: "nothing was sent that could be stored twice; ask the district", .unfit)
        }
    }
}
