import Foundation

/// Where the tools of page tests are on this machine. `make test` sets them up; a machine without them says so and
/// leaves page tests out.
public struct BrowserTools: Sendable {
    public let chromium: String
    public let driver: String
    /// The source of axe-core, which runs inside a page.
    public let axe: String

    /// The tools, or nothing when one is missing.
    public static func find(root: URL) -> BrowserTools? {
        guard let chromium = program("chromium"), let driver = program("chromedriver"), let axe = axeSource(root)
        else { return nil }
        return BrowserTools(chromium: chromium, driver: driver, axe: axe)
    }

    /// A sentence that names what is missing, for the reason of a skipped test.
    public static func missing(root: URL) -> String {
        var names = ["chromium", "chromedriver"].filter { program($0) == nil }
        if axeSource(root) == nil { names.append("axe-core") }
        return "Page tests need \(names.joined(separator: ", ")): run scripts/setup test."
    }

    private static func program(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
        return path.split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// `HOLDFAST_AXE`, or what the set-up downloaded.
    private static func axeSource(_ root: URL) -> String? {
        let named = ProcessInfo.processInfo.environment["HOLDFAST_AXE"].map { URL(filePath: $0) }
        let file = named ?? root.appending(path: ".build/tools/axe/axe.min.js")
        return try? String(contentsOf: file, encoding: .utf8)
    }
}
