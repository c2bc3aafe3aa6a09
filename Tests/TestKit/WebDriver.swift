import Foundation

/// One page of a real, headless Chromium, driven over the W3C WebDriver protocol.
public struct WebDriver: Sendable {
    /// What the page said to its console: scripts' errors, refused styles and scripts, missing files.
    public struct Message: Decodable, Sendable {
        public let level: String
        public let message: String
    }

    let connection: WebDriverConnection
    private let process: BrowserProcess
    let tools: BrowserTools

    /// Starts chromedriver on a free port and a browser in it. Whoever starts it calls `stop`.
    public static func start(_ tools: BrowserTools) async throws -> WebDriver {
        let process = try BrowserProcess(tools.driver, ["--port=0"])
        do {
            let port = try await process.wait(for: "port") { $0.number(after: "successfully on port ") }
            return try await begin(at: port, process, tools)
        } catch {
            await process.stop()
            throw error
        }
    }

    /// Runs `body` with a browser that is gone afterwards.
    public static func with<Result>(
        _ tools: BrowserTools, _ body: (WebDriver) async throws -> Result
    ) async throws -> Result {
        let driver = try await start(tools)
        do {
            let result = try await body(driver)
            await driver.stop()
            return result
        } catch {
            await driver.stop()
            throw error
        }
    }

    private static func begin(
        at port: UInt16, _ process: BrowserProcess, _ tools: BrowserTools
    ) async throws -> WebDriver {
        struct Session: Decodable { let sessionId: String }
        // Root in a container has no name spaces to build a sandbox from; the pages are our own.
        let arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en-GB"]
        let wanted: [String: Any] = [
            "browserName": "chrome", "timeouts": ["script": 30_000, "pageLoad": 30_000, "implicit": 0],
            "goog:loggingPrefs": ["browser": "ALL"],
            "goog:chromeOptions": ["binary": tools.chromium, "args": arguments],
        ]
        let session = try await WebDriverConnection(port: port, prefix: "").send(
            "POST", "/session", ["capabilities": ["alwaysMatch": wanted]], as: Session.self)
        let connection = WebDriverConnection(port: port, prefix: "/session/\(session.sessionId)")
        return WebDriver(connection: connection, process: process, tools: tools)
    }

    /// Closes the browser, then the process that drove it.
    public func stop() async {
        _ = try? await connection.send("DELETE", "", as: Ignored.self)
        // chromedriver does not end when asked by a signal.
        await process.stop(within: .milliseconds(200))
    }

    /// Sets the size of the page in CSS pixels; a phone is narrower than any window Chromium opens.
    public func setViewport(width: Int, height: Int) async throws {
        try await devTools(
            "Emulation.setDeviceMetricsOverride",
            ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": false])
    }

    /// Turns scripts of pages off or on, from the next page that is opened.
    public func setScripting(_ allowed: Bool) async throws {
        try await devTools("Emulation.setScriptExecutionDisabled", ["value": !allowed])
    }

    /// Takes the network away from the page that is open, or gives it back.
    public func setNetwork(_ isThere: Bool) async throws {
        try await devTools("Network.enable", [:])
        try await devTools(
            "Network.emulateNetworkConditions",
            ["offline": !isThere, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1])
    }

    /// Opens an address and waits until the page has loaded.
    public func open(_ address: String) async throws {
        try await connection.order("/url", ["url": address])
    }

    public func address() async throws -> String {
        try await connection.send("GET", "/url", as: String.self)
    }

    public func title() async throws -> String {
        try await connection.send("GET", "/title", as: String.self)
    }

    /// Runs the body of a function in the page and gives back what it returns.
    public func script<Value: Decodable>(
        _ body: String, _ arguments: [String] = [], as type: Value.Type
    ) async throws -> Value {
        try await connection.send("POST", "/execute/sync", ["script": body, "args": arguments], as: type)
    }

    /// The same for a function that answers later, by calling its last argument.
    public func asyncScript<Value: Decodable>(
        _ body: String, _ arguments: [String] = [], as type: Value.Type
    ) async throws -> Value {
        try await connection.send("POST", "/execute/async", ["script": body, "args": arguments], as: type)
    }

    /// What the console has received since it was last asked.
    public func messages() async throws -> [Message] {
        try await connection.send("POST", "/se/log", ["type": "browser"], as: [Message].self)
    }

    /// Draws the whole page, beyond the window, as a PNG file.
    public func screenshot(to file: URL) async throws {
        struct Picture: Decodable { let data: Data }
        let order: [String: Any] = [
            "cmd": "Page.captureScreenshot", "params": ["format": "png", "captureBeyondViewport": true],
        ]
        let picture = try await connection.send("POST", "/goog/cdp/execute", order, as: Picture.self)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try picture.data.write(to: file)
    }

    private func devTools(_ command: String, _ parameters: [String: Any]) async throws {
        try await connection.order("/goog/cdp/execute", ["cmd": command, "params": parameters])
    }
}

extension String {
    fileprivate func number(after mark: String) -> UInt16? {
        firstRange(of: mark).flatMap { UInt16(self[$0.upperBound...].prefix(while: \.isNumber)) }
    }
}
