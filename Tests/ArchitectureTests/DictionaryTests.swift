import Testing

@Suite("The data dictionary")
struct DictionaryTests {
    @Test func `every table and every column is explained`() throws {
        let dictionary = try Repository.text("docs/data-dictionary.md")
        var tables = 0
        for path in Repository.files(under: "Sources", suffix: "Schema.swift") {
            let source = try Repository.text(path)
            for name in Documents.firstTexts(of: ["Table(", "cellTable("], in: source) {
                tables += 1
                let isExplained = dictionary.contains("`\(name)`")
                #expect(isExplained, "docs/data-dictionary.md leaves out the table \(name)")
            }
            for name in Documents.firstTexts(of: ["Column("], in: source) {
                let isExplained = dictionary.contains("`\(name)`")
                #expect(isExplained, "docs/data-dictionary.md leaves out \(name) of \(path)")
            }
        }
        #expect(tables > 5)
    }

    @Test func `tables and columns are found however the lines break`() {
        let source = #"Table("a", [Column("b", .text)]) Table(\#n    "c", x) Table(name, y) cellTable("d", z)"#
        #expect(Documents.firstTexts(of: ["Table(", "cellTable("], in: source) == ["a", "c", "d"])
        #expect(Documents.firstTexts(of: ["Column("], in: source) == ["b"])
    }
}
