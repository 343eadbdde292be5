// swift-tools-version: 6.2
// The map of the house, in the order a reading travels. What each target may import stands in
// ARCHITECTURE.md and is held by Tests/ShapeTests.
import PackageDescription

/// A warning in our own code is an error; Swift 6 mode checks concurrency completely.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error), .swiftLanguageMode(.v6)]

let package = Package(
    name: "HealthHut",
    targets: [
        // The C libraries: a module map and a shim each, imported by one file each.
        .systemLibrary(name: "CSerialPort", pkgConfig: "libserialport", providers: [.apt(["libserialport-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CCrypt", pkgConfig: "libcrypt", providers: [.apt(["libcrypt-dev"])]),
        // What Swift's Glibc leaves out: sys/epoll.h.
        .systemLibrary(name: "CEpoll"),

        // The words every hop shares: values only.
        .target(name: "Vitals", swiftSettings: strict),
        // The hut's settings and the command line of `healthhut`; the uploader reads the keys it needs by itself.
        .target(name: "Settings", dependencies: ["Vitals"], swiftSettings: strict),
        // read: a line description → bytes in and out.
        .target(name: "SerialLine", dependencies: ["CSerialPort", "CEpoll"], swiftSettings: strict),
        // frame, decode: bytes ⇄ frames ⇄ records ⇄ readings. Pure.
        .target(name: "DeviceLink", dependencies: ["Vitals"], swiftSettings: strict),
        // attribute: whose reading it is. Pure.
        .target(name: "Attribution", dependencies: ["Vitals"], swiftSettings: strict),
        // record: facts in, facts out.
        .target(name: "Ledger", dependencies: ["Vitals", "CSQLite", "CCrypt"], swiftSettings: strict),
        // review: a history, a policy, a day → flags to raise and to clear. Pure.
        .target(name: "FollowUpRules", dependencies: ["Vitals"], swiftSettings: strict),
        // show: a grid of characters; knows nothing of health.
        .target(name: "TextScreen", swiftSettings: strict),
        // show: keys and hut events → model, effects, screens. Pure.
        .target(name: "Kiosk", dependencies: ["Vitals", "TextScreen"], swiftSettings: strict),
        // send: facts → FHIR bundles; answers → what to do. Pure.
        .target(name: "DistrictUpload", dependencies: ["Vitals"], swiftSettings: strict),

        // The program that talks to instruments and people.
        .executableTarget(
            name: "healthhut",
            dependencies: [
                "Vitals", "SerialLine", "DeviceLink", "Attribution", "Ledger", "FollowUpRules", "TextScreen", "Kiosk",
                "Settings",
            ], swiftSettings: strict),
        // The program that talks to the district: one run, then it ends.
        .executableTarget(
            name: "healthhut-upload", dependencies: ["Vitals", "Ledger", "DistrictUpload"],
            swiftSettings: strict),

        // Stands in for the hut in the virtual hut, and shows an operator what a cable says.
        .executableTarget(
            name: "line-probe", dependencies: ["SerialLine"], path: "Provisioning/virtual-hut/line-probe",
            swiftSettings: strict),

        // Measures the ledger, the rules and the decoder from inside, for Provisioning/bench.
        .executableTarget(
            name: "hut-bench", dependencies: ["DeviceLink", "FollowUpRules", "Ledger", "Vitals"],
            path: "Provisioning/benchmarks/hut-bench", swiftSettings: strict),

        .testTarget(name: "VitalsTests", dependencies: ["Vitals"], swiftSettings: strict),
        .testTarget(name: "SettingsTests", dependencies: ["Settings", "Vitals"], swiftSettings: strict),
        .testTarget(
            name: "SerialLineTests", dependencies: ["SerialLine", "DeviceLink", "line-probe"], swiftSettings: strict),
        .testTarget(
            name: "DeviceLinkTests", dependencies: ["DeviceLink", "Vitals"], exclude: ["peers"], swiftSettings: strict),
        .testTarget(name: "AttributionTests", dependencies: ["Attribution", "Vitals"], swiftSettings: strict),
        .testTarget(
            name: "LedgerTests", dependencies: ["Ledger", "Vitals", "CSQLite"], exclude: ["Old"],
            swiftSettings: strict),
        .testTarget(name: "FollowUpRulesTests", dependencies: ["FollowUpRules", "Vitals"], swiftSettings: strict),
        .testTarget(name: "TextScreenTests", dependencies: ["TextScreen"], swiftSettings: strict),
        .testTarget(
            name: "KioskTests", dependencies: ["Kiosk", "TextScreen", "Vitals"], exclude: ["Golden"],
            swiftSettings: strict),
        .testTarget(
            name: "DistrictUploadTests", dependencies: ["DistrictUpload", "healthhut-upload", "Ledger", "Vitals"],
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(name: "HutTests", dependencies: ["healthhut"], swiftSettings: strict),
        .testTarget(name: "ShapeTests", swiftSettings: strict),
    ]
)

// The libFuzzer target links a main of its own, which no ordinary build could: Provisioning/fuzz asks for it.
if Context.environment["HEALTHHUT_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "decoder-fuzz", dependencies: ["DeviceLink"], path: "Provisioning/fuzzing/decoder-fuzz",
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]))
}
