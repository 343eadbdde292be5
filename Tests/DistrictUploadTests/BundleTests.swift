// What goes on the wire.

import DistrictUpload
import Foundation
import Ledger
import Testing
import Vitals

@Suite struct `The bundle of a resident` {
    @Test func `is the golden one, code by code`() throws {
        let batch = try #require(Batch.batches(of: oneOfEach.enumerated().map { outgoing(Int64($0 + 10), $1) }).first)
        try expectGolden("bundle.json", indented(gateway.bundle(of: batch).bytes))
    }

    @Test func `is the same bytes each time it is built`() throws {
        let readings = oneOfEach.enumerated().map { outgoing(Int64($0 + 10), $1) }
        let first = Batch.batches(of: readings).map { gateway.bundle(of: $0).bytes }
        let later = Gateway(hut: "hut-0001", offset: beijing, digest: { SHA256.digest($0) })
        #expect(first == Batch.batches(of: readings.reversed()).map { later.bundle(of: $0).bytes })
    }

    @Test func `has one resident, at most 100 entries and no two under one condition`() throws {
        for seed in 0..<UInt64(cases(40)) {
            var dice = SeededChance(seed: seed)
            let readings = someReadings(&dice, most: 200).filter { $0.keptBack == nil }
            let limit = dice.falls(50) ? 100 : Int.random(in: 5...20, using: &dice)
            let batches = Batch.batches(of: readings, limit: limit)
            #expect(Set(batches.flatMap(\.readings)) == Set(readings), "seed \(seed)")
            #expect(batches.flatMap(\.readings).count == readings.count, "seed \(seed)")
            for batch in batches {
                try expectSound(gateway.bundle(of: batch), of: batch, limit: limit, "seed \(seed)")
            }
        }
    }

    private func expectSound(
        _ bundle: TransactionBundle, of batch: Batch, limit: Int, _ seed: Comment
    ) throws {
        #expect(batch.readings.allSatisfy { $0.resident == batch.resident }, seed)
        #expect(bundle.entries.count <= limit && bundle.bytes.count < 1_048_576, seed)
        let sent = try SentEntry.all(in: bundle.bytes)
        #expect(sent.count == bundle.entries.count, seed)
        #expect(Set(sent.map(\.fullUrl)).count == sent.count, seed)
        #expect(Set(sent.map { "\($0.url)?\($0.ifNoneExist)" }).count == sent.count, seed)
        for entry in sent {
            let wanted = "identifier=\(entry.system)|\(entry.value)"
            #expect(entry.ifNoneExist.removingPercentEncoding == wanted, seed)
            #expect(!entry.ifNoneExist.dropFirst("identifier=".count).contains { ":|/=&+ ".contains($0) }, seed)
            #expect(entry.type == entry.url, seed)
        }
        let urls = Set(sent.map(\.fullUrl))
        #expect(sent.flatMap(\.references).allSatisfy(urls.contains), seed)
        let perFact = Dictionary(grouping: bundle.entries.compactMap(\.receipt)) { $0 }
        #expect(Set(perFact.keys) == Set(batch.readings.map(\.receipt)), seed)
    }

    @Test func `takes a pulse of a cuff and of an oximeter as an Observation of its own`() throws {
        let batch = try #require(
            Batch.batches(of: [outgoing(1, cuff(138, 86, 72)), outgoing(2, cuff(120, 80, nil))]).first)
        #expect(gateway.bundle(of: batch).entries.compactMap(\.receipt?.rawValue) == [1, 1, 2])
    }

    @Test(arguments: keptAtTheHut) func `never has a wearable's estimate or a reading without a time`(
        _ reading: Reading
    ) throws {
        let kept = outgoing(1, reading)
        #expect(kept.keptBack != nil)
        var delivery = Delivery(readings: [kept], withdrawals: [], gateway: gateway)
        guard case .record(let facts) = delivery.next() else { throw Unexpected() }
        #expect(facts.count == 1)
        #expect(delivery.next() == .finished(.done))
        #expect(delivery.tally.kept == 1 && delivery.tally.sent == 0)
    }

    @Test func `says self-measured only of what a resident measured without staff`() {
        func note(_ reading: Reading) -> Bool {
            String(
                decoding: Batch.batches(of: [outgoing(1, reading)]).flatMap { gateway.bundle(of: $0).bytes },
                as: UTF8.self
            )
            .contains("station self-measurement")
        }
        #expect(note(cuff(120, 80, 70)))
        #expect(!note(reading(.pulseRate(70), source: .wearable, instrument: "bands", band: "!1")))
        #expect(!note(reading(.weight(grams: 70_000), source: .manual)))
        #expect(!note(reading(.weight(grams: 70_000), source: .scale, helper: .staff(StaffKey(rawValue: 1)))))
    }

    @Test func `says of the temperature of a skin that it is of the skin, and gives it no code of the body's`() {
        let skin = reading(.surfaceTemperature(centiCelsius: 3_850), source: .thermometer)
        let batch = Batch.batches(of: [outgoing(1, skin)])
        let text = String(decoding: batch.flatMap { gateway.bundle(of: $0).bytes }, as: UTF8.self)
        #expect(text.contains(#""code":{"text":"surface temperature of the skin, not body temperature"}"#))
        #expect(!text.contains("8310-5") && !text.contains("150364") && !text.contains("vital-signs"))
    }

    @Test(arguments: [(Glucose.Meal?.none, false), (.before, true), (.after, true)])
    func `says before or after a meal only where the meter said it`(_ meal: Glucose.Meal?, _ isSaid: Bool) {
        let sugar = reading(.glucose(Glucose(micromolesPerLitre: 5_600, meal: meal)), source: .glucometer)
        let batch = Batch.batches(of: [outgoing(1, sugar)])
        let text = String(decoding: batch.flatMap { gateway.bundle(of: $0).bytes }, as: UTF8.self)
        #expect(text.contains("a meal") == isSaid)
        #expect(text.contains("\(meal?.rawValue ?? "-") a meal") == isSaid)
    }

    @Test(arguments: [
        (Vital.temperature(centiCelsius: 3_600), "36.0"), (.surfaceTemperature(centiCelsius: 3_420), "34.2"),
        (.temperature(centiCelsius: 3_655), "36.55"),
        (.weight(grams: 73_250), "73.25"), (.height(millimetres: 1_705), "170.5"),
        (.glucose(Glucose(micromolesPerLitre: 5_600)), "5.6"),
    ]) func `keeps the digits of a value`(_ vital: Vital, _ digits: String) {
        let batch = Batch.batches(of: [outgoing(1, reading(vital, source: .scale))])
        let text = String(decoding: batch.flatMap { gateway.bundle(of: $0).bytes }, as: UTF8.self)
        #expect(text.contains("\"value\":\(digits),"))
    }
}

