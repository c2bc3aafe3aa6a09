import Access
import Foundation
import Kernel
import Ledger
import Retention
import TestKit

/// A record about a person, with a sealed field, as the room of people will have it.
struct CaseFile: SealedBody, Retained {
    static let kind = RecordKind("test.case", .improvement)
    static let safeContact = SealedField("safe-contact", .retention)
    static let sealedFields = [safeContact]
    static let retainedAs = "case file"
    static let attached = [AttachedRows("test_document", of: "record")]

    static let schema = [
        Migration(
            "test-001",
            [
                .create(
                    Table(
                        "test_document", [Column("record", .text), Column("bytes", .blob)], primaryKey: ["record"]))
            ])
    ]

    var words: String
    var group: String
    var lastEvent: Day
    var person: String
    var sharedUntil: Day?

    var retentionTitle: String { words }
    var keys: [IndexKey] { [IndexKey("all", "all"), IndexKey("words", words)] }
    var subjects: [RecordSubject] { [RecordSubject(person: person, capacity: .suspect)] }

    func retention(writtenOn day: Day) -> RetentionFacts {
        RetentionFacts(group: group, lastEvent: lastEvent, sharedUntil: sharedUntil)
    }
}

/// A store with a desk, on 25 November 2026.
struct RetentionHouse: Sendable {
    static let now = Moment(milliseconds: 1_795_600_000_000)

    let store: TemporaryStore
    let desk: RetentionDesk
    let manager = TestActor.police([.recordsManager, .inspectionLead], user: "rita")
    let second = TestActor.police([.recordsManager, .inspectionLead], user: "sam")
    let officer = TestActor.police([.privacyOfficer], user: "pat")

    var ledger: Ledger { store.ledger }
    var today: Day { desk.today }

    static func open(_ body: (RetentionHouse) async throws -> Void) async throws {
        let store = try await TemporaryStore(RetentionSchema.migrations + CaseFile.schema, at: now)
        try await body(RetentionHouse(store, try .bundled()))
        let faults = try await store.ledger.verify().faults
        guard faults.isEmpty else { throw Unsound(faults: faults) }
        try await store.remove()
    }

    struct Unsound: Error { let faults: [String] }

    init(_ store: TemporaryStore, _ rules: RetentionRules) {
        self.store = store
        desk = RetentionDesk(
            ledger: store.ledger, rules: rules,
            kinds: RetainedKinds([RetainedKind(CaseFile.self), RetainedKind(ErasureCanary.self)]))
    }

    /// A case whose last event was so many days ago.
    func file(
        _ words: String = "a case", _ group: String = "group-3", daysAgo: Int = 7 * 366, person: String = "person-1",
        sharedUntil: Day? = nil, owner: String = "police"
    ) async throws -> Identifier<CaseFile> {
        let id = ledger.newIdentifier(CaseFile.self)
        let body = CaseFile(
            words: words, group: group, lastEvent: today.adding(days: -daysAgo), person: person,
            sharedUntil: sharedUntil)
        let lead = Actor(user: "lead", agency: owner, roles: [.inspectionLead], purpose: .inspection)
        try await ledger.commit([try .create(id, body, owner: owner)], as: lead)
        return id
    }

    func queue(as actor: Actor? = nil) async throws -> [String] {
        try await desk.queue(as: actor ?? manager).lines.map(\.record.id)
    }

    func isGone(_ id: Identifier<CaseFile>) async throws -> Bool {
        try await ledger.glance { try RecordUpkeep.current(CaseFile.self, id.text, $0) == nil }
    }
}
