import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// `holdfast serve` on a free port, stopped when it goes.
final class RunningServer: Sendable {
    let command: Command
    let origin: String
    /// What it printed when it began to listen.
    let lines: [String]

    /// - Parameters:
    ///   - isNew: a new store prints the first sign-in link too.
    ///   - directory: where it starts, and keeps its keys when the data are on a cluster.
    init(_ data: String, isNew: Bool = true, in directory: URL? = nil, arguments: [String] = []) async throws {
        command = try Command(["serve", "--port", "0", "--data", data] + arguments, in: directory)
        lines = try await command.lines(isNew ? 2 : 1)
        origin = try #require(lines[0].split(separator: " ").last.map(String.init))
    }

    deinit { command.signal(SIGKILL) }

    func get(_ path: String) async throws -> (status: Int, body: String) {
        let url = try #require(URL(string: origin + path))
        let session = URLSession(configuration: .ephemeral)
        defer { session.invalidateAndCancel() }
        let (data, response) = try await session.data(from: url)
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
    }

    /// Asks it to stop, as an operator does.
    func stop() async throws -> Command.Ended {
        command.signal(SIGTERM)
        return try await command.end()
    }
}
