public import Access
import Foundation
import Kernel
import Ledger

/// A row that was not used, with why.
public struct RejectedRow: Sendable, Equatable {
    public let file: Int64
    public let path: String
    public let line: Int
    public let reason: String
    /// The row as it stood, at most 2000 bytes of it.
    public let raw: String

    public var place: Place { Place(file: file, line: line) }

    /// Where it stands among the others.
    public struct Place: Sendable, Equatable {
        public let file: Int64
        public let line: Int

        public init(file: Int64, line: Int) { (self.file, self.line) = (file, line) }
    }
}

/// Which rejected rows are meant.
public enum RejectScope: Sendable, Hashable {
    case batch(Int64)
    case file(Int64)

    fileprivate var condition: String {
        switch self {
        case .batch: "f.batch = $1"
        case .file: "f.id = $1"
        }
    }

    fileprivate var number: Int64 {
        switch self {
        case .batch(let number), .file(let number): number
        }
    }
}

extension FeedStore {
    /// Rejected rows in order of file and line, a page at a time.
    public func rejectedRows(
        _ scope: RejectScope, after: RejectedRow.Place? = nil, limit: Int = 1000, as actor: Actor
    ) async throws -> [RejectedRow] {
        let consultation = Consultation(kind: "feed.reject", .fact, .consultation, about: "\(scope)")
        let position: [Value] = [
            .integer(scope.number), .integer(after?.file ?? 0), .integer(Int64(after?.line ?? -1)),
            .integer(Int64(min(max(limit, 1), 10_000))),
        ]
        return try await ledger.consult(consultation, as: actor) { reading in
            try reading.rows(
                """
                SELECT r.file, f.path, r.line, r.reason, r.raw FROM feed_file f JOIN feed_reject r ON r.file = f.id
                WHERE \(scope.condition) AND (r.file > $2 OR (r.file = $2 AND r.line > $3))
                ORDER BY r.file, r.line LIMIT $4
                """, position
            ).map {
                RejectedRow(
                    file: $0.integer(0), path: $0.text(1), line: Int($0.integer(2)), reason: $0.text(3), raw: $0.text(4)
                )
            }
        }
    }

    /// The rejected rows as CSV: file, line, reason, then the values of the row as they stood. `write` receives pieces
    /// of some hundred kilobytes; the first holds the heading.
    public func rejectsCSV(
        _ scope: RejectScope, as actor: Actor, write: (String) async throws -> Void
    ) async throws {
        let header = try await rejectHeader(scope, as: actor)
        try await write(CSVWriter.line(["File", "Line", "Reason"] + header))
        var last: RejectedRow.Place?
        repeat {
            let rows = try await rejectedRows(scope, after: last, as: actor)
            last = rows.last?.place
            guard !rows.isEmpty else { return }
            try await write(rows.map(FeedStore.csvLine).joined())
        } while last != nil
    }

    private func rejectHeader(_ scope: RejectScope, as actor: Actor) async throws -> [String] {
        let consultation = Consultation(kind: "feed.reject", .fact, .consultation, about: "\(scope)")
        let kinds = try await ledger.consult(consultation, as: actor) { reading in
            try reading.rows(
                "SELECT DISTINCT f.kind FROM feed_file f WHERE \(scope.condition) AND f.rejected > 0",
                [.integer(scope.number)]
            ).map { $0.text(0) }
        }
        guard kinds.count == 1, let kind = FeedKind(rawValue: kinds[0]) else { return ["Row"] }
        return kind.header
    }

    private static func csvLine(_ row: RejectedRow) -> String {
        CSVWriter.line([row.path, String(row.line), row.reason] + values(row.raw))
    }

    private static func values(_ raw: String) -> [String] {
        var bytes = Array(raw.utf8)[...]
        let scanner = CSVScanner(lineLimit: max(bytes.count + 1, 64)) { buffer in
            let some = bytes.prefix(buffer.count)
            buffer.copyBytes(from: some)
            bytes = bytes.dropFirst(some.count)
            return some.count
        }
        guard let isRead = try? scanner.next(), isRead, scanner.flaw == nil,
            scanner.fieldCount <= CSVScanner.maximumFields
        else { return [raw] }
        return (0..<scanner.fieldCount).map(scanner.text)
    }
}
