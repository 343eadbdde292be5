// A half-filled form outlives a power cut as text; what comes back must be what was typed, or nothing.

import Testing
import Vitals

@Suite struct `A draft is text that comes back as it was` {
    private static let record = FollowUpRecord(
        resident: ResidentKey(rawValue: 47), day: LocalDay(daysSince1970: 20_778), method: .clinic,
        pressure: Answer(FormPressure(systolic: 138, diastolic: 82), .measured), reaction: Answer("", .asked))

    @Test func `whole, and the same text for the same value`() throws {
        let text = try #require(DraftText.text(of: Self.record))
        #expect(DraftText.value(FollowUpRecord.self, from: text) == Self.record)
        #expect(DraftText.text(of: Self.record) == text)
        #expect(!text.contains("\n"))
    }

    @Test(arguments: ["", "{", "{}", "null", #"{"day":"2026-02-30"}"#]) func `what is another shape is none`(
        text: String
    ) {
        #expect(DraftText.value(FollowUpRecord.self, from: text) == nil)
    }
}
