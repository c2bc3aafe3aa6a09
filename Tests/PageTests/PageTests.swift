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
    @Test(.timeLimit(.minutes(30)))
    func `all that links lead to after signing in`() async throws {
        let server = try #require(ServerScope.server)
        let check = try BrowserScope.check()
        try await SigningIn(driver: check.driver).follow(server.signInLink) { step in
            let address = try await check.driver.address()
            for width in PageCheck.widths {
                #expect(try await check.faults(at: address, width: width, name: step) == [], "\(step) at \(width) px")
            }
        }
        var walk = PageWalk(check: check, origin: server.address)
        let found = try await walk.walk()
        for shape in PageList.reachable where !found.contains(shape) {
            Issue.record("no link leads to \(shape); found: \(found.sorted().joined(separator: " "))")
        }
    }

    @Test func `a force's first administrator sets up a password and an app, and is in`() async throws {
        let server = try await RunningHoldfast.start(try #require(RunningHoldfast.binary), sample: false)
        let check = try BrowserScope.check()
        do {
            var steps: [String] = []
            try await SigningIn(driver: check.driver).follow(server.signInLink) { step in
                steps.append(step)
                let address = try await check.driver.address()
                for width in PageCheck.widths {
                    let faults = try await check.faults(at: address, width: width, name: step)
                    #expect(faults == [], "\(step) at \(width) px")
                }
            }
            #expect(steps == ["link-password", "link-app"])
            #expect(try await check.driver.address() == server.address + "/")
            await server.stop()
        } catch {
            await server.stop()
            throw error
        }
    }
}
