// The line in which a reading leaves the hut is a contract: names, decimals and escapes stand as written here.

import Testing

@testable import Vitals

@Suite struct JSONLineTests {
    @Test(arguments: [
        (3650, 2, "36.5"), (3600, 2, "36.0"), (3655, 2, "36.55"), (-5, 1, "-0.5"), (73_000, 3, "73.0"),
        (5, 3, "0.005"), (399_087_000, 7, "39.9087"), (-1_163_975_000, 7, "-116.3975"), (0, 1, "0.0"),
    ])
    func `a whole number of small units prints as a decimal`(value: Int, places: Int, text: String) {
        #expect(JSONLine.decimal(value, places: places) == text)
    }

    @Test func `control characters, quotes and Chinese survive`() {
        #expect(JSONLine.quoted("a\"b\\c\n\u{1}张") == #""a\"b\\c\n\u0001张""#)
    }

    @Test func `the keys of a blood pressure are the contract's, absent values have none`() {
        let pressure = BloodPressure(
            systolic: 138, diastolic: 86, mean: 103, pulse: 72, irregularPulse: false, moved: false)
        let time = CivilTime(year: 2026, month: 1, day: 1, hour: 8, minute: 30)
        var line = JSONLine()
        line.add(.reading(DeviceReading(vital: .bloodPressure(pressure), deviceTime: time)))
        line.add("instrument", "cuff-1")
        #expect(
            line.text
                == #"{"vital":"bloodPressure","systolic":138,"diastolic":86,"mean":103,"pulse":72,"#
                + #""deviceTime":"2026-01-01T08:30:00","irregularPulse":false,"moved":false,"instrument":"cuff-1"}"#)
        var bare = JSONLine()
        bare.add(.reading(DeviceReading(vital: .bloodPressure(BloodPressure(systolic: 120, diastolic: 80)))))
        #expect(bare.text == #"{"vital":"bloodPressure","systolic":120,"diastolic":80}"#)
    }

    @Test(arguments: [
        (DeviceEvent.cuffPressure(158), #"{"cuffPressure":158}"#),
        (
            .reading(DeviceReading(vital: .pulseRate(72), band: BandID(rawValue: "!433d1f2a"))),
            #"{"vital":"pulseRate","perMinute":72,"from":"!433d1f2a"}"#
        ),
        (
            .reading(DeviceReading(vital: .oxygenSaturation(OxygenSaturation(percent: 97, pulse: 72)))),
            #"{"vital":"oxygenSaturation","percent":97,"pulse":72}"#
        ),
        (
            .reading(
                DeviceReading(
                    vital: .oxygenSaturation(OxygenSaturation(percent: 97, pulse: 72, perfusionIndex: 125)))),
            #"{"vital":"oxygenSaturation","percent":97,"pulse":72,"perfusionIndex":1.25}"#
        ),
        (.reading(DeviceReading(vital: .temperature(centiCelsius: 3650))), #"{"vital":"temperature","celsius":36.5}"#),
        (
            .reading(DeviceReading(vital: .surfaceTemperature(centiCelsius: 3420))),
            #"{"vital":"surfaceTemperature","celsius":34.2}"#
        ),
        (.reading(DeviceReading(vital: .weight(grams: 73_000))), #"{"vital":"weight","kilograms":73.0}"#),
        (.reading(DeviceReading(vital: .height(millimetres: 1_700))), #"{"vital":"height","centimetres":170.0}"#),
        (
            .reading(DeviceReading(vital: .glucose(Glucose(micromolesPerLitre: 5_600)))),
            #"{"vital":"glucose","millimolesPerLitre":5.6}"#
        ),
        (
            .reading(DeviceReading(vital: .glucose(Glucose(micromolesPerLitre: 5_600, meal: .after)))),
            #"{"vital":"glucose","millimolesPerLitre":5.6,"meal":"after"}"#
        ),
        (
            .signal(.sos, from: BandID(rawValue: "!433d1f2a"), text: "SOS", raw: []),
            #"{"signal":"sos","from":"!433d1f2a"}"#
        ),
        (
            .position(
                Position(latitudeE7: 399_087_000, longitudeE7: 1_163_975_000), from: BandID(rawValue: "!433d1f2a")),
            #"{"position":{"latitude":39.9087,"longitude":116.3975},"from":"!433d1f2a"}"#
        ),
        (.identity(.tag("0006547886")), #"{"identity":"tag","ends":"7886"}"#),
        (.identity(.code("1234567")), #"{"identity":"code","ends":""}"#),
        (.identityLifted, #"{"identity":"lifted"}"#),
        (
            .fault(.deviceError(code: "0F", meaning: LocalizedText("漏气", en: "system leak"), kind: .machine), raw: []),
            #"{"fault":"deviceError","code":"0F","meaning":"system leak"}"#
        ),
    ])
    func `everything a device can say has its line`(event: DeviceEvent, text: String) {
        var line = JSONLine()
        line.add(event)
        #expect(line.text == text)
    }
}

@Suite struct PlausibilityTests {
    @Test(arguments: [
        (Vital.bloodPressure(BloodPressure(systolic: 50, diastolic: 30)), nil),
        (.bloodPressure(BloodPressure(systolic: 49, diastolic: 30)), "systolic"),
        (.bloodPressure(BloodPressure(systolic: 300, diastolic: 200)), nil),
        (.bloodPressure(BloodPressure(systolic: 301, diastolic: 200)), "systolic"),
        (.bloodPressure(BloodPressure(systolic: 90, diastolic: 29)), "diastolic"),
        (.bloodPressure(BloodPressure(systolic: 90, diastolic: 80)), nil),
        (.bloodPressure(BloodPressure(systolic: 90, diastolic: 81)), "diastolic"),
        (.bloodPressure(BloodPressure(systolic: 120, diastolic: 80, pulse: 19)), "pulse"),
        (.bloodPressure(BloodPressure(systolic: 120, diastolic: 80, pulse: 250)), nil),
        (.oxygenSaturation(OxygenSaturation(percent: 49)), "percent"),
        (.oxygenSaturation(OxygenSaturation(percent: 101)), "percent"), (.temperature(centiCelsius: 2_999), "celsius"),
        (.oxygenSaturation(OxygenSaturation(percent: 97, perfusionIndex: 2_001)), "perfusionIndex"),
        (.temperature(centiCelsius: 4_500), nil), (.surfaceTemperature(centiCelsius: 2_000), nil),
        (.surfaceTemperature(centiCelsius: 4_501), "celsius"),
        (.glucose(Glucose(micromolesPerLitre: 599)), "millimolesPerLitre"),
        (.weight(grams: 1_999), "kilograms"), (.height(millimetres: 2_301), "centimetres"),
        (.pulseRate(251), "perMinute"),
    ])
    func `a value that cannot be of a living person is named by its field`(vital: Vital, field: String?) {
        #expect(vital.implausibleField == field)
    }

    @Test(arguments: [("张桂芳", "张*芳"), ("张三", "张*"), ("李", "李"), ("欧阳小梅", "欧*小梅"), ("", "")])
    func `a name is shown with its second character hidden`(name: String, masked: String) {
        #expect(Resident(number: "001", name: name).maskedName == masked)
    }
}
