public import Ledger

/// The room's own tables: what is worked out from records and rules, so that a queue is a read of an index.
public enum RetentionSchema {
    public static let migrations: [Migration] = [
        Migration(
            "retention-001",
            [
                .create(
                    Table(
                        "retention_due",
                        [
                            Column("record", .text), Column("kind", .text), Column("owner", .text),
                            Column("due", .text), Column("ends", .text, nullable: true),
                        ], primaryKey: ["record"])),
                .index(
                    name: "retention_due_owner", table: "retention_due", columns: ["owner", "due", "record"],
                    unique: false),
                .index(
                    name: "retention_due_ends", table: "retention_due", columns: ["ends", "record"],
                    unique: false),
                .create(
                    Table(
                        "retention_state", [Column("name", .text), Column("content", .text)], primaryKey: ["name"])),
            ])
    ]
}
