import TestKit
import Testing

/// What only a browser does: it decides which cookie goes where. The site is `localhost` and the provider `127.0.0.1`,
/// which are different sites to it.
@Suite(
    "A browser comes back from another site", .serialized, .browser,
    .enabled(if: BrowserScope.tools != nil, BrowserScope.missing),
    .enabled(if: RunningHoldfast.binary != nil, ServerScope.missing),
    .enabled(if: RealProvider.python != nil, Comment(rawValue: RealProvider.missing)))
struct ProviderPageTests {
    @Test func `signed in, although our cookies are strict, and can leave both`() async throws {
        let provider = try await RealProvider.start()
        let server = try await RunningHoldfast.start(try #require(RunningHoldfast.binary), sample: false) { folder in
            ["--openid", try provider.configuration(in: folder)]
        }
        do {
            try await journey(provider, server.address.replacing("127.0.0.1", with: "localhost"))
        } catch {
            await server.stop()
            await provider.stop()
            throw error
        }
        await server.stop()
        await provider.stop()
    }

    private func journey(_ provider: RealProvider, _ origin: String) async throws {
        let check = try BrowserScope.check()
        let driver = check.driver
        try await provider.control("redirect", "uri=\(origin)/sign-in/with/northshire/back")
        for width in PageCheck.widths {
            #expect(try await check.faults(at: origin + "/sign-in", width: width, name: "sign-in-provider") == [])
        }
        try await driver.open(origin + "/feeds")
        try await driver.follow("a[href^='/sign-in/with/northshire']")
        #expect(try await driver.address().hasPrefix(provider.issuer))
        try await driver.follow("button[value='noor']")
        for _ in 0..<50 where try await driver.address() != origin + "/feeds" {
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(try await driver.address() == origin + "/feeds")
        #expect(try await driver.text(of: ".person-name") == "Noor Example")
        try await driver.follow(".person button")
        #expect(try await driver.address() == origin + "/sign-in?with=northshire&done=signed-out")
        try await driver.follow("a[href='/sign-out/with/northshire']")
        #expect(try await driver.address() == origin + "/sign-in")
        try await driver.open(origin + "/")
        #expect(try await driver.address() == origin + "/sign-in")
        try await driver.open(origin + "/sign-in/with/northshire/back?code=a&state=b")
        #expect(try await driver.text(of: "h1") == "This sign-in was not begun here, or took too long.")
    }
}
