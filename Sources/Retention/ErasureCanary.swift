public import Access
public import Foundation
public import Kernel
public import Ledger

/// A record made only to be destroyed, so that everybody can see that nothing of it is left.
public struct ErasureCanary: SealedBody, Retained {
    public static let kind = RecordKind("retention-canary", .retention)
    static let secret = SealedField("secret", .retention)
    public static let sealedFields = [secret]
    public static let retainedAs = "test of erasure"

    let words: String
    let person: String

    public var retentionTitle: String { "Test of erasure" }
    public var keys: [IndexKey] { [IndexKey("words", String(words.prefix(200)))] }
    public var subjects: [RecordSubject] { [RecordSubject(person: person, capacity: .victim)] }

    public func retention(writtenOn day: Day) -> RetentionFacts { RetentionFacts(group: "management", lastEvent: day) }
}

/// What a test of erasure found.
public struct ErasureProof: Sendable, Equatable, Codable {
    public let record: String
    /// Whether the search found the words while they were there: a search that finds nothing proves nothing.
    public let wasFoundBefore: Bool
    public let files: Int
    public let bytes: Int
    /// Files in which something of it is left; empty when the proof holds.
    public let left: [String]
    /// Rows of the store that still say something of it.
    public let rows: Int

    public var holds: Bool { wasFoundBefore && left.isEmpty && rows == 0 }
}

extension RetentionDesk {
    private static let versions = 8

    /// Makes a record whose words stand in its body, its index, a sealed field, the reason of a reveal and a decision;
    /// destroys it as any record is destroyed; tidies up the files of the store; and looks for the words in them.
    /// - Parameter folders: where the files of the store are.
    public func proveErasure(
        in folders: [URL], as actor: Actor, progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> ErasureProof {
        let stem = "zq" + Ledger.systemRandom(12).map { String($0, radix: 36) }.joined() + "qz"
        let search = FileSearch(for: [stem])
        let id = try await plant(stem, as: actor)
        progress("A record was made, changed \(Self.versions - 1) times and revealed. Looking for it.")
        await ledger.settleFiles()
        let before = try folders.map { try search.search($0) }
        guard try await destroy(ErasureCanary.kind.name, id.text, reason: try anyReason(), as: actor) == .destroyed
        else {
            throw Problem(
                .refused,
                "The rules want a second person for the group “management”, so the test cannot destroy its record.",
                next: "Use rules by which one person decides in that group.")
        }
        progress("It was destroyed. Tidying up the files of the store.")
        try await ledger.scrub(["retention_due"] + kinds.tables, progress: progress)
        progress("Looking for what is left.")
        let after = try folders.map { try search.search($0) }
        let rows = try await ledger.glance { try RetentionRows.left(of: id.text, $0) }
        return ErasureProof(
            record: id.text, wasFoundBefore: before.contains { !$0.found.isEmpty },
            files: after.map(\.files).reduce(0, +), bytes: after.map(\.bytes).reduce(0, +),
            left: after.flatMap(\.found), rows: rows)
    }

    private func plant(_ stem: String, as actor: Actor) async throws -> Identifier<ErasureCanary> {
        let id = ledger.newIdentifier(ErasureCanary.self)
        func body(_ number: Int) -> ErasureCanary {
            // Longer each time, so that its rows move about in their pages.
            let words = (0...number * number * 8).map { "\(stem)-\($0)" }.joined(separator: " ")
            return ErasureCanary(words: words, person: "canary-\(id)")
        }
        try await ledger.commit([try .create(id, body(0), owner: actor.agency)], as: actor)
        for number in 1..<Self.versions {
            try await ledger.commit([try .amend(id, expecting: number, body(number))], as: actor)
        }
        try await ledger.seal(Sealed.Plain(stem), ErasureCanary.secret, of: id, expecting: 0, as: actor)
        let reason = RevealReason.words(Sealed.Plain("a test of erasure \(stem)"))
        _ = try await ledger.reveal(ErasureCanary.secret, of: id, because: reason, as: actor)
        let kept = rules.reasons(to: .keep, on: today).first?.id ?? ""
        try await keep(ErasureCanary.kind.name, id.text, reason: kept, words: "kept once \(stem)", as: actor)
        return id
    }

    private func anyReason() throws -> String {
        guard let reason = rules.reasons(to: .destroy, on: today).first else { throw Problem.absent }
        return reason.id
    }
}
