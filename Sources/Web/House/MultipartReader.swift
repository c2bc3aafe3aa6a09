import Foundation
import Kernel
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
    private static let fieldLimit = 1 << 20

    private let delimiter: [UInt8]
    private let spool: URL
    private let token: String
    private var state = State.preamble
    private var pending: [UInt8]
    private var part = Part()
    private var value: [UInt8] = []
    private var handle: FileHandle?
    private var location: URL?
    private var size = 0
    private var fields: [(name: String, value: String)] = []
    private var files: [UploadedFile] = []

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
        pending += bytes
        while try step() {}
    }

    mutating func finish() throws -> Upload {
        guard state == .finished else { throw MultipartReader.broken }
        return Upload(fields: FormValues(fields), files: files)
    }

    mutating func abandon() {
        try? handle?.close()
        if let location { try? FileManager.default.removeItem(at: location) }
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
            guard safe > 0 else { return false }
            try keep(pending[0..<safe])
            pending.removeFirst(safe)
            return false
        }
        let after = found + delimiter.count
        guard pending.count >= after + 2 else { return false }
        try keep(pending[0..<found])
        if state == .content { try closePart() }
        state = pending[after] == 0x2D && pending[after + 1] == 0x2D ? .finished : .headers
        pending.removeFirst(after + 2)
        return true
    }

    private mutating func readHeaders() throws -> Bool {
        guard let end = ByteSearch.first([0x0D, 0x0A, 0x0D, 0x0A], in: pending) else {
            guard pending.count <= MultipartReader.headLimit else { throw MultipartReader.broken }
            return false
        }
        part = try MultipartReader.part(String(decoding: pending[0..<end], as: UTF8.self))
        pending.removeFirst(end + 4)
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
        handle = try FileHandle(forWritingTo: file)
        location = file
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) throws {
        guard state == .content, !bytes.isEmpty else { return }
        size += bytes.count
        if let handle { return try handle.write(contentsOf: Data(bytes)) }
        guard size <= MultipartReader.fieldLimit else { throw Body.tooLarge(MultipartReader.fieldLimit) }
        value += bytes
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
        guard fields.count < 1000, let text = String(validating: value, as: UTF8.self), !value.contains(0) else {
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
        for piece in header.split(separator: ";").dropFirst() {
            let text = piece.trimmingCharacters(in: .whitespaces)
            guard text.hasPrefix("\(name)=\"") else { continue }
            return String(text.dropFirst(name.count + 2).prefix { $0 != "\"" })
        }
        return nil
    }

    private static func lastPart(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        return String(last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(120).map(Character.init))
    }
}

enum ByteSearch {
    /// Where `needle` first stands in `bytes`; each byte is looked at a bounded number of times for needles of
    /// boundary length.
    static func first(_ needle: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= needle.count, let head = needle.first else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            (0...(bytes.count - needle.count)).first { start in
                bytes[start] == head && needle.indices.allSatisfy { bytes[start + $0] == needle[$0] }
            }
        }
    }
}
