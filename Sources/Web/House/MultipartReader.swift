import Accounts
import Foundation
import Kernel
import Ledger
import Pages

/// RFC 7578, read in pieces of any size: fields to memory, files to the spool folder. Linear in what arrives.
struct MultipartReader {
    private enum State { case preamble, headers, content, finished }

    private struct Part {
        var field = ""
        var fileName: String?
        var contentType = "application/octet-stream"
    }

    private static let headLimit = 8 << 10
    private static let fieldLimit = 4 << 20
    private static let partLimit = 1000

    private let delimiter: [UInt8]
    private let spool: URL
    private let token: String
    private var state = State.preamble
    private var pending: ArraySlice<UInt8>
    private var part = Part()
    private var value: [UInt8] = []
    private var handle: FileHandle?
    private var location: URL?
    private var size = 0
    private var fields: [(name: String, value: String)] = []
    private var files: [UploadedFile] = []
    private var parts = 0

    init(boundary: String, spool: URL, token: String) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        (self.spool, self.token) = (spool, token)
        // The first boundary has no line end before it; this one makes all alike.
        pending = [0x0D, 0x0A]
    }

    static func boundary(_ contentType: String) -> String? {
        guard contentType.lowercased().hasPrefix("multipart/form-data") else { return nil }
        for piece in contentType.split(separator: ";") {
            let text = piece.trimmingCharacters(in: .whitespaces)
            guard text.lowercased().hasPrefix("boundary=") else { continue }
            let value = text.dropFirst(9).trimmingCharacters(in: CharacterSet(charactersIn: "\""))
            return (1...70).contains(value.utf8.count) ? value : nil
        }
        return nil
    }

    mutating func feed(_ bytes: [UInt8]) throws {
        // A new array, so that what was read is let go; what is left is never longer than a head.
        pending = ArraySlice(Array(pending) + bytes)
        while try step() {}
    }

    mutating func finish() throws -> Upload {
        guard state == .finished else { throw MultipartReader.broken }
        return Upload(fields: FormValues(fields), files: files)
    }

    mutating func abandon() {
        try? handle?.close()
        if let location { try? FileManager.default.removeItem(at: location) }
        (handle, location) = (nil, nil)
        Upload(fields: FormValues(), files: files).discard()
    }

    private static let broken = Problem(
        .invalid, "The file did not arrive whole.", next: "Check your connection and send it again.")

    /// One step of the machine; false when more bytes are needed.
    private mutating func step() throws -> Bool {
        switch state {
        case .preamble, .content: return try readContent()
        case .headers: return try readHeaders()
        case .finished:
            pending = []
            return false
        }
    }

    private mutating func readContent() throws -> Bool {
        guard let found = ByteSearch.first(delimiter, in: pending) else {
            let safe = pending.count - delimiter.count
            if safe > 0 { try keep(first: safe) }
            return false
        }
        let after = found + delimiter.count
        guard pending.endIndex >= after + 2 else {
            try keep(first: found - pending.startIndex)
            return false
        }
        let isLast = pending[after] == 0x2D && pending[after + 1] == 0x2D
        guard isLast || (pending[after] == 0x0D && pending[after + 1] == 0x0A) else {
            // Only the beginning of it is a boundary, so it is content.
            try keep(first: after - pending.startIndex)
            return true
        }
        try keep(first: found - pending.startIndex)
        if state == .content { try closePart() }
        state = isLast ? .finished : .headers
        pending = pending[(after + 2)...]
        return true
    }

    private mutating func keep(first count: Int) throws {
        try keep(pending.prefix(count))
        pending = pending.dropFirst(count)
    }

    private mutating func readHeaders() throws -> Bool {
        guard let end = ByteSearch.first([0x0D, 0x0A, 0x0D, 0x0A], in: pending) else {
            guard pending.count <= MultipartReader.headLimit else { throw MultipartReader.broken }
            return false
        }
        let head = pending[..<end]
        parts += 1
        guard head.count <= MultipartReader.headLimit, parts <= MultipartReader.partLimit else {
            throw MultipartReader.broken
        }
        part = try MultipartReader.part(String(decoding: head, as: UTF8.self))
        pending = pending[(end + 4)...]
        (value, size) = ([], 0)
        if part.fileName != nil { try openFile() }
        state = .content
        return true
    }

    private mutating func openFile() throws {
        guard fields.contains(where: { $0.name == FormToken.field && ConstantTime.equal($0.value, token) }) else {
            throw Gatekeeper.foreignForm
        }
        try FileManager.default.createDirectory(at: spool, withIntermediateDirectories: true)
        let file = spool.appendingPathComponent(UUID().uuidString)
        guard FileManager.default.createFile(atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw Problem(.unavailable, "There is no room to receive the file.", next: "Ask your administrator.") }
        location = file
        handle = try FileHandle(forWritingTo: file)
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) throws {
        guard state == .content, !bytes.isEmpty else { return }
        size += bytes.count
        if let handle { return try write(bytes, to: handle) }
        guard size <= MultipartReader.fieldLimit else { throw Body.tooLarge(MultipartReader.fieldLimit) }
        value += bytes
    }

    private func write(_ bytes: ArraySlice<UInt8>, to handle: FileHandle) throws {
        do {
            try handle.write(contentsOf: Data(bytes))
        } catch let error as CocoaError where error.code == .fileWriteOutOfSpace {
            throw StorageError.diskFull
        }
    }

    private mutating func closePart() throws {
        if let handle, let location {
            try handle.close()
            let name = part.fileName ?? ""
            if name.isEmpty && size == 0 {
                // A browser sends an empty part for a file field that was left empty.
                try? FileManager.default.removeItem(at: location)
                (self.handle, self.location) = (nil, nil)
                return
            }
            files.append(
                UploadedFile(
                    field: part.field, name: name, contentType: part.contentType, location: location, bytes: size))
            (self.handle, self.location) = (nil, nil)
            return
        }
        guard let text = String(validating: value, as: UTF8.self), !value.contains(0) else {
            throw MultipartReader.broken
        }
        fields.append((part.field, text))
    }

    private static func part(_ head: String) throws -> Part {
        var part = Part()
        for line in head.split(separator: "\r\n") {
            let pieces = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard pieces.count == 2 else { continue }
            switch pieces[0].lowercased() {
            case "content-disposition":
                part.field = parameter("name", pieces[1]) ?? ""
                part.fileName = parameter("filename", pieces[1]).map(lastPart)
            case "content-type": part.contentType = String(pieces[1].prefix(100))
            default: continue
            }
        }
        guard !part.field.isEmpty else { throw broken }
        return part
    }

    /// `name="value"`, where a quote inside is written `%22` (WHATWG, "multipart/form-data encoding algorithm").
    private static func parameter(_ name: String, _ header: String) -> String? {
        // Between quotes stand values, which may hold semicolons; outside them stand the names.
        let pieces = header.split(separator: "\"", omittingEmptySubsequences: false)
        for index in stride(from: 0, to: pieces.count - 1, by: 2) {
            let last = pieces[index].split(separator: ";").last?.trimmingCharacters(in: .whitespaces)
            guard last?.lowercased() == "\(name)=" else { continue }
            return pieces[index + 1].replacingOccurrences(of: "%22", with: "\"")
        }
        return nil
    }

    private static func lastPart(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        return String(
            last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(120).map(Character.init))
    }
}

enum ByteSearch {
    /// Where `needle` first stands in `bytes`; each byte is looked at a bounded number of times for needles of
    /// boundary length.
    static func first(_ needle: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= needle.count, let head = needle.first else { return nil }
        let found = bytes.withUnsafeBufferPointer { bytes in
            (0...(bytes.count - needle.count)).first { start in
                bytes[start] == head && needle.indices.allSatisfy { bytes[start + $0] == needle[$0] }
            }
        }
        return found.map { bytes.startIndex + $0 }
    }
}
