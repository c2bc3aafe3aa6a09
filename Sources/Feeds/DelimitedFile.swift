import Foundation
import Kernel

/// Any delimited text file, record by record: `.csv`, `.csv.gz`, UTF-8. In bounded memory; used by one thread.
public final class DelimitedFile {
    /// The names in the first line, without blanks around them.
    public let header: [String]
    public let delimiter: UInt8
    private let scanner: CSVScanner

    /// - Throws: `Problem` when it cannot be read, is no text, or has no line.
    public init(_ path: String) throws {
        delimiter = try DelimitedFile.delimiter(of: path)
        let scanner = try DelimitedFile.scanner(path, delimiter)
        guard try scanner.next() else {
            throw Problem(.invalid, "\(path) is empty.", next: "Give a file whose first line names its columns.")
        }
        header = (0..<min(scanner.fieldCount, CSVScanner.maximumFields)).map { column in
            String(decoding: DelimitedFile.trimmed(scanner[column]), as: UTF8.self)
        }
        self.scanner = scanner
    }

    /// Line on which the present record starts, from 1.
    public var line: Int { scanner.line }
    public var bytesRead: Int64 { scanner.bytesRead }

    /// Goes to the next record; false at the end.
    /// - Throws: `Problem` when it has not as many fields as there are columns, or a quotation mark is out of place.
    public func next() throws -> Bool {
        guard try scanner.next() else { return false }
        guard scanner.flaw == nil else {
            throw Problem(
                .invalid, "Line \(line) cannot be read: a quotation mark is out of place, or a byte is zero.",
                next: "Put the line right, or save the file again as “CSV UTF-8”.")
        }
        guard scanner.fieldCount == header.count else {
            throw Problem(
                .invalid, "Line \(line) has \(scanner.fieldCount) fields, and the first line names \(header.count).",
                next: "Put the line right; a field that holds a comma wants quotation marks around it.")
        }
        return true
    }

    /// A field of the present record, without blanks around it. Valid until the next record is asked for.
    public subscript(column: Int) -> UnsafeBufferPointer<UInt8> { DelimitedFile.trimmed(scanner[column]) }

    public func text(_ column: Int) -> String { String(decoding: self[column], as: UTF8.self) }

    private static func trimmed(_ field: UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt8> {
        var bytes = field.assumingMemoryBound(to: UInt8.self)[...]
        while let first = bytes.first, first <= 0x20 { bytes = bytes.dropFirst() }
        while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
        return UnsafeBufferPointer(rebasing: bytes)
    }

    static func scanner(
        _ path: String, _ delimiter: UInt8, lineBytes: Int = ImportLimits.standard.lineBytes
    ) throws -> CSVScanner {
        var limits = ImportLimits.standard
        limits.lineBytes = lineBytes
        limits.ratio = 1000
        let input = try ArchiveInput(path: path, limits: limits)
        guard try input.nextMember() != nil else {
            throw Problem(.invalid, "\(path) is empty.", next: "Give a file whose first line names its columns.")
        }
        let source = CSVSource(input, isDigested: false)
        return CSVScanner(lineLimit: limits.lineBytes, delimiter: delimiter) { try source.read(into: $0) }
    }

    /// Whichever of comma, semicolon, tabulator and bar parts the first line into most fields.
    static func delimiter(of path: String) throws -> UInt8 {
        let scanner = try scanner(path, 0x0A)
        guard try scanner.next() else { return 0x2C }
        let line = scanner.raw
        let counts = [0x2C, 0x3B, 0x09, 0x7C].map { mark in (mark, line.count { Int($0) == mark }) }
        return UInt8(counts.max { $0.1 < $1.1 }?.0 ?? 0x2C)
    }
}
