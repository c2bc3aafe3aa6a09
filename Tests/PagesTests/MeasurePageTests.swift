import Kernel
import Testing

@testable import Pages

@Suite("Pages of measures")
struct MeasurePageTests {
    private static let headings = MeasureHeadings(
        point: "Month", value: "Share", numerator: "Outcomes of one type", denominator: "All outcomes",
        interval: "Wilson 95%", isByGroup: false)

    private static let form = MeasureQuestionForm(
        address: "/measures/o16", by: "month", bys: [Choice("month", "Month"), Choice("district", "District")],
        months: [Choice("2024-02", "February 2024")], only: [Choice("crime-type=Drugs", "Crime type: Drugs")])

    private static func page(_ points: [MeasurePage.Point], ways: MeasureWays = MeasureWays()) -> MeasurePage {
        MeasurePage(
            id: "o16", title: "Unable <to> prosecute", question: form, picture: .chart(Charts.chart),
            explanations: ["p chart."], headings: headings, points: points, definition: [SummaryRow("Unit", "Share")],
            notes: ["No file is held for April 2024."], ways: ways)
    }

    private static let frame = Frame(force: "Northshire", token: FormToken("t"))

    private static func markup(_ page: some PageModel) -> String {
        String(decoding: page.render(in: frame), as: UTF8.self)
    }

    @Test("every point has its value, counts, range, limits and words, and one without data says so")
    func table() {
        let held = MeasurePage.Point(
            label: "March 2024", value: "40.0%", numerator: "528", denominator: "1,320", interval: "37.4% to 42.7%",
            limits: "22.0% to 39.0%", says: "Above the upper limit", rows: "/measures/o16/rows?period=2024-03",
            allRows: "/measures/o16/rows?period=2024-03&side=denominator")
        let gap = MeasurePage.Point(label: "April 2024", value: "", numerator: "")
        let markup = Self.markup(Self.page([held, gap]))
        let reader = PageReader(markup)
        for text in ["40.0%", "528", "1,320", "37.4% to 42.7%", "22.0% to 39.0%", "Above the upper limit"] {
            #expect(markup.contains(text))
        }
        #expect(markup.contains("<td class=\"number\">No data</td>"))
        #expect(!markup.contains("<td class=\"number\">0"), "a missing month is not zero")
        #expect(reader.all("caption").count == 1 && reader.all("th").allSatisfy { $0["scope"] != nil })
        #expect(markup.contains("href=\"/measures/o16/rows?period=2024-03&amp;side=denominator\""))
        #expect(markup.contains("aria-label=\"1,320 rows out of which March 2024 is counted\""))
    }

    @Test("a plain count has one column of counts, not two that say the same")
    func plainCount() {
        var page = Self.page([MeasurePage.Point(label: "March 2024", value: "12", numerator: "12")])
        page.headings = MeasureHeadings(
            point: "Month", value: "Count", numerator: "Rows", denominator: nil, interval: nil, isByGroup: false)
        let headings = Self.markup(page).components(between: "<th scope=\"col\" class=\"number\">", and: "</th>")
        #expect(headings == ["Count", "Limits"])
    }

    @Test("the form asks by GET, keeps what was kept, and needs no script")
    func question() {
        var page = Self.page([])
        page.question.kept = [
            .init(words: "district Northport", name: "district", value: "Northport", without: "/measures/o16")
        ]
        let reader = PageReader(Self.markup(page))
        let forms = reader.all("form").filter { $0["action"] == "/measures/o16" }
        #expect(forms.map { $0["method"] } == ["get"])
        #expect(reader.all("input").contains { $0["name"] == "district" && $0["value"] == "Northport" })
        let named = reader.all("select").compactMap { $0["name"] }
        #expect(named == ["by", "only", "from", "until"])
        #expect(Set(reader.all("label").compactMap { $0["for"] }).isSuperset(of: named))
        #expect(!reader.all("input").contains { $0["name"] == FormToken.field && $0.path.contains("main form") })
    }

    @Test("downloads and limits are offered only to those who may")
    func ways() {
        let point = MeasurePage.Point(label: "March 2024", value: "1", numerator: "1")
        #expect(!Self.markup(Self.page([point])).contains("Download"))
        let all = MeasureWays(csv: "/measures/o16/csv", json: "/measures/o16/json", rebase: "/measures/o16/rebase")
        let markup = Self.markup(Self.page([point], ways: all))
        #expect(markup.contains("/measures/o16/csv") && markup.contains("It is kept on record that you took them."))
        #expect(markup.contains("/measures/o16/rebase"))
    }

