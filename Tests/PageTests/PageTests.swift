import TestKit
import Testing

@Suite(
    "Every page is sound on a phone and at a desk", .serialized, .browser, .server,
    .enabled(if: BrowserScope.tools != nil, BrowserScope.missing),
    .enabled(if: RunningHoldfast.binary != nil, ServerScope.missing))
struct PageTests {
    @Test(arguments: PageList.open, PageCheck.widths)
    func `before signing in`(path: String, width: Int) async throws {
        let server = try #require(ServerScope.server)
        let faults = try await BrowserScope.check()
            .faults(at: server.address + path, width: width, name: PageList.name(of: path))
        #expect(faults == [])
    }

    /// The link works once, so one test walks all the pages.
    @Test func `after signing in`() async throws {
        let server = try #require(ServerScope.server)
        let check = try BrowserScope.check()
        try await SigningIn(driver: check.driver).follow(server.signInLink)
        for path in PageList.signedIn {
            for width in PageCheck.widths {
                let faults = try await check.faults(
                    at: server.address + path, width: width, name: PageList.name(of: path))
                #expect(faults == [], "\(path) at \(width) px")
                let arrived = try await check.driver.address()
                #expect(arrived == server.address + path, "\(path) led to \(arrived)")
            }
        }
    }
}
