import Federation
import Foundation
import Kernel
public import People

/// A file of objects in JSON as a table: one list, or one object after another.
extension IntakeFile {
    /// A table of this machine in any form: text parted by a mark, a sheet of an Excel file, or JSON.
    /// - Throws: `Problem` where it cannot be read as its form.
    public static func table(
        _ path: String, name: String, sheet: String? = nil, delimiter: String? = nil
    ) throws -> IntakeFile {
        guard sheet == nil, delimiter == nil, JSONRows.isJSON(path) else {
            return try at(path, name: name, sheet: sheet, delimiter: delimiter, lineBytes: 1 << 20)
        }
        let header = try JSONRows.header(path)
        return IntakeFile(name: name) {
            let rows = try JSONRows(path)
            return IntakeTable(header: header, form: "JSON") { try rows.next()?.line(header) }
        }
    }
}

/// One object of a file, laid flat: `answers` with `injury` in it is `answers injury`.
struct JSONRow {
    let number: Int
    let values: [String: String]
    let flaw: String?

    func line(_ header: [String]) -> IntakeTable.Line {
        IntakeTable.Line(number: number, values: header.map { values[$0] ?? "" }, flaw: flaw)
    }
}

/// Objects of a file one at a time, in bounded memory; what is no object is said with its line. Used by one thread.
final class JSONRows {
    /// Bytes of one object.
    static let most = 1 << 20
    static let mostNames = 4000

    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var at = 0
    private var line = 1
    private var count = 0
    private var isList = false

    static func isJSON(_ path: String) -> Bool {
        guard let handle = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? handle.close() }
        guard let start = try? handle.read(upToCount: 64) else { return false }
        let text = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start[...]
        return text.first { $0 > 0x20 }.map { $0 == 0x7B || $0 == 0x5B } ?? false
    }

    /// The names of all members of all objects, in the order in which they first stand.
    static func header(_ path: String) throws -> [String] {
        var (names, known) = ([String](), Set<String>())
        let rows = try JSONRows(path)
        while let row = try rows.next() {
            for name in row.values.keys.sorted() where known.insert(name).inserted { names.append(name) }
            guard names.count <= mostNames else {
                throw Problem(
                    .tooLarge, "The objects have more than \(mostNames) different members.",
                    next: "Give every object the same members.")
            }
        }
        return names
    }

    init(_ path: String) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Problem(.absent, "The file cannot be read.", next: "Check the path and try again.")
        }
        self.handle = handle
        if try peek() == 0xEF { at += 3 }
    }

    deinit { try? handle.close() }

    /// - Throws: `Problem` for what stands between objects and is none.
    func next() throws -> JSONRow? {
        while let byte = try peek() {
            switch byte {
            case 0x7B: return try object()
            case 0x5B where !isList && count == 0: isList = true
            case 0x0A: line += 1
            case 0x20, 0x09, 0x0D, 0x2C: break
            case 0x5D where isList: break
            default:
                throw Problem(
                    .invalid, "Line \(line) holds something that is no object.",
                    next: "Give a list of objects, or one object on each line, in UTF-8.")
            }
            at += 1
        }
        return nil
    }

    private func object() throws -> JSONRow {
        count += 1
        let (start, number) = (line, isList ? count : line)
        var (bytes, depth, isText, isEscaped): ([UInt8], Int, Bool, Bool) = ([], 0, false, false)
        while let byte = try peek() {
            at += 1
            if byte == 0x0A { line += 1 }
            bytes.append(byte)
            guard bytes.count <= JSONRows.most else {
                throw Problem(
                    .tooLarge, "The object that begins on line \(start) is longer than 1 MiB.",
                    next: "Check that a quotation mark or a bracket is not left open.")
            }
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == 0x5C {
                    isEscaped = true
                } else if byte == 0x22 {
                    isText = false
                }
                continue
            }
            switch byte {
            case 0x22: isText = true
            case 0x7B, 0x5B: depth += 1
            case 0x7D, 0x5D:
                depth -= 1
                if depth == 0 { return JSONRow(number, bytes) }
            default: break
            }
        }
        return JSONRow(number: number, values: [:], flaw: "The file ends in the middle of it")
    }

    private func peek() throws -> UInt8? {
        if at >= buffer.count {
            buffer = try handle.read(upToCount: 1 << 16).map { Array($0) } ?? []
            at = 0
        }
        return at < buffer.count ? buffer[at] : nil
    }
}

extension JSONRow {
    init(_ number: Int, _ bytes: [UInt8]) {
        do {
            var flat = FlatJSON()
            try flat.put(try StrictJSON(bytes, limit: JSONRows.most), "")
            self.init(number: number, values: flat.values, flaw: nil)
        } catch let fault as StrictJSON.Fault {
            let words =
                switch fault {
                case .tooDeep: "It is nested too deeply"
                case .memberTwice: "One of its members is named twice"
                case .notJSON, .tooLarge: "It is no JSON in UTF-8, or holds a character that is no text"
                }
            self.init(number: number, values: [:], flaw: words)
        } catch {
            self.init(
                number: number, values: [:],
                flaw: "A number has more digits than can be kept: put it between quotation marks")
        }
    }
}

/// An object as names and texts.
private struct FlatJSON {
    struct TooLong: Error {}

    var values: [String: String] = [:]

    mutating func put(_ value: StrictJSON, _ name: String) throws {
        switch value {
        case .object(let members):
            for (key, value) in members { try put(value, name.isEmpty ? key : "\(name) \(key)") }
        case .list(let list): try put(list, name)
        case .null, .bool, .number, .text: values[name] = try FlatJSON.text(value)
        }
    }

    /// Several of one kind stand in one text, parted by semicolons; of several objects each member does.
    private mutating func put(_ list: [StrictJSON], _ name: String) throws {
        var (plain, parts): ([String], [[String: String]]) = ([], [])
        for value in list {
            if case .object = value {
                var part = FlatJSON()
                try part.put(value, name)
                parts.append(part.values)
            } else {
                plain.append(try FlatJSON.text(value))
            }
        }
        if !plain.isEmpty { values[name] = plain.joined(separator: ";") }
        for key in Set(parts.flatMap(\.keys)) { values[key] = parts.map { $0[key] ?? "" }.joined(separator: ";") }
    }

    private static func text(_ value: StrictJSON) throws -> String {
        switch value {
        case .bool(let isTrue): return isTrue ? "yes" : "no"
        case .text(let text): return text
        case .number(let number):
            guard number.magnitude < 0x1p53 else { throw TooLong() }
            return number == number.rounded() ? String(Int64(number)) : String(number)
        case .null, .list, .object: return ""
        }
    }
}
