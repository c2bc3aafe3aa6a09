import Kernel
import Testing

@testable import Retention

@Suite("When a record is due")
struct RetentionDueTests {
    private let rules: RetentionRules
    private let today = Day(daysSince1970: 20_782)

    init() throws { rules = try .bundled() }

    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    private func due(
        _ group: String, _ last: String, birth: PartialDay? = nil, shared: String? = nil, kept: [String] = []
    ) throws -> RetentionDue {
        let facts = RetentionFacts(
            group: group, lastEvent: try day(last), birth: birth, sharedUntil: try shared.map(day))
        return rules.due(facts, keptOn: try kept.map(day), today: today)
    }

    @Test func `a clear period counts from the last event, and after a decision to keep from that`() throws {
        #expect(try due("group-3", "2019-05-04").day.description == "2025-05-04")
        #expect(try due("group-3", "2019-05-04").isOverdue)
        let kept = try due("group-3", "2019-05-04", kept: ["2025-06-01", "2025-05-20"])
        #expect(kept.day.description == "2031-06-01" && !kept.isOverdue)
        #expect(kept.why == "6 years since it was kept on 1 June 2025.")
        #expect(try due("group-3", "2026-05-04", kept: ["2025-06-01"]).day.description == "2032-05-04")
    }

    @Test func `public protection is reviewed every ten years and ends at a hundred`() throws {
        let birth = PartialDay(try day("1950-03-02"))
        #expect(try due("group-1", "2020-01-01", birth: birth).day.description == "2030-01-01")
        let late = try due("group-1", "2045-01-01", birth: birth)
        #expect(late.day.description == "2050-03-02" && late.cause == .age)
        #expect(late.why == "The person would be 100 on 2 March 2050.")
        let past = try due("group-1", "2051-01-01", birth: birth)
        #expect(past.day.description == "2061-01-01" && past.cause == .review)
    }

    @Test func `a date of birth known in part ends it at the latest day it may be`() throws {
        let year = try due("group-1", "2045-01-01", birth: PartialDay(year: 1950))
        #expect(year.day.description == "2050-12-31" && year.why.hasSuffix("known in part."))
        let month = try due("group-1", "2045-01-01", birth: PartialDay(year: 1950, month: 2))
        #expect(month.day.description == "2050-02-28")
        let none = try due("group-1", "2045-01-01")
        #expect(
            none.day.description == "2055-01-01" && none.why.hasSuffix("No date of birth is known, so no age ends it."))
        #expect(PartialDay(year: 1950, month: nil, day: 3) == nil)
    }

    @Test func `29 February becomes 1 March where there is none`() throws {
        #expect(try due("group-3", "2024-02-29").day.description == "2030-03-01")
        #expect(try due("group-2", "2016-02-29").day.description == "2026-03-01")
        let birth = PartialDay(try day("2000-02-29"))
        #expect(try due("group-1", "2095-01-01", birth: birth).day.description == "2100-03-01")
        #expect(
            try due("group-1", "2003-01-01", birth: PartialDay(try day("1904-02-29"))).day.description == "2004-02-29")
    }

    @Test func `what a partner shared goes when the agreement ends, whatever its group`() throws {
        for group in ["shared", "group-1", "group-3"] {
            let lent = try due(group, "2026-01-01", shared: "2026-11-24")
            #expect(lent.cause == .sharing && lent.isOverdue)
        }
        #expect(try !due("shared", "2026-01-01", shared: "2026-11-25").isOverdue)
        let late = try due("group-3", "2010-01-01", shared: "2026-11-24")
        #expect(late.cause == .sharing && late.why.contains("ended on 24 November 2026"))
        #expect(try due("group-3", "2010-01-01", shared: "2026-11-25").cause == .review)
        let open = try due("shared", "2026-01-01")
        #expect(open.cause == .review && open.why.hasPrefix("No last day was agreed with the partner;"))
    }

    @Test func `an unknown group is on the desk at once`() throws {
        let due = try due("group-9", "2026-01-01")
        #expect(due.cause == .unknownGroup && due.isOverdue && due.isOnDesk(today))
    }

    @Test(arguments: 0..<40)
    func `no fact ever makes it due before its period, and a decision to keep only later`(seed: Int) throws {
        var chance = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<250 {
            let group = chance.pick(rules.groups).value
            let last = Day(daysSince1970: chance.below(30_000))
            let birth = [
                nil, PartialDay(year: 1900 + chance.below(120)), PartialDay(Day(daysSince1970: chance.below(20_000))),
            ]
            let facts = RetentionFacts(
                group: group.id, lastEvent: last, birth: chance.pick(birth),
                sharedUntil: chance.below(4) == 0 ? last.adding(days: chance.below(5_000)) : nil)
            let today = max(last, Day(daysSince1970: 20_000 + chance.below(10_000)))
            let kept = (0..<chance.below(3)).map { _ in today.adding(days: -chance.below(4_000)) }
            let (plain, after) = (rules.due(facts, today: today), rules.due(facts, keptOn: kept, today: today))
            #expect(plain == rules.due(facts, today: today))
            #expect(plain.isOverdue == (plain.day < today) && !plain.why.isEmpty)
            #expect(after.day >= plain.day, "\(facts) \(kept)")
            #expect(plain.day > last || plain.cause == .sharing, "\(facts)")
            let longest = last.adding(days: group.reviewYears * 366 + 1)
            #expect(plain.day <= longest || plain.cause == .sharing, "\(facts)")
            if let end = facts.sharedUntil { #expect(after.day <= max(end, plain.day)) }
            #expect(rules.due(facts, keptOn: [today.adding(days: 9)], today: today) == plain)
        }
    }
}
