public import Access
public import Foundation
public import Kernel
public import Ledger
public import StorePostgres
import StoreSQLite
import Synchronization

/// A ledger on a folder of its own, removed by `remove`. On PostgreSQL the folder stays empty and the ledger has a
/// database of its own.
public struct TemporaryStore: Sendable {
    public let ledger: Ledger
    public let folder: URL
    public let clock: TestClock
    /// On PostgreSQL.
    public let address: PostgresAddress?

    public init(_ migrations: [Migration] = [], at moment: Moment = TestClock.start) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-\(UUID().uuidString)")
        let address = TestEngine.current == .postgres ? try await PostgresCluster.running().newDatabase() : nil
        try await self.init(migrations, folder: folder, address: address, at: moment)
    }

    /// Opens a folder or a database that may already hold data, as a restart would.
    public init(
        _ migrations: [Migration] = [], folder: URL, address: PostgresAddress? = nil,
        at moment: Moment = TestClock.start
    ) async throws {
        (self.folder, self.address) = (folder, address)
        clock = TestClock(moment)
        // A move under a sanitizer writes for minutes between two reads of its source.
        var limits = PostgresLimits()
        limits.idleSeconds = 600
        let engine: any Engine =
            try address.map { PostgresEngine($0, readers: 2, limits: limits) } ?? SQLiteEngine(folder: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let keys = KeyFile(folder.appendingPathComponent(KeyFile.usualName), time: clock.source)
        ledger = Ledger(engine: engine, keys: keys, time: clock.source)
        try await ledger.migrate(migrations)
    }

    /// The same data, as another process or a restart would open them.
    public func opened() async throws -> TemporaryStore { try await TemporaryStore(folder: folder, address: address) }

    public func remove() async throws {
        try await ledger.close()
        try? FileManager.default.removeItem(at: folder)
        if let address { try await PostgresCluster.running().remove(address) }
    }

    /// The log so far, oldest first, up to its last thousand entries; reading it adds an entry that is not shown.
    public func log() async throws -> [AuditEntry] {
        let reader = Actor(user: "test-log", agency: "police", roles: [.privacyOfficer], purpose: .oversight)
        return try await ledger.audit(AuditQuery(limit: 1000), as: reader).reversed().filter { $0.user != "test-log" }
    }
}

/// A clock that moves when told.
public final class TestClock: Sendable {
    public static let start = Moment(milliseconds: 1_793_000_000_000)

    private let moment: Mutex<Moment>

    public init(_ moment: Moment = TestClock.start) { self.moment = Mutex(moment) }

    public func advance(seconds: Int64) {
        moment.withLock { $0 = $0.adding(seconds: seconds) }
    }

    public var source: TimeSource { TimeSource { self.moment.withLock { $0 } } }
}

/// Persons for tests.
public enum TestActor {
    public static func police(_ roles: Set<Role>, user: String = "ola") -> Actor {
        Actor(user: user, agency: "police", roles: roles, purpose: .inspection)
    }

    public static func partner(_ roles: Set<Role>, user: String = "housing-1", agency: String = "housing") -> Actor {
        Actor(user: user, agency: agency, roles: roles, purpose: .safeguarding)
    }
}

/// The real data used by tests, kept beside the repository and never in it.
public enum SharedData {
    /// Nil when absent: such tests say so and are skipped.
    public static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["HOLDFAST_SHARED"].map { URL(fileURLWithPath: $0) }
        let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")
        return [named, beside].compactMap(\.self).first { FileManager.default.fileExists(atPath: $0.path + "/data") }
    }()

    public static func file(_ path: String) -> URL? { folder?.appendingPathComponent(path) }

    /// The folder `data` in it.
    public static let root: URL? = folder?.appendingPathComponent("data")

    public static let absence = "skipped: no shared/data beside the repository (or in HOLDFAST_SHARED)"

    /// A file of `data`; empty when the data are absent.
    public static func bytes(_ path: String) throws -> [UInt8] {
        guard let root else { return [] }
        return try [UInt8](Data(contentsOf: root.appendingPathComponent(path)))
    }
}
