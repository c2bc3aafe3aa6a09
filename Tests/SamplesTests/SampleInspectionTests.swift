import Foundation
import Samples
import TestKit
import Testing

@Suite struct SampleInspectionTests {
    private func lines(_ place: Int) throws -> [String] {
        try SampleForce.inspections()[place].text.split(separator: "\n").map(String.init)
    }

    @Test("The report of 2017 has the facts of its model: one good, one requires improvement, two carried over")
    func facts() throws {
        let lines = try lines(0)
        #expect(lines.first == "Fellbrook PEEL 2017")
        #expect(lines.filter { $0.hasPrefix("How effective") && $0.hasSuffix("?") }.count == 6)
        #expect(lines.filter { $0.hasPrefix("Fellbrook Police is good at") }.count == 1)
        #expect(lines.filter { $0.hasPrefix("Fellbrook Police requires improvement at") }.count == 1)
        #expect(lines.filter { $0.hasPrefix("This question was not inspected in 2017") }.count == 2)
    }

    @Test("Six areas for improvement stand under their heading")
    func areas() throws {
        let lines = try lines(0)
        let start = try #require(lines.firstIndex(of: "Areas for improvement"))
        let areas = lines[(start + 1)...].prefix { $0.hasPrefix("- The force should ") }
        #expect(areas.count == 6)
        for word in ["DASH", "views", "MARAC", "evidential difficulties", "sex offenders", "hub"] {
            #expect(areas.contains { $0.contains(word) }, "\(word)")
        }
    }

    @Test("The later report says what became of an earlier area")
    func later() throws {
        let lines = try lines(1)
        #expect(lines.first == "Fellbrook PEEL 2018/19")
        #expect(lines.contains { $0.hasPrefix("In our 2017 inspection") && $0.contains("has put this right") })
    }

    @Test(
        "No six words in a row stand in the real report, the questions apart",
        .enabled(if: SharedData.root != nil, "\(SharedData.absence)"))
    func ownWords() throws {
        let bytes = try SharedData.bytes("inspection/cleveland-peel-2017-effectiveness.txt")
        let real = shingles(String(decoding: bytes, as: UTF8.self))
        #expect(real.count > 300)
        for inspection in try SampleForce.inspections() {
            let shared = shingles(inspection.text).intersection(real)
            #expect(shared.subtracting(Self.formal).isEmpty, "\(inspection.name): \(shared.sorted())")
        }
    }

    /// Words by which a report of that year is recognised, and which carry nothing of its content.
    private static let formal: Set<String> = shingles("This question was not inspected in 2017")

    /// Every six words in a row of a line that is not a question.
    private func shingles(_ text: String) -> Set<String> { Self.shingles(text) }

    private static func shingles(_ text: String) -> Set<String> {
        var found: Set<String> = []
        for line in text.split(separator: "\n") where !line.hasSuffix("?") {
            let words = line.lowercased().split { !$0.isLetter && !$0.isNumber }
            guard words.count >= 6 else { continue }
            for start in 0...(words.count - 6) { found.insert(words[start..<start + 6].joined(separator: " ")) }
        }
        return found
    }
}
