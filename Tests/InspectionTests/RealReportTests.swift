import Foundation
import Inspection
import Kernel
import TestKit
import Testing

private let report: URL? = SharedData.file("data/inspection/cleveland-peel-2017-effectiveness.txt")

@Suite(
    "The real report of 2017 is read as it stands",
    .enabled(if: report != nil, "The real report is not here: set HOLDFAST_SHARED to the folder that holds data/."))
struct RealReportTests {
    func draft() throws -> ReportDraft {
        let bytes = [UInt8](try Data(contentsOf: try #require(report)))
        return try ReportReader.bundled().read(bytes: bytes)
    }

    @Test("Its five questions carry the stated grades, and the two carried ones their year")
    func grades() throws {
        let draft = try draft()
        #expect(draft.force == "Cleveland")
        #expect(draft.year == ProgrammeYear("2017"))
        #expect(draft.pillar == .effectiveness)
        #expect(draft.questions.count == 5)
        #expect(draft.questions.map(\.grade) == [.good, nil, .requiresImprovement, nil, nil])
        let carried = draft.questions.map(\.carriedFrom)
        #expect(carried == [nil, ProgrammeYear("2016"), nil, ProgrammeYear("2016"), nil])
    }

    @Test("It has six areas for improvement, all under one question")
    func areas() throws {
        let questions = try draft().questions
        #expect(questions.map(\.areasForImprovement.count) == [0, 0, 6, 0, 0])
        #expect(questions[2].areasForImprovement.allSatisfy { $0.text.hasPrefix("The force should ") })
    }

    @Test("What the force should do about response times is a finding, not an area for improvement")
    func responseTimes() throws {
        let question = try draft().questions[4]
        let words = "make better use of analysis of armed officer response times"
        #expect(question.findings.filter { $0.text.contains(words) }.map(\.kind) == [.toImprove])
        #expect(question.findings.filter { $0.kind == .strength }.count == 3)
        #expect(question.areasForImprovement.isEmpty)
    }

    @Test("Its one stray fragment of mark-up is listed, and nothing else")
    func setAside() throws {
        #expect(try draft().notUnderstood.map(\.text) == [",/li>"])
    }

    @Test("Each finding and area stands in the text, word for word")
    func verbatim() throws {
        let draft = try draft()
        let text = try String(contentsOf: try #require(report), encoding: .utf8)
        for question in draft.questions {
            #expect(text.contains(question.text))
            for finding in question.findings { #expect(text.contains(finding.text)) }
            for lead in question.findings.compactMap(\.leadIn) { #expect(text.contains(lead)) }
            for area in question.areasForImprovement { #expect(text.contains(area.text)) }
        }
    }
}
