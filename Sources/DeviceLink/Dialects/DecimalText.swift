// Decimal ASCII digits as a number, strictly: no sign, no blank. `Int("+1")` is 1, and a torn line has such things.

enum DecimalText {
    /// The number of up to 18 digits; nil for none, for more, and for anything that is no digit.
    static func value(_ digits: some Collection<UInt8>) -> Int? {
        guard (1...18).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
