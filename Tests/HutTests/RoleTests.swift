// Who may ask for what, effect by effect: a table beside the hut's own, and a switch without a default that makes whoever
// adds an effect place it in both.

import Kiosk
import Testing
import Vitals

@testable import healthhut

private let resident = ResidentKey(rawValue: 1)
private let other = ResidentKey(rawValue: 2)
private let fact = FactSequence(rawValue: 7)
private let day = LocalDay(daysSince1970: 20_778)
private let sheet = CallSheet(number: 1, kind: .calls, day: day, hutName: "", by: "", rows: [])
private let pressure = BloodPressure(systolic: 138, diastolic: 82)

private let everybody: Set<StaffRole> = [.nurse, .doctor, .volunteer, .operator]
private let clinical: Set<StaffRole> = [.nurse, .doctor]
private let people: Set<StaffRole> = [.nurse, .doctor, .volunteer]
private let machines: Set<StaffRole> = [.nurse, .doctor, .operator]

/// One row: what is asked, and who may.
private struct Row: CustomTestStringConvertible {
    var effect: StaffEffect
    var roles: Set<StaffRole>

    init(_ effect: StaffEffect, _ roles: Set<StaffRole>) { (self.effect, self.roles) = (effect, roles) }

    var testDescription: String { "\(effect)" }
}

private let table: [Row] = [
    Row(.loadStaff, everybody), Row(.logIn(StaffKey(rawValue: 1), pin: "1"), everybody), Row(.logOut, everybody),
    Row(.loadWorklist, clinical), Row(.loadResident(resident), clinical), Row(.loadUnclaimed, clinical),
    Row(.find("zgf"), people), Row(.take(fact), clinical), Row(.close(fact, .ambulance, note: ""), clinical),
    Row(.claim(fact, resident, reason: "x"), clinical),
    Row(.move(fact, from: resident, to: other, reason: "x"), clinical), Row(.giveBack(fact, reason: "x"), clinical),
    Row(.discard(fact, .test, note: ""), clinical), Row(.measure(resident, .left), clinical),
    Row(.stopMeasuring, everybody), Row(.typeReading(resident, pressure, place: "x"), clinical),
    Row(.loadNewcomers, clinical), Row(.confirmResident(resident), clinical), Row(.loadMonitors, clinical),
    Row(.lend(InstrumentID(rawValue: "home-1"), resident, userSlot: nil), clinical),
    Row(.takeBack(InstrumentID(rawValue: "home-1"), claims: true), clinical), Row(.openForm(resident), clinical),
    Row(.saveFollowUp(FollowUpRecord(resident: resident, day: day, method: .phone)), clinical),
    Row(.saveDraft(resident, nil), clinical), Row(.setStatus(resident, .moved, on: day, reason: "x"), clinical),
    Row(.loadExams(day), clinical), Row(.saveExamItem(resident, .weight(grams: 61_500), day), clinical),
    Row(.signExam(resident, day, .me), clinical), Row(.loadSheet(nil), clinical),
    Row(.tick(sheet: 1, CallSheetLine(number: 1, resident: resident), .spoken), clinical),
    Row(.typeEarlierReading(resident, pressure, on: day, place: "x"), clinical),
    Row(.desk(.loadHidden), clinical), Row(.desk(.loadRequests), clinical),
    Row(.desk(.loadHistory(resident, before: nil)), clinical), Row(.desk(.loadDay(day)), clinical),
    Row(.desk(.loadCallSheet(.calls)), clinical), Row(.desk(.loadHutStatus), machines),
    Row(.desk(.loadAudit(before: nil)), machines), Row(.desk(.called(resident, .spoken)), clinical),
    Row(.desk(.promise(resident, .call, day)), clinical), Row(.desk(.enterRequest(resident, .call, note: "")), people),
    Row(.desk(.answerRequest(fact, answer: "x")), clinical), Row(.desk(.leaveMessage(resident, "x")), clinical),
    Row(.desk(.enrol(Resident(number: "088", name: "x"), reason: "x")), clinical),
    Row(.desk(.correct(resident, Resident(number: "088", name: "x"), reason: "x")), clinical),
    Row(.desk(.mark(resident, .livesAlone(true), on: day, reason: "x")), clinical),
    Row(.desk(.merge(resident, into: other, reason: "x")), clinical),
    Row(.desk(.unmerge(resident, from: other, reason: "x")), clinical),
    Row(.desk(.pair(CareHut.band, resident, reason: "x")), clinical),
    Row(.desk(.unpair(CareHut.band, reason: "x")), clinical),
    Row(.desk(.resetPIN(resident, pin: nil, reason: "x")), clinical),
    Row(.desk(.confirm(resident, reason: "x")), clinical),
    Row(.desk(.daySeen(day)), clinical), Row(.desk(.putOut(sheet, export: true)), clinical),
    Row(.desk(.helpNext), people), Row(.desk(.loadLastSheet(.calls)), clinical),
    Row(.desk(.loadCountersigns), clinical),
    Row(.desk(.printSlip(Slip(lines: [], readings: []))), clinical),
    Row(.desk(.countersign(fact, resident)), [.doctor]),
]

/// Only a doctor sets what a resident is judged by; the row of every other mark stands in the table.
private let limit = Row(.desk(.mark(resident, .limit(nil), on: day, reason: "x")), [.doctor])

/// The row of an effect. Who adds one gives it the next number, and then the table lacks its row.
private func row(of effect: StaffEffect) -> Int {
    switch effect {
    case .loadStaff: 0
    case .logIn: 1
    case .logOut: 2
    case .loadWorklist: 3
    case .loadResident: 4
    case .loadUnclaimed: 5
    case .find: 6
    case .take: 7
    case .close: 8
    case .claim: 9
    case .move: 10
    case .giveBack: 11
    case .discard: 12
    case .measure: 13
    case .stopMeasuring: 14
    case .typeReading: 15
    case .loadNewcomers: 16
    case .confirmResident: 17
    case .loadMonitors: 18
    case .lend: 19
    case .takeBack: 20
    case .openForm: 21
    case .saveFollowUp: 22
    case .saveDraft: 23
    case .setStatus: 24
    case .loadExams: 25
    case .saveExamItem: 26
    case .signExam: 27
    case .loadSheet: 28
    case .tick: 29
    case .typeEarlierReading: 30
    case .desk(let effect): 31 + row(of: effect)
    }
}

private func row(of effect: DeskEffect) -> Int {
    switch effect {
    case .loadHidden: 0
    case .loadRequests: 1
    case .loadHistory: 2
    case .loadDay: 3
    case .loadCallSheet: 4
    case .loadHutStatus: 5
    case .loadAudit: 6
    case .called: 7
    case .promise: 8
    case .enterRequest: 9
    case .answerRequest: 10
    case .leaveMessage: 11
    case .enrol: 12
    case .correct: 13
    case .mark: 14
    case .merge: 15
    case .unmerge: 16
    case .pair: 17
    case .unpair: 18
    case .resetPIN: 19
    case .confirm: 20
    case .daySeen: 21
    case .putOut: 22
    case .helpNext: 23
    case .loadLastSheet: 24
    case .loadCountersigns: 25
    case .printSlip: 26
    case .countersign: 27
    }
}

@Suite struct `Who may ask for what` {
    @Test func `every effect has one row of the table`() {
        #expect(table.map { row(of: $0.effect) } == Array(table.indices))
    }

    @Test(arguments: table + [limit])
    private func `an effect is open to its roles and to nobody else`(row: Row) {
        #expect(everybody.filter(row.effect.isOpen(to:)) == row.roles)
    }
}
