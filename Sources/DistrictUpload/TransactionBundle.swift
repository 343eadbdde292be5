// One bundle: everything the district needs to store some readings of one resident, all of it or none.
//
// Order of the contract: Patient, gateway Device, instrument Devices, Observations, each created only if nothing with
// its identifier exists. Built twice from the same readings it is the same bytes, so a resend cannot differ.

import Vitals

/// Readings of one resident that travel together.
package struct Batch: Hashable, Sendable {
    package let resident: String
    package let readings: [OutgoingReading]

    /// All readings must be of `resident`.
    init(resident: String, readings: [OutgoingReading]) { (self.resident, self.readings) = (resident, readings) }

    /// Cuts the readings into batches: one resident each, by time of measuring, at most `limit` entries.
    ///
    /// 100 entries, the smallest limit known of a hosted server (FHIR Works on AWS), stay below 200 kB.
    package static func batches(of readings: [OutgoingReading], limit: Int = 100) -> [Batch] {
        var order: [String] = []
        var byResident: [String: [OutgoingReading]] = [:]
        for reading in readings {
            if byResident[reading.resident] == nil { order.append(reading.resident) }
            byResident[reading.resident, default: []].append(reading)
        }
        return order.flatMap { resident -> [Batch] in
            let sorted = (byResident[resident] ?? []).sorted {
                ($0.reading.measuredAt, $0.sequence) < ($1.reading.measuredAt, $1.sequence)
            }
            return cut(sorted, limit: limit).map { Batch(resident: resident, readings: $0) }
        }
    }

    /// Two halves; nil when there is only one reading.
    func halves() -> (Batch, Batch)? {
        guard readings.count > 1 else { return nil }
        let middle = readings.count / 2
        return (
            Batch(resident: resident, readings: Array(readings[..<middle])),
            Batch(resident: resident, readings: Array(readings[middle...]))
        )
    }

    /// Fills one part after the other; Patient and gateway take two entries of each.
    private static func cut(_ readings: [OutgoingReading], limit: Int) -> [[OutgoingReading]] {
        var parts: [[OutgoingReading]] = []
        var used = 0
        var sensors: Set<String> = []
        for outgoing in readings {
            let sensor = outgoing.reading.band?.rawValue ?? outgoing.reading.instrument.rawValue
            let observations = outgoing.reading.observedValues.count
            if parts.isEmpty || used + observations + (sensors.contains(sensor) ? 0 : 1) > limit {
                parts.append([])
                (used, sensors) = (2, [])
            }
            used += observations + (sensors.insert(sensor).inserted ? 1 : 0)
            parts[parts.count - 1].append(outgoing)
        }
        return parts
    }
}

/// One resource of a bundle, and what the district is asked to do with it.
package struct BundleEntry: Hashable, Sendable {
    package let type: String
    /// nil for a Provenance, which nothing looks up.
    package let identifier: Identifier?
    package let key: ResourceKey
    /// For an Observation, what the receipt of its reading names; nil for everything else.
    package let receipt: FactSequence?
    package let resource: JSON
    private let request: JSON

    /// A resource made once: identifier and condition are written from the same value.
    init(_ type: String, _ identifier: Identifier, _ key: ResourceKey, receipt: FactSequence? = nil, _ members: JSON) {
        (self.type, self.identifier, self.key, self.receipt) = (type, identifier, key, receipt)
        resource = (["resourceType": .text(type), "identifier": [identifier.json]] as JSON).with(members)
        request = ["method": "POST", "url": .text(type), "ifNoneExist": .text(identifier.query)]
    }

    /// Another entry's resource, changed, in the place of a version the district holds.
    init(replacing held: HeldObservation, _ key: ResourceKey, with resource: JSON) {
        (type, identifier, self.key, receipt, self.resource) = ("Observation", nil, key, nil, resource)
        let put: JSON = ["method": "PUT", "url": .text("Observation/\(held.id)")]
        request = held.version.map { put.with(["ifMatch": .text("W/\"\($0)\"")]) } ?? put
    }

    /// A resource made each time; only beside a replacement, whose version lets the whole bundle through once.
    init(beside type: String, _ key: ResourceKey, _ members: JSON) {
        (self.type, identifier, self.key, receipt) = (type, nil, key, nil)
        resource = (["resourceType": .text(type)] as JSON).with(members)
        request = ["method": "POST", "url": .text(type)]
    }

    var reference: JSON { ["reference": .text(key.urn)] }

    var json: JSON { ["fullUrl": .text(key.urn), "resource": resource, "request": request] }
}

