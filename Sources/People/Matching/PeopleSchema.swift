public import Ledger

/// The room's own tables: matches to be reviewed, worked out from records, so that a queue is a read of an index.
public enum PeopleSchema {
    public static let migrations: [Migration] = [
        Migration(
            "people-001",
            [
                .create(
                    Table(
                        "match_seat",
                        [
                            Column("agency", .text), Column("match", .text), Column("one", .text),
                            Column("other", .text), Column("place", .integer), Column("weight", .integer),
                            Column("waits", .integer),
                        ], primaryKey: ["agency", "match"])),
                .index(
                    name: "match_seat_place", table: "match_seat", columns: ["agency", "place", "match"], unique: false
                ),
                .index(name: "match_seat_one", table: "match_seat", columns: ["one"], unique: false),
                .index(name: "match_seat_other", table: "match_seat", columns: ["other"], unique: false),
                .create(
                    Table("match_state", [Column("name", .text), Column("content", .text)], primaryKey: ["name"])),
            ])
    ]
}
