import Foundation
import Testing

@testable import Pages

struct StylesheetTests {
    private let css = String(decoding: Assets.named("holdfast.css")?.bytes ?? [], as: UTF8.self)

    @Test func `Every asset is there, with its kind and a digest of its content`() {
        #expect(Set(Assets.all.map(\.name)).isSuperset(of: ["holdfast.css", "holdfast.js", "icon.svg"]))
        #expect(Assets.all.allSatisfy { !$0.bytes.isEmpty && $0.digest.count == 16 })
        #expect(Assets.digest(Array("foobar".utf8)) == "85944171f73967e8")
        #expect(Assets.named("holdfast.css")?.address.text.hasPrefix("/assets/holdfast.css?v=") == true)
    }

    /// WCAG 2.2: 4.5 for text (1.4.3), 3 for what must be seen to use a page (1.4.11).
    @Test(arguments: [
        ("ink", "paper", 7.0), ("ink", "ground", 7), ("ink-soft", "paper", 4.5), ("ink-soft", "ground", 4.5),
        ("link", "paper", 4.5), ("link", "ground", 4.5), ("link-hover", "ground", 4.5), ("link-visited", "ground", 4.5),
        ("link-visited", "paper", 4.5), ("link", "brand-pale", 4.5), ("link-visited", "brand-pale", 4.5),
        ("ink", "brand-pale", 4.5), ("on-brand", "brand", 4.5), ("on-brand-soft", "brand", 4.5),
        ("on-brand", "brand-deep", 4.5), ("on-brand-soft", "brand-deep", 4.5), ("brand", "paper", 4.5),
        ("brand-deep", "brand-pale", 4.5), ("good", "good-pale", 4.5), ("attention", "attention-pale", 4.5),
        ("danger", "danger-pale", 4.5), ("information", "information-pale", 4.5), ("ink", "good-pale", 4.5),
        ("ink", "danger-pale", 4.5), ("ink", "information-pale", 4.5), ("danger", "paper", 4.5),
        ("danger", "ground", 4.5), ("danger-deep", "paper", 4.5), ("on-brand", "danger", 4.5),
        ("on-brand", "danger-deep", 4.5), ("paper", "attention", 4.5), ("sample", "sample-pale", 4.5),
        ("sample", "paper", 4.5), ("chart-signal", "paper", 4.5), ("ink-soft", "chart-gap", 4.5), ("edge", "paper", 3),
        ("edge", "ground", 3), ("focus", "paper", 3), ("focus", "ground", 3), ("chart-line", "paper", 3),
        ("chart-limit", "paper", 3), ("ink", "bar", 3), ("ink", "bar-marked", 3), ("ink", "chart-gap", 3),
    ])
    func `Colours that stand on each other can be told apart`(_ front: String, _ back: String, _ least: Double) throws {
        let ratio = try contrast(colour(front), colour(back))
        #expect(ratio >= least, "\(front) on \(back): \(ratio)")
    }

    @Test func `Colours are named in one place`() {
        let afterRoot = css.components(separatedBy: "}").dropFirst().joined(separator: "}")
        for line in afterRoot.split(separator: "\n") {
            #expect(!line.contains(": #") && !line.contains("rgb(") && !line.contains("hsl("), "\(line)")
        }
    }

    @Test func `The stylesheet and the script load nothing and run nothing from text`() {
        let script = String(decoding: Assets.named("holdfast.js")?.bytes ?? [], as: UTF8.self)
        for word in ["url(", "@import", "@font-face", "expression("] { #expect(!css.contains(word), "\(word)") }
        for word in ["innerHTML", "eval(", "Function(", "document.write", "insertAdjacentHTML", ".style."] {
            #expect(!script.contains(word), "\(word)")
        }
        #expect(script.contains("credentials: \"same-origin\""))
    }

    @Test func `Motion is only for those who did not ask for less`() {
        for (index, piece) in css.components(separatedBy: "transition:").enumerated().dropLast() {
            #expect(piece.contains("prefers-reduced-motion: no-preference"), "before transition \(index + 1)")
        }
        #expect(!css.contains("animation:"))
    }

    @Test func `Every class that a page uses is in the stylesheet`() {
        let known = Set(
            css.split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }
                .flatMap { $0.split(separator: ".", omittingEmptySubsequences: false).dropFirst() }.map { String($0) })
        for (name, page) in Sample.pages {
            let used = PageReader(page.markup).tags.flatMap { ($0["class"] ?? "").split(separator: " ") }
            for use in Set(used.map { String($0) }) {
                #expect(known.contains(use), "\(name): .\(use)")
            }
        }
    }

    private func colour(_ name: String) throws -> [Double] {
        let line = try #require(css.components(separatedBy: "\n").first { $0.hasPrefix("  --\(name): #") })
        let digits = try #require(line.split(separator: "#").last).prefix(6)
        let value = try #require(Int(digits, radix: 16))
        return [value >> 16, value >> 8 & 255, value & 255].map { Double($0) / 255 }
    }

    private func contrast(_ one: [Double], _ other: [Double]) -> Double {
        let lights = [luminance(one), luminance(other)].sorted()
        return (lights[1] + 0.05) / (lights[0] + 0.05)
    }

    /// Relative luminance as WCAG 2.2 defines it.
    private func luminance(_ colour: [Double]) -> Double {
        let linear = colour.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}
