import Foundation
import HTTPTypes
import HummingbirdCore
import Kernel
import NIOCore
import Pages
import Synchronization

/// A file that a form sent, on disk and not yet looked at.
struct UploadedFile: Sendable {
    let field: String
    /// What the sender's browser called it; only its last part.
    let name: String
    let contentType: String
    let location: URL
    let bytes: Int
}

/// What a form with files held.
struct Upload: Sendable {
    let fields: FormValues
    let files: [UploadedFile]

    /// Deletes what was received; call it when the files have been dealt with.
    func discard() {
        for file in files { try? FileManager.default.removeItem(at: file.location) }
    }
}

extension Visit {
    /// Reads a `multipart/form-data` body to disk, piece by piece. The token must come before the first file, as our
    /// forms send it, so that nothing of a foreign form is kept.
    /// - Parameter limit: bytes in all.
    func upload(limit: Int) async throws -> Upload {
        guard let boundary = MultipartReader.boundary(call.body.contentType) else {
            throw Problem(.invalid, "No file arrived.", next: "Choose a file and send the form again.")
        }
        guard call.body.length ?? 0 <= limit else { throw Body.tooLarge(limit) }
        return try await Deadline.whileMoving { arrived in
            var reader = MultipartReader(boundary: boundary, spool: site.settings.spool, token: visitor.formToken)
            do {
                for try await buffer in call.body.stream {
                    guard arrived.add(buffer.readableBytes) <= limit else { throw Body.tooLarge(limit) }
                    try reader.feed(Array(buffer.readableBytesView))
                }
                try call.body.checkWhole(arrived.bytes)
                return try reader.finish()
            } catch {
                reader.abandon()
                throw error
            }
        }
    }
}
