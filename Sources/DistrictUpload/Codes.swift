// What each value is called at the district. A measured value has a LOINC code, which every record system knows, and
// an IEEE 11073 (MDC) code, which alone says by what it was measured: LOINC has one code for the pulse of a cuff and
// of an oximeter. Units are UCUM codes: `mm[Hg]` and `/min`, never `mmHg` and `bpm`, which are not UCUM.
//
// The temperature of the skin has no code here that means it and nothing more, and the code of body temperature would
// make a fever of a warm forehead: it goes out in words alone.
//
// A wearable's estimate of blood pressure has no row on purpose: it is another quantity and is not sent.

/// The code systems, to the letter; each has a wrong spelling seen in real products.
enum CodeSystem {
    static let loinc = "http://loinc.org"
    static let mdc = "urn:iso:std:iso:11073:10101"
    static let ucum = "http://unitsofmeasure.org"
    static let category = "http://terminology.hl7.org/CodeSystem/observation-category"
    static let phd = "http://hl7.org/fhir/uv/phd/CodeSystem/PhdObservationCategories"
}

/// The codes and the unit of one kind of value.
struct ValueCode: Hashable {
    var loinc: [String]
    /// nil for a value that is named by `text`.
    var mdc: String?
    /// What the value is, where no code says it.
    var text: String?
    /// UCUM code; nil for a panel, which has no value of its own.
    var unit: String?
    /// Whether HL7 counts it among the vital signs.
    var isVitalSign = true

    // Codes of LOINC and of ISO/IEEE 11073-10101, as the HL7 profiles `bp`, `heartrate`, `oxygensat`, `bodytemp`,
    // `bodyweight` and `bodyheight` and the PHD guide pair them; glucose as a meter measures it in capillary blood.
    static let bloodPressure = ValueCode(loinc: ["85354-9"], mdc: "150020", unit: nil)
    static let systolic = ValueCode(loinc: ["8480-6"], mdc: "150021", unit: "mm[Hg]")
    static let diastolic = ValueCode(loinc: ["8462-4"], mdc: "150022", unit: "mm[Hg]")
    static let cuffPulse = ValueCode(loinc: ["8867-4"], mdc: "149546", unit: "/min")
    static let opticalPulse = ValueCode(loinc: ["8867-4"], mdc: "149530", unit: "/min")
    static let oxygen = ValueCode(loinc: ["2708-6", "59408-5"], mdc: "150456", unit: "%")
    static let temperature = ValueCode(loinc: ["8310-5"], mdc: "150364", unit: "Cel")
    static let surfaceTemperature = ValueCode(
        loinc: [], text: "surface temperature of the skin, not body temperature", unit: "Cel", isVitalSign: false)
    static let weight = ValueCode(loinc: ["29463-7"], mdc: "188736", unit: "kg")
    static let height = ValueCode(loinc: ["8302-2"], mdc: "188740", unit: "cm")
    static let glucose = ValueCode(loinc: ["15074-8"], mdc: "160184", unit: "mmol/L", isVitalSign: false)

    /// What tells this value from the others of its reading, for ever: it is part of the Observation's key.
    var mark: String { mdc ?? text ?? "" }

    var json: JSON {
        let codings = loinc.map { coding(CodeSystem.loinc, $0) } + (mdc.map { [coding(CodeSystem.mdc, $0)] } ?? [])
        guard let text else { return ["coding": .array(codings)] }
        return codings.isEmpty ? ["text": .text(text)] : ["coding": .array(codings), "text": .text(text)]
    }

    /// `value`, a decimal as it shall stand, with the unit.
    func quantity(_ value: String) -> JSON {
        let unit = JSON.text(unit ?? "1")
        return ["value": .number(value), "unit": unit, "system": .text(CodeSystem.ucum), "code": unit]
    }
}

/// One coding without a display: the code says it.
func coding(_ system: String, _ code: String) -> JSON { ["system": .text(system), "code": .text(code)] }

/// A concept of one coding.
func concept(_ system: String, _ code: String) -> JSON { ["coding": [coding(system, code)]] }

/// The kinds of Device, MDC codes.
enum DeviceCode {
    /// MDC_MOC_VMS_MDS_AHD: the hut, a hub for instruments.
    static let gateway = "531981"
    /// MDC_MOC_VMS_MDS_SIMP: one instrument.
    static let instrument = "65573"
}
