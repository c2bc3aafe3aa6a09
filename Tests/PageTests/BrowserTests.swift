import Foundation
import TestKit
import Testing

/// The checks must be able to fail: they are shown pages of our own, one sound and one with every fault.
@Suite(
    "A browser tells a sound page from a faulty one", .serialized, .browser,
    .enabled(if: BrowserScope.tools != nil, BrowserScope.missing))
struct BrowserTests {
    private static let sound = """
        <!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Sound</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'self'; style-src 'none'; script-src 'none'">
        <link rel="icon" href="data:,"></head><body><main><h1>Sound</h1>
        <form action="#done"><label for="name">Name</label> <input id="name" name="name">
        <button>Save</button></form></main></body></html>
        """
    private static let faulty = """
        <!doctype html><html><head><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <style>div.wide { width: 1500px; height: 5px }</style></head>
        <body><h1>One</h1><h1>Two</h1><img src="x.png"><div class="wide"></div><script>alert(1)</script></body></html>
        """

    private func page(_ text: String) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "holdfast-page-\(UUID().uuidString).html")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.absoluteString
    }

    @Test(arguments: PageCheck.widths)
    func `a sound page has no fault`(width: Int) async throws {
        let address = try page(Self.sound.replacing("default-src 'self'", with: "default-src * data:"))
        #expect(try await BrowserScope.check().faults(at: address, width: width, name: "test-sound") == [])
    }

    @Test(arguments: PageCheck.widths)
    func `each fault of a faulty page is found`(width: Int) async throws {
        let found = try await BrowserScope.check().faults(at: page(Self.faulty), width: width, name: "test-faulty")
        for part in [
            "main headings", "no title", "no language", "scrolls sideways: 15", "div.wide", "Content Security Policy",
            "axe: image-alt", "axe: html-has-lang",
        ] {
            #expect(found.contains { $0.contains(part) }, "\(part) is not in \(found)")
        }
    }

    @Test func `a person can type, press and arrive`() async throws {
        let driver = try #require(BrowserScope.driver)
        try await driver.open(page(Self.sound))
        try await driver.type("Ada", into: "#name")
        #expect(try await driver.script("return document.querySelector('#name').value", as: String.self) == "Ada")
        #expect(try await driver.text(of: "h1") == "Sound")
        try await driver.follow("button")
        #expect(try await driver.address().contains("name=Ada"))
        await #expect(throws: WebDriverError.self) { try await driver.press("#absent") }
    }

    /// RFC 6238, appendix B: the last six digits of the first two SHA-1 values.
    @Test(arguments: [(59.0, "287082"), (1_111_111_109.0, "081804")])
    func `the browser knows what an authenticator app shows`(seconds: Double, code: String) async throws {
        let driver = try #require(BrowserScope.driver)
        try await driver.open(page(Self.sound))
        let key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        #expect(try await SigningIn(driver: driver).code(for: key, at: seconds) == code)
    }

    @Test(arguments: [
        ("/", "/"), ("/areas/8f3c2a", "/areas/:"),
        ("/measures/recorded-crime?by=ward&from=2024-01", "/measures/*?by&from"),
        ("/feeds/new", "/feeds/new"), ("/areas/8f3c2a/plan", "/areas/:/plan"), ("/log?after=12", "/log?after"),
    ])
    func `pages of one kind have one shape`(address: String, shape: String) {
        #expect(PageList.shape(of: address) == shape)
    }

    @Test func `links are found in what the command says`() {
        let said = "Holdfast listens on http://127.0.0.1:8080\nSign in once: http://127.0.0.1:8080/welcome/abc-DEF_1.\n"
        #expect(RunningHoldfast.firstLink(in: said) == "http://127.0.0.1:8080/welcome/abc-DEF_1")
        #expect(RunningHoldfast.firstLink(in: "http://127.0.0.1:8080/ is ready") == nil)
    }

    @Test func `a picture of the page is kept`() async throws {
        let driver = try #require(BrowserScope.driver)
        let file = FileManager.default.temporaryDirectory.appending(path: "holdfast-\(UUID().uuidString)/page.png")
        defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
        try await driver.setViewport(width: 375, height: 400)
        try await driver.open(page(Self.sound))
        try await driver.screenshot(to: file)
        let png = try Data(contentsOf: file)
        #expect(png.prefix(4) == Data([0x89, 0x50, 0x4E, 0x47]))
        #expect(png[18] == 1 && png[19] == 0x77, "the picture is 375 pixels wide")
    }

    @Test func `with scripts off a page still shows`() async throws {
        let driver = try #require(BrowserScope.driver)
        let text = Self.sound.replacing("<meta http-equiv", with: "<meta name=none http-equiv-off")
            .replacing("<h1>", with: "<script>document.title = 'Scripted'</script><h1>")
        let address = try page(text)
        try await driver.setScripting(false)
        try await driver.open(address)
        #expect(try await driver.title() == "Sound")
        #expect(try await driver.count("h1") == 1)
        #expect(try await driver.text(of: "h1") == "Sound")
        try await driver.setScripting(true)
        try await driver.open(address)
        #expect(try await driver.title() == "Scripted")
    }
}
