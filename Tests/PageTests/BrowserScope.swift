import Foundation
import TestKit
import Testing

/// Gives the tests of one suite one browser, and ends it when the last of them is done.
struct BrowserScope: SuiteTrait, TestScoping {
    @TaskLocal static var driver: WebDriver?

    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let tools = BrowserTools.find(root: root)
    static var missing: Comment { Comment(rawValue: BrowserTools.missing(root: root)) }
    static let pictures = root.appending(path: ".build/reports/pages")

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard let tools = Self.tools else { return try await function() }
        try await WebDriver.with(tools) { driver in
            try await Self.$driver.withValue(driver) { try await function() }
        }
    }

    static func check() throws -> PageCheck {
        PageCheck(driver: try #require(driver), pictures: pictures)
    }
}

extension Trait where Self == BrowserScope {
    static var browser: BrowserScope { BrowserScope() }
}

/// Gives the tests of one suite one running server with the sample force.
struct ServerScope: SuiteTrait, TestScoping {
    @TaskLocal static var server: RunningHoldfast?

    static let missing: Comment = "Page tests need the built command beside them: run make test."

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard let binary = RunningHoldfast.binary, BrowserScope.tools != nil else { return try await function() }
        let server = try await RunningHoldfast.start(binary)
        do {
            try await Self.$server.withValue(server) { try await function() }
            await server.stop()
        } catch {
            await server.stop()
            throw error
        }
    }
}

extension Trait where Self == ServerScope {
    static var server: ServerScope { ServerScope() }
}
