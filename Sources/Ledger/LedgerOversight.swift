public import Access
public import Kernel

/// What `verify` found.
public struct Verification: Sendable, Equatable {
    public let records: Int
    public let versions: Int
    public let auditEntries: Int
    /// Each fault as a sentence; empty when sound.
    public let faults: [String]
}

/// Which part of the log is wanted.
public struct AuditQuery: Sendable {
    public var user: String?
    public var record: String?
    /// Entries before this number, newest first.
    public var before: Int64?
    public var limit: Int

    public init(user: String? = nil, record: String? = nil, before: Int64? = nil, limit: Int = 50) {
        (self.user, self.record, self.before, self.limit) = (user, record, before, limit)
    }
}

extension Ledger {
    /// Entries of the log, newest first. Reading the log is itself logged.
    public func audit(_ query: AuditQuery, as actor: Actor) async throws -> [AuditEntry] {
        var (conditions, values) = (["sequence < $1"], [Value.integer(query.before ?? Int64.max)])
        for (column, wanted) in [("person", query.user), ("record", query.record)] {
            guard let wanted else { continue }
            values.append(.text(wanted))
            conditions.append("\(column) = $\(values.count)")
        }
        values.append(.integer(Int64(min(max(query.limit, 1), 1000))))
        let statement = """
            SELECT \(AuditEntry.columns) FROM audit WHERE \(conditions.joined(separator: " AND "))
            ORDER BY sequence DESC LIMIT $\(values.count)
            """
        let about = [query.user, query.record].compactMap(\.self).joined(separator: " ")
        let consultation = Consultation(kind: "audit", .audit, .consultation, about: about)
        return try await consult(consultation, as: actor) { [values] in
            try $0.rows(statement, values).map(AuditEntry.init)
        }
    }

    /// Checks every version against its digest, every chain of versions, the numbering of the log, and the engine's
    /// own files.
    public func verify() async throws -> Verification {
        let engineFaults = try await engine.integrityProblems()
        return try await engine.read { reading in
            var (faults, versions) = (engineFaults, 0)
            try reading.each(
                "SELECT record, version, schema_number, body, salt, digest FROM record_version", []
            ) { cursor in
                versions += 1
                let row = cursor.row()
                if !LedgerChecks.digestHolds(row) {
                    faults.append("Version \(row.integer(1)) of record \(row.text(0)) does not match its digest.")
                }
                return true
            }
            faults += try LedgerChecks.chains(reading) + LedgerChecks.numbering(reading) + SealedRows.faults(reading)
            return Verification(
                records: Int(try reading.integer("SELECT COUNT(*) FROM record") ?? 0), versions: versions,
                auditEntries: Int(try reading.integer("SELECT COUNT(*) FROM audit") ?? 0), faults: faults)
        }
    }
}

enum LedgerChecks {
    static func digestHolds(_ row: Row) -> Bool {
        let digest = BodyCoding.digest(
            salt: row.blob(4), record: row.text(0), version: Int(row.integer(1)), schema: Int(row.integer(2)),
            body: row.text(3))
        return digest == row.blob(5)
    }

    static func chains(_ reading: any Reading) throws -> [String] {
        try reading.rows(
            """
            SELECT r.id, r.version, COUNT(v.version), MAX(v.version), MIN(v.version) FROM record r
            LEFT JOIN record_version v ON v.record = r.id GROUP BY r.id, r.version
            HAVING COUNT(v.version) <> r.version OR MAX(v.version) <> r.version OR MIN(v.version) <> 1
                OR MAX(v.version) IS NULL
            """
        ).map { "Record \($0.text(0)) says version \($0.integer(1)) but holds \($0.integer(2)) versions." }
    }

    static func numbering(_ reading: any Reading) throws -> [String] {
        guard
            let row = try reading.row(
                "SELECT COUNT(*), COALESCE(MAX(sequence), 0), COALESCE(MIN(sequence), 1) FROM audit"),
            row.integer(0) != row.integer(1) || row.integer(2) != 1
        else { return [] }
        return [
            "The log holds \(row.integer(0)) entries but its numbers run from \(row.integer(2)) to \(row.integer(1))."
        ]
    }
}
