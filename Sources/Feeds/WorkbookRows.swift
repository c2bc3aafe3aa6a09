import Foundation
import Kernel

/// The rows of one sheet, one at a time. Rows without a value are passed over.
final class WorkbookRows {
    /// As wide as we read; a sheet may have 16,384.
    static let mostColumns = CSVScanner.maximumFields
    private static let longestCell = 32_767

    private let book: Workbook
    private let xml: XMLPull
    private var number = 0

    init(_ book: Workbook, _ sheet: Workbook.Sheet) throws {
        self.book = book
        xml = try Workbook.open(sheet.part, of: book.path)
    }

    /// The next row and its number in the sheet; nil at the end.
    func next() throws -> (number: Int, values: [String])? {
        while try xml.next() {
            guard xml.isStart, xml.isNamed("row") else { continue }
            number = xml.attribute("r").flatMap { Int($0) } ?? number + 1
            if xml.isEmpty { continue }
            let values = try cells()
            if values.contains(where: { !$0.isEmpty }) { return (number, values) }
        }
        return nil
    }

    private func cells() throws -> [String] {
        var values: [String] = []
        while try xml.next() {
            if xml.isEnd, xml.isNamed("row") { return values }
            guard xml.isStart, xml.isNamed("c") else { continue }
            var cell = Cell()
            xml.attributes { isNamed, value in
                if isNamed("r") { cell.column = WorkbookRows.column(value()) }
                if isNamed("t") { cell.type = value() }
                if isNamed("s") { cell.style = Int(value()) ?? 0 }
            }
            let column = cell.column ?? values.count
            let text = xml.isEmpty ? "" : try content(&cell)
            guard !text.isEmpty else { continue }
            guard column < WorkbookRows.mostColumns else {
                throw Problem(
                    .invalid, "This sheet has a value beyond column \(WorkbookRows.mostColumns), in row \(number).",
                    next: "Take away the columns that are not needed.")
            }
            while values.count <= column { values.append("") }
            values[column] = text
        }
        return values
    }

    private struct Cell {
        var column: Int?
        var type = "n"
        var style = 0
    }

    private func content(_ cell: inout Cell) throws -> String {
        var (value, isIn, inline) = ("", false, CellText())
        while try xml.next(), !(xml.isEnd && xml.isNamed("c")) {
            if xml.isNamed("v") {
                isIn = xml.isStart && !xml.isEmpty
            } else if isIn, xml.isText {
                value += xml.text
            } else {
                inline.take(xml)
            }
            guard value.utf8.count + inline.text.utf8.count <= WorkbookRows.longestCell * 4 else {
                throw XMLPull.damaged
            }
        }
        return shown(cell, value, inline.text).trimmed()
    }

    private func shown(_ cell: Cell, _ value: String, _ inline: String) -> String {
        switch cell.type {
        case "s": return Int(value).flatMap { book.texts[$0] } ?? ""
        case "inlineStr": return inline
        case "n", "": return WorkbookRows.number(value, book.dates.isDate(style: cell.style) ? book.dates : nil)
        case "d": return value.count > 10 ? String(value.prefix(10)) : value
        case "b": return value == "1" ? "TRUE" : "FALSE"
        case "e": return ""
        default: return value
        }
    }

    /// A number as people write it, or the day it stands for.
    static func number(_ text: String, _ dates: WorkbookDates?) -> String {
        guard let number = Double(text) else { return text }
        if let dates, let day = dates.day(number) { return day.description }
        guard number.rounded() == number, abs(number) < 1e15 else { return text }
        return String(Int(number))
    }

    /// `BC12` is column 54; nil for what is no reference.
    static func column(_ reference: String) -> Int? {
        var column = 0
        for byte in reference.utf8 {
            guard (0x41...0x5A).contains(byte) else { break }
            column = column * 26 + Int(byte - 0x40)
            guard column <= 16_384 else { return nil }
        }
        return column == 0 ? nil : column - 1
    }
}
