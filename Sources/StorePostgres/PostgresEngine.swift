import Dispatch
public import Ledger

/// The engine for several nodes: one PostgreSQL cluster, spoken to through libpq. Reads and writes go to the primary;
/// readers have a connection each, and the nodes' writers take turns.
public final class PostgresEngine: Engine {
    private let readers: PostgresReaders
    private let writer: PostgresWriter
    let address: PostgresAddress
    let limits: PostgresLimits

    /// Connects when it is first used, and again whenever the database was away.
    public init(_ address: PostgresAddress, readers: Int = 4, limits: PostgresLimits = PostgresLimits()) {
        (self.address, self.limits) = (address, limits)
        self.readers = PostgresReaders(address, limits, readers: readers)
        writer = PostgresWriter(address, limits)
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Reading) throws -> Result
    ) async throws -> Result {
        try await readers.read(body)
    }

    /// `urgency` makes no difference: there is no reserve here, and a full disk refuses both.
    public func write<Result: Sendable>(
        _ urgency: Urgency, _ body: @escaping @Sendable (any Writing) throws -> Result
    ) async throws -> Result {
        try await writer.write(body)
    }

    /// Whether a store was made in this database before.
    public func holdsData() async throws -> Bool {
        try await read { try $0.row("SELECT 1 WHERE to_regclass('migration') IS NOT NULL") != nil }
    }

    public func migrate(_ migrations: [Migration]) async throws {
        try await writer.prepare()
        try await write(.change) { writing in
            _ = try writing.run("CREATE TABLE IF NOT EXISTS migration (name TEXT COLLATE \"C\" NOT NULL PRIMARY KEY)")
        }
        for migration in migrations {
            try await write(.change) { writing in
                let known = try writing.integer(
                    "SELECT COUNT(*) FROM migration WHERE name = $1", [.text(migration.name)])
                guard known == 0 else { return }
                for step in migration.steps { try writing.run(PostgresSchema.statement(step)) }
                try writing.run("INSERT INTO migration (name) VALUES ($1)", [.text(migration.name)])
            }
        }
    }

    /// Each index against its table where the extension `amcheck` is installed; otherwise what the catalogue says of
    /// them.
    public func integrityProblems() async throws -> [String] {
        let (indexes, hasChecker) = try await read { reading in
            (
                try reading.rows(
                    """
                    SELECT c.oid::bigint, c.relname::text, i.indisvalid FROM pg_index i
                    JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = current_schema() ORDER BY 2
                    """),
                try reading.row("SELECT 1 FROM pg_extension WHERE extname = 'amcheck'") != nil
            )
        }
        var problems = indexes.filter { $0.integer(2) == 0 }.map { "The index \($0.text(1)) is not valid." }
        for index in indexes where hasChecker && index.integer(2) == 1 {
            do {
                let check = [Value.integer(index.integer(0))]
                _ = try await read { try $0.rows("SELECT bt_index_check($1::oid::regclass, true)::text", check) }
            } catch StorageError.statement(let reason) {
                problems.append("The index \(index.text(1)) is not sound: \(reason).")
            } catch StorageError.notADatabase(let reason) {
                problems.append("The index \(index.text(1)) is not sound: \(reason).")
            }
        }
        return problems
    }

    public func hold(_ work: String) async throws -> (any Hold)? {
        try await PostgresHold.take(work, address, limits)
    }

    public func close() async throws {
        await writer.close()
        await readers.close()
    }
}
