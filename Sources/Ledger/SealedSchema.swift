/// Tables of sealed values. The data key of a record lies wrapped beside them; the key that opens it never does.
enum SealedSchema {
    static let migrations = [
        Migration(
            "ledger-sealed-001",
            [
                .create(
                    Table(
                        "sealed_key",
                        [
                            Column("record", .text), Column("key_number", .integer), Column("wrapped", .blob),
                            Column("at", .integer),
                        ], primaryKey: ["record"])),
                .index(name: "sealed_key_number", table: "sealed_key", columns: ["key_number"], unique: false),
                .create(
                    Table(
                        "sealed_value",
                        [
                            Column("record", .text), Column("field", .text), Column("version", .integer),
                            Column("sealed", .blob), Column("author", .text), Column("agency", .text),
                            Column("purpose", .text), Column("at", .integer),
                        ], primaryKey: ["record", "field", "version"])),
            ])
    ]
}
