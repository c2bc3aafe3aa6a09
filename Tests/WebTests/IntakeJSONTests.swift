import Foundation
import Kernel
import People
import Testing

@testable import Web

@Suite("Objects in JSON as a table")
struct IntakeJSONTests {
    private func table(_ text: String) throws -> (header: [String], lines: [IntakeTable.Line]) {
        try table(Array(text.utf8))
    }

    private func table(_ bytes: [UInt8]) throws -> (header: [String], lines: [IntakeTable.Line]) {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("objects-\(UUID().uuidString).json")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let table = try IntakeFile.table(file.path, name: "objects.json").open()
        var lines: [IntakeTable.Line] = []
        while let line = try table.next() { lines.append(line) }
        return (table.header, lines)
    }

    @Test func `a list and one object a line read alike, laid flat`() throws {
        let object = #"{"number": 7, "answers": {"fear": "yes", "injury": {"answer": "no"}}, "late": true, "x": null}"#
        for text in ["[\n\(object)\n]", object + "\n" + object, "\u{FEFF}[\(object)]"] {
            let read = try table(text)
            #expect(Set(read.header) == ["number", "answers fear", "answers injury answer", "late", "x"])
            let values = Dictionary(zip(read.header, read.lines[0].values)) { first, _ in first }
            #expect(values["number"] == "7" && values["answers fear"] == "yes" && values["late"] == "yes")
            #expect(values["x"] == "" && read.lines[0].flaw == nil)
        }
        #expect(try table(object + "\n\n" + object).lines.map(\.number) == [1, 3])
        #expect(try table("[\(object),\(object)]").lines.map(\.number) == [1, 2])
    }

    @Test func `several children stand in one text, each with her own`() throws {
        let read = try table(#"[{"n":1,"children":[{"number":"K1","names":"Nia"},{"names":"Wren"}],"tags":["a","b"]}]"#)
        let values = Dictionary(zip(read.header, read.lines[0].values)) { first, _ in first }
        #expect(values["children names"] == "Nia;Wren" && values["tags"] == "a;b")
    }

    @Test(arguments: [
        (#"[{"a":"x"},{"a":"y","a":"z"}]"#, "named twice"), (#"[{"a":"x"},{"a":12345678901234567890}]"#, "more digits"),
        (#"[{"a":"x"},{"a":1e999}]"#, "no JSON"), (#"[{"a":"x"},{"a":"\u0000"}]"#, "no JSON"),
        (#"[{"a":"x"},{"a":}]"#, "no JSON"), (#"[{"a":"x"},{"a":"y""#, "ends in the middle"),
        (
            "[{\"a\":\"x\"},{\"a\":" + String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000) + "}]",
            "too deeply"
        ),
    ])
    func `an object that cannot be read says why, and the others are read`(_ text: String, _ words: String) throws {
        let lines = try table(text).lines
        #expect(lines.count == 2 && lines[0].flaw == nil)
        #expect(lines[1].flaw?.contains(words) == true, "\(lines[1].flaw ?? "taken")")
    }

    @Test func `bytes that are no text refuse their object, and what is no object ends the reading with its line`()
        throws
    {
        let bytes = Array(#"[{"a":"x"},{"a":""#.utf8) + [0xC3, 0x28] + Array(#""}]"#.utf8)
        #expect(try table(bytes).lines[1].flaw?.contains("UTF-8") == true)
        let problem = #expect(throws: Problem.self) { try table("{\"a\":1}\n{\"a\":2}\nnonsense") }
        #expect(problem?.message == "Line 3 holds something that is no object.")
    }
}
