import Foundation
import Kernel
import Linkage

/// The files that `holdfast link` writes. Ids stand in them as they were read, so that they can be joined again; unlike
/// an export they are not made harmless for a spreadsheet.
enum LinkTables {
    static func write(pairs: [ScoredPair], of input: LinkInput, to path: String) throws {
        try writing(path) { file in
            file.text("id_l,id_r,weight,probability\n")
            for pair in pairs {
                file.field(input.id(Int(pair.left)))
                file.byte(0x2C)
                file.field(input.id(Int(pair.right)))
                file.byte(0x2C)
                file.number(Double(pair.weight), places: 4)
                file.byte(0x2C)
                file.number(pair.probability, places: 6)
                file.byte(0x0A)
                try file.flushIfFull()
            }
        }
    }

    static func write(clusters: Clusters, of input: LinkInput, to path: String) throws {
        let namesFile = input.idsMeet
        try writing(path) { file in
            file.text(namesFile ? "id,cluster,file\n" : "id,cluster\n")
            for (record, group) in clusters.group.enumerated() {
                file.field(input.id(record))
                file.byte(0x2C)
                file.number(Double(group + 1), places: 0)
                if namesFile { file.text(record < input.table.firstFile ? ",1" : ",2") }
                file.byte(0x0A)
                try file.flushIfFull()
            }
        }
    }

    /// - Parameter found: the id that was asked for, and a likely record.
    static func write(found: [(id: [UInt8], candidate: PersonIndex.Candidate)], of input: LinkInput, to path: String)
        throws
    {
        try writing(path) { file in
            file.text("id,candidate,weight,probability\n")
            for (id, candidate) in found {
                id.withUnsafeBufferPointer { file.field($0) }
                file.byte(0x2C)
                file.field(input.id(candidate.record))
                file.byte(0x2C)
                file.number(candidate.weight, places: 4)
                file.byte(0x2C)
                file.number(candidate.probability, places: 6)
                file.byte(0x0A)
                try file.flushIfFull()
            }
        }
    }

    static func write(_ text: [UInt8], to path: String) throws {
        try writing(path) { $0.bytes += text }
    }

    /// A file that has its name only when it is whole.
    private static func writing(_ path: String, _ content: (inout LinkFile) throws -> Void) throws {
        let part = path + ".part"
        guard FileManager.default.createFile(atPath: part, contents: nil),
            let handle = FileHandle(forWritingAtPath: part)
        else {
            throw Problem(.refused, "Nothing can be written at \(path).", next: "Choose a folder you may write to.")
        }
        var file = LinkFile(handle: handle)
        do {
            try content(&file)
            try file.flush()
            try handle.close()
        } catch {
            try? FileManager.default.removeItem(atPath: part)
            throw error is CancellationError ? error : Problem(.failed, "The disk did not take all of \(path).")
        }
        guard rename(part, path) == 0 else { throw Problem(.failed, "\(path) could not be given its name.") }
    }
}

/// Text on its way to a file.
struct LinkFile {
    let handle: FileHandle
    var bytes: [UInt8] = []

    private static let full = 1 << 20

    init(handle: FileHandle) { self.handle = handle }

    mutating func byte(_ byte: UInt8) { bytes.append(byte) }

    mutating func text(_ text: String) { bytes += text.utf8 }

    mutating func field(_ field: UnsafeBufferPointer<UInt8>) {
        guard field.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
            bytes += field
            return
        }
        bytes.append(0x22)
        for byte in field {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    mutating func number(_ number: Double, places: Int) {
        let scale = (0..<places).reduce(1) { scale, _ in scale * 10 }
        let whole = Int((abs(number) * Double(scale)).rounded())
        if number < 0, whole > 0 { bytes.append(0x2D) }
        digits(whole / scale, atLeast: 1)
        guard places > 0 else { return }
        bytes.append(0x2E)
        digits(whole % scale, atLeast: places)
    }

    /// The digits of a number, with zeros before them where there are too few.
    private mutating func digits(_ number: Int, atLeast least: Int) {
        let start = bytes.count
        var rest = number
        while rest > 0 || bytes.count - start < least {
            bytes.append(0x30 + UInt8(rest % 10))
            rest /= 10
        }
        bytes[start...].reverse()
    }

    mutating func flushIfFull() throws {
        if bytes.count > LinkFile.full {
            try Task.checkCancellation()
            try flush()
        }
    }

    mutating func flush() throws {
        try handle.write(contentsOf: bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
