import Inspection
import Kernel
import Reference
import Testing

@Suite("Grades are compared only within one scale")
struct GradeTrendTests {
    let scales: GradeScales

    init() throws { scales = try .bundled() }

    private func point(_ year: String, _ grade: Grade, from carried: String? = nil) throws -> GradePoint {
        GradePoint(
            year: try #require(ProgrammeYear(year)), grade: grade, carriedFrom: carried.flatMap { ProgrammeYear($0) })
    }

    @Test("Four-tier years make one line, in order")
    func sameScale() throws {
        let trend = GradeTrend.of([try point("2018/19", .inadequate), try point("2016", .good)], scales: scales)
        guard case .drawn(let scale, let points) = trend else {
            Issue.record("refused: \(trend)")
            return
        }
        #expect(scale.id == "four-tier")
        #expect(points.map(\.grade) == [.good, .inadequate])
    }

    @Test(
        "A line across scales is refused, and the answer names both",
        arguments: [("2018/19", "2021/22"), ("2021/22", "2023-25"), ("2016", "2023-25"), ("2023-25", "2025-27")])
    func acrossScales(_ first: String, _ second: String) throws {
        let trend = GradeTrend.of([try point(first, .good), try point(second, .good)], scales: scales)
        guard case .refused(let reason) = trend else {
            Issue.record("drawn: \(trend)")
            return
        }
        #expect(reason.contains("different scales"))
    }

    @Test("A carried grade counts in the year that gave it")
    func carried() throws {
        let points = [try point("2023-25", .good, from: "2021/22"), try point("2021/22", .adequate)]
        guard case .drawn = GradeTrend.of(points, scales: scales) else {
            Issue.record("refused")
            return
        }
    }

    @Test("A grade that its year did not have, or a year we do not know, is refused")
    func unknown() throws {
        for point in [try point("2017", .adequate), try point("2019", .good), try point("2031", .good)] {
            guard case .refused = GradeTrend.of([point], scales: scales) else {
                Issue.record("drawn: \(point)")
                continue
            }
        }
    }

    @Test(
        "A mistake in the data is told with its line",
        arguments: [
            ("scales:\n  - id: a\n    title: A\n    from: 2014\n    until: 2012\n", 2),
            ("scales:\n  - id: a\n    title: A\n    from: then\n", 4), ("scales: []\n", 1), ("scales:\n  - [\n", 3),
            (
                "scales:\n  - id: a\n    title: A\n    from: 2014\n    until: 2015\n    grades:\n      - good\n      - great\n",
                8
            ),
        ])
    func mistakes(_ yaml: String, _ line: Int) {
        let error = #expect(throws: ReferenceError.self) { try GradeScales(yaml: yaml, name: "scales.yaml") }
        #expect(error?.line == line, "\(String(describing: error))")
    }

    @Test("Every scale names its source and its order, best first")
    func bundled() {
        #expect(scales.all.count == 4)
        #expect(scales.all.allSatisfy { $0.source.hasPrefix("https://") && $0.grades.first == .outstanding })
        #expect(scales.all.filter { !$0.isConfirmed }.map(\.id) == ["four-tier", "five-tier-2025"])
    }
}
