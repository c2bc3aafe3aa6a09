import Foundation
import Kernel
import TestKit
import Testing

@testable import Feeds

/// An Excel file of invented parts, packed without compression (APPNOTE.TXT, 4.3).
enum InventedWorkbook {
    static let sheet = """
        <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
        <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="inlineStr"><is><t>Born</t></is></c><c r="D2" t="str"><v>Sex</v></c></row>
        <row r="3"/><row r="4"><c r="A4" s="1"/></row>
        <row r="5"><c r="A5" t="s"><v>1</v></c><c r="B5" s="1"><v>42369</v></c><c r="D5"><v>1</v></c></row>
        <row r="6"><c r="A6"><v>9.4347659190E9</v></c><c r="B6" s="2"><v>59</v></c><c r="C6" t="b"><v>1</v></c></row>
        </sheetData></worksheet>
        """

    static func parts(sheet: String = sheet, is1904: Bool = false) -> [(String, String)] {
        let strings =
            "<sst><si><t>Name</t></si><si><r><t>Ama </t></r><r><t>Mensah</t></r><rPh><t>spoken</t></rPh></si></sst>"
        let styles = """
            <styleSheet><numFmts><numFmt numFmtId="170" formatCode="[Red]dd&quot;x&quot;mmm"/></numFmts>
            <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>
            """
        let book = """
            <workbook xmlns:r="r"><workbookPr date1904="\(is1904 ? 1 : 0)"/><sheets>
            <sheet name="Children" sheetId="7" r:id="rId1"/><sheet name="Empty" sheetId="8" r:id="rId2"/></sheets></workbook>
            """
        let relations = """
            <Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>
            <Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>
            """
        return [
            ("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", relations), ("xl/styles.xml", styles),
            ("xl/worksheets/sheet1.xml", sheet),
            ("xl/worksheets/sheet2.xml", "<worksheet><sheetData/></worksheet>"), ("xl/sharedStrings.xml", strings),
        ]
    }

    static func zip(_ parts: [(String, String)]) -> Data {
        var (body, directory) = (Data(), Data())
        for (name, text) in parts {
            let (bytes, start) = (Data(text.utf8), UInt32(body.count))
            var fields = Data()
            put(crc(bytes), 4, &fields)
            put(UInt32(bytes.count), 4, &fields)
            put(UInt32(bytes.count), 4, &fields)
            put(UInt32(name.utf8.count), 2, &fields)
            put(0, 2, &fields)
            let common = Data([20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]) + fields
            body += Data([0x50, 0x4B, 3, 4]) + common + Data(name.utf8) + bytes
            directory += Data([0x50, 0x4B, 1, 2, 20, 0]) + common + Data(count: 10)
            put(start, 4, &directory)
            directory += Data(name.utf8)
        }
        var end = Data([0x50, 0x4B, 5, 6, 0, 0, 0, 0])
        put(UInt32(parts.count), 2, &end)
        put(UInt32(parts.count), 2, &end)
        put(UInt32(directory.count), 4, &end)
        put(UInt32(body.count), 4, &end)
        return body + directory + end + Data([0, 0])
    }

    private static func put(_ value: UInt32, _ count: Int, _ data: inout Data) {
        for place in 0..<count { data.append(UInt8(truncatingIfNeeded: value >> (8 * UInt32(place)))) }
    }

    private static func crc(_ data: Data) -> UInt32 {
        var code: UInt32 = 0xFFFF_FFFF
        for byte in data {
            code ^= UInt32(byte)
            for _ in 0..<8 { code = (code & 1) == 1 ? (code >> 1) ^ 0xEDB8_8320 : code >> 1 }
        }
        return ~code
    }
}

@Suite("Tables that partners send")
struct TableFileTests {
    private func with<Result>(_ data: Data, _ body: (String) throws -> Result) throws -> Result {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try data.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try body(file.path)
    }

    private func rows(_ data: Data, _ options: TableFile.Options = .init()) throws -> [[String]] {
        try with(data) { path in
            let file = try TableFile(path, options)
            var rows = [file.header]
            while let line = try file.next() {
                rows.append(["\(line.number)"] + line.values + [line.flaw].compactMap(\.self))
            }
            return rows
        }
    }

