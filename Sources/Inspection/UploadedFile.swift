import Crypto
import Kernel

/// A file as it was sent, before it is evidence.
public struct UploadedFile: Sendable {
    /// In bytes.
    public static let largest = 10 << 20

    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        (self.name, self.bytes) = (name, bytes)
    }

    /// The document it makes. Its type is told from its bytes, never from what the sender says.
    /// - Throws: `Problem` with the field `document`.
    public func document() throws -> EvidenceDocument {
        guard !bytes.isEmpty else { throw problem("The file is empty.") }
        guard bytes.count <= UploadedFile.largest else { throw problem("The file is larger than 10 MB.") }
        guard let type = mediaType else {
            throw problem(
                "Use a PDF, a picture (PNG or JPEG), a text or CSV file, or a Word, Excel or OpenDocument file.")
        }
        return EvidenceDocument(
            fileName: safeName, mediaType: type, size: bytes.count, digest: Digest.hexadecimal(bytes))
    }

    private func problem(_ message: String) -> Problem { Problem.fields([.init("document", message)]) }

    /// The last part of the name, without characters that mean something to a file system, a header or a screen.
    private var safeName: String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let kept = last.unicodeScalars.filter {
            $0.value >= 0x20 && $0.value != 0x7F && !"\"<>:|?*".unicodeScalars.contains($0)
        }
        .filter { !(0x200B...0x202E).contains($0.value) && !(0x2066...0x2069).contains($0.value) }
        let safe = String(String.UnicodeScalarView(kept.prefix(120))).trimmed()
        return safe.isEmpty || safe.hasPrefix(".") ? "document\(safe)" : safe
    }

    private static let archives = [
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt": "application/vnd.oasis.opendocument.text",
        "ods": "application/vnd.oasis.opendocument.spreadsheet",
    ]

    private var mediaType: String? {
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        if bytes.starts(with: Array("%PDF-".utf8)) { return "application/pdf" }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return UploadedFile.archives[ending] }
        guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else { return nil }
        return ["csv": "text/csv", "txt": "text/plain", "md": "text/plain"][ending]
    }
}

enum Digest {
    /// SHA-256 (FIPS 180-4).
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        SHA256.hash(data: Array(bytes)).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }
}
