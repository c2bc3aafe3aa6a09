import Foundation
import Kernel
import Ledger

/// `log.key` in the data folder: the key with which the log signs its heads, and under it the public keys of earlier
/// ones. Beside the database, not in it: whoever gets a copy of the database can sign nothing.
struct LogKeyFile {
    struct Content {
        let signer: NoteSigner
        let earlier: [NoteKey]

        var all: [NoteKey] { [signer.key] + earlier }
    }

    static let usualName = "log.key"

    private let file: URL

    init(_ folder: URL) { file = folder.appendingPathComponent(LogKeyFile.usualName) }

    /// Nil when there is none yet.
    func read() throws -> Content? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
        let earlier = lines.dropFirst().map { NoteKey(String($0)) }
        guard let signer = lines.first.flatMap({ NoteSigner(String($0)) }), signer.key.kind == .log,
            !earlier.contains(nil)
        else {
            throw Problem(
                .failed, "The key of the log cannot be read: \(file.path).",
                next: "Put it back from where you keep it, or see docs/operations.md for a new one.")
        }
        return Content(signer: signer, earlier: earlier.compactMap(\.self))
    }

    /// - Parameter name: Of a new key; a random one when nil.
    func readOrMake(name: String? = nil) throws -> NoteSigner {
        if let content = try read() { return content.signer }
        let name = name ?? "holdfast-\(Hexadecimal.text(Ledger.systemRandom(4)))/log"
        let signer = try NoteSigner(name: name, kind: .log, seed: Ledger.systemRandom(32))
        do {
            try PrivateFile.write(signer.text + "\n", to: file)
        } catch {
            // Another server that starts in the same moment was first.
            guard let content = try read() else { throw error }
            return content.signer
        }
        return signer
    }

    /// `holdfast.example/log`, from where people reach the house.
    static func name(at address: String?) -> String? {
        address.flatMap { URLComponents(string: $0)?.host }.map { "\($0)/log" }
    }
}

/// A file that only its owner may read, written whole or not at all, and never over another.
enum PrivateFile {
    static func write(_ text: String, to file: URL) throws {
        let part = "\(file.path).part-\(getpid())"
        unlink(part)
        let handle = open(part, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard handle >= 0 else { throw refusal(file, "A file of that name is never written over.") }
        defer { unlink(part) }
        let failure = StandardOutput.put(text, handle)
        let isFlushed = fsync(handle) == 0
        close(handle)
        guard failure == nil, isFlushed else {
            throw Problem(.failed, "\(file.path) could not be written.", next: "Make room on the disk.")
        }
        // Whoever else looks for it sees all of it or nothing; and what is there stays.
        guard link(part, file.path) == 0 else { throw refusal(file, "A file of that name is never written over.") }
    }

    private static func refusal(_ file: URL, _ next: String) -> Problem {
        Problem(.failed, "\(file.path) could not be made: \(String(cString: strerror(errno))).", next: next)
    }
}
