import Foundation
import Kernel
import TestKit
import Testing

/// The short form; `scripts/campaign-kill` is the long one.
@Suite("Bad days", .serialized, .enabled(if: Command.binary != nil, Command.missing))
struct BadDayTests {
    private static let rows = 8_000

    /// Work goes on through the door while the server is cut, again and again. What was acknowledged is the oracle.
    @Test(arguments: [UInt64(20_261), 20_262])
    func `a server cut while it saves and imports keeps all that it acknowledged`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let place = try Place()
        var (people, files): (Set<String>, [String: String]) = ([], [:])
        for cycle in 0..<4 {
            let month = "2024-0\(cycle + 1)"
            let file = try place.write(
                Invented.street(month, rows: Self.rows, series: cycle), to: "\(month)-northshire-street.csv")
            let server = try await RunningServer(place.data, isNew: cycle == 0)
            let importing = try Command(["import", "police-uk", file, "--data", place.data])
            let saving = Task { await Self.save(cycle, in: place) }
            try await Task.sleep(for: .milliseconds(Int.random(in: 50...1500, using: &random)))
            server.command.signal(SIGKILL)
            if try await importing.end().code == 0 { files[month] = file }
            people.formUnion(await saving.value)
            try await check(place, people, files)
        }
    }

    /// - Returns: the names whose saving was acknowledged.
    private static func save(_ cycle: Int, in place: Place) async -> Set<String> {
        var kept: Set<String> = []
        for number in 0..<40 {
            let name = "person-\(cycle)-\(number)"
            // Through the door only: a command alone would open the data after the cut.
            guard FileManager.default.fileExists(atPath: place.data + "/holdfast.sock"),
                let ended = try? await place.run(["user", "add", name, "--name", "Invented Person"]), ended.code == 0
            else { break }
            kept.insert(name)
        }
        return kept
    }

    private func check(_ place: Place, _ people: Set<String>, _ files: [String: String]) async throws {
        #expect(try await place.json("verify")["sound"] == .bool(true))
        let names = Set(try await place.json("user", "list").list.compactMap { $0["signInName"]?.text })
        #expect(people.subtracting(names).isEmpty, "acknowledged and lost")
        let points = try await place.json("measure", "show", "recorded-crime")["points"]?.list ?? []
        for point in points where point["value"] != .null {
            #expect(point["numerator"] == .number(Double(Self.rows)), "half there: \(point)")
        }
        let held = Set(points.filter { $0["value"] != .null }.compactMap { $0["period"]?.text })
        #expect(Set(files.keys).subtracting(held).isEmpty, "acknowledged and lost")
        for file in files.values {
            #expect(try await place.json("import", "police-uk", file)["totals"]?["accepted"] == .number(0))
        }
    }

    @Test
    func `an import that is interrupted says so and leaves nothing half there`() async throws {
        let place = try Place()
        let file = try place.write(Invented.street("2024-03", rows: 20_000), to: "2024-03-northshire-street.csv")
        let command = try Command(["import", "police-uk", file, "--data", place.data])
        try await command.says("Checking")
        command.signal(SIGINT)
        let ended = try await command.end()
        #expect(ended.code == 1 && ended.out.isEmpty)
        #expect(ended.err.contains("nothing is half there"))
        let measure = try await place.json("measure", "show", "recorded-crime")
        #expect(measure["points"]?.list.isEmpty == true)
        #expect(try await place.json("verify")["sound"] == .bool(true))
    }

    /// A disk of its own, so small that an import fills it.
    @Test(.enabled(if: TinyDisk.isPossible, TinyDisk.missing))
    func `a full disk refuses changes, goes on answering and recovers without a restart`() async throws {
        let disk = try TinyDisk(megabytes: 64)
        let place = try Place(disk.folder.appending(path: "place"))
        let server = try await RunningServer(place.data)
        let first = try Place()
        let small = try first.write(Invented.street("2024-01", rows: 500), to: "2024-01-northshire-street.csv")
        #expect(try await place.run(["import", "police-uk", small]).code == 0)
        let ballast = try disk.fill(leaving: 1 << 20)

        let big = try first.write(Invented.street("2024-02", rows: 12_000), to: "2024-02-northshire-street.csv")
        let refused = try await place.run(["import", "police-uk", big])
        #expect(refused.code == 1 && refused.err.contains("disk is full"), "\(refused)")
        let before = try await place.json("verify")
        #expect(before["sound"] == .bool(true))
        let measure = try await place.json("measure", "show", "recorded-crime")
        #expect(measure["points"]?.list.map { $0["numerator"] } == [.number(500)])
        #expect(try await server.get("/healthz").status == 200)
        #expect(try await server.get("/sign-in").status == 200)
        let after = try await place.json("verify")
        #expect(
            try #require(after["auditEntries"]?.number) > (before["auditEntries"]?.number ?? 0), "reading is audited")

        try FileManager.default.removeItem(at: ballast)
        let saved = try await place.run(["user", "add", "ola", "--name", "Ola Invented"])
        #expect(saved.code == 0, "\(saved.err)")
        let more = try first.write(
            Invented.street("2024-03", rows: 500, series: 3), to: "2024-03-northshire-street.csv")
        #expect(try await place.json("import", "police-uk", more)["totals"]?["accepted"] == .number(500))
        let again = try await place.json("import", "police-uk", big)["totals"]
        #expect(again?["accepted"] == .number(12_000), "what was refused loads when there is room")
        #expect(try await place.json("verify")["sound"] == .bool(true))
        #expect(try await server.stop().code == 0)
    }

    @Test(.enabled(if: TinyDisk.isPossible, TinyDisk.missing))
    func `on a full disk a command still reads, a server still starts, and room is all that they need`() async throws {
        let disk = try TinyDisk(megabytes: 64)
        let place = try Place(disk.folder.appending(path: "place"))
        #expect(try await RunningServer(place.data).stop().code == 0)
        let ballast = try disk.fill(leaving: 0)
        #expect(try await place.json("verify")["sound"] == .bool(true))

        let server = try await RunningServer(place.data, isNew: false)
        #expect(try await server.get("/sign-in").status == 200)
        let refused = try await place.run(["user", "add", "per", "--name", "Per Invented"])
        #expect(refused.code == 1 && refused.err.contains("disk is full"), "\(refused)")
        try FileManager.default.removeItem(at: ballast)
        let saved = try await place.run(["user", "add", "per", "--name", "Per Invented"])
        #expect(saved.code == 0, "\(saved.err)")
        let ended = try await server.stop()
        #expect(ended.code == 0 && ended.err.contains("disk is full"))
    }
}

/// A file system in memory, of a size that can be filled; gone with it.
final class TinyDisk: Sendable {
    static let missing: Comment = "Only root can mount the small disk that this test fills."
    static let isPossible = (try? TinyDisk(megabytes: 1)) != nil

    let folder: URL

    init(megabytes: Int) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "holdfast-disk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        do {
            try TinyDisk.run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", folder.path)
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }

    /// - Returns: the file that takes the space.
    func fill(leaving bytes: Int) throws -> URL {
        let free = try FileManager.default.attributesOfFileSystem(forPath: folder.path)[.systemFreeSize] as? Int ?? 0
        let file = folder.appending(path: "ballast")
        try Data(repeating: 0x78, count: max(0, free - bytes)).write(to: file)
        return file
    }

    deinit {
        // Lazily: a server that is being ended may still have a file open.
        try? TinyDisk.run("umount", "-l", folder.path)
        try? FileManager.default.removeItem(at: folder)
    }

    private struct Failed: Error {}

    private static func run(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw Failed() }
    }
}
