import Feeds
import TestKit
import Testing

/// What a tired person loads by mistake, and how she gets out of it.
@Suite(.onEveryEngine) struct WrongFileTests {
    private let name = "2024-01-exshire-street.csv"

    @Test func `a file without rows takes no month away`() async throws {
        let work = try await Workplace()
        _ = try await work.load(try work.file(name, Rows.file(.street, [Rows.street(Rows.id(1))])))
        let report = try await work.load(try work.file(name, Rows.file(.street, [])))
        #expect(report.files[0].error?.contains("1 row is held") ?? false)
        #expect(
            try await work.integer("SELECT accepted FROM feed_part WHERE state = 'current'") == 1)
        try await work.remove()
    }

    @Test func `a file whose place was taken comes back only when it is asked for`() async throws {
        let work = try await Workplace()
        let right = Rows.file(.street, [Rows.street(Rows.id(1)), Rows.street(Rows.id(2))])
        _ = try await work.load(try work.file(name, right))
        _ = try await work.load(try work.file(name, Rows.file(.street, [Rows.street(Rows.id(3))])))
        let again = try await work.load(try work.file(name, right))
        #expect(again.files[0].accepted == 0)
        let asked = try await work.load(
            try work.file(name, right), options: ImportOptions(bringsBack: true))
        #expect(asked.files[0].accepted == 2 && asked.files[0].superseded == 1)
        #expect(try await work.integer("SELECT accepted FROM feed_part WHERE state = 'current'") == 2)
        try await work.remove()
    }

    @Test func `a file refused at first sight stays on the list of what was loaded`() async throws {
        let work = try await Workplace()
        let good = try work.file(name, Rows.file(.street, [Rows.street(Rows.id(1))]))
        let report = try await work.load(good, try work.file("notes.csv", "Name,Age\nA,1\n"))
        let batch = try await work.feeds.batch(report.batch, as: work.analyst)
        #expect(batch.files.count == 2)
        #expect(batch.files.contains { $0.path.hasSuffix("notes.csv") && $0.error != nil })
        try await work.remove()
    }
}
