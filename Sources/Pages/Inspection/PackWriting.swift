import Kernel

extension PackDocument {
    func body(_ html: inout Html, _ medium: Medium) {
        html.element("main", []) { html in
            html.p(marking, .class("pack-marking"))
            html.p("As known at \(knownAt)", .class("pack-foot"))
            cover(&html)
            history(&html, "The force’s view", forceHistory)
            history(&html, "The inspectorate’s view", inspectorateHistory)
            actionTable(&html)
            html.h2("Measures")
            if series.isEmpty { html.p("No measure is linked.") }
            for item in series { measure(&html, item, medium) }
            evidenceList(&html)
            laterList(&html)
            html.h2("Where this comes from")
            html.summaryList(provenance)
        }
    }

    private func cover(_ html: inout Html) {
        html.section(.class("pack-cover")) { html in
            html.p("Evidence pack", .class("pack-kind"))
            html.h1(title)
            if let sampleData { html.p { $0.strong(sampleData) } }
            html.summaryList([
                SummaryRow("Force", force), SummaryRow("Inspection", inspection), SummaryRow("Question", question),
                SummaryRow("Grade", gradeWords), SummaryRow("Owner", owner), SummaryRow("Due", due),
                SummaryRow("As known at", knownAt),
            ])
            html.h2("What the report asks for")
            html.p("\(source.capitalisedFirst), in the report’s own words:")
            html.blockquote { $0.lines(text) }
        }
    }

    private var gradeWords: String {
        switch grade {
        case .stated(let grade): grade.capitalisedFirst
        case .carried(let grade, let words):
            ((grade.map { ["\($0.capitalisedFirst), carried over."] } ?? []) + words).joined(separator: " ")
        case .none: "The report states no grade for this question."
        }
    }

    private func history(_ html: inout Html, _ title: String, _ lines: [Line]) {
        html.h2(title)
        guard !lines.isEmpty else { return html.p("Nothing is recorded.") }
        html.table(
            caption: "\(title), oldest first", isCaptionHidden: true,
            columns: [
                .day("Since") { $0.on }, .header("Status") { line, html in html.text(line.status) },
                .cell("In words") { line, html in html.lines(line.words) }, .text("Recorded by") { $0.recorded },
            ], rows: lines, narrow: .stacks)
    }

    private func actionTable(_ html: inout Html) {
        html.h2("Actions")
        guard !actions.isEmpty else { return html.p("No action was given.") }
        html.table(
            caption: "Actions, the earliest date first", isCaptionHidden: true,
            columns: [
                .header("Action") { action, html in html.text(action.title) }, .text("Who") { $0.owner },
                .day("Due") { $0.due }, .text("State") { $0.state },
                .cell("What happened") { action, html in html.lines(action.happened) },
            ], rows: actions, narrow: .stacks)
    }

    private func measure(_ html: inout Html, _ series: Series, _ medium: Medium) {
        html.section(.class("pack-measure")) { html in
            html.h3(series.title)
            html.summaryList([
                SummaryRow("What it is", series.definition), SummaryRow("Unit", series.unit),
                SummaryRow("Take care", series.caveat), SummaryRow("Limits", series.limits),
            ])
            if let chart = series.chart { html.packChart(chart, medium) }
            guard !series.points.isEmpty else { return html.p("There are no figures yet.") }
            html.table(
                caption: "\(series.title): every figure with its denominator and 95% interval",
                columns: [
                    .header("Period") { point, html in html.text(point.period) }, .number("Figure") { $0.value },
                    .number("Count") { $0.numerator }, .number("Out of") { $0.denominator },
                    .number("Interval") { $0.interval }, .text("What stands out") { $0.signal },
                ], rows: series.points, narrow: .stacks)
        }
    }

    private func evidenceList(_ html: inout Html) {
        html.h2("Evidence")
        if evidence.isEmpty { html.p("No evidence is here.") }
        for item in evidence {
            html.article(.class("pack-item")) { html in
                html.h3(item.claim)
                html.p("\(item.marking) · \(LondonTime.inWords(item.on)) · added by \(item.by)")
                for line in item.figure { html.p(line) }
                if let document = item.document {
                    html.p("Document: \(document.name) (\(document.words)), SHA-256 \(document.digest)")
                }
                if !item.realityTest.isEmpty {
                    html.p { html in
                        html.strong("How it was tested: ")
                        html.lines(item.realityTest)
                    }
                }
            }
        }
    }

    private func laterList(_ html: inout Html) {
        guard !later.isEmpty else { return }
        html.h2("What later reports say")
        for item in later {
            html.article(.class("pack-item")) { html in
                html.h3(item.report)
                html.blockquote { $0.lines(item.statement) }
                if !item.words.isEmpty { html.p { $0.lines(item.words) } }
                html.p("Linked by \(item.by)")
            }
        }
    }
}

extension Html {
    fileprivate mutating func packChart(_ chart: ControlChartModel, _ medium: PackDocument.Medium) {
        guard chart.points.contains(where: { $0.value != nil }) else { return }
        figure(.class("pack-chart")) { html in
            html.figcaption(chart.title)
            html.p(chart.axisWords)
            html.packDrawing(chart, medium)
            html.p(
                "The line joins the figures. The dashed lines are the control limits and the line between them is the "
                    + "centre. A diamond with a number stands out.")
            let signals = chart.signals
            guard !signals.isEmpty else { return }
            html.ol { html in
                for index in signals {
                    html.li("\(chart.points[index].label): \(chart.points[index].signal ?? "")")
                }
            }
        }
    }

    /// WeasyPrint draws what is inside an `svg` without the stylesheet of the page, so the drawing carries its own. A
    /// browser takes it from `pack.css`, because the content security policy allows no style inside a page.
    private mutating func packDrawing(_ chart: ControlChartModel, _ medium: PackDocument.Medium) {
        var drawing = Html()
        ControlChartDrawing(chart.withoutLinks, isWide: true).write(into: &drawing)
        guard medium == .pdf, let end = drawing.bytes.firstIndex(of: UInt8(ascii: ">")) else {
            bytes.append(contentsOf: drawing.bytes)
            return
        }
        bytes.append(contentsOf: drawing.bytes[...end])
        constant(
            """
            <style>
            text { font-family: sans-serif; font-size: 14px; fill: #1c2a2f; }
            .chart-soft { fill: #4a5a60; } .chart-small { font-size: 12px; } .chart-strong { font-weight: 700; }
            .chart-grid { stroke: #dfe3e0; } .chart-year, .chart-axis { stroke: #66777c; fill: none; }
            .chart-centre, .chart-limit { stroke: #4a5a60; stroke-width: 1.5; fill: none; }
            .chart-limit { stroke-dasharray: 5 3; } .chart-gap { fill: #eceae4; }
            .chart-rebase { stroke: #4b2e73; stroke-dasharray: 2 3; } .chart-rebase-words { fill: #4b2e73; }
            .chart-series { stroke: #17403f; stroke-width: 2; fill: none; } .chart-point { fill: #17403f; }
            .chart-signal, .chart-signal-words { fill: #9b1c1c; }
            </style>
            """)
        bytes.append(contentsOf: drawing.bytes[(end + 1)...])
    }
}

extension ControlChartModel {
    fileprivate var withoutLinks: ControlChartModel {
        var copy = self
        for index in copy.points.indices { copy.points[index].address = nil }
        return copy
    }
}
