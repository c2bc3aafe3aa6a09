import Kernel
import Ledger

/// A match in the queue of one agency, worked out from what that agency sees of both.
struct MatchSeat: Sendable, Equatable {
    let agency: String
    let match: String
    let one: String
    let other: String
    /// What matters most has the lowest.
    let place: Int
    /// In hundredths of bits.
    let weight: Int
    /// One has agreed, and a second must.
    let waits: Bool

    var pair: PersonPair? {
        guard let one = Identifier<Person>(one), let other = Identifier<Person>(other) else { return nil }
        return PersonPair(one, other)
    }

    /// As a page carries it.
    var position: MatchPosition { MatchPosition(place: place, match: match) }
}

/// A place in the queue: after this one.
public struct MatchPosition: Sendable, Hashable {
    public let place: Int
    public let match: String

    public init(place: Int, match: String) { (self.place, self.match) = (place, match) }

    /// `12 0190…`, as a form carries it.
    public var text: String { "\(place) \(match)" }

    public init?(_ text: String) {
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 2, let place = Int(parts[0]), Identifier<Match>(parts[1]) != nil else { return nil }
        (self.place, match) = (place, parts[1])
    }
}

/// The SQL of matches.
enum MatchRows {
    private static let columns = "agency, match, one, other, place, weight, waits"

    static func put(_ seat: MatchSeat, _ writing: any Writing) throws {
        try writing.run(
            """
            INSERT INTO match_seat (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (agency, match) DO UPDATE SET place = $5, weight = $6, waits = $7
            """,
            [
                .text(seat.agency), .text(seat.match), .text(seat.one), .text(seat.other),
                .integer(Int64(seat.place)), .integer(Int64(seat.weight)), .integer(seat.waits ? 1 : 0),
            ])
    }

    static func remove(of person: String, _ writing: any Writing) throws {
        try writing.run("DELETE FROM match_seat WHERE one = $1", [.text(person)])
        try writing.run("DELETE FROM match_seat WHERE other = $1", [.text(person)])
    }

    static func queue(
        of agency: String, after position: MatchPosition?, limit: Int, _ reading: any Reading
    ) throws -> [MatchSeat] {
        try reading.rows(
            """
            SELECT \(columns) FROM match_seat WHERE agency = $1 AND (place, match) > ($2, $3)
            ORDER BY place, match LIMIT $4
            """,
            [
                .text(agency), .integer(Int64(position?.place ?? -1)), .text(position?.match ?? ""),
                .integer(Int64(limit)),
            ]
        ).map(seat)
    }

    static func find(_ match: String, of agency: String, _ reading: any Reading) throws -> MatchSeat? {
        try reading.row(
            "SELECT \(columns) FROM match_seat WHERE agency = $1 AND match = $2", [.text(agency), .text(match)]
        ).map(seat)
    }

    private static func seat(_ row: Row) -> MatchSeat {
        MatchSeat(
            agency: row.text(0), match: row.text(1), one: row.text(2), other: row.text(3), place: Int(row.integer(4)),
            weight: Int(row.integer(5)), waits: row.integer(6) == 1)
    }

    static func position(_ reading: any Reading) throws -> Int64 {
        try reading.row("SELECT content FROM match_state WHERE name = 'position'", []).flatMap { Int64($0.text(0)) }
            ?? 0
    }

    static func keep(position: Int64, _ writing: any Writing) throws {
        try writing.run(
            """
            INSERT INTO match_state (name, content) VALUES ('position', $1)
            ON CONFLICT (name) DO UPDATE SET content = $1
            """, [.text(String(position))])
    }
}
