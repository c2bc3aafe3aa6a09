import ArgumentParser
import Dispatch
import Feeds
import Foundation
import Kernel
import Ledger
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// Lets the command work while a server has the data open: a socket in the data folder, which only the folder's owner
/// can reach. The server runs the command in its own process, so there is still one writer.
final class Doorbell: Sendable {
    struct Request: Codable { let arguments: [String], directory: String, version: String }

    struct Frame: Codable {
        var out: String?
        var err: String?
        var exit: Int32?
    }

    private let house: OpenHouse
    private let path: String
    private let handle: Int32
    private let running = Mutex<[Int32: Task<Void, Never>]>([:])

    private static func path(_ folder: URL) -> String { folder.appendingPathComponent("holdfast.sock").path }

    /// Asks the running server to do it, and repeats here what it says.
    /// - Returns: the exit code, or nil when no server answers.
    static func ring(_ folder: URL, _ arguments: [String], from directory: URL, _ console: Console) throws -> Int32? {
        let handle = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { Glibc.close(handle) }
        guard handle >= 0, try SocketAddress.with(path(folder), { connect(handle, $0, $1) }) == 0 else { return nil }
        try send(Request(arguments: arguments, directory: directory.path, version: Release.version), handle)
        var reader = LineReader(handle)
        while let line = reader.next(limit: 64 << 20), !StandardOutput.shared.hasFailed {
            let frame = try JSONDecoder().decode(Frame.self, from: Data(line))
            if let text = frame.out { console.out(text) }
            if let text = frame.err { console.err(text) }
            if let code = frame.exit { return code }
        }
        if StandardOutput.shared.hasFailed { return 1 }
        throw Refusal(code: 1, message: "The server stopped before the work was done. Start it again and repeat.")
    }

    /// Opens the door. What a sudden stop left of an earlier one is no obstacle.
    init(_ house: OpenHouse, in folder: URL) throws {
        (self.house, path) = (house, Doorbell.path(folder))
        unlink(path)
        handle = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let mask = umask(0o177)
        defer { umask(mask) }
        let isBound = try SocketAddress.with(path) { [handle] in bind(handle, $0, $1) } == 0
        guard handle >= 0, isBound, listen(handle, 8) == 0 else {
            throw Problem(.failed, "The command's door could not be opened in the data folder.")
        }
    }

    /// Answers until `close`. Each command runs by itself; their writes meet in the one writer.
    func answer() {
        Thread.detachNewThread { [self] in
            while true {
                let caller = accept(handle, nil, nil)
                if caller >= 0 {
                    Thread.detachNewThread { [self] in serve(caller) }
                } else if errno == EINVAL || errno == EBADF {
                    return
                } else {
                    usleep(10_000)
                }
            }
        }
    }

    /// Lets nobody else in, asks what runs to stop, and waits until it has left things tidy.
    func close() async {
        unlink(path)
        shutdown(handle, Int32(SHUT_RDWR))
        let tasks = running.withLock { Array($0.values) }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    /// On a thread of its own: reads what is asked, then watches for the caller's going, which stops the work.
    private func serve(_ caller: Int32) {
        defer { Glibc.close(caller) }
        var reader = LineReader(caller)
        guard let line = reader.next(limit: 1 << 20),
            let request = try? JSONDecoder().decode(Request.self, from: Data(line))
        else { return }
        let (mouth, done) = (Mouth(caller), DispatchSemaphore(value: 0))
        let task = running.withLock { running in
            let task = Task { [self] in
                let code = await run(request, mouth.console)
                mouth.end(Frame(exit: code))
                self.running.withLock { $0[caller] = nil }
                done.signal()
            }
            running[caller] = task
            return task
        }
        _ = reader.next(limit: 1)
        task.cancel()
        done.wait()
        mouth.drain()
    }

    private func run(_ request: Request, _ console: Console) async -> Int32 {
        do {
            guard request.version == Release.version else {
                throw Refusal(
                    code: 1,
                    message: "The server runs Holdfast \(Release.version) and this command is \(request.version). "
                        + "Start the server again, then repeat.")
            }
            guard let command = try HoldfastCommand.parseAsRoot(request.arguments) as? any HouseCommand else {
                throw Refusal(code: 1, message: "This command cannot be run through the server.")
            }
            try await command.run(in: house, console, from: URL(fileURLWithPath: request.directory, isDirectory: true))
            return 0
        } catch {
            guard Task.isCancelled else { return Main.report(error, console) }
            // In a task of its own: this one is cancelled, and what it reads would be too.
            _ = await Task { [house] in try? await house.feeds.recover(as: house.keeper) }.value
            return Main.report(Refusal.stopped, console)
        }
    }

    fileprivate static func send(_ value: some Encodable, _ handle: Int32) throws {
        let bytes = try JSONEncoder().encode(value) + [0x0A]
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                Glibc.send(handle, bytes.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Problem(.failed, "The other end has gone.") }
            sent += count
        }
    }
}

/// Says frames to one caller, in order, from a queue of its own: a caller that reads slowly, such as a pager, must not
/// hold a thread on which everybody's work runs.
private final class Mouth: Sendable {
    private let caller: Int32
    private let queue = DispatchQueue(label: "holdfast.doorbell")

    init(_ caller: Int32) { self.caller = caller }

    var console: Console {
        Console(
            out: { [self] in say(Doorbell.Frame(out: $0)) }, err: { [self] in say(Doorbell.Frame(err: $0)) },
            isTerminal: false)
    }

    func say(_ frame: Doorbell.Frame) {
        queue.async { [caller] in try? Doorbell.send(frame, caller) }
    }

    func end(_ frame: Doorbell.Frame) {
        say(frame)
        queue.async { [caller] in _ = shutdown(caller, Int32(SHUT_RDWR)) }
    }

    func drain() { queue.sync {} }
}

enum SocketAddress {
    /// Calls `body` with the address of a socket in the file system.
    static func with(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw Problem(.invalid, "The path of the data folder is too long.", next: "Choose one under 90 characters.")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
