import Foundation
import Kernel

/// The parts of an Excel file (ECMA-376, 5th edition, part 1): which sheets there are, what its styles say is a date, and
/// the texts that cells share.
final class Workbook {
    struct Sheet {
        let name: String
        let part: String
    }

    let path: String
    let sheets: [Sheet]
    let dates: WorkbookDates
    let texts: SharedTexts

    /// - Throws: `Problem` when it is no workbook, is locked, damaged or too large.
    init(path: String) throws {
        self.path = path
        let parts = try Workbook.parts(of: path)
        guard parts.contains("xl/workbook.xml") else { throw Workbook.otherZip(parts) }
        let targets = try Workbook.targets(path)
        var (sheets, is1904) = ([Sheet](), false)
        try Workbook.read("xl/workbook.xml", of: path) { xml in
            guard xml.isStart else { return }
            if xml.isNamed("workbookPr") { is1904 = ["1", "true"].contains(xml.attribute("date1904") ?? "") }
            guard xml.isNamed("sheet"), let name = xml.attribute("name") else { return }
            // `id` is the relation; `sheetId` is another number.
            guard let part = xml.attribute("id").flatMap({ targets[$0] }) else { return }
            sheets.append(Sheet(name: name, part: part))
        }
        self.sheets = sheets
        dates = try WorkbookDates(path, is1904: is1904, hasStyles: parts.contains("xl/styles.xml"))
        texts = try SharedTexts(path, isThere: parts.contains("xl/sharedStrings.xml"))
    }

    /// - Parameter name: nil for the first.
    func sheet(_ name: String?) throws -> Sheet {
        guard let name else {
            guard let first = sheets.first else { throw Problem(.invalid, "This Excel file has no sheet.") }
            return first
        }
        let folded = name.trimmed().lowercased()
        guard let found = sheets.first(where: { $0.name.trimmed().lowercased() == folded }) else {
            throw Problem(
                .invalid, "There is no sheet “\(name)” in this file.",
                next: "Its sheets are: \(sheets.prefix(20).map(\.name).joined(separator: ", ")).")
        }
        return found
    }

    // MARK: Parts

    /// A row of text packs well: honest sheets of one repeated value come to 300:1.
    static var limits: ImportLimits {
        var limits = ImportLimits.standard
        (limits.ratio, limits.fileBytes) = (1000, 8 << 30)
        return limits
    }

    private static func parts(of path: String) throws -> Set<String> {
        let archive = try ArchiveInput(path: path, limits: limits)
        var names: Set<String> = []
        while let member = try archive.nextMember() {
            names.insert(plain(member.name))
            guard names.count < 10_000 else { throw XMLPull.damaged }
        }
        return names
    }

    private static func plain(_ name: String) -> String {
        let name = name.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "/")
        return name.hasPrefix("/") ? String(name.dropFirst()) : name
    }

    private static func otherZip(_ parts: Set<String>) -> Problem {
        if parts.contains("content.xml") {
            return Problem(
                .invalid, "This is an OpenDocument spreadsheet.", next: "Save it as .xlsx or as “CSV UTF-8”.")
        }
        return Problem(
            .invalid, "This is a packed file (zip) and no Excel file.",
            next: "Unpack it, and choose the .xlsx or .csv file inside.")
    }

    /// The member `part`, ready to be read.
    static func open(_ part: String, of path: String) throws -> XMLPull {
        let archive = try ArchiveInput(path: path, limits: limits)
        while let member = try archive.nextMember() {
            if plain(member.name) == part { return try XMLPull(archive) }
        }
        throw XMLPull.damaged
    }

    static func read(_ part: String, of path: String, _ take: (XMLPull) throws -> Void) throws {
        let xml = try open(part, of: path)
        while try xml.next() { try take(xml) }
    }

    /// Relations of the workbook: identifier to the path of the part.
    private static func targets(_ path: String) throws -> [String: String] {
        var targets: [String: String] = [:]
        try read("xl/_rels/workbook.xml.rels", of: path) { xml in
            guard xml.isStart, xml.isNamed("Relationship"), let id = xml.attribute("Id"),
                let target = xml.attribute("Target")
            else { return }
            targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
        }
        return targets
    }
}

