import Feeds
import Kernel
import Ledger
import Synchronization

/// Rows of one part that share up to three dimensions, counted as the recipe says.
struct Tally: Sendable, Hashable {
    /// Numbers of words, in the order of the columns asked for; 0 is blank or unused.
    var first: Int64 = 0
    var second: Int64 = 0
    var third: Int64 = 0
    /// Rows in the numerator of a share, or the number column added up for a mean.
    var hit = 0
    /// Rows that count.
    var base = 0
    var apart = 0

    func key(_ index: Int) -> Int64 { index == 0 ? first : index == 1 ? second : third }
}

/// The statement that tallies one part, with words as numbers.
struct TallyQuery: Sendable, Hashable {
    let sql: String

    /// - Parameter columns: at most three.
    init(_ recipe: Recipe, by columns: [CellColumn], words: WordNumbers) {
        let group = columns.map(\.rawValue)
        let keys = (0..<3).map { $0 < group.count ? group[$0] : "0" }.joined(separator: ", ")
        let base = words.sql(recipe.base)
        let hit =
            switch recipe.form {
            case .mean(let column): "CASE WHEN \(base) THEN n * \(column.rawValue) ELSE 0 END"
            default: "CASE WHEN \(base) AND \(words.sql(recipe.hit)) THEN n ELSE 0 END"
            }
        let apart = recipe.apart.isEmpty ? "0" : "CASE WHEN \(words.sql(recipe.apart)) THEN n ELSE 0 END"
        let ending = group.isEmpty ? "" : " GROUP BY \(group.joined(separator: ", "))"
        sql = """
            SELECT \(keys), COALESCE(SUM(\(hit)), 0), COALESCE(SUM(CASE WHEN \(base) THEN n ELSE 0 END), 0),
            COALESCE(SUM(\(apart)), 0) FROM \(recipe.feed.cells) WHERE cells = $1\(ending)
            """
    }

    /// Rows by the columns alone: measures of one kind of file share it.
    init(_ recipe: Recipe, by columns: [CellColumn]) {
        let plain = Recipe(feed: recipe.feed, form: .count)
        self.init(plain, by: columns, words: WordNumbers(recipe: plain, numbers: [:]))
    }

    func run(_ part: HeldPart, _ reading: any Reading) throws -> [Tally] {
        var tallies: [Tally] = []
        try reading.each(sql, [.integer(part.cells)]) { cursor in
            let tally = Tally(
                first: cursor.integer(0), second: cursor.integer(1), third: cursor.integer(2),
                hit: Int(cursor.integer(3)), base: Int(cursor.integer(4)), apart: Int(cursor.integer(5)))
            if tally.base != 0 || tally.apart != 0 { tallies.append(tally) }
            return true
        }
        return tallies
    }
}

/// Numbers of the words that a recipe names.
struct WordNumbers: Sendable {
    let recipe: Recipe
    fileprivate let numbers: [String: Int64]

    static func read(_ recipe: Recipe, _ reading: any Reading) throws -> WordNumbers {
        var numbers: [String: Int64] = [:]
        for condition in recipe.base + recipe.hit + recipe.apart {
            guard let kind = recipe.wordKind(condition.column) else { continue }
            for word in condition.words where !word.isEmpty {
                numbers["\(kind) \(word)"] = try reading.integer(
                    "SELECT id FROM feed_word WHERE kind = $1 AND word = $2", [.integer(kind), .text(word)])
            }
        }
        return WordNumbers(recipe: recipe, numbers: numbers)
    }

    /// A word that is in no row has the number −1, which is in no row either.
    func number(_ word: String, _ column: CellColumn) -> Int64 {
        word.isEmpty ? 0 : recipe.wordKind(column).flatMap { numbers["\($0) \(word)"] } ?? -1
    }

    func sql(_ conditions: [Condition], prefix: String = "") -> String {
        conditions.isEmpty ? "1 = 1" : conditions.map { sql($0, prefix) }.joined(separator: " AND ")
    }

    private func sql(_ condition: Condition, _ prefix: String) -> String {
        let column = prefix + condition.column.rawValue
        let list = condition.words.map { String(number($0, condition.column)) }.joined(separator: ", ")
        switch condition {
        case .isOneOf: return "\(column) IN (\(list))"
        case .isNoneOf: return "\(column) NOT IN (\(list))"
        case .isWithin(_, let range): return "\(column) BETWEEN \(range.lowerBound) AND \(range.upperBound)"
        }
    }
}

extension Condition {
    var words: [String] {
        switch self {
        case .isOneOf(_, let words), .isNoneOf(_, let words): words
        case .isWithin: []
        }
    }
}

/// Tallies of parts, kept between requests. A counted set never changes once its part counts, so that only a part that
/// is new since the last request has to be read.
final class TallyCache: Sendable {
    private struct Key: Hashable {
        let query: TallyQuery
        let part: HeldPart
    }

    private struct Store {
        var tallies: [Key: [Tally]] = [:]
        var size = 0
        var partsRead = 0
    }

    /// How many times a part's counts were read from the store.
    var partsRead: Int { store.withLock(\.partsRead) }

    /// About 48 bytes each.
    private let limit: Int
    private let store = Mutex(Store())

    init(limit: Int = 500_000) { self.limit = limit }

    func tallies(_ query: TallyQuery, _ part: HeldPart, _ reading: any Reading) throws -> [Tally] {
        let key = Key(query: query, part: part)
        if let kept = store.withLock({ $0.tallies[key] }) { return kept }
        let fresh = try query.run(part, reading)
        store.withLock { store in
            store.partsRead += 1
            if store.size > limit { (store.tallies, store.size) = ([:], 0) }
            store.tallies[key] = fresh
            store.size += fresh.count + 4
        }
        return fresh
    }
}
