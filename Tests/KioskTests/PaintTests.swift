// What the screens of the visit cost on the line (PLATFORM.md, figures to beat): a slow socket must not make an old
// person press twice.

import Testing
import TextScreen
import Vitals

@testable import Kiosk

@Suite struct `Bytes on the line` {
    @Test(arguments: Scene.all, [ScreenSize.narrow, .wide])
    func `a new screen takes at most 2400 bytes`(scene: Scene, size: ScreenSize) {
        for language in Language.allCases {
            var painter = Painter()
            let stage = scene.stage(size, language)
            #expect(painter.paint(stage.kiosk.view(now: stage.now)).count <= 2_400, "\(scene.name)")
            let home = Stage(size)
            #expect(painter.paint(home.kiosk.view(now: home.now)).count <= 2_400, "\(scene.name)")
        }
    }

    @Test(arguments: [ScreenSize.narrow, .wide])
    func `a clock tick takes at most 40 bytes`(size: ScreenSize) {
        var stage = Stage(size)
        var painter = Painter()
        _ = painter.paint(stage.kiosk.view(now: stage.now))
        for _ in 0..<120 {
            stage.pass(60)
            #expect((1...40).contains(painter.paint(stage.kiosk.view(now: stage.now)).count))
        }
    }

    @Test(arguments: [ScreenSize.narrow, .wide])
    func `a digit, a second and a pressure take at most 200 bytes`(size: ScreenSize) {
        var stage = Stage(size)
        var painter = Painter()
        func cost(_ stage: Stage) -> Int { painter.paint(stage.kiosk.view(now: stage.now)).count }
        stage.press("1")
        _ = cost(stage)
        for digit in "05" {
            stage.press(String(digit))
            #expect((1...200).contains(cost(stage)))
        }
        stage = Stage(size)
        stage.comeIn()
        stage.press("111")
        _ = cost(stage)
        for _ in 0..<150 {
            stage.pass(1)
            #expect((1...200).contains(cost(stage)))
        }
        stage.press("3")
        stage.startCuff(40)
        _ = cost(stage)
        for pressure in stride(from: 42, to: 180, by: 3) {
            stage.tell(.cuffPressure(MmHg(pressure)))
            #expect((1...200).contains(cost(stage)))
        }
    }
}
