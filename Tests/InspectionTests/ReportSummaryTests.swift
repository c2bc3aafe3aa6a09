import Foundation
import Inspection
import Kernel
import Testing

@Suite("The summary for other programs keeps its contract")
struct ReportSummaryTests {
    @Test("Its fields have their names, and what is missing is null")
    func contract() throws {
        let json = try summary(ReportFixture.carriedOver)
        for field in [
            "\"force\":\"Eastmarsh\"", "\"year\":2018", "\"pillar\":\"effectiveness\"", "\"grade\":null",
            "\"carriedFrom\":2016", "\"carriedFrom\":null", "\"findings\":[]", "\"areasForImprovement\":[]",
            "\"notUnderstood\":[]",
        ] {
            #expect(json.contains(field), "\(field)")
        }
    }

    @Test("A programme of two years is a string, and a grade its plain words")
    func years() throws {
        let json = try summary(ReportFixture.wordedGrades)
        #expect(json.contains("\"year\":\"2018/19\""))
        #expect(try summary(ReportFixture.efficiency).contains("\"grade\":\"requires improvement\""))
    }

    private func summary(_ fixture: ReportFixture) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(
            decoding: try encoder.encode(ReportSummary(try ReportReader.bundled().read(fixture.text))), as: UTF8.self)
    }
}
