import Foundation
import Kernel
import TestKit
import Testing

@testable import Feeds

/// Excel files that nobody means well with, and those that Excel writes on a bad day.
@Suite("Hostile and odd Excel files")
struct HostileWorkbookTests {
    private static let start =
        "<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>ID</t></is></c>"
        + "<c t=\"inlineStr\"><is><t>Name</t></is></c></row>"
    private static let end = "</sheetData></worksheet>"

    private static func sheet(_ rows: String) -> String { start + rows + end }

    /// What the file says is wrong, or its rows after the first.
    private func read(_ data: Data) throws -> (rows: [[String]], problem: Problem?) {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try data.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var rows: [[String]] = []
        do {
            let table = try TableFile(file.path)
            while let line = try table.next() { rows.append(line.values) }
            return (rows, nil)
        } catch let problem as Problem {
            return (rows, problem)
        }
    }

    private func read(sheet rows: String) throws -> (rows: [[String]], problem: Problem?) {
        try read(InventedWorkbook.zip(InventedWorkbook.parts(sheet: Self.sheet(rows))))
    }

    /// The workbook with its sheet packed, as `gzip` packs it (RFC 1951 within RFC 1952).
    private func packed(_ sheet: URL) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-nkf", sheet.path]
        try process.run()
        process.waitUntilExit()
        let whole = try Data(contentsOf: URL(fileURLWithPath: sheet.path + ".gz"))
        let tail = [UInt8](whole.suffix(8))
        let member = PackedMember(
            name: "xl/worksheets/sheet1.xml", bytes: whole.dropFirst(10).dropLast(8), crc: Array(tail.prefix(4)),
            size: Array(tail.suffix(4)))
        let others = InventedWorkbook.parts().filter { $0.0 != member.name }
        return PackedMember.zip(others, member)
    }

    @Test func `the value of a formula is taken, never the formula, and an error is an empty cell`() throws {
        let found = try read(
            sheet: """
                <row r="2"><c r="A2"><f>40+2</f><v>42</v></c><c r="B2" t="str"><f>CONCAT("A","ma")</f><v>Ama</v></c></row>
                <row r="3"><c r="A3"><f>1/0</f></c><c r="B3" t="str"><f>X()</f><v>Kofi</v></c></row>
                <row r="4"><c r="A4" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B4" t="str"><v>=cmd|' /c x'!A0</v></c></row>
                """)
        #expect(found.problem == nil)
        #expect(found.rows == [["42", "Ama"], ["", "Kofi"], ["", "=cmd|' /c x'!A0"]])
    }

    @Test func `cells that name no column, one column twice or a text that is not there lose nobody else`() throws {
        let found = try read(
            sheet: """
                <row><c><v>1</v></c><c t="inlineStr"><is><t>Ama</t></is></c></row>
                <row><c r="B9" t="inlineStr"><is><t>Kofi</t></is></c><c r="A9"><v>2</v></c></row>
                <row><c r="A10"><v>3</v></c><c r="A10"><v>4</v></c><c r="B10" t="s"><v>99999</v></c></row>
                """)
        #expect(found.problem == nil && found.rows[0] == ["1", "Ama"] && found.rows[1] == ["2", "Kofi"])
        #expect(found.rows[2] == ["4", ""])
    }

    @Test func `a value far to the right is refused before the columns before it take memory`() throws {
        let found = try read(sheet: "<row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row>")
        #expect(found.problem?.message.contains("beyond column") == true && found.rows.isEmpty)
    }

    @Test func `a sheet that ends within a row, or is no sheet, is called damaged`() throws {
        for rows in ["<row r=\"2\"><c r=\"A2\"><v>1</v>", "</sheetData>", "<row r=\"2\">\u{1}</row>"] {
            #expect(try read(sheet: rows).problem?.message.contains("damaged") == true, "\(rows)")
        }
    }

    @Test func `one text of twelve million letters is refused, whether packed or not`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        let long =
            "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>" + String(repeating: "a", count: 12_000_000)
            + "</t></is></c></row>"
        try Data(Self.sheet(long).utf8).write(to: file)
        defer {
            try? FileManager.default.removeItem(at: file)
            try? FileManager.default.removeItem(atPath: file.path + ".gz")
        }
        let bomb = try packed(file)
        #expect(bomb.count < 100_000)
        #expect(try read(bomb).problem?.message.contains("damaged") == true)
        #expect(try read(sheet: long).problem?.message.contains("damaged") == true)
    }

    @Test func `a sheet that unpacks to hundreds of millions of blanks is read through in little memory`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        FileManager.default.createFile(atPath: file.path, contents: Data(Self.start.utf8))
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        let blanks = Data(repeating: 0x20, count: 1 << 20)
        let row = Data("<row r=\"2\"><c r=\"A2\"><v>1</v></c></row>".utf8)
        for _ in 0..<64 {
            try handle.write(contentsOf: blanks)
            try handle.write(contentsOf: row)
        }
        try handle.write(contentsOf: Data(Self.end.utf8))
        try handle.close()
        defer {
            try? FileManager.default.removeItem(at: file)
            try? FileManager.default.removeItem(atPath: file.path + ".gz")
        }
        let bomb = try packed(file)
        #expect(bomb.count < 1 << 20)
        let found = try read(bomb)
        #expect(found.problem == nil && found.rows.count == 64)
    }
}

/// One member of a zip that is packed (APPNOTE.TXT, 4.4.5: method 8).
private struct PackedMember {
    let name: String
    let bytes: Data
    let crc: [UInt8]
    /// Unpacked.
    let size: [UInt8]

    /// The parts as they stand, and then the packed one.
    static func zip(_ parts: [(String, String)], _ packed: PackedMember) -> Data {
        let stored = InventedWorkbook.zip(parts)
        let end = [UInt8](stored.suffix(22))
        let start = Int(number(Array(end[16..<20])))
        let directory = stored[stored.startIndex + start..<stored.endIndex - 22]
        let little = { (value: Int, count: Int) in
            Data((0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
        }
        let fields =
            Data([20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0]) + Data(packed.crc) + little(packed.bytes.count, 4)
            + Data(packed.size) + little(packed.name.utf8.count, 2) + little(0, 2)
        let name = Data(packed.name.utf8)
        let body = stored.prefix(start) + Data([0x50, 0x4B, 3, 4]) + fields + name + packed.bytes
        let entry = Data([0x50, 0x4B, 1, 2, 20, 0]) + fields + Data(count: 10) + little(start, 4) + name
        let count = little(parts.count + 1, 2)
        return body + directory + entry + Data([0x50, 0x4B, 5, 6, 0, 0, 0, 0]) + count + count
            + little(directory.count + entry.count, 4) + little(body.count, 4) + Data([0, 0])
    }

    private static func number(_ bytes: [UInt8]) -> UInt32 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
