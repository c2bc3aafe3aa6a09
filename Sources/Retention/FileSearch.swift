public import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// Looks for words in files as they lie on the disk, in the forms in which they may lie there.
public struct FileSearch: Sendable {
    public struct Result: Sendable, Equatable {
        /// Files in which one of the words stands.
        public var found: [String] = []
        public var files = 0
        public var bytes = 0
    }

    private static let chunk = 1 << 20
    private let patterns: [[UInt8]]
    private let overlap: Int

    /// - Parameter words: long enough to mean nothing else, at least eight bytes each.
    public init(for words: [String]) {
        patterns = words.flatMap { FileSearch.forms(Array($0.utf8)) }
        overlap = (patterns.map(\.count).max() ?? 1) - 1
    }

    /// As they are, in UTF-16, in hexadecimal, and as base64 wherever they begin.
    private static func forms(_ word: [UInt8]) -> [[UInt8]] {
        let wide = word.flatMap { [$0, UInt8(0)] }
        let hex = word.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let base64 = (0..<3).map { shift -> [UInt8] in
            let text = Data([UInt8](repeating: 0, count: shift) + word).base64EncodedString()
            // Without the characters at the ends, which neighbours have a part in.
            return Array(text.utf8.prefix { $0 != UInt8(ascii: "=") }.dropFirst(4).dropLast(2))
        }
        let plain: [[UInt8]] = [word, wide, Array(hex.utf8), Array(hex.uppercased().utf8)]
        return plain + base64
    }

    /// Every ordinary file below a folder, a piece at a time.
    /// - Throws: when a file cannot be read: what was not searched must not count as clean.
    public func search(_ folder: URL) throws -> Result {
        var result = Result()
        let keys: [URLResourceKey] = [.isRegularFileKey]
        let listed = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: keys)
        for case let file as URL in listed ?? FileManager.DirectoryEnumerator() {
            // One that is gone meanwhile holds nothing.
            guard let kind = try? file.resourceValues(forKeys: Set(keys)), kind.isRegularFile == true else { continue }
            let (holds, count) = try search(file: file)
            result.files += 1
            result.bytes += count
            if holds { result.found.append(file.path) }
        }
        return result
    }

    private func search(file: URL) throws -> (holds: Bool, bytes: Int) {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        var (kept, count) = ([UInt8](), 0)
        while let piece = try handle.read(upToCount: FileSearch.chunk), !piece.isEmpty {
            count += piece.count
            let bytes = kept + piece
            if holds(bytes) { return (true, count) }
            kept = Array(bytes.suffix(overlap))
        }
        return (false, count)
    }

    func holds(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { text in
            patterns.contains { pattern in pattern.withUnsafeBytes { FileSearch.stands($0, in: text) } }
        }
    }

    /// Every place of the first byte is tried: the words begin with letters that are rare in files.
    private static func stands(_ pattern: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer) -> Bool {
        guard let wanted = pattern.baseAddress, var start = text.baseAddress, text.count >= pattern.count else {
            return false
        }
        let end = start + (text.count - pattern.count)
        while start <= end, let place = memchr(start, Int32(pattern[0]), end - start + 1) {
            let found = UnsafeRawPointer(place)
            if memcmp(found, wanted, pattern.count) == 0 { return true }
            start = found + 1
        }
        return false
    }
}
