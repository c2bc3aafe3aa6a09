public import Foundation
import GRDB
public import Ledger

import struct Ledger.Column
import struct Ledger.Table

/// The embedded engine. WAL, `synchronous=FULL`; one writer whose commits are grouped; readers on read-only
/// connections, which by construction can neither write nor checkpoint; one process, by lock. The lock matters: stock
/// SQLite before 3.51.3 can lose committed rows when two processes reset the WAL at once.
public final class SQLiteEngine: Engine {
    let main: DatabaseQueue
    let path: String
    private let crew: ReaderCrew
    private let writer: GroupCommitWriter
    private let lock: ProcessLock
    private let works = HeldWorks()

    /// Opens or creates `holdfast.sqlite` in `folder`.
    /// - Throws: `StorageError.locked` when another process has it, `.notADatabase` when the file is something else.
    public init(folder: URL, readers: Int = 2, reserveBytes: Int = 8 << 20) throws {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        lock = try ProcessLock(folder.appendingPathComponent("holdfast.lock"))
        let path = SQLiteEngine.file(in: folder).path
        self.path = path
        let reserve = DiskReserve(folder.appendingPathComponent("reserve"), bytes: reserveBytes)
        main = try SQLiteEngine.open(path, reserve)
        let generation = Generation()
        crew = ReaderCrew(usual: readers) {
            try ReadingConnection(path: path, SQLiteEngine.readingConfiguration, generation)
        }
        writer = GroupCommitWriter(main, reserve: reserve, generation)
    }

    /// The shared memory of the log needs a little room: on a full disk the reserve gives it.
    private static func open(_ path: String, _ reserve: DiskReserve) throws -> DatabaseQueue {
        do {
            return try open(path)
        } catch  where reserve.isNeeded {
            reserve.release()
            return try open(path)
        }
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        do {
            let main = try DatabaseQueue(path: path, configuration: configuration)
            // After it is open: GRDB sets NORMAL while it opens, and then a power cut takes back what was acknowledged.
            try main.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return main
        } catch let error as DatabaseError {
            throw SQLiteFault.storageError(error.resultCode.rawValue, error.message ?? "")
        }
    }

    /// Whether a store was made in `folder` before.
    public static func holdsData(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: file(in: folder).path)
    }

    public static func file(in folder: URL) -> URL { folder.appendingPathComponent("holdfast.sqlite") }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA cache_size = -16000")
            try database.execute(sql: "PRAGMA temp_store = FILE")
            guard !database.configuration.readonly else { return }
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 2000")
        }
        return configuration
    }

    /// A connection of its own for long work, so that no reader is away for it.
    func separateReader() throws -> DatabaseQueue {
        try DatabaseQueue(path: path, configuration: SQLiteEngine.readingConfiguration)
    }

    private static var readingConfiguration: Configuration {
        var configuration = configuration
        configuration.readonly = true
        return configuration
    }

    public var executor: (any TaskExecutor)? { crew }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Reading) throws -> Result
    ) async throws -> Result {
        try await crew.read(body)
    }

    public func write<Result: Sendable>(
        _ urgency: Urgency, _ body: @escaping @Sendable (any Writing) throws -> Result
    ) async throws -> Result {
        try await writer.write(urgency, body)
    }

    /// Writes nothing when there is nothing to do: a store must open on a full disk too.
    public func migrate(_ migrations: [Migration]) async throws {
        let known = try await read { reading in
            let isNew = try reading.row("SELECT 1 FROM sqlite_master WHERE name = 'migration'") == nil
            return isNew ? [] : Set(try reading.rows("SELECT name FROM migration").map { $0.text(0) })
        }
        guard !migrations.allSatisfy({ known.contains($0.name) }) else { return }
        try await writer.write(.change) { writing in
            _ = try writing.run(
                "CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY) STRICT")
        }
        for migration in migrations {
            try await writer.write(.change) { writing in
                let known = try writing.integer(
                    "SELECT COUNT(*) FROM migration WHERE name = $1", [.text(migration.name)])
                guard known == 0 else { return }
                for step in migration.steps { try writing.run(SQLiteSchema.statement(step)) }
                try writing.run("INSERT INTO migration (name) VALUES ($1)", [.text(migration.name)])
            }
        }
    }

    public func integrityProblems() async throws -> [String] {
        try await read { reading in
            try reading.rows("PRAGMA integrity_check").map { $0.text(0) }.filter { $0 != "ok" }
        }
    }

    public func hold(_ work: String) async throws -> (any Hold)? { works.take(work) }

    public func close() async throws {
        await writer.drain()
        await crew.close()
        try main.close()
        lock.release()
    }

    /// Whoever could not open a store does not close it.
    deinit { crew.shut() }
}

enum SQLiteSchema {
    static func statement(_ step: Migration.Step) -> String {
        switch step {
        case .statement(let text):
            return text
        case .add(let column, let table):
            return "ALTER TABLE \(table) ADD COLUMN \(definition(column))"
        case .index(let name, let table, let columns, let unique):
            return "CREATE \(unique ? "UNIQUE " : "")INDEX \(name) ON \(table) (\(columns.joined(separator: ", ")))"
        case .create(let table):
            let parts = table.columns.map(definition) + ["PRIMARY KEY (\(table.primaryKey.joined(separator: ", ")))"]
            return "CREATE TABLE \(table.name) (\(parts.joined(separator: ", "))) STRICT\(suffix(table))"
        }
    }

    private static func definition(_ column: Column) -> String {
        "\(column.name) \(type(column.type))" + (column.isNullable ? "" : " NOT NULL")
    }

    /// A single integer key is SQLite's own row number; any other key is the table's own order on disk.
    private static func suffix(_ table: Table) -> String {
        let isRowNumber =
            table.primaryKey.count == 1
            && table.columns.contains { $0.name == table.primaryKey[0] && $0.type == .integer }
        return isRowNumber ? "" : ", WITHOUT ROWID"
    }

    private static func type(_ type: ColumnType) -> String {
        switch type {
        case .integer: "INTEGER"
        case .real: "REAL"
        case .text: "TEXT"
        case .blob: "BLOB"
        }
    }
}
