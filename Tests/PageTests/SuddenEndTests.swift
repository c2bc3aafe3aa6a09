import Foundation
import TestKit
import Testing

/// What a force fears most of a machine: that it stops in the middle of something.
@Suite("A sudden end", .serialized, .enabled(if: RunningHoldfast.binary != nil, ServerScope.missing))
struct SuddenEndTests {
    private struct Imported: Decodable {
        struct Totals: Decodable { let read: Int, accepted: Int, duplicate: Int }
        let totals: Totals
    }

    private struct Verified: Decodable { let sound: Bool }

    private static let rows = 60_000
    private let folder: URL
    private let data: String
    private let file: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "holdfast-end-\(UUID().uuidString)")
        data = folder.appending(path: "data").path
        file = folder.appending(path: "2024-03-invented-street.csv")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.street().write(to: file, atomically: true, encoding: .utf8)
    }

    /// Wherever the cut falls, the next command finds all of the file or none of it, and takes it whole.
    @Test(arguments: [0.02, 0.1, 0.25, 0.5, 0.8, 1.3])
    func `in the middle of an import leaves nothing half there`(seconds: Double) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let cut = try start("import", "police-uk", file.path)
        try await Task.sleep(for: .seconds(seconds))
        await cut.cut()
        // A cut before the data exists leaves nothing to verify.
        if FileManager.default.fileExists(atPath: data + "/holdfast.sqlite") {
            #expect(try await json(Verified.self, "verify").sound)
        }
        let again = try await json(Imported.self, "import", "police-uk", file.path).totals
        #expect(again.read == Self.rows)
        #expect(again.accepted == Self.rows || again.duplicate == Self.rows, "half there: \(again)")
        let third = try await json(Imported.self, "import", "police-uk", file.path).totals
        #expect(third.accepted == 0, "a third time takes nothing")
    }

    private func start(_ arguments: String...) throws -> BrowserProcess {
        try process(arguments)
    }

    private func process(_ arguments: [String]) throws -> BrowserProcess {
        let binary = try #require(RunningHoldfast.binary)
        return try BrowserProcess(binary, arguments + ["--data", data, "--json"], seconds: 120)
    }

    /// Runs a command to its end and reads the last thing it said.
    private func json<Answer: Decodable>(_ type: Answer.Type, _ arguments: String...) async throws -> Answer {
        let command = try process(arguments)
        let code = try await command.end()
        let said = command.output
        await command.stop()
        try #require(code == 0, "\(arguments.joined(separator: " ")) ended with \(code): \(said.suffix(500))")
        let start = try #require(said.firstIndex(of: "{"), "no JSON in: \(said)")
        return try JSONDecoder().decode(Answer.self, from: Data(said[start...].utf8))
    }

    private static func street() -> String {
        var text = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
        text += "Last outcome category,Context\n"
        for row in 0..<rows {
            // Identifiers of the source are digests: they differ from their first digit on.
            let spread = String(UInt64(row + 1) &* 0x9E37_79B9_7F4A_7C15, radix: 16)
            let id = String(repeating: "0", count: 16 - spread.count) + spread + String(repeating: "a", count: 48)
            text +=
                "\(id),2024-03,Invented Police,Invented Police,-1.2\(row % 10),54.5\(row % 7),On or near Invented Street,"
            text += "E0101195\(row % 10),Invented 001A,Burglary,Under investigation,\n"
        }
        return text
    }
}
