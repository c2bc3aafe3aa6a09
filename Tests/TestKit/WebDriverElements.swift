import Foundation

/// Finding and using what is on the page, always by a CSS selector.
extension WebDriver {
    /// The key under which the protocol hides the reference to an element.
    private static let reference = "element-6066-11e4-a52e-4f735466cecf"

    /// The reference of the first element that fits.
    /// - Throws: `WebDriverError` when there is none.
    func find(_ selector: String) async throws -> String {
        let wanted = ["using": "css selector", "value": selector]
        let found = try await connection.send("POST", "/element", wanted, as: [String: String].self)
        guard let id = found[Self.reference] else { throw WebDriverError(description: "no element \(selector)") }
        return id
    }

    /// How many elements fit.
    public func count(_ selector: String) async throws -> Int {
        let wanted = ["using": "css selector", "value": selector]
        return try await connection.send("POST", "/elements", wanted, as: [[String: String]].self).count
    }

    /// Presses something that stays on this page.
    public func press(_ selector: String) async throws {
        try await connection.order("/element/\(find(selector))/click")
    }

    /// Presses a link or a button that leads to another page, and waits until that page has loaded.
    /// - Throws: `WebDriverError` when this page is still here after a while.
    public func follow(_ selector: String, within limit: Duration = .seconds(20)) async throws {
        let page = try await find("html")
        try await press(selector)
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            if try await isGone(page) { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw WebDriverError(description: "\(selector) led nowhere within \(limit)")
    }

    /// Whether the document of an element has been replaced by one that has loaded.
    private func isGone(_ element: String) async throws -> Bool {
        do {
            _ = try await connection.send("GET", "/element/\(element)/name", as: String.self)
            return false
        } catch is WebDriverError {
            return try await script("return document.readyState === 'complete'", as: Bool.self)
        }
    }

    /// Types into a field, after what it holds.
    public func type(_ text: String, into selector: String) async throws {
        try await connection.order("/element/\(find(selector))/value", ["text": text])
    }

    /// Empties a field.
    public func clear(_ selector: String) async throws {
        try await connection.order("/element/\(find(selector))/clear")
    }

    /// Gives a file to a file field.
    public func attach(_ file: URL, to selector: String) async throws {
        try await type(file.path, into: selector)
    }

    /// The text a person sees in an element.
    public func text(of selector: String) async throws -> String {
        try await connection.send("GET", "/element/\(find(selector))/text", as: String.self)
    }

    public func attribute(_ name: String, of selector: String) async throws -> String? {
        try await connection.send("GET", "/element/\(find(selector))/attribute/\(name)", as: String?.self)
    }
}
