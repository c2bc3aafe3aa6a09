import Access
import Actions
import Foundation
import Kernel
import Ledger
import TestKit
import Testing

@testable import Inspection

@Suite("The inspection desk works through the ledger", .onEveryEngine)
struct InspectionDeskTests {
    let lead = TestActor.police([.inspectionLead])
    let analyst = TestActor.police([.analyst], user: "ann")
    let sam = TestActor.partner([.partnerPractitioner], user: "sam")
    let text = [UInt8](ReportFixture.sentences.text.utf8)

    private func open() async throws -> (TemporaryStore, InspectionDesk) {
        let store = try await TemporaryStore(InspectionSchema.migrations)
        return (store, try .bundled(ledger: store.ledger))
    }

    private var today: Day { LondonTime.day(of: TestClock.start) }

    @Test("Importing the same text again changes nothing, and the source is kept byte for byte")
    func importTwice() async throws {
        let (store, desk) = try await open()
        let first = try await desk.importReport(text, fileName: "page.txt", as: lead)
        guard case .new(let record) = first else {
            Issue.record("not new")
            return
        }
        let again = try await desk.importReport(text, fileName: "other.txt", as: lead)
        guard case .alreadyHeld(let held) = again else {
            Issue.record("imported twice")
            return
        }
        #expect(held == record)
        #expect(try await desk.reports(as: analyst).count == 1)
        #expect(try await desk.source(of: record.id, as: analyst) == text)
        #expect(try await desk.areas(of: record.id, as: lead).map(\.body.number) == [1, 2])
        let log = try await store.log().filter { $0.operation == .collection && $0.wasAllowed }
        #expect(
            log.map(\.kind) == [
                "inspection.source", "inspection.report", "inspection.area", "inspection.area", "inspection.source",
            ])
        try await store.remove()
    }

    @Test("A report that another agency has brought is held already, and what it asks for stays theirs")
    func importAfterOthers() async throws {
        let (store, desk) = try await open()
        let theirs = TestActor.partner([.inspectionLead])
        let first = try await desk.importReport(text, fileName: "page.txt", as: theirs).record
        guard case .alreadyHeld(let held) = try await desk.importReport(text, fileName: "p.txt", as: lead) else {
            Issue.record("imported twice")
            return
        }
        #expect(held == first)
        #expect(try await desk.areas(of: first.id, as: lead).isEmpty)
        #expect(try await desk.areas(of: first.id, as: theirs).count == 2)
        try await store.remove()
    }

    @Test("Only an inspection lead imports; others are told that there is no such page, and the log knows")
    func refused() async throws {
        let (store, desk) = try await open()
        await #expect(throws: Problem.absent) { try await desk.importReport(text, fileName: "x", as: analyst) }
        #expect(try await desk.reports(as: lead).isEmpty)
        #expect(try await store.log().filter { !$0.wasAllowed }.map(\.user) == ["ann"])
        try await store.remove()
    }

    @Test("Several reports live side by side, the newest first")
    func several() async throws {
        let (store, desk) = try await open()
        for fixture in [ReportFixture.sentences, .carriedOver, .integrated] {
            _ = try await desk.importReport([UInt8](fixture.text.utf8), fileName: "x", as: lead)
        }
        #expect(try await desk.reports(as: lead).map(\.body.draft.year.description) == ["2021/22", "2018", "2017"])
        #expect(try await desk.reports(forceKey: "northshire", as: lead).count == 1)
        try await store.remove()
    }

    @Test("An area given to a partner is hers to see and work on, and absent for others")
    func assigned() async throws {
        let (store, desk) = try await open()
        let area = try await firstArea(desk)
        await #expect(throws: Problem.absent) { try await desk.area(area, as: sam) }
        try await desk.amend(area, expecting: 1, .plan(owner: Assignee(id: "sam", name: "Sam"), due: today), as: lead)
        #expect(try await desk.areas(ownedBy: "sam", as: sam).map(\.id) == [area])
        try await desk.amend(area, expecting: 2, .status(.force, id: "in-progress", on: today, words: ""), as: sam)
        let known = try await desk.area(area, as: lead)
        #expect(known.version == 3)
        #expect(known.body.status(.force)?.by == "sam")
        #expect(try await desk.history(of: area, as: lead).map(\.body.owner?.id) == [nil, "sam", "sam"])
        let written = try await store.log().filter { $0.operation == .alteration && $0.record == area.text }
        #expect(written.map(\.user) == ["ola", "sam"])
        try await store.remove()
    }

    @Test("The second of two writers is shown both versions, field by field")
    func conflict() async throws {
        let (store, desk) = try await open()
        let area = try await firstArea(desk)
        try await desk.amend(area, expecting: 1, .plan(owner: Assignee(id: "kim", name: "Kim"), due: nil), as: lead)
        let other = TestActor.police([.inspectionLead], user: "uma")
        do {
            try await desk.amend(
                area, expecting: 1, .plan(owner: Assignee(id: "sam", name: "Sam"), due: today), as: other)
            Issue.record("the first change was lost")
        } catch let conflict as Conflict {
            let shown = try AreaConflict(conflict, statuses: desk.statuses)
            #expect(shown.fields.filter(\.differs).map(\.name) == ["Owner", "Due date"])
            #expect(shown.fields[0] == AreaConflict.Field(name: "Owner", base: "", stored: "Kim", sent: "Sam"))
            #expect(shown.storedBy == "ola")
        }
        try await store.remove()
    }

    @Test("Additions of several people at once all stay")
    func additions() async throws {
        let (store, desk) = try await open()
        let area = try await firstArea(desk)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<4 {
                group.addTask {
                    let draft = EvidenceDraft(claim: "Claim \(number)", on: today, realityTest: "We looked.")
                    _ = try? await desk.amend(area, expecting: 1, .evidence(draft), as: lead)
                }
            }
        }
        let evidence = try await desk.area(area, as: lead).body.evidence
        #expect(Set(evidence.map(\.claim)).count == 4)
        #expect(Set(evidence.map(\.id)).count == 4)
        try await store.remove()
    }

    @Test("A document comes back byte for byte, its taking is logged, and a refused one leaves nothing")
    func documents() async throws {
        let (store, desk) = try await open()
        let area = try await firstArea(desk)
        let file = UploadedFile(name: "audit.pdf", bytes: Array("%PDF-1.7 audit".utf8))
        let draft = EvidenceDraft(claim: "Files are checked", on: today, marking: .officialSensitive)
        try await desk.addEvidence(draft, file: file, to: area, as: lead)
        let evidence = try await desk.area(area, as: lead).body.evidence
        let document = try #require(evidence[0].document)
        #expect(try await desk.document(document.digest, of: area, as: lead).bytes == file.bytes)
        #expect(try await store.log().filter { $0.kind == "inspection.document" }.map(\.operation) == [.disclosure])
        let other = UploadedFile(name: "b.pdf", bytes: Array("%PDF-1.7 other".utf8))
        await #expect(throws: Problem.absent) { try await desk.addEvidence(draft, file: other, to: area, as: analyst) }
        let kept = try await store.ledger.glance { try $0.integer("SELECT COUNT(*) FROM inspection_document") }
        #expect(kept == 1)
        await #expect(throws: Problem.absent) { try await desk.document("00", of: area, as: lead) }
        try await store.remove()
    }

    @Test("The pack holds what was known then, its marking, its actions and where it comes from")
    func pack() async throws {
        let (store, desk) = try await open()
        let area = try await firstArea(desk)
        let before = store.ledger.now
        store.clock.advance(seconds: 3600)
        let draft = EvidenceDraft(claim: "Better", on: today, marking: .officialSensitive, realityTest: "We looked.")
        try await desk.amend(area, expecting: 1, .evidence(draft), as: lead)
        try await desk.amend(
            area, expecting: 2, .status(.force, id: "in-progress", on: today, words: "Begun"), as: lead)
        let actions = ActionDesk(ledger: store.ledger)
        let sam = Assignee(id: "sam", name: "Sam")
        let subject = AreaForImprovement.subject(area)
        _ = try await actions.give("Do it", about: subject, to: sam, due: today, as: lead)
        let pack = try await desk.pack(for: area, series: [], askedBy: "Ola Lead", as: lead)
        #expect(pack.marking == .officialSensitive)
        #expect(pack.area.text == "The force should give each investigation one named officer.")
        #expect(pack.questionGrade == .inadequate)
        #expect(pack.forceHistory.map(\.status) == ["In progress"])
        #expect(pack.actions.map(\.title) == ["Do it"])
        #expect(pack.provenance.reportFile == "page.txt")
        let earlier = try await desk.pack(for: area, series: [], askedBy: "Ola Lead", asKnownAt: before, as: lead)
        #expect(earlier.area.evidence.isEmpty && earlier.actions.isEmpty && earlier.marking == .official)
        await #expect(throws: Problem.absent) {
            try await desk.pack(for: area, series: [], askedBy: "Ann", as: analyst)
        }
        let packs = try await store.log().filter { $0.kind == "inspection.pack" }
        #expect(packs.map(\.wasAllowed) == [true, true, false])
        try await store.remove()
    }

    @Test("A finding is followed up once, and a later report's words are linked by a person")
    func follow() async throws {
        let (store, desk) = try await open()
        let report = try await desk.importReport(text, fileName: "page.txt", as: lead).record
        let followed = try await desk.follow(report.id, question: 0, finding: 2, as: lead)
        #expect(try await desk.follow(report.id, question: 0, finding: 2, as: lead) == followed)
        #expect(try await desk.area(followed, as: lead).body.source == .finding)
        #expect(try await desk.areas(of: report.id, as: lead).count == 3)
        let later = try await desk.importReport([UInt8](ReportFixture.integrated.text.utf8), fileName: "b", as: lead)
            .record
        let change = AreaChange.later(
            report: later.id, title: later.body.title, statement: "It uses its problem-solving plans well.",
            words: "Met")
        try await desk.amend(followed, expecting: 1, change, as: lead)
        try await desk.amend(followed, expecting: 2, change, as: lead)
        #expect(try await desk.area(followed, as: lead).body.later.count == 1)
        await #expect(throws: Problem.absent) { try await desk.follow(report.id, question: 9, finding: 0, as: lead) }
        try await store.remove()
    }

    @Test("The trend of a question takes a carried grade from the report that gave it")
    func trend() async throws {
        let (store, desk) = try await open()
        let question = "How effective is the force at tackling serious and organised crime?"
        let carried =
            "This question was not inspected in 2017. The grade and findings from last year’s inspection still stand."
        for (year, words) in [
            ("2016", "Lowick Police is good at tackling serious and organised crime."), ("2017", carried),
        ] {
            let text = "Lowick PEEL \(year)\nEffectiveness\n\(question)\n\(words)"
            _ = try await desk.importReport([UInt8](text.utf8), fileName: year, as: lead)
        }
        guard case .drawn(_, let points) = try await desk.trend(forceKey: "lowick", question: question, as: lead) else {
            Issue.record("refused")
            return
        }
        #expect(points.map(\.grade) == [.good, .good])
        #expect(points[1].carriedFrom == ProgrammeYear("2016"))
        try await store.remove()
    }

    private func firstArea(_ desk: InspectionDesk) async throws -> Identifier<AreaForImprovement> {
        let report = try await desk.importReport(text, fileName: "page.txt", as: lead).record
        return try #require(try await desk.areas(of: report.id, as: lead).first).id
    }
}
