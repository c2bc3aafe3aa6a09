import Feeds
import Kernel
import Ledger

/// Rows as people read them: words instead of numbers.
struct FactRowViews {
    let feed: FeedKind
    let caches: ShelfCaches
    let reading: any Reading

    var columns: [String] {
        switch feed {
        case .street: ["Month", "Crime type", "Last outcome", "Near", "Area", "Crime identifier"]
        case .outcomes:
            ["Month of outcome", "Outcome", "Month of crime", "Crime type", "Near", "Area", "Crime identifier"]
        case .stopAndSearch:
            ["Date", "Type", "Legislation", "Object of search", "Outcome", "Linked to object", "Age range", "Gender"]
        }
    }

    private var stored: [String] {
        switch feed {
        case .street: ["crime_type", "outcome", "location", "lsoa"]
        case .outcomes: ["outcome_type", "location", "lsoa"]
        case .stopAndSearch: ["type", "legislation", "object", "outcome", "age_range", "gender"]
        }
    }

    /// In the order given.
    func views(_ rows: [(id: Int64, run: RowPlan.Run, crime: HeldCrimes.Crime?)]) throws -> [FactRowView] {
        guard !rows.isEmpty else { return [] }
        let special = feed == .stopAndSearch ? "at, linked" : "crime_id, 0"
        let facts = try reading.rows(
            """
            SELECT id, line, \(special), \(stored.joined(separator: ", ")) FROM \(feed.facts)
            WHERE id IN (\(Places.list(rows.count)))
            """, rows.map { .integer($0.id) })
        let byId = facts.reduce(into: [Int64: Row]()) { $0[$1.integer(0)] = $1 }
        let words = try words(facts, rows.compactMap(\.crime?.type))
        return rows.compactMap { row in
            byId[row.id].map { fact in
                FactRowView(
                    id: row.id, cells: cells(fact, row.run, row.crime, words), file: row.run.file,
                    line: Int(fact.integer(1)))
            }
        }
    }

    private func words(_ facts: [Row], _ more: [Int64]) throws -> [Int64: StoredWord] {
        let used = Set(facts.flatMap { fact in stored.indices.map { fact.integer(4 + $0) } } + more).subtracting([0])
        return try caches.words(used, reading)
    }

    private func cells(
        _ fact: Row, _ run: RowPlan.Run, _ crime: HeldCrimes.Crime?, _ words: [Int64: StoredWord]
    ) -> [String] {
        func word(_ index: Int) -> String {
            let found = words[fact.integer(4 + index)]
            return stored[index] == "lsoa" ? found?.detail ?? found?.word ?? "" : found?.word ?? ""
        }
        let month = "\(run.part.month)"
        switch feed {
        case .street: return [month, word(0), word(1), word(2), word(3), hex(fact.blob(2))]
        case .outcomes:
            let type = crime.flatMap { words[$0.type]?.word } ?? ""
            return [
                month, word(0), crime.map { "\($0.month)" } ?? "not held", type, word(1), word(2), hex(fact.blob(2)),
            ]
        case .stopAndSearch:
            let linked = [1: "yes", 2: "no"][fact.integer(3)] ?? ""
            let day = "\(LondonTime.day(of: fact.moment(2)))"
            return [day, word(0), word(1), word(2), word(3), linked, word(4), word(5)]
        }
    }

    private static func digit(_ half: UInt8) -> UInt8 { half < 10 ? 0x30 + half : 0x57 + half }

    private func hex(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { text in
            for (place, byte) in bytes.enumerated() {
                text[place * 2] = FactRowViews.digit(byte >> 4)
                text[place * 2 + 1] = FactRowViews.digit(byte & 15)
            }
            return bytes.count * 2
        }
    }
}

/// Numbers go into a statement by place: written into its text they would make a new statement of each list, and the
/// engine keeps every statement that it has prepared.
enum Places {
    /// `$1, $2, …`.
    static func list(_ count: Int, after used: Int = 0) -> String {
        (0..<count).map { "$\(used + $0 + 1)" }.joined(separator: ", ")
    }
}
