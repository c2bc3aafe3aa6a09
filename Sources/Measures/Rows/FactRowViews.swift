import Feeds
import Kernel
import Ledger

/// A row behind a point, as `FactRowViews.selected` reads it. Of fixed size: a busy list makes fifty of them a page.
struct FoundFact {
    let id: Int64
    let line: Int64
    /// The crime's identifier, in hexadecimal; empty without one.
    let identifier: String
    /// When a stop was.
    let at: Int64
    /// Whether a stop's outcome was linked to its object: 1 yes, 2 no.
    let linked: Int64
    /// Numbers of the words, in the order of the columns.
    let words: SIMD8<Int64>
    let run: RowPlan.Run
    var crime: HeldCrimes.Crime?
}

/// Rows as people read them: words instead of numbers.
struct FactRowViews {
    let feed: FeedKind
    let caches: ShelfCaches
    let reading: any Reading
    private let stored: [String]

    init(feed: FeedKind, caches: ShelfCaches, reading: any Reading) {
        (self.feed, self.caches, self.reading) = (feed, caches, reading)
        stored = FactRowViews.stored(feed)
    }

    var columns: [String] {
        switch feed {
        case .street: ["Month", "Crime type", "Last outcome", "Near", "Area", "Crime identifier"]
        case .outcomes:
            ["Month of outcome", "Outcome", "Month of crime", "Crime type", "Near", "Area", "Crime identifier"]
        case .stopAndSearch:
            ["Date", "Type", "Legislation", "Object of search", "Outcome", "Linked to object", "Age range", "Gender"]
        }
    }

    /// At most eight.
    private static func stored(_ feed: FeedKind) -> [String] {
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

    /// The row at which a cursor stands.
    func fact(_ cursor: borrowing any Cursor, _ run: RowPlan.Run) -> FoundFact {
        var words = SIMD8<Int64>()
        for place in stored.indices { words[place] = cursor.integer(4 + place) }
        let isStop = feed == .stopAndSearch
        return FoundFact(
            id: cursor.integer(0), line: cursor.integer(1),
            identifier: isStop ? "" : cursor.withBlob(2, FactRowViews.hex), at: isStop ? cursor.integer(2) : 0,
            linked: cursor.integer(3), words: words, run: run, crime: nil)
    }

    /// In the order given.
    func views(_ rows: [FoundFact]) throws -> [FactRowView] {
        let words = try words(rows)
        var (part, month) = (Int64(-1), "")
        return rows.map { row in
            if part != row.run.part.id { (part, month) = (row.run.part.id, "\(row.run.part.month)") }
            return FactRowView(id: row.id, cells: cells(row, month, words), file: row.run.file, line: Int(row.line))
        }
    }

    private func words(_ rows: [FoundFact]) throws -> [Int64: StoredWord] {
        var (missing, known) = (Set<Int64>(), caches.knownWords)
        func want(_ number: Int64) { if number != 0, known[number] == nil { missing.insert(number) } }
        for row in rows {
            for place in stored.indices { want(row.words[place]) }
            if let crime = row.crime { want(crime.type) }
        }
        if !missing.isEmpty { known = try caches.words(missing, reading) }
        return known
    }

    private func cells(_ row: FoundFact, _ month: String, _ words: [Int64: StoredWord]) -> [String] {
        func word(_ index: Int) -> String { words[row.words[index]]?.word ?? "" }
        func area(_ index: Int) -> String { words[row.words[index]].map { $0.detail ?? $0.word } ?? "" }
        switch feed {
        case .street: return [month, word(0), word(1), word(2), area(3), row.identifier]
        case .outcomes:
            let (crime, type) = (row.crime, row.crime.flatMap { words[$0.type]?.word } ?? "")
            return [
                month, word(0), crime.map { "\($0.month)" } ?? "not held", type, word(1), area(2), row.identifier,
            ]
        case .stopAndSearch:
            let linked = [1: "yes", 2: "no"][row.linked] ?? ""
            let day = "\(LondonTime.day(of: Moment(milliseconds: row.at)))"
            return [day, word(0), word(1), word(2), word(3), linked, word(4), word(5)]
        }
    }

    private static func digit(_ half: UInt8) -> UInt8 { half < 10 ? 0x30 + half : 0x57 + half }

    private static func hex(_ bytes: UnsafeRawBufferPointer) -> String {
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
