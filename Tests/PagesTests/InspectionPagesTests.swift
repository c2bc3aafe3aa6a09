import Kernel
import Testing

@testable import Pages

private let frame = Frame(force: "Northshire Police", token: FormToken("the-token"))

private func text(_ page: some PageModel) -> String { String(decoding: page.render(in: frame), as: UTF8.self) }

private let day = Day(year: 2026, month: 5, day: 3)

private func area(owner: String? = "Alex Brown") -> AreaView {
    AreaView(
        id: "area-1", version: 3, title: "Analyse crime data", source: "area for improvement",
        reportTitle: "Northshire, effectiveness, 2017", reportAddress: "/inspections/report-1", question: "How good?",
        text: "The force should <b>analyse</b> data", owner: owner, due: day, dueWords: "Due 3 May 2026")
}

private let everything = AreaRights(canLead: true, canChange: true)
private let place = AreaPlace(id: "area-1", title: "Analyse crime data", version: 3)

@Suite("Inspection pages")
struct InspectionPagesTests {
    @Test("a grade carried over names its source year and is never shown as stated")
    func carried() {
        var html = Html()
        html.gradeBlock(
            .carried(grade: "good", words: ["Not inspected in 2017. The 2016 grade still stands."]), statement: nil)
        #expect(html.string.contains("Not inspected in 2017. The 2016 grade still stands."))
        #expect(html.string.contains("Carried over"))
    }

    @Test("a question without a grade says so and shows none")
    func ungraded() {
        var html = Html()
        html.gradeBlock(.none, statement: nil)
        #expect(html.string.contains("No grade stated"))
        for grade in ["Outstanding", "Good", "Adequate", "Requires improvement", "Inadequate"] {
            #expect(!html.string.contains(grade))
        }
    }

    @Test("an empty list of reports tells a lead how to bring one in, and nobody else")
    func emptyList() {
        let lead = text(InspectionListPage(reports: [], canImport: true))
        #expect(lead.contains("holdfast inspection import FILE") && lead.contains("/inspections/new"))
        let other = text(InspectionListPage(reports: [], canImport: false))
        #expect(!other.contains("/inspections/new") && other.contains("An inspection lead can add one."))
    }

    @Test("a refused text stays in its field, escaped, with what was expected")
    func refusal() {
        let problem = Problem(
            .refused, "No report here.", next: "We look for a title.", fields: [.init("text", "No report here.")])
        let page = text(NewInspectionPage(text: "</textarea><script>x</script>", errors: FieldErrors(problem)))
        #expect(!page.contains("<script>x"))
        #expect(page.contains("&lt;/textarea&gt;&lt;script&gt;x"))
        #expect(page.contains("We look for a title.") && page.contains("Error: Add an inspection report"))
    }

    @Test("the words of a report are escaped wherever they stand")
    func escaping() {
        let hostile = "<img src=x onerror=alert(1)>"
        var report = ReportView(force: hostile, year: "2017", pillar: "effectiveness")
        var question = ReportView.Question(text: hostile, grade: .stated("good"), statement: hostile)
        question.findings = [.init(leadIn: hostile, text: hostile)]
        question.toImprove = [.init(text: hostile, follow: .offered(question: 0, finding: 0))]
        question.areas = [.init(title: hostile, text: hostile)]
        report.questions = [question]
        report.notUnderstood = [.init(line: 1, text: hostile, reason: hostile)]
        for page in [
            text(InspectionPage(id: "r", report: report, fileName: hostile, digest: "d", kept: hostile)),
            text(InspectionPreviewPage(report: report, fileName: hostile, encoded: "eA==")),
        ] {
            #expect(!page.contains("<img"))
        }
    }

    @Test("before a report is kept, what was not understood is listed and nothing can be followed up")
    func preview() {
        var report = ReportView(force: "Northshire", year: "2017", pillar: "effectiveness")
        var question = ReportView.Question(text: "How good?", grade: .none)
        question.toImprove = [.init(text: "Listen more", follow: .offered(question: 0, finding: 0))]
        report.questions = [question]
        report.notUnderstood = [.init(line: 12, text: "what is this", reason: "neither a heading nor a sentence")]
        let page = text(InspectionPreviewPage(report: report, fileName: "x.txt", encoded: "eA=="))
        #expect(page.contains("Nothing is kept yet") && page.contains("what is this"))
        #expect(!page.contains("Follow this up"))
    }

    @Test("grades on different scales are not drawn, and the page says why")
    func refusedTrend() {
        var html = Html()
        html.gradeTrend(.refused("The scales differ."), id: "trend")
        #expect(html.string.contains("The scales differ.") && !html.string.contains("<svg"))
    }

    @Test("somebody who may only look is offered no change")
    func lookingOnly() {
        let page = text(AreaPage(area: area(), rights: .none))
        for address in ["/plan", "/status/", "/actions\"", "/measures\"", "/evidence\"", "/later", "/pack"] {
            #expect(!page.contains("/areas/area-1\(address)"), "\(address)")
        }
    }

    @Test("a page of the past offers no change and says which day it shows")
    func past() {
        let page = text(AreaPage(area: area(), rights: everything, knownAt: "3 May 2026"))
        #expect(page.contains("This is what was known on 3 May 2026"))
        for address in ["/plan", "/status/", "/measures", "/evidence", "/later"] {
            #expect(!page.contains("/areas/area-1\(address)"), "\(address)")
        }
    }

    @Test("the words of the report stand escaped on the area's page")
    func areaText() {
        let page = text(AreaPage(area: area(), rights: everything))
        #expect(page.contains("The force should &lt;b&gt;analyse&lt;/b&gt; data"))
    }

    @Test("an area without work shows what is missing in each part")
    func emptyArea() {
        let page = text(AreaPage(area: area(owner: nil), rights: everything))
        for words in ["Nobody yet", "No action is given yet.", "No measure is linked yet.", "No evidence is here yet."]
        {
            #expect(page.contains(words))
        }
    }

    @Test("every form of an area posts its token, and the planning form the version it began from")
    func forms() {
        let pages = [
            text(AreaPlanPage(place: place, owners: [], owner: "", due: TypedDate())),
            text(AreaStatusPage(place: place, strand: "force", statuses: [], fields: .init(on: TypedDate()))),
            text(NewActionPage(place: place, owners: [])),
            text(NewEvidencePage(place: place, figures: [], fields: .init(on: TypedDate()))),
        ]
        for page in pages { #expect(page.contains(#"name="form-token" value="the-token""#)) }
        for page in pages.prefix(2) { #expect(page.contains(#"name="version" value="3""#)) }
    }

    @Test("a date that is none stays as it was typed")
    func typedDate() {
        let problem = Problem(.invalid, "There is a problem", fields: [.init("due", "Enter a real date.")])
        let page = text(
            AreaPlanPage(
                place: place, owners: [Choice("u", "Alex")], owner: "u",
                due: TypedDate(day: "31", month: "Febr", year: "26"),
                errors: FieldErrors(problem)))
        #expect(page.contains(#"value="Febr""#) && page.contains("#due"))
        #expect(page.contains(#"value="u" selected"#))
    }

    @Test("a list says what would fill it")
    func emptyLists() {
        #expect(text(AreaListPage(view: .overdue, areas: [])).contains("Nothing is overdue."))
        #expect(text(AreaListPage(view: .mine, areas: [])).contains("You own no area for improvement."))
        #expect(text(AreaMeasuresPage(place: place, linked: [], others: [])).contains("There is no other measure"))
        #expect(text(AreaLaterPage(place: place, reports: [], report: "", statements: [])).contains("No later report"))
    }
}
