import Feeds
import Kernel
import Ledger

/// A row behind a point, as `FactRowViews.selected` reads it.
struct FoundFact {
    let fact: Row
    let run: RowPlan.Run
    let crime: HeldCrimes.Crime?

    var id: Int64 { fact.integer(0) }
}

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

    /// What a statement reads of a row: its number first.
    var selected: String {
        "id, line, \(feed == .stopAndSearch ? "at, linked" : "crime_id, 0"), \(stored.joined(separator: ", "))"
    }

    /// In the order given.
    func views(_ rows: [FoundFact]) throws -> [FactRowView] {
        var used = Set(rows.lazy.compactMap(\.crime?.type))
        let places = 4..<4 + stored.count
        for row in rows { for place in places { used.insert(row.fact.integer(place)) } }
        let words = try caches.words(used.subtracting([0]), reading)
        var (part, month) = (Int64(-1), "")
        return rows.map { row in
            if part != row.run.part.id { (part, month) = (row.run.part.id, "\(row.run.part.month)") }
            return FactRowView(
                id: row.id, cells: cells(row, month, words), file: row.run.file, line: Int(row.fact.integer(1)))
        }
    }

    private func cells(_ row: FoundFact, _ month: String, _ words: [Int64: StoredWord]) -> [String] {
        let fact = row.fact
        func word(_ index: Int) -> String { words[fact.integer(4 + index)]?.word ?? "" }
        func area(_ index: Int) -> String { words[fact.integer(4 + index)].map { $0.detail ?? $0.word } ?? "" }
        switch feed {
        case .street: return [month, word(0), word(1), word(2), area(3), hex(fact.blob(2))]
        case .outcomes:
            let (crime, type) = (row.crime, row.crime.flatMap { words[$0.type]?.word } ?? "")
            return [
                month, word(0), crime.map { "\($0.month)" } ?? "not held", type, word(1), area(2), hex(fact.blob(2)),
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
