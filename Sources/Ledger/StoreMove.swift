import Dispatch
public import Kernel
import Synchronization

/// Copies a whole store into an empty one, from engine to engine, and proves that both hold the same.
///
/// What is copied is one view of the source. Until the proof the target is marked as unfinished, and nobody opens it; a
/// move that was stopped begins again.
public struct StoreMove: Sendable {
    /// How far it has come.
    public struct Progress: Sendable {
        public let table: String
        public let rows: Int
    }

    /// One table on both sides.
    public struct Proof: Sendable, Equatable {
        public let source: TableDigest
        public let target: TableDigest

        public var isEqual: Bool { source == target }
    }

    /// Stands among the names of migrations while a move is under way, so that programs of any age refuse the store.
    private static let mark = "move-unfinished"
    private static let most = (rows: 2000, bytes: 4 << 20)

    private let source: Ledger
    private let target: Ledger
    private let rooms: [Migration]
    private var tables: [Table] { Ledger.tables(rooms) }

    public init(from source: Ledger, to target: Ledger, rooms: [Migration]) {
        (self.source, self.target, self.rooms) = (source, target, rooms)
    }

    /// Whether a move into this store was begun and not finished.
    public static func isUnfinished(_ ledger: Ledger) async throws -> Bool {
        try await ledger.engine.read { reading in
            try reading.row("SELECT 1 FROM migration WHERE name = $1", [.text(mark)]) != nil
        }
    }

    /// - Throws: `Problem.refused` when the target holds something, or the source is itself half moved.
    public func run(_ progress: @escaping @Sendable (Progress) -> Void = { _ in }) async throws -> [Proof] {
        try await target.migrate(rooms)
        guard try await !StoreMove.isUnfinished(source) else {
            throw Problem(
                .refused, "A move into the source was never finished, so it does not hold everything.",
                next: "Move from the place it was to come from.")
        }
        try await clear()
        let copied = try await copy(progress)
        let held = try await target.tableDigests(rooms)
        let proofs = zip(copied, held).map { Proof(source: $0, target: $1) }
        if proofs.allSatisfy(\.isEqual) { try await mark(false) }
        return proofs
    }

    /// Empties a target that an earlier try left half full, and refuses any other that is not empty.
    private func clear() async throws {
        let isBegun = try await StoreMove.isUnfinished(target)
        for table in tables {
            let isEmpty = try await target.engine.read { try $0.row("SELECT 1 FROM \(table.name) LIMIT 1") == nil }
            guard !isEmpty else { continue }
            guard isBegun else {
                throw Problem(
                    .refused, "The place to move to already holds data, and nothing is ever written over it.",
                    next: "Name an empty folder or an empty database.")
            }
            try await target.engine.write(.change) { _ = try $0.run("DELETE FROM \(table.name)") }
        }
        try await mark(true)
    }

    private func mark(_ isUnfinished: Bool) async throws {
        let sql =
            isUnfinished
            ? "INSERT INTO migration (name) VALUES ($1) ON CONFLICT (name) DO NOTHING"
            : "DELETE FROM migration WHERE name = $1"
        try await target.engine.write(.change) { _ = try $0.run(sql, [.text(StoreMove.mark)]) }
    }

    private func copy(_ progress: @escaping @Sendable (Progress) -> Void) async throws -> [TableDigest] {
        let (tables, target) = (tables, target)
        return try await source.engine.read { reading in
            try tables.map { table in
                var (hash, rows, bytes, told) = (TableHash(), [Row](), 0, 0)
                func flush() throws {
                    guard !rows.isEmpty else { return }
                    try StoreMove.put(rows, table, target)
                    (rows, bytes) = ([], 0)
                    guard hash.rows - told >= 100_000 else { return }
                    told = hash.rows
                    progress(Progress(table: table.name, rows: told))
                }
                try reading.each(table.selection, []) { cursor in
                    let row = cursor.row()
                    hash.add(row)
                    rows.append(row)
                    bytes += StoreMove.size(row)
                    if rows.count >= StoreMove.most.rows || bytes >= StoreMove.most.bytes { try flush() }
                    return true
                }
                try flush()
                progress(Progress(table: table.name, rows: hash.rows))
                return hash.digest(of: table.name)
            }
        }
    }

    private static func size(_ row: Row) -> Int {
        row.values.reduce(0) { sum, value in
            switch value {
            case .text(let text): sum + text.utf8.count
            case .blob(let bytes): sum + bytes.count
            default: sum + 8
            }
        }
    }

    /// Waits on the reader's own thread, so that no more is read than is written.
    private static func put(_ rows: [Row], _ table: Table, _ target: Ledger) throws {
        let (outcome, done) = (Outcome(), DispatchSemaphore(value: 0))
        Task {
            do {
                try await target.engine.write(.change) { try fill(rows, table, $0) }
                outcome.keep(.success(()))
            } catch {
                outcome.keep(.failure(error))
            }
            done.signal()
        }
        done.wait()
        try outcome.get()
    }

    private static func fill(_ rows: [Row], _ table: Table, _ writing: any Writing) throws {
        try writing.bulk(into: table.name, columns: table.columns.map(\.name), count: rows.count) { index, row in
            for value in rows[index].values {
                switch value {
                case .null: row.null()
                case .integer(let number): row.integer(number)
                case .real(let number): row.real(number)
                case .text(let text): row.text(text)
                case .blob(let bytes): bytes.withUnsafeBytes { row.blob($0) }
                }
            }
        }
    }
}

private final class Outcome: Sendable {
    private let kept = Mutex<Result<Void, any Error>>(.failure(StorageError.unavailable("not run")))

    func keep(_ result: Result<Void, any Error>) { kept.withLock { $0 = result } }

    func get() throws { try kept.withLock { $0 }.get() }
}
