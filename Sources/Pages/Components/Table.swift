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
            html.time(LondonTime.inWords(day), machine: day.description)
        }
    }

    public static func cell(
        _ title: String, isNumber: Bool = false, _ write: @escaping (Row, inout Html) -> Void
    ) -> Column {
        Column(title: title, isNumber: isNumber, isHeader: false, write: write)
    }
}

extension Column {
    var look: StaticString { isNumber ? " class=\"number\"" : isShort ? " class=\"short\"" : "" }
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
                    html.th(column.title, .scope("col"), .class(column.isNumber ? "number" : "words"))
                }
            }
        }
        tbody { html in
            for row in rows {
                html.constant("<tr>")
                for column in columns { html.tableCell(row, column) }
                html.constant("</tr>")
            }
        }
    }

    private mutating func tableCell<Row>(_ row: Row, _ column: Column<Row>) {
        if column.isHeader {
            constant("<th scope=\"row\">")
            column.write(row, &self)
            constant("</th>")
        } else {
            constant("<td")
            constant(column.look)
            constant(">")
            column.write(row, &self)
            constant("</td>")
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
                    html.th(
                        column.title, .scope("col"), .role("columnheader"), .class(column.isNumber ? "number" : "words")
                    )
                }
            }
        }
        tbody(.role("rowgroup")) { html in
            for row in rows {
                html.constant("<tr role=\"row\">")
                for column in columns { html.stackedCell(row, column) }
                html.constant("</tr>")
            }
        }
    }

    private mutating func stackedCell<Row>(_ row: Row, _ column: Column<Row>) {
        if column.isHeader {
            constant("<th scope=\"row\" role=\"rowheader\">")
            column.write(row, &self)
            constant("</th>")
        } else {
            constant("<td role=\"cell\"")
            constant(column.look)
            constant(" data-label=\"")
            Escaping.attribute(column.title, into: &bytes)
            constant("\"><span>")
            column.write(row, &self)
            constant("</span></td>")
        }
    }
}
