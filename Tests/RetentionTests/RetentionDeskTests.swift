import Access
import Kernel
import Ledger
import TestKit
import Testing

@testable import Retention

@Suite("The queue of reviews", .onEveryEngine)
struct RetentionQueueTests {
    @Test func `holds what is due of her own agency, the oldest first, and says so in the log`() async throws {
        try await RetentionHouse.open { house in
            let late = try await house.file(daysAgo: 7 * 366)
            let latest = try await house.file(daysAgo: 9 * 366)
            _ = try await house.file(daysAgo: 30)
            _ = try await house.file(owner: "housing")
            let queue = try await house.desk.queue(as: house.manager)
            #expect(queue.lines.map(\.record.id) == [latest.text, late.text])
            #expect(queue.overdue == 2 && queue.dueThisMonth == 0 && !queue.isBehind && queue.upcoming.count == 1)
            #expect(try await house.queue(as: TestActor.partner([.recordsManager])).count == 1)
            let log = try await house.store.log()
            #expect(log.contains { $0.listed == [latest.text, late.text] && $0.user == "rita" })
            await #expect(throws: Problem.absent) { try await house.queue(as: TestActor.police([.analyst])) }
        }
    }

    @Test func `comes in pages that neither lose nor repeat`() async throws {
        try await RetentionHouse.open { house in
            for number in 0..<7 { _ = try await house.file("case \(number)", daysAgo: 3000 + number % 3) }
            var (seen, position) = ([String](), ListPosition?.none)
            repeat {
                let queue = try await house.desk.queue(after: position, limit: 3, as: house.manager)
                seen += queue.lines.map(\.record.id)
                position = queue.next
            } while position != nil
            #expect(seen.count == 7 && Set(seen).count == 7)
        }
    }

    @Test func `follows what is written, kept and erased`() async throws {
        try await RetentionHouse.open { house in
            let id = try await house.file()
            #expect(try await house.queue() == [id.text])
            try await house.desk.keep(
                "test.case", id.text, reason: "vulnerable", words: "she still lives with him", as: house.manager)
            #expect(try await house.queue() == [])
            let sheet = try await house.desk.sheet("test.case", id.text, as: house.officer)
            #expect(sheet.due.day.description == "2032-11-25" && sheet.decisions.map(\.body.state) == [.kept])
            let record = try await house.ledger.read(CaseFile.self, id, as: house.manager)
            var body = record.body
            body.sharedUntil = house.today.adding(days: -1)
            try await house.ledger.commit([try .amend(id, expecting: 1, body)], as: house.manager)
            #expect(try await house.queue() == [id.text])
        }
    }

    @Test func `is made anew when other rules hold, and when a line of them begins`() async throws {
        try await RetentionHouse.open { house in
            let id = try await house.file(daysAgo: 4 * 366)
            #expect(try await house.queue() == [])
            let yaml = """
                groups:
                  - {id: group-3, title: G, from: 2020-01-01, until: 2026-12-01, basis: clear, reviewYears: 6, persons: 1, source: s, note: n}
                  - {id: group-3, title: G, from: 2026-12-01, basis: clear, reviewYears: 3, persons: 1, source: s, note: n}
                reasons:
                  - {id: r, outcome: keep, title: R, from: 2020-01-01, source: s}
                copies:
                  - {days: 35, from: 2020-01-01, source: s}
                """
            let own = RetentionHouse(house.store, try RetentionRules(yaml: yaml, name: "own.yaml"))
            #expect(try await own.queue() == [])
            house.store.clock.advance(seconds: 7 * 86_400)
            #expect(try await own.queue() == [id.text])
            #expect(try await house.queue() == [])
        }
    }
}

@Suite("Decisions and holds", .onEveryEngine)
struct RetentionDecisionTests {
    @Test func `one person destroys where the group asks for one`() async throws {
        try await RetentionHouse.open { house in
            let id = try await house.file()
            let outcome = try await house.desk.destroy(
                "test.case", id.text, reason: "no-longer-needed", as: house.manager)
            #expect(outcome == .destroyed)
            #expect(try await house.isGone(id))
            let gone = try await house.desk.destroyed(as: house.officer).records.map(\.body)
            #expect(gone.map(\.record) == [id.text] && gone.map(\.state) == [.destroyed] && gone[0].words.isEmpty)
            #expect(try await house.desk.untidySince() == house.today)
        }
    }

    @Test func `where two must agree nothing goes before a second has`() async throws {
        try await RetentionHouse.open { house in
            let id = try await house.file("c", "group-1", daysAgo: 11 * 366)
            let outcome = try await house.desk.destroy("test.case", id.text, reason: "doubled", as: house.manager)
            #expect(outcome == .awaited)
            #expect(try await house.desk.queue(as: house.manager).lines.map(\.isAwaited) == [true])
            let sheet = try await house.desk.sheet("test.case", id.text, as: house.second)
            let decision = try #require(sheet.awaited).id
            for actor in [house.manager, house.officer, TestActor.partner([.recordsManager])] {
                await #expect(throws: Problem.self) { try await house.desk.confirm(decision, as: actor) }
            }
            #expect(try await !house.isGone(id))
            try await house.desk.confirm(decision, as: house.second)
            #expect(try await house.isGone(id))
            await #expect(throws: Problem.self) { try await house.desk.confirm(decision, as: house.second) }
        }
    }