    @Test("small groups carry a warning before the bars, and bars that are not drawn are said")
    func bars() {
        let bars = RankedBarsModel(
            title: "t", unit: .percent(decimals: 1), group: "Area", measure: "Share",
            bars: [.init(name: "Northport", value: 0.5, low: 0.1, high: 0.9)])
        var page = Self.page([MeasurePage.Point(label: "Northport", value: "50.0%", numerator: "1", isSmall: true)])
        page.picture = .bars(bars, drawn: 1, total: 40)
        let markup = Self.markup(page)
        #expect(markup.contains("small counts jump about"))
        #expect(markup.contains("The first 1 of 40 are drawn."))
    }

    @Test("a small chart has a text, no links in its pictures, and never an inline style")
    func smallChart() {
        var html = Html()
        html.measureChart(
            MeasureChartView(
                id: "o16", title: "Unable <to> prosecute", address: "/measures/o16",
                latest: .init(
                    period: "May 2024", value: "25.0%", interval: "22.7% to 27.4%", counts: "330 of 1,320",
                    signal: "Below the lower limit.", isImprovement: true),
                chart: Charts.chart))
        let reader = PageReader(html.string)
        #expect(
            html.string.contains("May 2024: 25.0%, likely range 22.7% to 27.4%, 330 of 1,320. Below the lower limit."))
        #expect(html.string.contains(">Better</strong>") && html.string.contains("Unable &lt;to&gt; prosecute"))
        #expect(reader.all("a").compactMap { $0["href"] } == ["/measures/o16"])
        #expect(reader.tags.filter { $0["role"] == "img" }.count == 2)
        #expect(reader.tags.allSatisfy { $0["style"] == nil })
        var empty = Html()
        empty.measureChart(MeasureChartView(id: "a", title: "A", address: "/measures/a"))
        #expect(empty.string.contains("No data yet.") && !empty.string.contains("<svg"))
    }

    @Test("rows are a table with headings, long identifiers are short with the whole to copy, and text stays text")
    func rows() {
        let identifier = String(repeating: "0123456789abcdef", count: 4)
        let page = MeasureRowsPage(
            measure: Breadcrumb("Recorded crime", "/measures/recorded-crime"), period: "May 2024",
            kept: ["district <Northport>"], side: "Rows that are counted",
            columns: ["Month", "Near", "Crime identifier"],
            identifier: 2,
            rows: [
                .init(cells: ["2024-05", "On <i>or</i> near", identifier], file: "a&b.csv", line: 7),
                .init(cells: ["2024-05", "", ""], file: "a&b.csv", line: 8),
            ], total: 51, next: "/measures/recorded-crime/rows?period=2024-05&after=9&back=0")
        let markup = Self.markup(page)
        #expect(markup.contains("<summary class=\"short\">01234567…</summary><code>\(identifier)</code>"))
        #expect(markup.contains("On &lt;i&gt;or&lt;/i&gt; near") && markup.contains("a&amp;b.csv, line 7"))
        #expect(markup.contains("<strong>51 rows</strong>, only district &lt;Northport&gt;. 50 to a page"))
        #expect(markup.contains("<span>None</span>"))
        let reader = PageReader(markup)
        #expect(reader.all("th").filter { $0["scope"] == "col" }.count == 4)
        #expect(reader.all("th").filter { $0["scope"] == "row" }.count == 2)
        #expect(
            reader.all("td").compactMap { $0["data-label"] } == [
                "Near", "Crime identifier", "Source", "Near", "Crime identifier", "Source",
            ])
        #expect(markup.contains("Next 50 →") && !markup.contains("Previous 50"))
    }

    @Test("without published figures the comparison says what to load and shows no difference")
    func reconciliation() {
        let page = ReconciliationPage(
            force: "Northshire", forces: [Choice("northshire", "Northshire")], year: "2024/25",
            years: [Choice("2024/25", "April 2024 to March 2025")],
            lines: [.init(name: "Total", ours: "720", published: "", difference: "", percent: "")], hasPublished: false,
            sources: [], notes: [])
        let markup = Self.markup(page)
        #expect(markup.contains("What to load") && markup.contains("Not held") && markup.contains(">720<"))
        #expect(markup.split(separator: "<span>–</span>").count == 3, "neither a difference nor a percentage")
    }
}

extension String {
    fileprivate func components(between start: String, and end: String) -> [String] {
        split(separator: start).dropFirst().map { part in
            part.range(of: end).map { String(part[..<$0.lowerBound]) } ?? ""
        }
    }

    fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}

extension Substring {
    fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
