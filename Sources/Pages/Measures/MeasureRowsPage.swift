/// The rows behind one point, fifty at a time. The busiest list of the house: its rows are written straight to bytes.
public struct MeasureRowsPage: PageModel {
    public struct Row: Sendable {
        /// As many as there are columns.
        public var cells: [String]
        public var file: String
        public var line: Int

        public init(cells: [String], file: String, line: Int) {
            (self.cells, self.file, self.line) = (cells, file, line)
        }
    }

    public var measure: Breadcrumb
    /// `June 2025`, or `July 2024 to June 2025`.
    public var period: String
    /// What the rows are kept to, one phrase each: `District: Hartlepool`.
    public var kept: [String]
    /// What these rows are of the figure: `Rows in the count`.
    public var side: String
    public var columns: [String]
    /// The column of long identifiers, which are shortened.
    public var identifier: Int?
    public var rows: [Row]
    public var total: Int
    public var previous: WebAddress?
    public var next: WebAddress?

    public init(
        measure: Breadcrumb, period: String, kept: [String], side: String, columns: [String], identifier: Int?,
        rows: [Row], total: Int, previous: WebAddress? = nil, next: WebAddress? = nil
    ) {
        (self.measure, self.period, self.kept, self.side) = (measure, period, kept, side)
        (self.columns, self.identifier, self.rows, self.total) = (columns, identifier, rows, total)
        (self.previous, self.next) = (previous, next)
    }

    public var title: String { "Rows: \(measure.title), \(period)" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Measures", "/measures"), measure] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading("\(measure.title), \(period)", caption: side)
        html.p { html in
            html.strong(Figure.count(total, "row", "rows"))
            if !kept.isEmpty { html.text(", only \(kept.joined(separator: ", "))") }
            html.text(total > rows.count ? ". 50 to a page." : ".")
        }
        guard !rows.isEmpty else {
            html.empty("No rows here.", "Go back to the measure and choose another point.")
            return
        }
        writeRows(&html)
        writePages(&html)
        html.details("Check this figure by hand") { html in
            html.p(
                "Each row names the file it came from and its line there. The heading is line 1. Count the rows of the "
                    + "file that meet what is said above: the number is the same.")
            html.p("Places are moved to the nearest of a list of map points before the files are published.")
        }
    }

    private func writePages(_ html: inout Html) {
        guard previous != nil || next != nil else { return }
        html.nav(.class("pagination"), .aria("label", "Pages of these rows")) { html in
            if let previous { html.a("← Previous 50", to: previous, .rel("prev")) }
            if let next { html.a("Next 50 →", to: next, .rel("next")) }
        }
    }
}

// Roles are written out because a browser forgets that this is a table once its rows are laid out as blocks.
extension MeasureRowsPage {
    private func writeRows(_ html: inout Html) {
        html.constant("<table class=\"stack\" role=\"table\"><caption class=\"unseen\">")
        html.text("\(side) of \(measure.title), \(period)")
        html.constant("</caption><thead role=\"rowgroup\"><tr role=\"row\">")
        for column in columns + ["Source"] { html.th(column, .scope("col"), .role("columnheader")) }
        html.constant("</tr></thead><tbody role=\"rowgroup\">")
        let starts = columns.map { MeasureRowsPage.start($0) }
        let source = MeasureRowsPage.start("Source")
        for row in rows { write(row, starts, source, &html) }
        html.constant("</tbody></table>")
    }

    /// The start of a cell, made once a page.
    private static func start(_ column: String) -> [UInt8] {
        var html = Html(reserving: 64)
        html.constant("<td role=\"cell\" data-label=\"")
        Escaping.attribute(column, into: &html.bytes)
        html.constant("\"><span>")
        return html.bytes
    }

    private func write(_ row: Row, _ starts: [[UInt8]], _ source: [UInt8], _ html: inout Html) {
        html.constant("<tr role=\"row\">")
        for index in 0..<min(starts.count, row.cells.count) {
            if index == 0 {
                html.constant("<th scope=\"row\" role=\"rowheader\" class=\"short\">")
                Escaping.text(row.cells[0], into: &html.bytes)
                html.constant("</th>")
                continue
            }
            html.bytes.append(contentsOf: starts[index])
            if index == identifier {
                html.shortened(row.cells[index])
            } else {
                Escaping.text(row.cells[index], into: &html.bytes)
            }
            html.constant("</span></td>")
        }
        html.bytes.append(contentsOf: source)
        Escaping.text(row.file, into: &html.bytes)
        html.constant(", line ")
        Digits.write(row.line, into: &html.bytes)
        html.constant("</span></td></tr>")
    }
}

extension Html {
    /// The first eight characters, and the whole to copy.
    fileprivate mutating func shortened(_ identifier: String) {
        guard identifier.utf8.count > 12 else {
            text(identifier.isEmpty ? "None" : identifier)
            return
        }
        constant("<details><summary class=\"short\">")
        text(String(Substring(identifier.utf8.prefix(8))))
        constant("…</summary><code>")
        text(identifier)
        constant("</code></details>")
    }
}
