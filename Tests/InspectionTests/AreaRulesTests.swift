import Access
import Actions
import Kernel
import Ledger
import TestKit
import Testing

@testable import Inspection

@Suite("The rules of working on an area for improvement")
struct AreaRulesTests {
    let rules: AreaRules
    let statuses: AreaStatuses
    let area: AreaForImprovement
    let now = TestClock.start
    let lead = TestActor.police([.inspectionLead])
    let owner = TestActor.police([], user: "sam")

    init() throws {
        statuses = try .bundled()
        rules = AreaRules(statuses: statuses)
        let report = try #require(Identifier<InspectionReport>("report-1"))
        area = AreaForImprovement(
            source: .areaForImprovement, report: report, reportTitle: "Northshire, effectiveness, 2017",
            question: "How?", number: 1, title: nil, text: "The force should do it.", owner: nil, due: nil,
            statuses: [],
            measures: [], evidence: [], later: [])
    }

    private var today: Day { LondonTime.day(of: now) }

    private func fields(_ change: AreaChange, by actor: Actor) -> [String] {
        do {
            _ = try rules.apply(change, to: area, by: actor, at: now)
            return []
        } catch let problem as Problem {
            return problem.fields.isEmpty ? ["refused"] : problem.fields.map(\.name)
        } catch {
            return ["other"]
        }
    }

    @Test("The force's view and the inspectorate's never close each other")
    func strands() throws {
        let closed = try rules.apply(
            .status(.force, id: "closed-by-force", on: today, words: "All audited"), to: area, by: owner, at: now)
        #expect(closed.isClosed(.force, statuses))
        #expect(!closed.isClosed(.inspectorate, statuses))
        let open = try rules.apply(
            .status(.inspectorate, id: "being-progressed", on: today, words: "Letter of 3 May"), to: closed, by: lead,
            at: now)
        #expect(open.isClosed(.force, statuses))
        #expect(open.status(.inspectorate)?.status == "being-progressed")
    }

    @Test("The status of a day follows from dated facts, not from the order of typing")
    func dated() throws {
        let late = try rules.apply(
            .status(.force, id: "pending-sign-off", on: today, words: ""), to: area, by: owner, at: now)
        let both = try rules.apply(
            .status(.force, id: "in-progress", on: today.adding(days: -30), words: ""), to: late, by: owner,
            at: now.adding(seconds: 60))
        #expect(both.status(.force)?.status == "pending-sign-off")
        #expect(both.status(.force, on: today.adding(days: -1))?.status == "in-progress")
        #expect(both.status(.force, on: today.adding(days: -31)) == nil)
    }

    @Test("Each mistake is told at its own field")
    func mistakes() {
        let yesterday = today.adding(days: -1)
        let sam = Assignee(id: "sam", name: "Sam")
        #expect(fields(.plan(owner: sam, due: yesterday), by: lead) == ["due"])
        #expect(fields(.plan(owner: nil, due: today), by: lead) == ["owner"])
        #expect(fields(.plan(owner: sam, due: today), by: owner) == ["refused"])
        #expect(fields(.status(.force, id: "complete", on: today, words: "x"), by: owner) == ["status"])
        #expect(fields(.status(.force, id: "in-progress", on: today.adding(days: 1), words: ""), by: owner) == ["on"])
        #expect(fields(.status(.force, id: "closed-by-force", on: today, words: " "), by: owner) == ["words"])
        #expect(fields(.status(.inspectorate, id: "complete", on: today, words: ""), by: lead) == ["words"])
        #expect(fields(.status(.inspectorate, id: "complete", on: today, words: "x"), by: owner) == ["refused"])
        #expect(fields(.evidence(EvidenceDraft(claim: "", on: today)), by: owner) == ["claim", "document"])
        #expect(fields(.link(measure: "", title: ""), by: owner) == ["measure"])
        #expect(
            fields(.later(report: area.report, title: "", statement: "It is met.", words: ""), by: lead) == ["report"])
    }

    @Test("It is overdue when its day has passed and the force does not hold it closed")
    func overdue() throws {
        var late = area
        late.due = today.adding(days: -1)
        #expect(late.isOverdue(on: today, statuses))
        let closed = try rules.apply(
            .status(.force, id: "closed-by-force", on: today, words: "Done"), to: late, by: owner, at: now)
        #expect(!closed.isOverdue(on: today, statuses))
        #expect(!area.isOverdue(on: today, statuses))
    }

    @Test("A file's type is told from its bytes, and its name is made harmless")
    func files() throws {
        let pdf = try UploadedFile(name: "../../etc/re\u{202E}port\r\n.pdf", bytes: Array("%PDF-1.7".utf8)).document()
        #expect(pdf.mediaType == "application/pdf")
        #expect(pdf.fileName == "report.pdf")
        #expect(pdf.digest.count == 64)
        for (name, bytes) in [
            ("a.pdf", Array("MZ..\u{0}".utf8)), ("a.html", Array("<script>".utf8)), ("a.txt", []),
            ("a.svg", Array("<svg/>".utf8)), ("a.csv", [0xFF, 0xFE]),
        ] {
            #expect(throws: Problem.self, "\(name)") { try UploadedFile(name: name, bytes: bytes).document() }
        }
    }
}
