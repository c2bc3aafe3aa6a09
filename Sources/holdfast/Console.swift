import Foundation
import Synchronization

/// Where a command speaks: the terminal it was typed in, or the one at the other end of the doorbell.
struct Console: Sendable {
    /// Results. One call is one piece of text, line ends included.
    let out: @Sendable (String) -> Void
    /// Progress, advice and refusals.
    let err: @Sendable (String) -> Void
    /// A person watches, so that progress may redraw its line.
    let isTerminal: Bool

    static let terminal = Console(
        out: { FileHandle.standardOutput.write(Data($0.utf8)) },
        err: { FileHandle.standardError.write(Data($0.utf8)) },
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

/// The end of a command that did not do what was asked. The message has been said already, or is said by `main`.
struct Refusal: Error {
    /// 1 refused or failed, 2 wrong usage.
    let code: Int32
    let message: String
}
