import Foundation
import Testing

@Suite("The documents keep their word")
struct DocumentTests {
    @Test func `every room of the manifest is on the map in the README`() throws {
        let readme = try Repository.text("README.md")
        let map = try #require(readme.firstRange(of: "## Room map").map { readme[$0.upperBound...] })
        for room in try Repository.manifest().house {
            let isMapped = map.contains("`\(room.name)`")
            #expect(isMapped, "README.md: the room map leaves out \(room.name)")
        }
    }

    @Test func `the glossary is in order and explains each word in one sentence`() throws {
        let glossary = try Repository.text("docs/glossary.md")
        let terms = Documents.terms(in: glossary)
        #expect(terms.count > 40)
        #expect(terms == terms.sorted { $0.lowercased() < $1.lowercased() })
        #expect(Set(terms).count == terms.count)
        for line in glossary.split(separator: "\n") where line.hasPrefix("**") {
            #expect(line.hasSuffix("."), "not a sentence: \(line)")
        }
    }

    @Test func `decisions are numbered without gaps, listed, and in one form`() throws {
        let names = Repository.files(under: "docs/decisions", suffix: ".md").filter { !$0.hasSuffix("/README.md") }
        #expect(names.count >= 12)
        let index = try Repository.text("docs/decisions/README.md")
        for (number, path) in names.enumerated() {
            let name = try #require(path.split(separator: "/").last)
            let text = try Repository.text(path)
            #expect(name.hasPrefix(String(format: "%04d-", number + 1)), "\(path) leaves a gap")
            #expect(index.contains("](\(name))"), "docs/decisions/README.md leaves out \(name)")
            for part in ["\nDate: 20", "\n## Context\n", "\n## Decision\n", "\n## Consequences\n"] {
                #expect(text.contains(part), "\(path) has no \(part.trimmingCharacters(in: .newlines))")
            }
        }
    }

    @Test func `every link inside the documents leads somewhere`() throws {
        let documents =
            ["README.md", "CONTRIBUTING.md", "STYLE.md", "CHANGELOG.md", "bench/README.md"]
            + Repository.files(under: "docs", suffix: ".md")
        for path in documents {
            let folder = Repository.root.appending(path: path).deletingLastPathComponent()
            for link in Documents.links(in: try Repository.text(path)) {
                let target = folder.appending(path: link).path
                #expect(FileManager.default.fileExists(atPath: target), "\(path): \(link) is not there")
            }
        }
    }

    @Test func `every flag of the command is documented`() throws {
        let reference = try Repository.text("docs/command.md")
        for path in Repository.files(under: "Sources/holdfast", suffix: ".swift") {
            for flag in Documents.flags(in: try Repository.text(path)) {
                let isDocumented = reference.contains("`--\(flag)`")
                #expect(isDocumented, "docs/command.md leaves out --\(flag) of \(path)")
            }
        }
    }

    @Test func `the readers of documents find what they look for`() {
        #expect(Documents.terms(in: "# A\n**AFI** – an area.\ntext **b** x\n**DASH** – a form.") == ["AFI", "DASH"])
        #expect(Documents.links(in: "[a](b.md#c) ![i](d/e.png) [w](https://x.y/z) [q](#r)") == ["b.md", "d/e.png"])
        let source = """
            @Flag(help: "Say it for machines.") var json = false
            @Option(name: .customLong("data"), help: "Where.")
            var folder: String
            @Option(help: "When.")
            var sinceMonth: String?
            """
        #expect(Documents.flags(in: source) == ["json", "data", "since-month"])
    }
}
