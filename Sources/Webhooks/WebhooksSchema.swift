public import Ledger

/// The room's own table. It is no record: a subscription holds nothing of a person's life.
public enum WebhooksSchema {
    public static let migrations = [
        Migration(
            "webhooks-001",
            [
                .create(
                    Table(
                        "webhook",
                        [
                            Column("id", .text), Column("person", .text), Column("purpose", .text),
                            Column("address", .text), Column("topics", .text), Column("made_at", .integer),
                            Column("state", .text), Column("entry", .integer), Column("attempts", .integer),
                            Column("failing_since", .integer, nullable: true), Column("retry_at", .integer),
                            Column("trouble", .text),
                        ], primaryKey: ["id"]))
            ])
    ]
}
