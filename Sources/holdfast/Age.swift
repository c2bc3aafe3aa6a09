import Dispatch
import Foundation
import Kernel
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// The `age` program, which encrypts and decrypts in a process of its own. What it reads and writes goes through pipes:
/// no plain text touches a disk on its way.
struct Age {
    let tool: URL

    /// - Throws: `Problem` when it is not on this machine.
    static func find() throws -> Age {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let tools = path.split(separator: ":").map { URL(fileURLWithPath: String($0)).appendingPathComponent("age") }
        guard let tool = tools.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            throw Problem(
                .unavailable, "Backups need the program age, which is not on this machine.",
                next: "Install it: apt-get install age")
        }
        return Age(tool: tool)
    }

    /// Takes plain text from `pipe` and writes to `output`.
    func encrypt(for recipients: [String], to output: Int32) throws -> AgeProcess {
        let (reading, writing) = try Age.pipe()
        let input = FileHandle(fileDescriptor: reading, closeOnDealloc: true)
        let target = FileHandle(fileDescriptor: output, closeOnDealloc: false)
        return try AgeProcess(tool, ["--encrypt"] + recipients, input: input, output: target, pipe: writing)
    }

    /// Gives plain text through `pipe`.
    func decrypt(_ file: URL, identity: URL) throws -> AgeProcess {
        let (reading, writing) = try Age.pipe()
        let output = FileHandle(fileDescriptor: writing, closeOnDealloc: true)
        return try AgeProcess(
            tool, ["--decrypt", "--identity", identity.path, file.path], input: .nullDevice, output: output,
            pipe: reading)
    }

    /// Two ends of a stream, closed in every other process that is started meanwhile: one that kept an end open would
    /// never let it end.
    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Problem(.failed, "Too many files are open.") }
        return (ends[0], ends[1])
    }
}

/// One run of age. `pipe` is our end.
final class AgeProcess: Sendable {
    let pipe: Int32
    private let process: Process
    private let complaint: URL
    private let ended = DispatchSemaphore(value: 0)
    private let stopped = Mutex(false)

    fileprivate init(_ tool: URL, _ arguments: [String], input: FileHandle, output: FileHandle, pipe: Int32) throws {
        self.pipe = pipe
        complaint = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-age-\(UUID().uuidString)")
        _ = FileManager.default.createFile(
            atPath: complaint.path, contents: nil, attributes: [.posixPermissions: 0o600])
        process = Process()
        process.executableURL = tool
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: complaint)
        process.terminationHandler = { [ended] _ in ended.signal() }
        do {
            try process.run()
        } catch {
            close(pipe)
            throw Problem(.failed, "The program age could not be started.")
        }
        if input !== FileHandle.nullDevice { try? input.close() } else { try? output.close() }
    }

    var isStopped: Bool { stopped.withLock { $0 } }

    /// Ends it before it is done; what waits at the pipe goes on and finds it broken.
    func stop() {
        stopped.withLock { $0 = true }
        process.terminate()
    }

    /// Closes our end and waits. What age says of a failure goes before what followed from it.
    /// - Parameter thing: what failed, as the beginning of a sentence.
    func end<Result: Sendable>(
        after outcome: Swift.Result<Result, any Error>, as thing: String
    ) async throws -> Result {
        close(pipe)
        await Blocking.run { [ended] in ended.wait() }
        let said = (try? String(contentsOf: complaint, encoding: .utf8)) ?? ""
        try? FileManager.default.removeItem(at: complaint)
        if isStopped { throw CancellationError() }
        guard process.terminationStatus == 0 else { throw AgeProcess.problem(said, thing) }
        return try outcome.get()
    }

    static func problem(_ said: String, _ thing: String) -> Problem {
        let first = said.split(separator: "\n").first { $0.hasPrefix("age: error: ") } ?? ""
        let reason = first.dropFirst("age: error: ".count)
        if said.contains("no space left") {
            return Problem(
                .failed, "\(thing) was stopped: the disk is full.", next: "Nothing is half there. Make room and repeat."
            )
        }
        if said.contains("no identity matched") {
            return Problem(
                .refused, "This identity does not open the backup.",
                next: "Use the identity of somebody it was made for.")
        }
        if said.contains("recipient") || said.contains("identit") {
            return Problem(.refused, "\(thing) was stopped by age: \(reason).", next: "Put it right and repeat.")
        }
        if said.contains("unexpected EOF") || said.contains("failed to decrypt") || said.contains("malformed")
            || said.contains("bad header") || said.contains("parsing age header")
        {
            return Damage.broken
        }
        return Problem(.failed, "\(thing) was stopped by age: \(reason.isEmpty ? "it said nothing" : reason).")
    }
}

/// Work that waits for a disk or a process, away from the threads that everybody shares.
enum Blocking {
    static func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await result(work).get()
    }

    static func run(_ work: @escaping @Sendable () -> Void) async { _ = await result(work) }

    static func result<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async -> Swift.Result<Result, any Error> {
        await withCheckedContinuation { continuation in
            DispatchQueue.global(qos: .utility).async { continuation.resume(returning: Swift.Result { try work() }) }
        }
    }
}