@Suite struct `The key of an Observation` {
    private func keys(_ reading: OutgoingReading, _ gateway: Gateway = gateway) -> [String] {
        Batch.batches(of: [reading]).flatMap { gateway.bundle(of: $0).entries }.filter { $0.receipt != nil }.map(
            \.key.uuid)
    }

    @Test func `is a UUID of version 8`() {
        let key = keys(outgoing(1, cuff(138, 86, 72)))[0]
        #expect(key.count == 36 && Array(key)[14] == "8" && "89ab".contains(Array(key)[19]))
    }

    @Test func `changes with hut, resident, fact, owner, time of receipt and kind of value`() {
        let one = cuff(138, 86, 72)
        let elsewhere = Gateway(hut: "hut-0002", offset: beijing, digest: { SHA256.digest($0) })
        let all =
            keys(outgoing(1, one)) + keys(outgoing(2, one)) + keys(outgoing(1, one, of: "other"))
            + keys(outgoing(1, one, owned: 9)) + keys(outgoing(1, cuff(138, 86, 72, minutes: 1)))
            + keys(outgoing(1, one), elsewhere)
        #expect(all.count == 12 && Set(all).count == 12)
    }

    @Test func `does not change when a clock is corrected or another value is known`() {
        var one = cuff(138, 86, 72)
        let before = keys(outgoing(1, one))
        one.measuredAt = one.measuredAt + .seconds(-3_600)
        one.deviceTime = CivilTime(year: 2026, month: 1, day: 1, hour: 8, minute: 30)
        #expect(keys(outgoing(1, one)) == before)
    }
}

@Suite struct `An identifier's query` {
    @Test func `escapes what a search would read as its own`() {
        let odd = gateway.identifier(.instrument, "cuff|1,a$b\\c &d")
        #expect(odd.query.removingPercentEncoding == "identifier=\(odd.system)|cuff\\|1\\,a\\$b\\\\c &d")
        #expect(
            odd.query.dropFirst("identifier=".count).allSatisfy { $0.isLetter || $0.isNumber || "%.-_~".contains($0) })
    }
}

struct Unexpected: Error {}

/// One entry as a stranger reads it.
struct SentEntry {
    var fullUrl, type, system, value, url, ifNoneExist: String
    var references: [String]

    static func all(in bytes: [UInt8]) throws -> [SentEntry] {
        let bundle = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        return try #require(bundle["entry"] as? [[String: Any]]).map { entry in
            let resource = try #require(entry["resource"] as? [String: Any])
            let request = try #require(entry["request"] as? [String: Any])
            let identifier = try #require((resource["identifier"] as? [[String: Any]])?.first)
            let links =
                [resource["subject"], resource["device"]]
                + ((resource["extension"] as? [[String: Any]])?.map { $0["valueReference"] } ?? [])
            return SentEntry(
                fullUrl: try #require(entry["fullUrl"] as? String),
                type: try #require(resource["resourceType"] as? String),
                system: try #require(identifier["system"] as? String),
                value: try #require(identifier["value"] as? String), url: try #require(request["url"] as? String),
                ifNoneExist: try #require(request["ifNoneExist"] as? String),
                references: links.compactMap { ($0 as? [String: Any])?["reference"] as? String })
        }
    }
}

/// JSON on many lines, order and digits as they came.
func indented(_ bytes: [UInt8]) -> String {
    var out = ""
    var depth = 0
    var isQuoted = false
    var isEscaped = false
    func newLine() { out += "\n" + String(repeating: "  ", count: depth) }
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
        if isQuoted {
            out.unicodeScalars.append(scalar)
            (isQuoted, isEscaped) = (isEscaped || scalar != "\"", !isEscaped && scalar == "\\")
            continue
        }
        switch scalar {
        case "{", "[":
            out.unicodeScalars.append(scalar)
            depth += 1
            newLine()
        case "}", "]":
            depth -= 1
            newLine()
            out.unicodeScalars.append(scalar)
        case ",":
            out += ","
            newLine()
        case ":": out += ": "
        default:
            out.unicodeScalars.append(scalar)
            isQuoted = scalar == "\""
        }
    }
    return out + "\n"
}

/// Compares with a committed file. Where there is none it is written, and the test fails so that somebody reads it.
func expectGolden(_ name: String, _ text: String) throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
    guard let golden = try? String(contentsOf: url, encoding: .utf8) else {
        try text.write(to: url, atomically: true, encoding: .utf8)
        Issue.record("\(name) was missing and has been recorded: read it, then commit it")
        return
    }
    #expect(text == golden)
}
