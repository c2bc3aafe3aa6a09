import Access
import Kernel
import Ledger
import TestKit
import Testing

/// A record about a person whom the test names.
private struct Case: RecordBody {
    static let kind = RecordKind("test.case", .improvement)
    var words: String
    var person: String
    var keys: [IndexKey] { [IndexKey("all", "all")] }
    var subjects: [RecordSubject] { [RecordSubject(person: person, capacity: .victim)] }
}

@Suite("The log answers who saw what")
struct OversightTests {
    let lead = TestActor.police([.inspectionLead])
    let other = TestActor.police([.inspectionLead], user: "bea")
    let officer = TestActor.police([.privacyOfficer], user: "pat")

    private func id(_ text: String) throws -> Identifier<Case> { try #require(Identifier<Case>(text)) }

    private func asked(_ store: TemporaryStore, _ change: (inout AuditQuery) -> Void) async throws -> [Int64] {
        var query = AuditQuery(limit: 1000)
        change(&query)
        return try await store.ledger.audit(query, as: officer).map(\.sequence)
    }

    /// Entries 1 to 9 and then 600 of no interest.
    private func filled() async throws -> TemporaryStore {
        let (store, ann, ben) = (try await TemporaryStore(), try id("case-ann"), try id("case-ben"))
        try await store.ledger.commit([.create(ann, Case(words: "a", person: "ann"), owner: "police")], as: lead)  // 1
        try await store.ledger.commit([.create(ben, Case(words: "b", person: "ben"), owner: "police")], as: lead)  // 2
        _ = try await store.ledger.read(Case.self, ann, as: lead)  // 3
        store.clock.advance(seconds: 86_400)
        _ = try await store.ledger.list(Case.self, index: "all", as: other)  // 4
        _ = try await store.ledger.read(Case.self, ben, as: other)  // 5
        try await store.ledger.note(
            Consultation(
                kind: "test.pack", .improvement, .disclosure, about: "case-ann", record: "case-ann",
                recipient: "council"), as: other)  // 6
        await #expect(throws: Problem.absent) {
            try await store.ledger.read(Case.self, ann, as: TestActor.partner([.analyst]))  // 7
        }
        try await store.ledger.commit([.amend(ann, expecting: 1, Case(words: "c", person: "eve"))], as: lead)  // 8
        store.clock.advance(seconds: 86_400)
        _ = try await store.ledger.history(Case.self, ann, as: lead)  // 9
        let ledger = store.ledger
        for number in 0..<600 {
            try await ledger.note(Consultation(kind: "x", .fact, .consultation, about: "\(number)"), as: lead)
        }
        return store
    }

    @Test func `who saw this record: reads, lists, disclosures, changes and refusals, newest first`() async throws {
        let store = try await filled()
        #expect(try await asked(store) { $0.record = "case-ann" } == [9, 8, 7, 6, 4, 3, 1])
        #expect(try await asked(store) { $0.record = "case-ben" } == [5, 4, 2])
        #expect(try await asked(store) { $0.record = "case-none" } == [])
        let first = try await asked(store) { ($0.record, $0.limit) = ("case-ann", 3) }
        let rest = try await asked(store) { ($0.record, $0.before) = ("case-ann", first.last) }
        #expect(first + rest == [9, 8, 7, 6, 4, 3, 1])
        try await store.remove()
    }

    @Test func `who saw anything about this person, also one whom an earlier version named`() async throws {
        let store = try await filled()
        #expect(try await asked(store) { $0.person = "ben" } == [5, 4, 2])
        for person in ["ann", "eve"] {
            #expect(try await asked(store) { $0.person = person } == [9, 8, 7, 6, 4, 3, 1])
        }
        #expect(try await asked(store) { ($0.person, $0.record) = ("ben", "case-ann") } == [])
        try await store.remove()
    }

