import ArgumentParser
import Foundation
import Kernel
import Ledger

#if canImport(Glibc)
import Glibc
#endif

/// Lets the command work while a server has the data open: a socket in the data folder, which only the folder's owner
/// can reach. The server runs the command in its own process, so there is still one writer.
enum Doorbell {
    struct Request: Codable { let arguments: [String], directory: String }

    struct Frame: Codable {
        var out: String?
        var err: String?
        var exit: Int32?
    }

    static func path(_ folder: URL) -> String { folder.appendingPathComponent("holdfast.sock").path }

    /// Asks the running server to do it, and repeats here what it says.
    static func ring(_ folder: URL, _ arguments: [String], from directory: URL, _ console: Console) throws -> Int32 {
        let handle = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(handle) }
        guard handle >= 0, try withAddress(path(folder), { connect(handle, $0, $1) }) == 0 else {
            throw StorageError.locked(by: nil)
        }
        try send(Request(arguments: arguments, directory: directory.path), handle)
        var reader = LineReader(handle)
        while let line = reader.next(limit: 64 << 20) {
            let frame = try JSONDecoder().decode(Frame.self, from: Data(line))
            if let text = frame.out { console.out(text) }
            if let text = frame.err { console.err(text) }
            if let code = frame.exit { return code }
        }
        throw Refusal(code: 1, message: "The server stopped before the work was done. Start it again and repeat.")
    }

    /// Answers until the process ends. Each command runs by itself; their writes meet in the one writer.
    static func answer(_ folder: URL, _ house: OpenHouse) throws {
        let path = path(folder)
        unlink(path)
        let handle = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let mask = umask(0o177)
        let isBound = try withAddress(path) { bind(handle, $0, $1) } == 0
        umask(mask)
        guard handle >= 0, isBound, listen(handle, 8) == 0 else {
            throw Problem(.failed, "The command's door could not be opened in the data folder.")
        }
        Thread.detachNewThread {
            while true {
                let caller = accept(handle, nil, nil)
                guard caller >= 0 else { continue }
                Thread.detachNewThread { serve(caller, house) }
            }
        }
    }

    private static func serve(_ caller: Int32, _ house: OpenHouse) {
        var reader = LineReader(caller)
        guard let line = reader.next(limit: 1 << 20),
            let request = try? JSONDecoder().decode(Request.self, from: Data(line))
        else {
            close(caller)
            return
        }
        let console = Console(
            out: { try? send(Frame(out: $0), caller) }, err: { try? send(Frame(err: $0), caller) }, isTerminal: false)
        Task {
            let code = await run(request, house, console)
            try? send(Frame(exit: code), caller)
            close(caller)
        }
    }

    private static func run(_ request: Request, _ house: OpenHouse, _ console: Console) async -> Int32 {
        do {
            guard let command = try HoldfastCommand.parseAsRoot(request.arguments) as? any HouseCommand else {
                throw Refusal(code: 1, message: "This command cannot be run through the server.")
            }
            try await command.run(in: house, console, from: URL(fileURLWithPath: request.directory, isDirectory: true))
            return 0
        } catch {
            return Main.report(error, console)
        }
    }

    private static func send(_ value: some Encodable, _ handle: Int32) throws {
        let bytes = try JSONEncoder().encode(value) + [0x0A]
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                Glibc.send(handle, bytes.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Problem(.failed, "The other end has gone.") }
            sent += count
        }
    }

    private static func withAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw Problem(.invalid, "The path of the data folder is too long.", next: "Choose one under 90 characters.")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}

/// Lines from a socket.
struct LineReader {
    private let handle: Int32
    private var buffer: [UInt8] = []

    init(_ handle: Int32) { self.handle = handle }

    /// Nil at the end, or when a line is longer than `limit`.
    mutating func next(limit: Int) -> [UInt8]? {
        while true {
            if let end = buffer.firstIndex(of: 0x0A) {
                let line = Array(buffer[..<end])
                buffer.removeSubrange(...end)
                return line
            }
            var piece = [UInt8](repeating: 0, count: 65_536)
            let count = piece.withUnsafeMutableBytes { read(handle, $0.baseAddress, $0.count) }
            guard count > 0, buffer.count + count <= limit else { return nil }
            buffer += piece[..<count]
        }
    }
}