    private func problem(_ data: Data, _ options: TableFile.Options = .init()) -> Problem? {
        #expect(throws: Problem.self) { try rows(data, options) }
    }

    @Test func `a sheet is read with shared, inline and typed texts, numbers, and dates by their style`() throws {
        let found = try rows(InventedWorkbook.zip(InventedWorkbook.parts()))
        #expect(found[0] == ["Name", "Born", "", "Sex"])
        #expect(found[1] == ["5", "Ama Mensah", "2015-12-31", "", "1"])
        #expect(found[2] == ["6", "9434765919", "1900-02-28", "TRUE", ""])
        #expect(found.count == 3)
    }

    @Test func `a workbook that counts from 1904 gives other days`() throws {
        let found = try rows(InventedWorkbook.zip(InventedWorkbook.parts(is1904: true)))
        #expect(found[1][2] == "2020-01-01" && WorkbookDates(is1904: false).day(60) == nil)
    }

    @Test func `a sheet is chosen by its name, and one that is empty or not there is said with those that are`() throws
    {
        let data = InventedWorkbook.zip(InventedWorkbook.parts())
        #expect(try rows(data, .init(sheet: "children")).count == 3)
        #expect(problem(data, .init(sheet: "Empty"))?.message.contains("is empty") == true)
        #expect(problem(data, .init(sheet: "Adults"))?.next.contains("Children, Empty") == true)
    }

    @Test func `a locked, old, broken or other file is refused in plain words`() throws {
        let old = problem(Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)))
        #expect(old?.message.contains("locked with a password") == true)
        let whole = InventedWorkbook.zip(InventedWorkbook.parts())
        #expect(problem(whole.prefix(whole.count / 2)) != nil)
        #expect(problem(InventedWorkbook.zip([("content.xml", "<x/>")]))?.message.contains("OpenDocument") == true)
        #expect(problem(InventedWorkbook.zip([("a.csv", "a,b\n")]))?.message.contains("no Excel file") == true)
        let bad = InventedWorkbook.zip(InventedWorkbook.parts(sheet: "<worksheet><sheetData><row r=\"1\"><c"))
        #expect(problem(bad)?.message.contains("damaged") == true)
        let declared = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>" + InventedWorkbook.sheet
        #expect(
            problem(InventedWorkbook.zip(InventedWorkbook.parts(sheet: declared)))?.message.contains("damaged") == true)
    }

    @Test func `formats that show a day or a year are dates, and no others`() {
        for code in ["dd/mm/yyyy", "[$-809]d mmm", "yyyy", "\"on\" d"] {
            #expect(WorkbookDates.isDate(code), "\(code)")
        }
        for code in ["0.00", "General", "[Red]0", "\"day\" 0", "h:mm", "0;\"d\"", "\\d0"] {
            #expect(!WorkbookDates.isDate(code), "\(code)")
        }
    }

    @Test(arguments: [",", ";", "\t", "|"])
    func `the mark that parts a text is found`(mark: String) throws {
        let found = try rows(Data("id\(mark)name\n1\(mark)Ama\n\n2\(mark)\"A\(mark)b\"\n".utf8))
        #expect(found == [["id", "name"], ["2", "1", "Ama"], ["4", "2", "A\(mark)b"]])
    }

    @Test func `a row with too few fields, a stray mark or other letters says so, and the next is read`() throws {
        let text = Data("id,name\n1\n2,\"a\"b\n".utf8) + Data([0x33, 0x2C, 0xE9, 0x0A]) + Data("4,Ama\n".utf8)
        let found = try rows(text)
        #expect(found[1].last == "It has 1 fields, and the first line names 2")
        #expect(found[2].last == "A quotation mark is out of place")
        #expect(found[3].last?.contains("UTF-8") == true)
        #expect(found[4] == ["5", "4", "Ama"])
    }

    @Test func `a text with one column is taken for a wrong mark, and an empty one is said`() {
        #expect(problem(Data("id^name\n1^Ama\n".utf8))?.message.contains("Only one column") == true)
        #expect(problem(Data())?.message.contains("empty") == true)
    }
}