/// Which styles of a workbook show a number as a date, and which day a number is.
struct WorkbookDates {
    private let is1904: Bool
    private var isDate: [Bool] = []

    init(_ path: String, is1904: Bool, hasStyles: Bool) throws {
        self.is1904 = is1904
        guard hasStyles else { return }
        var (formats, isInCells, found) = ([Int: Bool](), false, [Bool]())
        try Workbook.read("xl/styles.xml", of: path) { xml in
            if xml.isNamed("cellXfs") { isInCells = xml.isStart && !xml.isEmpty }
            guard xml.isStart else { return }
            if xml.isNamed("numFmt"), let id = xml.attribute("numFmtId").flatMap({ Int($0) }) {
                formats[id] = WorkbookDates.isDate(xml.attribute("formatCode") ?? "")
            } else if isInCells, xml.isNamed("xf") {
                let id = xml.attribute("numFmtId").flatMap { Int($0) } ?? 0
                found.append(formats[id] ?? WorkbookDates.isBuiltIn(id))
            }
        }
        isDate = found
    }

    init(is1904: Bool) { self.is1904 = is1904 }

    func isDate(style: Int) -> Bool { isDate.indices.contains(style) && isDate[style] }

    /// ECMA-376, 18.8.30: the formats that need no definition.
    private static func isBuiltIn(_ id: Int) -> Bool {
        switch id {
        case 14...17, 22, 27...31, 34...36, 50...58: true
        default: false
        }
    }

    /// Whether a format shows a day or a year, apart from what it quotes, escapes or puts in brackets.
    static func isDate(_ code: String) -> Bool {
        var (isQuoted, isBracketed, isEscaped) = (false, false, false)
        for character in code.lowercased() {
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                isQuoted = character != "\""
            } else if isBracketed {
                isBracketed = character != "]"
            } else {
                switch character {
                case "\\", "_", "*": isEscaped = true
                case "\"": isQuoted = true
                case "[": isBracketed = true
                case "d", "y": return true
                case ";": return false
                default: continue
                }
            }
        }
        return false
    }

    /// The day of a serial number; nil where there is none. The 1900 system counts 29 February 1900, which never was
    /// (ECMA-376, 18.17.4.1).
    func day(_ serial: Double) -> Day? {
        guard serial >= 0, serial < 2_958_466, let whole = Int(exactly: serial.rounded(.down)) else { return nil }
        // Days from 1970-01-01 to 1904-01-01, 1899-12-31 and 1899-12-30.
        if is1904 { return Day(daysSince1970: whole - 24_107) }
        guard whole > 0, whole != 60 else { return nil }
        return Day(daysSince1970: whole - (whole < 60 ? 25_568 : 25_569))
    }
}

/// The texts that cells name by number, one after the other in one buffer.
struct SharedTexts {
    /// What one file may hold of them.
    private static let mostBytes = 512 << 20

    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    init(_ path: String, isThere: Bool) throws {
        guard isThere else { return }
        let xml = try Workbook.open("xl/sharedStrings.xml", of: path)
        var reading = CellText()
        while try xml.next() {
            if xml.isNamed("si"), xml.isStart { reading = CellText() }
            reading.take(xml)
            guard xml.isNamed("si"), xml.isEnd || (xml.isStart && xml.isEmpty) else { continue }
            bytes += reading.text.utf8
            ends.append(bytes.count)
            guard bytes.count <= SharedTexts.mostBytes else {
                throw Problem(
                    .tooLarge, "The texts of this Excel file take more than \(SharedTexts.mostBytes >> 20) MiB.",
                    next: "Save the sheet as “CSV UTF-8”, and choose that file.")
            }
        }
    }

    subscript(_ index: Int) -> String? {
        guard ends.indices.contains(index) else { return nil }
        return String(decoding: bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]], as: UTF8.self)
    }
}

/// The text of a shared or inline text: its runs, without how a word is spoken.
struct CellText {
    private(set) var text = ""
    private var isIn = false
    private var isSpoken = false

    mutating func take(_ xml: XMLPull) {
        if xml.isText {
            if isIn && !isSpoken { text += xml.text }
        } else if xml.isNamed("rPh") {
            isSpoken = xml.isStart && !xml.isEmpty
        } else if xml.isNamed("t") {
            isIn = xml.isStart && !xml.isEmpty
        }
    }
}
