// What is longer than the screen is turned page by page; no row is passed over and none stands alone.

import Testing
import TextScreen

@testable import Kiosk

@Suite struct `What is longer than the screen` {
    @Test(arguments: 1...12, [0, 1, 11, 12, 13, 50])
    func `is turned by whole pages, and every row stands on one of them`(
        page: Int, count: Int
    ) {
        var scroll = StaffScroll()
        var seen: [Int] = []
        var window = scroll.window(of: count, page: page)
        while seen.last != window.last {
            seen += window
            _ = scroll.press(.pageDown, count: count, page: page)
            window = scroll.window(of: count, page: page)
        }
        #expect(seen == Array(0..<count))
        for _ in 0..<count { _ = scroll.press(.pageUp, count: count, page: page) }
        #expect(scroll.window(of: count, page: page).lowerBound == 0)
    }

    @Test func `begins with a page on a screen of another size, and turns from there`() {
        var scroll = StaffScroll()
        for _ in 0..<3 { _ = scroll.press(.down, count: 30, page: 5) }
        #expect(scroll.window(of: 30, page: 5) == 15..<20)
        #expect(scroll.window(of: 30, page: 12) == 12..<24)
        _ = scroll.press(.character("+"), count: 30, page: 12)
        #expect(scroll.window(of: 30, page: 12) == 24..<30)
        #expect(scroll.window(of: 4, page: 5) == 0..<4)
        #expect(scroll.window(of: 30, page: 5, with: 7) == 5..<10)
        let isTaken = scroll.press(.enter, count: 30, page: 12)
        #expect(!isTaken)
    }
}
