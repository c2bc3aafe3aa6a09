import Access
public import Kernel
public import Ledger

/// A kind of record that says how long it is kept.
public protocol Retained: RecordBody {
    /// What one is called, such as `area for improvement`.
    static var retainedAs: String { get }
    /// What lies beside a record in tables of its room, and goes with it.
    static var attached: [AttachedRows] { get }
    /// The facts from which a review is worked out.
    /// - Parameter day: on which its present version was written.
    func retention(writtenOn day: Day) -> RetentionFacts
    /// What names it to whoever reviews it.
    var retentionTitle: String { get }
}

extension Retained {
    public static var attached: [AttachedRows] { [] }
}

/// Rows of a table that belong to one record.
public struct AttachedRows: Sendable, Hashable {
    let table: String
    /// The column that names the record.
    let column: String

    public init(_ table: String, of column: String) { (self.table, self.column) = (table, column) }
}

/// What a reviewer sees of a record of any kind.
public struct RetainedRecord: Sendable {
    public let id: String
    public let kind: RetainedKind
    public let title: String
    public let owner: String
    public let version: Int
    public let facts: RetentionFacts
    public let subjects: [RecordSubject]
    /// When its present version was written.
    public let at: Moment

    init<Body: Retained>(_ record: Record<Body>, _ kind: RetainedKind) {
        (id, self.kind, title) = (record.id.text, kind, record.body.retentionTitle)
        (owner, version, at, subjects) = (record.owner, record.version, record.at, record.body.subjects)
        facts = record.body.retention(writtenOn: LondonTime.day(of: record.at))
    }
}

/// A kind of record with its type put aside, so that one review serves them all.
public struct RetainedKind: Sendable {
    typealias Stop = @Sendable (RetainedRecord, any Reading) throws -> Problem?

    public let name: String
    /// What one is called.
    public let title: String
    let attached: [AttachedRows]
    let current: @Sendable (_ id: String, _ reading: any Reading) throws -> RetainedRecord?
    let list:
        @Sendable (_ ids: [String], _ name: String, _ ledger: Ledger, _ actor: Actor) async throws -> [RetainedRecord]
    let read: @Sendable (_ id: String, _ ledger: Ledger, _ actor: Actor) async throws -> RetainedRecord
    let erase:
        @Sendable (
            _ id: String, _ ledger: Ledger, _ actor: Actor, _ stop: @escaping Stop,
            _ beside: @escaping @Sendable (ErasureStep) throws -> Void
        ) async throws -> Void

    public init<Body: Retained>(_ type: Body.Type) {
        (name, title, attached) = (Body.kind.name, Body.retainedAs, Body.attached)
        current = { id, reading in
            try RecordUpkeep.current(type, id, reading).map { RetainedRecord($0, RetainedKind(type)) }
        }
        list = { ids, name, ledger, actor in
            try await ledger.list(type, ids.compactMap { Identifier($0) }, shownIn: name, as: actor)
                .map { RetainedRecord($0, RetainedKind(type)) }
        }
        read = { id, ledger, actor in
            guard let id = Identifier<Body>(id) else { throw Problem.absent }
            return RetainedRecord(try await ledger.read(type, id, as: actor), RetainedKind(type))
        }
        erase = { id, ledger, actor, stop, beside in
            guard let id = Identifier<Body>(id) else { throw Problem.absent }
            try await ledger.erase(
                type, id, as: actor, unless: { try stop(RetainedRecord($0, RetainedKind(type)), $1) }, beside: beside)
        }
    }
}

/// Every kind that is reviewed, given once where the house is put together.
public struct RetainedKinds: Sendable {
    private let byName: [String: RetainedKind]
    public let all: [RetainedKind]
    /// Copies that others keep of any record, such as answers kept for a repeated request.
    let copies: [AttachedRows]

    public init(_ all: [RetainedKind], copies: [AttachedRows] = []) {
        (self.all, self.copies) = (all, copies)
        byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public subscript(_ name: String) -> RetainedKind? { byName[name] }

    /// Tables of rooms from which a destroyed record takes something away.
    public var tables: [String] { Set((all.flatMap(\.attached) + copies).map(\.table)).sorted() }

    func removeAttached(of record: String, _ kind: RetainedKind, _ writing: any Writing) throws {
        for part in kind.attached + copies {
            try writing.run("DELETE FROM \(part.table) WHERE \(part.column) = $1", [.text(record)])
        }
    }
}
