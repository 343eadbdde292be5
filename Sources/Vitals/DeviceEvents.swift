// What a conversation with a device can bring to light: the only words that pass from decoding to the rest of the hut.

/// A call for help or a state of a wristband.
package enum BandSignal: String, Hashable, Sendable, Codable { case sos, fall, removed, lowBattery }

/// A place on the earth, in ten-millionths of a degree (WGS 84), as the radio sends it.
package struct Position: Hashable, Sendable, Codable {
    package var latitudeE7: Int
    package var longitudeE7: Int

    package init(latitudeE7: Int, longitudeE7: Int) { (self.latitudeE7, self.longitudeE7) = (latitudeE7, longitudeE7) }
}

/// What kind of fault, in the three words a resident hears (visit-script K19).
package enum FaultKind: String, Hashable, Sendable, Codable, CaseIterable { case arm, movement, machine }

/// Something that is not a reading and must be kept with its bytes.
package enum DeviceFault: Hashable, Sendable, Codable {
    /// The device's own error code, its meaning from the profile, and the word for the resident.
    case deviceError(code: String, meaning: LocalizedText?, kind: FaultKind)
    /// A well-formed frame with a value that cannot be; the field by name, never the value clamped.
    case implausible(field: String)
    /// The instrument is set to another output format or unit than the profile's.
    case wrongFormat(what: String)

    /// The word a resident hears.
    package var kind: FaultKind {
        if case .deviceError(_, _, let kind) = self { kind } else { .machine }
    }
}

/// One value out of a frame, with what the device says about it.
package struct DeviceReading: Hashable, Sendable {
    package var vital: Vital
    package var deviceTime: CivilTime?
    /// The place in the device's memory; nil for a live reading.
    package var memorySlot: Int?
    /// 1, 2 … on a device that keeps several people apart; it says whose key was pressed, not who was measured.
    package var userSlot: Int?
    /// What the device's clock said while its memory was read out; nil where it cannot be asked, or gave no answer.
    package var clockRead: CivilTime?
    /// The wristband it came from; nil for an instrument on the line itself.
    package var band: BandID?
    package var raw: [UInt8]

    package init(
        vital: Vital, deviceTime: CivilTime? = nil, memorySlot: Int? = nil, userSlot: Int? = nil, band: BandID? = nil,
        raw: [UInt8] = []
    ) {
        (self.vital, self.deviceTime, self.memorySlot, self.userSlot) = (vital, deviceTime, memorySlot, userSlot)
        (self.band, self.raw) = (band, raw)
    }
}

/// One thing a device said.
///
/// What is large stands behind a reference: an event is handed on many times, and most are live pressure.
package enum DeviceEvent: Hashable, Sendable {
    indirect case reading(DeviceReading)
    /// The cuff is at work: live pressure.
    case cuffPressure(MmHg)
    /// The device measured and has no number to give.
    indirect case noValue(VitalKind, NoValueClass, band: BandID?, raw: [UInt8])
    indirect case signal(BandSignal, from: BandID, text: String?, raw: [UInt8])
    indirect case position(Position, from: BandID)
    indirect case battery(percent: Int, from: BandID)
    /// A card, tag or code was read; again and again as long as it lies there.
    indirect case identity(IdentityToken)
    /// What was read last is gone. Only from readers that see it: a card reader does not.
    case identityLifted
    indirect case fault(DeviceFault, raw: [UInt8])
}
