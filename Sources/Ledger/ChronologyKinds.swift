public import Access
import Kernel

/// A kind of record that publishes, or that entries are about.
public struct ChronologyKind: Sendable {
    let name: String
    let shape: Int
    /// What `asking` sees of what the record publishes, by mark; nil where she may not see the record or it is gone.
    let shown: @Sendable (_ record: String, Asking, Moment?, any Reading) throws -> [String: ChronologyEntry]?
    /// What each version published, oldest first.
    let written: @Sendable (_ record: String, any Reading) throws -> [ChronologyVersion]

    public init<Body: RecordBody>(_ type: Body.Type) {
        (name, shape) = (Body.kind.name, Body.chronologyShape)
        shown = { record, asking, moment, reading in
            try RecordRows.visible(type, record, asking, reading) { current, fields -> [String: ChronologyEntry]? in
                let known = try moment.map { try RecordRows.version(type, record, at: $0, reading) } ?? current
                guard let known, let source = try ChronologyRows.source(record, known.owner, reading) else {
                    return nil
                }
                let entries = known.body.seen(fields).chronology(of: source).filter { fields.contains($0.field) }
                return Dictionary(entries.map { ($0.mark, $0) }) { first, _ in first }
            }
        }
        written = { record, reading in
            try RecordRows.versions(type, record, reading).compactMap { version in
                try ChronologyRows.source(record, version.owner, reading).map {
                    ChronologyVersion(number: version.version, at: version.at, entries: version.body.chronology(of: $0))
                }
            }
        }
    }
}

/// What one version of a record published.
struct ChronologyVersion {
    let number: Int
    let at: Moment
    let entries: [ChronologyEntry]
}

/// Every kind that has a part in chronologies.
public struct ChronologyKinds: Sendable {
    let kinds: [String: ChronologyKind]

    public init(_ kinds: [ChronologyKind]) {
        self.kinds = Dictionary(kinds.map { ($0.name, $0) }) { first, _ in first }
    }
}

extension Ledger {
    /// The dated lines about these persons, newest first: of each record that she may see, with each line only where she
    /// sees its class of fields. What a record published and was erased is gone. Logged as one list of the records shown.
    /// - Parameter persons: one person as several agencies hold her.
    public func chronology(
        of persons: Set<String>, _ kinds: ChronologyKinds, _ query: ChronologyQuery = ChronologyQuery(),
        as actor: Actor
    ) async throws -> ChronologyPage {
        let asking = Asking(actor: actor, at: now)
        let page = try await engine.read { reading in
            var reader = ChronologyReader(kinds: kinds, asking: asking, query: query, reading: reading)
            return try reader.page(persons.sorted())
        }
        let shown = Set(page.lines.map(\.source.record)).union(persons).sorted()
        let entry = AuditNote(
            at: now, actor: actor, operation: .consultation, kind: "chronology",
            about: ShownRecords.about("chronology", shown))
        try await log { try entry.write($0) }
        return page
    }

    /// Publishes what lies in the store since before a kind published, or since it published otherwise.
    public func publishChronologies(_ kinds: ChronologyKinds) async throws {
        for kind in kinds.kinds.values.sorted(by: { $0.name < $1.name }) where kind.shape > 0 {
            let isDone = try await engine.read { try ChronologyRows.shape(of: kind.name, $0) == kind.shape }
            if isDone { continue }
            var last = ""
            while let next = try await engine.write(
                .change,
                { [last] writing in
                    try ChronologyRows.publish(kind, after: last, limit: 200, writing)
                })
            { last = next }
            try await engine.write(.change) { try ChronologyRows.keep(shape: kind.shape, of: kind.name, $0) }
        }
    }
}

/// Goes through the index and keeps what may be seen.
private struct ChronologyReader {
    let kinds: ChronologyKinds
    let asking: Asking
    let query: ChronologyQuery
    let reading: any Reading
    private var seen: [String: [String: ChronologyEntry]?] = [:]

    init(kinds: ChronologyKinds, asking: Asking, query: ChronologyQuery, reading: any Reading) {
        (self.kinds, self.asking, self.query, self.reading) = (kinds, asking, query, reading)
    }

    mutating func page(_ persons: [String]) throws -> ChronologyPage {
        let limit = min(max(query.limit, 1), 500)
        var (position, lines, isComplete) = (query.after, [(ChronologyLine, ChronologyPosition)](), persons.isEmpty)
        while lines.count <= limit && !isComplete {
            let rows = try ChronologyRows.listed(persons, query, after: position, limit: limit + 1, reading)
            for row in rows {
                position = row.position
                if let line = try line(row) { lines.append((line, row.position)) }
            }
            isComplete = rows.count <= limit
        }
        let kept = lines.prefix(limit)
        return ChronologyPage(lines: kept.map(\.0), next: lines.count > limit ? kept.last?.1 : nil)
    }

    private mutating func line(_ row: ChronologyRow) throws -> ChronologyLine? {
        guard let entry = try entries(row.kind, row.position.record)?[row.position.mark] else { return nil }
        if let capacity = query.capacity, entry.capacity != capacity { return nil }
        if let about = entry.about, try entries(about.kind, about.record) == nil { return nil }
        return ChronologyLine(
            entry: entry, agency: row.owner, source: ChronologyAbout(kind: row.kind, record: row.position.record),
            version: row.version, knownSince: row.knownSince)
    }

    /// Each record is decided on once.
    private mutating func entries(_ kind: String, _ record: String) throws -> [String: ChronologyEntry]? {
        if let known = seen[record] { return known }
        let found = try kinds.kinds[kind]?.shown(record, asking, query.asKnownAt, reading)
        seen[record] = .some(found)
        return found
    }
}

extension ChronologyAbout {
    init(kind: String, record: String) { (self.kind, self.record) = (kind, record) }
}
