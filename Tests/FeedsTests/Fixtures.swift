import Access
import Foundation
import Kernel
import Ledger
import TestKit

@testable import Feeds

/// A folder with a store and files in it, gone after the test.
struct Workplace {
    let store: TemporaryStore
    let feeds: FeedStore
    let folder: URL
    let analyst = TestActor.police([.analyst, .privacyOfficer])

    init(limits: ImportLimits = .standard) async throws {
        store = try await TemporaryStore(FeedsSchema.migrations)
        feeds = FeedStore(ledger: store.ledger, limits: limits)
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("feeds-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func remove() async throws {
        try FileManager.default.removeItem(at: folder)
        try await store.remove()
    }

    /// Writes a file and answers its path.
    func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        let url = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        return url.path
    }

    func file(_ name: String, _ text: String) throws -> String { try file(name, text.utf8) }

    func gzip(_ path: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-kf", path]
        try process.run()
        process.waitUntilExit()
        return path + ".gz"
    }

    func load(_ paths: String..., options: ImportOptions = ImportOptions()) async throws -> ImportReport {
        try await feeds.importFiles(paths.map { ImportInput(path: $0) }, as: analyst, options: options)
    }

    func integer(_ sql: String, _ values: [Value] = []) async throws -> Int {
        try await store.ledger.glance { Int(try $0.integer(sql, values) ?? 0) }
    }

    func rows(_ sql: String, _ values: [Value] = []) async throws -> [Row] {
        try await store.ledger.glance { try $0.rows(sql, values) }
    }

    /// Rows that count, by part.
    func currentRows(_ kind: FeedKind) async throws -> Int {
        try await integer(
            "SELECT COALESCE(SUM(accepted), 0) FROM feed_part WHERE kind = $1 AND state = 'current'",
            [.text(kind.rawValue)])
    }

    /// The sum of the counted groups that count.
    func currentCells(_ kind: FeedKind) async throws -> Int {
        try await integer(
            """
            SELECT COALESCE(SUM(c.n), 0) FROM feed_part p JOIN \(kind.cellTable) c ON c.cells = p.cells
            WHERE p.kind = $1 AND p.state = 'current'
            """, [.text(kind.rawValue)])
    }
}

/// Makes rows of the three files.
enum Rows {
    static func id(_ number: Int) -> String {
        var generator = SeededGenerator(seed: UInt64(number))
        return (0..<4).map { _ in
            let text = String(generator.next(), radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }

    static func street(
        _ id: String, month: String = "2024-01", type: String = "Drugs", outcome: String = "Under investigation",
        force: String = "Exshire Police", lon: String = "-1.212283", lat: String = "54.506084",
        location: String = "On or near High Street", lsoa: String = "E01011949,Hartlepool 009A"
    ) -> String {
        "\(id),\(month),\(force),\(force),\(lon),\(lat),\(location),\(lsoa),\(type),\(outcome),"
    }

    static func outcome(_ id: String, month: String = "2024-01", type: String = "Local resolution") -> String {
        "\(id),\(month),Exshire Police,Exshire Police,-1.2,54.5,On or near A,E01011949,Hartlepool 009A,\(type)"
    }

    static func stop(_ date: String, object: String = "Controlled drugs", gender: String = "Male") -> String {
        "Person search,\(date),,,54.577350,-1.234332,\(gender),18-24,,White,Misuse of Drugs Act 1971 (section 23),"
            + "\(object),Arrest,True,"
    }

    static func file(_ kind: FeedKind, _ rows: [String], ending: String = "\n") -> String {
        ([kind.header.joined(separator: ",")] + rows).map { $0 + ending }.joined()
    }
}

/// A zip of stored members (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16).
enum StoredZip {
    static func bytes(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var (body, directory): ([UInt8], [UInt8]) = ([], [])
        for member in members {
            let offset = UInt32(body.count)
            let size = little(UInt32(member.bytes.count))
            let sums = little(checksum(member.bytes)) + size + size
            let name = Array(member.name.utf8)
            let common = little16(20) + little16(0) + little16(0) + little16(0) + little16(0x21) + sums
            let lengths = little16(UInt16(name.count)) + little16(0)
            body += [0x50, 0x4B, 3, 4] + common + lengths + name + member.bytes
            directory += [0x50, 0x4B, 1, 2] + little16(20) + common + lengths
            directory += little16(0) + little16(0) + little16(0) + little(0) + little(offset) + name
        }
        let count = little16(UInt16(members.count))
        let end = [0x50, 0x4B, 5, 6] + little16(0) + little16(0) + count + count
        return body + directory + end + little(UInt32(directory.count)) + little(UInt32(body.count)) + little16(0)
    }

    private static func little(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private static func little16(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}

extension ImportReport.File {
    /// Read, accepted, duplicate, superseded, rejected.
    var tally: [Int] { [read, accepted, duplicate, superseded, rejected] }
}
