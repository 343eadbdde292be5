// PINs: right, wrong, locked, and never a word about whether a number exists.

import Testing
import Vitals

@testable import Ledger

@Suite struct PINTests {
    let folder: Folder

    init() throws { folder = try Folder() }

    private func ledger(pin: String = "2468") async throws -> Ledger {
        let ledger = try await folder.open()
        let keys = try await ledger.addResidents(2)
        try await ledger.setPIN(keys[0], pin: pin, at: .start)
        return ledger
    }

    @Test func `the right PIN names the resident`() async throws {
        let ledger = try await ledger()
        let verdict = try await ledger.checkPIN(number: "001", pin: "2468", at: .start, station: booth)
        let entry = try #require(try await ledger.roster(number: "001"))
        #expect(verdict == .right(entry))
        #expect(entry.hasPIN)
    }

    @Test func `a PIN is stored by yescrypt, salted, and nowhere in the clear`() async throws {
        let ledger = try await ledger(pin: "97531")
        let other = try await Passwords.hash("97531")
        let hash = try #require(try await ledger.pinHash(number: "001"))
        #expect(hash.hasPrefix("$y$"))
        #expect(hash != other)
        #expect(await Passwords.fits("97531", other))
        let details = try Database(path: folder.ledger).text("SELECT group_concat(detail) FROM fact") ?? ""
        #expect(!details.contains("97531"))
    }

    @Test(arguments: ["001", "002", "777"])
    func `five wrong ones lock a number for ten minutes, whether or not it exists`(number: String) async throws {
        let ledger = try await ledger()
        for second in 0..<4 {
            #expect(
                try await ledger.checkPIN(number: number, pin: "0000", at: .after(second), station: booth) == .wrong)
        }
        #expect(try await ledger.checkPIN(number: number, pin: "0000", at: .after(100), station: nil) == .locked)
        #expect(try await ledger.checkPIN(number: number, pin: "2468", at: .after(699), station: nil) == .locked)
        await ledger.close()

        let again = try await folder.open()
        #expect(try await again.checkPIN(number: number, pin: "2468", at: .after(699), station: nil) == .locked)
        try await again.rebuild()
        #expect(try await again.checkPIN(number: number, pin: "2468", at: .after(699), station: nil) == .locked)
        let later = try await again.checkPIN(number: number, pin: "2468", at: .after(700), station: nil)
        #expect(later != .locked)
    }

    @Test func `wrong ones that are ten minutes apart lock nothing`() async throws {
        let ledger = try await ledger()
        for index in 0..<8 {
            let verdict = try await ledger.checkPIN(number: "001", pin: "1", at: .after(index * 151), station: nil)
            #expect(verdict == .wrong, "\(index)")
        }
    }

    @Test func `one number's lock is nobody else's`() async throws {
        let ledger = try await ledger()
        for second in 0..<5 { _ = try await ledger.checkPIN(number: "777", pin: "1", at: .after(second), station: nil) }
        let verdict = try await ledger.checkPIN(number: "001", pin: "2468", at: .after(9), station: nil)
        #expect(verdict == .right(try #require(try await ledger.roster(number: "001"))))
    }

    @Test func `a member of staff is checked and locked the same way`() async throws {
        let ledger = try await folder.open()
        try await ledger.append([.staffAdded(Staff(name: "王护士", role: .nurse))], at: .start)
        let staff = try #require(try await ledger.staff().first)
        #expect(!staff.hasPIN)
        #expect(try await ledger.checkStaffPIN(staff.key, pin: "86420", at: .start) == .wrong)
        try await ledger.setPIN(staff.key, pin: "86420", at: .start)
        let named = try #require(try await ledger.staff(staff.key))
        #expect(try await ledger.checkStaffPIN(staff.key, pin: "86420", at: .start) == .right(named))
        for second in 1..<4 {
            #expect(try await ledger.checkStaffPIN(staff.key, pin: "1", at: .after(second)) == .wrong)
        }
        #expect(try await ledger.checkStaffPIN(staff.key, pin: "1", at: .after(5)) == .locked)
        #expect(try await ledger.checkStaffPIN(staff.key, pin: "86420", at: .after(6)) == .locked)
        #expect(try await ledger.checkPIN(number: "1", pin: "1", at: .after(6), station: nil) == .wrong)
    }
}
