public import Access
public import Kernel

extension Ledger {
    /// One record, now or as it was known at a moment. Whether she may see it is decided on how it stands now.
    /// - Throws: `Problem.absent` when there is none, it did not exist yet, or she may not see it.
    public func read<Body: RecordBody>(
        _ type: Body.Type, _ id: Identifier<Body>, as actor: Actor, asKnownAt moment: Moment? = nil
    ) async throws -> Record<Body> {
        let asking = Asking(actor: actor, at: now)
        let found = try await engine.read { reading in
            try RecordRows.visible(type, id.text, asking, reading) { current, fields in
                guard let moment else { return current.seen(fields) }
                return try RecordRows.version(type, id.text, at: moment, reading)?.seen(fields)
            }
        }
        let about = moment.map { "as known at \($0)" } ?? ""
        try await log(.consultation, type, record: id.text, about: about, as: actor, allowed: found != nil)
        guard let found else { throw Problem.absent }
        return found
    }

    /// Every version, oldest first.
    public func history<Body: RecordBody>(
        _ type: Body.Type, _ id: Identifier<Body>, as actor: Actor
    ) async throws -> [Record<Body>] {
        let asking = Asking(actor: actor, at: now)
        let found = try await engine.read { reading in
            try RecordRows.visible(type, id.text, asking, reading) { _, fields in
                try RecordRows.versions(type, id.text, reading).map { $0.seen(fields) }
            }
        }
        try await log(.consultation, type, record: id.text, about: "history", as: actor, allowed: found != nil)
        guard let found else { throw Problem.absent }
        return found
    }

    /// Records that have `key` in `index` (or any key there when nil), in key order; those she may not see are passed
    /// over.
    /// - Parameter limit: At most this many, 1 to 500.
    public func list<Body: RecordBody>(
        _ type: Body.Type, index: String, key: String? = nil, after position: ListPosition? = nil, limit: Int = 50,
        descending: Bool = false, as actor: Actor
    ) async throws -> RecordPage<Body> {
        let query = ListQuery(
            kind: Body.kind.name, index: index, key: key, limit: min(max(limit, 1), 500), descending: descending)
        let asking = Asking(actor: actor, at: now)
        let page = try await engine.read { try RecordRows.page(type, query, after: position, asking, $0) }
        let about = ShownRecords.about(index, page.records.map(\.id.text))
        try await log(.consultation, type, record: nil, about: about, as: actor, allowed: true)
        return page
    }

    /// These records, in this order; those she may not see and those that are gone are left out. Logged as the list that
    /// they are shown in.
    public func list<Body: RecordBody>(
        _ type: Body.Type, _ ids: [Identifier<Body>], shownIn name: String, as actor: Actor
    ) async throws -> [Record<Body>] {
        let asking = Asking(actor: actor, at: now)
        let found = try await engine.read { reading in
            try ids.compactMap { id in try RecordRows.visible(type, id.text, asking, reading) { $0.seen($1) } }
        }
        let about = ShownRecords.about(name, found.map(\.id.text))
        try await log(.consultation, type, record: nil, about: about, as: actor, allowed: true)
        return found
    }

    /// Some of these records, chosen from what she sees of each. The log has those that were chosen: the others were shown
    /// to nobody.
    /// - Parameter choosing: from the records that she may see, in the order given.
    public func choose<Body: RecordBody, Chosen: Sendable>(
        _ type: Body.Type, _ ids: [Identifier<Body>], shownIn name: String, as actor: Actor,
        choosing: @escaping @Sendable ([Record<Body>]) throws -> [(id: Identifier<Body>, chosen: Chosen)]
    ) async throws -> [Chosen] {
        let asking = Asking(actor: actor, at: now)
        let found = try await engine.read { reading in
            try choosing(
                ids.compactMap { id in try RecordRows.visible(type, id.text, asking, reading) { $0.seen($1) } })
        }
        let about = ShownRecords.about(name, found.map(\.id.text))
        try await log(.consultation, type, record: nil, about: about, as: actor, allowed: true)
        return found.map(\.chosen)
    }

    private func log<Body: RecordBody>(
        _ operation: Operation, _ type: Body.Type, record: String?, about: String, as actor: Actor, allowed: Bool
    ) async throws {
        let entry = AuditNote(
            at: now, actor: actor, operation: operation, kind: Body.kind.name, record: record, about: about,
            wasAllowed: allowed)
        try await log { try entry.write($0) }
    }
}

struct ListQuery: Sendable {
    let kind: String
    let index: String
    let key: String?
    let limit: Int
    let descending: Bool
}
