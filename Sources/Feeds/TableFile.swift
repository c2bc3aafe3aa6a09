import Foundation
import Kernel

/// A table that somebody sends: a text file parted by commas, semicolons, tabulators or bars, or a sheet of an Excel
/// file. Row by row, in bounded memory; a row that cannot be read says why, and the next is read. Used by one thread.
public final class TableFile {
    public struct Line: Sendable {
        /// Line of the text file, or row of the sheet, from 1.
        public let number: Int
        public let values: [String]
        /// Why it cannot be used; nil when it can.
        public let flaw: String?
    }

    /// What to read of a file, where it does not say so itself.
    public struct Options: Sendable, Hashable {
        /// Nil for the first.
        public var sheet: String?
        /// Nil for the mark that parts the first line into most fields.
        public var delimiter: UInt8?
        /// A longer line ends the reading of a text file.
        public var lineBytes: Int

        public init(
            sheet: String? = nil, delimiter: UInt8? = nil, lineBytes: Int = ImportLimits.standard.lineBytes
        ) {
            (self.sheet, self.delimiter, self.lineBytes) = (sheet, delimiter, lineBytes)
        }
    }

    /// The names of the columns, without blanks around them.
    public let header: [String]
    /// For people: `Sheet “Children” of an Excel file`, `Text, parted by semicolons`.
    public let form: String
    private let read: () throws -> Line?

    /// - Throws: `Problem` when it cannot be read, holds no table, or is locked.
    public init(_ path: String, _ options: Options = Options()) throws {
        try TableFile.checkOld(path)
        let table =
            try Container(path: path) == .zip
            ? TableFile.workbook(path, options.sheet)
            : TableFile.text(path, options.delimiter, lineBytes: options.lineBytes)
        (header, form, read) = table
        guard Set(header.filter { !$0.isEmpty }).count > 1 || options.delimiter != nil || form.hasPrefix("Sheet") else {
            throw Problem(
                .invalid, "Only one column was found. The first line is “\(header.joined().prefix(80))”.",
                next: "Save the file with commas, semicolons, tabs or bars between its columns, and their names in the "
                    + "first line.")
        }
    }

    /// The next row that is not blank; nil at the end.
    public func next() throws -> Line? { try read() }

    private typealias Table = (header: [String], form: String, read: () throws -> Line?)

    private static func workbook(_ path: String, _ sheet: String?) throws -> Table {
        let book = try Workbook(path: path)
        let chosen = try book.sheet(sheet)
        let rows = try WorkbookRows(book, chosen)
        guard let first = try rows.next() else {
            throw Problem(
                .invalid, "The sheet “\(chosen.name)” is empty.",
                next: "Choose another sheet of: \(book.sheets.prefix(20).map(\.name).joined(separator: ", ")).")
        }
        let header = first.values.map { $0.trimmed() }
        return (
            header, "Sheet “\(chosen.name)” of an Excel file",
            {
                try rows.next().map { row in
                    let wide = row.values.count > header.count
                    let missing = [String](repeating: "", count: max(0, header.count - row.values.count))
                    return Line(
                        number: row.number, values: row.values + missing,
                        flaw: wide ? "It has a value in a column that has no name" : nil)
                }
            }
        )
    }

    private static func text(_ path: String, _ delimiter: UInt8?, lineBytes: Int) throws -> Table {
        let mark = try delimiter ?? DelimitedFile.delimiter(of: path)
        let scanner = try DelimitedFile.scanner(path, mark, lineBytes: lineBytes)
        guard try scanner.next() else {
            throw Problem(.invalid, "This file is empty.", next: "Choose a file whose first line names its columns.")
        }
        guard scanner.fieldCount <= CSVScanner.maximumFields, scanner.flaw == nil,
            let header = values(scanner)
        else {
            throw Problem(
                .invalid, "The first line cannot be read as names of columns.",
                next: "Save the file again as “CSV UTF-8”, with the names of the columns in its first line.")
        }
        return (header, "Text, parted by \(name(mark))", { try line(scanner, header.count) })
    }

    private static func line(_ scanner: CSVScanner, _ columns: Int) throws -> Line? {
        while try scanner.next() {
            let count = scanner.fieldCount
            let isBlank = (0..<min(count, CSVScanner.maximumFields)).allSatisfy {
                scanner[$0].allSatisfy { $0 <= 0x20 }
            }
            if isBlank { continue }
            let flaw: String? =
                switch scanner.flaw {
                case .openQuote: "A quotation mark is opened and never closed"
                case .strayQuote: "A quotation mark is out of place"
                case .zeroByte: "It holds a byte that is no text"
                case nil where count != columns: "It has \(count) fields, and the first line names \(columns)"
                case nil: nil
                }
            let read = values(scanner)
            return Line(
                number: scanner.line, values: read ?? [],
                flaw: flaw ?? (read == nil ? "Its letters are not in UTF-8: save the file as “CSV UTF-8”" : nil))
        }
        return nil
    }

    /// Nil where a field is not in UTF-8.
    private static func values(_ scanner: CSVScanner) -> [String]? {
        var values: [String] = []
        for column in 0..<min(scanner.fieldCount, CSVScanner.maximumFields) {
            guard let text = String(validating: scanner[column], as: UTF8.self) else { return nil }
            values.append(text.trimmed())
        }
        return values
    }

    private static func name(_ mark: UInt8) -> String {
        switch mark {
        case 0x2C: "commas"
        case 0x3B: "semicolons"
        case 0x09: "tabs"
        case 0x7C: "bars"
        default: "“\(Character(UnicodeScalar(mark)))”"
        }
    }

    /// An old Excel file and one locked with a password are the same kind of container (MS-CFB, 2.2).
    private static func checkOld(_ path: String) throws {
        guard let file = fopen(path, "rb") else { return }
        defer { fclose(file) }
        var start = [UInt8](repeating: 0, count: 4)
        guard fread(&start, 1, 4, file) == 4, start == [0xD0, 0xCF, 0x11, 0xE0] else { return }
        throw Problem(
            .refused, "This is an Excel file that is locked with a password, or one of the old kind (.xls).",
            next: "Open it in Excel, take the password off, and save it as .xlsx or “CSV UTF-8”.")
    }
}
