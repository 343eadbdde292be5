// A whole hut in a temporary folder: simulated instruments on real sockets, an invented neighbourhood, one nurse, a
// ledger that is thrown away. Nothing in it is a shortcut: it is the hut that `serve` runs.

import DeviceLink
import Glibc
import Ledger
import SerialLine
import Settings
import Vitals

/// How fast the demo's clock runs, in seconds of the hut for one of the machine.
struct DemoPace: Sendable {
    var usually: Double
    /// On the screens where a person would only wait.
    var whileWaiting: Double

    /// The rest, the cuff at work, the pause, and what is only read.
    static let waitingScreens: Set<String> = ["K8", "K10", "K11", "K13", "K13b", "K14", "K23", "C1", "C5", "O1"]
}

/// The demo's hut with its instruments.
final class DemoHut: Sendable {
    static let residentPIN = "1234"
    static let nursePIN = "2468"
    static let nurse = "王敏"
    static let band = BandID(rawValue: "!433d1f2a")

    let folder: String
    let hut: Hut
    let clock: HutClock
    let pace: DemoPace
    /// Booth 1: a Maibobo that the hut may start.
    let liveCuff: SimulatorHost
    /// Booth 2: an Omron that sends nothing but its result.
    let resultCuff: SimulatorHost
    /// Booth 2, beside it: an oximeter that shows the finger, a scale that sends its stable weight.
    let oximeter: SimulatorHost
    let scale: SimulatorHost
    let bands: SimulatorHost
    /// Booth 1: resident cards and printed codes; booth 2: tags. Nothing lies there until somebody lays it down.
    let cardReader: SimulatorHost
    let scanner: SimulatorHost
    let tagReader: SimulatorHost
    /// Booth 1: key 4 prints the slip.
    let printer: SimulatorHost

    var hosts: [SimulatorHost] {
        [liveCuff, resultCuff, oximeter, scale, bands, cardReader, scanner, tagReader, printer]
    }

    /// Sets everything up and starts the hut.
    init(pace: DemoPace) async throws(CommandError) {
        let files = try DemoFiles.find()
        folder = try makeTemporaryFolder()
        self.pace = pace
        clock = HutClock(pace: pace.usually)
        let settings = "\(folder)/hut.json5"
        try writeFile(settings, DemoFiles.settings(folder: folder, files: files))
        let configuration = try HutConfiguration.load(settings)
        liveCuff = try SimulatorHost(profile: try profile("maibobo"), plan: SimulationPlan(), clock: clock)
        resultCuff = try SimulatorHost(profile: try profile("omron-hbp-9030"), plan: SimulationPlan(), clock: clock)
        oximeter = try SimulatorHost(profile: try profile("nonin-df8"), plan: SimulationPlan(), clock: clock)
        scale = try SimulatorHost(profile: try profile("tanita"), plan: SimulationPlan(), clock: clock)
        var worn = SimulationPlan()
        worn.band = DemoHut.band
        worn.interval = .seconds(1_800)
        bands = try SimulatorHost(profile: try profile("meshtastic"), plan: worn, clock: clock)
        var still = SimulationPlan()
        still.token = DemoHut.card
        cardReader = try SimulatorHost(profile: try profile("sam-id-card"), plan: still, clock: clock)
        still.token = .code("HH1:0123456789ABCDEF0123456789ABCDEF")
        scanner = try SimulatorHost(profile: try profile("code-scanner"), plan: still, clock: clock)
        still.token = .tag("0006547886")
        tagReader = try SimulatorHost(profile: try profile("em4100-tag"), plan: still, clock: clock)
        printer = try SimulatorHost(profile: try profile("escpos-printer"), plan: SimulationPlan(), clock: clock)
        func profile(_ device: String) throws(CommandError) -> DeviceProfile {
            try HutConfiguration.loadProfile(device, devices: files.devices)
        }
        do {
            try await liveCuff.listen(.unix(path: "\(folder)/cuff-1.line"))
            try await resultCuff.listen(.unix(path: "\(folder)/cuff-2.line"))
            try await oximeter.listen(.unix(path: "\(folder)/oximeter-2.line"))
            try await scale.listen(.unix(path: "\(folder)/scale-2.line"))
            try await bands.listen(.unix(path: "\(folder)/bands.line"))
            try await cardReader.listen(.unix(path: "\(folder)/card-1.line"))
            try await scanner.listen(.unix(path: "\(folder)/scanner-1.line"))
            try await tagReader.listen(.unix(path: "\(folder)/tag-2.line"))
            try await printer.listen(.unix(path: "\(folder)/printer-1.line"))
        } catch {
            throw CommandError(error.message, hint: error.hint, status: 69)
        }
        try await DemoHut.fillLedger(configuration.settings, files: files, at: clock.now.hut)
        hut = try await openHut(configuration, clock: clock)
        try await hut.start()
    }

    /// Runs the clock faster where the person at a station only waits.
    func keepPace(with screen: String, at place: String) {
        let wanted = DemoPace.waitingScreens.contains(screen) ? pace.whileWaiting : pace.usually
        guard place != "nurse", clock.pace != wanted else { return }
        clock.setPace(wanted)
        Task { await rearm() }
    }

    private func rearm() async {
        for host in hosts { await host.rearm() }
        await hut.rearm()
    }

