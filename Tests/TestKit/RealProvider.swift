public import Foundation

/// A provider as forces have one, in a process of its own: `scripts/oidc_provider.py`, which is pyop.
public struct RealProvider: Sendable {
    public let issuer: String
    private let process: BrowserProcess

    public static let missing =
        "These tests need pyop, which scripts/setup test installs; it is not here, so they are left out."

    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The Python that has pyop; nil when none has.
    public static let python: String? = {
        let path = root.appending(path: ".build/tools/venv/bin/python3").path
        guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
        let asked = Process()
        asked.executableURL = URL(filePath: path)
        asked.arguments = ["-c", "import pyop.provider, Cryptodome"]
        asked.standardError = FileHandle.nullDevice
        guard (try? asked.run()) != nil else { return nil }
        asked.waitUntilExit()
        return asked.terminationStatus == 0 ? path : nil
    }()

    public static func start() async throws -> RealProvider {
        guard let python else { throw BrowserProcess.Silent(missing) }
        let process = try BrowserProcess(python, [root.appending(path: "scripts/oidc_provider.py").path], seconds: 300)
        do {
            let issuer = try await process.wait(for: "issuer") { said in
                said.split(separator: "\n").first { $0.hasPrefix("http://127.0.0.1:") }.map(String.init)
            }
            return RealProvider(issuer: issuer, process: process)
        } catch {
            await process.stop()
            throw error
        }
    }

    public func stop() async { await process.stop() }

    /// The configuration of a force that signs in here; writes the secret beside it.
    public func configuration(in folder: URL, secret: String = "an-invented-secret") throws -> String {
        try secret.write(to: folder.appending(path: "openid.secret"), atomically: true, encoding: .utf8)
        let text = """
            providers:
              - id: northshire
                name: Northshire Police
                issuer: \(issuer)
                client-id: holdfast
                client-secret-file: openid.secret
                agency: police
                required-amr: [mfa]
                groups:
                  - {group: /holdfast/analysts, from: 2020-01-01, roles: [analyst]}
            """
        let file = folder.appending(path: "openid.yaml")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    /// Changes something while it runs; see the script.
    public func control(_ what: String, _ fields: String...) async throws {
        _ = try await CurlReply.asking(
            issuer + "/control/\(what)", ["--data", ""] + fields.flatMap { ["--data", $0] })
    }
}

/// One answer, by the curl of the system: it follows nothing and keeps cookies in a file, as a test can watch.
public struct CurlReply: Sendable {
    public let status: Int
    public let location: String?
    public let text: String

    public static func asking(_ address: String, _ arguments: [String] = []) async throws -> CurlReply {
        let curl = try BrowserProcess(
            "/usr/bin/curl", ["--silent", "--show-error", "--include", "--max-time", "20"] + arguments + [address],
            seconds: 30)
        let code = try await curl.end()
        let said = curl.output
        await curl.stop()
        guard code == 0 else { throw BrowserProcess.Silent("curl ended with \(code): \(said)") }
        let lines = said.split(separator: "\r\n", omittingEmptySubsequences: false)
        let location = lines.first { $0.lowercased().hasPrefix("location: ") }.map { String($0.dropFirst(10)) }
        return CurlReply(
            status: lines.first.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) } ?? 0,
            location: location, text: said)
    }
}