    @Test func `what this user saw, by operation and by day, alone and together`() async throws {
        let store = try await filled()
        let (first, second) = (TestClock.start.adding(seconds: 43_200), TestClock.start.adding(seconds: 129_600))
        #expect(try await asked(store) { $0.user = "bea" } == [6, 5, 4])
        #expect(try await asked(store) { ($0.user, $0.record) = ("bea", "case-ann") } == [6, 4])
        #expect(try await asked(store) { $0.operation = .disclosure } == [6])
        #expect(try await asked(store) { ($0.operation, $0.record) = (.consultation, "case-ann") } == [9, 7, 4, 3])
        #expect(try await asked(store) { ($0.from, $0.until) = (first, second) } == [8, 7, 6, 5, 4])
        #expect(try await asked(store) { $0.until = first } == [3, 2, 1])
        #expect(try await asked(store) { ($0.from, $0.record) = (second, "case-ann") } == [9])
        #expect(try await asked(store) { $0.from = second.adding(days: 9) } == [])
        try await store.remove()
    }

    /// Ten lists under nodes, ten after the last: paging meets both.
    @Test func `lists are found page by page, under nodes and after them, and without any node`() async throws {
        let store = try await TemporaryStore()
        let id = try id("case-ann")
        try await store.ledger.commit([.create(id, Case(words: "a", person: "ann"), owner: "police")], as: lead)
        for number in 0..<20 {
            _ = try await store.ledger.list(Case.self, index: "all", as: number % 2 == 0 ? lead : other)
            for _ in 0..<(number == 9 ? 600 : 3) {
                try await store.ledger.note(Consultation(kind: "x", .fact, .consultation, about: "y"), as: lead)
            }
        }
        let all = try await asked(store) { $0.record = "case-ann" }
        #expect(all.count == 21 && all == all.sorted(by: >))
        var (pages, before) = ([Int64](), Int64?.none)
        while true {
            let next = before
            let page = try await asked(store) { ($0.record, $0.before, $0.limit) = ("case-ann", next, 3) }
            pages += page
            guard page.count == 3 else { break }
            before = page.last
        }
        #expect(pages == all)
        #expect(try await asked(store) { ($0.person, $0.user) = ("ann", "bea") }.count == 10)
        try await store.ledger.upkeep { _ = try $0.run("DELETE FROM log_node WHERE place = 0") }
        #expect(try await asked(store) { $0.record = "case-ann" } == all)
        try await store.remove()
    }

    @Test func `a clock that stepped back hides nothing`() async throws {
        let store = try await filled()
        store.clock.advance(seconds: -7 * 86_400)
        let early = TestClock.start.adding(seconds: -86_400)
        for _ in 0..<2 {
            try await store.ledger.note(Consultation(kind: "x", .fact, .consultation, about: "late"), as: lead)
        }
        let last = try await asked(store) { $0.until = early }
        #expect(last.count == 2 && last.allSatisfy { $0 > 600 }, "\(last)")
        try await store.remove()
    }

    @Test func `asking is logged with what was asked, taking away as a disclosure, and others are refused`()
        async throws
    {
        let store = try await filled()
        var query = AuditQuery(user: "bea", record: "case-ann")
        query.operation = .disclosure
        let taken = try await store.ledger.auditDownload(query, for: "ico", as: officer)
        #expect(taken.map(\.sequence) == [6] && taken.first?.recipient == "council")
        await #expect(throws: Problem.absent) { try await store.ledger.audit(query, as: lead) }
        await #expect(throws: Problem.absent) { try await store.ledger.auditDownload(query, as: lead) }
        let log = try await store.log().suffix(3)
        #expect(log.map(\.operation) == [.disclosure, .consultation, .disclosure])
        #expect(log.map(\.wasAllowed) == [true, false, false] && log.map(\.recipient) == ["ico", nil, nil])
        #expect(log.allSatisfy { $0.about == "user bea, record case-ann, operation disclosure" })
        try await store.remove()
    }
}
