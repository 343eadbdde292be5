// What may stand at a desk: nobody measures there, but paper comes out.

import Foundation
import Testing

@testable import healthhut

@Suite struct DeskSettingsTests {
    private func check(_ instrument: String) throws -> Run {
        let folder = try Folder()
        let desk = "{ id: 'nurse', kiosk: '\(folder.path)/nurse' }"
        let line = "{ id: 'thing', \(instrument), line: { socket: 'unix:\(folder.path)/thing' } }"
        let settings = try folder.settings(replacing: [
            (desk, desk.replacingOccurrences(of: " }", with: ", instruments: [\(line)] }"))
        ])
        return try Program.run(["check", "--settings", settings])
    }

    @Test(arguments: [
        ("device: 'maibobo'", "nobody measures at a desk", "home monitors and a printer only"),
        ("device: 'escpos-printer', paper: 70", "paper: 70 cannot be", "58 or 80"),
    ])
    func `what cannot be at a desk is refused with what may`(instrument: String, said: String, hint: String) throws {
        let run = try check(instrument)
        #expect(run.status == 78 && run.err.contains(said) && run.err.contains(hint), "\(run.err)")
    }

    @Test func `a printer may`() throws {
        let run = try check("device: 'escpos-printer', paper: 80")
        #expect(!run.err.contains("at a desk") && run.out.contains("thing"), "\(run.out) \(run.err)")
    }
}
