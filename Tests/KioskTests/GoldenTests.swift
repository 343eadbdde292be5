// Every screen of the visit as a nurse could read it: one file a screen under Golden/resident, at 40×16 and 80×24, in both
// languages. A change of a screen is a change of its file, seen in the diff.
//
// HEALTHHUT_RECORD_GOLDEN=1 writes the files and fails, so that a recording never passes for a test.

import FoundationEssentials
import Testing
import TextScreen
import Vitals

@testable import Kiosk

/// How a screen is reached, from K0, by keys and by what the hut tells.
struct Scene: Sendable, CustomTestStringConvertible {
    let name: String
    var cuff = CuffManner.startIsHeard
    /// The name `Kiosk.screenName` must give.
    let screen: String
    let play: @Sendable (inout Stage) -> Void

    init(
        _ name: String, is screen: String? = nil, cuff: CuffManner = .startIsHeard,
        _ play: @escaping @Sendable (inout Stage) -> Void
    ) {
        (self.name, self.cuff, self.play) = (name, cuff, play)
        self.screen = screen ?? name
    }

    var testDescription: String { name }

    /// The scene played to its end; `draws` examines every screen on the way.
    func stage(_ size: ScreenSize, _ language: Language = .chinese, draws: Bool = false) -> Stage {
        var stage = Stage(size, cuff: cuff)
        stage.draws = draws
        if language == .english { stage.press("7") }
        play(&stage)
        return stage
    }
}

@Suite struct `Golden screens` {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/resident")

    @Test(arguments: Scene.all)
    func `every screen looks as it was read and approved`(scene: Scene) throws {
        var picture = ""
        for size in [ScreenSize.narrow, .wide] {
            for language in Language.allCases {
                let stage = scene.stage(size, language, draws: true)
                #expect(stage.screen == scene.screen)
                // Every line found room, here and on every screen on the way.
                #expect(stage.complaints == [])
                picture += "== \(size.columns)x\(size.rows) \(language.rawValue)\n\(stage.text)"
            }
        }
        let file = Self.folder.appending(path: scene.name + ".txt")
        if ProcessInfo.processInfo.environment["HEALTHHUT_RECORD_GOLDEN"] != nil {
            try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
            try Data(picture.utf8).write(to: file)
            Issue.record("recorded \(scene.name); run again without HEALTHHUT_RECORD_GOLDEN")
            return
        }
        let approved = try String(contentsOf: file, encoding: .utf8)
        #expect(picture == approved, "\(scene.name) looks different; read it, then record it")
    }

    @Test func `every file is a screen and every screen has one file`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(files) == Set(Scene.all.map { $0.name + ".txt" }))
        #expect(Set(Scene.all.map(\.name)).count == Scene.all.count)
    }

    @Test func `a terminal below 40 by 16 says so, and a larger one gets the larger layout`() {
        var stage = Stage(ScreenSize(columns: 39, rows: 16))
        stage.draws = false
        #expect(stage.text.contains("屏幕太小"))
        stage.send(.resized(ScreenSize(columns: 79, rows: 50)))
        #expect(stage.kiosk.view(now: stage.now).line(15).contains("9叫人"))
        stage.send(.resized(ScreenSize(columns: 200, rows: 60)))
        #expect(stage.kiosk.view(now: stage.now).line(23).contains("9 叫人"))
        stage.send(.resized(ScreenSize(columns: 1, rows: 1)))
        #expect(stage.text == "屏\n" || stage.text == "\n")
    }
}
