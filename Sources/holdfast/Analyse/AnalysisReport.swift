import Pages

/// The answer on one page that needs nothing else.
struct AnalysisReport {
    static func page(_ answer: AnalysisAnswer) -> [UInt8] {
        var html = Html()
        html.constant(
            """
            <!doctype html><html lang="en-GB"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1"><style>
            body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#17211f}
            table{border-collapse:collapse}.scroll{overflow-x:auto}
            td,th{padding:.2rem .8rem;text-align:right;border-bottom:1px solid #ccc}
            td:first-child,th:first-child{text-align:left}figure{margin:1rem 0}figcaption{font-weight:bold}
            .notes{border-left:4px solid #9b1c1c;padding:.1rem 1rem}svg{max-width:100%;height:auto}
            svg text{font-size:13px;fill:#4a5a60}.chart-grid{stroke:#dfe3e0}.chart-axis{stroke:#4a5a60}
            .chart-point{fill:#17403f}.plot-interval{stroke:#17403f;stroke-width:1.5}
            .plot-upright{stroke:#4a5a60;stroke-dasharray:2 3}.plot-band{fill:#17403f;fill-opacity:.12}
            .plot-line-0,.plot-line-1,.plot-line-2,.plot-line-3,.plot-line-4,.plot-dashed{
            stroke:#17403f;stroke-width:2;fill:none}
            .plot-line-1{stroke:#9b1c1c;stroke-dasharray:9 3}.plot-line-2{stroke:#4a5a60;stroke-dasharray:4 3}
            .plot-line-3{stroke:#7a5200;stroke-dasharray:12 3 2 3}.plot-line-4{stroke:#3c4fa0;stroke-dasharray:2 3}
            .plot-dashed{stroke:#9b1c1c;stroke-dasharray:6 4}
            .chart-key{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:1rem}.chart-key svg{width:28px}
            </style>
            """)
        write("title", answer.title, &html)
        html.constant("</head><body><main>")
        write("h1", answer.title, &html)
        for line in answer.about { write("p", line, &html) }
        notes("What you must know first", answer.warnings, &html)
        for chart in answer.charts {
            switch chart {
            case .plot(let model): html.plot(model)
            case .forest(let model): html.forestPlot(model)
            }
        }
        for table in answer.tables { write(table, &html) }
        notes("What this cannot show", answer.cannotShow, &html)
        html.constant("</main></body></html>\n")
        return html.bytes
    }

    private static func write(_ name: StaticString, _ text: String, _ html: inout Html) {
        html.constant("<")
        html.constant(name)
        html.constant(">")
        html.text(text)
        html.constant("</")
        html.constant(name)
        html.constant(">")
    }

    private static func notes(_ title: String, _ lines: [String], _ html: inout Html) {
        guard !lines.isEmpty else { return }
        html.constant("<section class=\"notes\">")
        write("h2", title, &html)
        html.constant("<ul>")
        for line in lines { write("li", line, &html) }
        html.constant("</ul></section>")
    }

    private static func write(_ table: AnalysisAnswer.Table, _ html: inout Html) {
        write("h2", table.title, &html)
        html.constant("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>")
        for name in table.head {
            html.constant("<th scope=\"col\">")
            html.text(name)
            html.constant("</th>")
        }
        html.constant("</tr></thead><tbody>")
        for row in table.rows {
            html.constant("<tr>")
            for cell in row { write("td", cell, &html) }
            html.constant("</tr>")
        }
        html.constant("</tbody></table></div>")
    }
}
