/// The table of every point.
extension MeasurePage {
    func writeTable(_ html: inout Html) {
        guard !points.isEmpty else { return }
        html.h2("Every point")
        html.p(words)
        let caption = "\(title) by \(headings.pointInSentence)"
        guard points.count > MeasurePage.mostOpen else {
            html.table(caption: caption, columns: columns, rows: points)
            return
        }
        html.details("The table of all \(Figure.whole(points.count))") { html in
            html.table(caption: caption, columns: columns, rows: points)
        }
    }

    /// A longer table is folded: on a phone it would bury what follows it.
    private static let mostOpen = 60

    /// What the columns hold.
    private var words: String {
        var sentences = ["Count: \(headings.numerator)."]
        if let denominator = headings.denominator { sentences.append("Out of: \(denominator).") }
        if let interval = headings.interval { sentences.append("Likely range: \(interval) interval.") }
        sentences.append("Follow a \(headings.pointInSentence) to the rows behind it.")
        return sentences.joined(separator: " ")
    }

    private var columns: [Column<Point>] {
        var columns: [Column<Point>] = [
            .header(headings.point) { point, html in
                if let rows = point.rows { html.a(point.label, to: rows) } else { html.text(point.label) }
            }
        ]
        if points.contains(where: { !$0.parent.isEmpty }) { columns.append(.text("Part of") { $0.parent }) }
        columns.append(.number(headings.value) { $0.value.isEmpty ? "No data" : $0.value })
        // A plain count is its own numerator.
        if headings.denominator != nil {
            columns.append(.number("Count") { $0.numerator.isEmpty ? "–" : $0.numerator })
        }
        if headings.denominator != nil { columns.append(denominator) }
        if headings.interval != nil {
            columns.append(.number("Likely range") { $0.interval.isEmpty ? "–" : $0.interval })
        }
        if !headings.isByGroup { columns.append(.number("Limits") { $0.limits.isEmpty ? "–" : $0.limits }) }
        if points.contains(where: { $0.apart != nil }) { columns.append(apart) }
        columns.append(.text(headings.isByGroup ? "Care" : "What stands out") { $0.says })
        if points.contains(where: { $0.overTime != nil }) { columns.append(overTime) }
        return columns
    }

    private var denominator: Column<Point> {
        .cell("Out of", isNumber: true) { point, html in
            guard !point.denominator.isEmpty else { return html.text("–") }
            guard let rows = point.allRows else { return html.text(point.denominator) }
            html.a(
                point.denominator, to: rows,
                .aria("label", "\(point.denominator) rows out of which \(point.label) is counted"))
        }
    }

    private var apart: Column<Point> {
        .cell("Not counted", isNumber: true) { point, html in
            guard let apart = point.apart else { return html.text("–") }
            html.a(apart.count, to: apart.rows, .aria("label", "\(apart.count) rows not counted in \(point.label)"))
        }
    }

    private var overTime: Column<Point> {
        .cell("Over time") { point, html in
            guard let address = point.overTime else { return html.text("–") }
            html.a("Chart", to: address, .aria("label", "Chart of \(point.label) over time"))
        }
    }
}
