import Foundation
import Testing

/// Names that other programs read. A change here breaks them.
@Suite("The contract of the command's JSON", .enabled(if: Command.binary != nil, Command.missing))
struct ContractTests {
    private static let counts: Set = ["read", "accepted", "duplicate", "superseded", "rejected"]

    @Test
    func `an import tells of each file and of all`() async throws {
        let place = try Place()
        let file = try place.write(Invented.oneBadRow, to: "2024-03-northshire-street.csv")
        let report = try await place.json("import", "police-uk", file)
        #expect(report.names.isSuperset(of: ["files", "totals"]))
        #expect(report["totals"]?.names == Self.counts)
        let first = try #require(report["files"]?.list.first)
        #expect(first.names.isSuperset(of: Self.counts.union(["path", "kind", "month"])))
        #expect(first["path"] == .text(file) && first["kind"] == .text("street") && first["month"] == .text("2024-03"))
        #expect(first["read"] == .number(4) && first["accepted"] == .number(3) && first["rejected"] == .number(1))
        #expect(first["duplicate"] == .number(0) && first["superseded"] == .number(0))
        let again = try await place.json("import", "police-uk", file)
        #expect(again["totals"]?["accepted"] == .number(0), "a second time changes nothing")
    }

    @Test
    func `a refused file ends with 1 and is still in the report`() async throws {
        let place = try Place()
        let good = try place.write(Invented.street("2024-03", rows: 5), to: "2024-03-northshire-street.csv")
        let bad = try place.write("a,b\n1,2\n", to: "2024-04-northshire-street.csv")
        let ended = try await place.run(["import", "police-uk", good, bad, "--json"])
        #expect(ended.code == 1 && ended.err.contains(bad))
        let report = try JSONValue(ended.out)
        #expect(report["totals"]?["accepted"] == .number(5))
        #expect(report["files"]?.list.count == 2)
    }

    @Test
    func `rejected rows come back with line and reason`() async throws {
        let place = try Place()
        let file = try place.write(Invented.oneBadRow, to: "2024-03-northshire-street.csv")
        let report = try await place.json("import", "police-uk", file)
        let batch = Int(try #require(report["batch"]?.number))
        let ended = try await place.run(["export", "rejects", String(batch)])
        #expect(ended.code == 0)
        #expect(ended.out.contains(",5,") && ended.out.split(whereSeparator: \.isNewline).count == 2)
    }

    @Test
    func `a report's grades are words or null, never left out`() async throws {
        let place = try Place()
        let file = try place.write(Invented.report, to: "report.txt")
        let report = try await place.json("inspection", "import", file)
        #expect(report.names.isSuperset(of: ["force", "year", "pillar", "questions", "notUnderstood"]))
        let questions = try #require(report["questions"]?.list)
        let names: Set = ["text", "grade", "carriedFrom", "findings", "areasForImprovement"]
        for question in questions { #expect(question.names.isSuperset(of: names)) }
        let inspected = questions.filter { $0["grade"] != .null }
        #expect(inspected.map { $0["grade"] } == [.text("good"), .text("requires improvement")])
        #expect(inspected.allSatisfy { $0["carriedFrom"] == .null })
        let carried = try #require(questions.last)
        #expect(carried["grade"] == .null && carried["carriedFrom"] != .null)
        #expect(inspected.last?["areasForImprovement"]?.list.count == 2)
    }

    @Test
    func `text that is no report is refused with what was expected`() async throws {
        let place = try Place()
        let file = try place.write("Dear all, the car park is closed on Monday.\n", to: "note.txt")
        let ended = try await place.run(["inspection", "import", file, "--json"])
        #expect(ended.code == 1 && ended.out.isEmpty)
        #expect(ended.err.contains("PEEL"))
    }

    @Test
    func `a measure has points with every name, and nulls where there is nothing`() async throws {
        let place = try Place()
        for (month, rows) in [("2024-03", 7), ("2024-05", 9)] {
            let file = try place.write(Invented.street(month, rows: rows), to: "\(month)-northshire-street.csv")
            _ = try await place.json("import", "police-uk", file)
        }
        let measure = try await place.json("measure", "show", "recorded-crime", "--by", "month")
        #expect(measure.names.isSuperset(of: ["id", "title", "unit", "points", "limits"]))
        #expect(measure["id"] == .text("recorded-crime"))
        let points = try #require(measure["points"]?.list)
        let names: Set = ["period", "group", "numerator", "denominator", "value", "low", "high", "signal"]
        for point in points { #expect(point.names.isSuperset(of: names)) }
        let held = points.filter { $0["value"] != .null }
        #expect(held.map { $0["period"] } == [.text("2024-03"), .text("2024-05")])
        #expect(held.map { $0["numerator"] } == [.number(7), .number(9)])
        #expect(!points.contains { $0["period"] == .text("2024-04") && $0["value"] == .number(0) }, "a gap is no zero")
        guard case .object = measure["limits"] else {
            Issue.record("limits are an object")
            return
        }
    }

    @Test
    func `the list of measures is an array of those that can be shown`() async throws {
        let place = try Place()
        let measures = try await place.json("measure", "list").list
        #expect(!measures.isEmpty)
        for measure in measures {
            #expect(measure.names.isSuperset(of: ["id", "title", "unit", "numerator", "denominator", "source"]))
        }
        let ids = measures.compactMap { $0["id"]?.text }
        #expect(Set(ids).count == ids.count)
        for id in ids.prefix(3) { _ = try await place.json("measure", "show", id) }
    }

    @Test
    func `verify counts what it checked`() async throws {
        let place = try Place()
        _ = try await place.json("measure", "list")
        let found = try await place.json("verify")
        #expect(found.names == ["sound", "records", "versions", "auditEntries", "root", "heads", "faults"])
        #expect(found["sound"] == .bool(true))
    }
}
