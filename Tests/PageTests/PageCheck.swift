import Foundation
import TestKit

/// What every page must be, whatever is on it.
struct PageCheck {
    /// A phone and a desk.
    static let widths = [375, 1280]

    let driver: WebDriver
    /// Where a picture of each page is kept, for people to look at.
    let pictures: URL

    /// Opens an address at a width and says what is wrong with the page, in sentences.
    func faults(at address: String, width: Int, name: String) async throws -> [String] {
        try await driver.setViewport(width: width, height: width < 600 ? 812 : 900)
        _ = try await driver.messages()
        try await driver.open(address)
        let said = try await consoleFaults()
        try await driver.screenshot(to: pictures.appending(path: "\(name)-\(width).png"))
        return try await said + structureFaults() + scrollFaults(width) + accessibilityFaults()
    }

    /// Scripts' errors, files that are missing, and whatever the content security policy refused.
    private func consoleFaults() async throws -> [String] {
        try await driver.messages()
            .filter { $0.level == "SEVERE" || $0.message.contains("Content Security Policy") }
            .map { "console: \($0.message)" }
    }

    private func structureFaults() async throws -> [String] {
        var faults: [String] = []
        let headings = try await driver.count("h1")
        if headings != 1 { faults.append("the page has \(headings) main headings (h1)") }
        if try await driver.title().isEmpty { faults.append("the page has no title") }
        if try await driver.attribute("lang", of: "html") == nil { faults.append("the page names no language") }
        if try await driver.count("[style]") > 0 { faults.append("the page has inline styles") }
        return faults
    }

    private func scrollFaults(_ width: Int) async throws -> [String] {
        let wide = try await driver.script(
            """
            const root = document.documentElement;
            if (root.scrollWidth <= root.clientWidth) return [];
            const scrolls = (element) => {
                for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
                    if (getComputedStyle(up).overflowX !== "visible") return true;
                return false;
            };
            const past = [...document.body.querySelectorAll("*")].filter(
                (element) => element.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(element));
            return [`${root.scrollWidth} px`].concat(past.slice(0, 5).map(
                (element) => element.tagName.toLowerCase() + (element.className ? "." + element.className : "")));
            """, as: [String].self)
        return wide.isEmpty ? [] : ["at \(width) px the page scrolls sideways: \(wide.joined(separator: ", "))"]
    }

    private func accessibilityFaults() async throws -> [String] {
        try await driver.accessibilityFaults().map { "axe: \($0)" }
    }
}
