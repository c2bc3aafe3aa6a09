import Access
import Federation
import Feeds
import Kernel
import Ledger

/// What became of bulk facts, for programs.
enum ImportReading {
    private static let counts: [(name: String, shape: APIShape)] = [
        ("read", .integer("Rows: accepted, duplicate and rejected together.")),
        ("accepted", .integer("Rows that count.")),
        ("duplicate", .integer("Rows that are here already.")),
        ("superseded", .integer("Rows of earlier files whose place these took.")),
        ("rejected", .integer("Rows that cannot be used.")),
    ]

    static let shape = APIShape.object([
        ("id", .integer("The number of the import.")), ("started", .text("When, ISO 8601 in UTC.")),
        ("finished", .optional(.text("When, ISO 8601 in UTC; null while it goes on."))), ("person", .text("Who.")),
        ("agency", .text("For whom.")),
        ("state", .choice("Where it stands.", ["running", "done", "failed", "interrupted"])),
        ("totals", .object(counts)),
        (
            "files",
            .list(
                .object(
                    [
                        ("path", .text("Its name.")), ("kind", .optional(.text("What it holds; null when unknown."))),
                        ("month", .text("Of when.")), ("force", .text("Of which force.")),
                        ("digest", .text("SHA-256 of its bytes.")), ("state", .text("What became of it.")),
                        ("notices", .list(.text("What a person should know."))),
                        ("error", .optional(.text("Why it was refused."))),
                    ] + counts))
        ),
    ])

    static let rejectShape = APIShape.object([
        ("path", .text("The file.")), ("line", .integer("The line in it.")),
        ("reason", .text("Why it cannot be used.")),
        ("row", .text("The row as it stood, at most 2,000 bytes of it.")),
    ])

    @Sendable static func list(_ visit: APIVisit) async throws -> Answer {
        let batches = try await visit.site.feeds.batches(
            before: try visit.number(), limit: visit.limit, as: visit.actor)
        let last = batches.count == visit.limit ? batches.last?.id : nil
        return try visit.page(batches.map(item), next: last.map { ["\($0)"] })
    }

    @Sendable static func show(_ visit: APIVisit) async throws -> Answer {
        try visit.json(item(try await batch(visit)))
    }

    /// Rows of the source leave the house: a disclosure.
    @Sendable static func rejects(_ visit: APIVisit) async throws -> Answer {
        let batch = try await batch(visit)
        let place = try visit.cursor(2).map { parts in
            guard let file = Int64(parts[0]), let line = Int(parts[1]) else { throw APIPaging.badCursor }
            return RejectedRow.Place(file: file, line: line)
        }
        _ = try await visit.site.ledger.permit(
            Consultation(kind: "feed.reject", .fact, .disclosure, about: "batch \(batch.id)"), as: visit.actor)
        let rows = try await visit.site.feeds.rejectedRows(
            .batch(batch.id), after: place, limit: visit.limit, as: visit.actor)
        let last = rows.count == visit.limit ? rows.last : nil
        return try visit.page(
            rows.map { row in
                .object([
                    "path": .text(row.path), "line": .whole(row.line), "reason": .text(row.reason),
                    "row": .text(row.raw),
                ])
            }, next: last.map { ["\($0.file)", "\($0.line)"] })
    }

    private static func batch(_ visit: APIVisit) async throws -> ImportBatch {
        guard let number = Int64(visit.call.parameter("batch")) else { throw Problem.absent }
        return try await visit.site.feeds.batch(number, as: visit.actor)
    }

    private static func item(_ batch: ImportBatch) -> StrictJSON {
        .object([
            "id": .number(Double(batch.id)), "started": .text(batch.started.description),
            "finished": .orNull(batch.finished?.description), "person": .text(batch.person),
            "agency": .text(batch.agency), "state": .text(batch.state.rawValue),
            "totals": .object(members(batch.totals)), "files": .list(batch.files.map(file)),
        ])
    }

    private static func file(_ file: ImportedFile) -> StrictJSON {
        let own: [String: StrictJSON] = [
            "path": .text(file.path), "kind": .orNull(file.kind?.rawValue), "month": .text(file.month),
            "force": .text(file.force), "digest": .text(file.digest), "state": .text(file.state.rawValue),
            "notices": .list(file.notices.map { .text($0) }), "error": .orNull(file.error),
        ]
        return .object(own.merging(members(file.counts)) { $1 })
    }

    private static func members(_ counts: ImportCounts) -> [String: StrictJSON] {
        [
            "read": .whole(counts.read), "accepted": .whole(counts.accepted), "duplicate": .whole(counts.duplicate),
            "superseded": .whole(counts.superseded), "rejected": .whole(counts.rejected),
        ]
    }
}