    @Test func `what was changed after it was looked at is not destroyed`() async throws {
        try await RetentionHouse.open { house in
            let id = try await house.file("c", "group-2", daysAgo: 11 * 366)
            _ = try await house.desk.destroy("test.case", id.text, reason: "doubled", as: house.manager)
            let record = try await house.ledger.read(CaseFile.self, id, as: house.manager)
            try await house.ledger.commit([try .amend(id, expecting: 1, record.body)], as: house.manager)
            let decision = try #require(
                try await house.desk.sheet("test.case", id.text, as: house.second).awaited
            ).id
            let problem = await #expect(throws: Problem.self) {
                try await house.desk.confirm(decision, as: house.second)
            }
            #expect(problem == RetentionDesk.changed)
            let sheet = try await house.desk.sheet("test.case", id.text, as: house.second)
            #expect(sheet.awaited == nil && sheet.decisions.map(\.body.state) == [.withdrawn])
        }
    }

    @Test func `while a hold stands nothing it covers goes, by decision or by agreement`() async throws {
        try await RetentionHouse.open { house in
            let ended = house.today.adding(days: -1)
            let scopes: [RetentionHold.Scope] = [.everything, .kind("test.case"), .person("person-7")]
            for scope in scopes {
                let id = try await house.file(person: "person-7", sharedUntil: ended)
                let hold = try await house.desk.hold("Inquiry", why: "letter of 1 May", scope, as: house.manager)
                let problem = await #expect(throws: Problem.self) {
                    try await house.desk.destroy("test.case", id.text, reason: "doubled", as: house.manager)
                }
                #expect(problem?.message.contains("Inquiry") == true)
                let report = try #require(try await house.desk.sweep())
                #expect(report.expired == 0 && report.held == 1 && !report.tidied)
                #expect(try await !house.isGone(id))
                try await house.desk.lift(hold, why: "the inquiry closed", as: house.second)
                #expect(try await house.desk.sweep()?.expired == 1)
                #expect(try await house.isGone(id))
            }
            let other = try await house.file(person: "person-8")
            _ = try await house.desk.hold("Other", why: "w", .person("person-7"), as: house.manager)
            _ = try await house.desk.hold("Past", why: "w", .everything, until: house.today, as: house.manager)
            house.store.clock.advance(seconds: 86_400)
            _ = try await house.desk.destroy("test.case", other.text, reason: "doubled", as: house.manager)
        }
    }

    @Test func `a decision needs a reason of the day, and to keep it words too`() async throws {
        try await RetentionHouse.open { house in
            let id = try await house.file()
            for (reason, words, fields) in [
                ("", "long enough words", ["reason"]), ("doubled", "short", ["reason", "words"]),
                ("vulnerable", "         x", ["words"]),
            ] {
                let problem = await #expect(throws: Problem.self) {
                    try await house.desk.keep("test.case", id.text, reason: reason, words: words, as: house.manager)
                }
                #expect(problem?.fields.map(\.name) == fields)
            }
            await #expect(throws: Problem.absent) {
                try await house.desk.keep(
                    "test.case", id.text, reason: "vulnerable", words: "long enough words", as: house.officer)
            }
            await #expect(throws: Problem.self) {
                try await house.desk.destroy("test.case", id.text, reason: "doubled", as: house.officer)
            }
            #expect(try await !house.isGone(id))
        }
    }
}

@Suite("The daily sweep", .onEveryEngine)
struct RetentionSweepTests {
    @Test func `what a partner shared goes the day after the agreement ends, and the log says for whom`() async throws {
        try await RetentionHouse.open { house in
            let lent = try await house.file("lent", "shared", sharedUntil: house.today, owner: "housing")
            let kept = try await house.file("kept", daysAgo: 9 * 366)
            #expect(try await house.desk.sweep() == SweepReport())
            #expect(try await !house.isGone(lent))
            #expect(try await !house.desk.isSweepDue())
            house.store.clock.advance(seconds: 86_400)
            #expect(try await house.desk.isSweepDue())
            let report = try await house.desk.sweep()
            #expect(report == SweepReport(expired: 1, held: 0, finished: 0, tidied: true))
            #expect(try await house.isGone(lent))
            #expect(try await !house.isGone(kept))
            let erasures = try await house.store.log().filter { $0.operation == .erasure }
            #expect(erasures.map(\.user) == ["house"] && erasures.map(\.agency) == ["housing"])
            #expect(try await house.desk.untidySince() == nil)
        }
    }

    @Test func `a destruction that a stop left half done is carried out`() async throws {
        try await RetentionHouse.open { house in
            let id = try await house.file()
            let sheet = try await house.desk.sheet("test.case", id.text, as: house.manager)
            let ordered = try RetentionDecision.make(
                .destroy, sheet.record, reason: "doubled", words: "", house.desk.rules, by: "rita", at: house.ledger.now
            )
            let decision = house.ledger.newIdentifier(RetentionDecision.self)
            try await house.ledger.commit([try .create(decision, ordered, owner: "police")], as: house.manager)
            #expect(try await house.desk.sweep()?.finished == 1)
            #expect(try await house.isGone(id))
            #expect(try await house.desk.destroyed(as: house.officer).records.map(\.id) == [decision])
        }
    }

    @Test func `of two that sweep at once one does`() async throws {
        try await RetentionHouse.open { house in
            let outcome = try await house.ledger.alone("retention-sweep") { try await house.desk.sweep() }
            #expect(outcome == nil)
        }
    }
}
