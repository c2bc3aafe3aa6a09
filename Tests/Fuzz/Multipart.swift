import Foundation

/// Forms with files. The first byte says in how large pieces they arrive; however they are cut, the same is read, and
/// nothing stays behind that was not asked for.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let size = bytes.first else { return 0 }
    _ = MultipartReader.boundary("multipart/form-data; " + String(decoding: bytes.prefix(100), as: UTF8.self))
    let body = Array(bytes.dropFirst())
    precondition(read(body, pieces: body.count + 1) == read(body, pieces: Int(size % 32) + 1))
    return 0
}

private let spool = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-fuzz-\(UUID().uuidString)")

private func read(_ body: [UInt8], pieces: Int) -> String {
    var reader = MultipartReader(boundary: "b", spool: spool, token: "t")
    do {
        for start in stride(from: 0, to: body.count, by: pieces) {
            try reader.feed(Array(body[start..<min(start + pieces, body.count)]))
        }
        let upload = try reader.finish()
        defer { upload.discard() }
        return "\(upload.fields.fields) \(upload.files.map { "\($0.field) \($0.name) \($0.contentType) \($0.bytes)" })"
    } catch {
        reader.abandon()
        return "refused"
    }
}

/// What stands for the rest of the house.
enum Gatekeeper { static let foreignForm = Problem(.refused, "") }

enum Body { static func tooLarge(_ limit: Int) -> Problem { Problem(.tooLarge, "") } }

enum FormToken { static let field = "form-token" }

enum StorageError: Error { case diskFull }

enum ConstantTime { static func equal(_ left: String, _ right: String) -> Bool { left == right } }

struct UploadedFile {
    let field: String
    let name: String
    let contentType: String
    let location: URL
    let bytes: Int
}

struct Upload {
    let fields: FormValues
    let files: [UploadedFile]

    func discard() { for file in files { try? FileManager.default.removeItem(at: file.location) } }
}
