public enum LedgerSchema {
    /// Every migration of the ledger, in order.
    public static var all: [Migration] { migrations + SealedSchema.migrations + ChronologySchema.migrations }

    public static let migrations = [
        Migration(
            "ledger-001",
            [
                .create(
                    Table(
                        "record",
                        [
                            Column("id", .text), Column("kind", .text), Column("owner", .text),
                            Column("version", .integer),
                        ], primaryKey: ["id"])),
                .create(
                    Table(
                        "record_version",
                        [
                            Column("record", .text), Column("version", .integer), Column("schema_number", .integer),
                            Column("body", .text), Column("salt", .blob), Column("digest", .blob),
                            Column("author", .text), Column("agency", .text), Column("purpose", .text),
                            Column("at", .integer),
                        ], primaryKey: ["record", "version"])),
                .create(
                    Table(
                        "record_subject",
                        [
                            Column("record", .text), Column("person", .text), Column("capacity", .text),
                            Column("since_version", .integer), Column("until_version", .integer, nullable: true),
                        ], primaryKey: ["record", "person", "capacity", "since_version"])),
                .index(name: "record_subject_person", table: "record_subject", columns: ["person"], unique: false),
                .create(
                    Table(
                        "record_key",
                        [
                            Column("kind", .text), Column("name", .text), Column("entry", .text),
                            Column("record", .text),
                        ], primaryKey: ["kind", "name", "entry", "record"])),
                .index(name: "record_key_record", table: "record_key", columns: ["record"], unique: false),
                .create(
                    Table(
                        "audit",
                        [
                            Column("sequence", .integer), Column("at", .integer), Column("person", .text),
                            Column("agency", .text), Column("purpose", .text), Column("operation", .text),
                            Column("kind", .text), Column("record", .text, nullable: true), Column("about", .text),
                            Column("allowed", .integer),
                        ], primaryKey: ["sequence"])),
                .index(name: "audit_record", table: "audit", columns: ["record", "sequence"], unique: false),
                .index(name: "audit_person", table: "audit", columns: ["person", "sequence"], unique: false),
            ]),
        Migration(
            "ledger-002",
            [
                .add(Column("version", .integer, nullable: true), to: "audit"),
                .add(Column("digest", .blob, nullable: true), to: "audit"),
                .add(Column("recipient", .text, nullable: true), to: "audit"),
                .create(
                    Table(
                        "log_node",
                        [
                            Column("level", .integer), Column("place", .integer), Column("hash", .blob),
                            Column("earliest", .integer), Column("latest", .integer),
                        ], primaryKey: ["level", "place"])),
                // Apart from the nodes, which are counted at each start.
                .create(
                    Table(
                        "log_shown", [Column("place", .integer), Column("shown", .blob)], primaryKey: ["place"])),
                .create(
                    Table(
                        "log_head",
                        [
                            Column("size", .integer), Column("root", .blob), Column("at", .integer),
                            Column("note", .text),
                        ], primaryKey: ["size"])),
                .create(
                    Table(
                        "log_countersignature",
                        [
                            Column("size", .integer), Column("key", .text), Column("agency", .text),
                            Column("line", .text), Column("at", .integer),
                        ], primaryKey: ["size", "key"])),
                // Reads are nearly all of the log and need no index by operation; the rest must be found among them.
                .statement(
                    "CREATE INDEX audit_change ON audit (operation, sequence) WHERE operation <> 'consultation'"),
                .statement(
                    """
                    CREATE INDEX audit_person_change ON audit (person, operation, sequence)
                    WHERE operation <> 'consultation'
                    """),
            ]),
    ]
}
