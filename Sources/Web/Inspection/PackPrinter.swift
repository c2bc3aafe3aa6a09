import Foundation
import Kernel

/// Makes a PDF with WeasyPrint, which runs as a process of its own, at most two at a time and a minute each. The
/// document holds no address, so there is nothing for it to fetch; its files are readable by us alone and removed.
enum PackPrinter {
    private static let places = PrintPlaces(atOnce: 2, waiting: 8)
    private static let seconds = 60

    static let missing = Problem(
        .unavailable, "PDF needs WeasyPrint: apt-get install weasyprint",
        next: "Ask your administrator to install it on the machine that runs Holdfast.")
    private static let failed = Problem(
        .unavailable, "The PDF could not be made.", next: "Try again in a minute, or print the page below.")

    /// - Throws: `Problem` when WeasyPrint is not installed, takes too long or fails, or when too many wait already.
    static func pdf(_ html: [UInt8], stylesheet: [UInt8]) async throws -> [UInt8] {
        guard let tool = find("weasyprint", path: ProcessInfo.processInfo.environment["PATH"] ?? "") else {
            throw missing
        }
        try await places.enter()
        do {
            let bytes = try await print(html, stylesheet, tool)
            await places.leave()
            return bytes
        } catch {
            await places.leave()
            throw error is Problem ? error : failed
        }
    }

    static func find(_ name: String, path: String) -> URL? {
        path.split(separator: ":").map { URL(fileURLWithPath: String($0)).appendingPathComponent(name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    private static func print(_ html: [UInt8], _ stylesheet: [UInt8], _ tool: URL) async throws -> [UInt8] {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appendingPathComponent("holdfast-pack-\(UUID().uuidString)")
        try files.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? files.removeItem(at: folder) }
        let source = try write(html, "pack.html", folder)
        let css = try write(stylesheet, "pack.css", folder)
        let target = try write([], "pack.pdf", folder)
        let process = Process()
        process.executableURL = tool
        process.arguments = [
            "--quiet", "--encoding", "utf-8", "--base-url", folder.path, "--stylesheet", css.path, "--pdf-variant",
            "pdf/ua-1", "-", "-",
        ]
        process.environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path,
            "LANG": "C.UTF-8", "TMPDIR": folder.path,
        ]
        process.currentDirectoryURL = folder
        let (input, output) = (try FileHandle(forReadingFrom: source), try FileHandle(forWritingTo: target))
        defer {
            try? input.close()
            try? output.close()
        }
        (process.standardInput, process.standardOutput) = (input, output)
        process.standardError = FileHandle.nullDevice
        guard try await run(process) == 0 else { throw failed }
        let bytes = [UInt8](try Data(contentsOf: target))
        guard bytes.starts(with: Array("%PDF-".utf8)) else { throw failed }
        return bytes
    }

    private static func write(_ bytes: [UInt8], _ name: String, _ folder: URL) throws -> URL {
        let file = folder.appendingPathComponent(name)
        guard
            FileManager.default.createFile(
                atPath: file.path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        else { throw failed }
        return file
    }

    private static func run(_ process: Process) async throws -> Int32 {
        let timer = Task {
            try await Task.sleep(for: .seconds(seconds))
            guard process.isRunning else { return }
            kill(process.processIdentifier, SIGKILL)
        }
        defer { timer.cancel() }
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
    }
}

/// A few places at the printer and a short queue before it.
actor PrintPlaces {
    private var free: Int
    private let longest: Int
    private var queue: [CheckedContinuation<Void, Never>] = []

    init(atOnce: Int, waiting: Int) { (free, longest) = (atOnce, waiting) }

    /// - Throws: `Problem` when the queue is full.
    func enter() async throws {
        if free > 0 {
            free -= 1
            return
        }
        guard queue.count < longest else {
            throw Problem(
                .unavailable, "Many packs are being made at the moment.", next: "Try again in a minute.")
        }
        await withCheckedContinuation { queue.append($0) }
    }

    func leave() {
        if queue.isEmpty { free += 1 } else { queue.removeFirst().resume() }
    }
}
