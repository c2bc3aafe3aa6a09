public import Testing

/// The engine that a test's stores are on. Suites marked `.onEveryEngine` run each test once on each.
public enum TestEngine: String, Sendable, CaseIterable, CustomTestStringConvertible {
    case sqlite = "SQLite"
    case postgres = "PostgreSQL"

    @TaskLocal public static var current = TestEngine.sqlite

    /// Those on this machine.
    public static let present = PostgresCluster.programs == nil ? [TestEngine.sqlite] : allCases

    public var testDescription: String { rawValue }
}

/// Runs a test on one engine after the other; a failure says on which.
public struct EveryEngine: SuiteTrait, TestTrait, TestScoping {
    public var isRecursive: Bool { true }

    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        for engine in TestEngine.present {
            do {
                try await TestEngine.$current.withValue(engine) { try await function() }
            } catch {
                Issue.record(error, "on \(engine.rawValue)")
            }
        }
    }
}

extension Trait where Self == EveryEngine {
    public static var onEveryEngine: EveryEngine { EveryEngine() }
}
