enum ChronologySchema {
    static let migrations = [
        Migration(
            "ledger-003",
            [
                // An index without words: those are in the body, so that what is erased or hidden is in no second place.
                .create(
                    Table(
                        "chronology",
                        [
                            Column("person", .text), Column("at", .integer), Column("record", .text),
                            Column("mark", .text), Column("since_version", .integer), Column("since_at", .integer),
                            Column("until_version", .integer, nullable: true),
                            Column("until_at", .integer, nullable: true),
                        ], primaryKey: ["person", "at", "record", "mark", "since_version"])),
                .index(name: "chronology_record", table: "chronology", columns: ["record"], unique: false),
                .create(
                    Table(
                        "chronology_kind", [Column("kind", .text), Column("shape", .integer)],
                        primaryKey: ["kind"])),
            ])
    ]
}
