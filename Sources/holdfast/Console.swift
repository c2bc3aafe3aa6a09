import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// Where a command speaks: the terminal it was typed in, or the one at the other end of the doorbell.
struct Console: Sendable {
    /// Results. One call is one piece of text, line ends included.
    let out: @Sendable (String) -> Void
    /// Progress, advice and refusals.
    let err: @Sendable (String) -> Void
    /// A person watches, so that progress may redraw its line.
    let isTerminal: Bool

    static let terminal = Console(
        out: { StandardOutput.shared.write($0) }, err: { StandardOutput.put($0, STDERR_FILENO) },
        isTerminal: isatty(STDERR_FILENO) == 1)

    func line(_ text: String) { out(text + "\n") }

    func advise(_ text: String) { err(text + "\n") }

    /// Prints a value as JSON with stable, sorted names.
    func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        line(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}

/// Standard output that may end before we do: a reader such as `head` goes, or a disk fills. Foundation's own
/// `FileHandle.write` ends the whole process then.
final class StandardOutput: Sendable {
    static let shared = StandardOutput()

    private let failure = Mutex<Int32?>(nil)

    /// Nobody takes the results any more.
    var hasFailed: Bool { failure.withLock { $0 != nil } }

    func write(_ text: String) {
        guard !hasFailed, let code = StandardOutput.put(text, STDOUT_FILENO) else { return }
        failure.withLock { $0 = code }
    }

    /// The exit code once it is known whether the results arrived.
    func verdict(_ code: Int32) -> Int32 {
        guard let failure = failure.withLock({ $0 }) else { return code }
        if failure != EPIPE {
            StandardOutput.put(
                "The results could not be written: \(String(cString: strerror(failure))).\n", STDERR_FILENO)
        }
        return max(code, 1)
    }

    /// The error number when it could not all be written.
    @discardableResult
    static func put(_ text: String, _ handle: Int32) -> Int32? {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                Glibc.write(handle, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return errno }
            written += count
        }
        return nil
    }
}

/// The end of a command that did not do what was asked. The message has been said already, or is said by `main`.
struct Refusal: Error {
    /// 1 refused or failed, 2 wrong usage.
    let code: Int32
    let message: String

    static let stopped = Refusal(
        code: 1, message: "Stopped. What was finished before is kept; nothing is half there. Repeat it to go on.")
}
