import Foundation
import Synchronization
import Testing

/// The built command as another program meets it: arguments in; results, advice and a code out.
final class Command: Sendable {
    struct Ended: Sendable {
        let code: Int32
        let out: String
        let err: String
    }

    /// The command that was built beside these tests, or the one that `HOLDFAST_BINARY` names.
    static let binary: String? = {
        let named = ProcessInfo.processInfo.environment["HOLDFAST_BINARY"]
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let path = named ?? tests.deletingLastPathComponent().appending(path: "holdfast").path
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    static let missing: Comment =
        "The command is not built: run `swift build --product holdfast` first, or name it in HOLDFAST_BINARY."

    private let process: Mutex<Process>
    private let outFile: URL
    private let errFile: URL

    /// - Parameter seconds: it is ended after this time whatever happens to the test.
    init(
        _ arguments: [String], in directory: URL? = nil, environment: [String: String] = [:], seconds: Int = 300
    ) throws {
        let binary = try #require(Command.binary)
        let base = FileManager.default.temporaryDirectory.appending(path: "holdfast-said-\(UUID().uuidString)")
        (outFile, errFile) = (base.appendingPathExtension("out"), base.appendingPathExtension("err"))
        let child = Process()
        child.executableURL = URL(filePath: "/usr/bin/timeout")
        child.arguments = ["--kill-after=5", String(seconds), binary] + arguments
        child.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        child.currentDirectoryURL = directory
        child.standardInput = FileHandle.nullDevice
        child.standardOutput = try Command.opened(outFile)
        child.standardError = try Command.opened(errFile)
        try child.run()
        process = Mutex(child)
    }

    private static func opened(_ file: URL) throws -> FileHandle {
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        return try FileHandle(forWritingTo: file)
    }

    deinit {
        process.withLock { _ = kill(-$0.processIdentifier, SIGKILL) }
        for file in [outFile, errFile] { try? FileManager.default.removeItem(at: file) }
    }

    var isRunning: Bool { process.withLock { $0.isRunning } }
    var out: String { (try? String(contentsOf: outFile, encoding: .utf8)) ?? "" }
    var err: String { (try? String(contentsOf: errFile, encoding: .utf8)) ?? "" }

    /// Sends a signal to it and to all that it started; `SIGKILL` comes as a power cut does, without a word.
    func signal(_ number: Int32) {
        process.withLock { _ = kill(-$0.processIdentifier, number) }
    }

    /// Waits until it ends by itself.
    func end() async throws -> Ended {
        while isRunning { try await Task.sleep(for: .milliseconds(5)) }
        return Ended(code: process.withLock { $0.terminationStatus }, out: out, err: err)
    }

    /// Waits for whole lines on standard output.
    func lines(_ count: Int, within limit: Duration = .seconds(180)) async throws -> [String] {
        let end = ContinuousClock.now + limit
        while isRunning, ContinuousClock.now < end {
            if out.filter({ $0 == "\n" }).count >= count { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        let lines = out.split(separator: "\n").map(String.init)
        try #require(lines.count >= count, "said only: \(out) \(err)")
        return lines
    }

    /// Waits for words on standard error, or for its end.
    func says(_ words: String) async throws {
        while isRunning, !err.contains(words) { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// Runs it from start to end.
    static func run(
        _ arguments: String..., in directory: URL? = nil, environment: [String: String] = [:]
    ) async throws -> Ended {
        try await Command(arguments, in: directory, environment: environment).end()
    }
}

/// Any JSON. Tells a null from a name that is not there.
enum JSONValue: Decodable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    init(_ text: String) throws { self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) }

    subscript(_ name: String) -> JSONValue? {
        if case .object(let values) = self { return values[name] }
        return nil
    }

    var list: [JSONValue] {
        if case .list(let values) = self { return values }
        return []
    }

    var isTrue: Bool {
        if case .bool(true) = self { return true }
        return false
    }

    var names: Set<String> {
        if case .object(let values) = self { return Set(values.keys) }
        return []
    }

    var number: Double? {
        if case .number(let value) = self { return value }
        return nil
    }

    var text: String? {
        if case .text(let value) = self { return value }
        return nil
    }
}

/// A folder of one test: its data, and the files it writes.
final class Place: Sendable {
    let folder: URL

    init(_ folder: URL? = nil) throws {
        self.folder =
            folder ?? FileManager.default.temporaryDirectory.appending(path: "holdfast-command-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var data: String { folder.appending(path: "data").path }

    func write(_ text: String, to name: String) throws -> String {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: false, encoding: .utf8)
        return file.path
    }

    /// Runs a command on the data of this place.
    func run(_ arguments: [String]) async throws -> Command.Ended {
        try await Command(arguments + ["--data", data]).end()
    }

    /// Runs a command that must end well, and reads its JSON.
    func json(_ arguments: String...) async throws -> JSONValue {
        let ended = try await Command(arguments + ["--data", data, "--json"]).end()
        try #require(ended.code == 0, "\(arguments.joined(separator: " ")): \(ended.code) \(ended.err)")
        return try JSONValue(ended.out)
    }
}
