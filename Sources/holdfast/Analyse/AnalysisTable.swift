import Feeds
import Foundation
import Kernel

/// The columns that an analysis asks for, with the rows in which all of them are filled.
struct AnalysisTable {
    let columns: [AnalysisColumn]
    /// Rows below the first line.
    let rowsRead: Int

    var rows: Int { columns.first?.count ?? 0 }

    /// - Throws: `Problem` when the file cannot be read or a column is not in it.
    init(_ path: String, _ columns: [AnalysisColumn]) throws {
        let file = try DelimitedFile(path)
        let places = try columns.map { try AnalysisTable.place(of: $0.name, file.header) }
        let bytes = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
        var (read, isReserved) = (0, path.hasSuffix(".gz"))
        while try file.next() {
            read += 1
            var isWhole = true
            for (column, place) in zip(columns, places) {
                isWhole = try column.look(at: file[place], line: file.line) && isWhole
            }
            if isWhole { for column in columns { try column.keep(line: file.line) } }
            guard read % 16_384 == 0 else { continue }
            try Task.checkCancellation()
            if !isReserved, let bytes, file.bytesRead > 0 {
                isReserved = true
                let share = Double(bytes) / Double(file.bytesRead)
                for column in columns { column.reserve(Int(Double(read) * share) + 65_536) }
            }
        }
        (self.columns, rowsRead) = (columns, read)
        guard rows > 0 else {
            let empty = columns.filter { $0.missing == read }.map(\.name)
            throw Problem(
                .invalid,
                read == 0
                    ? "\(path) holds no row below its first line."
                    : "None of \(read) rows has all columns filled.",
                next: empty.isEmpty
                    ? "Fill what is missing, or name fewer columns."
                    : "Empty throughout: \(empty.joined(separator: ", ")). Leave it out, or fill it.")
        }
    }

    static func header(of path: String) throws -> [String] { try DelimitedFile(path).header }

    private static func place(of name: String, _ header: [String]) throws -> Int {
        let places = header.indices.filter { header[$0] == name }
        guard places.count < 2 else {
            throw Problem(.invalid, "Two columns are named \(name).", next: "Give one of them another name.")
        }
        guard let place = places.first else {
            throw Problem(
                .invalid, "There is no column \(name).", next: "Columns: \(header.joined(separator: ", ")).")
        }
        return place
    }

    /// `A,B` as names of columns; a name may hold a comma itself.
    static func names(_ texts: [String], in header: [String]) -> [String] {
        texts.flatMap { text -> [String] in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            var (names, first): ([String], Int) = ([], 0)
            while first < parts.count {
                let found = (first + 1...parts.count).reversed().lazy.map { end in
                    (end, parts[first..<end].joined(separator: ",").trimmingCharacters(in: .whitespaces))
                }.first { header.contains($0.1) }
                let single = parts[first].trimmingCharacters(in: .whitespaces)
                if let found { names.append(found.1) } else if !single.isEmpty { names.append(single) }
                first = found?.0 ?? first + 1
            }
            return names
        }
    }

    /// Rows left out, and for each column how many lack it.
    var missing: JSONText {
        .object([
            ("rowsRead", .whole(rowsRead)), ("rowsUsed", .whole(rows)), ("rowsLeftOut", .whole(rowsRead - rows)),
            (
                "byColumn",
                .list(columns.map { .object([("column", .text($0.name)), ("missing", .whole($0.missing))]) })
            ),
        ])
    }

    var missingInWords: String {
        guard rowsRead > rows else { return "No row was left out: every column is filled in all \(rows)." }
        let lacking = columns.filter { $0.missing > 0 }.map { "\($0.name) in \($0.missing)" }
        return "\(rowsRead - rows) of \(rowsRead) rows were left out because something is missing: "
            + "\(lacking.joined(separator: ", ")). If they differ from the others, so would the answer."
    }
}
