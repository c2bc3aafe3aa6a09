public import Access
public import Kernel

/// The one gateway: every read and write passes it. It decides access inside the transaction that reads, and makes the
/// audit entry durable before it answers, or before the answer leaves that it is asked for (`loggedTogether`). What a person may not see is absent for her.
public struct Ledger: Sendable {
    let engine: any Engine
    let time: TimeSource
    /// Random bytes for salts and identifiers.
    let random: @Sendable (_ count: Int) -> [UInt8]
    /// Nil where nothing is sealed or opened.
    let keys: (any KeyKeeper)?

    public init(
        engine: any Engine, keys: (any KeyKeeper)? = nil, time: TimeSource = .system,
        random: @escaping @Sendable (_ count: Int) -> [UInt8] = Ledger.systemRandom
    ) {
        (self.engine, self.keys, self.time, self.random) = (engine, keys, time, random)
    }

    /// From the operating system's generator.
    public static func systemRandom(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    public var now: Moment { time.now() }

    /// A new identifier, ordered by time.
    public func newIdentifier<Subject>(_ type: Subject.Type = Subject.self) -> Identifier<Subject> {
        var generator = SystemRandomNumberGenerator()
        return Identifier(at: now, using: &generator)
    }

    /// Brings the store to the present shape, the ledger's own tables first, then those of the rooms given; and opens
    /// the keys of what is sealed.
    /// - Throws: `Problem.refused` when the keys are missing, unsafe or those of another store.
    public func migrate(_ rooms: [Migration] = []) async throws {
        try await engine.migrate(LedgerSchema.all + rooms)
        try await unlock()
        try await LogBackfill(engine: engine).run()
    }

    public func close() async throws { try await engine.close() }

    /// Runs `body`, and every task below it, on the threads that read: a request is then answered with few hand-overs.
    public func beside<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        try await withTaskExecutorPreference(engine.executor, operation: body)
    }

    /// For the storage of what is no record and shows nobody anything: sessions, throttles, staging. Not audited; what
    /// a person did is told to the log by `note`.
    public func glance<Result: Sendable>(
        _ body: @escaping @Sendable (any Reading) throws -> Result
    ) async throws -> Result {
        try await engine.read(body)
    }

    /// The writing counterpart of `glance`.
    /// - Parameter urgency: `.audit` for what signing in and reading need, so that a full disk does not stop them.
    public func upkeep<Result: Sendable>(
        _ urgency: Urgency = .change, _ body: @escaping @Sendable (any Writing) throws -> Result
    ) async throws -> Result {
        try await engine.write(urgency, body)
    }

    /// Does a work when nobody else does one of this name on the same store, here or in another process; waits for its
    /// turn.
    public func alone<Result>(
        _ work: String, _ body: () async throws -> Result
    ) async throws -> Result {
        var pause = Duration.milliseconds(10)
        while true {
            if let hold = try await engine.hold(work) { return try await Ledger.during(hold, body) }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(500))
        }
    }

    /// The same, or nil at once when somebody else does such a work.
    public func aloneOrNot<Result>(
        _ work: String, _ body: () async throws -> Result
    ) async throws -> Result? {
        guard let hold = try await engine.hold(work) else { return nil }
        return try await Ledger.during(hold, body)
    }

    private static func during<Result>(
        _ hold: any Hold, _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            let result = try await body()
            await hold.letGo()
            return result
        } catch {
            await hold.letGo()
            throw error
        }
    }

    /// Names of migrations in the store that this program does not know: a newer program wrote it.
    public func unknownMigrations(_ rooms: [Migration]) async throws -> [String] {
        let known = Set((LedgerSchema.all + rooms).map(\.name))
        return try await engine.read { try $0.rows("SELECT name FROM migration ORDER BY name").map { $0.text(0) } }
            .filter { !known.contains($0) }
    }

    /// Tells the log of something that is neither a record nor a bulk fact, such as a sign-in.
    public func note(_ consultation: Consultation, as actor: Actor, allowed: Bool = true) async throws {
        let entry = AuditNote(consultation, as: actor, at: now, allowed: allowed)
        try await log { try entry.write($0) }
    }
}
