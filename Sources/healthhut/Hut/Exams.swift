// Exam day: who was examined, what is missing, and two different names under each. What an instrument measured on the day
// is offered; a person's key takes it over.

import FollowUpRules
import Kiosk
import Ledger
import Vitals

extension Hut {
    /// Everybody of an exam day, by name: who has an item, and who came that day and is owed an exam (FU-04).
    func sendExams(of day: LocalDay, at id: String) async {
        do {
            tellStaff(at: id, .exams(day, try await examRows(of: day)))
        } catch {
            cannotRead("an exam day", error, at: id)
        }
    }

    /// What the page of a day says of its exams: who lacks what. On a day without exams nobody is said to lack one.
    func examMissing(on day: LocalDay) async throws(LedgerError) -> [DayPage.Item] {
        let rows = try await examRows(of: day)
        guard rows.contains(where: { !$0.exam.items.isEmpty }) else { return [] }
        var items: [DayPage.Item] = []
        for row in rows where !row.exam.isComplete {
            guard let entry = try await ledger.roster(row.key) else { continue }
            items.append(DayPage.Item(who: words(for: entry), why: row.exam.missingWords))
        }
        return items
    }

    private func examRows(of day: LocalDay) async throws(LedgerError) -> [ExamRow] {
        var exams: [ResidentKey: Exam] = [:]
        for exam in try await ledger.exams(on: day) { exams[exam.resident] = exam }
        for key in try await ledger.report(of: day, offset: offset).came where exams[key] == nil {
            guard try await ledger.openFlag("FU-04", .resident(key)) != nil else { continue }
            exams[key] = Exam(resident: key, day: day, items: [], signedBy: [])
        }
        var rows: [ExamRow] = []
        for (key, exam) in exams {
            guard let entry = try await ledger.roster(key) else { continue }
            let offered = try await offered(to: exam)
            rows.append(
                ExamRow(
                    key: key, number: entry.resident.number, name: entry.resident.name, sex: entry.resident.sex,
                    age: entry.resident.age(on: day), exam: exam, signers: exam.signedBy.map(name(of:)),
                    offered: offered))
        }
        return rows.sorted { ($0.name, $0.number) < ($1.name, $1.number) }
    }

    /// What the hut measured of this person on that day, of items that nobody has put down.
    private func offered(to exam: Exam) async throws(LedgerError) -> [ExamItem] {
        let end = HutTime(milliseconds: offset.start(of: exam.day + 1).milliseconds - 1)
        guard let history = try await ledger.history(of: exam.resident, now: end, offset: offset, lookBackDays: 1)
        else { return [] }
        var items: [ExamKind: ExamItem] = [:]
        for measured in measuredDays(of: history) where measured.day == exam.day {
            if let value = measured.pressure?.value {
                items[.bloodPressure] = .bloodPressure(systolic: value.systolic, diastolic: value.diastolic)
            }
            if let glucose = measured.glucose {
                items[.glucose] = .glucose(
                    micromolesPerLitre: glucose.micromolesPerLitre, isFasting: glucose.isFasting)
            }
        }
        for recorded in history.readings where offset.day(of: recorded.reading.measuredAt) == exam.day {
            switch recorded.reading.vital {
            case .weight(let grams): items[.weight] = .weight(grams: grams)
            case .height(let millimetres): items[.height] = .height(millimetres: millimetres)
            case .temperature(let centiCelsius): items[.temperature] = .temperature(centiCelsius: centiCelsius)
            default: break
            }
        }
        let missing = Set(exam.missing)
        return ExamKind.allCases.filter(missing.contains).compactMap { items[$0] }
    }

    /// Puts an item down; what was signed before is signed again.
    func save(_ item: ExamItem, of key: ResidentKey, on day: LocalDay, by staff: StaffKey, at id: String) {
        guard day <= today else { return tellStaff(at: id, .failed(HutPhrase.inFuture)) }
        work { hut in
            let typed: [Fact]
            do throws(LedgerError) {
                typed = try await hut.typedReadings(as: item, of: key, on: day, by: staff)
            } catch {
                return hut.cannotRead("the readings of a day", error, at: id)
            }
            guard await hut.carryOut(typed + [.examItem(key, item, day, by: staff)], about: [key]) else {
                return hut.tellStaff(at: id, .failed(HutPhrase.goneAlready))
            }
            hut.tellStaff(at: id, .saved(HutPhrase.saved))
            await hut.sendExams(of: day, at: id)
        }
    }

    /// A name under an exam: who is logged in, or somebody else at the same screen by her PIN. Nobody signs twice.
    func sign(_ key: ResidentKey, on day: LocalDay, _ signer: ExamSigner, by staff: StaffKey, at id: String) {
        work { hut in
            do throws(LedgerError) {
                guard let person = try await hut.signing(signer, staff, at: id) else { return }
                guard let exam = try await hut.ledger.exam(of: key, on: day) else {
                    return hut.tellStaff(at: id, .failed(HutPhrase.noExamYet))
                }
                guard !exam.signedBy.contains(person) else {
                    return hut.tellStaff(at: id, .failed(HutPhrase.signedAlready))
                }
                guard await hut.carryOut([.examSigned(key, day, by: person)], about: [key]) else {
                    return hut.tellStaff(at: id, .failed(HutPhrase.goneAlready))
                }
                hut.tellStaff(at: id, .saved(HutPhrase.saved))
                await hut.sendExams(of: day, at: id)
            } catch {
                hut.cannotRead("an exam", error, at: id)
            }
        }
    }

    /// Whose name it is; nil where the PIN does not fit, which is said.
    private func signing(_ signer: ExamSigner, _ staff: StaffKey, at id: String) async throws(LedgerError) -> StaffKey?
    {
        guard case .other(let other, let pin) = signer else { return staff }
        switch try await ledger.checkStaffPIN(other, pin: pin, at: now.hut) {
        case .right(let entry) where entry.staff.role.seesHealth: return entry.key
        case .locked: tellStaff(at: id, .failed(HutPhrase.pinRests))
        case .right, .wrong: tellStaff(at: id, .failed(HutPhrase.wrongPIN))
        }
        return nil
    }
}