    /// Ends everything and removes the folder.
    func end() async {
        await hut.stop()
        for host in hosts { await host.close() }
        removeFolder(folder)
    }

    /// The card of number 047: an invented person with the number that GB 11643 prints as its specimen.
    static var card: IdentityToken? {
        CardNumber("11010519491231002X").map { .residentCard(IdentityCard(number: $0, name: "张桂芳", sex: .female)) }
    }

    /// The invented neighbourhood, its PINs, the nurse, one wristband and one card.
    private static func fillLedger(_ settings: Settings, files: DemoFiles, at: HutTime) async throws(CommandError) {
        let file = try readFile(files.neighbourhood)
        guard let roster = try? RosterFile.read(file, today: settings.offset.day(of: at)), roster.mistakes.isEmpty
        else {
            throw CommandError("\(files.neighbourhood) has mistakes", status: 65)
        }
        do {
            let ledger = try await Ledger.open(path: settings.ledger, at: at)
            let key = try IdentityKey.open(path: settings.identityKeyFile)
            _ = try await ledger.importResidents(roster.residents, at: at)
            for resident in roster.residents {
                guard let entry = try await ledger.roster(number: resident.number) else { continue }
                try await ledger.setPIN(entry.key, pin: residentPIN, at: at)
                if resident.number == "047", let card {
                    try await ledger.append([.identityLinked(entry.key, key.link(card), by: nil)], at: at)
                }
                if resident.number == "070" {
                    try await ledger.append([.bandPaired(band, entry.key, by: nil)], at: at)
                }
            }
            try await ledger.addStaff(Staff(name: nurse, role: .nurse), pin: nursePIN, at: at)
            await ledger.close()
        } catch {
            throw CommandError(error.message, hint: error.hint, status: 74)
        }
    }
}

/// Where the demo finds what it shows: beside the checkout, or installed.
struct DemoFiles {
    var devices: String
    var policies: String
    var neighbourhood: String

    static func find() throws(CommandError) -> DemoFiles {
        let places = [
            DemoFiles(
                devices: "./Devices", policies: "./Provisioning/policies",
                neighbourhood: "./Provisioning/sample/neighbourhood.csv"),
            DemoFiles(
                devices: "/usr/share/healthhut/devices", policies: "/usr/share/healthhut/policies",
                neighbourhood: "/usr/share/healthhut/sample/neighbourhood.csv"),
        ]
        guard let found = places.first(where: { exists($0.neighbourhood) && exists($0.devices) }) else {
            throw CommandError(
                "the demo's files are not here", hint: "run Provisioning/demo, or start it in the checkout", status: 66)
        }
        return found
    }

    /// An unstaffed hut with two booths, a desk and a radio.
    static func settings(folder: String, files: DemoFiles) -> String {
        """
        {
          hut: { id: 'hut-demo', name: '方泰东社区健康小屋', utcOffset: '+08:00', languages: ['zh-Hans', 'en'],
                 address: '方泰东路 8 号', staffed: '',
                 phones: [{ who: '王护士', number: '0374-555 0101', hours: 'Mo-Fr 08:00-17:30' }] },
          ledger: '\(folder)/ledger/ledger.sqlite', identityKeyFile: '\(folder)/ledger/identity.key',
          devices: '\(files.devices)', policies: '\(files.policies)', policy: 'cn-norm3-2017',
          sockets: { watch: '\(folder)/watch.sock', nudge: '\(folder)/nudge.sock' },
          stations: [
            { id: 'booth-1', kiosk: '\(folder)/booth-1.sock',
              instruments: [{ id: 'cuff-1', device: 'maibobo', mayStart: true,
                              line: { socket: 'unix:\(folder)/cuff-1.line' } },
                            { id: 'card-1', device: 'sam-id-card', line: { socket: 'unix:\(folder)/card-1.line' } },
                            { id: 'scanner-1', device: 'code-scanner',
                              line: { socket: 'unix:\(folder)/scanner-1.line' } },
                            { id: 'printer-1', device: 'escpos-printer',
                              line: { socket: 'unix:\(folder)/printer-1.line' } }] },
            { id: 'booth-2', kiosk: '\(folder)/booth-2.sock',
              instruments: [
                { id: 'cuff-2', device: 'omron-hbp-9030', line: { socket: 'unix:\(folder)/cuff-2.line' } },
                { id: 'oximeter-2', device: 'nonin-df8', line: { socket: 'unix:\(folder)/oximeter-2.line' } },
                { id: 'scale-2', device: 'tanita', line: { socket: 'unix:\(folder)/scale-2.line' } },
                { id: 'tag-2', device: 'em4100-tag', line: { socket: 'unix:\(folder)/tag-2.line' } },
              ] },
          ],
          // A monitor that is lent: nobody has plugged it in.
          desks: [{ id: 'nurse', kiosk: '\(folder)/nurse.sock', instruments: [
            { id: 'home-1', device: 'beurer-bm58', line: { socket: 'unix:\(folder)/home-1.line' } }] }],
          radios: [{ id: 'bands', device: 'meshtastic', line: { socket: 'unix:\(folder)/bands.line' } }],
          upload: { fhir: null, tokenFile: null },
        }
        """
    }
}
