import Foundation
import TestKit
import Testing

private let missingData: Comment = "No real data: put them beside the repository, or name them in HOLDFAST_SHARED."

/// The main job on real input, through the command alone.
@Suite(
    "Real data through the command", .serialized, .enabled(if: Command.binary != nil, Command.missing),
    .enabled(if: SharedData.folder != nil, missingData))
struct RealDataTests {
    @Test
    func `thirty months load once, a second time changes nothing, and the year reconciles`() async throws {
        let place = try Place()
        let folder = try #require(SharedData.file("data/police.uk")).path
        let first = try await place.json("import", "police-uk", folder)
        let files = try #require(first["files"]?.list)
        #expect(files.count == 90)
        for file in files { #expect(file["error"] == nil || file["error"] == .null, "\(file)") }
        let totals = try #require(first["totals"])
        let parts = ["accepted", "duplicate", "rejected"].compactMap { totals[$0]?.number }.reduce(0, +)
        #expect(totals["read"]?.number == parts)

        let second = try await place.json("import", "police-uk", folder)["totals"]
        #expect(second?["accepted"] == .number(0) && second?["superseded"] == .number(0))
        #expect(second?["read"] == totals["read"])

        let figures = try #require(SharedData.file("data/benchmarks/prc_2024_25_counts_selected_forces.csv")).path
        _ = try await place.json("import", "tables", figures)
        let total = try await place.json("measure", "reconcile", "cleveland", "2024")["total"]
        #expect(total?["ours"] == .number(72_391) && total?["published"] == .number(71_425))
        #expect(try await place.json("verify")["sound"] == .bool(true))
    }

    @Test
    func `the real report is read with its questions and six areas for improvement`() async throws {
        let place = try Place()
        let file = try #require(SharedData.file("data/inspection/cleveland-peel-2017-effectiveness.txt")).path
        let report = try await place.json("inspection", "import", file)
        let questions = try #require(report["questions"]?.list)
        #expect(questions.reduce(0) { $0 + ($1["areasForImprovement"]?.list.count ?? 0) } == 6)
        for question in questions { #expect(question["grade"] != nil && question["carriedFrom"] != nil) }
    }
}