/// A FHIR R4 transaction, ready to be sent.
package struct TransactionBundle: Hashable, Sendable {
    package let entries: [BundleEntry]

    /// The body, the same for the same entries.
    package var bytes: [UInt8] {
        (["resourceType": "Bundle", "type": "transaction", "entry": .array(entries.map(\.json))] as JSON).bytes
    }
}

extension Gateway {
    /// The bundle of a batch.
    package func bundle(of batch: Batch) -> TransactionBundle {
        let subject = patient(batch.resident)
        var instruments: [BundleEntry] = []
        var observations: [BundleEntry] = []
        for outgoing in batch.readings where outgoing.keptBack == nil {
            let sensor = instrument(of: outgoing.reading)
            if let sensor, !instruments.contains(where: { $0.key == sensor.key }) { instruments.append(sensor) }
            observations += outgoing.reading.observedValues.map {
                observation(of: outgoing, $0, subject: subject, device: sensor)
            }
        }
        return TransactionBundle(entries: [subject, device] + instruments + observations)
    }

    /// The same batch without its readings: when this too is refused, the readings are not to blame.
    func frame(of batch: Batch) -> TransactionBundle {
        TransactionBundle(entries: bundle(of: batch).entries.filter { $0.receipt == nil })
    }

    /// Only the hut itself: sent twice, the second must find the first (contract, start-up check).
    package var canary: TransactionBundle { TransactionBundle(entries: [device]) }

    /// A person is the opaque id and nothing else.
    private func patient(_ resident: String) -> BundleEntry {
        let own = identifier(.resident, resident)
        return BundleEntry("Patient", own, ResourceKey(uuid: resident) ?? key(of: own), [:])
    }

    var device: BundleEntry {
        BundleEntry("Device", station, key(of: station), ["type": concept(CodeSystem.mdc, DeviceCode.gateway)])
    }

    /// The instrument or the wristband; nil for a value somebody typed.
    private func instrument(of reading: Reading) -> BundleEntry? {
        if reading.source == .manual { return nil }
        let own =
            reading.band.map { identifier(.band, $0.rawValue) }
            ?? identifier(.instrument, reading.instrument.rawValue)
        var members: JSON = ["type": concept(CodeSystem.mdc, DeviceCode.instrument)]
        if let specialization = reading.specialization {
            members = members.with(
                ["specialization": [["systemType": concept(CodeSystem.mdc, specialization)]]])
        }
        return BundleEntry("Device", own, key(of: own), members)
    }

    private func observation(
        of outgoing: OutgoingReading, _ value: ObservedValue, subject: BundleEntry, device instrument: BundleEntry?
    ) -> BundleEntry {
        let reading = outgoing.reading
        let own = key(of: outgoing, code: value.code.mark)
        var members: JSON = [
            "extension": [
                [
                    "url": "http://hl7.org/fhir/StructureDefinition/observation-gatewayDevice",
                    "valueReference": device.reference,
                ]
            ],
            "status": "final",
            "category": .array(
                (value.code.isVitalSign ? [concept(CodeSystem.category, "vital-signs")] : [])
                    + [concept(CodeSystem.phd, "phd")]),
            "code": value.code.json,
            "subject": subject.reference,
            "effectiveDateTime": .text(offset.iso(reading.measuredAt)),
            "method": ["text": .text(reading.source.rawValue)],
        ]
        if let instrument { members = members.with(["device": instrument.reference]) }
        if !reading.notes.isEmpty {
            members = members.with(["note": .array(reading.notes.map { ["text": .text($0)] })])
        }
        if let arm = reading.armText { members = members.with(["bodySite": ["text": .text(arm)]]) }
        return BundleEntry(
            "Observation", identifier(.observation, own.uuid), own, receipt: outgoing.receipt,
            members.with(value.members)
        )
    }
}

extension Reading {
    fileprivate var armText: String? {
        guard case .bloodPressure = vital else { return nil }
        return switch arm {
        case .left: "left upper arm"
        case .right: "right upper arm"
        case .notSaid: nil
        }
    }
}
