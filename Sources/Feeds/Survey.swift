import Crypto
import Foundation
import Kernel

/// A file to import as the person named it: a path and how it is shown.
public struct ImportInput: Sendable, Hashable {
    public let path: String
    /// What reports and pages call it; an upload has another name than its temporary file.
    public let name: String

    public init(path: String, name: String? = nil) {
        (self.path, self.name) = (path, name ?? path)
    }
}

/// One CSV file, found in a plain file, a gzip file or a zip.
struct FoundFile: Sendable, Hashable {
    let container: String
    let member: Int
    /// As it is reported: the path, and inside a zip the member's name after it.
    let path: String
}

/// What is known of a file once it was read through for the first time, before anything is stored.
struct SurveyedFile: Sendable {
    let found: FoundFile
    let kind: FeedKind
    let named: FileName?
    /// SHA-256 of the unpacked bytes.
    let digest: String
    let bytes: Int64
    let stamp: FileStamp
    let repeats: Repeats
}

/// Exact repeats in a stop and search file, where a repeat may be two people searched at one stop.
struct Repeats: Sendable, Equatable {
    var rows = 0
    var distinct = 0
    /// Every row occurs an even number of times: the file was loaded twice where it was made.
    var isDoubled = false
    var isCounted = true

    static let fewestRows = 50

    var count: Int { rows - distinct }
}

/// Whether a file was changed between two readings.
struct FileStamp: Sendable, Equatable {
    let size, inode: UInt64
    let modified: Date

    init(path: String) throws {
        guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
            let size = (facts[.size] as? NSNumber)?.uint64Value, let modified = facts[.modificationDate] as? Date
        else { throw ArchiveInput.unreadable(path) }
        (self.size, self.modified) = (size, modified)
        inode = (facts[.systemFileNumber] as? NSNumber)?.uint64Value ?? 0
    }
}

/// The first reading of a file: whole, for its digest and for damage, so that a bad file leaves nothing half loaded.
enum Survey {
    static func file(_ found: FoundFile, input: ArchiveInput, limits: ImportLimits, seed: UInt64) throws -> SurveyedFile
    {
        let source = CSVSource(input, isChecked: true)
        let scanner = CSVScanner(lineLimit: limits.lineBytes, source: source.read)
        guard try scanner.next() else {
            throw Problem(.invalid, "This file is empty.", next: "Download it again.")
        }
        let kind = try FeedKind.recognise((0..<min(scanner.fieldCount, CSVScanner.maximumFields)).map(scanner.text))
        let repeats = kind == .stopAndSearch ? try count(scanner, limits, seed) : Repeats()
        try drain(source)
        try source.checkSum()
        return SurveyedFile(
            found: found, kind: kind, named: FileName(found.path), digest: source.digest(), bytes: source.bytes,
            stamp: try FileStamp(path: found.container), repeats: repeats)
    }

    private static func drain(_ source: CSVSource) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        while try source.read(into: buffer) > 0 {}
    }

    private static func count(_ scanner: CSVScanner, _ limits: ImportLimits, _ seed: UInt64) throws -> Repeats {
        var times: [UInt64: Int32] = [:]
        var repeats = Repeats()
        while try scanner.next() {
            repeats.rows += 1
            guard repeats.isCounted else { continue }
            times[mixed(scanner.raw, seed), default: 0] += 1
            if times.count > limits.comparedRows { (repeats.isCounted, times) = (false, [:]) }
        }
        repeats.distinct = repeats.isCounted ? times.count : repeats.rows
        repeats.isDoubled =
            repeats.isCounted && repeats.rows >= Repeats.fewestRows && times.values.allSatisfy { $0 % 2 == 0 }
        return repeats
    }
}
