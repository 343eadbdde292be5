// The numbers of medical devices: patterns, what is no number, and one rounding.
import Testing
import Vitals

@testable import DeviceLink

struct MedicalFloatTests {
    @Test(arguments: [
        (0x0072 as UInt16, 114, 0), (0xF072, 114, -1), (0x0F8E, -114, 0), (0xFF8E, -114, -1), (0x8001, 1, -8),
        (0x7001, 1, 7), (0x07FD, 2_045, 0), (0x0803, -2_045, 0), (0xF7FF, 2_047, -1), (0xF800, -2_048, -1),
    ])
    func `sixteen bits are a signed mantissa and a signed exponent`(raw: UInt16, mantissa: Int, exponent: Int) {
        #expect(MedicalFloat(sfloat: raw) == .number(mantissa: mantissa, exponent: exponent))
    }

    @Test(arguments: [
        (0xFF00_016D as UInt32, 365, -1), (0xFFFF_FE93, -365, -1), (0x007F_FFFD, 8_388_605, 0),
        (0xFE7F_FFFF, 8_388_607, -2), (0xFE80_0000, -8_388_608, -2), (0x8000_0001, 1, -128), (0x7F00_0001, 1, 127),
    ])
    func `thirty-two bits are a signed mantissa and a signed exponent`(raw: UInt32, mantissa: Int, exponent: Int) {
        #expect(MedicalFloat(float: raw) == .number(mantissa: mantissa, exponent: exponent))
    }

    @Test(arguments: [
        (0x07FF as UInt16, 0x007F_FFFF as UInt32, NoValueClass.noSignal), (0x0800, 0x0080_0000, .fault),
        (0x07FE, 0x007F_FFFE, .aboveRange), (0x0802, 0x0080_0002, .belowRange), (0x0801, 0x0080_0001, .fault),
    ])
    func `what is no number says why`(short: UInt16, long: UInt32, why: NoValueClass) {
        for number in [MedicalFloat(sfloat: short), MedicalFloat(float: long)] {
            #expect(number.missing == why)
            #expect(number.whole() == nil)
            #expect(number.sfloat == short && number.float == long)
        }
    }

    @Test func `every pattern of sixteen bits comes back`() {
        for raw in UInt16.min...UInt16.max { #expect(MedicalFloat(sfloat: raw).sfloat == raw) }
    }

    @Test func `patterns of thirty-two bits come back`() {
        for seed in cases(20_000) {
            var chance = SeededChance(seed: UInt64(seed))
            let raw = UInt32.random(in: 0...UInt32.max, using: &chance)
            #expect(MedicalFloat(float: raw).float == raw, "seed \(seed)")
            _ = MedicalFloat(float: raw).whole(times: (500, over: 9), adding: -32)
        }
    }

    @Test func `a number without a place is not written as another`() {
        #expect(MedicalFloat.number(mantissa: 2_048, exponent: 0).sfloat == 0x0800)
        #expect(MedicalFloat.number(mantissa: 2_047, exponent: 0).sfloat == 0x0800, "its pattern is not a number")
        #expect(MedicalFloat.number(mantissa: 1, exponent: 8).sfloat == 0x0800)
        #expect(MedicalFloat.number(mantissa: 1 << 23, exponent: 0).float == 0x0080_0000)
    }

    @Test(arguments: [
        (MedicalFloat.number(mantissa: 1_205, exponent: -1), 121), (.number(mantissa: -1_205, exponent: -1), -121),
        (.number(mantissa: 1_204, exponent: -1), 120), (.number(mantissa: 12, exponent: 1), 120),
        (.number(mantissa: 5, exponent: -100), 0), (.number(mantissa: 1, exponent: 100), Int.max),
        (.number(mantissa: -1, exponent: 100), Int.min), (.number(mantissa: 0, exponent: 100), 0),
    ])
    func `a value is rounded once, halves away from zero`(number: MedicalFloat, whole: Int) {
        #expect(number.whole() == whole)
    }

    @Test func `every pressure of a person survives kilopascals`() throws {
        for pressure in 30...300 {
            // The nearest tenth of a kilopascal, the step of the monitors that show them.
            let tenths = Int((Double(pressure) / 0.750062).rounded())
            let value = MedicalFloat.number(mantissa: tenths, exponent: -1).sfloat
            let payload = try BloodPressurePayload(
                [1, UInt8(value & 0xFF), UInt8(value >> 8), 0xFF, 0x07, 0xFF, 0x07])
            #expect(payload.systolic.whole(times: (750_062, over: 100_000)) == pressure)
        }
    }
}
