import Foundation
import Synchronization

/// A child process whose output a test can wait for. It is stopped by `stop`, and by `timeout` if the test dies first.
public final class BrowserProcess: Sendable {
    /// What a process did not do in time, with the end of what it said.
    public struct Silent: Error, CustomStringConvertible {
        public let description: String

        public init(_ description: String) { self.description = description }
    }

    private let process: Mutex<Process>
    private let log: URL
    private let name: String

    /// - Parameter seconds: the process is ended after this time whatever happens to the test.
    public init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], seconds: Int = 3000
    ) throws {
        let log = FileManager.default.temporaryDirectory.appending(path: "holdfast-\(UUID().uuidString).log")
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        let output = try FileHandle(forWritingTo: log)
        let child = Process()
        child.executableURL = URL(filePath: "/usr/bin/timeout")
        child.arguments = ["--kill-after=5", String(seconds), program] + arguments
        child.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        child.standardInput = FileHandle.nullDevice
        child.standardOutput = output
        child.standardError = output
        try child.run()
        process = Mutex(child)
        self.log = log
        name = URL(filePath: program).lastPathComponent
    }

    public var isRunning: Bool { process.withLock { $0.isRunning } }

    /// The code it ended with, or nothing while it runs.
    public var exitCode: Int32? { process.withLock { $0.isRunning ? nil : $0.terminationStatus } }

    /// All it has said so far, on both of its outputs.
    public var output: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// Waits until `found` makes something of the output.
    public func wait<Found>(
        for what: String, within limit: Duration = .seconds(120), _ found: (String) -> Found?
    ) async throws -> Found {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            let running = isRunning
            if let answer = found(output) { return answer }
            if !running { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw Silent("\(name) gave no \(what) within \(limit). It said: \(output.suffix(2000))")
    }

    /// Ends it as a power cut would: it gets no word of it.
    public func cut() async {
        process.withLock { _ = kill(-$0.processIdentifier, SIGKILL) }
        while isRunning { try? await Task.sleep(for: .milliseconds(5)) }
    }

    /// Waits until it ends by itself.
    /// - Returns: the code it ended with.
    public func end() async throws -> Int32 {
        while isRunning { try await Task.sleep(for: .milliseconds(10)) }
        return exitCode ?? -1
    }

    /// Asks it to stop and waits; the log goes with it.
    public func stop(within limit: Duration = .seconds(10)) async {
        process.withLock { if $0.isRunning { $0.terminate() } }
        let end = ContinuousClock.now + limit
        while isRunning, ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(20)) }
        // `timeout` leads a group of its own: whatever the process had started goes with it.
        process.withLock { _ = kill(-$0.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: log)
    }
}
