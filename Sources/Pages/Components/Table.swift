import Kernel

/// One column: its heading and how a row's cell is written.
public struct Column<Row> {
    let title: String
    let isNumber: Bool
    let isHeader: Bool
    var isShort = false
    let write: (Row, inout Html) -> Void

    /// The column that names the row: a `<th scope="row">`. Give every table one.
    public static func header(_ title: String, _ write: @escaping (Row, inout Html) -> Void) -> Column {
        Column(title: title, isNumber: false, isHeader: true, write: write)
    }

    public static func text(_ title: String, _ text: @escaping (Row) -> String) -> Column {
        Column(title: title, isNumber: false, isHeader: false) { row, html in html.text(text(row)) }
    }

    /// Figures: to the right, in digits of equal width.
    public static func number(_ title: String, _ text: @escaping (Row) -> String) -> Column {
        Column(title: title, isNumber: true, isHeader: false) { row, html in html.text(text(row)) }
    }

    /// A day, on one line.
    public static func day(_ title: String, _ day: @escaping (Row) -> Day?) -> Column {
        Column(title: title, isNumber: false, isHeader: false, isShort: true) { row, html in
            guard let day = day(row) else { return html.text("–") }
            html.day(day)
        }
    }

    public static func cell(
        _ title: String, isNumber: Bool = false, _ write: @escaping (Row, inout Html) -> Void
    ) -> Column {
        Column(title: title, isNumber: isNumber, isHeader: false, write: write)
    }
}

extension Column {
    private var look: StaticString { isNumber ? " class=\"number\"" : isShort ? " class=\"short\"" : "" }

    fileprivate var headingLook: [Attribute] { isNumber ? [.class("number")] : [] }

    fileprivate var plainCell: (start: [UInt8], end: [UInt8]) {
        (
            Html.pieces { html in
                html.constant(isHeader ? "<th scope=\"row\"" : "<td")
                html.constant(look)
                html.constant(">")
            }, Html.pieces { $0.constant(isHeader ? "</th>" : "</td>") }
        )
    }

    fileprivate var stackedCell: (start: [UInt8], end: [UInt8]) {
        (
            Html.pieces { html in
                html.constant(isHeader ? "<th scope=\"row\" role=\"rowheader\"" : "<td role=\"cell\"")
                html.constant(look)
                if !isHeader { Attribute.data("label", title).write(into: &html.bytes) }
                html.constant(isHeader ? ">" : "><span>")
            }, Html.pieces { $0.constant(isHeader ? "</th>" : "</span></td>") }
        )
    }
}

/// What a table becomes on a phone.
public enum NarrowTable: Sendable {
    /// The table scrolls sideways inside its own region; the page does not.
    case scrolls
    /// Each row becomes a card, each cell with its heading: for tables that are read row by row.
    case stacks
}

extension Html {
    /// A table with a caption and scoped headings. `caption` may be hidden from sight when a heading just above says
    /// the same. Linear in the number of cells.
    public mutating func table<Row>(
        caption: String, isCaptionHidden: Bool = false, columns: [Column<Row>], rows: [Row],
        narrow: NarrowTable = .scrolls
    ) {
        switch narrow {
        case .scrolls:
            div(.class("scroll"), .role("region"), .tabindex(0), .aria("label", caption)) { html in
                html.table { html in html.tableParts(caption, isCaptionHidden, columns, rows) }
            }
        case .stacks:
            table(.class("stack"), .role("table")) { $0.stackedParts(caption, isCaptionHidden, columns, rows) }
        }
    }

    private mutating func tableParts<Row>(
        _ caption: String, _ isCaptionHidden: Bool, _ columns: [Column<Row>], _ rows: [Row]
    ) {
        element("caption", [.class(isCaptionHidden ? "unseen" : "table-caption")], caption)
        thead { html in
            html.tr { html in
                for column in columns {
                    html.element("th", [.scope("col")] + column.headingLook, column.title)
                }
            }
        }
        tbody { $0.tableRows(columns, rows, start: "<tr>", end: "</tr>") { $0.plainCell } }
    }

    /// What stands around a cell is the same down a column: it is made once, and copied.
    private mutating func tableRows<Row>(
        _ columns: [Column<Row>], _ rows: [Row], start: StaticString, end: StaticString,
        cell: (Column<Row>) -> (start: [UInt8], end: [UInt8])
    ) {
        var pieces: [UInt8] = []
        let cells = columns.map { column in
            let (start, end) = cell(column)
            pieces += start + end
            let middle = pieces.count - end.count
            return (write: column.write, start: middle - start.count..<middle, end: middle..<pieces.count)
        }
        for row in rows {
            constant(start)
            for index in cells.indices {
                bytes += pieces[cells[index].start]
                cells[index].write(row, &self)
                bytes += pieces[cells[index].end]
            }
            constant(end)
        }
    }

    /// Roles are written out because a browser forgets that this is a table once its rows are laid out as blocks.
    private mutating func stackedParts<Row>(
        _ caption: String, _ isCaptionHidden: Bool, _ columns: [Column<Row>], _ rows: [Row]
    ) {
        element("caption", [.class(isCaptionHidden ? "unseen" : "table-caption")], caption)
        thead(.role("rowgroup")) { html in
            html.tr(.role("row")) { html in
                for column in columns {
                    html.element(
                        "th", [.scope("col"), .role("columnheader")] + column.headingLook, column.title)
                }
            }
        }
        tbody(.role("rowgroup")) { html in
            html.tableRows(columns, rows, start: "<tr role=\"row\">", end: "</tr>") { $0.stackedCell }
        }
    }
}
