import Foundation
import Kernel
import Ledger
import TestKit
import Testing

@testable import Feeds

@Suite(.onEveryEngine) struct HostileFileTests {
    private func message(_ name: String, _ bytes: [UInt8], limits: ImportLimits = .standard) async throws -> String {
        let work = try await Workplace(limits: limits)
        let report = try await work.load(try work.file(name, bytes))
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_part") == 0)
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_street") == 0)
        try await work.remove()
        return report.files.first?.error ?? "accepted"
    }

    private let street = Rows.file(.street, (1...50).map { Rows.street(Rows.id($0)) })

    @Test func `wrong headings are named with what was expected`() async throws {
        let text = street.replacingOccurrences(of: "Crime type", with: "Kind")
        let said = try await message("2024-01-exshire-street.csv", Array(text.utf8))
        #expect(said.contains("column 10 should be “Crime type” and is “Kind”"))
    }

    @Test func `UTF-16 is named`() async throws {
        let bytes = [UInt8]([0xFF, 0xFE]) + street.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(try await message("2024-01-exshire-street.csv", bytes).contains("UTF-16"))
    }

    @Test func `a binary is no CSV`() async throws {
        let bytes: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0] + (0...255).map { UInt8($0) }
        #expect(try await message("2024-01-exshire-street.csv", bytes).contains("not a text file"))
    }

    @Test func `an empty file is named`() async throws {
        #expect(try await message("2024-01-exshire-street.csv", []).contains("empty"))
    }

    @Test func `a line of 200 KB is refused`() async throws {
        let bytes = Array(street.utf8) + [UInt8](repeating: 0x61, count: 200_000)
        #expect(try await message("2024-01-exshire-street.csv", bytes).contains("longer than 64 KiB"))
    }

    @Test func `a gzip file that is cut short leaves nothing`() async throws {
        let work = try await Workplace()
        let whole = try work.gzip(try work.file("2024-01-exshire-street.csv", street))
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: whole)))
        for keep in [bytes.count / 2, bytes.count - 4, 20] {
            let report = try await work.load(try work.file("cut/2024-01-exshire-street.csv.gz", bytes.prefix(keep)))
            #expect(report.files[0].error?.contains("cut short") ?? false, "\(keep): \(report.files[0])")
        }
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_street") == 0)
        try await work.remove()
    }

    @Test func `a gzip file whose bytes were changed is not believed`() async throws {
        let work = try await Workplace()
        let whole = try work.gzip(try work.file("2024-01-exshire-street.csv", street))
        var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: whole)))
        bytes[bytes.count - 6] ^= 0xFF
        let report = try await work.load(try work.file("bad/2024-01-exshire-street.csv.gz", bytes))
        #expect(report.files[0].error?.contains("damaged") ?? false)
        try await work.remove()
    }

    @Test func `a file that unpacks without end is refused early`() async throws {
        var limits = ImportLimits()
        limits.ratioFreeBytes = 1 << 20
        let work = try await Workplace(limits: limits)
        let row = Rows.street("", type: "Anti-social behaviour", outcome: "") + "\n"
        let bomb = FeedKind.street.header.joined(separator: ",") + "\n" + String(repeating: row, count: 60_000)
        let packed = try work.gzip(try work.file("2024-01-exshire-street.csv", bomb))
        let report = try await work.load(packed)
        #expect(report.files[0].error?.contains("more than 100 times its size") ?? false)
        try await work.remove()
    }

    @Test func `a file larger than the limit is refused`() async throws {
        var limits = ImportLimits()
        limits.fileBytes = 4096
        #expect(
            try await message("2024-01-exshire-street.csv", Array(street.utf8), limits: limits).contains("larger than"))
    }

    @Test func `a file packed twice is refused`() async throws {
        let work = try await Workplace()
        let once = try work.gzip(try work.file("2024-01-exshire-street.csv", street))
        let twice = try work.gzip(once)
        let report = try await work.load(twice)
        #expect(report.files[0].error?.contains("packed more than once") ?? false)
        try await work.remove()
    }

    @Test func `a zip gives its CSV files, names the rest and opens nothing inside them`() async throws {
        let work = try await Workplace()
        let zip = StoredZip.bytes([
            ("../../etc/2024-01-exshire-street.csv", Array(street.utf8)), ("readme.txt", [0x61]),
            ("inner.zip", StoredZip.bytes([("2024-02-exshire-street.csv", Array(street.utf8))])),
            ("2024-02/", []),
            (
                "2024-02/2024-02-exshire-outcomes.csv",
                Array(Rows.file(.outcomes, [Rows.outcome(Rows.id(1), month: "2024-02")]).utf8)
            ),
        ])
        let report = try await work.load(try work.file("site.zip", zip))
        #expect(report.files.map(\.accepted) == [50, 1])
        #expect(report.ignored.count == 2 && report.ignored.contains { $0.hasSuffix("site.zip/inner.zip") })
        #expect(report.files.allSatisfy { $0.error == nil })
        try await work.remove()
    }

    @Test func `a zip without crime files and a zip that is cut short are named`() async throws {
        #expect(
            try await message("a.zip", StoredZip.bytes([("a.docx", [1, 2, 3])])).contains("no CSV file in this zip"))
        let zip = StoredZip.bytes([("2024-01-exshire-street.csv", Array(street.utf8))])
        #expect(try await message("b.zip", Array(zip.prefix(zip.count / 2))) != "accepted")
    }

    @Test func `a zip of two thousand files loads`() async throws {
        let work = try await Workplace()
        let names = (0..<2000).map {
            "x/\(2009 + $0 / 150)-\(String(format: "%02d", $0 % 12 + 1))-f\($0 % 150)-street.csv"
        }
        let bytes = Array(Rows.file(.street, []).utf8)
        let work2 = try Discovery(
            [ImportInput(path: try work.file("many.zip", StoredZip.bytes(names.map { ($0, bytes) })))],
            limits: .standard)
        let finder = MemberFinder(limits: .standard)
        for file in work2.files {
            _ = try Survey.file(file, input: try finder.input(file), limits: .standard, seed: 1)
        }
        #expect(work2.files.count == 2000)
        try await work.remove()
    }

    @Test func `CRLF, a byte order mark, blank lines and quotes change nothing`() async throws {
        let work = try await Workplace()
        var rows = (1...10).map { Rows.street(Rows.id($0)) }
        rows.insert("", at: 3)
        rows.append(Rows.street(Rows.id(11), location: "\"On or near \"\"The Wynd\"\", North\""))
        let bytes = [UInt8]([0xEF, 0xBB, 0xBF]) + Array(Rows.file(.street, rows, ending: "\r\n").utf8)
        let report = try await work.load(try work.file("2024-01-exshire-street.csv", bytes))
        #expect(report.totals.accepted == 11 && report.totals.rejected == 0)
        let places = try await work.rows("SELECT word FROM feed_word WHERE kind = 1 ORDER BY word")
        #expect(places.map { $0.text(0) } == ["On or near \"The Wynd\", North", "On or near High Street"])
        try await work.remove()
    }

    @Test func `rows with zero bytes or broken text are rejected one by one`() async throws {
        let work = try await Workplace()
        var bytes = Array(street.utf8)
        bytes += Array(Rows.street(Rows.id(90), location: "On\0near").utf8) + [0x0A]
        bytes += Array(Rows.street(Rows.id(91), location: "X").utf8).map { $0 == 0x58 ? 0xFF : $0 } + [0x0A]
        let report = try await work.load(try work.file("long/2024-01-exshire-street.csv", bytes))
        // A zero byte within the first 8 KiB makes the whole file a binary; this one lies behind them.
        #expect(report.totals.accepted == 50 && report.totals.rejected == 2)
        try await work.remove()
    }
}
