import Access
import Foundation
import Kernel
import Ledger

/// Statements about batches and their files.
enum BatchRows {
    static func start(_ actor: Actor, at now: Moment, _ writing: any Writing) throws -> Int64 {
        let id = (try writing.integer("SELECT MAX(id) FROM feed_batch") ?? 0) + 1
        try writing.run(
            "INSERT INTO feed_batch (id, started, person, agency, state) VALUES ($1, $2, $3, $4, 'running')",
            [.integer(id), .integer(now.milliseconds), .text(actor.user), .text(actor.agency)])
        return id
    }

    static func finish(
        _ batch: Int64, _ state: String, _ report: ImportReport, at now: Moment, _ writing: any Writing
    ) throws {
        let text = String(decoding: try JSONEncoder().encode(report), as: UTF8.self)
        try writing.run(
            "UPDATE feed_batch SET state = $2, finished = $3, report = $4 WHERE id = $1",
            [.integer(batch), .text(state), .integer(now.milliseconds), .text(text)])
    }

    static func addFile(
        _ file: SurveyedFile, batch: Int64, named: String, _ writing: any Writing
    ) throws -> Int64 {
        let id = (try writing.integer("SELECT MAX(id) FROM feed_file") ?? 0) + 1
        try writing.run(
            """
            INSERT INTO feed_file (id, batch, path, kind, named, months, force, digest, bytes, state, rows_read,
                accepted, duplicate, superseded, rejected, repeats, notices, error)
            VALUES ($1, $2, $3, $4, $5, '', '', $6, $7, 'loading', 0, 0, 0, 0, 0, $8, '', '')
            """,
            [
                .integer(id), .integer(batch), .text(file.found.path), .text(file.kind.rawValue), .text(named),
                .text(file.digest), .integer(file.bytes), .integer(Int64(file.repeats.count)),
            ])
        return id
    }

    static func finishFile(
        _ file: Int64, _ state: String, _ report: ImportReport.File, _ writing: any Writing
    ) throws {
        let counts = [report.read, report.accepted, report.duplicate, report.superseded, report.rejected]
        try writing.run(
            """
            UPDATE feed_file SET state = $2, months = $3, force = $4, notices = $5, error = $6, rows_read = $7,
                accepted = $8, duplicate = $9, superseded = $10, rejected = $11 WHERE id = $1
            """,
            [
                .integer(file), .text(state), .text(report.month), .text(report.force),
                .text(report.notices.joined(separator: "\n")), .text(report.error ?? ""),
            ] + counts.map { .integer(Int64($0)) })
    }

    /// Marks what a stop left running.
    /// - Returns: the files that were being loaded.
    static func interrupt(_ permit: Permit, at now: Moment) async throws -> [String] {
        try await permit.write { writing in
            let files = try writing.rows("SELECT id, path FROM feed_file WHERE state = 'loading'")
            for file in files {
                try Clearance.abandon(file: file.integer(0), writing)
                try writing.run(
                    "UPDATE feed_file SET state = 'interrupted', error = $2 WHERE id = $1",
                    [
                        .integer(file.integer(0)),
                        .text("The program stopped while this was loaded. Nothing of it was kept; load it again."),
                    ])
            }
            try writing.run("UPDATE feed_part SET state = 'abandoned' WHERE state = 'loading'")
            try writing.run(
                "UPDATE feed_batch SET state = 'interrupted', finished = $1 WHERE state = 'running'",
                [.integer(now.milliseconds)])
            return files.map { $0.text(1) }
        }
    }
}
