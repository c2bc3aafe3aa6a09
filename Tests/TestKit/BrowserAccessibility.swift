import Foundation

/// A fault of accessibility that axe-core found in the page.
public struct BrowserAccessibilityFault: Decodable, Sendable, CustomStringConvertible {
    /// The rule, such as `color-contrast`.
    public let id: String
    public let impact: String?
    public let help: String
    /// The elements at fault, as selectors with a summary of what to put right.
    public let places: [String]

    public var description: String {
        "\(id) (\(impact ?? "no impact given")): \(help)\n    \(places.joined(separator: "\n    "))"
    }
}

extension WebDriver {
    /// Runs axe-core over the page: the rules of WCAG 2.0 to 2.2 at A and AA, and its best practices.
    public func accessibilityFaults() async throws -> [BrowserAccessibilityFault] {
        let source = """
            const done = arguments[arguments.length - 1];
            if (!window.axe) { \(tools.axe)\n }
            const only = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
            window.axe.run(document, { runOnly: only, resultTypes: ["violations"] }).then(
                (result) => done({ faults: result.violations.map((fault) => ({
                    id: fault.id, impact: fault.impact, help: fault.help,
                    places: fault.nodes.map((node) => node.target.join(" ") + ": " + node.failureSummary),
                })) }),
                (error) => done({ error: String(error), faults: [] }));
            """
        struct Outcome: Decodable {
            let faults: [BrowserAccessibilityFault]
            let error: String?
        }
        let outcome = try await asyncScript(source, as: Outcome.self)
        if let error = outcome.error { throw WebDriverError(description: "axe-core stopped: \(error)") }
        return outcome.faults
    }
}
