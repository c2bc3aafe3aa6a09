public import Ledger

/// The tables of bulk facts. `docs` of each are in `docs/data-dictionary.md`; a fact counts only while its part is
/// `current`.
public enum FeedsSchema {
    public static let migrations: [Migration] = [provenance, facts, cells, reference]

    private static let provenance = Migration(
        "feeds-001",
        [
            .create(
                Table(
                    "feed_batch",
                    [
                        Column("id", .integer), Column("started", .integer),
                        Column("finished", .integer, nullable: true),
                        Column("person", .text), Column("agency", .text), Column("state", .text),
                        Column("report", .text, nullable: true),
                    ], primaryKey: ["id"])),
            .create(
                Table(
                    "feed_file",
                    [
                        Column("id", .integer), Column("batch", .integer), Column("path", .text),
                        Column("kind", .text), Column("named", .text), Column("months", .text), Column("force", .text),
                        Column("digest", .text), Column("bytes", .integer), Column("state", .text),
                        Column("rows_read", .integer), Column("accepted", .integer), Column("duplicate", .integer),
                        Column("superseded", .integer), Column("rejected", .integer), Column("repeats", .integer),
                        Column("notices", .text), Column("error", .text),
                    ], primaryKey: ["id"])),
            .index(name: "feed_file_digest", table: "feed_file", columns: ["digest"], unique: false),
            .index(name: "feed_file_batch", table: "feed_file", columns: ["batch"], unique: false),
            .create(
                Table(
                    "feed_part",
                    [
                        Column("id", .integer), Column("file", .integer), Column("kind", .text), Column("force", .text),
                        Column("month", .text), Column("state", .text), Column("accepted", .integer),
                        Column("since", .integer, nullable: true), Column("until", .integer, nullable: true),
                        Column("superseded_by", .integer, nullable: true), Column("cells", .integer),
                        Column("stale", .integer),
                    ], primaryKey: ["id"])),
            .index(name: "feed_part_month", table: "feed_part", columns: ["kind", "force", "month"], unique: false),
            .index(name: "feed_part_file", table: "feed_part", columns: ["file"], unique: false),
            .create(
                Table(
                    "feed_run", [Column("run", .integer), Column("part", .integer), Column("size", .integer)],
                    primaryKey: ["run"])),
            .index(name: "feed_run_part", table: "feed_run", columns: ["part"], unique: false),
            .create(
                Table(
                    "feed_reject",
                    [
                        Column("file", .integer), Column("line", .integer), Column("reason", .text),
                        Column("raw", .text),
                    ], primaryKey: ["file", "line"])),
            .create(
                Table(
                    "feed_word",
                    [
                        Column("id", .integer), Column("kind", .integer), Column("word", .text),
                        Column("detail", .text, nullable: true),
                    ], primaryKey: ["id"])),
            .index(name: "feed_word_word", table: "feed_word", columns: ["kind", "word"], unique: true),
        ])

    private static let facts = Migration(
        "feeds-002",
        [
            .create(
                Table(
                    "feed_street",
                    crime + [
                        Column("crime_type", .integer), Column("outcome", .integer), Column("reported_by", .integer),
                        Column("context", .integer),
                    ], primaryKey: ["id"])),
            .index(name: "feed_street_crime", table: "feed_street", columns: ["run", "crime_key"], unique: false),
            .create(
                Table(
                    "feed_outcome", crime + [Column("outcome_type", .integer), Column("reported_by", .integer)],
                    primaryKey: ["id"])),
            .index(name: "feed_outcome_crime", table: "feed_outcome", columns: ["run", "crime_key"], unique: false),
            .create(Table("feed_stop", stop, primaryKey: ["id"])),
        ])

    private static let crime = [
        Column("id", .integer), Column("run", .integer), Column("crime_key", .integer, nullable: true),
        Column("crime_id", .blob, nullable: true), Column("line", .integer), Column("lon", .integer, nullable: true),
        Column("lat", .integer, nullable: true), Column("location", .integer), Column("lsoa", .integer),
    ]

    private static let stop =
        [
            Column("id", .integer), Column("run", .integer), Column("line", .integer),
            Column("lon", .integer, nullable: true), Column("lat", .integer, nullable: true), Column("at", .integer),
        ]
        + [
            "type", "operation", "gender", "age_range", "self_ethnicity", "officer_ethnicity", "legislation", "object",
            "outcome", "part_of_operation", "linked", "removal",
        ].map { Column($0, .integer) }

    private static let cells = Migration(
        "feeds-003",
        [
            .create(cellTable("feed_street_cell", FeedKind.street.cellColumns)),
            .create(cellTable("feed_outcome_cell", FeedKind.outcomes.cellColumns)),
            .create(cellTable("feed_stop_cell", FeedKind.stopAndSearch.cellColumns)),
        ])

    private static func cellTable(_ name: String, _ dimensions: [String]) -> Table {
        let keys = ["cells"] + dimensions
        return Table(name, (keys + ["n"]).map { Column($0, .integer) }, primaryKey: keys)
    }

    private static let reference = Migration(
        "feeds-004",
        [
            .create(
                Table(
                    "feed_population",
                    [
                        Column("area", .text), Column("vintage", .text), Column("name", .text),
                        Column("district", .text),
                        Column("people", .real), Column("households", .real, nullable: true), Column("basis", .text),
                        Column("source", .text), Column("loaded", .integer),
                    ], primaryKey: ["area", "vintage"])),
            .create(
                Table(
                    "feed_area_change",
                    [
                        Column("earlier", .text), Column("later", .text), Column("earlier_name", .text),
                        Column("later_name", .text), Column("change", .text), Column("share", .real),
                    ], primaryKey: ["earlier", "later"])),
            .create(
                Table(
                    "feed_area",
                    [
                        Column("code", .text), Column("kind", .text), Column("vintage", .integer),
                        Column("name", .text),
                        Column("ward", .text, nullable: true), Column("district", .text, nullable: true),
                        Column("force", .text, nullable: true),
                    ], primaryKey: ["code", "kind", "vintage"])),
            .create(
                Table(
                    "feed_published",
                    [
                        Column("force", .text), Column("crime_type", .text), Column("period", .text),
                        Column("n", .integer), Column("source", .text),
                    ], primaryKey: ["force", "crime_type", "period"])),
        ])
}

extension FeedKind {
    /// Where the rows of this kind are.
    var factTable: String {
        switch self {
        case .street: "feed_street"
        case .outcomes: "feed_outcome"
        case .stopAndSearch: "feed_stop"
        }
    }

    var cellTable: String { factTable + "_cell" }

    /// What the counted groups are grouped by.
    var cellColumns: [String] {
        switch self {
        case .street: ["lsoa", "crime_type", "outcome"]
        case .outcomes: ["lsoa", "outcome_type", "crime_type", "lag"]
        case .stopAndSearch:
            [
                "type", "legislation", "object", "outcome", "linked", "gender", "age_range", "self_ethnicity",
                "officer_ethnicity",
            ]
        }
    }
}
