public import Access
public import Kernel

extension Ledger {
    /// Takes away the content of every version of a record, for good. What stays: that it was there, who wrote each
    /// version and when, whom it was about, and the digests, which without their salts tell nothing of the content. So
    /// the log still verifies. Each version has an entry of its own. Whether it may go is decided elsewhere.
    /// - Throws: `Problem.absent` when there is none, it was erased before, or she may not erase it.
    public func erase<Body: RecordBody>(_ type: Body.Type, _ id: Identifier<Body>, as actor: Actor) async throws {
        let moment = now
        let isDone = try await engine.write(.change) { writing in
            guard let current = try RecordRows.current(type, id.text, writing),
                try Asking(actor: actor, at: moment).decide(.erasure, current, writing).isAllowed
            else {
                try AuditNote(
                    at: moment, actor: actor, operation: .erasure, kind: Body.kind.name, record: id.text,
                    wasAllowed: false
                ).write(writing)
                return false
            }
            try Erasure(kind: Body.kind.name, record: id.text, actor: actor, at: moment).apply(writing)
            return true
        }
        guard isDone else { throw Problem.absent }
    }
}

private struct Erasure {
    let kind: String
    let record: String
    let actor: Actor
    let at: Moment

    func apply(_ writing: any Writing) throws {
        let versions = try writing.rows(
            "SELECT version, digest FROM record_version WHERE record = $1 AND body <> '' ORDER BY version",
            [.text(record)])
        for version in versions {
            try writing.run(
                "UPDATE record_version SET body = '', salt = $3 WHERE record = $1 AND version = $2",
                [.text(record), version[0], .blob([])])
            try AuditNote(
                at: at, actor: actor, operation: .erasure, kind: kind, record: record,
                version: (Int(version.integer(0)), version.blob(1))
            ).write(writing)
        }
        try writing.run("DELETE FROM record_key WHERE record = $1", [.text(record)])
    }
}
