public import Access
import Foundation
public import Kernel
import Ledger

/// One import: who loaded what, when, and what became of it.
public struct ImportBatch: Sendable, Equatable {
    public enum State: String, Sendable {
        case running, done, failed, interrupted
    }

    public let id: Int64
    public let started: Moment
    public let finished: Moment?
    public let person: String
    public let agency: String
    public let state: State
    public let files: [ImportedFile]

    public var totals: ImportCounts { files.reduce(ImportCounts()) { $0 + $1.counts } }
}

/// What is kept of a file: where it came from, its digest, its counts.
public struct ImportedFile: Sendable, Equatable {
    public enum State: String, Sendable {
        case loading, loaded, unchanged, refused, interrupted
    }

    public let id: Int64
    public let path: String
    public let kind: FeedKind?
    public let month: String
    public let force: String
    /// SHA-256 of the unpacked bytes, in hexadecimal.
    public let digest: String
    public let bytes: Int64
    public let state: State
    public let counts: ImportCounts
    public let exactRepeats: Int
    public let notices: [String]
    public let error: String?
}

extension FeedStore {
    /// Imports, the newest first.
    /// - Parameter before: Only those before this one, for the next page.
    public func batches(before: Int64? = nil, limit: Int = 20, as actor: Actor) async throws -> [ImportBatch] {
        let consultation = Consultation(kind: "feed.batch", .fact, .consultation, about: "list")
        let limit = min(max(limit, 1), 200)
        return try await ledger.consult(consultation, as: actor) { reading in
            try reading.rows(
                """
                SELECT id, started, finished, person, agency, state, report FROM feed_batch
                WHERE id < $1 ORDER BY id DESC LIMIT $2
                """, [.integer(before ?? .max), .integer(Int64(limit))]
            ).map { try FeedStore.batch($0, reading) }
        }
    }

    /// - Throws: `Problem.absent` when there is none.
    public func batch(_ id: Int64, as actor: Actor) async throws -> ImportBatch {
        let consultation = Consultation(kind: "feed.batch", .fact, .consultation, about: "batch \(id)")
        let found = try await ledger.consult(consultation, as: actor) { reading in
            try reading.row(
                "SELECT id, started, finished, person, agency, state, report FROM feed_batch WHERE id = $1",
                [.integer(id)]
            ).map { try FeedStore.batch($0, reading) }
        }
        guard let found else { throw Problem.absent }
        return found
    }

    private static func batch(_ row: Row, _ reading: any Reading) throws -> ImportBatch {
        let files = try reading.rows(
            """
            SELECT id, path, kind, months, force, digest, bytes, state, rows_read, accepted, duplicate, superseded,
                rejected, repeats, notices, error
            FROM feed_file WHERE batch = $1 ORDER BY id
            """, [.integer(row.integer(0))])
        return ImportBatch(
            id: row.integer(0), started: row.moment(1), finished: row.optionalMoment(2), person: row.text(3),
            agency: row.text(4), state: ImportBatch.State(rawValue: row.text(5)) ?? .running,
            files: files.map(file) + refusedUnread(row.text(6)))
    }

    /// Files that were refused before anything of them was kept stand in the report alone.
    private static func refusedUnread(_ report: String) -> [ImportedFile] {
        guard let report = try? JSONDecoder().decode(ImportReport.self, from: Data(report.utf8)) else { return [] }
        return report.files.filter { $0.error != nil && $0.file == nil }.map { file in
            ImportedFile(
                id: 0, path: file.path, kind: FeedKind(rawValue: file.kind), month: file.month, force: file.force,
                digest: "", bytes: 0, state: .refused, counts: file.counts, exactRepeats: file.exactRepeats,
                notices: file.notices, error: file.error)
        }
    }

    private static func file(_ row: Row) -> ImportedFile {
        var counts = ImportCounts()
        (counts.read, counts.accepted) = (Int(row.integer(8)), Int(row.integer(9)))
        (counts.duplicate, counts.superseded) = (Int(row.integer(10)), Int(row.integer(11)))
        counts.rejected = Int(row.integer(12))
        return ImportedFile(
            id: row.integer(0), path: row.text(1), kind: FeedKind(rawValue: row.text(2)), month: row.text(3),
            force: row.text(4), digest: row.text(5), bytes: row.integer(6),
            state: ImportedFile.State(rawValue: row.text(7)) ?? .loading, counts: counts,
            exactRepeats: Int(row.integer(13)), notices: row.text(14).split(separator: "\n").map(String.init),
            error: row.text(15).isEmpty ? nil : row.text(15))
    }
}
