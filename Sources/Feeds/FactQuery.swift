public import Access
public import Kernel
public import Ledger

/// Rows behind a figure.
public struct FactQuery: Sendable, Hashable {
    public let kind: FeedKind
    public let force: String?
    public let months: ClosedRange<Month>
    /// Column of the fact table to the words it may have: `["crime_type": ["Drugs"]]`. An empty word is a blank.
    /// Columns are `lsoa`, `crime_type`, `outcome`, `outcome_type`, `object`, `legislation` and the like.
    public let matching: [String: Set<String>]
    /// The last fact of the page before.
    public let after: Int64?
    public let limit: Int

    public init(
        kind: FeedKind, force: String? = nil, months: ClosedRange<Month>, matching: [String: Set<String>] = [:],
        after: Int64? = nil, limit: Int = 50
    ) {
        (self.kind, self.force, self.months, self.matching) = (kind, force, months, matching)
        (self.after, self.limit) = (after, min(max(limit, 1), 1000))
    }
}

/// One row as it was loaded.
public struct Fact: Sendable, Equatable {
    public let id: Int64
    public let force: String
    public let month: String
    /// The file it came from, and its line there.
    public let path: String
    public let line: Int
    /// 64 digits, or nil where there is none (anti-social behaviour, stop and search).
    public let crime: String?
    /// Degrees; map points of data.police.uk, not the scene.
    public let longitude: Double?
    public let latitude: Double?
    /// Stop and search: the day in London.
    public let day: Day?
    /// Column to word; blanks left out.
    public let values: [String: String]
    /// The LSOA's name.
    public let areaName: String?
}

extension FeedStore {
    /// Rows that count now, in the order in which they were loaded.
    public func facts(_ query: FactQuery, as actor: Actor) async throws -> [Fact] {
        let about = "\(query.kind.rawValue) \(query.months.lowerBound) to \(query.months.upperBound)"
        return try await ledger.consult(Consultation(kind: "feed.fact", .fact, .consultation, about: about), as: actor)
        {
            try query.facts($0)
        }
    }
}

extension FactQuery {
    /// The same inside a reading that was decided and logged by the caller.
    public func facts(_ reading: any Reading) throws -> [Fact] {
        guard let (condition, values) = try filter(reading) else { return [] }
        var facts: [Fact] = []
        let sql = """
            SELECT \(kind.factColumns.joined(separator: ", ")) FROM \(kind.factTable)
            WHERE id > $1 AND id < $2\(condition) ORDER BY id LIMIT $3
            """
        for run in try runs(reading) where facts.count < limit {
            let number = run.integer(0)
            let range: [Value] = [
                .integer(max(after ?? 0, number << FactWriter.positionBits - 1)),
                .integer((number + 1) << FactWriter.positionBits), .integer(Int64(limit - facts.count)),
            ]
            facts += try reading.rows(sql, range + values).map { try fact($0, run, reading) }
        }
        return facts
    }

    private func runs(_ reading: any Reading) throws -> [Row] {
        try reading.rows(
            """
            SELECT r.run, p.force, p.month, f.path FROM feed_part p JOIN feed_run r ON r.part = p.id
            JOIN feed_file f ON f.id = p.file
            WHERE p.kind = $1 AND p.state = 'current' AND p.month >= $2 AND p.month <= $3 AND r.run >= $4
                AND (p.force = $5 OR $5 = '') ORDER BY r.run
            """,
            [
                .text(kind.rawValue), .text(months.lowerBound.description), .text(months.upperBound.description),
                .integer((after ?? 0) >> FactWriter.positionBits), .text(force ?? ""),
            ])
    }

    /// Nil when a word is asked for that no row has.
    private func filter(_ reading: any Reading) throws -> (sql: String, values: [Value])? {
        var (sql, values): (String, [Value]) = ("", [])
        for (column, words) in matching.sorted(by: { $0.key < $1.key }) {
            guard let numbers = try numbers(column, words, reading), !numbers.isEmpty else { return nil }
            sql += " AND \(column) IN (\(numbers.indices.map { "$\(4 + values.count + $0)" }.joined(separator: ", ")))"
            values += numbers.map { .integer($0) }
        }
        return (sql, values)
    }

    private func numbers(_ column: String, _ words: Set<String>, _ reading: any Reading) throws -> [Int64]? {
        if let kind = kind.wordColumns[column] {
            return try words.sorted().compactMap { word in
                guard !word.isEmpty else { return 0 }
                return try reading.integer(
                    "SELECT id FROM feed_word WHERE kind = $1 AND word = $2",
                    [.integer(Int64(kind.rawValue)), .text(word)])
            }
        }
        guard kind.flagColumns.contains(column) else { return nil }
        return words.sorted().compactMap { ["": 0, "True": 1, "False": 2][$0] }
    }

    private func fact(_ row: Row, _ run: Row, _ reading: any Reading) throws -> Fact {
        let at = Dictionary(uniqueKeysWithValues: kind.factColumns.enumerated().map { ($1, $0) })
        func value(_ column: String) -> Value { at[column].map { row[$0] } ?? .null }
        func number(_ column: String) -> Int64? { at[column].flatMap { row.optionalInteger($0) } }
        var (values, areaName): ([String: String], String?) = ([:], nil)
        for column in kind.wordColumns.keys {
            guard let id = number(column), id > 0 else { continue }
            let word = try reading.row("SELECT word, detail FROM feed_word WHERE id = $1", [.integer(id)])
            values[column] = word?.text(0)
            if column == "lsoa" { areaName = word?.optionalText(1) }
        }
        for column in kind.flagColumns { values[column] = number(column).flatMap { [1: "True", 2: "False"][$0] } }
        var crime: String?
        if case .blob(let bytes) = value("crime_id") {
            crime = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        return Fact(
            id: row.integer(0), force: run.text(1), month: run.text(2), path: run.text(3),
            line: Int(number("line") ?? 0),
            crime: crime, longitude: number("lon").map { Double($0) / 1_000_000 },
            latitude: number("lat").map { Double($0) / 1_000_000 },
            day: number("at").map { LondonTime.day(of: Moment(milliseconds: $0)) }, values: values, areaName: areaName)
    }
}

extension FeedKind {
    /// Columns of the fact table that hold words, and what each is of.
    var wordColumns: [String: WordKind] {
        let first = factColumns.count - wordKinds.count - flagCount
        return Dictionary(uniqueKeysWithValues: zip(factColumns[first...], wordKinds).map { ($0, $1) })
    }

    var flagColumns: [String] { Array(factColumns.suffix(flagCount)) }
}
