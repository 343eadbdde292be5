// Golden screens are only worth what they cover: every page that exists has one, every picture belongs to a page, and what
// the foot of a page says about its keys is true.

import Foundation
import Testing
import TextScreen
import Vitals

@testable import Kiosk

@Suite struct `Every staff page has its golden screens, and its foot tells the truth` {
    typealias Scene = `The staff screens look as they should`.Scene

    static let scenes =
        `The staff screens look as they should`.scenes
        + `The follow-up form, the exam day and the sheet look as they should`.scenes
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()

    /// The names of the types that are pages, from the sources.
    private static func pagesInTheSources() throws -> Set<String> {
        let folder = tests.appending(path: "../../Sources/Kiosk")
        var names: Set<String> = []
        for case let file as String in FileManager.default.enumerator(atPath: folder.path) ?? .init()
        where file.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            for match in text.matches(of: /struct (\w+): Staff(?:Saving)?Page\b/) { names.insert(String(match.1)) }
        }
        return names
    }

    @Test func `a new page brings a golden screen`() throws {
        var shown: Set<String> = []
        for scene in Self.scenes { shown.insert("\(type(of: try Self.reached(scene, wideScreen).page))") }
        let pages = try Self.pagesInTheSources()
        #expect(pages.count > 25)
        #expect(pages.subtracting(shown) == [], "these have no golden screen")
    }

    @Test func `every scene has four pictures, and a name of its own`() throws {
        for scene in Self.scenes { #expect(try Self.missingPictures(of: scene.name) == []) }
        #expect(Set(Self.scenes.map(\.name)).count == Self.scenes.count)
    }

    /// Both sizes, both languages.
    private static func missingPictures(of name: String) throws -> Set<String> {
        let files = try FileManager.default.contentsOfDirectory(atPath: tests.appending(path: "Golden/staff").path)
        let wanted = ["80x24", "40x16"].flatMap { size in ["zh", "en"].map { "\(name)-\(size)-\($0).txt" } }
        return Set(wanted).subtracting(files)
    }

    private static func reached(_ scene: Scene, _ size: ScreenSize) throws -> (
        rig: StaffRig, page: any StaffPage, desk: StaffDesk
    ) {
        var rig =
            scene.loggedIn
            ? StaffRig.loggedIn(scene.kind, size: size, lends: scene.lends, as: scene.role)
            : StaffRig(scene.kind, size: size)
        scene.reach(&rig)
        let mirror = Mirror(reflecting: rig.screen)
        let page = try #require(mirror.descendant("page") as? any StaffPage)
        let desk = try #require(mirror.descendant("desk") as? StaffDesk)
        return (rig, page, desk)
    }

    /// The bottom line says that a key does nothing.
    private static func isRefused(_ key: Key, _ rig: StaffRig) -> Bool {
        var rig = rig
        rig.press(key)
        return rig.bottomLine.contains("这个键在这里没有用")
    }

    @Test(arguments: scenes) func `a key that is named does something`(scene: Scene) throws {
        let (rig, page, desk) = try Self.reached(scene, wideScreen)
        for hint in page.keys(desk) {
            if let key = hint.key { #expect(!Self.isRefused(key, rig), "\(hint.words.chinese)") }
        }
    }

    @Test(arguments: scenes) func `a letter that does something is named`(scene: Scene) throws {
        let (rig, page, desk) = try Self.reached(scene, wideScreen)
        // Where letters are text, every one of them may come.
        guard !page.typesText, !(page is StaffFind) else { return }
        let hints = page.keys(desk)
        // Everywhere: t takes an alert, q logs out, ? and * show the keys.
        for letter in "abcdefghijklmnoprsuvwxyz=" {
            // `行号+w`: after a number.
            let isNamed = hints.contains { $0.key == .character(letter) || $0.words.chinese.contains("+\(letter)=") }
            #expect(isNamed || !Self.acts(.character(letter), rig), "\(letter)")
        }
    }

    /// A key is not refused, and changes more than the foot or asks the hut for something.
    private static func acts(_ key: Key, _ rig: StaffRig) -> Bool {
        if isRefused(key, rig) { return false }
        var rig = rig
        let before = rig.text().split(separator: "\n", omittingEmptySubsequences: false).dropLast(3)
        rig.forget()
        rig.press(key)
        let after = rig.text().split(separator: "\n", omittingEmptySubsequences: false).dropLast(3)
        return !rig.effects.isEmpty || before != after
    }
}
