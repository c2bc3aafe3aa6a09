import Foundation
import TestKit

/// The built command, serving the sample force from a folder that is gone afterwards.
struct RunningHoldfast: Sendable {
    let address: String
    /// The one-time link that signs the first person in.
    let signInLink: String
    private let process: BrowserProcess
    private let folder: URL

    /// The command that was built beside these tests, or the one that `HOLDFAST_BINARY` names.
    static var binary: String? {
        let named = ProcessInfo.processInfo.environment["HOLDFAST_BINARY"]
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let path = named ?? tests.deletingLastPathComponent().appending(path: "holdfast").path
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }

    /// - Parameters:
    ///   - sample: with the sample force; otherwise as a force starts for the first time.
    ///   - prepare: puts files beside the data.
    static func start(
        _ binary: String, sample: Bool = true, prepare: (_ folder: URL) throws -> [String] = { _ in [] }
    ) async throws -> RunningHoldfast {
        let folder = FileManager.default.temporaryDirectory.appending(path: "holdfast-pages-\(UUID().uuidString)")
        let data = folder.appending(path: "data").path
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if sample { try await makeSample(binary, data) }
        let more = try prepare(folder)
        let process = try BrowserProcess(binary, ["serve", "--port", "0", "--data", data] + more)
        do {
            let link = try await process.wait(for: "sign-in link") { firstLink(in: $0) }
            let origin = link.split(separator: "/").prefix(2).joined(separator: "//")
            return RunningHoldfast(address: origin, signInLink: link, process: process, folder: folder)
        } catch {
            await process.stop()
            throw error
        }
    }

    func stop() async {
        await process.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    private static func makeSample(_ binary: String, _ data: String) async throws {
        let sample = try BrowserProcess(binary, ["sample", "--data", data], seconds: 120)
        if try await sample.end() != 0 { throw BrowserProcess.Silent("no sample: \(sample.output)") }
        await sample.stop()
    }

    /// The first address with a path; the bare address is printed too.
    static func firstLink(in output: String) -> String? {
        output.split(whereSeparator: \.isWhitespace)
            .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: ".,()<>\"")) }
            .first { $0.hasPrefix("http://") && $0.split(separator: "/").count > 2 }
    }
}
