import Foundation
import Kernel
import Reference
import Testing

@testable import Retention

@Suite("Rules of retention")
struct RetentionRulesTests {
    private let today = Day(daysSince1970: 20_782)

    @Test func `those that come with the house say for each group when and by how many`() throws {
        let rules = try RetentionRules.bundled()
        let groups = rules.groups.holding(on: today)
        #expect(groups.map(\.id) == ["group-1", "group-2", "group-3", "group-4", "management", "shared"])
        #expect(groups.map(\.reviewYears) == [10, 10, 6, 6, 6, 1])
        #expect(groups.map(\.persons) == [2, 2, 1, 1, 1, 1])
        #expect(groups.first?.untilAge == 100)
        #expect(groups.allSatisfy { !$0.isConfirmed })
        #expect(rules.reasons(to: .destroy, on: today).count == 4)
        #expect(rules.copiesUntil(erased: today)?.description == "2026-12-30")
    }

    private static let sound = """
        groups:
          - {id: a, title: A, from: 2020-01-01, until: 2026-01-01, basis: clear, reviewYears: 7, persons: 1, source: s, note: n}
          - {id: a, title: A, from: 2026-01-01, basis: clear, reviewYears: 6, persons: 1, source: s, note: n}
        reasons:
          - {id: r, outcome: keep, title: R, from: 2020-01-01, source: s}
        copies:
          - {days: 35, from: 2020-01-01, source: s}
        """

    @Test func `a line holds from its first day and no longer on its last`() throws {
        let rules = try RetentionRules(yaml: Self.sound, name: "own.yaml")
        let last = try #require(Day("2025-12-31"))
        #expect(rules.group("a", on: last)?.value.reviewYears == 7)
        #expect(rules.group("a", on: last.adding(days: 1))?.value.reviewYears == 6)
        #expect(rules.mark(on: last) != rules.mark(on: last.adding(days: 1)))
    }

    @Test(arguments: [
        (
            "persons: 1, source: s, note: n}\n  - {id: a, title: A, from: 2026",
            "persons: 3, source: s, note: n}\n  - {id: a, title: A, from: 2026", 2
        ),
        ("from: 2026-01-01, basis", "from: 2025-12-31, basis", 3),
        ("from: 2026-01-01, basis: clear", "from: 2026-02-30, basis: clear", 3),
        ("basis: clear, reviewYears: 6", "basis: whim, reviewYears: 6", 3),
        ("basis: clear, reviewYears: 6", "basis: age, reviewYears: 6", 3),
        ("basis: clear, reviewYears: 6", "basis: clear, reviewYears: six", 3),
        ("until: 2026-01-01", "until: 2019-01-01", 2),
        ("outcome: keep", "outcome: shred", 5),
        ("days: 35, ", "", 7),
    ])
    func `a mistake is told with its line`(right: String, wrong: String, line: Int) throws {
        let parts = Self.sound.components(separatedBy: right)
        try #require(parts.count == 2, "\(right)")
        let error = #expect(throws: ReferenceError.self) {
            try RetentionRules(yaml: parts.joined(separator: wrong), name: "own.yaml")
        }
        #expect(error?.line == line && error?.file == "own.yaml", "\(String(describing: error))")
    }
}
