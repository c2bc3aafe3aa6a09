import Foundation

/// Sheets of Excel files that partners send. The bytes are the sheet; the rest of the workbook is well formed, because what
/// packs and unpacks it is not ours. Read twice, it says the same, and no row is wider than may be.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(getpid()).xlsx")
    guard (try? Data(WorkbookShell.zip(sheet: bytes)).write(to: file)) != nil else { return 0 }
    let (first, second) = (rows(file.path), rows(file.path))
    precondition(first == second)
    precondition(first.allSatisfy { $0.count <= CSVScanner.maximumFields + 1 })
    return 0
}

private func rows(_ path: String) -> [[String]] {
    var found: [[String]] = []
    do {
        let table = try TableFile(path)
        found.append(table.header)
        while let line = try table.next() { found.append(line.values + [line.flaw ?? ""]) }
    } catch {
        found.append(["\(error)"])
    }
    return found
}

/// A workbook around a sheet, stored without packing (APPNOTE.TXT, 4.3).
private enum WorkbookShell {
    private static let parts: [(name: String, text: String)] = [
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" sheetId=\"1\" id=\"r1\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
        ),
        (
            "xl/styles.xml",
            "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
        ),
        ("xl/sharedStrings.xml", "<sst><si><t>Name</t></si><si><t>Ama</t></si></sst>"),
    ]

    static func zip(sheet: [UInt8]) -> [UInt8] {
        let members = parts.map { ($0.name, Array($0.text.utf8)) } + [("xl/worksheets/sheet1.xml", sheet)]
        var (body, directory): ([UInt8], [UInt8]) = ([], [])
        for (name, bytes) in members {
            let size = little(bytes.count, 4)
            let fields =
                [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0] + little(Int(crc(bytes)), 4) + size + size
                + little(name.utf8.count, 2) + [0, 0]
            directory += [0x50, 0x4B, 1, 2, 20, 0] + fields + [UInt8](repeating: 0, count: 10) + little(body.count, 4)
            directory += Array(name.utf8)
            body += [0x50, 0x4B, 3, 4] + fields + Array(name.utf8) + bytes
        }
        let count = little(members.count, 2)
        return body + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count + little(directory.count, 4)
            + little(body.count, 4) + [0, 0]
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var code: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            code ^= UInt32(byte)
            for _ in 0..<8 { code = (code & 1) == 1 ? (code >> 1) ^ 0xEDB8_8320 : code >> 1 }
        }
        return ~code
    }
}
