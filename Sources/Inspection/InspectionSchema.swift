public import Ledger

/// The room's own tables: what is too large for a record.
public enum InspectionSchema {
    public static let migrations: [Migration] = [
        Migration(
            "inspection-001",
            [
                .create(
                    Table(
                        "inspection_source",
                        [Column("report", .text), Column("bytes", .blob), Column("at", .integer)],
                        primaryKey: ["report"])),
                .create(
                    Table(
                        "inspection_document",
                        [
                            Column("area", .text), Column("digest", .text), Column("bytes", .blob),
                            Column("at", .integer),
                        ],
                        primaryKey: ["area", "digest"])),
            ])
    ]
}
